"""Extractions in, RDF out: the graph of one document as quads or N-Quads, and what had to be left out of it."""

from kg.mapping.quads import Quad, document_iri, to_nquads, to_quads
from kg.mapping.shapes import Violation, check_shapes

__all__ = ["Quad", "Violation", "check_shapes", "document_iri", "to_nquads", "to_quads"]
