"""What the packaged reader takes for one and the same, by characters."""

from kg.bench.lab import Lab

TEXT = "The judge, Mara Lind, left early. She was tired."


def test_chains_are_told_by_characters() -> None:
    steps = list[tuple[int, int]]()
    [chains] = Lab(progress=lambda *step: steps.append(step)).chains([TEXT])
    assert steps == [(1, 1)]
    [lind] = [chain for chain in chains if any(each.form == "pronoun" for each in chain)]
    assert {TEXT[each.start : each.end] for each in lind} == {"The judge, Mara Lind", "She"}
    assert {TEXT[each.head] for each in lind if each.form == "name"} <= {"M", "L"}
