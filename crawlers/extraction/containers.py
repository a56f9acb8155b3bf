"""Where publishing systems put the text of a document: known containers, tried before any guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.page import Page, is_file_link
from crawlers.extraction.plain import is_chinese

# Known body containers in order of trust. The last group are names that other layouts use for other things.
# fmt: off
_IDS = (
    "UCAP-CONTENT", "zoom", "Zoom", "ZOOM", "vsb_content", "vsb_content_2", "vsb_content_4",
    "vsb_content_100", "vsb_content_500", "vsb_content_501", "vsb_newscontent", "zoomcon", "BodyLabel",
    "js_content", "artibody", "mainText", "fontzoom", "ReportIDtext", "contentText",
    "downloadContent", "con_con", "ccontent",
)
# fmt: on
# fmt: off
_CLASSES = (
    "TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "v_news_content", "news_cont_d_wrap", "tyxxy_main",
    "article_con", "article_content", "article-content", "detail-news", "detail_content",
    "pages_content", "xxgk_content", "xxgkml-content-body", "conTxt", "govspeak", "wz_content",
    "newsContent", "content_body_box", "moe_content",
)
# fmt: on
_GENERIC_CLASSES = ("article", "detail", "entry-content", "post-content", "news_content", "content_text")
_ORDER = (*(f"#{name}" for name in _IDS), *(f".{name}" for name in (*_CLASSES, *_GENERIC_CLASSES)))
# Names that Western sites use for boxes of every kind.
_LATIN = {f".{name}" for name in (*_GENERIC_CLASSES, "article_content", "article-content", "detail_content")}
_GENERIC = {f".{name}" for name in _GENERIC_CLASSES}
_IDS_IN, _CLASSES_IN = re.compile(r' id="([^"]+)"'), re.compile(r' class="([^"]+)"')
_FIRST = 5
_LEAST_TEXT = 30  # characters that make a body without attachments


def find_container(page: Page, selector: str | None = None) -> tuple[str, LexborNode, tuple[str, ...]] | None:
    """The trusted body container with its selector and paragraphs; a source's own selector goes first."""
    if selector:
        own = _own(page, selector)
        if own:
            return own
    for name in _present(page):
        nodes = [node for node in page.tree.css(name) if node.tag not in ("html", "body", "head")]
        if not nodes or (name in _GENERIC and len(nodes) > 1):
            continue  # several boxes of a general name are a list
        best = _longest(nodes[:50], beside=name not in _GENERIC and name not in _LATIN)
        if best is not None:
            return name, *best
    return None


def _present(page: Page) -> Iterator[str]:
    """The containers whose names stand in the page; the most usual ones are looked for at once."""
    markup = page.markup
    yield from (name for name in _ORDER[:_FIRST] if name[1:] in markup)
    names = " ".join(_IDS_IN.findall(markup) + _CLASSES_IN.findall(markup))  # to be searched fifty times
    for name in _ORDER[_FIRST:]:
        if name[1:] in names and (name not in _LATIN or is_chinese(page.source)):
            yield name


def _own(page: Page, selector: str) -> tuple[str, LexborNode, tuple[str, ...]] | None:
    try:
        nodes = page.tree.css(selector)
    except Exception:  # lexbor raises its own errors for a selector it cannot read
        return None
    texts = [(node, paragraphs_of_markup(node.html or "")) for node in nodes[:20]]
    joined = tuple(line for _, lines in texts for line in lines)
    return (selector, texts[0][0], joined) if joined else None


def _longest(nodes: list[LexborNode], *, beside: bool) -> tuple[LexborNode, tuple[str, ...]] | None:
    """The box with the most text; a line or two are a body where files hold the rest.

    `beside`: only publishing systems call a box so, and the files may stand next to it.
    """
    texts = [(node, paragraphs_of_markup(node.html or "")) for node in nodes]
    node, lines = max(texts, key=lambda pair: sum(map(len, pair[1])))
    if sum(map(len, lines)) >= _LEAST_TEXT:
        return node, lines
    holder = (node.parent or node) if beside else node
    return (node, lines) if lines and _offers_files(holder) else None


def _offers_files(node: LexborNode) -> bool:
    return any(is_file_link(tag.attributes.get("href") or "") for tag in node.css("a[href]"))
