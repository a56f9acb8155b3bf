"""In a browser: passages are kept by mouse and keyboard, and the count outlives the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.copying import copied
from tests.dashboard.conftest import Served
from tests.dashboard.papers import FIRST_DAY
from tests.dashboard.walker import Walker
from warehouse.desk import Desk
from warehouse.home import Home

pytestmark = pytest.mark.browser
PAPER = FIRST_DAY[0]
_COUNT = "count => document.querySelector('.gb-basket-link')?.textContent === `素材篮 ${count}`"
_FITS = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    return main.scrollWidth - main.clientWidth <= 1;
}"""
_SELECT = """([line, start, end]) => {
    const text = document.querySelector(`#p${line} > div`).firstChild;
    getSelection().setBaseAndExtent(text, start, text, end);
}"""


@pytest.fixture(scope="module")
def home(untouched_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.open(copied(untouched_library, tmp_path_factory.mktemp("basket") / "home"))


@pytest.fixture(scope="module")
def walker(browser: Any, home: Home) -> Iterator[Walker]:
    running = Served(home)
    one = Walker(browser, running.base)
    yield one
    one.page.close()
    running.stop()


def words(home: Home) -> list[str]:
    with Desk.open(home) as desk:
        return [item.passage.text for item in desk.basket.items("")]


def test_what_is_kept_by_click_selection_and_keys_is_counted_on_every_page_and_after_f5(
    walker: Walker, home: Home
) -> None:
    page = walker.open("/docs?s=实施方案&lang=zh")
    page.locator(".gb-hits .gb-keep").first.click()
    page.wait_for_function(_COUNT, arg=1)
    assert "已收入素材篮，编号 1" in page.inner_text("#gb-told")

    walker.go(f"/doc?id={PAPER.document_id}&lang=zh")
    page.evaluate(_SELECT, [4, 1, 4])  # 通知自
    page.locator(".gb-keep-bar button").click()
    page.wait_for_function(_COUNT, arg=2)

    page.locator("#p1 .gb-keep-line").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(_COUNT, arg=3)
    assert words(home)[1:] == [PAPER.lines[3][1:4], PAPER.lines[0]]

    walker.go("/about?lang=zh")
    page.wait_for_function(_COUNT, arg=3)
    page.reload()
    page.wait_for_function(_COUNT, arg=3)
    assert walker.errors == []
    assert walker.foreign == []


def test_selected_words_go_with_the_button_of_their_line_too(walker: Walker, home: Home) -> None:
    held = len(words(home))
    page = walker.open(f"/doc?id={PAPER.document_id}&lang=zh")
    page.evaluate(_SELECT, [2, 2, 6])
    page.locator("#p2 .gb-keep-line").click()
    page.wait_for_function(_COUNT, arg=held + 1)
    assert words(home)[-1] == PAPER.lines[1][2:6]


def test_the_page_of_the_basket_removes_puts_back_and_bars_nobody(walker: Walker, home: Home) -> None:
    page = walker.go("/basket?lang=zh")
    held = len(words(home))
    page.locator("[data-post='/basket/remove']").first.click()
    page.wait_for_function(_COUNT, arg=held - 1)
    page.locator("details summary", has_text="最近移出").click()
    assert walker.violations() == []
    page.locator("[data-post='/basket/restore']").first.click()
    page.wait_for_function(_COUNT, arg=held)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(_FITS)
    page.locator(".gb-basket .gb-at").first.click()
    page.wait_for_selector(".gb-here mark")
