"""What a sample site answers: status, media type, bytes, and when they were last changed."""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from crawlers.sample_sites.library import Present
from crawlers.sample_sites.markup import marked_up
from crawlers.sample_sites.settings import ZONE, instant

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """One complete answer, the same bytes every time it is asked for on the same day."""

    status: int
    media_type: str
    body: bytes
    modified: datetime | None = None
    location: str | None = None

    @property
    def etag(self) -> str:
        """A strong tag over the bytes."""
        return '"' + hashlib.sha256(self.body).hexdigest()[:20] + '"'


def page(text: str, modified: datetime, charset: str = "utf-8") -> Answer:
    """An HTML page; whatever the bytes are, the header claims UTF-8."""
    return Answer(200, HTML, text.encode(charset), modified)


def data(value: Any, modified: datetime, status: int = 200) -> Answer:
    """A JSON answer."""
    return Answer(status, JSON, json.dumps(value, ensure_ascii=False).encode(), modified)


def moved(location: str) -> Answer:
    """A lasting redirect."""
    return Answer(301, HTML, b"", None, location)


def escape(text: str) -> str:
    """Text made safe for HTML, quotes included."""
    return html.escape(text, quote=True)


def posted_at(shown: Present) -> datetime:
    """When the page was put online: in the working hours of its publication date, fixed by its identifier."""
    return _in_working_hours(shown.document.published, shown.document.site_id)


def modified_at(shown: Present) -> datetime:
    """When the page was last changed: at posting, or the afternoon before a change showed."""
    if shown.changed_on is None:
        return posted_at(shown)
    return _in_working_hours((instant(shown.changed_on) - timedelta(days=1)).date(), shown.document.site_id)


def _in_working_hours(day: date, seed: str) -> datetime:
    number = int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16)
    return datetime.combine(day, time(9 + number % 8, (number // 8) % 60), ZONE)


def body_html(paragraphs: tuple[str, ...], style: str, markup: str = "tidy") -> str:
    """Paragraphs as HTML in the page's own manner: `>` marks a line set to the right, `|` a table row."""
    return marked_up(paragraphs, style, markup)
