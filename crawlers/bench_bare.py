"""The other side of the crawl benchmark: Scrapy's defaults on the same pages, one connection a host."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawlers.bench_server import PER_LIST

_PAGER = re.compile(r"createPageHTML\((\d+), (\d+)")


class BareSpider(Spider):
    """Lists to pages, as a first Scrapy tutorial would."""

    name = "bare"

    def __init__(self, ports: list[int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ports = ports
        self.pages = 0
        self.first = 0.0
        self.last = 0.0

    async def start(self) -> AsyncIterator[Any]:
        """The first list of every host."""
        self.first = time.monotonic()
        for number, port in enumerate(self.ports):
            yield Request(f"http://127.0.0.1:{port}/list/index.html", meta={"download_slot": f"h{number}"})

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Any]:
        """Pages of a list, then its next page."""
        slot = {"download_slot": response.meta["download_slot"]}
        for href in response.css("li a::attr(href)").getall()[:PER_LIST]:
            yield response.follow(href, callback=self.page, meta=slot)
        match = _PAGER.search(response.text)
        if match and int(match[2]) + 1 < int(match[1]):
            yield response.follow(f"index_{int(match[2]) + 1}.html", meta=slot)

    def page(self, response: Response) -> None:
        """Count it."""
        self.pages += 1
        self.last = time.monotonic()


def main() -> None:
    """Crawl and print pages and seconds, from the first request to the last page."""
    settings = {
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "ROBOTSTXT_OBEY": False,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
    }
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, ports=json.loads(sys.argv[1])["ports"])
    process.start()
    spider = crawler.spider
    assert isinstance(spider, BareSpider)
    print(json.dumps({"pages": spider.pages, "seconds": spider.last - spider.first}), flush=True)


if __name__ == "__main__":
    main()
