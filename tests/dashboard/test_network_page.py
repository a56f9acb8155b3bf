"""The network page: a bounded, repeatable picture with its table, and the timeline of a policy."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dashboard.network.names import short_name
from dashboard.network.picture import LABELLED, places
from dashboard.words import say
from tests.dashboard.cascade_world import (
    ALIKE,
    CITY,
    DRAFT,
    EXPLAINED,
    HOSTILE,
    PLAN,
    REPEAL,
    cascade_home,
)
from tests.dashboard.conftest import Open, Served, html_of
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.ego import MOST, Node, ego
from warehouse.queries.policy_line import policy_line, subject_of


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return cascade_home(tmp_path_factory.mktemp("network"), REPEAL)


@pytest.fixture(scope="module")
def served(home: Home) -> Iterator[Served]:
    running = Served(home)
    yield running
    running.stop()


def published(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def node(name: str, side: str, distance: int = 1, relation: str = "basis") -> Node:
    return Node(
        name, f"关于{name}的通知", None, date(2026, 1, 1), None, None, "zh", side, distance, relation, 3
    )


def crowd() -> list[Node]:
    """Sixty documents, most of them on one side."""
    middle = [node("self", "self", 0, "")]
    above = [node(f"a{n:02}", "above", relation="implements") for n in range(4)]
    below = [node(f"b{n:02}", "below") for n in range(40)]
    behind = [node(f"c{n:02}", "below", 2, "mentions") for n in range(15)]
    return [*middle, *above, *below, *behind]


def test_the_network_holds_who_cites_and_who_only_resembles(home: Home) -> None:
    found = ego(published(home), PLAN.document_id)
    assert found is not None
    sides = {one.document_id: (one.side, one.relation) for one in found.nodes}
    assert sides[PLAN.document_id] == ("self", "")
    assert sides[ALIKE.document_id] == ("below", "clauses")
    assert sides[REPEAL.document_id] == ("below", "repeals")
    assert sides[EXPLAINED.document_id] == ("below", "mentions")
    cited = {(one.document_id, one.target_id): one for one in found.ties}
    assert cited[CITY.document_id, PLAN.document_id].sentence == CITY.lines[0]
    assert cited[ALIKE.document_id, PLAN.document_id].sentence is None
    other = ego(published(home), CITY.document_id)
    assert other is not None
    assert {one.document_id: one.side for one in other.nodes}[PLAN.document_id] == "above"
    assert ego(published(home), "doc-none") is None


def test_the_choice_is_the_same_at_every_look(home: Home) -> None:
    assert ego(published(home), PLAN.document_id) == ego(published(home), PLAN.document_id)


def test_no_two_documents_share_a_place_and_ten_bear_their_names() -> None:
    nodes = crowd()
    found = places(nodes)
    assert len(nodes) == MOST == len({(one.x, one.y) for one in found.values()})
    assert sum(one.labelled for one in found.values()) == LABELLED + 1  # and the middle
    assert found == places(nodes)


def test_names_in_the_picture_do_not_cover_one_another() -> None:
    """A name is at most 143 points wide and 17 high at a full screen, where a unit is a point."""
    wide, high = 143, 17
    for nodes in (crowd(), crowd()[:8], crowd()[:1] + crowd()[5:20] + crowd()[45:]):
        boxes = []
        for one in places(nodes).values():
            if one.labelled and one.label_at != "top":
                left = one.x + 12 if one.label_at == "right" else one.x - 12 - wide
                boxes.append((left, one.y - high / 2))
        clashes = [
            (a, b)
            for at, a in enumerate(boxes)
            for b in boxes[:at]
            if abs(a[0] - b[0]) < wide and abs(a[1] - b[1]) < high
        ]
        assert clashes == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_draws_the_picture_and_says_all_of_it_in_tables(
    open_page: Open, home: Home, language: str
) -> None:
    at = open_page(home, "network", id=PLAN.document_id, lang=language)
    (chart,) = at.get("echarts_chart")
    option = json.loads(chart.proto.spec)
    drawn = [one for one in option["series"][0]["data"] if not one["id"].startswith("corner")]
    shown = html_of(at)
    assert f'data-nodes="{len(drawn)}"' in shown
    links = len(option["series"][0]["links"])
    assert say(language, "ego.links-title", n=links) in html.unescape(shown)
    for one in (CITY, ALIKE, EXPLAINED, REPEAL):
        assert f"id={one.document_id}" in shown
    words = {entry["name"] for entry in option["legend"]["data"]}
    assert say(language, "ego.self") in words
    assert words == {one["name"] for one in option["series"][0]["categories"]}
    assert say(language, "ego.alt", title=PLAN.title, n=len(drawn) - 1, links=links) == chart.proto.alt


def test_every_relation_differs_in_colour_or_shape_and_has_a_word() -> None:
    from dashboard.network.marks import MARKS

    assert len({(one.symbol) for one in MARKS.values()}) == len(MARKS)
    assert len({(one.colour, one.line) for one in MARKS.values()}) >= len(MARKS) - 1


def test_the_timeline_tells_the_policy_in_the_order_of_days(open_page: Open, home: Home) -> None:
    steps = policy_line(published(home), PLAN.document_id)
    told = [(one.kind, one.document_id) for one in steps]
    assert [kind for kind, _ in told] == [
        "draft",
        "issue",
        "interpretation",
        "implementation",
        "implementation",
        "implementation",
        "repeal",
    ]
    assert told[0] == ("draft", DRAFT.document_id)
    assert told[2] == ("interpretation", EXPLAINED.document_id)
    assert told[6] == ("repeal", REPEAL.document_id)
    assert [one.day for one in steps] == sorted(one.day for one in steps if one.day)
    shown = html_of(open_page(home, "network", id=PLAN.document_id, show="timeline"))
    assert re.findall(r'data-kind="(\w+)"', shown) == [kind for kind, _ in told]
    assert REPEAL.lines[0] in shown
    assert say("zh", "timeline.by-title") in shown


def test_what_a_decision_repeals_is_told_as_its_forerunner(home: Home) -> None:
    steps = policy_line(published(home), REPEAL.document_id)
    assert ("former", PLAN.document_id) in {(one.kind, one.document_id) for one in steps}
    assert policy_line(published(home), "doc-none") == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_absent_steps_are_named_and_unknown_views_refused(open_page: Open, home: Home, language: str) -> None:
    shown = html_of(open_page(home, "network", id=HOSTILE.document_id, show="timeline", lang=language))
    assert say(language, "timeline.draft") in shown
    assert "<img" not in shown
    assert "tree" in html_of(open_page(home, "network", id=PLAN.document_id, show="tree"))
    assert "doc-none" in html_of(open_page(home, "network", id="doc-none"))
    assert say(language, "ego.choose") in html_of(open_page(home, "network", lang=language))


def test_a_document_with_no_links_says_so(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "network", id=DRAFT.document_id))
    assert say("zh", "ego.alone") in shown


def test_the_document_page_leads_here(open_page: Open, home: Home) -> None:
    shown = html.unescape(html_of(open_page(home, "doc", id=PLAN.document_id)))
    assert f"/cascade?id={PLAN.document_id}" in shown
    assert f"/network?id={PLAN.document_id}&show=timeline" in shown


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        (
            "云河省人民政府办公厅关于印发《云河省普惠托育服务实施方案（2024—2027年）》的通知",
            "普惠托育服务实施方案",
        ),
        ("民生保障部关于全面建立基本养老服务清单制度的指导意见", "基本养老服务清单制度"),
        ("中华人民共和国刑法", "中华人民共和国刑法"),
        ("", ""),
    ],
)
def test_a_title_is_cut_down_to_its_subject(title: str, subject: str) -> None:
    assert subject_of(title) == subject


def test_short_names_say_whose_and_fit() -> None:
    assert short_name("澜江市人民政府关于发展社区食堂服务的实施意见", None, "澜江市") == "澜江·发展社区食堂…"
    assert short_name("", "澜府发〔2026〕1号") == "澜府发〔2026〕…"
    assert short_name("中华人民共和国治安管理处罚法") == "治安管理处罚法"
    assert len(short_name("An act about the very long business of naming things")) <= 22


_NAMES = """
() => [...document.querySelectorAll("[data-testid^=stE] svg text")].map(one => one.getBoundingClientRect())
    .filter(box => box.width > 0).map(box => [box.left, box.top, box.right, box.bottom])
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_in_a_browser_the_picture_is_drawn_without_overlap_and_asks_nobody(
    browser: Any, served: Served, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    foreign: list[str] = []
    refused: list[str] = []
    page.on("request", lambda one: foreign.append(one.url) if _is_foreign(one.url, served.base) else None)
    page.on("console", lambda one: refused.append(one.text) if "Content Security" in one.text else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{served.base}/network?id={PLAN.document_id}")
    page.wait_for_selector(".gb-foot:visible")
    page.wait_for_function("() => document.querySelectorAll('[data-testid^=stE] svg text').length > 3")
    page.wait_for_timeout(800)
    boxes = page.evaluate(_NAMES)
    assert [(a, b) for at, a in enumerate(boxes) for b in boxes[:at] if _cover(a, b)] == []
    assert page.evaluate("window.pwn") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert (foreign, refused) == ([], [])
    page.close()


@pytest.mark.browser
def test_the_keyboard_puts_another_document_in_the_middle(browser: Any, served: Served) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{served.base}/network?id={PLAN.document_id}")
    page.wait_for_selector(".gb-foot:visible")
    link = page.locator(f"a[href*='/network?id={CITY.document_id}']").first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"h1:has-text('{CITY.title}')")
    assert CITY.document_id in page.url
    page.close()


def _is_foreign(url: str, base: str) -> bool:
    return not url.startswith((base, base.replace("http", "ws"), "data:", "blob:"))


def _cover(one: list[float], other: list[float]) -> bool:
    """Whether two names lie over one another by more than a hair."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 2 and high > 3
