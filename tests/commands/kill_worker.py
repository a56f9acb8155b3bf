"""One stage of the chain in a process of its own, for tests that kill it; the sites outlive the worker.

Each stage brings in only what it needs, so that kills fall into its work and not into its start.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from warehouse.home import Home


def main(stage: str, root: Path, addresses: dict[str, list[Any]]) -> None:
    """Carry out the stage; `again` in its name does work that was done before once more."""
    home = Home.open(root)
    stages: dict[str, Callable[[], Any]] = {
        "night": lambda: [one() for one in (partial(_fetch, home, addresses), *_after_fetching(home))],
        "crawl": lambda: _fetch(home, addresses),
        "extract": lambda: _extract(home),
        "extract-again": lambda: _extract(home, again=True),
        "classify": lambda: _classify(home),
        "classify-again": lambda: _classify(home, again=True),
        "publish": lambda: _publish(home),
    }
    stages[stage]()


def _after_fetching(home: Home) -> tuple[Callable[[], None], ...]:
    return partial(_extract, home), partial(_classify, home), partial(_publish, home)


def _fetch(home: Home, addresses: dict[str, list[Any]]) -> None:
    from crawlers.catalogue import load_catalogue
    from crawlers.run import crawl

    resolve = {host: (str(ip), int(port)) for host, (ip, port) in addresses.items()}
    catalogue = load_catalogue(home, sample=True)
    names = [one.id for one in catalogue.sources.values() if resolve.keys() & one.hosts()]
    crawl(home, names, due=False, all_=True, max_documents=None, dry_run=False, resolve=resolve)


def _extract(home: Home, again: bool = False) -> None:
    from crawlers.catalogue import load_catalogue
    from crawlers.extract import extract_pending

    extract_pending(home, load_catalogue(home, sample=True), again=again)


def _classify(home: Home, again: bool = False) -> None:
    from classify.run import classify_pending

    classify_pending(home, again=again)


def _publish(home: Home) -> None:
    from warehouse.publish import publish

    publish(home)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
