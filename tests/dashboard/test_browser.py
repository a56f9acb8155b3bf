"""In a real browser: a reader reaches what she wants. What holds on every page is in test_every_page.py."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from dashboard.words import catalogue
from tests.dashboard.conftest import ROOT, Served
from tests.dashboard.publication_fixture import (
    FIRST_DAY,
    SECOND_DAY,
    Paper,
    library,
    publish_first,
    publish_second,
)
from tests.dashboard.walker import Tab
from warehouse.desk import Desk
from warehouse.home import Home

pytestmark = pytest.mark.browser
Serve = Callable[[Home], Served]
EVIL = FIRST_DAY[4]


@pytest.fixture(scope="module")
def served(published: Home) -> Iterator[Served]:
    running = Served(published)
    yield running
    running.stop()


class Reader(Tab):
    """A tab whose page is loaded anew at every address."""

    def open(self, path: str) -> Any:
        self.page.goto(self.base + path)
        self.page.wait_for_selector(".gb-foot:visible, .gb-command:visible")
        return self.page


def choose(page: Any, box: Any, option: str) -> None:
    """Choose from a box whose list closes when the page scrolls or is drawn anew, as a person does."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(20):
        box.scroll_into_view_if_needed()
        if not wanted.is_visible():
            box.click()
        try:
            wanted.click(timeout=3000)
        except PlaywrightTimeout:
            continue
        return
    raise AssertionError(f"{option} was never offered")


@pytest.fixture
def reader(browser: Any, served: Served) -> Iterator[Reader]:
    one = Reader(browser, served.base)
    yield one
    one.page.close()


def test_the_archived_copy_runs_nothing_and_asks_nobody(browser: Any, tmp_path: Path, serve: Serve) -> None:
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.1", 0))
        elsewhere.listen()
        elsewhere.settimeout(2)
        asked = f"http://127.0.0.1:{elsewhere.getsockname()[1]}"
        lines = (f'<img src="{asked}/a.png" onerror="parent.pwn=1">', f'<script src="{asked}/a.js"></script>')
        paper = Paper(
            "t-civil",
            "evil",
            "关于图片的通知",
            (*lines, f'<link rel="stylesheet" href="{asked}/a.css">'),
            EVIL.published,
        )
        home = library(tmp_path / "library")
        publish_first(home, [paper])
        page = Reader(browser, serve(home).base).open(f"/doc?id={paper.document_id}")
        page.goto(page.url.split("/doc")[0] + page.get_attribute("a[href^='/archive/']", "href"))
        page.frame_locator("iframe").locator("body").wait_for()
        with pytest.raises(TimeoutError):
            elsewhere.accept()  # nobody came
        assert page.evaluate("window.pwn") is None
        page.close()


