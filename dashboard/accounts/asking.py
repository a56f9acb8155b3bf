"""Who asks: the account behind a request, and whether one that changes something comes from our page."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response

from warehouse.desk import Desk
from warehouse.desk.accounts.sessions import Session
from warehouse.desk.people import Account
from warehouse.desk.roles import reaches
from warehouse.home import Home

COOKIE = "govbrief-session"
HEADER, FIELD = "x-govbrief-token", "token"
LARGEST_FORM = 4_000_000  # bytes of a form of ours
ALONE = secrets.token_urlsafe(32)  # in single-user mode: what this process makes the tokens of forms with


def may(account: Account, role: str) -> bool:
    """Whether the account reaches a role."""
    return account.state == "active" and reaches(account.role, role)


def account_of(request: HTTPConnection, home: Home) -> Account | None:
    """The account that asks; None without a session where accounts are on."""
    if home.settings.accounts.mode == "single":
        return desk_of(home).current_user()
    found = session_of(request.cookies, home)
    return found.account if found else None


def session_of(cookies: Mapping[str, str], home: Home) -> Session | None:
    """The open session that the browser's cookie names."""
    token = cookies.get(COOKIE, "")
    if not 20 <= len(token) <= 100:
        return None
    return desk_of(home).sessions.find(token, home.settings.accounts.idle_hours)


def token_for(request: HTTPConnection, home: Home) -> str:
    """What a form of ours must send along; another site cannot know it."""
    return form_token(request.cookies, home)


def form_token(cookies: Mapping[str, str], home: Home) -> str:
    """The same for the cookies of a browser; "" without a session where accounts are on."""
    if home.settings.accounts.mode == "single":
        return token_of(ALONE)
    found = session_of(cookies, home)
    return token_of(found.secret) if found else ""


def token_of(secret: str) -> str:
    """The same for who has looked at the session already."""
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()


def posted_by(request: Request, home: Home, role: str) -> Account | Response:
    """The account that may make this change, or the answer that refuses it.

    Looked at are the session, its role, that the request comes from a page of this server, and the token in
    the header `X-Govbrief-Token`, else in the form field `token` (the body must have been read before).
    """
    account = posted_form(request, home, request.headers.get(HEADER) or _field(request))
    if isinstance(account, Account) and (not may(account, role) or account.must_change):
        return _refused(403, f"This needs the role {role}. 需要的角色：{role}。")
    return account


def posted_form(request: Request, home: Home, token: str) -> Account | Response:
    """The account behind a form of ours with its token, whatever its role; else the answer that refuses."""
    account = account_of(request, home)
    if account is None:
        return _refused(401, "Please sign in. 请先登录。")
    if not is_from_here(request):
        return _refused(403, "This request came from another site. 请求来自其他网站。")
    wanted = token_for(request, home)
    if not wanted or not hmac.compare_digest(token.encode("utf-8", "replace"), wanted.encode()):
        return _refused(403, "This form is out of date; load its page again. 表单已过期，请重新打开页面。")
    return account


def begun_session(request: Request, home: Home, name: str, answer: Response) -> Response:
    """Open a session for the account and give the browser its token; one that it had before ends."""
    sessions, use = desk_of(home).sessions, home.settings.accounts
    old = request.cookies.get(COOKIE, "")
    if old:
        sessions.end(old)
    answer.set_cookie(
        COOKIE, sessions.begin(name, use.session_hours), max_age=int(use.session_hours * 3600), path="/",
        httponly=True, samesite="lax", secure=use.secure or request.url.scheme == "https",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def is_from_here(request: HTTPConnection) -> bool:
    """Whether neither Sec-Fetch-Site nor Origin speaks of another site.

    A form of ours has the origin `null`, since our pages send no referrer; then the browser's own
    Sec-Fetch-Site must say that it comes from here.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    if origin == "null":
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _field(request: Request) -> str:
    """The form field `token` of a body that was read already; "" when there is none."""
    form = getattr(request, "_form", None)
    if form is not None:
        return str(form.get(FIELD) or "")
    body = getattr(request, "_body", b"")
    if not body or len(body) > LARGEST_FORM or "urlencoded" not in request.headers.get("content-type", ""):
        return ""
    found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=200).get(FIELD)
    return found[0] if found else ""


@lru_cache(maxsize=4)
def _desk(root: str, _file: str) -> Desk:
    return Desk.open(Home.open(Path(root)))


def desk_of(home: Home) -> Desk:
    """The desk of a home, opened once in this process."""
    return _desk(str(home.root), str(home.desk_file))


def _refused(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence + "\n", status_code=status, headers={"Cache-Control": "no-store"})
