"""From a source or a page to frontier addresses: keys, priorities, start addresses, attached files."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from crawlers.platforms import PLATFORMS, PageRequest
from crawlers.source import SourceFile
from warehouse.crawl_state.work import Found
from warehouse.errors import UserError
from warehouse.identity import digest
from warehouse.records import Entry

START, ATTACHMENT, DETAIL, NEXT_PAGE = 100, 60, 50, 30  # what is fetched first
LIST_ROLES = ("list", "feed", "api")
_FILES = rb"pdf|docx?|xlsx?|ofd|wps|zip"
_FILE_LINK = re.compile(rb"\.(?:" + _FILES + rb")[\"'?#\s<&]|DownloadAttachUrl|/document/download\?", re.I)
_FILE_PATH = re.compile(r"\.(?:" + _FILES.decode() + r")$", re.I)
_DOWNLOAD = re.compile(  # scripts that hand out the file their query names
    r"/(?:downfile|download|downloadfile)(?:\.\w{2,4})?\?.*(?:\.(?:"
    + _FILES.decode()
    + r")(?:$|&)|AttachUrl)"
    r"|/front/document/download\?fileUrl=",  # of JPAAS, whose numbers say nothing of the file's kind
    re.I,
)
_SCRIPTED = re.compile(rb"""var\s+\w*(?:pdf|file|doc)\w*\s*=\s*["']([^"'\s<>]{5,500})["']""", re.I)
_JSON_LINK = re.compile(rb"""["'](https?:[^"'\s<>]+?\.(?:""" + _FILES + rb"""))["']""", re.I)
_MAX_FILES = 200  # of one page


def address_key(url: str, method: str = "GET", body: bytes = b"") -> str:
    """The frontier's key: the address without fragment; a POST adds a digest of what it sends."""
    bare = urldefrag(url)[0]
    return bare if method == "GET" else f"{bare}#post-{digest(body.decode('utf-8', 'replace'))}"


def start_requests(source: SourceFile) -> list[Found]:
    """The addresses a round of the source begins with, due at once."""
    asked: Iterable[PageRequest] = [
        PageRequest(start.url, start.role, start.method, start.body.encode() or None, start.headers)
        for start in source.start
    ]
    if not source.start:
        try:
            asked = PLATFORMS[source.platform].start(source.hints())
        except KeyError as error:
            raise UserError(
                f"{source.id}: the platform '{source.platform}' is not known; "
                f"write one of {', '.join(PLATFORMS)}."
            ) from error
    return [found_page(request, START, again=True) for request in asked]


def found_page(
    request: PageRequest,
    priority: int,
    *,
    root: str | None = None,
    depth: int = 0,
    known: int = 0,
    sure: int = 0,
    window: int = 0,
    wait: float = 0.0,
    again: bool = False,
) -> Found:
    """A list page (or whatever a platform asks for) as a frontier address.

    `known` tells how many known entries in a row the pages before it ended with, `sure` how many of walks
    that reached their end; `window` counts the windows of days that the walk went through before this one.
    """
    body = request.body or b""
    key = address_key(request.url, request.method, body)
    values: dict[str, Any] = {"root": root or key, "depth": depth}
    if known:
        values["known"] = known
    if sure:
        values["sure"] = sure
    if window:
        values["window"] = window
    if request.method != "GET":
        values |= {"url": request.url, "method": request.method, "body": base64.b64encode(body).decode()}
    if request.headers:
        values["headers"] = dict(request.headers)
    return Found(key, request.role, host_of(request.url), priority, values, wait=wait, again=again)


def found_detail(entry: Entry, *, again: bool = False) -> Found:
    """The document page of a list entry as a frontier address."""
    return Found(address_key(entry.url), "detail", host_of(entry.url), DETAIL, entry=entry, again=again)


def found_files(
    source: SourceFile, url: str, body: bytes, parent: str, entry: Entry | None = None
) -> list[Found]:
    """Files that a document page offers, or the list names beside it, inside the source's scope."""
    listed = [value for name, value in entry.fields if name == "file"] if entry else []
    own = [
        Found(address_key(link), "attachment", host_of(link), ATTACHMENT, parent_url=parent, again=True)
        for link in listed
        if source.covers(link)
    ]
    known = {one.url for one in own}
    return [*own, *(one for one in _in_page(source, url, body, parent) if one.url not in known)]


def _in_page(source: SourceFile, url: str, body: bytes, parent: str) -> list[Found]:
    named = getattr(PLATFORMS[source.platform], "files_of", None)
    if named is not None:
        keys = [address_key(link) for link in named(body, url) if source.covers(link)]
        return [
            Found(key, "attachment", host_of(key), ATTACHMENT, parent_url=parent, again=True) for key in keys
        ]
    if not _FILE_LINK.search(body):
        return []
    if body.lstrip()[:1] in {b"{", b"["}:
        body = body.replace(rb"\/", b"/").replace(rb"\"", b'"')
        links = [match.decode("utf-8", "ignore") for match in _JSON_LINK.findall(body)]
        links += _anchors(body, url) if b"href" in body else []
    else:
        links = _anchors(body, url)
        links += _absolute(url, (path.decode("utf-8", "ignore") for path in _SCRIPTED.findall(body)))
    found: dict[str, Found] = {}
    for link in _absolute(url, links):
        key = address_key(link)
        if key not in found and _is_file(key) and source.covers(key):
            found[key] = Found(key, "attachment", host_of(key), ATTACHMENT, parent_url=parent, again=True)
    return list(found.values())[:_MAX_FILES]


def _is_file(url: str) -> bool:
    return bool(_FILE_PATH.search(urlsplit(url).path) or _DOWNLOAD.search(url))


def host_of(url: str) -> str:
    """Host and port, in lower case: what a pace is kept for."""
    return urlsplit(url).netloc.lower()


def _anchors(body: bytes, url: str) -> list[str]:
    try:
        tree = lxml_html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return []
    return _absolute(url, (str(href).strip() for href in tree.xpath("//a/@href")))


def _absolute(base: str, links: Iterable[str]) -> list[str]:
    """Whole addresses; a link that is none (http://[x/a.pdf) is left out, not the page it stands in."""
    found = []
    for link in links:
        try:
            whole = urljoin(base, link)
            urlsplit(whole)
        except ValueError:
            continue
        found.append(whole)
    return found
