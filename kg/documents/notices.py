"""A paragraph goes in; out comes whether it is an update line or navigation: words about the page, not the world."""

import re
from collections.abc import Iterable

from kg.claims import FurnitureKind

_LONGEST = 400
"""Characters. Longer paragraphs are never furniture: a real report must not be lost to a pattern."""


def _any_of(starts: Iterable[str]) -> re.Pattern[str]:
    """A paragraph that starts with any of these; an entry that wants the whole of it ends in ``$``."""
    return re.compile("|".join(f"(?:{start})" for start in starts), re.IGNORECASE)


_STORY = r"(?:story|article|report|post|page|piece|copy|version|headline|dispatch|blog|file)"
_UNSETTLED = r"(?:breaking|developing|evolving|live|ongoing|moving)"

_UPDATES = _any_of(
    [
        rf"(?:this|it|here) is (?:an? )?{_UNSETTLED}(?: (?:news|and \w+))* {_STORY}",
        rf"[(\[]?this (?:{_UNSETTLED} |news )*{_STORY} (?:is|has been|was|will be|may be) (?:\w+ )?"
        r"(?:updated|corrected|amended|revised|developing|refiled)",
        rf"[(\[]?this {_STORY} corrects\b",
        rf"an? (?:earlier|previous|prior) (?:version|headline|caption|edition) (?:of|on|for) this {_STORY}",
        r"(?:please )?check back (?:here |soon |later |regularly )*(?:for|soon|later)\b",
        r"(?:more|details|updates?) (?:to|will) (?:follow|come)\b[^.]{0,20}\.{0,3}$",
        r"more (?:details )?soon\.{0,3}$",
        r"(?:last |first )?(?:updated|published|modified|posted)(?: on| at)?:? "
        r"(?=[\d(]|\w{3,9}\.? \d|\w+day\b)[^.]{0,60}\.?$",
        r"(?:update|correction|clarification|editors?[’']? note|editor[’']s note)\b ?(?:\(|:|—|–|-|\d|,)",
        r"(?:refresh|reload) (?:this|the) page",
        r"we will (?:bring|update) you\b",
        r"follow (?:along |here )?for (?:live |the latest )?updates",
    ]
)

_KINDS_OF_LINKS = (
    r"(?:articles?|stories|story|news|links?|content|coverage|topics|videos|reading|picks|from \w+(?: \w+)?)"
)
_SUBSCRIBED = r"(?:newsletters?|inbox|email|updates|alerts|notifications|access|channel|community|conversation)"
_NETWORKS = r"(?:facebook|twitter|x|instagram|telegram|whatsapp|youtube|google|tiktok|linkedin|threads|bluesky)"
_MENU = r"(?:home|news|world|politics|business|sports?|opinion|culture|video|menu|search|more)"

