"""Signing in with a library's own identity provider, which here runs on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests.accounts.conftest import HOST, PASSWORD, Visitor, opened, staff
from tests.accounts.provider import CLIENT, SECRET, Provider, Running
from tests.dashboard.publication_fixture import library
from warehouse.desk import LOCAL, Desk
from warehouse.errors import EnvironmentProblem
from warehouse.home import Home


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """The provider."""
    one = Running()
    yield one
    one.stop()


@pytest.fixture
def provider(running: Running) -> Iterator[Provider]:
    """The provider as it usually answers."""
    yield running.provider
    running.provider.person, running.provider.changed, running.provider.signs_with = "u-1", {}, None


def house(folder: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch, readers: bool) -> Home:
    """A home that asks this provider."""
    monkeypatch.setenv("GOVBRIEF_OIDC_SECRET", SECRET)
    said = f'oidc_issuer = "{provider.base}"\noidc_client = "{CLIENT}"\noidc_name = "统一身份认证"\n'
    extra = f'[accounts]\nmode = "oidc"\n{said}oidc_readers = {str(readers).lower()}\n'
    home = library(folder, extra=extra)
    monkeypatch.setenv("GOVBRIEF_HOME", str(home.root))
    staff(home)
    return home


@pytest.fixture
def closed(tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that lets in whom an account is linked to."""
    return house(tmp_path / "closed", provider, monkeypatch, readers=False)


def away(visitor: Visitor, back: str = "/docs?s=x") -> str:
    """Set off for the provider, and the address that it sends the browser back to."""
    sent = visitor.web.get("/login/oidc/", params={"next": back})
    assert sent.status_code in (302, 303), sent.text
    answer = httpx.get(sent.headers["location"], follow_redirects=False)
    there = urlsplit(answer.headers["location"])
    assert there.netloc == HOST
    return f"{there.path}?{there.query}"


def link(home: Home, name: str, provider: Provider, person: str = "u-1") -> None:
    with Desk.open(home) as desk:
        desk.accounts.link(name, f"{provider.base}|{person}", LOCAL)


def test_a_linked_person_comes_back_to_the_asked_page_with_her_role(closed: Home, provider: Provider) -> None:
    link(closed, "anna", provider)
    visitor = Visitor(opened(closed))
    answer = visitor.web.get(away(visitor))
    assert (answer.status_code, answer.headers["location"]) == (303, "/docs?s=x")
    shown = visitor.web.get("/account?lang=en").text
    assert "anna" in shown
    assert "analyst" in shown
    with Desk.open(closed) as desk:
        assert desk.audit_events(account="anna", limit=1)[0].action == "sign-in"


def test_the_page_for_signing_in_names_the_provider_and_keeps_the_way_back(closed: Home) -> None:
    visitor = Visitor(opened(closed))
    page = visitor.web.get("/login", params={"next": "/docs?s=x"}).text
    assert "统一身份认证" in page
    assert "/login/oidc/?next=%2Fdocs%3Fs%3Dx" in page
    assert visitor.sign_in("rita", PASSWORD).status_code == 303  # accounts of this home work as well


def test_whom_no_account_is_linked_to_is_told_so(closed: Home) -> None:
    visitor = Visitor(opened(closed))
    answer = visitor.web.get(away(visitor))
    assert answer.status_code == 403
    assert "u-1" in answer.text
    assert visitor.web.get("/docs").status_code == 303


def test_a_closed_account_stays_closed(closed: Home, provider: Provider) -> None:
    link(closed, "anna", provider)
    with Desk.open(closed) as desk:
        desk.accounts.set_state("anna", "disabled", LOCAL)
    visitor = Visitor(opened(closed))
    assert visitor.web.get(away(visitor)).status_code == 403


def test_strangers_become_readers_only_where_the_setting_allows_it(
    tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = house(tmp_path / "open", provider, monkeypatch, readers=True)
    for _ in range(2):  # the second time it is the same account
        visitor = Visitor(opened(home))
        assert visitor.web.get(away(visitor)).status_code == 303
    with Desk.open(home) as desk:
        made = [one for one in desk.accounts.every() if one.name.startswith("wxm")]
        assert [(one.role, one.shown) for one in made] == [("reader", "王小明")]


@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"aud": "another-client"},
        {"iss": "http://evil.example"},
        {"exp": 1},
        {"sub": ""},
    ],
    ids=lambda one: next(iter(one)),
)
def test_a_token_that_is_not_for_this_sign_in_opens_nothing(
    closed: Home, provider: Provider, changed: dict[str, Any]
) -> None:
    link(closed, "anna", provider)
    provider.changed = changed
    visitor = Visitor(opened(closed))
    assert visitor.web.get(away(visitor)).status_code == 403
    assert visitor.web.get("/docs").status_code == 303


def test_a_token_of_another_key_opens_nothing(closed: Home, provider: Provider) -> None:
    link(closed, "anna", provider)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    visitor = Visitor(opened(closed))
    assert visitor.web.get(away(visitor)).status_code == 403


def test_a_way_back_that_another_browser_began_opens_nothing(closed: Home, provider: Provider) -> None:
    link(closed, "anna", provider)
    app = opened(closed)
    planted = away(Visitor(app))  # a thief's own sign-in, sent to a victim
    victim = Visitor(app)
    assert victim.web.get(planted).status_code == 403
    assert victim.web.get("/docs").status_code == 303


def test_the_way_back_leads_to_no_other_site_and_the_provider_sees_it_not(
    closed: Home, provider: Provider
) -> None:
    link(closed, "anna", provider)
    visitor = Visitor(opened(closed))
    sent = visitor.web.get("/login/oidc/", params={"next": "//evil.example"}).headers["location"]
    assert "evil" not in sent
    asked = parse_qs(urlsplit(sent).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["client_id"] == [CLIENT]
    assert SECRET not in sent
    back = httpx.get(sent, follow_redirects=False).headers["location"]
    answer = visitor.web.get(back)
    assert answer.headers["location"] == "/"


def test_a_silent_provider_is_said_in_words(
    tmp_path: Path, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = house(tmp_path / "silent", Provider(base="http://127.0.0.1:9"), monkeypatch, readers=False)
    answer = Visitor(opened(home)).web.get("/login/oidc/")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text


def test_the_secret_comes_from_the_environment(closed: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVBRIEF_OIDC_SECRET")
    with pytest.raises(EnvironmentProblem, match="GOVBRIEF_OIDC_SECRET"):
        opened(closed)
    for file in closed.root.rglob("*"):
        assert not file.is_file() or SECRET.encode() not in file.read_bytes()
