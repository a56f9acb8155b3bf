"""An opened HTML page: parsed once, with what every reader of it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.extraction.gathered import Value
from crawlers.extraction.limits import MAX_ATTACHMENTS, MAX_DEPTH, MAX_TAGS_UNCHECKED
from crawlers.extraction.metadata import HEAD_TAGS, read_metadata
from crawlers.extraction.plain import one_line
from warehouse.records import AttachmentLink

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>")
_VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "param",
    ]
)
_SELF_CLOSING = frozenset(["p", "li", "td", "tr", "th", "dd", "dt", "option"])
FILE_ENDINGS = (
    "pdf",
    "doc",
    "docx",
    "wps",
    "ofd",
    "xls",
    "xlsx",
    "et",
    "ppt",
    "pptx",
    "zip",
    "rar",
    "7z",
    "csv",
    "rtf",
    "odt",
    "ods",
    "odp",
    "eml",
)
# The ending stands last, or before the number that Liferay adds to each version of a file.
_FILE = re.compile(rf"\.(?:{'|'.join(FILE_ENDINGS)})(?=$|[?#&\s]|/[\w-]{{30,40}}(?:$|[?#]))", re.I)
_DOWNLOAD = re.compile(
    r"(?:downfile\.jsp|/document/download\?|/download\?|/\d+/download(?=$|#)|DownloadFile|downloadfile|DownloadAttachUrl)",
    re.I,
)
# A link that says what it leads to: "Notice (PDF, 120 KB)", "Report PDF 1.2 MB".
_SAYS_FILE = re.compile(
    r"[(（\[]\s*(?:PDF|DOCX?|XLSX?|PPTX?|OD[TSP]|RTF|ZIP)\b[^)）\]]{0,30}[)）\]]\s*$"
    r"|\b(?:PDF|DOCX?|XLSX?)\b\W{0,3}\d+(?:[.,]\d+)?\s*[KM]i?B\b",
    re.I,
)
_KINDS_SAID = ("PDF", "DOC", "XLS", "PPT", "ODT", "ODS", "ODP", "RTF", "ZIP")
_PAGE = re.compile(r"\.(?:s?html?|aspx|jsp)(?=$|[?#])", re.I)
_PAGES = (".html", ".htm", "/")
_NAMED = re.compile(rf"[?&](?:file_?name|name|file)=([^&#]+\.(?:{'|'.join(FILE_ENDINGS)}))(?=$|[&#])", re.I)
_SCRIPT_FILE = re.compile(r"""var\s+\w*(?i:pdf|file|doc)\w*\s*=\s*["']([^"']{5,500})["']""")


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page; script and style are gone from `tree`, their text is kept in `source`."""

    url: str
    source: str
    tree: LexborHTMLParser
    metadata: tuple[Value, ...]
    base: str
    lang: str | None
    _serialised: list[str] = field(default_factory=list, compare=False, repr=False)

    @property
    def markup(self) -> str:
        """The tree serialised anew: attribute values quoted, comments, script and style gone."""
        if not self._serialised:  # several readers ask, and the tree of a page is never changed
            self._serialised.append(without_comments(self.tree.html or ""))
        return self._serialised[0]

    def meta(self, field: str) -> str | None:
        """The first meta value of a field."""
        return next((value.value for value in self.metadata if value.field == field), None)

    def absolute(self, href: str) -> str | None:
        """A link as a full http address, or None for script, mail and broken links."""
        return absolute(self.base, href)


def open_page(source: str, url: str) -> Page:
    """Parse a page; ask `too_deep` first."""
    tree = LexborHTMLParser(source)
    tags = tree.css(HEAD_TAGS)  # in one walk: each costs a tenth of the whole reading
    metadata = tuple(read_metadata(tags))
    base_tag = next((tag for tag in tags if tag.tag == "base"), None)
    base = absolute(url, base_tag.attributes.get("href") or "") if base_tag else None
    lang = (tree.root.attributes.get("lang") or "")[:2].lower() if tree.root else ""
    tree.strip_tags(["script", "style", "template", "svg"])
    _drop_payloads(source, tree)
    return Page(url, source, tree, metadata, base or url, lang or None)


def _drop_payloads(source: str, tree: LexborHTMLParser) -> None:
    """Take pictures and states of forms out of the attributes that hold them; they can be most of a page."""
    if ";base64," in source:
        for tag in tree.css('[src^="data:"]'):
            tag.attrs["src"] = ""
    if "__VIEWSTATE" in source:
        for tag in tree.css('input[type="hidden"]'):
            tag.attrs["value"] = ""


def without_comments(markup: str) -> str:
    """Markup without its comments; one that is not closed goes to the end."""
    first, *others = markup.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others) if others else markup


def too_deep(source: str) -> bool:
    """Whether elements are nested deeper than any real page; parsers need quadratic time or crash there."""
    if source.count("<") <= MAX_TAGS_UNCHECKED:
        return False
    depth = 0
    for match in _TAG.finditer(source):
        name = match[2].lower()
        if match[1]:
            depth = max(depth - 1, 0)
        elif name not in _VOID and name not in _SELF_CLOSING and not match[3]:
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def absolute(base: str, href: str) -> str | None:
    """A link as a full http address, or None for script, mail, in-page and broken links."""
    link = one_line(href.strip(), 2000) or ""
    if not link or link.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:")):
        return None
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return joined.replace(" ", "%20")


def is_file_link(href: str) -> bool:
    """Whether an address ends like an office file or calls a known download script."""
    if href.endswith(_PAGES) and "?" not in href and "own" not in href:
        return False  # most links of a page, told at once
    return bool(_FILE.search(href) or _DOWNLOAD.search(href))


def attachments(page: Page, node: LexborNode | None = None) -> tuple[AttachmentLink, ...]:
    """The files a page offers: links, embedded frames, and addresses hidden in script variables."""
    links: dict[str, str] = {}
    root = node if node is not None else page.tree.root
    for href, name in _file_references(page, root):
        url = page.absolute(href)
        if url and url not in links:
            links[url] = one_line(name, 300) or file_name(url)
        if len(links) >= MAX_ATTACHMENTS:
            break
    return tuple(AttachmentLink(url, name) for url, name in links.items())


def file_name(url: str) -> str:
    """The file that an address asks a download script for, else the last part of its path."""
    from urllib.parse import unquote

    asked = _NAMED.search(url)
    return one_line(unquote(asked[1] if asked else urlsplit(url).path.rsplit("/", 1)[-1]), 200) or url[:200]


def _file_references(page: Page, root: LexborNode | None) -> Iterator[tuple[str, str]]:
    if root is not None:
        named = any(kind in page.source for kind in _KINDS_SAID)
        for tag in root.css("a[href]"):
            href = tag.attributes.get("href") or ""
            if is_file_link(href) or (
                named and _SAYS_FILE.search(tag.text(deep=True)) and not _PAGE.search(href)
            ):
                yield href, tag.text(deep=True) or tag.attributes.get("title") or ""
        for tag in root.css("iframe[src], embed[src], object[data]"):
            href = tag.attributes.get("src") or tag.attributes.get("data") or ""
            if is_file_link(href):
                yield href, ""
    for match in _SCRIPT_FILE.finditer(page.source) if "var " in page.source else ():
        if is_file_link(match[1]):
            yield match[1], ""
