"""Files of the development data in, lists of :class:`Sentence` out, with a mask of what each set annotates.

Trees come from the English Web Treebank and GUM (CoNLL-U). Named entities come from eight sets whose labels differ;
each label is read as the *set* of our kinds that it may stand for (:mod:`.kinds`), so nothing has to be dropped.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.extraction import demonyms
from kg.extraction.training import kinds, propbank
from kg.extraction.training.propbank import Frame

GUM_GENRES = ("news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook", "vlog")


@dataclass(slots=True)
class Tree:
    """The annotations of Universal Dependencies, one item a word. Heads are 0-based in the sentence, -1 is the root."""

    upos: list[str]
    xpos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]


@dataclass(slots=True)
class Entities:
    """Entity spans of a sentence, (start, end, allowed kinds), and the kinds that the set does not annotate at all.

    Of the words in ``unknown`` nothing is known: they may be anything.
    """

    spans: list[tuple[int, int, frozenset[str]]]
    unseen: frozenset[str] = frozenset()
    unknown: frozenset[int] = frozenset()


@dataclass(slots=True)
class Sentence:
    """Words of one sentence, and what is known of it. ``document`` tells which sentences follow one another."""

    words: list[str]
    corpus: str
    document: str
    tree: Tree | None = None
    entities: Entities | None = None
    frames: list[Frame] | None = None
    starts: list[int] = field(default_factory=lambda: [0])


def share(key: str) -> float:
    """A number in [0, 1) that depends on the key alone: the way every split by hash is made."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32


HELD_OUT = {"wikigold": 0.2, "redocred": 0.28, "re3d": 2 / 9, "knowledgenet": 0.1}
"""Share of a set (by hash of its block or document) that is never trained on: it measures. Of Re-DocRED, what hashes
under 0.2 is reported on and the rest is chosen on; so is what is held out of KnowledgeNet's folds 1 and 2."""


def is_held_out(s: Sentence) -> bool:
    """Whether the sentence belongs to what measures: wikigold by blocks, the others by their titles."""
    key = s.document if s.corpus == "wikigold" else s.document.removeprefix(f"{s.corpus}/")
    return share(key) < HELD_OUT.get(s.corpus, 0.0)


