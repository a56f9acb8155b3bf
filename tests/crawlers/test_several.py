"""Claims about size and company: crawls at once share the frontier, and a long queue costs no memory."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from crawlers.fetching import module_environment
from crawlers.spiders.requests import found_detail
from tests.crawlers.loopback import HOST, Answer, Site, make_home, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import Entry

HOSTS = tuple(f"h{number}.example" for number in range(6))
FEW, MANY = 1_000, 50_000


class Busy(Site):
    """One server for several hosts that knows how many requests of each it is answering at once."""

    def __init__(self) -> None:
        super().__init__(10)
        self.asked: Counter[str] = Counter()
        self.most_at_once: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._lock = threading.Lock()

    def answer(self, path: str, headers: Any) -> Answer:
        """The site's answer, slow enough for others to come meanwhile."""
        host = headers["Host"]
        with self._lock:
            self.asked[f"{host}{path}"] += 1
            self._now[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self._now[host])
        time.sleep(0.01)
        with self._lock:
            self._now[host] -= 1
        return super().answer(path, headers)


def start(home: Home, places: dict[str, tuple[str, int]], *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.crawlers.crawl_worker", str(home.root), json.dumps(places), *more]
    return subprocess.Popen(command, env=module_environment(), stdout=subprocess.PIPE, text=True)


def test_three_crawls_at_once_ask_for_nothing_twice_and_share_no_host(tmp_path: Path) -> None:
    sources = {host.split(".")[0]: source_toml(host.split(".")[0], host) for host in HOSTS}
    home = make_home(tmp_path / "home", sources=sources)
    with Busy() as site:
        places = dict.fromkeys(HOSTS, site.resolve[HOST])
        crawls = [start(home, places, "--sources", *sources) for _ in range(3)]
        for one in crawls:
            one.communicate()
    details = {address: count for address, count in site.asked.items() if "/t2026" in address}
    assert len(details) == 60
    assert set(details.values()) == {1}
    assert set(site.most_at_once.values()) == {1}
    with CrawlState.open(home) as state:
        assert len({run.run_id for run in state.runs()}) == 3


@pytest.mark.slow
def test_fifty_thousand_queued_addresses_cost_no_more_memory_than_a_thousand(tmp_path: Path) -> None:
    """About 15 seconds: the peak of the fetching process, with 100 documents fetched of either queue."""
    peaks = []
    with Site(100) as site:
        for queued in (FEW, MANY):
            home = make_home(tmp_path / str(queued))
            with CrawlState.open(home) as state:
                numbers = range(1000, 1000 + queued)
                found = [found_detail(Entry(site.url(0).replace("_0.", f"_{n}."), "题")) for n in numbers]
                state.frontier.discover("prueba", found, home.clock.now())
                state.frontier.postpone("prueba", home.clock.now())
            said, _ = start(home, site.resolve, "--memory", "--max-documents", "100").communicate()
            peaks.append(int(said))
    assert peaks[1] < peaks[0] * 1.1
