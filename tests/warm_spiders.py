"""Fetching processes for tests: forked from one that has read Scrapy and our spiders already.

A start takes five times as long as most crawls of a test, and the suite makes hundreds of them. What runs is
the product's own `crawlers.spiders.process`, in a process of its own with its own standard streams and files;
only the reading of modules is shared. Tests marked `kill` or with the fixture `cold_spiders`, and all that
start a command of their own, start it as a person does.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from select import select
from types import FrameType, SimpleNamespace
from typing import Any

ORDER = (sys.executable, "-m", "crawlers.spiders.process")
_READ = (  # what such a process reads, as it starts or while it fetches; none of it makes a reactor
    "crawlers.frontier", "crawlers.spiders.connect", "crawlers.spiders.process", "scrapy.core.engine",
    "scrapy.core.downloader.contextfactory", "scrapy.core.downloader.handlers.http11", "scrapy.logformatter",
    "scrapy.statscollectors", "scrapy.utils.request",
)  # fmt: skip
_made: list[Template] = []


class WarmProcess:
    """What `subprocess.Popen` is to its caller, as far as crawlers/fetching.py asks."""

    def __init__(
        self, args: Sequence[str], *, env: dict[str, str], pass_fds: Sequence[int] = (), **others: Any
    ) -> None:
        assert tuple(args) == ORDER
        read, write = os.pipe()
        out, answer = os.pipe()
        self._told, tell = os.pipe()
        self.stdin = os.fdopen(write, "w", encoding="utf-8")
        self.stdout = os.fdopen(out, encoding="utf-8")
        self.returncode: int | None = None
        order = json.dumps({"env": env, "cwd": os.getcwd()}).encode()
        socket.send_fds(_template().socket, [order], [read, answer, 2, tell, *pass_fds])
        for end in (read, answer, tell):
            os.close(end)
        self.pid = int(_line(self._told))

    def wait(self, timeout: float | None = None) -> int:
        """The exit code; TimeoutExpired as of subprocess."""
        if self.returncode is None:
            if timeout is not None and not select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(ORDER, timeout)
            said = _line(self._told)
            os.close(self._told)
            self.returncode = int(said) if said else -signal.SIGKILL
        return self.returncode

    def kill(self) -> None:
        """End it at once."""
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)


# Of the module `subprocess`, what crawlers/fetching.py uses.
IN_PLACE = SimpleNamespace(Popen=WarmProcess, PIPE=subprocess.PIPE, TimeoutExpired=subprocess.TimeoutExpired)


class Template:
    """The process that others are forked from; it ends when its socket closes, with whoever made it."""

    def __init__(self) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.warm_spiders", str(theirs.fileno())]
        root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        self.process = subprocess.Popen(
            command, pass_fds=(theirs.fileno(),), env={**os.environ, "PYTHONPATH": root}, cwd=root
        )
        theirs.close()


def _template() -> Template:
    if not _made or _made[0].process.poll() is not None:
        _made[:] = [Template()]
    return _made[0]


def _line(file: int) -> bytes:
    said = b""
    while not said.endswith(b"\n") and (more := os.read(file, 1)):
        said += more
    return said.strip()


def serve(handle: int) -> None:
    """Fork a fetching process for each order that comes in."""
    for name in _READ:
        import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, _reap)
    orders = socket.socket(fileno=handle)
    while True:
        message, files, _, _ = socket.recv_fds(orders, 1 << 20, 16)
        if not message:
            return
        if os.fork() == 0:
            orders.close()
            _become(json.loads(message), files)
        for file in files:
            os.close(file)


def _reap(number: int, frame: FrameType | None) -> None:
    """Processes tell their exit codes themselves; here they only must not stay as dead ones."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become(order: dict[str, Any], files: Sequence[int]) -> None:
    """In the fork: take over streams, surroundings and folder, and be the fetching process."""
    from crawlers.spiders.process import main

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    tell = files[3]
    os.write(tell, f"{os.getpid()}\n".encode())
    for place, file in enumerate(files[:3]):
        os.dup2(file, place)
        os.close(file)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    random.seed()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    code = 1
    try:
        code = main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(tell, f"{code}\n".encode())
        os._exit(code)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
