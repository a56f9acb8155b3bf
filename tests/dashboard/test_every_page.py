"""Every page in both languages in a browser: nobody else is asked, nothing hostile is done, nobody barred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dashboard.addresses import PATHS
from dashboard.masthead import MENU
from dashboard.words import catalogue
from tests.dashboard.cascade_world import HOSTILE, PLAN
from tests.dashboard.conftest import Served
from tests.dashboard.every_page import EVIL, every_page_home
from tests.dashboard.papers import FIRST_DAY
from tests.dashboard.walker import Walker

pytestmark = pytest.mark.browser
ADDRESSES = (
    "/?since=30d",
    "/topics",
    "/topics?theme=elderly-care&since=365d",
    "/departments",
    "/departments?d=xs-10-civil&since=365d",
    "/regions",
    "/regions?r=云河省&since=365d&view=print",
    "/routing",
    "/docs",
    "/docs?s=养老",
    "/searches",
    f"/doc?id={EVIL.document_id}&para=2",
    f"/doc?id={FIRST_DAY[4].document_id}",
    "/listing",
    "/listing?of=due",
    "/runs",
    "/completeness",
    "/completeness?of=wanted",
    "/about",
    "/teach",
    "/review",
    f"/correct?id={EVIL.document_id}",
    "/bulk?of=documents",
    "/deadlines",
    "/deadlines?state=past",
    "/cascade",
    f"/cascade?id={PLAN.document_id}&with={HOSTILE.document_id}",
    "/compare",
    "/compare?of=云河省,澜江市&theme=elderly-care",
    "/network",
    f"/network?id={PLAN.document_id}",
    f"/network?id={PLAN.document_id}&show=timeline",
    "/board?candidates=1",
    "/basket",
    "/desk",
    "/accounts",
    "/service",
    "/service?request=1",
    "/service?view=year",
    "/shelves?shelf=1",
    "/accession",
    "/reports",
    "/reports?issue=1",
    "/reports?draft=2",
    "/topics?topic=nope",
)
_DEEDS = """() => ({
    pwn: window.pwn ?? null,
    links: document.querySelectorAll("a[href^='javascript' i]").length,
    images: document.querySelectorAll("img[src*='evil'], iframe, svg[onload], [onerror]").length,
    lang: document.documentElement.lang,
})"""
_FITS = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    return main.scrollWidth - main.clientWidth <= 1;
}"""
_PHONE, _DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
_FOCUS = """() => {
    const at = document.activeElement, look = getComputedStyle(at);
    return {href: at.getAttribute("href") || "", tag: at.tagName,
            seen: look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2};
}"""
HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    running = Served(every_page_home(tmp_path_factory.mktemp("every")))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def walker(browser: Any, served: Served) -> Iterator[Walker]:
    one = Walker(browser, served.base)
    one.open("/?lang=zh")
    yield one
    one.page.close()


def test_every_page_is_walked() -> None:
    assert {one.partition("?")[0] for one in ADDRESSES} >= set(PATHS.values())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_nobody_else_does_nothing_hostile_and_bars_nobody(
    walker: Walker, address: str, language: str
) -> None:
    page = walker.go(f"{address}{'&' if '?' in address else '?'}lang={language}")
    assert page.evaluate(_DEEDS) == {"pwn": None, "links": 0, "images": 0, "lang": HTML_LANGUAGE[language]}
    assert walker.foreign == []
    assert walker.errors == []
    assert walker.violations() == []
    page.set_viewport_size(_PHONE)
    page.wait_for_function(_FITS, timeout=20_000)  # charts are drawn anew
    page.set_viewport_size(_DESK)
    page.wait_for_function(_FITS, timeout=20_000)


def test_hostile_text_did_reach_the_pages(walker: Walker) -> None:
    for address in (
        "/listing",
        "/deadlines",
        "/board?candidates=1",
        f"/cascade?id={PLAN.document_id}",
        f"/doc?id={EVIL.document_id}",
        "/reports?issue=1",
        "/reports?draft=2",
    ):
        assert "onerror=" in walker.go(address).inner_text("[data-testid=stMain]"), address


def test_keys_alone_lead_from_the_first_page_to_a_highlighted_sentence(browser: Any, served: Served) -> None:
    walker = Walker(browser, served.base)
    page = walker.open("/?since=30d&lang=zh")
    presses = 0

    def press(key: str) -> dict[str, Any]:
        nonlocal presses
        presses += 1
        page.keyboard.press(key)
        found: dict[str, Any] = page.evaluate(_FOCUS)
        return found

    at = press("Tab")
    while at["href"] != "#gb-due":
        assert at["seen"], at
        at = press("Tab")
    press("Enter")  # past the navigation and the points
    at = press("Tab")
    while not ("/doc?" in at["href"] and "para=" in at["href"]):
        assert at["seen"], at
        assert presses < 19
        at = press("Tab")
    assert at["seen"]
    press("Enter")
    page.wait_for_selector(".gb-here mark")
    assert presses <= 20
    assert page.evaluate("document.activeElement.className") == "gb-here"
    page.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_other_pages_are_one_menu_away_by_keyboard(walker: Walker, language: str) -> None:
    words = catalogue(language)
    page = walker.go(f"/regions?lang={language}")
    menu = page.locator("details.gb-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.locator("a").all_inner_texts() == [
        words[f"nav.{name}"] for names in MENU.values() for name in names
    ]
    assert all(one.is_visible() for one in menu.locator("a").all())
    assert walker.violations() == []
    page.keyboard.press("Escape")
    assert not menu.locator("a").first.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    menu.locator("a").last.click()
    page.wait_for_selector(f"h1:text-is('{words['nav.about']}')")
    assert not page.locator("details.gb-menu[open]").count()


@pytest.mark.parametrize(("width", "tallest"), [(1440, 72), (1024, 112), (390, 220)])
def test_the_bar_stays_small_at_every_width(walker: Walker, width: int, tallest: int) -> None:
    walker.page.set_viewport_size({"width": width, "height": 900})
    for language in ("zh", "en"):
        page = walker.go(f"/?since=30d&lang={language}")
        assert page.locator(".gb-bar").bounding_box()["height"] <= tallest, language
        page.locator("details.gb-menu summary").click()
        box = page.locator(".gb-menu-pages").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width, language
        page.keyboard.press("Escape")
    walker.page.set_viewport_size({"width": 1280, "height": 900})
