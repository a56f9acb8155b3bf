"""Whose web site a page comes from: by the site code that the page prints, else by its host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from classify.strict import check_keys
from warehouse.errors import UserError

FILE = "sites.toml"
ABROAD = "sites-abroad.toml"  # of bodies with English names
LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True)
class Site:
    """The web site of a body; a portal gathers papers of many bodies and so tells no issuer."""

    body: str  # its code
    hosts: tuple[str, ...] = ()  # without www.; a host below them is another's unless it stands here too
    codes: tuple[str, ...] = ()  # 网站标识码, whole
    portal: bool = False


def read_sites(file: str, raw: Any) -> tuple[Site, ...]:
    """The sites of a file; a UserError names the line whose keys do not fit."""
    check_keys(file, raw, {"site": list}, {})
    found = []
    for one in raw["site"]:
        known = {"hosts": list, "codes": list, "portal": bool}
        check_keys(f"{file}: site {one!r}", one, {"body": str}, known)
        hosts, codes = tuple(one.get("hosts", ())), tuple(one.get("codes", ()))
        found.append(Site(one["body"], hosts, codes, one.get("portal", False)))
    return tuple(found)


class Sites:
    """All known sites, asked by site code or address."""

    def __init__(self, sites: Iterable[Site], known: Callable[[str], object]) -> None:
        self._by_code: dict[str, Site] = {}
        self._by_host: dict[str, Site] = {}
        for site in sites:
            if known(site.body) is None:
                raise UserError(
                    f"sites: '{site.body}' is the code of no body; correct the line of this site."
                )
            for index, key in _keys(site, self._by_host, self._by_code):
                other = index.setdefault(key, site)
                if other.body != site.body:
                    raise UserError(f"sites: '{key}' is said of {other.body} and of {site.body}; keep one.")

    def of(self, site_code: str | None, address: str | None) -> Site | None:
        """The site of a page, by its code where that is known, else by the host of its address."""
        by_code = self._by_code.get((site_code or "").strip().lower())
        return by_code or self._by_host.get(host_of(address))


def host_of(address: str | None) -> str:
    """The host of an address without www. and port; empty when there is none."""
    try:
        host = urlsplit((address or "")[:LONGEST]).hostname or ""
    except ValueError:  # an address that is none, such as http://[
        return ""
    return host.removeprefix("www.")


def _keys(
    site: Site, hosts: dict[str, Site], codes: dict[str, Site]
) -> Iterator[tuple[dict[str, Site], str]]:
    yield from ((hosts, host.lower().removeprefix("www.")) for host in site.hosts)
    yield from ((codes, code.lower()) for code in site.codes)
