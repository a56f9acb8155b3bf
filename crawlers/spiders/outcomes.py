"""The rules by which an answer moves an address on: revisits, retries, disappearance. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from crawlers.spiders.revisits import due_after, first_step, step_after
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.work import Leased, Outcome
from warehouse.records import Capture

ATTACHMENT_DAYS = 90  # a file at an unchanged address hardly ever changes
NEVER = timedelta(days=3650)  # lists are made due by each round
GONE_TWICE_APART = timedelta(hours=20)
TRIES_PER_ROUND = 3
REVISIT_PRIORITY = 20  # after everything new
_CLEAN: dict[str, Any] = {"attempts": 0, "gone_count": 0, "gone_first_at": None, "note": None}


def next_visit(
    leased: Leased, now: datetime, revisit_days: Sequence[int], *, changed: bool
) -> tuple[datetime, dict[str, int]]:
    """When an address that answered is worth asking again, with its new place on `revisit_days`.

    `changed` says whether a page known before now says something else.
    """
    if leased.role == "attachment":
        return due_after(leased.url, ATTACHMENT_DAYS, now), {}
    if leased.role != "detail":
        return now + NEVER, {}
    if leased.last_sha256 is None:
        published = leased.entry.published if leased.entry else None
        step = first_step(published, now.date(), revisit_days)
    else:
        step = step_after(leased.step, revisit_days, changed=changed)
    return due_after(leased.url, revisit_days[step], now), {"step": step}


def unchanged(
    leased: Leased, now: datetime, revisit_days: Sequence[int], marks: Mapping[str, str | None], **parts: Any
) -> Outcome:
    """Seen, and the same as before (304, equal bytes, or a page that only counts its readers anew)."""
    noticed = leased.role == "detail"
    due, step = next_visit(leased, now, revisit_days, changed=False)
    return Outcome(
        leased.source_id,
        leased.url,
        "fetched",
        due,
        values={
            **_CLEAN,
            "unconfirmed": None,
            "last_fetched_at": epoch(now),
            **marks,
            **step,
            **_later(leased),
        },
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
    changed: bool = True,
    **parts: Any,
) -> Outcome:
    """A plain answer with new bytes, archived as `capture` or, when a second fetch confirms it, before.

    `changed` is False when the bytes are worth keeping though the page says what it said before.
    """
    back = was_withdrawn(leased)
    due, step = next_visit(leased, now, revisit_days, changed=changed)
    values = {
        **_CLEAN,
        **_later(leased),
        **step,
        "unconfirmed": None,
        "last_fetched_at": epoch(now),
        "last_sha256": sha256,
        "etag": etag,
        "last_modified": last_modified,
    }
    return Outcome(
        leased.source_id,
        leased.url,
        "fetched",
        due,
        values,
        capture,
        notice="restored" if back else None,
        noticed_at=now if back else None,
        **parts,
    )


def unconfirmed(leased: Leased, capture: Capture, due: datetime, dropped: Sequence[str] = ()) -> Outcome:
    """A known page says something else, for the first time or once more otherwise: the old one still counts.

    The capture is kept aside until another fetch agrees with it; `dropped` names those it contradicts.
    """
    values: dict[str, Any] = {"attempts": 0, "note": None, "unconfirmed": capture.capture_id}
    if not was_withdrawn(leased):
        values |= {"gone_count": 0, "gone_first_at": None}
    standings = {capture.capture_id: "unconfirmed", **dict.fromkeys(dropped, "dropped")}
    return Outcome(leased.source_id, leased.url, "fetched", due, values, capture, standings=standings)


def waiting(leased: Leased, first: Capture, due: datetime) -> Outcome:
    """A change that was seen alike again too soon: its first sight goes on waiting, nothing is kept."""
    values: dict[str, Any] = {"attempts": 0, "note": None, "unconfirmed": first.capture_id}
    return Outcome(leased.source_id, leased.url, "fetched", due, values)


def gone(leased: Leased, status: int | str, now: datetime) -> Outcome:
    """404, 410 or what amounts to it: the second time, twenty hours after the first, is a withdrawal."""
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
