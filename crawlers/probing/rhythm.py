"""How often a site publishes, by the dates on its lists: what `[expected]` may propose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crawlers.probing.survey import Listed

_MONTH = 30.4  # days
_LEAST_SPAN = 3  # days of dates below which nothing is said of a month
_PATIENCE = (30, 365)  # days of silence that are never, and always, worth a look
_YEAR, _ENOUGH = 365, 4  # days that count as recent, and dates in them that suffice
_GAPS = 3  # times the longest usual gap


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Counts for `[expected]`, with the sentence they rest on."""

    documents_min: int
    new_per_month: int
    silent_days: int
    basis: str


def rhythm_of(lists: Sequence[Listed], today: date) -> Rhythm:
    """Documents there are, documents a month, and the silence that calls for a look."""
    entries = {entry.url: entry for one in lists for entry in one.entries}
    totals = sum(max(one.rows.page.total or 0, len(one.entries)) for one in lists)
    monthly, days = 0.0, set()
    for one in lists:
        dates = sorted({e.published for e in one.entries if e.published and e.published <= today})
        days |= set(dates)
        if len(dates) > 1 and (dates[-1] - dates[0]).days >= _LEAST_SPAN:
            span = (today - dates[0]).days if not one.rows.page.next else (dates[-1] - dates[0]).days
            monthly += sum(1 for e in one.entries if e.published in set(dates)) / max(span, 1) * _MONTH
    ordered = sorted(days)
    recent = [day for day in ordered if (today - day).days <= _YEAR]
    chosen = recent if len(recent) >= _ENOUGH else ordered
    gaps = sorted((after - before).days for before, after in pairwise(chosen))
    usual = gaps[int(0.9 * (len(gaps) - 1))] if gaps else 30
    silent = min(max(_GAPS * usual, _PATIENCE[0]), _PATIENCE[1])
    basis = f"{len(entries)} documents on the first pages"
    basis += f", dated {ordered[0]} to {ordered[-1]}" if ordered else ", without dates"
    return Rhythm(int(0.8 * totals), round(monthly), silent if ordered else 90, basis)
