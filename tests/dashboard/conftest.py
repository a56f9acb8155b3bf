"""What the dashboard tests share: a published library, a page runner, a served library and a browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.testing.v1 import AppTest

from tests.dashboard.papers import DAY_ZERO
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk.people import Account
from warehouse.home import Home

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "dashboard" / "app.py"

Open = Callable[..., AppTest]
READER = Account("local", "reader", DAY_ZERO)  # for frames that tests make: it is offered no changes


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library with its first publication; tests only read it."""
    home = library(tmp_path_factory.mktemp("published"))
    publish_first(home)
    return home


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Each run of a page would look through all installed packages for components, ten times its own cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan_component_manifests))
        yield


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Run one page of a home as Streamlit would, without a browser."""

    def run(home: Home | None, page: str = "today", **parameters: str) -> AppTest:
        if home is not None:
            monkeypatch.setenv("GOVBRIEF_HOME", str(home.root))
        at = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in parameters.items():
            at.query_params[name] = value
        if page != "today":
            at.run()
            for name, value in parameters.items():
                at.query_params[name] = value
            at.switch_page(f"app_pages/{page}.py")
        at.run()
        assert not at.exception, at.exception[0].value
        return at

    return run


def html_of(at: AppTest) -> str:
    """All HTML of a page, one string, without the marks of language: test_english_pages looks at those."""
    return re.sub(r'<span lang="(?:zh-CN|en)">([^<]*)</span>', r"\1", marked_html_of(at))


def marked_html_of(at: AppTest) -> str:
    """All HTML of a page as it is sent."""
    return "\n".join(str(one.value) for one in at.get("html"))


class Served:
    """A home served by a process of its own, as `govbrief serve` does it."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        program = (
            "import sys; from pathlib import Path; from dashboard.server import serve;"
            "from warehouse.home import Home;"
            "serve(Home.open(Path(sys.argv[1])), '127.0.0.1', int(sys.argv[2]))"
        )
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, str(home.root), str(self.port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._wait()

    def get(self, path: str, host: str | None = None) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of one request."""
        request = urllib.request.Request(self.base + path, headers={"Host": host} if host else {})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, _lower(answer.headers), answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, _lower(error.headers), error.read().decode("utf-8", "replace")

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """Ask the process to end and return its exit code; it is killed when it does not."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        finally:
            for pipe in (self.process.stdout, self.process.stderr):
                if pipe:
                    pipe.close()

    def _wait(self) -> None:
        for _ in range(300):
            if self.process.poll() is not None:
                raise AssertionError(self.process.communicate()[1])
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not answer")


@pytest.fixture
def serve() -> Iterator[Callable[[Home], Served]]:
    """Serve homes; every server ends with its test."""
    started: list[Served] = []

    def start(home: Home) -> Served:
        started.append(Served(home))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
