"""A word and a rule in, its lemma out; and the rule that leads from a word to its lemma.

A rule is ``cut|append|case``: drop so many characters from the end, append the letters, and make the whole lower case
(``l``) or keep it as written (``k``). The idea is that of UDPipe's lemma rules (Straka 2018), reduced to suffixes.
"""


def rule_for(form: str, lemma: str) -> str:
    """The rule that makes ``lemma`` from ``form``."""
    case = "k" if lemma and lemma != lemma.lower() else "l"
    source = form if case == "k" else form.lower()
    shared = 0
    while shared < min(len(source), len(lemma)) and source[shared] == lemma[shared]:
        shared += 1
    return f"{len(source) - shared}|{lemma[shared:]}|{case}"


def apply(rule: str, form: str) -> str:
    """The lemma; the form itself where the rule would leave nothing."""
    cut, append, case = rule.split("|")
    source = form if case == "k" else form.lower()
    kept = source[: len(source) - int(cut)] if int(cut) <= len(source) else source
    return kept + append or form


class Lemmas:
    """Words to lemmas: those seen in training by table, others by the rule that the model chose.

    The table maps ``FORM/UPOS`` in lower case to the lemma; names and unknown words are left to the rule.
    """

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table

    def lemma(self, word: str, upos: str, rule: str) -> str:
        """The lemma of a word with this tag."""
        known = self.table.get(f"{word.lower()}/{upos}")
        return known if known is not None else apply(rule, word)
