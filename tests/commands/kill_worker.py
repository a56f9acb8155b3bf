"""One stage of the chain in a process of its own, for tests that kill it; the sites outlive the worker."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from classify.run import classify_pending
from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from warehouse.home import Home
from warehouse.publish import publish


def main(stage: str, root: Path, addresses: dict[str, list[Any]]) -> None:
    """Carry out the stage; `again` in its name does work that was done before once more."""
    home = Home.open(root)
    resolve = {host: (str(ip), int(port)) for host, (ip, port) in addresses.items()}
    catalogue = load_catalogue(home, sample=True)

    names = [one.id for one in catalogue.sources.values() if resolve.keys() & one.hosts()]

    def fetch() -> None:
        crawl(home, names, due=False, all_=True, max_documents=None, dry_run=False, resolve=resolve)

    def night() -> None:
        fetch()
        extract_pending(home, catalogue)
        classify_pending(home)
        publish(home)

    stages: dict[str, Callable[[], Any]] = {
        "night": night,
        "crawl": fetch,
        "extract": lambda: extract_pending(home, catalogue),
        "extract-again": lambda: extract_pending(home, catalogue, again=True),
        "classify": lambda: classify_pending(home),
        "classify-again": lambda: classify_pending(home, again=True),
        "publish": lambda: publish(home),
    }
    stages[stage]()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
