"""What a test site is asked and what it answers, before anything goes wrong with it."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from tests.breakages.papers import Paper

if TYPE_CHECKING:
    from tests.breakages.site import Site

ZONE = timezone(timedelta(hours=8))
HTML = "text/html; charset=utf-8"
_EVENING = time(20)  # by then all of the day's news are out
_LATER = timedelta(minutes=3)  # each night than the one before, so that what is due after a day is due


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as a site sees it."""

    site: Site
    path: str
    query: Mapping[str, str]
    today: date

    @property
    def moment(self) -> datetime:
        """The true time of the request."""
        return night_of(self.today)


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer; validators are added when it is sent, from what it then holds."""

    status: int
    media: str
    body: bytes
    kind: str = "other"  # list | detail | file | robots | other
    modified: datetime | None = None
    paper: Paper | None = None
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None  # the connection ends after so many bytes, and no length was announced
    dropped: bool = False  # the connection ends without an answer
    ahead: timedelta = timedelta()  # of the Date header, beside the site's usual inaccuracy
    unchanged: bool = False  # any conditional request is told 304

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


def night_of(today: date) -> datetime:
    """When the crawl of a day comes: in the evening, a little later each night, and anew after sixty."""
    nights = (today - date(2026, 1, 1)).days % 60
    return datetime.combine(today, _EVENING, ZONE) + nights * _LATER


def page(text: str, kind: str, modified: datetime, paper: Paper | None = None) -> Answer:
    """An HTML page in UTF-8."""
    return Answer(200, HTML, text.encode(), kind, modified, paper)


def missing() -> Answer:
    """What a site says of an address it does not know."""
    head = "<html><head><title>404 页面不存在</title></head>"
    said = f"{head}<body><h1>404</h1><p>您访问的页面不存在。</p></body></html>"
    return Answer(404, HTML, said.encode())


def posted(paper: Paper) -> datetime:
    """When a document was put online: in working hours, by its number."""
    return datetime.combine(paper.day, time(9 + paper.number % 8, paper.number % 60), ZONE)


def changed(paper: Paper, today: date) -> datetime:
    """When its page was last changed."""
    if paper.amended and paper.amended <= today:
        return datetime.combine(paper.amended, time(15, paper.number % 60), ZONE)
    return posted(paper)


def safe(text: str) -> str:
    """Text made safe for HTML, quotes included."""
    return html.escape(text, quote=True)
