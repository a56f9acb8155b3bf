"""One capture, one verdict: document, list, feed, attachment, challenge or unreadable, problems named."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.compose import Setting, compose
from crawlers.extraction.delimited import is_delimited
from crawlers.extraction.files import file_document, read_file
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.imported import LINES, read_import
from crawlers.extraction.letters import with_unit
from crawlers.extraction.limits import MAX_FILE_BYTES, MAX_PAGE_BYTES
from crawlers.extraction.obstacles import challenge_of, is_robots, missing_page
from crawlers.extraction.page import file_name, too_deep
from crawlers.extraction.sniff import inflate, sniff
from crawlers.extraction.verdict import looks_like_list
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.platforms.generic import day_order
from crawlers.platforms.hints import Hints
from crawlers.platforms.options import JSON_PAGES
from warehouse.content import page_mark
from warehouse.errors import GovbriefError
from warehouse.records import (
    AttachmentLink,
    AttachmentText,
    Capture,
    Document,
    Extraction,
    FieldOrigin,
    Problem,
)

if TYPE_CHECKING:
    from crawlers.source import SourceFile

# fmt: off
_FILES = frozenset([
    "pdf", "docx", "xlsx", "pptx", "ofd", "odf", "zip", "rar", "7z", "ole", "rtf", "wpd", "eml",
    "image", "binary",
])
# fmt: on
_TAG = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|</?[a-zA-Z][^>]*>", re.S)
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|wps|wpd|ofd|xlsx?|et|pptx?|zip|rar|7z|rtf|eml|od[tsp])$", re.I)


@dataclass(frozen=True, slots=True)
class _Case:
    """A capture with its opened bytes and what is known of its source."""

    capture: Capture
    body: bytes
    kind: str  # what the bytes are, see sniff
    hints: Hints
    platform: str
    jurisdiction: str | None


def read_capture(capture: Capture, body: bytes, source: SourceFile | None) -> Extraction:
    """Read one archived answer; nothing raises for what a site sent, every difficulty is a named problem."""
    try:
        return _read(capture, body, source)
    except GovbriefError:  # of the machine or the person; no fault of a reader
        raise
    except Exception as error:
        return _failed(error)


def read_as_document(
    capture: Capture, text: AttachmentText, path: str, source: SourceFile | None
) -> Extraction:
    """The document that a handed-in file with this text is; `path` tells who read the text."""
    url = capture.final_url or capture.url
    jurisdiction = source.jurisdiction if source else None
    case = _Case(capture, b"", "", _hints(source, url, capture), "generic", jurisdiction)
    try:
        return _file_as_document(case, Extraction("attachment", path, attachment=text), text)
    except GovbriefError:
        raise
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Extraction:
    detail = f"The reader failed on this capture: {type(error).__name__}: {str(error)[:200]}"
    return _unreadable("reader-failed", detail)


def _read(capture: Capture, body: bytes, source: SourceFile | None) -> Extraction:
    if capture.kind == "imported" and capture.url.startswith(LINES):
        return read_import(capture, body)
    url = capture.final_url or capture.url
    if is_robots(url, body):
        return _unreadable("robots-file", "This is a site's robots.txt, rules for crawlers and no document.")
    kind = sniff(body, capture.media_type, url)
    if kind == "gzip":
        body, fault = inflate(body)
        if fault:
            return _unreadable(fault, _FAULTS[fault])
        kind = sniff(body, capture.media_type, url)
    early = _refused(capture, body, kind, url)
    if early:
        return early
    platform = source.platform if source and source.platform in PLATFORMS else detect(body, url) or "generic"
    jurisdiction = source.jurisdiction if source else None
    return _dispatch(_Case(capture, body, kind, _hints(source, url, capture), platform, jurisdiction))


_FAULTS = {
    "truncated-gzip": "The compressed answer ends too early; fetch it again.",
    "too-large": "The answer unpacks to more than is read.",
}


def _refused(capture: Capture, body: bytes, kind: str, url: str) -> Extraction | None:
    """What is not read at all: nothing, too much, or a page that asks for a browser."""
    limit = MAX_FILE_BYTES if kind in _FILES else MAX_PAGE_BYTES
    if len(body) > limit:
        return _unreadable(
            "too-large",
            f"{len(body) // 1_000_000} MB is more than the {limit // 1_000_000} MB that are read.",
        )
    if kind == "empty":
        if (
            capture.role == "attachment"
            or _FILE_NAME.search(urlsplit(url).path)
            or "pdf" in capture.media_type
        ):
            return read_file(body, "empty", capture.media_type)
        return _unreadable("empty-page", "The answer has no content.")
    challenge = challenge_of(capture.status, body)
    if challenge:
        return Extraction("challenge", "", problems=(challenge,))
    if capture.status in (404, 410):
        return _unreadable("gone", f"The site answered {capture.status}: it no longer has this page.")
    if capture.status >= 400:
        return _unreadable("http-error", f"The site answered {capture.status}; there is nothing to read.")
    missing = missing_page(body) if kind == "html" and capture.kind in ("fetched", "imported") else None
    return _unreadable(missing.code, missing.detail) if missing else None


def _hints(source: SourceFile | None, url: str, capture: Capture) -> Hints:
    if source is not None:
        return source.hints()
    host = urlsplit(url).hostname or ""
    chinese = host.endswith(".cn")
    zone = (
        "Asia/Shanghai"
        if chinese
        else "Europe/London"
        if host.endswith(".uk")
        else "Europe/Berlin"
        if _is_european(host)
        else "America/New_York"
    )
    return Hints(capture.source_id, "zh" if chinese else "en", zone, url)


def _is_european(host: str) -> bool:
    return host.endswith((".de", ".at", ".ch", ".eu", ".fr", ".es", ".it", ".nl", ".ie", ".int", ".org"))


def _dispatch(case: _Case) -> Extraction:
    if case.kind in _FILES:
        return _as_file(case)
    if case.kind == "text" and is_delimited(case.capture.media_type, _url(case)):
        return _as_file(replace(case, kind="csv"))
    if case.kind in ("feed", "xml", "ics"):
        return _as_list(case, "feed")
    if case.kind == "json":
        return _read_json(case)
    if case.kind == "text" and (case.capture.role == "attachment" or case.capture.kind == "handed-in"):
        return _as_file(case)
    if case.kind == "text" and case.capture.role != "detail" and b"<" not in case.body[:2000]:
        return _unreadable("not-html", "The answer is plain text, neither a page nor a list nor a file.")
    if too_deep(decode(case.body)):
        return _unreadable(
            "too-deep", "The page is nested deeper than any real one; nothing of it is trusted."
        )
    role = case.capture.role
    if role == "attachment" and getattr(PLATFORMS[case.platform], "attached_pages", False):
        return _attached_page(case)
    if role in ("list", "feed", "api") or (
        role != "detail" and looks_like_list(case.body, case.capture, case.hints, case.platform)
    ):
        listed = _as_list(case, "list")
        if listed.entries or role != "unknown":
            return listed
    return _as_document(case)


def _attached_page(case: _Case) -> Extraction:
    """A page that its platform attaches to another as it does a file: its text belongs to that document."""
    gathered = PLATFORMS[case.platform].parse_detail(case.body, _url(case), case.hints, None)
    if gathered is None or not gathered.paragraphs:
        return _unreadable("no-body", "The attached page shows no text.")
    text = AttachmentText("text", "text/html", "\n".join(gathered.paragraphs))
    return Extraction("attachment", gathered.path, attachment=text, problems=gathered.problems)


def _read_json(case: _Case) -> Extraction:
    """A JSON answer is a document when its platform reads one in it, else a list."""
    if case.capture.role not in ("list", "feed", "api"):
        gathered = (
            PLATFORMS[case.platform].parse_detail(case.body, _url(case), case.hints, case.capture.entry)
            if case.platform in JSON_PAGES
            else None
        )
        if gathered is not None:
            return _composed(case, gathered)
    return _as_list(case, "list")


def _as_file(case: _Case) -> Extraction:
    """An attachment; a file that a person handed in, or a list named, on its own is a document."""
    read = read_file(case.body, case.kind, case.capture.media_type)
    if case.capture.role == "detail" and case.capture.entry and case.capture.entry.title:
        return _listed_file(case, read)
    if (
        case.capture.kind != "handed-in"
        or case.capture.parent_url
        or not read.attachment
        or not read.attachment.text
    ):
        return read
    return _file_as_document(case, read, read.attachment)


def _listed_file(case: _Case, read: Extraction) -> Extraction:
    """A list's line that leads to a file: the list's title, the file's text; a scan is a document too."""
    text = read.attachment
    if text is None:
        return read
    gathered = file_document(text, _url(case)) if text.text else Gathered((), (), read.path)
    values = tuple(value for value in gathered.values if value.field != "title")  # a letterhead, mostly
    own = () if text.text else (AttachmentLink(_url(case), file_name(_url(case))),)
    made = _composed(case, replace(gathered, values=values, attachments=own, problems=read.problems))
    if text.text:
        return replace(made, documents=tuple(_told_of_file(one, text) for one in made.documents))
    return replace(made, attachment=text)


