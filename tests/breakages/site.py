"""A site of the tests: its card, what it shows on a day, and the habits that make its pages differ."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from crawlers.sample_sites.files import MEDIA_TYPES, docx_bytes, pdf_bytes
from tests.breakages.answers import Answer, Ask, changed, missing
from tests.breakages.papers import File, Paper

COLUMNS = (("tzgg", "通知公告"), ("zcwj", "政策文件"), ("gsgg", "公示"))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a site's pages are made, where sites of one system differ."""

    tag: bool = True  # sends an ETag
    dated: bool = True  # sends Last-Modified
    counter: bool = False  # pages hold a visit count and a token, so that no two answers are equal
    table: bool = True  # documents have a disclosure table
    meta: bool = True  # documents have the national meta tags
    list_dates: bool = True  # lists print days
    skew: timedelta = timedelta()  # of the Date header
    trips: bool = False  # now and then an address fails once and answers when asked again
    slow: bool = False  # now and then an answer takes its time
    rounded: bool = False  # the total of a list counts documents taken away as well


@dataclass(frozen=True)
class Site:
    """One publishing office on one system."""

    id: str
    style: str
    place: str
    office: tuple[str, str]
    papers: tuple[Paper, ...]
    habits: Habits = field(default_factory=Habits)
    columns: int = 2
    per_page: int = 12

    @property
    def host(self) -> str:
        """Its host name, which resolves only in tests."""
        return f"www.{self.id}.example"

    @property
    def name(self) -> str:
        """The office's full name."""
        return f"{self.place}{self.office[0]}"

    def shown(self, column: int, today: date) -> list[Paper]:
        """The documents of a column in the order of its list: pinned ones, then newest first."""
        rows = [paper for paper in self.papers if paper.column == column and paper.shown(today)]
        rows.sort(key=lambda paper: (paper.pinned, paper.day, paper.number), reverse=True)
        return rows

    def total(self, column: int, today: date) -> int:
        """What the list says of its length."""
        gone = [paper for paper in self.papers if paper.column == column and paper.day <= today]
        return len(gone) if self.habits.rounded else len(self.shown(column, today))

    def paper(self, number: str | int, today: date) -> Paper | None:
        """The document with a number, when the site shows it."""
        found = (paper for paper in self.papers if paper.number == int(number))
        return next((paper for paper in found if paper.shown(today)), None)

    def file(self, paper: Paper, place: int) -> Answer:
        """An attached file of a document."""
        if place >= len(paper.files):
            return missing()
        file = paper.files[place]
        when = changed(paper, paper.day)
        return Answer(200, MEDIA_TYPES[file.kind], _bytes(file), "file", when, paper)

    def noise(self, ask: Ask) -> str:
        """The part of a page that differs with every visit."""
        if not self.habits.counter:
            return ""
        visit = next(_visits)
        token = hashlib.sha256(f"{ask.path}{visit}".encode()).hexdigest()[:24]
        count = 1000 + (ask.today - date(2026, 1, 1)).days * 17 + visit
        return (
            f'<div class="visit">您是第 {count} 位访问者　今天是{ask.today:%Y年%m月%d日}</div>'
            f'<input type="hidden" name="csrf" value="{token}">'
        )


Style = Callable[[Ask], Answer]
_visits = itertools.count()


def pages_of(rows: Sequence[Paper], size: int) -> int:
    """How many list pages they fill."""
    return max(1, -(-len(rows) // size))


def newest(rows: Sequence[Paper], today: date) -> datetime:
    """When a list of these documents was last made."""
    fallback = datetime.fromisoformat("2026-01-05T09:00:00+08:00")
    return max((changed(paper, today) for paper in rows), default=fallback)


@lru_cache(maxsize=4096)
def _bytes(file: File) -> bytes:
    make = docx_bytes if file.kind == "docx" else pdf_bytes
    return make(file.name, file.paragraphs)
