"""A word of the lexicon in, its regular English forms out, so that a word the model never met still finds its entry."""

from collections.abc import Iterator

_VOWELS = frozenset("aeiou")
_IRREGULAR = {"overthrow": ("overthrew", "overthrown"), "overrun": ("overran", "overrunning")}
"""Rare irregular forms, which the model may guess wrong."""


def verb_forms(verb: str) -> Iterator[str]:
    """Third person, past and -ing forms, regular ones only, with a doubled consonant where one may be."""
    yield from noun_forms(verb)
    yield from _IRREGULAR.get(verb, ())
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        yield from (verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + "ed", verb + "ing")
    short = verb[-3:-2] not in _VOWELS or verb[-4:-2] == "qu"  # "acquit"
    if len(verb) > 2 and verb[-1] not in _VOWELS | set("wxy") and verb[-2] in _VOWELS and short:
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def noun_forms(noun: str) -> Iterator[str]:
    """The regular plural."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        yield noun + "es"
    elif noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        yield noun[:-1] + "ies"
    else:
        yield noun + "s"


def table(verbs: Iterator[str] | list[str], nouns: Iterator[str] | list[str]) -> dict[tuple[str, str], str]:
    """(form, part of speech) to lemma."""
    found = {(form, "VERB"): verb for verb in sorted(verbs) for form in verb_forms(verb)}
    found.update({(form, "NOUN"): noun for noun in sorted(nouns) for form in noun_forms(noun)})
    return found
