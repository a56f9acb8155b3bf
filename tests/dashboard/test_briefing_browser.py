"""The briefing in a real browser: two printed pages without navigation, figures that are drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.dashboard.conftest import Served
from warehouse.home import Home

pytestmark = pytest.mark.browser
SUBJECTS = (
    "/topics?theme=elderly-care",
    "/topics?topic=17",
    "/departments?d=xs-10-civil",
    "/regions?r=云河省",
)


@pytest.fixture(scope="module")
def served(published: Home) -> Iterator[Served]:
    running = Served(published)
    yield running
    running.stop()


def _opened(browser: Any, address: str, width: int) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 1000})
    page.goto(address)
    page.wait_for_selector(".gb-foot", timeout=90_000)
    page.wait_for_timeout(1000)
    return page


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_print_view_is_two_pages_without_navigation_or_a_clipped_column(
    browser: Any, served: Served, subject: str
) -> None:
    page = _opened(browser, f"{served.base}{subject}&since=365d&view=print", 1000)
    assert not page.locator(".gb-bar nav").is_visible()
    assert not page.locator(".gb-find").first.is_visible()
    assert not page.locator(".gb-choices").first.is_visible()
    assert re.search(r"来源：\d+ 篇文献 / \d+ 个来源", page.inner_text("body"))
    page.emulate_media(media="print")
    clipped = "nodes => nodes.filter(n => n.scrollWidth > n.clientWidth + 1).length"
    assert page.locator(".gb-scroll, .gb-split > *").evaluate_all(clipped) == 0
    made = page.pdf(prefer_css_page_size=True, print_background=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", made)) <= 2
    assert re.findall(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12]", made)  # A4 in points
    page.close()


def test_at_most_four_figures_and_each_is_drawn(browser: Any, served: Served) -> None:
    page = _opened(browser, f"{served.base}/topics?theme=elderly-care&since=365d", 1280)
    drawn = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    assert 1 <= drawn.count() <= 4
    heights = [one.bounding_box()["height"] for one in drawn.all()]
    assert heights[0] > 100  # the months
    assert min(heights) > 30
    page.close()
