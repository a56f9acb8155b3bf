"""The publishing systems of the test sites: how each answers, where lists begin, which reader is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.breakages.site import Style
from tests.breakages.styles import feed, gkmlpt, hanweb, table, trs, ucap, vsb


@dataclass(frozen=True, slots=True)
class System:
    """One publishing system."""

    platform: str  # as a source's TOML names it
    answer: Style
    starts: Callable[[int], list[str]]  # addresses of the lists, by the number of columns


SYSTEMS: Mapping[str, System] = {
    "trs": System("trs", trs.with_script, trs.starts),
    "pager": System("trs", trs.with_pager, trs.starts),
    "records": System("hanweb_recordset", hanweb.with_records, hanweb.starts),
    "interface": System("hanweb_dataproxy", hanweb.with_interface, hanweb.starts),
    "ucap": System("ucap", ucap.answer, ucap.starts),
    "gkmlpt": System("gkmlpt", gkmlpt.answer, gkmlpt.starts),
    "vsb": System("vsb", vsb.answer, vsb.starts),
    "table": System("generic", table.answer, table.starts),
    "feed": System("feed", feed.answer, feed.starts),
}
