"""`govbrief serve`: the dashboards as one ASGI application on one port."""

from __future__ import annotations

import errno
import gc
import ipaddress
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from dashboard.accession.routes import accession_routes
from dashboard.accounts.doors import Doors
from dashboard.accounts.oidc import oidc_routes
from dashboard.accounts.routes import account_routes
from dashboard.archived_copy import archive_routes
from dashboard.archived_pair import pair_routes
from dashboard.basket.routes import basket_routes
from dashboard.deadlines.routes import deadline_routes
from dashboard.editor.routes import editor_routes
from dashboard.frame import reader_language
from dashboard.gate import Gate
from dashboard.issuing.routes import issue_routes
from dashboard.looks import THEME
from dashboard.report.route import report_routes
from dashboard.shell import shell_routes
from dashboard.words import say
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home
from warehouse.publication import Publication

_LOG = logging.getLogger("govbrief.dashboard")
_SETTINGS: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.showSidebarNavigation": False,
    "global.developmentMode": False,
    "logger.level": "warning",
    "logger.hideWelcomeMessage": True,
    # A page makes little that only the collector can free; looking through all objects after each page took
    # two thirds of its time. Python's own collector runs as ever (docs/decisions/0012-streamlit-asgi.md).
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 20,
    "server.enableStaticServing": False,
    "ui.hideTopBar": True,
}


def serve(home: Home, host: str, port: int) -> None:
    """Serve the home until SIGINT or SIGTERM; EnvironmentProblem when the port cannot be had.

    Port 0 takes a free one; the address is printed once the server listens.
    """
    _refuse_open_house(home, host)
    listener = _listen(host, port)
    with listener:
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        app = build_app(home, host)
        gc.collect()
        gc.freeze()  # what is loaded by now stays: the collector need not look at it again
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=3,
                ws="websockets-sansio",
                proxy_headers=home.settings.serving.proxy,  # else anybody could name another address
            )
        )
        if threading.current_thread() is threading.main_thread():
            # uvicorn raises the signal it caught once more after it has shut down; then it means nothing.
            signal.signal(signal.SIGTERM, _already_stopped)
        print(f"govbrief: {home.root}", file=sys.stderr)
        print(address, flush=True)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            print("govbrief: stopped.", file=sys.stderr)


def build_app(home: Home, host: str) -> st.App:
    """The application for one home: gate, first page, archived copies, health, and Streamlit's pages."""
    os.environ["GOVBRIEF_HOME"] = str(home.root)  # where dashboard/frame.py looks
    config.get_config_options(force_reparse=True, options_from_flags={**_SETTINGS, **THEME})
    logging.getLogger("streamlit").setLevel(logging.WARNING)

    def healthz(_request: Request) -> Response:
        publication = Publication.current(home)
        return JSONResponse(
            {"status": "ok", "publication": publication.publication_id if publication else None},
            headers={"Cache-Control": "no-store"},
        )

    single, pair = archive_routes(home), pair_routes(home)
    files = deadline_routes(home)
    routes = [
        Route("/healthz", healthz),
        *oidc_routes(home),
        *account_routes(home),
        *pair,
        *single,
        *report_routes(home),
        *issue_routes(home),
        *basket_routes(home),
        *accession_routes(home),
        *editor_routes(home),
        *files,
        *shell_routes(home.settings.place.language),
    ]
    script = Path(__file__).with_name("app.py")
    middleware = [Middleware(Gate, host=host), Middleware(Doors, home=home)]
    return st.App(script, routes=routes, middleware=middleware, on_script_error=_tell)


def _tell(error: Exception) -> bool:
    """One sentence and a reference for the reader; the trace goes to the log."""
    reference = secrets.token_hex(4)
    _LOG.error("Page failed, reference %s", reference, exc_info=error)
    st.error(say(reader_language(), "error.page", reference=reference))
    return True


def _refuse_open_house(home: Home, host: str) -> None:
    """Without accounts whoever reaches the server may do everything: it stays on this machine."""
    use = home.settings.accounts
    if use.mode == "single" and not use.open and not _is_loopback(host):
        raise UserError(
            f"Without accounts the dashboard is served on this machine only, not on {host}: turn accounts on"
            ' ([accounts] mode = "local" in govbrief.toml, then govbrief user add NAME --role administrator),'
            " or write [accounts] open = true if everybody who reaches it may change everything."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise EnvironmentProblem(
                f"Port {port} on {host} is in use; choose another with --port."
            ) from error
        raise EnvironmentProblem(
            f"{host}:{port} cannot be listened on ({error.strerror}); choose another with --host and --port."
        ) from error
    listener.setblocking(False)
    return listener


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _already_stopped(_signal: int, _frame: FrameType | None) -> None:
    return None
