"""The English interface: titles and quotations stay as they are and say so, all around them is English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from dashboard.markup import element, html_language, page_language
from dashboard.words import catalogue
from tests.dashboard.conftest import Open, marked_html_of
from tests.dashboard.papers import FIRST_DAY
from warehouse.home import Home
from warehouse.publication import Publication

HAN = re.compile(r"[\u3400-\u9fff]")
# Where words of the source stand as it printed them.
PRINTED = {
    "gb-text",
    "gb-quote",
    "gb-evidence",
    "gb-reference",
    "gb-origin",
    "gb-snippet",
    "gb-printed",
    "gb-note",
}
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("today", {"since": "30d"}),
    ("topics", {}),
    ("topics", {"theme": "elderly-care", "since": "365d"}),
    ("departments", {}),
    ("regions", {}),
    ("regions", {"r": "云河省", "since": "365d"}),
    ("docs", {"s": "养老"}),
    ("listing", {}),
    ("deadlines", {}),
    ("doc", {"id": FIRST_DAY[4].document_id}),
    ("network", {"id": FIRST_DAY[4].document_id}),
    ("about", {}),
    ("desk", {}),
)


@pytest.fixture(autouse=True)
def _no_page_behind() -> Iterator[None]:
    yield
    page_language(None)


class Read(HTMLParser):
    """The Chinese of a page: what says that it is Chinese, and what does not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.unmarked: list[str] = []
        self.marked: list[tuple[str, frozenset[str]]] = []
        self._open: list[tuple[str, str | None, frozenset[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"input", "br", "hr", "img"}:
            given = dict(attrs)
            self._open.append((tag, given.get("lang"), frozenset((given.get("class") or "").split())))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if HAN.search(data):
            told = [language for _, language, _ in self._open if language]
            classes = frozenset(name for _, _, names in self._open for name in names)
            if told and told[-1].startswith("zh"):
                self.marked.append((data.strip(), classes))
            else:
                self.unmarked.append(data.strip())


def _named_in_english(home: Home) -> set[str]:
    """Chinese names of bodies, classes, places and kinds that have an English one."""
    publication = Publication.current(home)
    assert publication is not None
    rows = [
        *publication.rows("select name_zh, name_en from body"),
        *publication.rows("select name_zh, name_en from topic_class"),
        *publication.rows("select name_zh, name_en from source"),
    ]
    names = {row["name_zh"] for row in rows if row["name_en"] and not HAN.search(row["name_en"])}
    plain = {name.removesuffix("（示例数据）") for name in names if name}
    keys = (key.partition(".") for key in catalogue("en"))
    return plain | {name for section, _, name in keys if section in ("region", "place", "doc_type", "spoken")}


@pytest.mark.parametrize(("page", "asked"), PAGES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_page_in_english_is_english_around_titles(
    published: Home, open_page: Open, page: str, asked: dict[str, str]
) -> None:
    read = Read(marked_html_of(open_page(published, page, lang="en", **asked)))
    assert read.unmarked == []
    named = _named_in_english(published)
    assert [one for one in read.marked if one[0] in named and not one[1] & PRINTED] == []


def test_the_walk_does_meet_titles(published: Home, open_page: Open) -> None:
    read = Read(marked_html_of(open_page(published, "docs", lang="en", s="养老")))
    assert any("养老" in text for text, _ in read.marked)


def test_the_english_catalogue_has_no_chinese() -> None:
    chinese = {key for key, text in catalogue("en").items() if HAN.search(text)}
    assert {key.partition(".")[0] for key in chinese} <= {"site", "search", "term", "explain", "field"}


def test_chinese_in_an_english_page_is_marked_once_with_its_marks_inside() -> None:
    page_language("en")
    assert element("p", "See 《云河省养老服务条例》, 3 pages") == (
        '<p>See <span lang="zh-CN">《云河省养老服务条例》</span>, 3 pages</p>'
    )
    assert element("option", "通知 & 函") == '<option lang="zh-CN">通知 &amp; 函</option>'
    assert element("p", "<b>养老</b>") == '<p>&lt;b&gt;<span lang="zh-CN">养老</span>&lt;/b&gt;</p>'


def test_an_english_title_in_a_chinese_page_is_marked_and_names_and_figures_are_not() -> None:
    page_language("zh")
    assert element("p", "Guidance for the care of older people") == (
        '<p><span lang="en">Guidance for the care of older people</span></p>'
    )
    assert element("p", "govbrief 0.9 · JSON") == "<p>govbrief 0.9 · JSON</p>"
    assert element("p", "养老 and the rest") == "<p>养老 and the rest</p>"


def test_nothing_is_marked_where_no_page_speaks() -> None:
    assert element("p", "养老") == "<p>养老</p>"


@pytest.mark.parametrize(
    ("code", "tag"), [("zh", "zh-CN"), ("zh-Hant", "zh-Hant"), ("de", "de"), ("und", None), (None, None)]
)
def test_a_documents_language_is_the_lang_of_its_title(code: str | None, tag: str | None) -> None:
    assert html_language(code) == tag
