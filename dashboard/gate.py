"""The gate every request passes: the host asked for, the paths there are, and the headers of every answer."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.addresses import PATHS

# Streamlit's own corners and ours; anything else is 404 here, because Streamlit would answer an unknown
# page with a dialogue that cannot be translated.
_OPEN_PREFIXES = (
    "/_stcore/",
    "/static/",
    "/media/",
    "/component/",
    "/gb/",
    "/archive/",
    "/report/",
    "/deadlines/",
    "/issue/",
    "/basket/",
    "/accession/",
    "/account/",
    "/login/",
    "/desk/drafts/",
)
_OPEN_PATHS = frozenset({*PATHS.values(), "/healthz", "/favicon.png", "/login", "/account"})

LARGEST_BODY = 4_000_000  # bytes of what a form or a script of ours sends; a long draft is a tenth of it
_LARGER = (  # bytes: Streamlit's own address for files, see server.maxUploadSize; a file handed in
    ("/_stcore/", 21_000_000),
    ("/accession/file", 51_000_000),
)
_TAKES_NO_BODY = ("GET", "HEAD", "OPTIONS")

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def page_policy(host: str) -> str:
    """The policy of the application: everything comes from this server, no script but its files.

    Styles may stand inline because Streamlit's components write theirs into the page.
    """
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; "
        f"font-src 'self' data:; connect-src 'self' ws://{host} wss://{host}; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )


class Gate:
    """ASGI middleware: refuses foreign host names (DNS rebinding) and unknown paths, adds the headers."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._names = _own_names(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, refuse or pass on one request."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("host", "")
        if not self._is_ours(asked):
            await _refuse(scope, receive, send, 421, "This server does not answer under that host name.")
        elif scope["type"] == "http" and not _exists(scope["path"]):
            await _refuse(scope, receive, send, 404, "没有这个页面。 There is no such page.  →  /")
        elif scope["type"] == "http" and (status := _refusal_of_body(scope)):
            await _refuse(scope, receive, send, status, "内容过大。 That is more than this server takes.")
        else:
            await self._app(scope, receive, _with_headers(send, asked))

    def _is_ours(self, asked: str) -> bool:
        try:
            name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self._names or _is_address(name)


def _own_names(host: str) -> frozenset[str]:
    return frozenset({"localhost", host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()})


def _is_address(name: str) -> bool:
    # A numeric address cannot be rebound to another machine by a foreign name server.
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _exists(path: str) -> bool:
    return path in _OPEN_PATHS or path.startswith(_OPEN_PREFIXES)


def _refusal_of_body(scope: Scope) -> int:
    """413 for a body that says it is larger than any of ours, 411 for one that does not say; else 0.

    The server beneath lets nobody send more than was said.
    """
    if scope["method"] in _TAKES_NO_BODY:
        return 0
    headers = Headers(scope=scope)
    said = headers.get("content-length", "0" if "transfer-encoding" not in headers else "")
    largest = next((most for begin, most in _LARGER if scope["path"].startswith(begin)), LARGEST_BODY)
    if not said.isdecimal():
        return 411
    return 413 if int(said[:20]) > largest else 0


def _with_headers(send: Send, asked: str) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _COMMON.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", page_policy(asked))
        await send(message)

    return send_with_headers


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    response = PlainTextResponse(sentence + "\n", status_code=status)
    await response(scope, receive, _with_headers(send, "localhost"))
