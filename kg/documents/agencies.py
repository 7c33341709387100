"""The name or address of a publisher goes in, its Source comes out; the news and picture agencies that credits name."""

import re
from urllib.parse import urlsplit

from kg.claims import Source
from kg.documents.identity import slug

_AGENCIES = """
Reuters | Thomson Reuters | reuters.com
Associated Press | AP, The Associated Press | apnews.com, ap.org
Agence France-Presse | AFP | afp.com
United Press International | UPI | upi.com
Deutsche Presse-Agentur | dpa, DPA | dpa.com
Xinhua | Xinhua News Agency | xinhuanet.com, news.cn
Anadolu Agency | Anadolu, AA | aa.com.tr
TASS | ITAR-TASS | tass.com
Interfax | | interfax.com
RIA Novosti | RIA, Sputnik | ria.ru
Kyodo News | Kyodo | kyodonews.net
Yonhap | Yonhap News Agency | yna.co.kr
Press Trust of India | PTI | ptinews.com
ANI | Asian News International | aninews.in
EFE | | efe.com
ANSA | | ansa.it
PA Media | PA, Press Association | pa.media
Bernama | | bernama.com
IRNA | Islamic Republic News Agency | irna.ir
ISNA | Iranian Students' News Agency | isna.ir
Tasnim | Tasnim News Agency | tasnimnews.com
Mehr News Agency | Mehr News, Mehr | mehrnews.com
Fars News Agency | Fars, Fars News | farsnews.ir
WAFA | Palestine News and Info Agency | wafa.ps
SANA | Syrian Arab News Agency | sana.sy
KCNA | Korean Central News Agency | kcna.kp
Ukrinform | | ukrinform.net
Pajhwok Afghan News | Pajhwok | pajhwok.com
"""
"""Name | other names | hosts. They decide two things: that a wire story is the same source wherever its name or address
says so, and that such a name alone at the end of a paragraph is a picture's credit. Others are told by their form."""

_PICTURE_AGENCIES = (
    "Getty Images", "Getty", "EPA", "EPA-EFE", "Shutterstock", "Alamy", "Alamy Stock Photo", "NurPhoto", "Zuma",
    "ZUMA Press", "Sipa", "SIPA USA", "Bloomberg", "Corbis", "PA Images", "PA Wire", "Magnum Photos", "Polaris",
    "Redux", "Press Pool", "Flickr", "Wikimedia Commons", "Planet Labs", "Maxar", "Maxar Technologies",
)  # fmt: skip


def _table() -> list[tuple[str, list[str], list[str]]]:
    rows = [line.split("|") for line in _AGENCIES.strip().splitlines()]
    return [(name.strip(), _listed(others), _listed(hosts)) for name, others, hosts in rows]


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


_BY_NAME = {other.casefold(): name for name, others, _ in _table() for other in (name, *others)}
_BY_HOST = {host: name for name, _, hosts in _table() for host in hosts}

CREDITED = frozenset(_BY_NAME) | {name.casefold() for name in _PICTURE_AGENCIES}
"""Names, in small letters, that stand alone as the credit of a picture."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)


def source_named(name: str, url: str | None = None, kind: str | None = None) -> Source | None:
    """The publisher of that name; an agency under its usual name, whatever form is given. None for an empty name."""
    name = " ".join(name.split())
    if not re.search(r"\w", name):
        return None
    known = _BY_NAME.get(name.casefold())
    return Source(slug(known or name), known or name, kind or ("agency" if known else None), homepage(url))


def source_at(url: str | None) -> Source | None:
    """The publisher by the host of an address: a known agency, else the host itself without ``www.``."""
    host = _host(url)
    if host is None:
        return None
    known = _BY_HOST.get(host)
    return Source(slug(known or host), known or host, "agency" if known else None, homepage(url))


def web_address(url: str | None) -> str | None:
    """The address, if it is a plain http(s) one, else None."""
    url = (url or "").strip()
    return url if _WEB_ADDRESS.fullmatch(url) and _host(url) else None


def homepage(url: str | None) -> str | None:
    """The front page of the site that an address belongs to."""
    address = web_address(url)
    if address is None:
        return None
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}/"


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return re.sub(r"^(www|m|amp|edition)\.", "", host) or None
