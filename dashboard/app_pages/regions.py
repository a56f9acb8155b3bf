"""地区: the index of regions, or what one of them publishes, in the grammar of all briefings."""

from __future__ import annotations

from typing import Any

from dashboard.briefing.model import Subject
from dashboard.briefing_view import subject_page
from dashboard.frame import Frame, refuse, show
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, number, quiet, section
from dashboard.words import known
from warehouse.queries import regions
from warehouse.queries.pages_listing import Selection

_LEVELS = ("national", "provincial", "municipal", "county", "international")


def page() -> None:
    """Draw the page."""
    subject_page("regions", _asked, _index)


def _asked(frame: Frame) -> Subject | None:
    asked = frame.parameters.get("r")
    if asked is None:
        return None
    held = [row["region"] for row in frame.read(regions.regions)]
    called = {frame.region_name(one): one for one in held}  # as the index prints them
    region = asked if asked in held else called.get(asked)
    if region is None:
        refuse(frame, "regions.unknown", asked)
    return Subject("region", region, region, region)


def _index(frame: Frame) -> None:
    rows = frame.read(regions.regions)
    show(
        element("h1", frame.say("nav.regions")),
        element("p", frame.say("regions.lead"), cls="gb-coverage"),
    )
    if not rows:
        show(quiet(frame.say("regions.none")))
        return
    levels = sorted({row["level"] or "unknown" for row in rows}, key=_rank)
    show(
        *(
            _level(frame, level, [row for row in rows if (row["level"] or "unknown") == level])
            for level in levels
        ),
        basis_line(frame),
    )


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def _level(frame: Frame, level: str, rows: list[dict[str, Any]]) -> Markup:
    home = frame.home.settings.place.region
    rows = sorted(rows, key=lambda row: row["region"] != home)  # the reader's own first
    items = element(
        "ul", *(_region(frame, row, row["region"] == home) for row in rows), cls="gb-index gb-bodies"
    )
    return section(known(frame.language, f"level.{level}", level), items)


def _region(frame: Frame, row: dict[str, Any], home: bool) -> Markup:
    name = frame.link(frame.region_name(row["region"]), "regions", r=row["region"])
    here = element("span", " ", element("span", frame.say("matrix.home"), cls="gb-badge")) if home else None
    sources = (
        frame.say("regions.sources", n=row["sources"]) if row["sources"] else frame.say("regions.no-source")
    )
    return element(
        "li",
        element("span", name, here, " ", element("span", sources, cls="gb-quiet")),
        element("span", number(frame, Selection(region=row["region"]), row["documents"]), cls="gb-count"),
        element("span", str(row["latest"] or ""), cls="gb-recent", title=frame.say("table.latest")),
    )


page()
