"""Entities of documents in, judgements on who is the same as whom out, and clusters from judgements."""

from kg.clusters import Clusters, Conflict, Profile, cluster_iri, clusters
from kg.resolution.judge import JUDGE, Resolved, match, resolve
from kg.resolution.names import normalised, slug

__all__ = [
    "JUDGE", "Clusters", "Conflict", "Profile", "Resolved", "cluster_iri", "clusters", "match", "normalised", "resolve",
    "slug",
]  # fmt: skip
