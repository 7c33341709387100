"""The words that tell who says something and how it is meant: the tables that :mod:`kg.extraction.sayings` reads with.

A governing word makes a *content* of the clause or noun under it: the stance of that clause while the word is affirmed
("denied that …"), the stance while it is negated ("did not deny that …"), and whether its subject speaks. A word in no
table passes its clause through: asserted while affirmed; negated, a complement with "to" is denied ("did not manage to
…"), and one with "that" only possible.
"""

from dataclasses import dataclass

from kg.claims import Stance


@dataclass(frozen=True, slots=True)
class Content:
    """What a governing word makes of what it governs."""

    affirmed: Stance
    negated: Stance
    speaks: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stances(*rows: tuple[Stance, str]) -> dict[str, Stance]:
    return {word: stance for stance, words in rows for word in words.split()}


def _table(*rows: tuple[Content, str]) -> dict[str, Content]:
    return {word: content for content, words in rows for word in words.split()}


_SAYING = Content("asserted", "possible", speaks=True)
_KNOWING = Content("asserted", "asserted")
_CLAIMING = Content("alleged", "possible", speaks=True)
_BELIEVING = Content("alleged", "denied", speaks=True)
_FEARING = Content("possible", "possible", speaks=True)
_DENYING = Content("denied", "possible", speaks=True)
_PLANNING = Content("planned", "denied")
_PLEDGING = Content("planned", "denied", speaks=True)
_TRYING = Content("possible", "denied")
_FAILING = Content("denied", "asserted")
_SEEMING = Content("possible", "denied")

THAT = _table(
    (_SAYING, """
        say tell report add announce state note write tweet post explain declare reiterate repeat recount stress
        emphasize emphasise underline underscore observe comment testify inform brief reply respond answer
        conclude estimate insist maintain agree recall describe quote cite read assure remark mention relate
        caution warn confirm acknowledge admit concede reveal disclose verify find determine establish announce
        notify remind point clarify broadcast publish proclaim affirm attest detail signal specify counter quip
        joke boast lament complain argue reckon calculate document record message telegraph text blog
    """),
    (_KNOWING, """
        know realize realise learn discover remember forget regret see notice understand show prove mean ensure
        celebrate mourn condemn denounce hail commemorate mark welcome ignore
    """),
    (_CLAIMING, """
        claim allege contend purport accuse assert speculate theorize theorise rumor rumour hint imply charge
        suggest indicate blame hear
    """),
    (_BELIEVING, "believe think suspect assume presume suppose consider deem feel guess"),
    (_FEARING, """
        fear worry wonder ask question doubt predict forecast anticipate imagine debate hope wish investigate
        examine probe study expect
    """),
    (_DENYING, """
        deny refute rebut disavow disclaim reject dismiss dispute contradict debunk
    """),
    (_PLANNING, "plan intend want decide propose prepare require need schedule"),
    (_PLEDGING, """
        vow pledge promise threaten order demand urge request recommend swear command instruct advise call
    """),
    (_SEEMING, "seem appear look"),
)  # fmt: skip
"""Verbs by what they make of a finite clause ("that …", a quotation, or no conjunction at all)."""

TO = _table(
    (_PLANNING, """
        plan intend want decide agree aim expect schedule set propose prepare seek wish mean aspire choose plot
        conspire authorize authorise arrange need hope move go wait look yearn elect stand commit deploy send
        encourage persuade convince invite dare direct write pressure lobby apply
    """),
    (_PLEDGING, """
        vow pledge promise threaten order urge call demand request ask tell swear command instruct advise
        recommend offer warn beg implore appeal say volunteer
    """),
    (_TRYING, """
        try attempt struggle strive fight work bid compete allow permit enable let hesitate
    """),
    (_FAILING, """
        fail refuse decline avoid neglect omit forget forbid ban prohibit resist prevent stop
    """),
    (_SEEMING, "seem appear tend look"),
    (Content("alleged", "denied", speaks=True), """
        believe think suspect assume presume suppose consider deem allege claim purport rumor rumour
    """),
    (_FEARING, "fear"),
    (Content("asserted", "denied", speaks=True), "know find confirm show prove acknowledge admit"),
)  # fmt: skip
"""Verbs by what they make of an infinitive or another open complement (``xcomp``)."""

MULLING = frozenset(["consider", "contemplate", "mull", "discuss", "weigh", "suggest", "recommend", "propose"])
"""Verbs whose gerund is only thought about: "considered charging him"."""

WANTED_FOR = frozenset(["bid", "call", "demand", "hope", "request", "appeal", "wish"])
"""Nouns with "for" before what is only wanted: "a bid for early elections"."""