_NAVIGATION = _any_of(
    [
        # sharing and listening
        r"(?:share|print|e-?mail|save|bookmark|listen to|gift) (?:this|on|via|to)\b[^.]{0,60}\.?$",
        r"(?:share|print|email|save|listen|comments?|reply|tags|topics|close|back|next|previous)$",
        # other stories
        r"(?:read|see|watch|listen|view|learn|hear) (?:more|also|next|now|here|all) ?(?:$|[:|»>→-])",
        r"(?:read|see|watch|view|learn|hear) more (?:on|about|from|in|at|stories|news|here)\b[^.]{0,80}\.?$",
        r"(?:read|watch|listen|also read|also see|see also|also|related|recommended|explainer|opinion)\s?[:|»>]",
        r"(?:in pictures|in photos|photos|video|gallery|live|don[’']t miss|more on this)\s?[:|»>]",
        rf"(?:related|recommended|popular|trending|latest|top|more) {_KINDS_OF_LINKS}$",
        r"(?:related|recommended|trending|most read|most popular|editors[’'] picks|more on this(?: story)?)$",
        # newsletters, accounts, networks
        r"(?:please )?(?:subscribe|sign ?up|sign ?in|log ?in)(?:$| (?:to|for|now|here|today|with|and)\b|[!:])",
        r"register(?:$| (?:now|here|today|for free|for our)\b)",
        rf"(?:get|receive|join) (?:the|our|all the|daily|breaking|unlimited|your)\b[^.,]{{0,60}}\b{_SUBSCRIBED}\b",
        rf"(?:like|follow|join|find|add) (?:us|@\w+|(?-i:[A-Z])\w+(?: \w+)?) (?:on|at) {_NETWORKS}\b",
        r"be sure to follow\b",
        r"(?:click|tap) (?:here|to|on|the)\b",
        r"download (?:the|our)\b[^.]{0,40}\bapp\b",
        r"support (?:our|independent) journalism|donate (?:now|today|to us)\b",
        # cookies and the law
        r"(?:this (?:site|website|page) uses|we(?: and our partners)? use|by (?:continuing|using|clicking|browsing))\b"
        r"[^\n]{0,120}\bcookies?\b",
        r"(?:accept|reject|manage|allow)(?: all)?(?: optional)? cookies?\b",
        r"(?:cookie|privacy)(?: \w+)? (?:policy|notice|settings|preferences|statement)\b[^.]{0,60}$",
        r"terms (?:of|and|&) (?:use|service|conditions|sale)\b[^.]{0,60}$",
        r"(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:\d{4}|by\b|(?-i:[A-Z]))",
        r"[^\n]{0,160}\ball rights reserved\b",
        r"this material may not be published, broadcast",
        # advertisements and the frame of the page
        r"(?:advertisement|advertising|sponsored|promoted|ads?|paid content)(?: content| feedback)?$",
        r"(?:article|story) continues (?:below|after)|(?:continue|keep) reading\b[^.]{0,60}$",
        r"(?:skip|jump|back|return) to (?:the )?(?:main|content|navigation|top|article|homepage|home|search|menu)\b",
        rf"{_MENU}(?: ?[|>»›·•/] ?[\w&’' -]{{2,25}}){{1,12}}$",
        r"(?:menu|search|home|show more|load more|view comments?|(?:leave|post) a comment|breaking news|latest news)$",
        r"(?:\d+ )(?:comments?|shares?|views)$",
        r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[- ]min(?:ute)?s? read$",
        r"(?:tags|topics|filed under|keywords|categories|category|sections?)\s?:",
        # whom to ask, and when to publish
        r"(?:for immediate release|embargoed (?:until|for)\b[^.]{0,60})$",
        r"for (?:more|further) (?:information|details|news|stories|updates|coverage)\b[^\n]{0,40}?"
        r"(?:,|:| visit| contact| see| go to| please| call)",
        r"(?:media|press) (?:contacts?|enquiries|inquiries) ?(?::|$)",
        r"(?:do you have|have you got|got|have) an? (?:news )?(?:tip|story to|comment on)\b",
    ]
)

_SECTIONS = re.compile(
    r"(?:sources?|references?|related (?:news|stories|articles|links|content|coverage|topics)|external links?"
    r"|sister links?|see also|more on this story|further reading|more (?:stories|news)|most (?:read|popular)"
    r"|recommended(?: for you)?|you (?:may|might) (?:also )?(?:like|be interested in))\s?:?",
    re.IGNORECASE,
)


def notice(words: str) -> FurnitureKind | None:
    """``update`` or ``navigation``, or None for a paragraph of the report."""
    if len(words) > _LONGEST:
        return None
    if _UPDATES.match(words):
        return "update"
    return "navigation" if _NAVIGATION.match(words) else None


def is_notice(words: str) -> bool:
    """Whether the paragraph is about the page."""
    return notice(words) is not None or is_section(words)


def is_section(words: str) -> bool:
    """Whether the line heads a list of links or sources (``Related news``, ``Sources``)."""
    return len(words) <= 60 and _SECTIONS.fullmatch(words) is not None
