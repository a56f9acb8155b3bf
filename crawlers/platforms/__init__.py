"""One module a publishing platform, chosen by name and imported when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from crawlers.platforms.base import ListPage, PageRequest, Platform

__all__ = ["PLATFORMS", "ListPage", "PageRequest", "Platform"]

_NAMES = (
    *("generic", "trs", "gkmlpt", "govuk", "govcn", "feed", "sitemap"),
    *("hanweb_dataproxy", "hanweb_recordset", "hanweb_jpaas", "vsb"),
    *("ucap", "ucap_channel", "ucap_search", "numbered", "single_api"),
    *("oai_pmh", "year_archive"),
    *("flk", "trs_was5", "trs_igs", "hanweb_search", "hanweb_xxgk"),
)


class _Platforms(Mapping[str, Platform]):
    """Platform modules by name; looking one up imports it."""

    def __getitem__(self, name: str) -> Platform:
        if name not in _NAMES:
            raise KeyError(f"unknown platform '{name}'; known are {', '.join(_NAMES)}")
        return cast(Platform, import_module(f"crawlers.platforms.{name}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES


PLATFORMS: Mapping[str, Platform] = _Platforms()
