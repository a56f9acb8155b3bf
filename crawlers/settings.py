"""Scrapy's settings: its own middlewares are off, because frontier, robots, pace and archive are ours."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

BOT_NAME = "govbrief"
SPIDER_MODULES: list[str] = []
NEWSPIDER_MODULE = ""

SCHEDULER = "crawlers.frontier.FrontierScheduler"
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawlers.politeness.robots.RobotsGate": 100,
    "crawlers.politeness.scope.ScopedRedirects": 200,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
ITEM_PIPELINES: dict[str, int] = {}
DOWNLOAD_HANDLERS = {
    "http": "crawlers.spiders.connect.ResolvingHandler",
    "https": "crawlers.spiders.connect.ResolvingHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
TWISTED_DNS_RESOLVER = "crawlers.politeness.addresses.PublicResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
CONCURRENT_ITEMS = 1  # we yield none; Scrapy starts this many tasks for every answer
CONCURRENT_REQUESTS = 16  # over all hosts; each host has one connection, which the scheduler sees to
CONCURRENT_REQUESTS_PER_DOMAIN = 16
DOWNLOAD_DELAY = 0  # the pace is the scheduler's
DOWNLOAD_WARNSIZE = 0
TELNETCONSOLE_ENABLED = False
COOKIES_ENABLED = False
LOG_LEVEL = "WARNING"
LOG_INSTALL_ROOT_HANDLER = False
STATS_DUMP = False

TIMEOUT_SECONDS = 60.0


def user_agent(contact: str) -> str:
    """The honest name we go by, with an address for whoever wonders."""
    try:
        number = version("govbrief")
    except PackageNotFoundError:
        number = "0"
    return f"govbrief/{number} (+{contact})"


def request_headers(contact: str) -> dict[str, str]:
    """Headers of every request; encodings are those the archive can read back."""
    return {
        "User-Agent": user_agent(contact),
        "Accept": "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
        "Accept-Encoding": "gzip, deflate",
    }


def scrapy_settings(max_body_bytes: int, **changes: Any) -> dict[str, Any]:
    """This module's settings as a dictionary for a crawler process, with changes."""
    names = {name: value for name, value in globals().items() if name.isupper() and name != "TIMEOUT_SECONDS"}
    return {**names, "DOWNLOAD_MAXSIZE": max_body_bytes, **changes}
