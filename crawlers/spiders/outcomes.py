"""The rules by which an answer moves an address on: revisits, retries, disappearance. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.work import Found, Leased, Listed, Missing, Outcome
from warehouse.records import Capture

ATTACHMENT_DAYS = 90  # a file at an unchanged address hardly ever changes
AGE_A_DAY = 30  # a document this many times older than an interval is not asked at it
NEVER = timedelta(days=3650)  # lists are made due by each round
GONE_TWICE_APART = timedelta(hours=20)
TRIES_PER_ROUND = 3
REVISIT_PRIORITY = 20  # after everything new
_CLEAN: dict[str, Any] = {"attempts": 0, "gone_count": 0, "gone_first_at": None, "note": None}


def next_visit(leased: Leased, now: datetime, revisit_days: Sequence[int]) -> datetime:
    """When an address that answered is worth asking again: so many days after it was discovered.

    After the last of `revisit_days` a document is asked again at that interval.
    """
    if leased.role not in {"detail", "attachment"}:
        return now + NEVER
    if leased.role == "attachment":
        return now + timedelta(days=ATTACHMENT_DAYS)
    published = leased.entry.published if leased.entry else None
    age = (leased.discovered_at.date() - published).days if published else 0
    for days in revisit_days:
        planned = leased.discovered_at + timedelta(days=days)
        if planned > now and days >= age / AGE_A_DAY:
            return planned
    return now + timedelta(days=revisit_days[-1])


def unchanged(
    leased: Leased, now: datetime, revisit_days: Sequence[int], marks: Mapping[str, str | None], **parts: Any
) -> Outcome:
    """Seen, and the same as before (304 or equal bytes)."""
    noticed = leased.role == "detail"
    return Outcome(
        leased.source_id,
        leased.url,
        "fetched",
        next_visit(leased, now, revisit_days),
        values={**_CLEAN, "last_fetched_at": epoch(now), **marks, **_later(leased)},
        notice=("restored" if was_withdrawn(leased) else "seen") if noticed else None,
        noticed_at=now if noticed else None,
        **parts,
    )


def fetched(
    leased: Leased,
    capture: Capture | None,
    now: datetime,
    revisit_days: Sequence[int],
    *,
    sha256: str,
    etag: str | None,
    last_modified: str | None,
    found: tuple[Found, ...] = (),
    listed: tuple[Listed, ...] = (),
    missing: Missing | None = None,
    withdrawn: tuple[str, ...] = (),
) -> Outcome:
    """A plain answer with new bytes, archived as `capture`."""
    back = was_withdrawn(leased)
    values = {
        **_CLEAN,
        **_later(leased),
        "last_fetched_at": epoch(now),
        "last_sha256": sha256,
        "etag": etag,
        "last_modified": last_modified,
    }
    return Outcome(
        leased.source_id,
        leased.url,
        "fetched",
        next_visit(leased, now, revisit_days),
        values,
        capture,
        found,
        listed,
        notice="restored" if back else None,
        noticed_at=now if back else None,
        missing=missing,
        withdrawn=withdrawn,
    )


def gone(leased: Leased, status: int, now: datetime) -> Outcome:
    """404 or 410: the second time, at least twenty hours after the first, is a withdrawal."""
    first = leased.gone_first_at or now
    apart = leased.gone_count >= 1 and now - first >= GONE_TWICE_APART
    already = leased.gone_count >= 2
    count = 2 if apart or already else 1
    values = {"gone_count": count, "gone_first_at": epoch(first), "note": f"{status}", "attempts": 0}
    if count < 2:
        return Outcome(leased.source_id, leased.url, "gone", first + GONE_TWICE_APART, values)
    known = leased.last_sha256 is not None and leased.role == "detail" and not already
    return Outcome(
        leased.source_id,
        leased.url,
        "gone",
        now + timedelta(days=30),
        values,
        notice="withdrawn" if known else None,
        noticed_at=now if known else None,
    )


def failed(
    leased: Leased, code: str, moment: datetime, pause: float, wait: timedelta | None = None
) -> Outcome:
    """A failure of server or network: again after a growing pause, from the third on not in this round."""
    attempts = leased.attempts + 1
    if attempts < TRIES_PER_ROUND:
        due = moment + (wait or timedelta(seconds=max(pause, 0.2) * 2**attempts))
    else:
        due = moment + min(timedelta(hours=20) * (attempts - TRIES_PER_ROUND + 1), timedelta(days=10))
    return Outcome(leased.source_id, leased.url, "failed", due, {"attempts": attempts, "note": code})


def refused(leased: Leased, code: str, now: datetime) -> Outcome:
    """An address we may not or cannot take (robots, scope, size, a 4xx): asked again after a week."""
    return Outcome(leased.source_id, leased.url, "refused", now + timedelta(days=7), {"note": code})


def _later(leased: Leased) -> dict[str, int]:
    return {"priority": REVISIT_PRIORITY} if leased.role == "detail" else {}


def was_withdrawn(leased: Leased) -> bool:
    """Whether the address had been found gone twice."""
    return leased.gone_count >= 2
