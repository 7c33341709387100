"""Url and text go in, the id of a document comes out; a name goes in, a slug comes out."""

import hashlib
import re
import unicodedata

_ID_DIGITS = 16
"""64 bits: among a hundred million documents the chance of any two sharing an id is about 3 in 10,000."""


def document_id(url: str | None, text: str) -> str:
    """16 hex digits of the SHA-256 of url and text: the same article is the same document wherever it was found.

    A corrected article (same url, other text) is another document, and so is the same text at another url.
    """
    content = f"{url or ''}\0{text}".encode("utf-8", errors="surrogatepass")
    return hashlib.sha256(content).hexdigest()[:_ID_DIGITS]


def slug(name: str) -> str:
    """The name in lower case with everything but letters and digits turned to ``-``: safe in an IRI, never empty.

    Accents go (``Agência`` is ``agencia``); letters without an ASCII form stay.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", plain).strip("-") or hashlib.sha256(name.encode()).hexdigest()[:_ID_DIGITS]
