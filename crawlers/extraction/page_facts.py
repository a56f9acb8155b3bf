"""Issuing body and files of a page of unknown make, each by what most sites say of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from selectolax.lexbor import LexborNode

from crawlers.extraction.gathered import Value
from crawlers.extraction.main_text import MainText
from crawlers.extraction.page import Page, attachments, is_file_link
from crawlers.extraction.page_words import plain_words, words
from crawlers.extraction.plain import is_chinese, one_line
from warehouse.records import AttachmentLink

_NAME = 90  # characters of a body's name
_IMPRINT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:by\s+)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,:–-]*"
    r"([^\d|©]{4,90}?)\s*(?:\d{4}|[|.;]|$)",
    re.I,
)
_RIGHTS = re.compile(
    r"\b(?:all rights|alle rechte|tous droits|todos los derechos|rights reserved|map|google)\b", re.I
)
_PAPERS = re.compile(
    r"\s*(?:impressum|datenschutz|imprint|privacy|legal|mentions|aviso|accessibility|contact)", re.I
)
_FRAMES = ", ".join(
    f"{frame} a[href]"
    for frame in (
        "nav", "footer", "[role=navigation]", "[role=contentinfo]", "[role=banner]", "div[class*=footer]",
        "div[id*=footer]", "ul[class*=nav]", "ul[class*=menu]", "div[id*=navi]", "div[class*=cookie]",
    )
)  # fmt: skip


def issuer_values(page: Page, main: MainText) -> Iterator[Value]:
    """Who stands behind the page: a label, its publisher by tags, the site's name, the copyright's line."""
    titles = {plain_words(value.value) for value in page.metadata if value.field == "title"}
    titles.add(plain_words(main.heading or ""))
    told = [("label", name) for name in _labelled_issuers(main.head)]
    told += [("publisher", value.value) for value in page.metadata if value.field == "publisher"]
    if not is_chinese("".join(main.paragraphs[:5])):  # 本网 and 首页 are the names of too many
        told += [("site", value.value) for value in page.metadata if value.field == "site_name"]
        told += [("imprint", name) for name in _imprint(main.lines[-30:])]
    for origin, name in told:
        if _is_body(name) and plain_words(name) not in titles:
            yield Value("issuer", name, origin)


def _is_body(name: str) -> bool:
    plain = plain_words(name)
    return len(plain) >= 3 and len(name) <= _NAME and "://" not in name and plain not in _no_issuers()


@cache
def _no_issuers() -> frozenset[str]:
    return frozenset(words()["facts"]["no_issuer"])


def _labelled_issuers(lines: Sequence[str]) -> Iterator[str]:
    for line, following in zip(lines, (*lines[1:], ""), strict=False):
        found = _issuer_label().match(line) if len(line) <= 2 * _NAME else None
        if found:
            name = one_line(line[found.end() :]) or one_line(following)
            if name and len(name) <= _NAME:
                yield name


@cache
def _issuer_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('issuer')})\s*[:：]\s*", re.I)


def _alternatives(name: str) -> str:
    return "|".join(re.escape(one) for one in sorted(words()["facts"][name], key=len, reverse=True))


def _imprint(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        found = _IMPRINT.search(line) if len(line) <= 160 else None
        if found and not _RIGHTS.search(found[1]):
            yield _PAPERS.split(found[1])[0].strip(" ,-–")


def files_near_text(page: Page) -> tuple[AttachmentLink, ...]:
    """The files a page offers, but for those that only menus and footer link, as on every page."""
    files = attachments(page)
    if not files:
        return files
    everywhere = Counter(_targets(page, page.tree.css("a[href]")))
    framed = Counter(_targets(page, {tag.mem_id: tag for tag in page.tree.css(_FRAMES)}.values()))
    return tuple(one for one in files if not framed[one.url] or framed[one.url] < everywhere[one.url])


def _targets(page: Page, links: Iterable[LexborNode]) -> Iterator[str | None]:
    for tag in links:
        href = tag.attributes.get("href") or ""
        if is_file_link(href):
            yield page.absolute(href)
