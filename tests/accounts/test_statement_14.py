"""DASHBOARD.md, statement 14, with a real server and browser; signing out reaches open pages at once."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.accounts.conftest import ACCOUNTS_ON, PASSWORD, staff
from tests.dashboard.conftest import Served
from tests.dashboard.publication_fixture import library, publish_first
from tests.dashboard.walker import Walker
from warehouse.desk import LOCAL, Desk
from warehouse.home import Home

pytestmark = pytest.mark.browser
ASKED = "/docs?s=养老&lang=zh"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Served]]:
    """A served library whose accounts are on."""
    home: Home = library(tmp_path_factory.mktemp("house"), extra=ACCOUNTS_ON)
    publish_first(home)
    staff(home)
    running = Served(home)
    yield home, running
    running.stop()


class Window:
    """A browser window whose tabs share their cookies."""

    def __init__(self, browser: Any) -> None:
        self.context = browser.new_context()

    def new_page(self, **_: Any) -> Any:
        return self.context.new_page()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def status(base: str, path: str, **headers: str) -> int:
    """The status of one request that follows nothing."""
    try:
        request = urllib.request.Request(base + path, headers=headers)
        with urllib.request.build_opener(_Stay).open(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_nothing_opens_without_signing_in(house: tuple[Home, Served]) -> None:
    base = house[1].base
    assert status(base, "/") == 303
    assert status(base, "/media/x.png") == 401
    assert status(base, "/static/js/x.js") == 401
    with pytest.raises(InvalidStatus) as refused:
        connect(base.replace("http", "ws") + "/_stcore/stream", origin=Origin(base), proxy=None)
    assert refused.value.response.status_code == 403


def test_from_the_asked_page_through_the_form_and_out_again(house: tuple[Home, Served], browser: Any) -> None:
    home, served = house
    window = Window(browser)
    tab = Walker(window, served.base)
    page = tab.page
    page.goto(served.base + ASKED)
    assert page.url.startswith(f"{served.base}/login?next=")
    assert tab.violations() == []
    page.keyboard.press("Tab")
    sign_in(page, "rita")
    tab._whole(ASKED)  # the asked page
    page.reload()
    tab._whole(ASKED)  # F5 keeps the session
    other = window.new_page()  # a second tab of the same browser, left open
    other.goto(served.base + "/docs?lang=zh")
    other.wait_for_selector(".gb-foot")
    page.goto(served.base + "/account?lang=zh")
    assert tab.violations() == []
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url(re.compile("/login"))
    other.locator("a[data-go]", has_text="专题").first.click()
    other.wait_for_selector("text=登录已结束")
    assert other.locator(".gb-item").count() == 0
    page.goto(served.base + "/")
    assert "/login" in page.url
    assert tab.errors == []
    window.context.close()
    with Desk.open(home) as desk:
        assert "rita" not in desk.sessions.open_counts()


def test_a_click_in_an_open_page_of_a_closed_account_does_nothing(
    house: tuple[Home, Served], browser: Any
) -> None:
    home, served = house
    page = browser.new_context().new_page()
    page.goto(served.base + "/teach?lang=zh")
    sign_in(page, "anna")
    button = page.locator(".st-key-sitting-begin button")
    button.wait_for()
    with Desk.open(home) as desk:
        before = desk.audit_events(limit=1)[0].event_id
        desk.sessions.end_all("anna")
        button.click()
        page.wait_for_selector("text=登录已结束")
        assert desk.audit_events(limit=1)[0].event_id == before
        assert desk.sittings.open_one() is None
        desk.accounts.set_state("anna", "disabled", LOCAL)
    page.context.close()


def sign_in(page: Any, name: str) -> None:
    """Fill in the form of the page for signing in."""
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()


def test_serving_beyond_this_machine_needs_accounts(tmp_path: Path) -> None:
    from dashboard.server import serve
    from warehouse.errors import UserError

    with pytest.raises(UserError, match='mode = "local"'):
        serve(library(tmp_path / "single"), "0.0.0.0", 0)
