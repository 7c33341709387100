from kg.bench import serving


def test_serving_is_measured() -> None:
    found = serving.measure(400, connections=3, seconds=1.0)
    assert found.facts == 400
    assert found.ask > 0 and found.ask_p99 >= found.ask
    assert {it.name for it in found.overheads} == {"count", "group", "join", "sort", "rows"}
    assert all(it.in_process > 0 and it.ratio == it.endpoint / it.in_process for it in found.overheads)
    assert [it.rows for it in found.streams] == [40, 400]
    assert found.streams[1].megabytes > found.streams[0].megabytes > 0
    assert (found.load.connections, found.load.errors) == (3, 0)
    assert found.load.requests > 0
    assert found.load.p99 >= found.load.median > 0
    printed = list(serving.lines(found))
    assert printed[0].startswith("ASK {}\tmedian")
    assert any("400 rows" in line for line in printed)


def test_percentiles_of_few_and_none() -> None:
    assert serving._percentile([], 0.99) == 0.0
    assert serving._percentile([1.0], 0.99) == 1.0
    assert serving._percentile([float(number) for number in range(100)], 0.99) == 99.0
