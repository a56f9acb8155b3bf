"""Where publishing systems put the text of a document: known containers, tried before any guessing."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.page import Page, is_file_link

# Known body containers in order of trust. The last group are names that other layouts use for other things.
_IDS = (
    "UCAP-CONTENT",
    "zoom",
    "Zoom",
    "ZOOM",
    "vsb_content",
    "vsb_content_2",
    "vsb_content_4",
    "vsb_content_100",
    "vsb_content_500",
    "vsb_content_501",
    "vsb_newscontent",
    "zoomcon",
    "BodyLabel",
    "js_content",
    "artibody",
    "mainText",
    "fontzoom",
    "ReportIDtext",
    "contentText",
)
_CLASSES = (
    "TRS_Editor",
    "trs_editor_view",
    "TRS_UEDITOR",
    "v_news_content",
    "news_cont_d_wrap",
    "tyxxy_main",
    "article_con",
    "article_content",
    "article-content",
    "detail-news",
    "detail_content",
    "pages_content",
    "xxgk_content",
    "xxgkml-content-body",
    "conTxt",
    "govspeak",
    "wz_content",
    "newsContent",
)
_GENERIC_CLASSES = ("article", "detail", "entry-content", "post-content", "news_content", "content_text")
_ORDER = {f"#{name}": rank for rank, name in enumerate(_IDS)}
_ORDER |= {f".{name}": len(_ORDER) + rank for rank, name in enumerate((*_CLASSES, *_GENERIC_CLASSES))}
_SELECTOR = ", ".join(_ORDER)
_GENERIC = {f".{name}" for name in _GENERIC_CLASSES}
_LEAST_TEXT = 30  # characters that make a body without attachments


def find_container(page: Page, selector: str | None = None) -> tuple[str, LexborNode, tuple[str, ...]] | None:
    """The trusted body container with its selector and paragraphs; a source's own selector goes first."""
    if selector:
        own = _own(page, selector)
        if own:
            return own
    ranked: list[tuple[int, str, LexborNode]] = []
    for node in page.tree.css(_SELECTOR):
        name = _name(node)
        if name:
            ranked.append((_ORDER[name], name, node))
    ranked.sort(key=lambda candidate: candidate[0])
    return _first_with_text(ranked)


def _own(page: Page, selector: str) -> tuple[str, LexborNode, tuple[str, ...]] | None:
    try:
        nodes = page.tree.css(selector)
    except Exception:  # lexbor raises its own errors for a selector it cannot read
        return None
    texts = [(node, paragraphs_of_markup(node.html or "")) for node in nodes[:20]]
    joined = tuple(line for _, lines in texts for line in lines)
    return (selector, texts[0][0], joined) if joined else None


def _name(node: LexborNode) -> str | None:
    """The known name that this node answers to."""
    identity = f"#{node.attributes.get('id')}"
    if identity in _ORDER:
        return identity
    names = [f".{name}" for name in (node.attributes.get("class") or "").split() if f".{name}" in _ORDER]
    return min(names, key=_ORDER.__getitem__, default=None)


def _first_with_text(
    ranked: list[tuple[int, str, LexborNode]],
) -> tuple[str, LexborNode, tuple[str, ...]] | None:
    tried: set[str] = set()
    for _, name, _node in ranked:
        if name in tried:
            continue
        tried.add(name)
        same = [node for _, other, node in ranked if other == name]
        if name in _GENERIC and len(same) > 1:
            continue  # several boxes of that name are a list
        best = _longest(same[:50])
        if best is not None:
            return name, *best
    return None


def _longest(nodes: list[LexborNode]) -> tuple[LexborNode, tuple[str, ...]] | None:
    texts = [(node, paragraphs_of_markup(node.html or "")) for node in nodes]
    node, lines = max(texts, key=lambda pair: sum(map(len, pair[1])))
    if sum(map(len, lines)) >= _LEAST_TEXT or (lines and _offers_files(node)):
        return node, lines
    return None


def _offers_files(node: LexborNode) -> bool:
    return any(is_file_link(tag.attributes.get("href") or "") for tag in node.css("a[href]"))