CEASING = frozenset(["cease", "end", "halt"])
"""Verbs whose object went on before: who is urged to end attacks has made them."""

MAKING = frozenset(["set", "elect", "stand", "move", "go", "send", "mean", "ask", "tell", "call", "name", "deploy"])
"""Verbs whose predicative is a result and no plan: "set free", "elected president"."""

HEARSAY = _words("""
    say report believe think allege rumor rumour understand presume suspect claim assume suppose fear
""")
"""Verbs that in the passive, with nobody named, only pass something on: "is said to have fled" is alleged."""

NAMING = _words("""
    call label describe brand term denounce condemn portray depict characterize characterise
""")
"""Verbs whose predicate is their subject's word for it: "called the blast an attack" is alleged."""

THING = _table(
    (_DENYING, "deny refute reject dismiss dispute disavow rebut debunk"),
    (_FAILING, """
        prevent foil thwart avert avoid stop block abort cancel call_off disrupt escape evade rule_out forestall
        preempt intercept scrap abandon
    """),
    (_PLANNING, """
        plan plot propose prepare order authorize authorise consider contemplate mull schedule postpone delay
    """),
    (_PLEDGING, "threaten promise demand urge vow request pledge recommend"),
    (_TRYING, "attempt try seek"),
    (_FEARING, "fear predict expect anticipate"),
    (_CLAIMING, "allege claim suspect"),
    (_SAYING, """
        report announce confirm reveal describe mention acknowledge admit detail disclose
    """),
)  # fmt: skip
"""Verbs by what they make of a noun of event under them ("foiled an attack", "the attack was foiled")."""

UNTOUCHED = _words("responsibility credit involvement role ambition part victory")
"""Nouns that "claim", "deny" and the like are about: what hangs below them is taken for granted."""

SETTING_OUT = _words("go travel fly head leave return come")
"""Verbs of going that, in the present progressive, tell of what is to come."""
BLAMING = _words("accuse blame suspect allege fault")
"""Those of :data:`ACCUSING` that are no act of the law."""
COURTS = _words("prosecutor prosecution court judge jury tribunal indictment magistrate")
ACCUSING = _words("accuse blame suspect charge indict implicate allege fault impeach")
"""Verbs that are themselves one side's word: whoever is blamed is so by somebody."""

OF = _table(
    (Content("alleged", "denied", speaks=True), "accuse suspect blame charge indict implicate"),
    (Content("alleged", "denied"), "arrest detain hold want seek question try prosecute sue investigate"),
    (Content("asserted", "denied"), """
        convict sentence jail imprison praise thank honor honour guilty responsible execute hang fine
    """),
    (_FAILING, """
        prevent stop keep deter bar ban block refrain abstain discourage save dissuade acquit clear exonerate
        prohibit
    """),
    (_PLANNING, "warn think dream talk insist consider"),
)  # fmt: skip
"""Verbs and adjectives by what they make of a gerund or noun after "of", "for", "with", "from", "over"."""

NOUNS = _table(
    (_CLAIMING, """
        claim allegation accusation assertion charge suspicion belief theory speculation rumor rumour suggestion
        insinuation complaint suspect report perception hint evidence impression indictment
    """),
    (Content("possible", "denied"), """
        fear possibility risk chance threat danger likelihood prospect hope concern worry doubt question
        potential probability expectation sign indication attempt bid effort opportunity scenario warning alert
        prediction
    """),
    (_PLANNING, """
        plan plot intention order vow pledge promise call demand decision proposal request intent desire wish
        agreement conspiracy ambition readiness willingness right permission commitment resolve instruction
        appeal
    """),
    (_DENYING, "denial"),
    (_FAILING, "failure refusal inability prevention avoidance"),
    (_SAYING, """
        statement announcement confirmation word admission acknowledgement acknowledgment revelation remark
        comment testimony declaration finding conclusion
    """),
    (_KNOWING, """
        fact news knowledge proof reality truth memory realization realisation anniversary aftermath
    """),
)  # fmt: skip
"""Nouns by what they make of a clause or noun under them ("reports that …", "a plot to …", "a coup attempt")."""

