"""The readers that `bench pages` compares, each from address and bytes to one answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from crawlers.extraction.charset import decode
from crawlers.extraction.generic_body import own_body
from crawlers.extraction.html import read_page
from crawlers.extraction.page import open_page
from crawlers.extraction.read import read_capture
from warehouse.records import ArchivePlace, Capture


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says of a page; None for date or title where this reader gives none at all."""

    text: str = ""
    date: date | None = None
    title: str | None = None
    gives_date: bool = False
    gives_title: bool = False


def _ours(url: str, body: bytes) -> Answer:
    """Everything that extraction does with a detail page of a site without source file."""
    documents = read_capture(replace(_CAPTURE, url=url, final_url=url), body, None).documents
    if not documents:
        return Answer(gives_date=True, gives_title=True)
    one = documents[0]
    return Answer("\n".join(one.paragraphs), one.published, one.title, True, True)


def read_alone(url: str, body: bytes) -> object:
    """What trafilatura does too: text, date, title and more of a page, but no platform or language."""
    return read_page(open_page(decode(body), url))


def _ours_text(url: str, body: bytes) -> Answer:
    """The general reader alone, without containers, fallback and metadata."""
    return Answer("\n".join(own_body(open_page(decode(body), url))))


def _trafilatura(url: str, body: bytes) -> Answer:
    import trafilatura

    return Answer(trafilatura.extract(body, url=url, include_comments=False) or "")


def _trafilatura_with_metadata(url: str, body: bytes) -> Answer:
    import trafilatura

    found = trafilatura.bare_extraction(body, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return Answer(gives_date=True, gives_title=True)
    values = found if isinstance(found, dict) else found.as_dict()
    return Answer(values.get("text") or "", _day(values.get("date")), values.get("title"), True, True)


def _htmldate(url: str, body: bytes) -> Answer:
    from htmldate import find_date

    return Answer(date=_day(find_date(body, original_date=True, url=url)), gives_date=True)


def _resiliparse(url: str, body: bytes) -> Answer:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return Answer(extract_plain_text(HTMLTree.parse(decode(body)), main_content=True))


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


_CAPTURE = Capture(
    "cap", "unknown", "", "", "", datetime.fromtimestamp(0, UTC), 200, "text/html", "", 0,
    ArchivePlace("", 0, 0), "replayed", "detail",
)  # fmt: skip

READERS: Mapping[str, Callable[[str, bytes], Answer]] = {
    "ours": _ours,
    "ours text only": _ours_text,
    "trafilatura with metadata": _trafilatura_with_metadata,
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "resiliparse": _resiliparse,
}
