"""`govbrief serve`: the dashboards of one home."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import socket

from dashboard.commands.verb import Context, Verb
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home


def check_port(host: str, port: int) -> None:
    """Refuse early, before any work, when the dashboard could not listen there."""
    if not 0 <= port < 65536:
        raise UserError(f"--port {port} is no port; choose one from 1 to 65535, or 0 for any free one.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (
                "is in use"
                if error.errno == errno.EADDRINUSE
                else f"cannot be used ({os.strerror(error.errno or 0)})"
            )
            raise EnvironmentProblem(f"{host}:{port} {reason}; choose another port with --port.") from error


def serve_home(context: Context, home: Home, host: str, port: int) -> int:
    """Serve until Ctrl-C, which is the ordinary end."""
    _hush_streamlit()
    from dashboard.commands.jobs import worker
    from dashboard.server import serve

    check_port(host, port)
    context.console.say("The dashboard's address follows; Ctrl-C ends it.")
    with worker(home):
        serve(home, host, port)
    return 0


def _hush_streamlit() -> None:
    """Streamlit remarks at import that no page is being drawn yet, which is so and harms nothing."""
    caching = logging.getLogger("streamlit.runtime.caching.cache_data_api")
    caching.addFilter(lambda record: "No runtime found" not in record.getMessage())


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="address to listen on (default: the home's setting, 127.0.0.1)")
    parser.add_argument(
        "--port",
        type=int,
        help="port to listen on, 0 for any free one (default: the home's setting, 8501)",
    )


def _run(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    return serve_home(
        context,
        home,
        args.host or home.settings.serving.host,
        home.settings.serving.port if args.port is None else args.port,
    )


VERB = Verb(
    name="serve",
    help="Open the dashboards of the home in a web browser's reach, on 127.0.0.1 until told otherwise.",
    run=_run,
    arguments=_arguments,
    note="A new publication appears by itself; Ctrl-C ends the server.",
)
