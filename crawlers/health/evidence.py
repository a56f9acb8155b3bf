"""The pages that show a finding: the one that is bad, beside the last one that was good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawlers.health.case import Case
from crawlers.health.kinds import Found
from warehouse.records import Capture


def with_pages(case: Case, found: Sequence[Found]) -> list[Found]:
    """The findings with the captures that show them, where there are any."""
    return [_with_pages(case, one) for one in found]


def _with_pages(case: Case, one: Found) -> Found:
    address = str(one.values.get("list") or one.values.get("url") or "").partition("#")[0]
    if not address:
        return one
    history = case.state.captures_of(case.source.id, address)
    bad = one.bad or next((card.capture_id for card in reversed(history) if card.run_id in case.runs), None)
    good = one.good or _last_good(case, history)
    if good is None and "list" not in one.values:
        good = next((canary.capture_id for canary in case.canaries), None)
    return replace(one, good=good, bad=bad if bad != good else None)


def _last_good(case: Case, history: Sequence[Capture]) -> str | None:
    """The latest capture of the address from a run that was sound."""
    sound = (card.capture_id for card in reversed(history) if card.run_id in case.sound_runs)
    return next(sound, None)
