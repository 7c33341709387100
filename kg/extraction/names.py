"""Name mentions in, referents out: full names, surnames, short forms, acronyms and spellings of one thing together.

Names of one article are linked by rules that news editors follow: the full name first, then the surname or a short
form. A short form is linked only where one thing alone can be meant.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

from kg.extraction import demonyms
from kg.extraction.mentions import Gender, Mention, Referent, referent_of, same_gender, word_list

IsA = Callable[[str, str], bool]

# Words before a person's name that are no part of it; the value says the gender that the word tells, if any.
TITLES: dict[str, Gender] = {
    **dict.fromkeys(
        ("mr", "sir", "lord", "king", "prince", "fr", "monsieur", "sheikh", "sultan", "pope", "duke"), "male"
    ),
    **dict.fromkeys(("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "madame", "duchess"), "female"),
    **dict.fromkeys(
        word_list(
            """
        gen general brig brigadier lt lieutenant col colonel maj major capt captain cmdr commander adm
        admiral sgt sergeant cpl corporal pvt dr prof professor president premier chancellor minister sen
        senator rep representative gov governor rev reverend judge justice secretary ambassador ayatollah
        imam mullah hajj chief officer detective inspector mayor former ex-president vice deputy prime
        emperor empress saint st bishop archbishop cardinal congressman congresswoman coach director
        chairman spokesman spokeswoman spokesperson actor actress singer pm mp
        """
        ),
        "unknown",
    ),
    **dict.fromkeys(("congressman", "chairman", "spokesman", "actor", "emperor"), "male"),
    **dict.fromkeys(("congresswoman", "spokeswoman", "actress", "empress"), "female"),
}

_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})

# Words at the end of an organisation's name that its short form may leave out.
_GENERIC_ENDS = frozenset(
    word_list(
        """
        inc ltd llc plc corp corporation company co group holdings ag sa nv gmbh party movement corps force
        agency news network club fc united foundation association organization organisation committee
        channel television tv holding airway airline academy college university motor food industrie pharmaceutical
        technologie record picture studio entertainment brewery hospital bank insurance energy
        """
    )
)
"""Last words that a short form leaves out, as singulars by :func:`bare`."""
# Linking words that an acronym passes over and at which a name may be cut.
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des", "&"})

# Words that name a level of government, not the place itself: "Kerman province" is the region Kerman.
REGION_WORDS = frozenset({"province", "governorate", "state", "region", "county", "district", "prefecture", "oblast"})
CITY_WORDS = frozenset({"city", "town", "village", "municipality"})

# Common given names of news in English, of one gender only; what is not here stays unknown, and fits both he and she.
_MALE = frozenset(
    word_list(
        """
        aaron abdul abdullah abraham adam ahmad ahmed alan albert alexander alexei ali alfred andre andrew
        anthony antonio arthur barack ben benjamin bernard bernie bill bob boris brad brandon brian bruce
        carl carlos charles chris christopher craig daniel dave david dennis dick dmitry don donald doug
        douglas ed edward emmanuel eric ernest francis francois frank franklin fred george gerald gordon
        graham greg gregory hamid harold harry hassan henry herman hosni hugo hussein ian ibrahim igor isaac
        ivan jack jacob james jason jean jeff jeffrey jeremy jerry jim jimmy joe joel johannes john johnny
        jon jonathan jose joseph josh joshua juan julian justin karl keith ken kenneth kevin khalid larry
        lawrence leonard louis luis luke mahmoud malcolm marco mario mark martin matt matthew michael miguel
        mike mikhail mitt mohamed mohammad mohammed muhammad nathan nelson nicholas nicolas nicolás oliver
        omar osama oscar otto patrick paul pedro peter phil philip phillip pierre qassem ralph ray raymond
        recep richard rick robert roger ron ronald roy rudolf rupert russell ryan saddam salman samuel scott
        sean sergei simon stefan stephen steve steven stuart ted terry theodore thomas tim timothy todd tom
        tony vladimir volodymyr walter warren wayne will william wolfgang yasser yousef zachary
        """
    )
)
_FEMALE = frozenset(
    word_list(
        """
        alice alison amanda amy andrea angela anita ann anna anne annie audrey barbara beatrice becky
        benazir beth betty brenda camilla carol caroline carolyn catherine charlotte cheryl christina
        christine cindy claire claudia condoleezza cynthia deborah denise diana diane donna dorothy elena
        eleanor elizabeth ellen emily emma erin eva eve fatima florence frances gabrielle gina gloria grace
        greta hannah heather helen hillary ingrid irene isabel ivanka jacinda jane janet jean jeanne
        jennifer jenny jessica jill joan joanna josephine joyce judith judy julia julie karen kate katherine
        kathleen kathryn katie kelly kimberly laura lauren leila linda lisa liz louise lucy malala margaret
        maria marie marilyn marissa martha mary maryam megan melania melissa meredith michelle miriam molly
        monica nadia nancy natalie natasha nicole nina olga olivia pamela patricia paula penelope rachel
        rebecca rosa rose ruth samantha sandra sara sarah sharon sheila shirley simone sonia sophia sophie
        stephanie susan suzanne sylvia tanya teresa theresa tina ursula valerie vanessa victoria virginia
        wendy yasmin yvonne zaha zainab
        """
    )
)

# Which labels of one name may be taken for one another: a tagger wavers between them, the article does not.
_FAMILIES = ("Person", "Organization", "Place", "Event")
# Families whose names have short forms made of some of their words. Places have not (but sites have): "York" is not
# New York.
_SHORTENED = frozenset({"Organization", "Event", "Site"})


def bare(words: Iterable[str], plurals: bool = True) -> tuple[str, ...]:
    """Words of a name for comparison: lower case, no dots, possessive or article; with ``plurals`` as singulars."""
    plain = [_singular(_plain(word)) if plurals else _plain(word) for word in words]
    plain = [word for word in plain if word]
    return tuple(plain[1:] if plain[:1] == ["the"] and len(plain) > 1 else plain)


def _plain(word: str) -> str:
    word = word.casefold().replace("’", "'").removesuffix("'s").strip("'\".,()[]“”-")
    return word.replace(".", "")


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without the titles in front: "Gen. Qassem Soleimani" → "Qassem Soleimani"."""
    start = 0
    while start < len(words) - 1 and _plain(words[start]) in TITLES:
        start += 1
    return words[start:]


