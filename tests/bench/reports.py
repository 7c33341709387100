"""Small extractions, put together by hand."""

from kg.claims import Claim, Document, Entity, EntityRef, Extraction, Form, Mention, Span, Stance, Value

PRONOUNS = frozenset("he she it they him her them".split())


class Report:
    """A document to which things and claims are added; mentions are found by their words."""

    def __init__(self, text: str, *, url: str | None = None, published: str | None = None) -> None:
        self.document = Document("0" * 16, text, url=url, published=published)
        self.entities: list[Entity] = []
        self.mentions: list[Mention] = []
        self.claims: list[Claim] = []

    def thing(self, kind: str, name: str, *mentions: str, named: bool = True) -> str:
        """A new entity; it is mentioned where the words first stand, and by its name if there are none."""
        identity = f"e{len(self.entities) + 1}"
        self.entities.append(Entity(identity, kind, name, (), named))
        for words in mentions or (name,):
            start = self.document.text.index(words)
            form: Form = "pronoun" if words.lower() in PRONOUNS else "name" if named else "nominal"
            self.mentions.append(Mention(Span(start, start + len(words)), identity, form))
        return identity

    def claim(
        self,
        subject: str,
        predicate: str,
        other: str | Value,
        *,
        stance: Stance = "asserted",
        time: str | None = None,
        speaker: str | None = None,
        confidence: float = 1.0,
        words: str = "",
    ) -> None:
        """A claim whose evidence is the words, or else the whole text; a plain word is the id of an entity."""
        value = EntityRef(other) if isinstance(other, str) else other
        start = self.document.text.index(words)
        evidence = Span(start, start + len(words or self.document.text))
        self.claims.append(
            Claim(subject, predicate, value, evidence, time, speaker, stance=stance, confidence=confidence)
        )

    @property
    def extraction(self) -> Extraction:
        """All of it."""
        return Extraction(self.document, tuple(self.entities), tuple(self.mentions), tuple(self.claims))
