"""A store's own ontology in; the words for its kinds and relations out."""

from collections.abc import Iterable

import msgspec

from kg.config import KG
from kg.explorer.asking import Asker
from kg.views.picture import FAMILIES, OTHER

_TERMS = """SELECT ?node ?name ?value {
  VALUES ?name { rdfs:label rdfs:subClassOf }
  GRAPH ?graph { ?node ?name ?value . FILTER(STRSTARTS(STR(?node), STR(kg:))) }
}"""


class Vocabulary(msgspec.Struct, frozen=True):
    """Labels and direct superclasses, by local name."""

    labels: dict[str, str]
    above: dict[str, frozenset[str]]

    def label(self, name: str) -> str:
        """The words for a kind or relation; its own name if the ontology has none."""
        return self.labels.get(name, name)

    def narrowest(self, kinds: Iterable[str]) -> str:
        """The kind below which there is no other; of several, the first in the alphabet."""
        given = set(kinds) - {"Entity"}
        return min(given - {higher for kind in given for higher in self._all_above(kind)}, default=OTHER)

    def family(self, kinds: Iterable[str]) -> str:
        """Which of the kinds that have a colour of their own."""
        given = {higher for kind in kinds for higher in self._all_above(kind) | {kind}}
        return next((family for family in FAMILIES if family in given), OTHER)

    def _all_above(self, kind: str) -> set[str]:
        found: set[str] = set()
        left = list(self.above.get(kind, ()))
        while left:
            higher = left.pop()
            if higher not in found:
                found.add(higher)
                left.extend(self.above.get(higher, ()))
        return found


async def vocabulary(asker: Asker) -> Vocabulary:
    """The vocabulary of a store. It is read once for each snapshot."""
    known = _known.get(asker.snapshot.id)
    if known is None:
        found = await asker.all_details(_TERMS)
        short = {node.removeprefix(KG): told for node, told in found.items()}
        known = Vocabulary(
            labels={name: min(told["label"]) for name, told in short.items() if "label" in told},
            above={
                name: frozenset(it.removeprefix(KG) for it in told.get("subClassOf", ()) if it.startswith(KG))
                for name, told in short.items()
            },
        )
        _known.clear()
        _known[asker.snapshot.id] = known
    return known


_known: dict[str, Vocabulary] = {}