def gender_of(words: tuple[str, ...]) -> Gender:
    """What title and given name tell of a person's gender."""
    for word in words[:-1]:
        told = TITLES.get(_plain(word), "unknown")
        if told != "unknown":
            return told
    given = _plain(untitled(words)[0]) if untitled(words) else ""
    return "male" if given in _MALE else "female" if given in _FEMALE else "unknown"


def is_given(word: str) -> bool:
    """Whether a word is a known given name."""
    return _plain(word) in _MALE or _plain(word) in _FEMALE


def initials(words: Iterable[str]) -> str:
    """The acronym of a name: the first letters of its words, linking words passed over."""
    parts = [part for word in words for part in word.replace("-", " ").split()]
    return "".join(part[0] for part in parts if part.casefold() not in _SMALL and part[0].isalpha()).upper()


def shortens(short: str, words: Iterable[str]) -> bool:
    """Whether most letters of an acronym begin a word each; it may be made from the name in another language."""
    firsts = Counter(word[0].upper() for word in words if word[:1].isalpha())
    shared = sum((Counter(short.upper()) & firsts).values())
    return short.isalpha() and 2 <= len(short) <= 7 and shared * 2 >= len(short) and shared >= 2


def family(kind: str, is_a: IsA) -> str:
    """The broad kind within which names are compared."""
    if is_a(kind, "Site"):
        return "Site"
    return next((broad for broad in _FAMILIES if is_a(kind, broad)), kind)


def link_names(mentions: list[Mention], is_a: IsA) -> dict[Mention, Referent]:
    """The referent of each name mention (longest names first, then in the order of the text)."""
    book = _Book(is_a, _bracketed(mentions))
    for mention in sorted(mentions, key=lambda m: (-len(_words(m, is_a)), m.start)):
        book.enter(mention)
    book.join_wavering_kinds()
    for referent in set(book.referents.values()):
        _settle_kind(referent, is_a)
    return book.referents


def _bracketed(mentions: list[Mention]) -> dict[str, Mention]:
    """Acronyms that stand beside the name they shorten, one word apart: "Army of National Liberation (ELN)"."""
    held = dict[str, Mention]()
    for one, other in pairwise(sorted(mentions, key=lambda m: m.start)):
        if other.start != one.end + 1:
            continue
        for short, whole in ((one, other), (other, one)):
            word = acronym(short)
            if word and len(whole.name) > 1 and shortens(word, whole.name):
                held.setdefault(word, whole)
    return held


