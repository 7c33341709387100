"""What the packaged reader takes for one and the same, by characters."""

from kg.bench.lab import Lab, Reference

TEXT = "The judge, Mara Lind, left early. She was tired."


def test_chains_are_told_by_characters() -> None:
    steps = list[tuple[int, int]]()
    [chains] = Lab(progress=lambda *step: steps.append(step)).chains([TEXT])
    assert steps == [(1, 1)]
    [lind] = [chain for chain in chains if any(each.form == "pronoun" for each in chain)]
    assert {TEXT[each.start : each.end] for each in lind} >= {"Mara Lind", "She"}
    assert Reference(11, 20, 16, "name") in lind or Reference(11, 20, 11, "name") in lind
