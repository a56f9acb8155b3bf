"""What a site itself tells of a document's history: dated changes, whose text nobody holds, and a withdrawal.

Both come from published fields and are kept with the reading as they were told: `change_note` is a day and
a note ("2026-05-03 Crew size added."), `withdrawn` a day and the reason, either where it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from warehouse.records import Document, FieldOrigin

CHANGE, WITHDRAWN = "change_note", "withdrawn"
FIELDS = (CHANGE, WITHDRAWN, "comments_close")  # where these move, the site says something new
_DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:\s+(?P<said>.*))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """A day that a site names, where it names one, and what it says of it."""

    day: date | None
    said: str


def told(value: str) -> Told:
    """The day and the words of such a field."""
    found = _DATED.match(value.strip())
    if found is None:
        return Told(None, "" if value == WITHDRAWN else value.strip())
    try:
        return Told(date.fromisoformat(found["day"]), (found["said"] or "").strip())
    except ValueError:  # 2026-02-30: no day, then, but words
        return Told(None, value.strip())


def withdrawal(document: Document) -> Told | None:
    """That the site says it has withdrawn the document, since when and why; None where it says nothing."""
    return next((told(one.value) for one in document.origins if one.field == WITHDRAWN and one.chosen), None)


def told_changes(values: Iterable[str]) -> list[Told]:
    """Changes that a site tells of, the latest first; notes without a day are left out."""
    found = {one for value in values if (one := told(value)).day is not None}
    return sorted(found, key=lambda one: (one.day or date.min, one.said), reverse=True)


def moving(origins: Iterable[FieldOrigin]) -> tuple[str, ...]:
    """The values whose change makes another version although the text stays, in a fixed order."""
    return tuple(sorted(f"{one.field}={one.value}" for one in origins if one.field in FIELDS and one.chosen))


def instant_of(day: date) -> datetime:
    """The beginning of a told day; its hour is not told."""
    return datetime.combine(day, time(), UTC)
