"""The two servers of the benchmark, each a process of its own: a home as served, and an empty page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import EnvironmentProblem
from warehouse.home import Home

_EMPTY = Path(__file__).with_name("empty.py")
_WAITS = 300
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its address and its process."""

    base: str
    process: subprocess.Popen[bytes]

    def memory_mb(self, name: str = "VmRSS") -> int:
        """Megabytes it holds now, or at most held (`VmHWM`); 0 where /proc tells nothing."""
        try:
            status = (_PROC / str(self.process.pid) / "status").read_text(encoding="utf-8")
        except OSError:
            return 0
        found = (line.split()[1] for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(next(found, "0")) // 1024


@contextmanager
def served(home: Home) -> Iterator[Running]:
    """The home as `govbrief serve` serves it."""
    port = _free_port()
    command = [sys.executable, "-m", "dashboard.commands.main", "--home", str(home.root), "serve"]
    with _running([*command, "--port", str(port)], port, "/healthz") as running:
        yield running


@contextmanager
def empty() -> Iterator[Running]:
    """A Streamlit server with nothing but an empty page."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(_EMPTY), "--server.port", str(port)]
    quiet = ("--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none",
             "--browser.gatherUsageStats", "false")  # fmt: skip
    with _running([*command, *quiet], port, "/_stcore/health") as running:
        yield running


@contextmanager
def _running(command: list[str], port: int, health: str) -> Iterator[Running]:
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    running = Running(f"http://127.0.0.1:{port}", process)
    try:
        _wait(running, health)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(running: Running, health: str) -> None:
    for _ in range(_WAITS):
        if running.process.poll() is not None:
            code = running.process.returncode
            raise EnvironmentProblem(
                f"The server of the benchmark ended with code {code} before it answered."
            )
        try:
            with urllib.request.urlopen(running.base + health, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise EnvironmentProblem(f"The server of the benchmark did not answer at {running.base}.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
