"""How TRS lists are paged: what a page's own script says of its place, and the file of the page after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

# A count as scripts write it: bare, quoted, or without a value on a list that is being generated anew.
_SAID = r"""["']?\s*(\d{1,5}|null|undefined|NaN|(?<=["']))\s*["']?"""
_UNSAID = frozenset(["null", "undefined", "NaN"])
# createPageHTML(25, 0, "index", "html"), also as createPage (Chongqing) and with an element's name in front.
_CREATE = re.compile(
    rf"""\bcreatePage(?:HTML)?\s*\(\s*(?:["'][\w-]+["']\s*,\s*)??{_SAID}\s*,\s*{_SAID}\s*,"""
    r"""\s*["']([\w\-./]+)["']\s*,\s*["'](s?html?)["']""",
    re.I,
)
_BEIJING = re.compile(r"\bPager\(\s*\{([^{}]{0,400})\}", re.I)  # Pager({size:266,current:0,prefix:'index',…})
_WIDGET = re.compile(r"pagination_script_config\s*=\s*\{([^{}]{0,400})\}", re.I)
_PAIR = re.compile(r"""["']?\b(\w+)\b["']?\s*:\s*["']?([\w./-]+)""")
_COUNT = re.compile(rf"\bcountPage\s*=\s*{_SAID}\s*(?:[;,\n<]|$)", re.I)
_CURRENT = re.compile(r"\bcurrentPage\s*=\s*[\"']?(\d{1,5})", re.I)
_PAGE_ID = re.compile(r"""\bindex_(\d{2,})_(?:\d+\.s?html?|["']\s*\+)""", re.I)
_SUFFIX = re.compile(r"""["'\s(/](?:index|default)(?:_\d+)*\.(s?html?)["'\s?#)]""", re.I)
_FILE = re.compile(r"/([\w-]+?)(?:_(\d{1,5}))?\.(s?html?)$", re.I)
_FILE_WITH_ID = re.compile(r"/([\w-]+?_\d{2,})(?:_(\d{1,5}))\.(s?html?)$", re.I)
_LINE_COMMENT = re.compile(r"^\s*//.*$", re.M)
_MAX_PAGES = 5_000
_FULL = 10  # rows of a page that may well be followed by another one


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list page stands in its list, by its own words."""

    total: int | None  # pages; None where the script says null or nothing, and 0 is no better beside rows
    current: int | None  # counted from 0
    stem: str  # `index` of index_3.html, `index_8597` of index_8597_3.shtml
    suffix: str


def place_of(source: str, url: str) -> Place | None:
    """What the page's script says, or None when it has no pager of this system."""
    script = _LINE_COMMENT.sub("", source) if "//" in source else source
    created = _CREATE.search(script)
    if created:
        return Place(_count(created[1]), _count(created[2]), created[3], created[4])
    return _of_settings(_BEIJING, script, url) or _counted(script, url) or _of_settings(_WIDGET, script, url)


def following(place: Place, url: str, rows: int) -> str | None:
    """The address of the next page, or None behind the last one: index_1.html to index_{total-1}.html.

    A pager that counts no page says nothing: behind a page full of `rows` the next one is asked for.
    """
    number = _number(place, url) + 1
    more = number < place.total if place.total else rows >= _FULL
    if not more or number >= _MAX_PAGES:
        return None
    return urljoin(url, f"{place.stem}_{number}.{place.suffix}")


def is_another(place: Place, url: str) -> bool:
    """Whether a deeper page was asked for and another one came; a few scripts count their pages from 1."""
    asked = number_asked(place, url)
    if asked is None or asked == 0 or place.current is None:
        return False
    return place.current not in (asked, asked + 1)


def number_asked(place: Place, url: str) -> int | None:
    """The number of the page in its address, 0 for the first; None where the address tells none."""
    return 0 if urlsplit(url).path.endswith("/") else _number_in(url, place.stem)


def promises_more(place: Place, url: str) -> bool:
    """Whether there are pages behind this one by its own count."""
    return place.total is not None and _number(place, url) + 1 < place.total


def _number(place: Place, url: str) -> int:
    """The page's number counted from 0: by its address, else by its script, which may count from 1."""
    asked, current = number_asked(place, url), place.current or 0
    if asked == 0:
        return 0 if current <= 1 else current
    return current if asked is None else asked


def _count(said: str) -> int | None:
    return int(said) if said.isdigit() else None


def _of_settings(call: re.Pattern[str], script: str, url: str) -> Place | None:
    found = call.search(script)
    stated = {key.lower(): value for key, value in _PAIR.findall(found[1])} if found else {}
    current = stated.get("current") or stated.get("pagenumber")
    total = stated.get("size") or stated.get("total") or ("null" if current else "")
    for said in (total, current or "0"):
        if said not in _UNSAID and not (said.isdigit() and len(said) <= 5):
            return None
    stem = stated.get("prefix") or stated.get("page_name") or "index"
    suffix = stated.get("suffix") or stated.get("page_ext") or _suffix(script, url)
    return Place(_count(total), _count(current or "0"), stem, suffix)


def _counted(script: str, url: str) -> Place | None:
    """Pages by `countPage`; where their files carry a page id, it is read from the script."""
    count = _COUNT.search(script)
    if not count:
        return None
    page_id = _PAGE_ID.search(script) or _PAGE_ID.search(url + "'")
    stem = f"index_{page_id[1]}" if page_id else "index"
    stated = _CURRENT.search(script)
    current = int(stated[1]) if stated else _number_in(url, stem) or 0
    return Place(_count(count[1]), current, stem, _suffix(script, url))


def _suffix(script: str, url: str) -> str:
    own = _FILE.search(urlsplit(url).path)
    shown = _SUFFIX.search(script)
    return own[3] if own else shown[1] if shown else "html"


def _number_in(url: str, stem: str) -> int | None:
    """The page number in an address: 3 of index_3.html and of index_8597_3.shtml, 0 of index.html."""
    path = urlsplit(url).path
    found = (_FILE_WITH_ID if re.search(r"_\d+$", stem) else _FILE).search(path)
    if not found or found[1].lower() != stem.lower().rpartition("/")[2]:
        return None
    return int(found[2]) if found[2] else 0