ADJECTIVES = _table(
    (Content("possible", "possible"), """
        possible likely probable conceivable plausible unlikely unclear unknown uncertain unsure questionable
        doubtful afraid reluctant unwilling hopeful fearful capable vulnerable worried concerned
    """),
    (Content("denied", "possible"), """
        untrue false wrong incorrect impossible unable baseless inconceivable nonsense
    """),
    (Content("asserted", "denied"), "able"),
    (_PLANNING, """
        due ready willing eager keen poised bound supposed determined desperate set prepared scheduled slated
        necessary important vital essential crucial urgent imperative anxious free welcome
    """),
    (Content("asserted", "possible"), "true clear certain evident obvious sure confident apparent aware convinced"),
)  # fmt: skip
"""Adjectives by what they make of a clause under them ("it is likely that", "ready to")."""

MODALS = _stances(
    ("possible", "may might could can must should ought ca need dare"),
    ("planned", "will shall 'll ’ll wo"),
)  # fmt: skip
"""Auxiliaries by the stance they give; "would" depends on where it stands."""

STILL_OPEN = _words("may might need")
"""Auxiliaries under which a negation denies nothing: "may not have died"."""

NEGATIONS = _words("not n't n’t never nor neither hardly scarcely nowhere")
NOBODY = _words("nobody none nothing neither no-one")
NOT_NEGATING = _words("only just merely simply necessarily exclusively solely until")
"""After "not", these take the negation away from the verb: "not only killed", "not until Friday"."""

HEDGES = _stances(
    ("alleged", "reportedly allegedly purportedly supposedly ostensibly reputedly rumoredly"),
    ("possible", """
        apparently presumably probably possibly perhaps maybe likely potentially conceivably seemingly arguably
        hopefully
    """),
    ("denied", "almost nearly"),
    ("asserted", "narrowly"),
)  # fmt: skip
"""Adverbs by the stance they give the clause; those that make it alleged also say that it is reported."""

QUALITIES = _stances(
    ("alleged", "alleged allege purported reported report supposed suspected suspect rumored rumoured"),
    ("possible", """
        apparent possible potential likely feared fear threatened threaten hypothetical attempted attempt
        would-be probable botched
    """),
    ("planned", "imminent planned plan intended proposed propose upcoming scheduled schedule future"),
    ("denied", """
        failed fail foiled foil thwarted thwart averted aborted abort cancelled canceled cancel fake fabricated
        nonexistent false mock fictional unsuccessful
    """),
)  # fmt: skip
"""Adjectives and participles before a noun of event, by the stance they give it."""

GIVEN = _words("""
    after since when because as while although though before until once whereas where following despite whenever
    that which than amid given due upon on in by
""")
"""Conjunctions whose clause is taken for granted, whatever is denied or planned around it."""

OPEN = _words("if whether unless lest provided")
"""Conjunctions that leave their clause open."""

LACKING = _words("without instead rather")
"""Conjunctions and prepositions that deny what follows ("without killing", "instead of fleeing")."""

LEFT_TO = {
    **dict.fromkeys(
        ("leave", "quit", "resign", "return"),
        frozenset("start found set launch join lead head run teach study work become form create establish".split()),
    ),
    **dict.fromkeys(("go", "move"), frozenset({"work", "study", "live", "teach", "join"})),
}
"""What somebody did who left something for it, as told afterwards: "left the firm to teach", "went to work at"."""

RANKED = _words("""
    first second third last latest next only youngest oldest sole most eighth fifth fourth sixth seventh tenth
""")
"""What makes an infinitive a fact: "the first woman to win"."""

HAPPENING = _words("happen occur take place begin start erupt go unfold be proceed")
"""Verbs that say only that their subject is so: they pass their stance on to it."""

STATEMENTS = _words("""
    statement report letter post tweet communique communiqué release memo document note message article
    broadcast announcement account post notice bulletin
""")
"""Things that speak for somebody: "a statement from the ministry said" is the ministry's word."""

SOURCES = _words("""
    official source witness police ministry minister agency media report statement document spokesman
    spokeswoman spokesperson authority investigator doctor medic hospital government army military resident
    relative family data diplomat commander paper newspaper channel lawyer expert analyst rescuer prosecutor
    court officer people person group filing record study
""")
"""Nouns of those whom others cite."""

ADDRESSED = _words("tell inform assure remind brief notify warn advise ask inform caution")
"""Verbs whose object is told."""

OUTLETS = _words("""
    interview comment remark statement briefing message letter call post conference address speech
""")
"""Nouns of occasions through which something is said: "in an interview with Reuters"."""

INDEFINITE = _words("a an any another no some such")
QUESTIONING = _words("who whom whose what which how why where when")
ACCOUNTS = _words("""
    story report rumour rumor claim post tweet message news allegation accusation assertion suggestion statement
    article account video notion idea reading version
""")
FALSE = _words("untrue false baseless unfounded groundless fabricated fictitious bogus fake invented hoax lie nonsense")
