"""An IRI in; the address of its page out."""

from urllib.parse import quote, urlencode

# What may stand in a path as it is (RFC 3986, section 3.3), besides letters, digits and the slash.
_PLAIN = "/-._~!$&'()*+,;=:@"


def page_of(iri: str, base: str) -> str:
    """The page of a thing or an article of ours. What has none leads to what SPARQL knows of it."""
    if not iri.startswith(base):
        return "/ask?" + urlencode({"query": f"SELECT * {{ <{iri}> ?property ?value }}"})
    rest = iri.removeprefix(base)
    if not rest.startswith("doc/"):
        return f"/thing/{quote(rest, safe=_PLAIN)}"
    document, _, claim = rest.removeprefix("doc/").partition("/")
    return article(document, claim)


def article(document: str, claim: str = "") -> str:
    """The page of an article; at the sentence of a claim, if one is named."""
    page = f"/article/{quote(document, safe=_PLAIN)}"
    return f"{page}?{urlencode({'claim': claim})}#said" if claim else page


def sentence(claim: str) -> str:
    """The page of the article in which a claim (its IRI) is made, at its sentence."""
    document, _, name = claim.rpartition("/")
    return article(document.rpartition("/")[2], name)


def passage(document: str, start: int, end: int) -> str:
    """The page of an article (its IRI) with some of its characters marked."""
    page = article(document.rpartition("/")[2])
    return f"{page}?{urlencode({'from': start, 'to': end})}#said"


def view(path: str, **asked: object) -> str:
    """A page with what is asked of it; what is empty is left out."""
    given = {name: value for name, value in asked.items() if value not in ("", None, 0)}
    return f"{path}?{urlencode(given)}" if given else path
