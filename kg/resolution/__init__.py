"""Entities of documents in, judgements on who is the same as whom out, and clusters from judgements."""

from kg.clusters import Clusters, Conflict, cluster_iri, clusters
from kg.resolution.judge import JUDGE, judge, key_record
from kg.resolution.names import normalised, slug

__all__ = ["JUDGE", "Clusters", "Conflict", "cluster_iri", "clusters", "judge", "key_record", "normalised", "slug"]
