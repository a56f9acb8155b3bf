"""A published library with accounts of every role, and somebody who signs in like a browser."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.accounts import passwords
from dashboard.accounts.passwords import hashed
from dashboard.server import build_app
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk import LOCAL, Desk
from warehouse.desk.roles import ROLES
from warehouse.desk.sealed import Sealer
from warehouse.home import Home

PASSWORD = "seven green boats at dawn"
MAIL = "wang.xiaoming@library.example"
PEOPLE = {"rita": "reader", "anna": "analyst", "rolf": "reviewer", "adele": "administrator"}
ACCOUNTS_ON = '[accounts]\nmode = "local"\n'
HOST = "testserver"


def staff(home: Home, *others: tuple[str, str]) -> None:
    """An account for each role, all with one password, and those named besides."""
    kept = hashed(PASSWORD)
    with Desk.open(home) as desk:
        for name, role in (*PEOPLE.items(), *others):
            desk.accounts.add(
                name, role, LOCAL, password=kept, mail=Sealer(home).seal(MAIL), must_change=False
            )


@pytest.fixture(scope="session")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The library; tests sign in and are refused, they change nothing that another test looks at."""
    home = library(tmp_path_factory.mktemp("staffed"), extra=ACCOUNTS_ON)
    publish_first(home)
    staff(home)
    return home


def opened(home: Home) -> Starlette:
    """Routes and doors as `serve` builds them, without Streamlit's pages, of which a process has one set."""
    whole = build_app(home, HOST)
    return Starlette(routes=whole._user_routes, middleware=whole._user_middleware)


@pytest.fixture(scope="session")
def app(staffed: Home) -> Iterator[Any]:
    """The application as `serve` builds it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVBRIEF_HOME", str(staffed.root))
        yield opened(staffed)


class Visitor:
    """A browser without pictures: cookies are kept, answers are not followed."""

    def __init__(self, app: Any) -> None:
        self.web = TestClient(app, base_url=f"http://{HOST}", follow_redirects=False)

    def sign_in(self, name: str, password: str = PASSWORD, back: str = "/") -> Any:
        """Fill the form in and send it."""
        page = self.web.get("/login", params={"next": back})
        return self.web.post("/login", data=hidden(page.text) | {"name": name, "password": password})

    def token(self) -> str:
        """What forms of this session send along."""
        return hidden(self.web.get("/account").text)["token"]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's first form."""
    form = page.partition("<form")[2].partition("</form>")[0]
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    found = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in fields]
    return {name[1]: html.unescape(value[1]) for name, value in found if name and value}


@pytest.fixture
def visitor(app: Any) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(app)


@pytest.fixture(scope="session")
def signed_in(app: Any) -> Callable[[str], Visitor]:
    """Somebody with a role, signed in once for all tests."""
    known: dict[str, Visitor] = {}

    def of(role: str) -> Visitor:
        if role not in known:
            known[role] = Visitor(app)
            name = next(name for name, held in PEOPLE.items() if held == role)
            assert known[role].sign_in(name).status_code == 303
        return known[role]

    assert set(PEOPLE.values()) == set(ROLES)
    return of


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = library(tmp_path_factory.mktemp("made") / "home", extra=ACCOUNTS_ON)
    staff(home)
    return home.root


@pytest.fixture
def own_home(tmp_path: Path, _made_once: Path) -> Home:
    """A home with accounts and without publication, for a test that changes them."""
    shutil.copytree(_made_once, tmp_path / "home")
    return Home.open(tmp_path / "home")


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """The same hash with little work: what a guess costs is the library's parameters, not ours to try."""
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", lambda: weak)
        yield
