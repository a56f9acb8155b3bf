"""`govbrief bench crawl`: our frontier, robots gate and archive beside bare Scrapy on the same pages.

Both sides fetch the same lists and pages from one server process, through one connection to each of eight
loopback hosts, in turns; the figure is the ratio of the medians.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from crawlers.fetching import module_environment
from crawlers.run import crawl
from warehouse.home import Home

HOSTS = 8
PAGES = 2000
PAGE_BYTES = 28_000
ROUNDS = 3
BAR = 0.6


def run(pages: int = PAGES, rounds: int = ROUNDS) -> dict[str, Any]:
    """Pages a second of both sides, alternating, and their ratio."""
    ours: list[float] = []
    bare: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-m", "crawlers.bench_server", str(pages), str(HOSTS), str(PAGE_BYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=module_environment(),
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        ports = json.loads(server.stdout.readline())
        try:
            for _ in range(rounds):
                bare.append(_bare(ports, pages))
                ours.append(_ours(ports, pages))
        finally:
            server.stdin.close()
    ratio = median(ours) / median(bare)
    return {
        "name": "crawl",
        "pages": pages,
        "page_bytes": PAGE_BYTES,
        "hosts": HOSTS,
        "ours_pages_per_second": round(median(ours), 1),
        "bare_scrapy_pages_per_second": round(median(bare), 1),
        "ratio": round(ratio, 3),
        "bar": BAR,
        "passed": ratio >= BAR,
        "rounds": {"ours": [round(x, 1) for x in ours], "bare": [round(x, 1) for x in bare]},
    }


def _bare(ports: list[int], pages: int) -> float:
    """Scrapy as it comes: its own scheduler and middlewares, link extraction by CSS, nothing kept."""
    asked = json.dumps({"ports": ports})
    done = subprocess.run(
        [sys.executable, "-m", "crawlers.bench_bare", asked],
        capture_output=True,
        text=True,
        check=True,
        env=module_environment(),
    )
    said = json.loads(done.stdout.strip().splitlines()[-1])
    _expect(said["pages"], pages)
    return float(said["pages"]) / float(said["seconds"])


def _ours(ports: list[int], pages: int) -> float:
    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        home = _home(Path(folder) / "home")
        resolve = {f"h{number}.bench.example": ("127.0.0.1", port) for number, port in enumerate(ports)}
        names = [f"bench-{number}" for number in range(len(ports))]
        summary = crawl(home, names, all_=True, resolve=resolve)
        fetched = sum(row.new_documents for row in summary.sources.values())
        _expect(fetched, pages)
        return fetched / summary.seconds


def _expect(found: int, pages: int) -> None:
    if found != pages:
        raise RuntimeError(f"the benchmark fetched {found} of {pages} pages; its figure would mean nothing")


def _home(root: Path) -> Home:
    settings = '[crawl]\ncontact = "bench@localhost"\ndelay_seconds = 0.0\nquiet_hours = ""\n'
    home = Home.create(root, settings + '[clock]\nnow = "2026-06-01T08:00:00+08:00"\n')
    home.sources.mkdir()
    for number in range(HOSTS):
        (home.sources / f"bench-{number}.toml").write_text(_SOURCE.format(number=number), encoding="utf-8")
    return home


_SOURCE = """
id = "bench-{number}"
name_zh = "测速 {number}"
name_en = "Benchmark {number}"
jurisdiction = "XS"
region = "测速"
level = "county"
language = "zh"
platform = "trs"
home = "http://h{number}.bench.example/"
delay_seconds = 0

[[start]]
url = "http://h{number}.bench.example/list/index.html"
"""