def read_conllu(path: Path, corpus: str, predicates: propbank.Spans | None = None) -> Iterator[Sentence]:
    """Sentences with trees, with frames where ``predicates`` has them; words of multiword tokens stand for themselves,
    empty nodes are left out."""
    document, identity, rows = path.stem, "", list[list[str]]()
    for line in path.open(encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            document = line.partition("=")[2].strip()
        elif line.startswith("# sent_id"):
            identity = line.partition("=")[2].strip()
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            sentence = _tree_sentence(rows, corpus, document)
            if predicates and sentence.tree and identity in predicates:
                sentence.frames = propbank.frames(predicates[identity], sentence.tree.heads)
            yield sentence
            rows = []
    if rows:
        yield _tree_sentence(rows, corpus, document)


def _tree_sentence(rows: list[list[str]], corpus: str, document: str) -> Sentence:
    tree = Tree(
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        feats=[r[5] if r[5] != "_" else "" for r in rows],
        lemmas=[r[2] for r in rows],
        heads=[int(r[6]) - 1 for r in rows],
        deprels=[r[7] for r in rows],
    )
    sentence = Sentence([r[1] for r in rows], corpus, document, tree)
    if corpus.startswith("gum"):
        sentence.entities = _gum_entities(sentence.words, tree, [r[9] for r in rows])
    return sentence


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A noun phrase that GUM annotates: its words, its type, and the Wikipedia title of what it names, if any."""

    start: int
    end: int
    etype: str
    identity: str


def _gum_entities(words: list[str], tree: Tree, misc: list[str]) -> Entities:
    """Named entities of GUM: the names that head its noun phrases, without what only describes them.

    GUM brackets every noun phrase with its type, names or not (``Entity=(4-place-new-… … 4)`` in MISC).
    """
    brackets = _noun_phrases(misc)
    inner = {b.start for b in brackets}
    named = {}
    for phrase in sorted(brackets, key=lambda b: b.start - b.end):
        name = _name_inside(words, tree, phrase, inner)
        if name is not None:
            allowed = kinds.allowed("gum", _gum_label(phrase, tree, name), " ".join(words[name[0] : name[1]]))
            if allowed:
                named[name] = allowed
    taken: set[int] = set()
    chosen = []
    for (start, end), allowed in sorted(named.items(), key=lambda item: item[0][0] - item[0][1]):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            chosen.append((start, end, allowed))
    return Entities(sorted(chosen, key=lambda s: s[0]), kinds.unseen("gum"))


def _noun_phrases(misc: list[str]) -> list[_Bracket]:
    open_phrases: dict[str, list[tuple[int, str, str]]] = {}
    found = []
    for i, cell in enumerate(misc):
        for opens, group in _brackets(cell):
            if opens:
                number, etype, *rest = group.split("-")
                identity = "-".join(rest[5:])  # after status, salience, centering, span and link
                open_phrases.setdefault(number, []).append((i, etype, identity))
            elif open_phrases.get(group):
                start, etype, identity = open_phrases[group].pop()
                found.append(_Bracket(start, i + 1, etype, identity))
    return found


def _brackets(cell: str) -> Iterator[tuple[bool, str]]:
    """Opening (true, ``4-place-new…``) and closing (false, group) brackets; ``(4-place…)`` is both at once."""
    value = next((part[7:] for part in cell.split("|") if part.startswith("Entity=")), "")
    last = ""
    for piece in re.findall(r"\([^()]*|[^()]*\)", value):
        if piece.startswith("("):
            last = piece[1:].split("-")[0]
            yield True, piece[1:]
        else:
            yield False, piece[:-1].split("-")[0] or last


def _gum_label(phrase: _Bracket, tree: Tree, name: tuple[int, int]) -> str:
    """GUM's type; a people in the plural ("Democrats", "Kurds") is no person but a label of its own."""
    plural = tree.xpos[name[1] - 1] == "NNPS" and name[1] - name[0] == 1
    return "people" if plural and phrase.etype in ("person", "organization") else phrase.etype


def _name_inside(words: list[str], tree: Tree, phrase: _Bracket, inner: set[int]) -> tuple[int, int] | None:
    """The words of the phrase that are its name. ``inner`` holds where the phrases of the sentence begin."""
    heads = [i for i in range(phrase.start, phrase.end) if not phrase.start <= tree.heads[i] < phrase.end]
    if len(heads) != 1:
        return None
    if phrase.etype == "time":
        dated = _is_date(words[phrase.start : phrase.end]) and phrase.end - phrase.start <= 6
        return (phrase.start, phrase.end) if dated else None
    head = _name_head(words, tree, phrase, heads[0], inner)
    if head is None:
        return None
    if phrase.etype == "person":
        return _person_name(words, tree, phrase, head)
    left, right = head, head + 1
    while left > phrase.start and (
        _proper(tree, left - 1)
        or (words[left - 1] == "-" and left - 2 >= phrase.start and words[left - 2][0].isupper())
        or (_link(words[left - 1]) and left - 2 >= phrase.start and _proper(tree, left - 2) and left not in inner)
    ):
        left -= 1
    while right < phrase.end and _goes_on(words, tree, phrase, right, inner):
        right += 1
    right = _past_hyphens(words, right, phrase.end)
    while left < right and words[left].lower() in ("the", "a", "of", "-", "&", "'s", "and"):
        left += 1
    return (left, right) if left < right else None


def _name_head(words: list[str], tree: Tree, phrase: _Bracket, head: int, inner: set[int]) -> int | None:
    """The head if it is a name; after a title or a noun ("actor X", "President X"), the name that it stands before."""

    def is_title(i: int) -> bool:
        return phrase.etype == "person" and words[i].lower().strip(".") in _TITLES

    if tree.xpos[head].startswith("NNP") and not is_title(head):
        return head
    for i in range(head + 1, phrase.end):
        named = tree.heads[i] == head and tree.xpos[i].startswith("NNP") and not is_title(i)
        if named and (tree.deprels[i] == "flat" or (tree.deprels[i] == "appos" and i == head + 1 and i not in inner)):
            return i
    return None


def _person_name(words: list[str], tree: Tree, phrase: _Bracket, head: int) -> tuple[int, int]:
    """First name and what is flat to it, with hyphens and particles between ("Chung - tai", "de la Cruz")."""
    parts, right = {head, tree.heads[head]}, head + 1
    for i in range(head + 1, phrase.end):
        if tree.heads[i] in parts and tree.deprels[i].split(":")[0] in ("flat", "goeswith"):
            parts.add(i)
            right = i + 1
        elif words[i] not in "-." and tree.heads[i] not in parts:
            break
    return _first_names(words, tree, phrase, head), _past_hyphens(words, right, phrase.end)


def _first_names(words: list[str], tree: Tree, phrase: _Bracket, head: int) -> int:
    """Where the name begins, if its head is the surname ("Dean Kamen" with "Dean" hung on "Kamen")."""
    left = head
    while (
        left > phrase.start
        and tree.xpos[left - 1] == "NNP"
        and tree.heads[left - 1] == head
        and tree.deprels[left - 1] in ("compound", "flat")
        and words[left - 1].lower().strip(".") not in _TITLES
        and demonyms.country_of(words[left - 1]) is None
    ):
        left -= 1
    return left


def _past_hyphens(words: list[str], right: int, end: int) -> int:
    """The end of a name that a hyphen carries on ("Chung - tai"), whatever the tree makes of its parts."""
    while right + 1 < end and words[right] == "-" and words[right + 1][0].isalpha():
        right += 2
    return right


_TITLES = frozenset(
    "director chairman chairwoman chair president minister governor mayor senator king queen prince princess"
    " professor secretary judge justice general colonel major captain lieutenant sergeant commander admiral"
    " officer chief chancellor ambassador representative congressman congresswoman councillor councilor"
    " councilman deputy sheriff detective inspector pope bishop archbishop cardinal rabbi imam sheikh ayatollah"
    " lord lady sir dame baron duke duchess count countess emperor empress mr mrs ms miss dr prof rev reverend"
    " father sister brother saint st gov sen rep gen col maj capt lt sgt cpl pvt pres hon speaker leader coach"
    " spokesman spokeswoman spokesperson aunt uncle".split()
)


def _proper(tree: Tree, i: int) -> bool:
    return tree.xpos[i].startswith("NNP") or (
        tree.upos[i] == "NUM" and tree.deprels[i] in ("flat", "nummod", "nmod:unmarked", "dep")
    )


def _link(word: str) -> bool:
    return word.lower() in ("of", "the", "&", "-", "'s", "and", "for", "de", "la", "al")


def _links_on(words: list[str], i: int, phrase: _Bracket, begins_another: bool) -> bool:
    """Whether a name goes on after the word ``i``. Where Wikipedia's title of the whole is known, it tells; otherwise
    organizations are called after places and purposes ("Society of Norland", "Foundation for the Arts")."""
    word = words[i].lower()
    if word in ("of", "for") and phrase.identity:
        return f"_{word}_" in phrase.identity.lower()
    if word in ("of", "for") and begins_another:
        return phrase.etype == "organization" and (word == "for" or words[i + 1].lower() != "the")
    return _link(word) and not begins_another


def _goes_on(words: list[str], tree: Tree, phrase: _Bracket, i: int, inner: set[int]) -> bool:
    """Whether the word belongs to a name that stands before it: proper, or a link to a further proper word."""
    if _proper(tree, i):
        return True
    after = i + 1
    if after >= phrase.end or not _links_on(words, i, phrase, after in inner):
        return False
    if words[after].lower() == "the" or (tree.upos[after] == "ADJ" and words[after][:1].isupper()):
        after += 1
    return after < phrase.end and _proper(tree, after)


_DATE_WORDS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
    ]
)


