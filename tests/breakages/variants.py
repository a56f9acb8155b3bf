"""The twelve kinds of breakage in three variants each: at which kind of site, and what happened there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.breakages.kinds import lists, pages, whole
from tests.breakages.papers import Rhythm
from tests.breakages.server import Break
from tests.breakages.site import Habits, Site
from tests.breakages.worlds import build

FIRST = date(2026, 6, 1)  # a Monday
HEALTHY = 8  # nights before the break
LAST = 2  # nights within which it must be noticed
BROKE = FIRST + timedelta(days=HEALTHY)
_BUSY, _USUAL, _RARE = 2.5, 1.2, 0.3  # news on a working day
_PLAIN = Habits(tag=True, dated=True)
_RUSH = ((HEALTHY, 30),)  # documents that all come on the day of the break, more than a list page holds


@dataclass(frozen=True, slots=True)
class Variant:
    """One breakage at one site."""

    kind: str
    name: str
    style: str
    change: Break
    a_day: float = _USUAL
    habits: Habits | None = None
    rhythm: Mapping[str, object] = field(default_factory=dict)

    @property
    def source_id(self) -> str:
        """The source it hits."""
        return self.name

    @property
    def sentence(self) -> str:
        """What happened at the site."""
        return (self.change.__doc__ or "").strip()


VARIANTS: tuple[Variant, ...] = (
    Variant("redesigned list", "list-scripted", "trs", lists.scripted),
    Variant("redesigned list", "list-migrated", "records", lists.migrated, _BUSY),
    Variant("redesigned list", "list-tiles", "table", lists.tiles),
    Variant("empty list", "empty-one-column", "ucap", lists.one_column_empty),
    Variant("empty list", "empty-interface", "gkmlpt", lists.interface_empty, _BUSY),
    Variant("empty list", "empty-rows", "pager", lists.rows_gone, _RARE),
    Variant("wrong charset", "charset-question-marks", "table", pages.question_marks),
    Variant("wrong charset", "charset-wrapped-bytes", "vsb", pages.wrapped_bytes, _USUAL),
    Variant("wrong charset", "charset-twice", "trs", pages.encoded_twice, _RARE),
    Variant("date format", "dates-ago", "table", pages.days_ago),
    Variant("date format", "dates-month-first", "feed", pages.month_first),
    Variant("date format", "dates-english", "gkmlpt", pages.english_moments),
    Variant("block page 200", "block-firewall", "interface", whole.firewall),
    Variant("block page 200", "block-probe", "ucap", whole.probe, _BUSY),
    Variant("block page 200", "block-maintenance", "vsb", whole.maintenance, _RARE),
    Variant("paging loop", "loop-first-page", "trs", lists.first_page_again),
    Variant("paging loop", "loop-next-is-here", "vsb", lists.next_is_here),
    Variant("paging loop", "loop-query-ignored", "gkmlpt", lists.query_ignored, rhythm={"bursts": _RUSH}),
    Variant("paging loss", "loss-pager", "pager", lists.pager_gone),
    Variant("paging loss", "loss-total", "interface", lists.total_capped),
    Variant("paging loss", "loss-deeper-pages", "ucap", lists.deeper_missing, rhythm={"bursts": _RUSH}),
    Variant("renamed container", "container-renamed", "trs", pages.container_renamed, _RARE),
    Variant("renamed container", "container-scattered", "table", pages.container_scattered),
    Variant("renamed container", "container-data-key", "gkmlpt", pages.content_renamed),
    Variant("half-loaded page", "half-cut", "records", pages.cut_short),
    Variant("half-loaded page", "half-by-script", "pager", pages.text_by_script, _BUSY),
    Variant("half-loaded page", "half-first-paragraph", "vsb", pages.first_paragraph_only, _RARE),
    Variant("attachment gone", "files-missing", "trs", pages.files_missing, _RARE),
    Variant("attachment gone", "files-are-pages", "table", pages.files_are_pages, _BUSY),
    Variant("attachment gone", "files-unlinked", "feed", pages.files_unlinked, _BUSY),
    Variant("robots 503", "robots-503", "records", whole.robots_unavailable),
    Variant("robots 503", "robots-redirected", "interface", whole.robots_redirected),
    Variant("robots 503", "robots-dropped", "feed", whole.robots_dropped),
    Variant("clock off", "clock-ahead", "ucap", whole.a_day_ahead),
    Variant(
        "clock off",
        "clock-next-year",
        "vsb",
        pages.dated_a_year_ahead,
        rhythm={"at_least": ((HEALTHY, 2), (HEALTHY + 1, 2))},
    ),
    Variant(
        "clock off",
        "clock-never-modified",
        "feed",
        whole.never_modified,
        _BUSY,
        _PLAIN,
        {"at_least": ((HEALTHY, 3), (HEALTHY + 1, 3))},
    ),
)


def site_of(variant: Variant, number: int) -> Site:
    """The site that a variant hits, healthy."""
    further: dict[str, object] = {"files": 0.5, **variant.rhythm}
    rhythm = Rhythm(36 + number % 4 * 6, variant.a_day, pinned=number % 3 // 2, **further)  # type: ignore[arg-type]
    days = HEALTHY + LAST
    return build(number, variant.source_id, variant.style, rhythm, FIRST, days, variant.habits)


def controls() -> list[Site]:
    """Healthy sites beside the broken ones."""
    styles = ("trs", "interface", "ucap", "table")
    return [
        build(60 + at, f"healthy-{style}", style, Rhythm(40, _USUAL, pinned=1), FIRST, HEALTHY + LAST)
        for at, style in enumerate(styles)
    ]