def _file_as_document(case: _Case, read: Extraction, text: AttachmentText) -> Extraction:
    gathered = file_document(text, _url(case))
    path = read.path if read.path.count(":") > 1 else gathered.path  # a program's name is part of the path
    made = _composed(case, replace(gathered, path=path, problems=read.problems))
    return replace(made, documents=tuple(_told_of_file(one, text) for one in made.documents))


def _told_of_file(document: Document, text: AttachmentText) -> Document:
    """The document with what its reader says of the file: who read it, how well, where its lines stand."""
    places = text.places if document.paragraphs == tuple(text.text.split("\n")) else ""
    return replace(document, quality=text.quality, method=text.method, places=places)


def _as_list(case: _Case, kind: str) -> Extraction:
    page: ListPage = PLATFORMS[case.platform].parse_list(case.body, _url(case), case.hints)
    following = page.next[0].url if page.next else None
    if (
        not page.entries
        and not page.next
        and case.capture.role == "unknown"
        and kind == "list"
        and case.kind == "json"
    ):
        return Extraction("list", case.platform, (), (), None, None, page.problems)
    return Extraction(
        "feed" if kind == "feed" else "list", case.platform, (), page.entries, following, None, page.problems
    )


def _as_document(case: _Case) -> Extraction:
    gathered = PLATFORMS[case.platform].parse_detail(case.body, _url(case), case.hints, case.capture.entry)
    if gathered is None:
        return _unreadable("no-body", "The page shows no document text.")
    return _with_page_mark(_composed(case, gathered), case.body)


