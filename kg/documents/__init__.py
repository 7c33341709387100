"""Files and folders of news articles go in, Documents come out: text unchanged, furniture marked, refusals told."""

from kg.documents.identity import document_id
from kg.documents.reading import read
from kg.documents.refusal import Refusal

__all__ = ["Refusal", "document_id", "read"]
