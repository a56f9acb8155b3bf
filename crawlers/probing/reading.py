"""Reading a page that nobody has described yet: its platform, its list, whether it holds documents at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import too_deep
from crawlers.extraction.plain import is_chinese
from crawlers.extraction.sniff import inflate, sniff
from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.detect import detect
from crawlers.platforms.hints import Hints
from crawlers.probing.client import Answer
from crawlers.probing.written_days import order_of
from warehouse.errors import GovbriefError
from warehouse.records import Problem

FAILED = "reader-failed"  # a fault of ours, or of an option that the reader cannot use
WITH_INTERFACE = frozenset({"wordpress", "legistar"})  # their pages are read by structure, or beside them
_LEAST_ROWS = 3
_ARTICLE = re.compile(  # a document's own title; list pages leave the tag out or empty
    rb"""<meta\b[^>]*name\s*=\s*["']?ArticleTitle["']?[^>]*content\s*=\s*["']?[^"'\s>]"""
    rb"""|<meta\b[^>]*content\s*=\s*["'][^"'>]+["'][^>]*name\s*=\s*["']?ArticleTitle""",
    re.I,
)
_ZONES = ((".cn", "Asia/Shanghai"), (".uk", "Europe/London"), (".gov", "America/New_York"))


class Pages(Protocol):
    """Where pages come from: a site, saved files, a sample folder, the archive."""

    def get(self, request: PageRequest) -> Answer:
        """The page behind a request, or NotFetched."""

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the host of the address names; none where nobody can be asked."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page with what its platform reads in it as a list."""

    answer: Answer
    platform: str
    page: ListPage

    @property
    def is_list(self) -> bool:
        """Whether documents are listed here: several rows, most of them dated, or an answer made of rows."""
        rows = len(self.page.entries)
        if _ARTICLE.search(self.answer.body[:20_000]):
            return False
        if self.page.leads_on:
            return self.platform != "generic" or len(self.page.next) > 1  # an index of years
        if rows and kind_of(self.answer) in ("feed", "xml", "json", "ics"):
            return True
        return rows >= _LEAST_ROWS and self.dated * 2 >= rows

    @property
    def dated(self) -> int:
        """Rows with a date."""
        return sum(1 for entry in self.page.entries if entry.published)


def look_at(answer: Answer, platform: str | None = None, hints: Hints | None = None) -> Look:
    """What a page says, read by the named platform or by the one that its marks give away."""
    body = opened(answer)
    name = platform or detect(body, answer.final_url) or "generic"
    if platform is None and name in WITH_INTERFACE and kind_of(answer) == "html":
        name = "generic"  # the list that a person named is read as it stands
    if kind_of(answer) == "html" and too_deep(decode(body)):
        problem = Problem("too-deep", "The page is nested deeper than any real one; nothing of it is read.")
        return Look(answer, name, ListPage(problems=(problem,)))
    look = _read(answer, body, name, hints or hints_of(answer))
    if platform is None and name == "generic" and kind_of(answer) == "html" and not look.is_list:
        scripted = _read(answer, body, "ucap_channel", hints or hints_of(answer))
        return scripted if scripted.page.leads_on else look  # its script asks a known interface for the rows
    return look


def _read(answer: Answer, body: bytes, name: str, hints: Hints) -> Look:
    """The page by one platform; a reader that fails is a problem of the page."""
    try:
        page = PLATFORMS[name].parse_list(body, answer.final_url, hints)
    except GovbriefError:
        raise
    except Exception as error:
        said = f"The {name} reader failed on this page: {type(error).__name__}: {str(error)[:200]}"
        return Look(answer, name, ListPage(problems=(Problem(FAILED, said),)))
    return Look(answer, name, page)


def agrees(detected: str | None, platform: str) -> bool:
    """Whether marks fit what the file says: the same publishing system, or one that leaves no marks."""
    unmarked = platform in ("single_api", "numbered", "year_archive", "sitemap", "feed")
    same = (detected or "").split("_")[0] == platform.split("_")[0]
    beside = platform == "generic" and detected in WITH_INTERFACE
    return detected in (None, "generic") or unmarked or same or beside


def kind_of(answer: Answer) -> str:
    """What the bytes are (see `sniff`), packed sitemaps opened."""
    return sniff(opened(answer), answer.media_type, answer.final_url)


def opened(answer: Answer) -> bytes:
    """The body, unpacked when it is a packed file."""
    if answer.body[:2] == b"\x1f\x8b":
        plain, fault = inflate(answer.body)
        return answer.body if fault else plain
    return answer.body


def hints_of(answer: Answer) -> Hints:
    """What can be said of a site before it has a source file."""
    order = order_of(opened(answer))
    options = {"day_order": order} if order else {}
    return Hints("new", language_of(answer), timezone_of(answer), answer.final_url, options=options)


def language_of(answer: Answer) -> str:
    """zh where the page holds Chinese, else en."""
    return "zh" if is_chinese(decode(opened(answer)[:400_000])) else "en"


def timezone_of(answer: Answer) -> str:
    """The zone that a host's ending or the page's language suggests."""
    host = urlsplit(answer.final_url).hostname or ""
    told = next((zone for ending, zone in _ZONES if host.endswith(ending)), None)
    return told or ("Asia/Shanghai" if language_of(answer) == "zh" else "UTC")
