"""Signing in and out: no session is fixed, guessed, left behind or sent elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard.accounts.asking import COOKIE
from dashboard.accounts.doors import back_to
from tests.accounts.conftest import HOST, PASSWORD, Visitor, hidden, opened
from warehouse.desk import LOCAL, Desk
from warehouse.home import Home

FOREIGN = (
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example",
    "https:evil.example", "javascript:alert(1)", "/\t/evil.example", "/\n//evil.example", "evil.example",
    "data:text/html,x", "/login?next=//evil.example", "/%0d%0aSet-Cookie:x=1\r\n", "@evil.example", "",
)  # fmt: skip


@pytest.fixture
def own_app(own_home: Home, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The application over a home of this test's own."""
    monkeypatch.setenv("GOVBRIEF_HOME", str(own_home.root))
    return opened(own_home)


def test_signing_in_leads_back_to_the_asked_page(app: Any) -> None:
    visitor = Visitor(app)
    asked = "/docs?s=%E5%85%BB%E8%80%81&p=2"
    sent = visitor.web.get(asked).headers["location"]
    page = visitor.web.get(sent)
    answer = visitor.web.post("/login", data=hidden(page.text) | {"name": "rita", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, asked)
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE + "="))
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()
    assert visitor.web.get(asked).status_code == 200
    assert visitor.web.get(asked).status_code == 200  # F5


@pytest.mark.parametrize("foreign", FOREIGN)
def test_nobody_is_sent_to_another_site(app: Any, foreign: str) -> None:
    assert back_to(foreign) == "/"
    answer = Visitor(app).sign_in("rita", back=foreign)
    assert answer.headers["location"] == "/"


def test_a_session_from_before_signing_in_is_worth_nothing_after_it(app: Any) -> None:
    visitor = Visitor(app)
    planted = "planted-by-somebody-else-0123456789"
    visitor.web.cookies.set(COOKIE, planted, domain=f"{HOST}.local", path="/")
    visitor.sign_in("rita")
    held = [one.value for one in visitor.web.cookies.jar if one.name == COOKIE and one.value != planted]
    assert len(held) == 1
    thief = Visitor(app)
    thief.web.cookies.set(COOKIE, planted)
    assert thief.web.get("/").status_code == 303


def test_signing_in_again_ends_the_session_before(app: Any) -> None:
    visitor = Visitor(app)
    visitor.sign_in("rita")
    first = visitor.web.cookies[COOKIE]
    page = Visitor(app)
    page.web.cookies.set(COOKIE, first)
    assert page.web.get("/").status_code == 200
    token = visitor.token()
    visitor.web.post("/account/leave", data={"token": token})
    assert page.web.get("/").status_code == 303  # at once, everywhere


def test_signing_out_needs_the_token(app: Any) -> None:
    visitor = Visitor(app)
    visitor.sign_in("rita")
    assert visitor.web.post("/account/leave", data={}).status_code == 403
    assert visitor.web.get("/account/leave").status_code in (404, 405)
    assert visitor.web.get("/").status_code == 200


def test_the_form_for_signing_in_cannot_be_sent_by_another_site(app: Any) -> None:
    visitor = Visitor(app)
    fields = {"name": "rita", "password": PASSWORD}
    assert visitor.web.post("/login", data=fields).status_code == 403  # no form was loaded
    page = visitor.web.get("/login")
    told = hidden(page.text) | fields
    foreign = {"Origin": "http://evil.example"}
    assert visitor.web.post("/login", data=told, headers=foreign).status_code == 403
    assert Visitor(app).web.post("/login", data=told).status_code == 403  # another browser's form
    assert visitor.web.post("/login", data=told).status_code == 303


def test_the_page_for_signing_in_runs_no_script_and_escapes_what_was_typed(app: Any) -> None:
    visitor = Visitor(app)
    answer = visitor.sign_in('"><script>alert(1)</script>', "wrong")
    assert answer.status_code == 401
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "no-store" in answer.headers["cache-control"]


def test_wrong_name_and_wrong_password_are_told_alike(own_app: Any) -> None:
    known = Visitor(own_app).sign_in("rita", "wrong password")
    unknown = Visitor(own_app).sign_in("nobody", "wrong password")
    assert (known.status_code, unknown.status_code) == (401, 401)
    assert _told(known) == _told(unknown)


def _told(answer: Any) -> str:
    return str(answer.text).partition('role="alert">')[2].partition("<")[0]


def test_the_sixth_wrong_password_in_five_minutes_is_refused_also_when_right(
    own_app: Any, own_home: Home
) -> None:
    visitor = Visitor(own_app)
    for _ in range(5):
        assert visitor.sign_in("anna", "wrong").status_code == 401
    assert visitor.sign_in("anna").status_code == 429
    assert visitor.sign_in("rita").status_code == 303  # nobody else is kept out
    again = Visitor(opened(own_home))  # a restart forgets nothing
    assert again.sign_in("anna").status_code == 429


def test_many_guesses_at_once_are_counted_before_they_are_looked_at(own_app: Any) -> None:
    def guess(_: int) -> int:
        return int(Visitor(own_app).sign_in("anna", "wrong").status_code)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(12)))
    assert answers.count(401) == 5
    assert answers.count(429) == 7


def test_a_closed_account_is_out_at_once(own_app: Any, own_home: Home) -> None:
    visitor = Visitor(own_app)
    visitor.sign_in("anna")
    assert visitor.web.get("/account").status_code == 200
    with Desk.open(own_home) as desk:
        desk.accounts.set_state("anna", "disabled", LOCAL)
    assert visitor.web.get("/account").status_code == 303
    assert visitor.sign_in("anna").status_code == 401


def test_a_lowered_role_holds_at_once(own_app: Any, own_home: Home) -> None:
    visitor = Visitor(own_app)
    visitor.sign_in("anna")
    token = visitor.token()
    with Desk.open(own_home) as desk:
        desk.accounts.set_role("anna", "reader", LOCAL)
    answer = visitor.web.post("/desk/drafts/new", data={"token": token})
    assert answer.status_code in (401, 403)


def test_a_password_of_anothers_choosing_is_changed_first(own_app: Any, own_home: Home) -> None:
    from dashboard.accounts.passwords import hashed

    with Desk.open(own_home) as desk:
        desk.accounts.set_password("anna", hashed("given by the office 7"), LOCAL, must_change=True)
    visitor = Visitor(own_app)
    assert visitor.sign_in("anna", "given by the office 7").status_code == 303
    assert visitor.web.get("/docs").headers["location"].startswith("/account?")
    fields = {"token": visitor.token(), "old": "given by the office 7", "new": PASSWORD, "again": PASSWORD}
    before = visitor.web.cookies[COOKIE]
    assert visitor.web.post("/account/password", data=fields | {"again": "x"}).status_code == 400
    assert visitor.web.post("/account/password", data=fields | {"old": "x"}).status_code == 403
    assert visitor.web.post("/account/password", data=fields).status_code == 303
    assert visitor.web.get("/docs").status_code == 200
    assert visitor.web.cookies[COOKIE] != before


def test_local_never_signs_in(own_app: Any) -> None:
    for password in ("", "local", PASSWORD):
        assert Visitor(own_app).sign_in("local", password).status_code == 401


def test_the_cookie_is_secure_where_the_proxy_speaks_https(own_app: Any) -> None:
    visitor = Visitor(own_app)
    visitor.web.base_url = f"https://{HOST}"
    answer = visitor.sign_in("rita")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE + "="))
    assert "secure" in cookie.lower()
    assert urlsplit(answer.headers["location"]).netloc == ""
