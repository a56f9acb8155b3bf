"""Forty healthy sites over thirty days with two holidays in them; two fifths of them are awkward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.breakages.papers import Rhythm
from tests.breakages.site import Habits, Site
from tests.breakages.styles import SYSTEMS
from tests.breakages.worlds import build, usual_habits

FIRST = date(2026, 9, 14)  # eleven days before Mid-Autumn, seventeen before National Day
NIGHTS = 30
_FESTIVE = (10, 26)  # a long rest around both holidays, days of the test
_PACES = (0.1, 0.25, 0.5, 0.8, 1.2, 2.5)

# Name, how it publishes, and habits that differ from the usual ones.
_AWKWARD: tuple[tuple[str, Rhythm, dict[str, object]], ...] = (
    ("monthly", Rhythm(14, 0.045), {}),
    ("resting", Rhythm(16, 0.8, rests=(_FESTIVE,)), {}),
    ("counting", Rhythm(18, 0.8), {"counter": True, "tag": False, "dated": False}),
    ("pinning", Rhythm(24, 0.6, pinned=4), {}),
    ("bursting", Rhythm(20, 0.4, bursts=((9, 24),)), {}),
    ("undated", Rhythm(20, 0.7), {"list_dates": False, "meta": True}),
    ("revising", Rhythm(18, 0.9, amended=0.5), {}),
    ("withdrawing", Rhythm(22, 0.9, withdrawn=0.2, reposts=0.15), {"rounded": True, "trips": True}),
)


def healthy_sites() -> list[Site]:
    """Twenty-four ordinary sites and sixteen awkward ones, over all systems."""
    styles = list(SYSTEMS)
    ordinary = [
        build(
            number,
            f"calm-{number:02d}",
            styles[number % len(styles)],
            Rhythm(12 + number % 5 * 3, _PACES[number % len(_PACES)], pinned=number % 4 // 3),
            FIRST,
            NIGHTS,
            columns=1 + number % 2,
            per_page=10,
        )
        for number in range(24)
    ]
    return ordinary + [_awkward(number, styles) for number in range(2 * len(_AWKWARD))]


def _awkward(number: int, styles: list[str]) -> Site:
    name, rhythm, habits = _AWKWARD[number // 2]
    site_id = f"{name}-{number % 2 + 1}"
    own: Habits = replace(usual_habits(site_id), **habits)  # type: ignore[arg-type]
    style = styles[(number * 2 + 1 + number // 10) % len(styles)]
    return build(24 + number, site_id, style, rhythm, FIRST, NIGHTS, own, columns=1 + number % 2, per_page=10)
