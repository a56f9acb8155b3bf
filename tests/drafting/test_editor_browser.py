"""The editor in a browser: two write at once, and neither a dead server nor a closed tab loses a letter."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.dashboard import conftest
from tests.dashboard.conftest import Served
from tests.dashboard.walker import Walker
from tests.drafting.baskets import collected
from warehouse.desk import Desk
from warehouse.home import Home

pytestmark = pytest.mark.browser
TEXT = "## 综述\n\n本周概况。\n\n## 要闻\n\n- 第一件。\n- 第二件。\n"
PAGE = "/desk/drafts/1"
SAVED, FAILED = '#gb-state[data-state="saved"]', '#gb-state[data-state="failed"]'


def opened(browser: Any, base: str, width: int = 1280, address: str = PAGE) -> Walker:
    tab = Walker(browser, base, width=width)
    tab.page.goto(base + address)
    return tab


def typed(tab: Walker, where: str, words: str) -> None:
    """Put the caret behind words of the text and type."""
    tab.page.evaluate(
        """where => { const area = document.getElementById("gb-text"); area.focus();
        const at = area.value.indexOf(where) + where.length; area.setSelectionRange(at, at); }""",
        where,
    )
    tab.page.keyboard.type(words)


def until(so: Callable[[], bool]) -> None:
    """Wait, twenty seconds at most, for what the page does by itself."""
    for _ in range(200):
        if so():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


def value(tab: Walker) -> str:
    return str(tab.page.input_value("#gb-text"))


def test_two_people_write_and_neither_a_dead_server_nor_a_closed_tab_loses_a_letter(
    fresh: Home, serve: Callable[[Home], Served], browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(fresh) as desk:
        desk.drafts.begin("weekly", "elderly-care", "周报", "zh", TEXT, "local")
    served = serve(fresh)
    first, second = opened(browser, served.base), opened(browser, served.base, 390, PAGE + "?lang=en")
    assert first.violations() == []
    assert second.violations() == []
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert second.page.evaluate(wide), "the page is wider than a telephone"

    typed(first, "本周概况。", "甲写一句。")
    first.page.keyboard.press("Control+s")
    typed(second, "- 第二件。", "乙写的。")
    first.page.wait_for_selector(SAVED)
    second.page.wait_for_selector(SAVED)
    both = TEXT.replace("概况。", "概况。甲写一句。").replace("第二件。", "第二件。乙写的。")
    until(lambda: "甲写一句。" in value(second))
    assert value(second) == both
    caret = second.page.evaluate("document.getElementById('gb-text').selectionStart")
    assert both[:caret].endswith("乙写的。")

    served.stop(signal.SIGKILL)
    typed(first, "甲写一句。", "服务器停了还在写。")
    first.page.wait_for_selector(FAILED)
    first.page.goto("about:blank")
    with Desk.open(fresh) as desk:
        assert desk.drafts.head(1)[1] == both

    monkeypatch.setattr(conftest, "_free_port", lambda: served.port)
    serve(fresh)
    first.page.goto(served.base + PAGE)
    assert value(first) == both
    first.page.click("#gb-offer button >> nth=0")
    first.page.wait_for_selector(SAVED)
    typed(second, "乙写的。", "又写。")
    until(lambda: "服务器停了还在写" in value(second))
    second.page.wait_for_selector(SAVED)
    whole = both.replace("甲写一句。", "甲写一句。服务器停了还在写。").replace("乙写的。", "乙写的。又写。")
    with Desk.open(fresh) as desk:
        assert desk.drafts.head(1)[1] == whole
    assert first.page.evaluate("localStorage.length") == 0
    assert first.errors + second.errors == []
    assert first.foreign + second.foreign == []


def test_a_click_puts_a_passage_at_the_caret_and_the_check_leads_to_its_line(
    fresh: Home, serve: Callable[[Home], Served], browser: Any
) -> None:
    with Desk.open(fresh) as desk:
        desk.drafts.begin(
            "weekly", "elderly-care", "周报", "zh", TEXT + "\n文件说“哪里都没有写过的一句话”。\n", "local"
        )
    item = collected(fresh)
    tab = opened(browser, serve(fresh).base)
    typed(tab, "- 第一件。", "")
    tab.page.click(f'button[data-insert="[^e{item.item_id}]"]')
    assert f"- 第一件。[^e{item.item_id}]\n" in value(tab)
    tab.page.wait_for_selector("#gb-preview >> text=[1]")
    tab.page.click("#gb-panel-check summary")
    tab.page.click("#gb-check-now")
    tab.page.click("#gb-findings li:has(.gb-weight-stop) button")
    at = tab.page.evaluate("[document.activeElement.id, getSelection().toString()]")
    assert at[0] == "gb-text"
    assert "哪里都没有写过的一句话" in at[1]
    tab.page.keyboard.press("Control+End")
    assert tab.violations() == []