def test_search_leads_to_the_highlighted_passage_by_keyboard(reader: Reader) -> None:
    page = reader.open("/")
    presses = 0
    while page.evaluate("document.activeElement.name") != "s":
        page.keyboard.press("Tab")
        presses += 1
        assert presses < 15
    page.keyboard.type("“居家养老服务实施方案”")
    page.keyboard.press("Enter")
    page.wait_for_selector(".gb-hits mark")
    page.locator(".gb-hits h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".gb-here mark")
    page.wait_for_function("title => document.title.startsWith(title)", arg=FIRST_DAY[0].title)
    assert page.inner_text(".gb-here mark") == "居家养老服务实施方案"
    assert page.evaluate("document.activeElement.id") == "p3"


def test_going_back_restores_the_search(reader: Reader) -> None:
    page = reader.open("/docs?s=5G")
    page.click(".gb-hits h3 a")
    page.wait_for_selector(".gb-text, .gb-excerpt")
    page.go_back()
    page.wait_for_selector(".gb-hits")
    assert page.input_value("#gb-s") == "5G"


def test_a_language_deep_link_keeps_its_language(reader: Reader) -> None:
    page = reader.open("/?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click(f"nav >> text={catalogue('en')['nav.topics']}")
    page.wait_for_selector(".gb-tree")
    assert page.inner_text("h1") == catalogue("en")["nav.topics"]
    assert page.title().startswith(catalogue("en")["nav.topics"])
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click(".gb-lang")
    page.wait_for_selector(f"h1:text-is('{catalogue('zh')['nav.topics']}')")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_correction_is_made_on_the_page_and_undone(browser: Any, fresh: Home, serve: Serve) -> None:
    reader = Reader(browser, serve(fresh).base)
    say = catalogue("zh")
    paper = FIRST_DAY[1]
    page = reader.open(f"/doc?id={paper.document_id}")
    page.click(f"text={say['correct.open']}")
    choice = page.get_by_role("combobox", name=say["field.department"], exact=True)
    choose(page, choice, "澜江市人民政府")
    page.get_by_label(say["correct.why"]).fill("印章为市政府")
    page.get_by_role("button", name=say["correct.save"]).click()
    page.wait_for_selector(".gb-badge-corrected")
    kept = Desk.open(fresh).corrections(paper.document_id)
    assert [(one.field, one.value["code"], one.note) for one in kept] == [
        ("department", "xs-1001-gov", "印章为市政府")
    ]
    reader.open("/listing")
    row = page.locator(".gb-item", has_text=paper.title)
    assert "澜江市人民政府" in row.inner_text()
    reader.open(f"/doc?id={paper.document_id}")
    page.get_by_role("button", name=say["correct.undo"]).click()
    page.wait_for_selector(".gb-undone")
    assert page.locator(".gb-badge-corrected").count() == 0
    assert Desk.open(fresh).corrections(paper.document_id) == []
    page.close()


def test_a_new_publication_appears_by_itself(browser: Any, tmp_path: Path, serve: Serve) -> None:
    home = library(tmp_path / "library")
    publish_first(home)
    reader = Reader(browser, serve(home).base)
    page = reader.open("/listing")
    assert SECOND_DAY[0].title not in page.content()
    second = publish_second(home.root)
    page.wait_for_selector(f".gb-item:has-text('{SECOND_DAY[0].title}')", timeout=60000)
    page.wait_for_selector(f".gb-foot:has-text('{second}')")
    page.close()


def test_a_month_bar_has_its_table_and_its_provenance(reader: Reader) -> None:
    page = reader.open("/topics?theme=elderly-care&since=365d")
    page.wait_for_selector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    before = page.locator(".gb-table:visible").count()
    page.locator("details summary").last.click()
    assert page.locator(".gb-table:visible").count() == before + 1
    assert re.search(r"来源：\d+ 篇文献 / \d+ 个来源", page.inner_text(".gb-prov >> nth=-1"))


def test_pictures_are_taken_in_both_languages_and_stay_small(published: Home, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dashboard.screenshots import Picture, make;"
        "from warehouse.home import Home;"
        "make(Home.open(Path(sys.argv[1])), Path(sys.argv[2]),"
        " [Picture('home', '/'), Picture('phone', '/runs', width=390), Picture('document',"
        " '/doc?id={document}&para={passage}', document=sys.argv[3], click=('.gb-labels details summary',))])"
    )
    title = FIRST_DAY[0].title
    command = [sys.executable, "-c", program, str(published.root), str(tmp_path), title]
    subprocess.run(command, check=True, timeout=240, cwd=ROOT)
    taken = {file.name: file.stat().st_size for file in tmp_path.glob("*.png")}
    assert set(taken) == {f"{n}-{lang}.png" for n in ("home", "phone", "document") for lang in ("zh", "en")}
    assert max(taken.values()) <= 150_000


def test_a_failing_page_gives_a_reference_and_no_trace(browser: Any, fresh: Home, serve: Serve) -> None:
    for index in fresh.published.glob("*/index"):
        shutil.rmtree(index)
    page = browser.new_page()
    page.goto(serve(fresh).base + "/docs?s=%E5%85%BB%E8%80%81")
    page.wait_for_selector("text=参考号")
    assert "Traceback" not in page.content()
    assert str(fresh.root) not in page.content()
    page.close()
