"""The whole flow over many documents: paths in, a filled store or a stream of extractions out."""

from kg.batch.flat import FlatClaim, flat
from kg.batch.ingest import Progress, Reader, Summary, extract, ingest

__all__ = ["FlatClaim", "Progress", "Reader", "Summary", "extract", "flat", "ingest"]
