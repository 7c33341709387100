"""``labels.json`` in, the label of each id of each head out."""

from pathlib import Path

import msgspec


class Labels(msgspec.Struct, frozen=True):
    """The labels that each head tells apart, by id. ``entity`` is O, then B-x and I-x for each kind."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemma: list[str]
    deprel: list[str]
    entity: list[str]
    role: list[str] = []
    """Roles of arguments, the first being none at all."""
    sense: list[str] = []
    senses: dict[str, list[int]] = {}
    """Ids of the senses that a lemma had in training (``kill/VERB``)."""
    lemmas: dict[str, str] = {}
    """Lemmas of words seen in training (``killed/VERB``: ``kill``), where one lemma is by far the commonest."""

    @staticmethod
    def load(file: Path) -> "Labels":
        """Reads the file that training wrote."""
        return msgspec.json.decode(file.read_bytes(), type=Labels)

    def save(self, file: Path) -> None:
        """Writes the file that ships with the model."""
        file.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1))
