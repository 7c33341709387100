"""Documents' graphs in, the merged knowledge graph and its answers out: one folder on disk, SPARQL 1.1."""

from kg.store.changes import Changed
from kg.store.check import Checked, Finding, Quarantined
from kg.store.local import DocumentInfo, Outcome, Put, Rebuilt, Store
from kg.store.names import PREFIXES
from kg.store.releases import Release
from kg.store.result import Result, Row
from kg.store.review import AmbiguousError, Decision, Question, Side
from kg.store.show import Quote, ShownFact, Thing
from kg.store.terms import Iri, Literal, Term
from kg.store.who import Candidate

__all__ = [
    "PREFIXES",
    "AmbiguousError",
    "Candidate",
    "Changed",
    "Checked",
    "Decision",
    "DocumentInfo",
    "Finding",
    "Iri",
    "Literal",
    "Outcome",
    "Put",
    "Quarantined",
    "Question",
    "Quote",
    "Rebuilt",
    "Release",
    "Result",
    "Row",
    "ShownFact",
    "Side",
    "Store",
    "Term",
    "Thing",
]
