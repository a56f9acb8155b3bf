"""Without a session nothing opens, with too low a role nothing changes: asked of every route there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from starlette.routing import Route
from starlette.websockets import WebSocketDisconnect

from dashboard.accounts.doors import OPEN
from dashboard.addresses import PATHS
from dashboard.gate import LARGEST_BODY
from tests.accounts.conftest import HOST, Visitor

SignedIn = Callable[[str], Visitor]
FILES = ("/media/x.png", "/static/x.js", "/_stcore/health", "/_stcore/host-config", "/component/x/y.js")
OWN = ("/account/password", "/account/leave")  # every role's own affairs
CLIMBS = (
    "../../govbrief.toml",
    "..%2f..%2fgovbrief.toml",
    "%2e%2e%2f%2e%2e%2fgovbrief.toml",
    "..%5c..%5cgovbrief.toml",
    "..%c0%af..%c0%afgovbrief.toml",
    "....//....//desk.sqlite",
    "%2fetc%2fpasswd",
    "%00",
    "x" * 3000,
)


def routes(app: Any, method: str) -> Iterator[tuple[str, Route]]:
    """The addresses that take a method, with something in the place of each parameter."""
    for route in app.routes:
        if isinstance(route, Route) and method in (route.methods or ()) and not route.path.startswith("/gb/"):
            named = dict.fromkeys(route.param_convertors, "1")
            address, left = route.path, dict(named)
            for name, convertor in route.param_convertors.items():
                kind = type(convertor).__name__.removesuffix("Convertor").lower()
                for form in (f"{{{name}}}", f"{{{name}:int}}", f"{{{name}:path}}", f"{{{name}:{kind}}}"):
                    if form in address:
                        address = address.replace(form, left[name])
            assert "{" not in address, route.path
            yield address, route


def test_every_route_is_closed_without_a_session(app: Any, visitor: Visitor) -> None:
    asked = [address for address, _ in routes(app, "GET") if address not in OPEN]
    assert len(asked) > 20
    assert set(PATHS.values()) <= set(asked)
    for address in asked:
        answer = visitor.web.get(address)
        assert answer.status_code in (303, 401), address
        if answer.status_code == 303:
            assert answer.headers["location"] == f"/login?next={quote(address, safe='')}"
    for path in PATHS.values():
        assert visitor.web.get(path).status_code == 303


@pytest.mark.parametrize("path", FILES)
def test_files_and_answers_are_refused_without_a_session(visitor: Visitor, path: str) -> None:
    assert visitor.web.get(path).status_code == 401


def test_the_socket_is_refused_without_a_session(visitor: Visitor) -> None:
    with pytest.raises(WebSocketDisconnect), visitor.web.websocket_connect(f"ws://{HOST}/_stcore/stream"):
        pass


def test_what_signing_in_needs_stays_open(visitor: Visitor) -> None:
    assert visitor.web.get("/login").status_code == 200
    assert visitor.web.get("/healthz").status_code == 200
    assert visitor.web.get("/gb/style.css").status_code == 200
    assert visitor.web.get("/gb/../desk.sqlite").status_code in (303, 401, 404)


def test_every_post_is_refused_without_a_session(app: Any, visitor: Visitor) -> None:
    asked = [address for address, _ in routes(app, "POST") if address != "/login"]
    assert len(asked) > 8
    for address in asked:
        assert visitor.web.post(address, data={"token": "x"}).status_code in (401, 403), address


def test_every_post_needs_the_token_of_its_session(app: Any, signed_in: SignedIn) -> None:
    boss, other = signed_in("administrator"), signed_in("analyst")
    for address, _ in routes(app, "POST"):
        if address == "/login":
            continue
        for given in ({}, {"token": ""}, {"token": "0" * 64}, {"token": other.token()}):
            assert boss.web.post(address, data=given).status_code == 403, (address, given)


def test_every_post_from_another_site_is_refused_also_with_the_token(app: Any, signed_in: SignedIn) -> None:
    boss = signed_in("administrator")
    right = {"token": boss.token()}
    for address, _ in routes(app, "POST"):
        if address == "/login":
            continue
        for header in (
            {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"http://{HOST}.evil.example"},
            {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        ):  # fmt: skip
            answer = boss.web.post(
                address, data=right, headers={**header, "X-Govbrief-Token": right["token"]}
            )
            assert answer.status_code == 403, (address, header)
    assert boss.web.get("/account").status_code == 200  # nobody was signed out


def test_a_reader_posts_nothing_that_others_see(app: Any, signed_in: SignedIn) -> None:
    reader = signed_in("reader")
    token = reader.token()
    for address, _ in routes(app, "POST"):
        if address in ("/login", *OWN):
            continue
        answer = reader.web.post(address, data={"token": token}, headers={"X-Govbrief-Token": token})
        assert answer.status_code == 403, address


def test_no_address_leads_out_of_its_folder(app: Any, signed_in: SignedIn) -> None:
    boss = signed_in("administrator")
    asked = 0
    for route in app.routes:
        if not isinstance(route, Route) or "{" not in route.path or "GET" not in (route.methods or ()):
            continue
        stem = route.path.partition("{")[0]
        for climb in CLIMBS:
            answer = boss.web.get(f"http://{HOST}{stem}{climb}")
            asked += 1
            assert 300 <= answer.status_code < 500, (stem, climb, answer.status_code)
            for secret in ("[accounts]", "SQLite format", "root:x:", "[place]"):
                assert secret not in answer.text, (stem, climb)
    assert asked > 5 * len(CLIMBS)


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(app: Any, signed_in: SignedIn) -> None:
    boss = signed_in("administrator")
    large = b"token=" + b"x" * (LARGEST_BODY + 1)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    def pieces() -> Iterator[bytes]:  # sent without a length
        yield b"token="
        for _ in range(LARGEST_BODY // 65536 + 2):
            yield b"x" * 65536

    for address, _ in routes(app, "POST"):
        said = {"Content-Length": "51000001"} if address == "/accession/file" else {}  # takes a file
        assert boss.web.post(address, content=large, headers=kind | said).status_code == 413, address
        assert boss.web.post(address, content=pieces(), headers=kind).status_code == 411, address


def test_an_upload_has_a_limit(app: Any) -> None:
    from streamlit import config

    assert config.get_option("server.maxUploadSize") <= 20
