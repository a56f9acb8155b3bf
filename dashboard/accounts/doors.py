"""The doors before every page, file, socket and answer where accounts are on; ASGI middleware."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.accounts.asking import session_of
from dashboard.accounts.sockets import watched
from dashboard.addresses import PATHS
from warehouse.home import Home

OPEN = frozenset({"/login", "/healthz", "/favicon.png"})
_OPEN_PREFIXES = ("/gb/", "/login/")  # what the page for signing in needs; the way to a provider and back
_OWN = "/account"  # where somebody with a password of another's choosing may go
_PAGES = ("/archive/", "/desk/", "/issue/")  # beside PATHS, what people open in a browser


class Doors:
    """Lets in whom an open session names; the rest is sent to sign in, or refused where nobody reads."""

    def __init__(self, app: ASGIApp, home: Home) -> None:
        self._app = app
        self._home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse or pass on one request."""
        on = self._home.settings.accounts.mode != "single"
        if not on or scope["type"] not in ("http", "websocket") or _is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        session = await run_in_threadpool(session_of, asked.cookies, self._home)
        is_own = scope["path"] == _OWN or scope["path"].startswith(_OWN + "/")
        if session is not None and (not session.account.must_change or is_own):
            if scope["type"] == "websocket":
                receive = watched(receive, lambda: self._still_in(asked))
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before accepting: 403
        else:
            where = "/login" if session is None else _OWN
            await _answer(scope, where)(scope, receive, send)

    def _still_in(self, asked: HTTPConnection) -> bool:
        session = session_of(asked.cookies, self._home)
        return session is not None and not session.account.must_change


def _is_open(path: str) -> bool:
    return path in OPEN or path.startswith(_OPEN_PREFIXES)


def _answer(scope: Scope, where: str) -> Response:
    """To the page for signing in, and back to what was asked; files and answers are refused."""
    path = scope["path"]
    is_page = path in PATHS.values() or path == _OWN or path.startswith(_PAGES)
    if scope["method"] not in ("GET", "HEAD") or not is_page:
        return PlainTextResponse("Please sign in. 请先登录。\n", 401, headers={"Cache-Control": "no-store"})
    query = scope.get("query_string", b"").decode("latin-1")
    asked = path + (f"?{query}" if query else "")
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(f"{where}?next={quote(asked, safe='')}", 303, headers=headers)


def back_to(asked: str | None) -> str:
    """The page of this server that somebody wanted before signing in; "/" for anything else.

    `//host`, `/\\host`, schemes and control characters would lead to another server.
    """
    wanted = asked or "/"
    fits = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    if not fits or "\\" in wanted or len(wanted) > 2000:
        return "/"
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc and parts.path not in OPEN else "/"