def acronym(mention: Mention) -> str:
    """The word of a name that is one word in capitals, without full stops; else empty."""
    word = "".join(mention.name).replace(".", "")
    return word if len(mention.name) == 1 and 2 <= len(word) <= 8 and word.isupper() else ""


def _settle_kind(referent: Referent, is_a: IsA) -> None:
    """A thing is of the most special kind that one of its mentions tells ("the news agency TINA")."""
    for mention in referent.mentions:
        if mention.kind and is_a(mention.kind, referent.kind or ""):
            referent.kind = mention.kind


def _words(mention: Mention, is_a: IsA) -> tuple[str, ...]:
    """The words by which a name is compared."""
    person = is_a(mention.kind or "", "Person")
    words = bare(untitled(mention.name), plurals=False) if person else bare(mention.name)
    if mention.lemma in REGION_WORDS:
        words = (*words, "province")
    return words or tuple(word.casefold() for word in mention.name)


class _Book:
    """The names seen so far, found by all their words, by last word, first word, short form and acronym."""

    def __init__(self, is_a: IsA, bracketed: dict[str, Mention]) -> None:
        self.is_a, self.bracketed = is_a, bracketed
        self.referents: dict[Mention, Referent] = {}
        self.whole: dict[tuple[str, tuple[str, ...]], Referent] = {}
        self.short: dict[tuple[str, tuple[str, ...]], list[Referent]] = defaultdict(list)
        self.letters: dict[str, list[Referent]] = defaultdict(list)

    def enter(self, mention: Mention) -> None:
        """Finds or makes the referent of a name."""
        words = _words(mention, self.is_a)
        kin = family(mention.kind or "", self.is_a)
        referent = self._find(mention, kin, words)
        if referent is None:
            referent = self._new(mention, kin, words)
        else:
            referent.add(mention)
        self.referents[mention] = referent

    def _find(self, mention: Mention, kin: str, words: tuple[str, ...]) -> Referent | None:
        exact = self.whole.get((kin, words))
        if exact is not None and same_gender(exact.gender, mention.gender):
            return exact
        if kin == "Person":
            return self._person(mention, words)
        if kin in _SHORTENED:
            return self._only(self.short[(kin, words)]) or self._acronym(mention) or self._of_country(kin, words)
        return None

    def _of_country(self, kin: str, words: tuple[str, ...]) -> Referent | None:
        """ "Iran's Revolutionary Guard" is the Guard that the article has in full, unless that is another country's."""
        if len(words) < 3 or demonyms.country_of(words[0]) is None:
            return None
        fitting = [known for known in self.short[(kin, words[1:])] if _homeless(known)]
        return self._only(fitting)

    def _person(self, mention: Mention, words: tuple[str, ...]) -> Referent | None:
        fitting = [
            referent
            for referent in self.short[("Person", words)]
            if same_gender(referent.gender, mention.gender) and _compatible(words, referent)
        ]
        if len(words) == 1:
            # A surname before a given name: "Mohamed" is Ahmed Mohamed rather than Mohamed Salem.
            fitting = [referent for referent in fitting if referent.given != words[0]] or fitting
        if len({id(referent) for referent in fitting}) > 1 and len(words) == 1:
            fitting = _introduced(fitting, mention)
        return self._only(fitting)

    def _acronym(self, mention: Mention) -> Referent | None:
        word = acronym(mention)
        whole = self.bracketed.get(word)
        beside = self.referents.get(whole) if whole is not None else None
        return (self._only(self.letters[word]) or beside) if word else None

    @staticmethod
    def _only(found: list[Referent]) -> Referent | None:
        return found[0] if len({id(referent) for referent in found}) == 1 else None

    def _new(self, mention: Mention, kin: str, words: tuple[str, ...]) -> Referent:
        referent = referent_of(mention)
        self.whole.setdefault((kin, words), referent)
        if kin == "Person":
            self._index_person(referent, words)
        elif kin in _SHORTENED:
            for form in short_forms(words):
                self.short[(kin, form)].append(referent)
            if len(words) > 1:
                self.letters[initials(mention.name)].append(referent)
        return referent

    def _index_person(self, referent: Referent, words: tuple[str, ...]) -> None:
        if len(words) < 2:
            return
        referent.given = words[0]
        core = words[:-1] if words[-1] in _GENERATIONS and len(words) > 2 else words
        for start in range(1, len(core)):
            self.short[("Person", core[start:])].append(referent)
        self.short[("Person", core[-1:] if "-" not in core[-1] else (core[-1].split("-", 1)[1],))].append(referent)
        self.short[("Person", core[:1])].append(referent)
        self.short[("Person", core)].append(referent)
        if len(core) > 2:
            self.short[("Person", (core[0], core[-1]))].append(referent)

    def join_wavering_kinds(self) -> None:
        """One name that the tagger labelled now as one kind, now as another, is one thing of the kind seen most."""
        for same in self._by_words().values():
            merged = _merge_all(same, self.is_a)
            for referent in same:
                for mention in referent.mentions:
                    self.referents[mention] = merged.get(id(referent), referent)

    def _by_words(self) -> dict[tuple[str, ...], list[Referent]]:
        groups: dict[tuple[str, ...], list[Referent]] = defaultdict(list)
        for (_, words), referent in self.whole.items():
            if not any(known is referent for known in groups[words]):
                groups[words].append(referent)
        return {words: group for words, group in groups.items() if len(group) > 1}