def _with_page_mark(extraction: Extraction, body: bytes) -> Extraction:
    """The documents with a secrecy mark that the page prints outside its text, as a field 密级."""
    text = decode(body)
    if "密" not in text or not extraction.documents:
        return extraction
    mark = page_mark(
        one for piece in _TAG.sub("\n", text).split("\n") if (one := html.unescape(piece).strip())
    )
    if mark is None:
        return extraction
    origin = FieldOrigin("密级", mark, "page")
    documents = tuple(replace(one, origins=(*one.origins, origin)) for one in extraction.documents)
    return replace(extraction, documents=documents)


def _composed(case: _Case, gathered: Gathered) -> Extraction:
    setting = Setting(case.capture.source_id, case.hints.language, case.jurisdiction, day_order(case.hints))
    document = compose(gathered, case.capture, setting)
    if document is None or not (document.paragraphs or document.attachments):
        return _unreadable(
            "no-body", "Neither a known container nor the general readers found text in the page."
        )
    document = with_unit(document, case.hints.options)
    problems = gathered.problems
    if not document.paragraphs:
        problems = (
            *problems,
            Problem("no-body", "The page has no text of its own; its attachments may hold it."),
        )
    return Extraction("document", gathered.path, (document,), problems=problems)


def _url(case: _Case) -> str:
    return case.capture.final_url or case.capture.url


def _unreadable(code: str, detail: str) -> Extraction:
    return Extraction("unreadable", "", problems=(Problem(code, detail),))
