"""The acceptance statements of the reading side that need no browser, and where every one is held.

| statement | what | held by |
| --- | --- | --- |
| 1 | every page, both languages, with sample, no and empty publication | test_pages.py |
| 2 | titles, navigation and labels equal the catalogue; languages complete | below; test_words.py |
| 3 | an unknown value is named, nothing else is shown, on every page | below |
| 4 | a search without hits repeats the query and what was searched | test_pages.py; test_search_page.py |
| 5 | figure N on `/` equals the rows behind its link, with provenance | below; test_today.py; test_pages.py |
| 6 | `p` returns to 1 when the search changes | below; test_pages.py |
| 7, 8 | no request to another host, hostile text does nothing | test_every_page.py; test_browser.py |
| 10 | axe-core: 0 serious or critical on every page; `html lang` | test_every_page.py |
| 11 | keyboard alone from `/` to a highlighted sentence | test_every_page.py; by search: test_browser.py |
| 12 | `?lang=en` is kept by every link of every page | below; test_browser.py |
| 13 | print view: A4, two pages, no navigation, nothing clipped | test_briefing_browser.py |
| 14 | nothing opens without signing in; back to the asked page; throttling; signing out | tests/accounts |
| 15 | GB/T 9704 geometry of PDF and DOCX | tests/report/test_pdf.py, test_docx.py |
| 17 | sixteen threads read while others write and publish | tests/bench/test_benches.py |
| 20 | fifty readers beside an empty page | test_bench.py; figures by `govbrief bench dashboard` |
| 21 | measured on held-out text with its sample, else 未评估 | test_pages.py; tests/classify |
"""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl

import pytest

from dashboard.addresses import PATHS
from dashboard.masthead import MENU, NAVIGATION
from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from warehouse.home import Home

# Every parameter of every page with a value that names nothing; {a} is a document that is held.
UNKNOWN = {
    "today": "since=3y",
    "topics": "topic=不存在 theme=nope theme=elderly-care&since=4d topic=17&view=x",
    "departments": "d=xs-99 d=xs-10-civil&since=4d d=xs-10-civil&view=x",
    "regions": "r=火星 r=云河省&since=4d",
    "routing": "theme=nope days=4 why=nope p=abc",
    "docs": "d=xs-99 topic=99 p=abc p=900 since=2026-13-01 year=last",
    "doc": "id=doc-none",
    "listing": "of=nonsense theme=nope topic=99 d=xs-99 source=nope region=火星 run=run-none validity=nope "
    "p=abc p=900 from=2026-13-01 seen=now",
    "runs": "run=run-none",
    "completeness": "of=nope state=nope organ=nope year=last source=nope p=0",
    "deadlines": "of=nope state=nope who=nope d=xs-99 theme=nope topic=99 region=火星 days=x from=2026-13-01 "
    "p=900",
    "cascade": "id=doc-none id={a}&with=doc-nobody",
    "network": "id=doc-none id={a}&show=nope",
    "correct": "id=doc-none id={a}&field=colour",
    "bulk": "of=nonsense theme=nope topic=99 d=xs-99 by=search&d=xs-99",
    "board": "region=火星 theme=nope card=nope candidates=yes p=abc",
    "basket": "theme=nope tag=nope p=900 edit=900",
    "desk": "state=nope draft=900 template=nope theme=nope",
    "accession": "told=nope",
    "reports": "series=nope year=1900 issue=900 draft=900",
    "service": "view=nope state=nope request=900 issue=900",
    "shelves": "shelf=900",
    "accounts": "who=nobody",
}
NO_PARAMETERS = {"searches", "teach", "review", "about"}  # what they show is not told in their address
_FOLLOWED = (
    "doc",
    "listing",
    "correct",
    "bulk",
)  # where documents and numbers lead, never the navigation


def test_every_page_is_named_in_the_table_of_unknown_values() -> None:
    assert set(PATHS) - set(UNKNOWN) - NO_PARAMETERS == {"compare"}  # test_compare.py holds it


@pytest.mark.parametrize(
    ("page", "query"), [(page, query) for page, several in UNKNOWN.items() for query in several.split()]
)
def test_a_value_that_names_nothing_is_repeated_and_no_document_is_shown(
    open_page: Open, published: Home, page: str, query: str
) -> None:
    given = dict(parse_qsl(query.format(a=FIRST_DAY[0].document_id)))
    shown = html_of(open_page(published, page, **given))
    assert catalogue("zh")["unknown.title"] in shown
    assert f"“{list(given.values())[-1]}" in shown
    assert not any(paper.title in shown for paper in FIRST_DAY)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_navigation_names_every_page_as_the_catalogue_does(
    open_page: Open, published: Home, language: str
) -> None:
    shown = html_of(open_page(published, "about", lang=language))
    bar = shown[shown.index("<nav") : shown.index("</nav>")]
    links = dict(re.findall(r'<a href="([^"?]*)[^"]*" data-go[^>]*>([^<]*)</a>', bar))
    named = (*NAVIGATION, *(page for group in MENU.values() for page in group))
    words = catalogue(language)
    assert links == {PATHS[page]: html.escape(words[f"nav.{page}"]) for page in named}
    assert set(named) == set(PATHS) - set(_FOLLOWED)
    assert f'<summary class="gb-within">{words["nav.more"]}</summary>' in bar


@pytest.mark.parametrize("parameters", [{}, {"since": "30d"}, {"since": "7d", "lang": "en"}])
def test_every_figure_on_the_first_page_equals_the_rows_behind_its_link(
    open_page: Open, published: Home, parameters: dict[str, str]
) -> None:
    shown = html_of(open_page(published, "today", **parameters))
    links = re.findall(r'<a href="/(listing|deadlines)\??([^"]*)"[^>]*>([^<]*)</a>', shown)
    counted = {(page, query, words) for page, query, words in links if re.search(r"\d", words)}
    assert len(counted) >= 4
    for page, query, words in counted:
        number = re.search(r"[\d,]+", words)
        assert number is not None
        listed = html_of(open_page(published, page, **dict(parse_qsl(html.unescape(query)))))
        assert f'data-count="{number[0].replace(",", "")}"' in listed, (words, query)


def test_a_changed_search_begins_on_its_first_page(open_page: Open, published: Home) -> None:
    for page, given in (("docs", {"s": "养老"}), ("deadlines", {}), ("completeness", {})):
        shown = html_of(open_page(published, page, **given))
        for form in re.findall(r"<form.*?</form>", shown, re.DOTALL):
            assert 'name="p"' not in form


@pytest.mark.parametrize("page", [page for page in PATHS if page != "doc"])
def test_every_link_of_an_english_page_stays_english(open_page: Open, published: Home, page: str) -> None:
    shown = html_of(open_page(published, page, lang="en"))
    links = [html.unescape(one) for one in re.findall(r'<a href="(/[^"]*)"[^>]* data-go', shown)]
    others = [one for one in links if "lang=zh" not in one]
    assert len(others) >= len(NAVIGATION)
    assert [one for one in others if "lang=en" not in one] == []
    for form in re.findall(r"<form.*?</form>", shown, re.DOTALL):
        action = re.search(r'action="([^"]*)"', form)
        assert action is not None
        assert '<input type="hidden" name="lang" value="en">' in form or action[1].endswith("?lang=en")
