"""Documents in, extractions out: the language model, the layers above it and the claims they support.

``load()`` gives a :class:`NewsReader`; spaCy and onnxruntime are imported only then.
"""

from collections.abc import Iterable, Iterator
from itertools import tee
from typing import TYPE_CHECKING

from kg.claims import Document, Extraction

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extraction.confidence import Table
    from kg.extraction.drafts import Draft
    from kg.extraction.model.reader import Heads

__all__ = ["NewsReader", "load"]


class NewsReader:
    """Reads documents: an :class:`~kg.claims.Extraction` is a pure function of its document.

    ``confidences`` says what the confidence of a rule amounts to; unless told, the table that is shipped.
    """

    def __init__(self, nlp: "Language", heads: "Heads | None" = None, confidences: "Table | None" = None) -> None:
        from kg import ontology
        from kg.extraction import confidence, lexicon
        from kg.extraction.convert import Converter
        from kg.extraction.frames import Frames
        from kg.extraction.relating import Relating

        known = ontology.default()
        self.nlp = nlp
        self._is_a, self._accepts = known.is_a, known.accepts
        self._lexicon = lexicon.default()
        self._frames = Frames(self._lexicon, known.accepts, known.is_a)
        self._relating = Relating(heads.relations, heads.entries, known.accepts, known.is_a) if heads else None
        self._converter = Converter(
            known.responsibility, known.is_a, known.kinds, self._lexicon.kinds, confidences or confidence.default()
        )

    def extract(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """One extraction for each document, in their order; documents are read in batches."""
        from kg.extraction.pipeline import docs

        read, kept = tee(documents)
        inputs = ((d.text, d.published, d.furniture) for d in read)
        for doc, document in zip(docs(self.nlp, inputs), kept, strict=True):
            yield self._converter.extraction(doc, document, self.drafts(doc))

    @property
    def model_seconds(self) -> float:
        """CPU seconds that the encoder's forward passes have taken so far."""
        from kg.extraction.model.reader import Reader

        component = self.nlp.get_pipe("kg_reader")
        assert isinstance(component, Reader)
        return component.graph.seconds

    def drafts(self, doc: "Doc") -> "list[Draft]":
        """What all extractors find in an annotated Doc."""
        from kg.extraction import (
            blame,
            bodies,
            causes,
            deaths,
            distances,
            killings,
            leads,
            offices,
            parts,
            persons,
            places,
            remembrance,
            roll,
            scenes,
            tolls,
            trials,
        )
        from kg.extraction.deeds import Deeds
        from kg.extraction.events import Events

        deeds = Deeds(doc, self._lexicon, self._is_a, self._accepts)
        found = [
            *self._frames.drafts(doc),
            *Events(doc, deeds, self._is_a).drafts(),
            *(
                draft
                for read in (scenes, blame, causes, deaths, remembrance, parts, roll, trials)
                for draft in read.drafts(deeds)
            ),
            *scenes.victories(deeds),
            *offices.drafts(doc, self._frames, self._is_a),
            *distances.drafts(doc, self._is_a),
            *places.drafts(doc, self._is_a),
            *leads.drafts(doc, self._is_a),
            *persons.drafts(doc, self._frames, self._is_a),
            *bodies.drafts(doc, self._lexicon.kinds, self._is_a),
        ]
        return self.completed(doc, killings.joined(doc, tolls.whole(doc, places.useful(doc, found)), self._is_a))

    def completed(self, doc: "Doc", told: "list[Draft]") -> "list[Draft]":
        """What the wording tells, with what the relation and incident heads read beside it."""
        from kg.extraction import persons, relating
        from kg.extraction.incidents import Incidents

        if self._relating is None:
            return list(persons.staffed(doc, told, self._is_a))
        incidents = Incidents(doc, self._lexicon.kinds, self._is_a, self._accepts)
        incidents.introduce()
        found = relating.beside(told, [*self._relating.drafts(doc), *incidents.drafts(told)])
        return list(persons.staffed(doc, found, self._is_a))


def load(confidences: "Table | None" = None) -> NewsReader:
    """The reader with the packaged model, and with a table of confidences other than the packaged one, if told so.

    Takes about a second.
    """
    from kg.extraction.model.reader import Heads
    from kg.extraction.pipeline import language

    return NewsReader(language(), Heads.packaged(), confidences)
