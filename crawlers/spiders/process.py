"""The fetching process: one order on standard input, Scrapy until nothing is due, progress as JSON lines.

It lives apart from the command that ordered it, because a reactor runs once in a process. When its standard
input closes, the one who ordered it is gone, and it ends at once; what it committed is safe, the rest is
given back by the next run.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawlers.catalogue import load_catalogue
from crawlers.credential import key_of, missing_key
from crawlers.job import Job
from crawlers.settings import scrapy_settings
from crawlers.spiders.keys import KeyFilter
from crawlers.spiders.replayed import ReplaySpider, replay_settings
from crawlers.spiders.round import Round
from crawlers.spiders.sources import SourcesSpider
from warehouse.errors import GovbriefError
from warehouse.home import Home

ORPHANED = 130


def main() -> int:
    """Carry out the order of the first line; the exit code is that of the error, if any."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[handler], format="%(levelname)s %(name)s: %(message)s")
    job = Job.from_json(sys.stdin.readline())
    threading.Thread(target=_end_with_orderer, daemon=True).start()
    try:
        return _fetch(job)
    except GovbriefError as error:
        _say(error=str(error), code=error.exit_code)
        return error.exit_code


def _fetch(job: Job) -> int:
    home = Home.open(job.home_folder)
    catalogue = load_catalogue(home, sample=job.sample)
    current = Round(job, home, catalogue)
    current.on_commit.append(lambda: _report(current))
    keyed = (key_of(source) for source in current.sources.values() if not missing_key(source))
    silent = KeyFilter(key for key in keyed if key is not None)
    for handler in logging.getLogger().handlers:
        handler.addFilter(silent)
    try:
        _run_scrapy(job, current)
    finally:
        _close(current)
    if current.fatal is not None:
        raise current.fatal
    _say(seconds=round(current.fetching_seconds, 3))
    return 0


def _close(current: Round) -> None:
    """Close what is open; after a fatal error a second one of the same disk is no news."""
    try:
        current.close()
    except GovbriefError:
        if current.fatal is None:
            raise


def _run_scrapy(job: Job, current: Round) -> None:
    limit = current.home.settings.crawl.max_body_bytes
    changes: dict[str, Any] = {"RESOLVE": dict(job.resolve), "PROXY": current.home.settings.crawl.proxy}
    spider: type = SourcesSpider
    if job.replay is not None:
        spider, changes = ReplaySpider, replay_settings(job.replay)
    process = AsyncCrawlerProcess(scrapy_settings(limit, **changes))
    for name in ("scrapy", "twisted"):  # Scrapy sets them to DEBUG when the process is made
        logging.getLogger(name).setLevel(logging.WARNING)
    process.crawl(spider, round=current)
    process.start()


def _report(current: Round) -> None:
    for name in current.sources:
        counts = current.counts(name)
        if counts["requests"]:
            _say(source=name, fetched=counts["fetched"], requests=counts["requests"])


def _say(**values: Any) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


def _end_with_orderer() -> None:
    while sys.stdin.read(4096):
        pass
    os._exit(ORPHANED)


if __name__ == "__main__":
    code = main()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # all is committed; taking the interpreter apart takes as long as a small crawl
