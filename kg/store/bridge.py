"""A store in; the same data as an rdflib dataset out, for what users already know."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.store.local import Store


def rdflib_dataset(store: "Store") -> "Dataset":
    """An rdflib ``Dataset`` over the same quads, through oxrdflib: nothing is copied, and writing is on your own head.

    Its ``query`` runs in the store's engine unless ``base=`` or a prepared query is passed; then rdflib's own, slower
    one answers without a word.
    """
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(OxigraphStore(store=store.engine))