def _is_date(words: list[str]) -> bool:
    return any(w.lower().strip(".") in _DATE_WORDS or re.fullmatch(r"(1[5-9]|20)\d\d(s|'s)?", w) for w in words)


def trees(data: Path) -> dict[str, list[Sentence]]:
    """All trees by split: ``train``, ``dev``, ``ewt-test``, ``gum-test``; GUM is its nine genres."""
    out: dict[str, list[Sentence]] = {"train": [], "dev": [], "ewt-test": [], "gum-test": []}
    predicates = propbank.read(data)
    for split, name in (("train", "train"), ("dev", "dev"), ("test", "ewt-test")):
        out[name].extend(read_conllu(data / "ud-ewt" / f"en_ewt-ud-{split}.conllu", "ewt", predicates))
    splits = gum_splits(data)
    for path in sorted((data / "gum" / "dep").glob("*.conllu")):
        if path.stem.split("_")[1] in GUM_GENRES:
            split = splits[path.stem]
            out["gum-test" if split == "test" else split].extend(read_conllu(path, "gum"))
    return out


def gum_splits(data: Path) -> dict[str, str]:
    """Document name to train, dev or test, as GUM's own list says."""
    splits, current = {}, ""
    for line in (data / "gum" / "splits.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = line[3:].strip()
        elif line.strip().startswith("* "):
            splits[line.strip()[2:]] = current
    return splits


def entity_sets(data: Path) -> dict[str, list[Sentence]]:
    """Sentences with entities only, by set."""
    ner = data / "ner"
    return {
        "wikigold": wikigold(data),
        "wnut17": list(_conll(ner / "wnut17" / "train" / "wnut17train.conll", "wnut17", "\t")),
        "btc": [s for f in sorted((ner / "btc").glob("*.conll")) for s in _conll(f, "btc", "\t")],
        "crossner": [
            s
            for n in ("train", "dev", "test")
            for s in _conll(ner / "crossner-politics" / f"{n}.txt", "crossner", "\t")
        ],
        "redocred": list(_redocred(data / "redocred" / "dev_revised.json")),
        "re3d": list(_re3d(data / "re3d")),
        "gmb": list(gmb(data)),
    }


def wikigold(data: Path) -> list[Sentence]:
    """WikiGold whole. Measuring holds out the blocks that training does."""
    return list(_conll(data / "ner" / "wikigold" / "wikigold.conll.txt", "wikigold", " "))


def _conll(path: Path, corpus: str, separator: str) -> Iterator[Sentence]:
    words, tags = list[str](), list[str]()
    number = 0
    for line in [*path.read_text(encoding="utf-8", errors="replace").splitlines(), ""]:
        cells = line.strip().split(separator)
        if len(cells) >= 2 and cells[0].strip():
            words.append(cells[0].strip())
            tags.append(cells[-1].strip())
        elif words:
            # Blocks of ten follow one another, so that windows hold several sentences of the same set.
            yield tagged_sentence(words, tags, corpus, f"{corpus}/{path.stem}/{number // 10}")
            words, tags, number = [], [], number + 1


def tagged_sentence(words: list[str], tags: list[str], corpus: str, document: str) -> Sentence:
    """A sentence from BIO (or IO) tags; words with inner hyphens are split as the treebanks split them."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        label = tag[2:] if tag[:2] in ("B-", "I-") else ""
        if not label:
            continue
        if tag[0] == "I" and spans and spans[-1][1] == i and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], i + 1, label)
        else:
            spans.append((i, i + 1, label))
    return span_sentence(words, spans, corpus, document)


_HYPHENS = re.compile(r"(?<=[A-Za-z])([-–])(?=[A-Za-z])")


def without_hyphens(words: list[str]) -> tuple[list[str], list[int]]:
    """The words with those split that have inner hyphens, and where each word (and the end) is among them."""
    split, offset = list[str](), list[int]()
    for word in words:
        offset.append(len(split))
        split.extend(p for p in _HYPHENS.split(word) if p)
    return split, [*offset, len(split)]


def span_sentence(words: list[str], spans: list[tuple[int, int, str]], corpus: str, document: str) -> Sentence:
    """A sentence with labelled spans; labels become the kinds they may stand for."""
    split, offset = without_hyphens(words)
    out, unknown = list[tuple[int, int, frozenset[str]]](), set[int]()
    for start, end, label in spans:
        name = name_of(words, (start, end, label), corpus)
        if name is None:
            unknown.update(
                i for k in range(start, end) if words[k][:1].isupper() for i in range(offset[k], offset[k + 1])
            )
            continue
        start, end = name
        allowed = kinds.allowed(corpus, label, " ".join(words[start:end]))
        if allowed:
            out.append((offset[start], offset[end], allowed))
    unknown.difference_update(i for start, end, _ in out for i in range(start, end))
    entities = Entities(sorted(out, key=lambda s: s[0]), kinds.unseen(corpus), frozenset(unknown))
    return Sentence(split, corpus, document, None, entities)


_WIDE = frozenset({"re3d", "gmb"})
"""Sets whose spans take in articles and titles ("the United States", "President X"), re3d's descriptions too."""
_INSIDE_NAMES = frozenset("of the for and in on de la al el bin ibn von van der y & - – ’ ' 's ’s".split())


def name_of(words: list[str], span: tuple[int, int, str], corpus: str) -> tuple[int, int] | None:
    """The name within a labelled span; None where the span only describes ("our partners", "an ISIL facility")."""
    start, end, label = span
    if corpus not in _WIDE or label in _NO_NAMES:
        return start, end
    while start < end and words[start].lower() in ("the", "a", "an"):
        start += 1
    if label in ("Person", "per"):
        start = past_titles(words, start, end)
    if corpus == "re3d" and not is_name(words[start:end]):
        return None
    return (start, end) if start < end else None


def past_titles(words: list[str], start: int, end: int) -> int:
    """Where the name begins after "Prime Minister" or "Mr."; an office with its complement is left as it is."""
    first = start
    while start + 1 < end and words[start].lower().strip(".") in _TITLES | {"prime", "foreign", "vice", "former"}:
        start += 1
    return start if words[start][:1].isupper() else first


def is_name(words: list[str]) -> bool:
    """Whether all words are capitalised, but for those that names have inside."""
    plain = [w for w in words if w.lower() not in _INSIDE_NAMES]
    return bool(plain) and plain[0] not in _PRONOUNS and all(w[0].isupper() or not w[0].isalpha() for w in plain)


_NO_NAMES = frozenset({"Temporal", "Quantity", "Money", "tim"})
_PRONOUNS = frozenset({"I", "We", "He", "She", "They", "It", "You", "Our", "His", "Her", "Their", "This", "These"})


def _redocred(path: Path) -> Iterator[Sentence]:
    for article in json.loads(path.read_text(encoding="utf-8")):
        yield from redocred_sentences(article)


def redocred_sentences(article: dict[str, Any]) -> Iterator[Sentence]:
    """The sentences of one document of Re-DocRED, as its file has it."""
    mentions: dict[int, dict[tuple[int, int], str]] = {}
    for vertex in article["vertexSet"]:
        for m in vertex:
            mentions.setdefault(m["sent_id"], {})[tuple(m["pos"])] = m["type"]
    for number, words in enumerate(article["sents"]):
        spans = [(s, e, t) for (s, e), t in sorted(mentions.get(number, {}).items())]
        yield span_sentence(words, _without_overlaps(spans), "redocred", f"redocred/{article['title']}")


def _without_overlaps(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, label in sorted(spans, key=lambda s: s[0] - s[1]):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            out.append((start, end, label))
    return sorted(out)


_TOKEN = re.compile(r"[A-Z](?:\.[A-Z])+\.?|\w+(?:[.,]\d+)*|'s|[^\w\s]")


def _re3d(folder: Path) -> Iterator[Sentence]:
    for documents in sorted(folder.glob("*/documents.json")):
        spans: dict[str, list[tuple[int, int, str]]] = {}
        for line in (documents.parent / "entities.json").read_text(encoding="utf-8").splitlines():
            if line.strip():
                e = json.loads(line)
                spans.setdefault(e["documentId"], []).append((e["begin"], e["end"], e["type"]))
        for line in documents.read_text(encoding="utf-8").splitlines():
            if line.strip():
                d = json.loads(line)
                yield from re3d_sentences(d["text"], spans.get(d["_id"], []), f"re3d/{d['_id']}")


def re3d_places(text: str) -> tuple[list[tuple[int, int]], dict[int, int], dict[int, int]]:
    """The words of a text of re3d by their characters; the word that begins at a character; the word after an end."""
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    return tokens, {s: i for i, (s, _) in enumerate(tokens)}, {e: i + 1 for i, (_, e) in enumerate(tokens)}


def re3d_sentences(text: str, spans: list[tuple[int, int, str]], document: str) -> Iterator[Sentence]:
    """The sentences of one text of re3d, given its labelled spans in characters."""
    tokens, starts, ends = re3d_places(text)
    found = [(starts[b], ends[e], label) for b, e, label in spans if b in starts and e in ends]
    named = {span for span in found if name_of([text[s:e] for s, e in tokens], span, "re3d")}
    chosen = [*_without_overlaps(sorted(named)), *(span for span in found if span not in named)]
    inside = {i for s, e, _ in chosen for i in range(s + 1, e)}
    cuts = [0]
    for i in range(1, len(tokens)):
        stop = text[tokens[i - 1][0] : tokens[i - 1][1]] in (".", "!", "?")
        if (stop or "\n" in text[tokens[i - 1][1] : tokens[i][0]]) and i not in inside:
            cuts.append(i)
    for a, b in zip(cuts, [*cuts[1:], len(tokens)], strict=True):
        words = [text[s:e] for s, e in tokens[a:b]]
        if words:
            yield span_sentence(words, [(s - a, e - a, t) for s, e, t in chosen if a <= s and e <= b], "re3d", document)


def gmb(data: Path) -> Iterator[Sentence]:
    """The Groningen Meaning Bank's sentences as far as they are whole, in their order; none where it isn't there."""
    path = data / "ner" / "gmb" / "ner_dataset.csv"
    if not path.exists():
        return
    words, tags, number = list[str](), list[str](), 0
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.reader(file):
            if row[0].startswith("Sentence:") and words:
                if all(words):
                    yield tagged_sentence(words, tags, "gmb", f"gmb/{number // 5}")
                words, tags, number = [], [], number + 1
            if len(row) >= 4 and row[0] != "Sentence #":
                words.append(row[1].strip())
                tags.append(row[3].strip())