def _compatible(words: tuple[str, ...], referent: Referent) -> bool:
    """Whether a shorter name that begins with another given name is kept apart ("Laura Bush" from "George Bush")."""
    return len(words) == 1 or not is_given(words[0]) or words[0] in referent.words


def _homeless(referent: Referent) -> bool:
    return not any(demonyms.country_of(word) for word in referent.mentions[0].name)


def _introduced(fitting: list[Referent], mention: Mention) -> list[Referent]:
    """Of several bearers of a surname, the only one whom the article had named in full before this place."""
    return [referent for referent in fitting if min(m.start for m in referent.mentions) < mention.start]


def _merge_all(same: list[Referent], is_a: IsA) -> dict[int, Referent]:
    """Which referents of one name become which: places of any kind, and long names of whatever kind."""
    wavering = [referent for referent in same if _wavers(referent, is_a)]
    if len(wavering) < 2:
        return {}
    target = max(wavering, key=lambda referent: (len(referent.mentions), referent.kind not in _FAMILIES))
    for referent in wavering:
        if referent is not target:
            for mention in referent.mentions:
                target.add(mention)
    target.mentions.sort(key=lambda mention: mention.start)
    return {id(referent): target for referent in wavering}


def _wavers(referent: Referent, is_a: IsA) -> bool:
    return is_a(referent.kind or "", "Place") or len(referent.mentions[0].name) > 1


def short_forms(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The short forms of an organisation's name: what stands before "of …", its end, and either without generic ends.

    "Islamic Revolutionary Guard Corps" has "Revolutionary Guard", "Guard Corps" and "Guard"; "United Nations Security
    Council" has "Security Council" but not "United Nations", which is another body.
    """
    trunks = {words}
    while len(words) > 1 and words[-1] in _GENERIC_ENDS:
        words = words[:-1]
        trunks.add(words)
    forms = {trunk[start:] for trunk in trunks for start in range(len(trunk))}
    for trunk in trunks:
        forms.update(trunk[:i] for i, word in enumerate(trunk) if word in {"of", "for"} and i)
    return {form for form in forms if form and not set(form) <= _SMALL and form[0] not in _SMALL}


def best_name(referent: Referent, is_a: IsA) -> str:
    """The fullest proper form among the names of a referent, without titles."""
    kind = referent.kind or ""
    forms = [form for mention in referent.mentions if (form := form_of(mention, is_a))]
    if not forms:
        return ""
    if kind == "Country":
        return demonyms.country_of(forms[0]) or demonyms.country_of_people(forms[0]) or forms[0]
    counts = Counter(forms)
    return max(counts, key=lambda form: (not form.isupper() or len(form) < 3, _length(form), counts[form], form))


def _length(form: str) -> float:
    """How full a name is; particles count half, so that "Osama bin Laden" is fuller than "Bin Laden"."""
    return sum(1 if word[:1].isupper() or word[:1].isdigit() else 0.5 for word in form.split())


def form_of(mention: Mention, is_a: IsA) -> str:
    """A name mention's words as a name: no title, no possessive, no article."""
    if mention.form != "name":
        return ""
    words = untitled(mention.name) if is_a(mention.kind or "", "Person") else mention.name
    return " ".join(words)
