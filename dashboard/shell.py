"""The page a browser loads first: Streamlit's own, in the reader's language, with our style and script."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.addresses import PATHS
from dashboard.words import chosen_language, say

_ASSETS = {
    "style.css": "text/css; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "editor.css": "text/css; charset=utf-8",
    "editor.js": "text/javascript; charset=utf-8",
    "icon.png": "image/png",
}
_HTML_LANGUAGE = {"zh": "zh-CN", "en": "en"}
_DROPPED = (
    r"<link\s+rel=\"preload\"[^>]*SourceSans[^>]*>",  # our faces are the reader's own
    r"<script>\s*window\.prerenderReady = false\s*</script>",  # inline script, which our policy forbids
    r"<link rel=\"service-desc\"[^>]*>",
    r"<!--.*?-->",
)


def shell_routes(home_language: str) -> list[BaseRoute]:
    """Routes of the first page under every page's path, of our assets and of the icon."""

    async def first_page(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home_language)
        return HTMLResponse(shell(language), headers={"Cache-Control": "no-cache"})

    async def asset(request: Request) -> Response:
        name = request.path_params.get("name", "icon.png")
        if name not in _ASSETS:
            return Response(status_code=404)
        return Response(
            _read(name), media_type=_ASSETS[name], headers={"Cache-Control": "public, max-age=86400"}
        )

    pages: list[BaseRoute] = [Route(path, first_page) for path in PATHS.values()]
    return [*pages, Route("/gb/{name}", asset), Route("/favicon.png", asset)]


@cache
def shell(language: str) -> str:
    """Streamlit's index page with language, title, style and script put in."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    for pattern in _DROPPED:
        page = re.sub(pattern, "", page, flags=re.DOTALL)
    page = re.sub(r'<html lang="[^"]*">', f'<html lang="{_HTML_LANGUAGE[language]}">', page)
    page = re.sub(r"<title>.*?</title>", f"<title>{say(language, 'site.name')}</title>", page)
    head = (
        f'<link rel="stylesheet" href="/gb/style.css?{_mark("style.css")}">'
        f'<script defer src="/gb/app.js?{_mark("app.js")}"></script></head>'
    )
    return page.replace("</head>", head, 1)


def asset(name: str) -> str:
    """The address of one of our files; it changes with the file, so that no browser shows an old one."""
    return f"/gb/{name}?{_mark(name)}"


@cache
def _read(name: str) -> bytes:
    return resources.files("dashboard").joinpath("assets", name).read_bytes()


def _mark(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:10]
