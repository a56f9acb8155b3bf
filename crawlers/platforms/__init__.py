"""One module a publishing platform, chosen by name and imported when first asked for.

Whatever a module reads, its list pages never ask for themselves (`paging.out_of_circle`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, cast

from crawlers.extraction.gathered import Gathered
from crawlers.platforms.base import ListPage, PageRequest, Platform
from crawlers.platforms.hints import Hints
from crawlers.platforms.paging import out_of_circle
from warehouse.records import Entry

__all__ = ["PLATFORMS", "ListPage", "PageRequest", "Platform"]

_NAMES = (
    *("generic", "trs", "gkmlpt", "govuk", "govcn", "feed", "sitemap"),
    *("hanweb_dataproxy", "hanweb_recordset", "hanweb_jpaas", "vsb"),
    *("ucap", "ucap_channel", "ucap_search", "numbered", "single_api"),
    *("oai_pmh", "year_archive"),
    *("flk", "trs_was5", "trs_igs", "hanweb_search", "hanweb_xxgk"),
    *("cellar", "cellar_feed", "wordpress", "legistar", "granicus", "civicplus", "manual"),
    *("federal_register", "govinfo", "regulations", "congress"),
)


@dataclass(frozen=True, slots=True)
class _Reader:
    """A platform's module whose lists do not run in a circle; what else a module offers is offered too."""

    module: Platform

    @property
    def name(self) -> str:
        return self.module.name

    def start(self, hints: Hints) -> Sequence[PageRequest]:
        return self.module.start(hints)

    def parse_list(self, body: bytes, url: str, hints: Hints) -> ListPage:
        return out_of_circle(self.module.parse_list(body, url, hints), url)

    def parse_detail(self, body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
        return self.module.parse_detail(body, url, hints, entry)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.module, name)


@cache
def _reader(name: str) -> Platform:
    return _Reader(cast(Platform, import_module(f"crawlers.platforms.{name}")))


class _Platforms(Mapping[str, Platform]):
    """Platform modules by name; looking one up imports it."""

    def __getitem__(self, name: str) -> Platform:
        if name not in _NAMES:
            raise KeyError(f"unknown platform '{name}'; known are {', '.join(_NAMES)}")
        return _reader(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES


PLATFORMS: Mapping[str, Platform] = _Platforms()
