"""What all tests share: no real home, no network but loopback, fast tests first, recorded pages if there."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.copying import copied
from tests.warm_spiders import IN_PLACE
from warehouse.clock import FixedClock
from warehouse.home import Home

os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")  # pages run outside a server say so often

# Processes that tests start read our modules compiled, also where the surroundings forbid to keep them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LATER = ("slow", "realdata", "kill", "browser")  # the order in which the long tests follow the fast ones
NOW = "2026-06-01T08:00:00+08:00"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first, so that an ordinary mistake shows at once; the longest first where several work."""

    def place(item: pytest.Item) -> int:
        return max(
            (LATER.index(mark.name) + 1 for mark in item.iter_markers() if mark.name in LATER), default=0
        )

    several = os.environ.get("PYTEST_XDIST_WORKER") is not None
    items.sort(key=place, reverse=several)


def pytest_collection_finish() -> None:
    """What was read so far stays; Streamlit has all memory looked through after each run of a page."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the person's home, and none talks to a host that is not this machine."""
    monkeypatch.delenv("GOVBRIEF_HOME", raising=False)
    connect = socket.socket.connect

    def only_loopback(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
            raise AssertionError(f"a test tried to reach {address[0]}; only loopback is allowed")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture(scope="session", autouse=True)
def _warm_spiders() -> Iterator[None]:
    """Crawls of this process fetch in processes forked from a warm one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawlers.fetching.subprocess", IN_PLACE)
        yield


@pytest.fixture
def cold_spiders(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test about how processes start or end starts each as a person does; marked `kill`, all do."""
    monkeypatch.setattr("crawlers.fetching.subprocess", subprocess)


@pytest.fixture
def warm_spiders(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test marked `kill` that starts what it kills by itself: its other crawls may fork."""
    monkeypatch.setattr("crawlers.fetching.subprocess", IN_PLACE)


@pytest.fixture(autouse=True)
def _kills_are_of_cold_spiders(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("kill") is not None:
        request.getfixturevalue("cold_spiders")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture
def clock() -> FixedClock:
    """The sample province's first morning, standing still."""
    return FixedClock(datetime.fromisoformat(NOW))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home with a standing clock."""
    return Home.create(tmp_path / "home", f'[clock]\nnow = "{NOW}"\n[place]\nregion = "云河省"\n')


@pytest.fixture(scope="session")
def untouched_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with its first publication that nobody opens; `fresh` is a copy of it."""
    from tests.dashboard.publication_fixture import library, publish_first

    folder = tmp_path_factory.mktemp("untouched")
    publish_first(library(folder))
    return folder


@pytest.fixture
def fresh(tmp_path: Path, untouched_library: Path) -> Home:
    """A library with its first publication that a test may change."""
    return Home.open(copied(untouched_library, tmp_path / "library"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The recorded pages and documents; tests that need them skip with this reason when they are absent."""
    folder = Path(os.environ.get("GOVBRIEF_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"../shared/data is absent: no folder {folder} (set GOVBRIEF_SHARED_DATA)")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; tests that need it skip where there is none.

    One for all rooms: a process can hold Playwright only once.
    """
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
