"""What a reader is told of the publications she was not shown yet: each document once, none left out.

Let publications be numbered in the order in which they became current (`shown_publication.sequence`; only
the current one is ever numbered, one at a time). Entry *n* of the log holds every difference between the
states of publications *n-1* and *n*, the states of all documents that were ever published among them. A
reader's looks are half-open intervals of these numbers: a look ends at the publication her page showed, and
her next look, on a later day, begins where that one ended (`warehouse/desk/looks.py`).

*None missed.* The intervals of her looks join without a gap and every difference stands at exactly one
number, so every difference lies in exactly one of them, or after the last. When something was observed,
dated or published elsewhere does not enter; nor do time zones, except for which reruns make one look. A
publication that becomes current while the page is open has a higher number than what was shown: it is told
by the next rerun, or by the next look. A publication nobody opened is part of the next difference.

*None twice.* Intervals do not overlap, so no difference is in two looks. Within one look `told` gives each
document to exactly one group, by what it is at the end; one that came and went is told as withdrawn. Within
a day reruns and tabs are the same look, which only grows, so a rerun swallows nothing.

*Deadlines* come nearer by the day, not by a publication alone: `warehouse/queries/nearer.py` compares the
distance on the day of this look with that on the day of the last, which is the same argument over days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from warehouse.desk.shown import Change

GROUPS = ("new", "changed", "repealed", "withdrawn")
ENDS = frozenset({"amended", "repealed", "expired"})
_FRESH = frozenset({"new", "returned", "revived"})
_OTHERWISE = frozenset({"changed", "returned", "withdrawn", "ended", "revived"})


@dataclass(frozen=True, slots=True)
class Told:
    """An interval of the log and the documents of one group in it; the address and the cache know the first.

    The log is only added to, so the interval gives the documents; they are left out of the printed form.
    """

    after: int
    upto: int
    documents: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A duty whose day a publication showed for the first time (old_due None), or another day than before."""

    document_id: str
    fact_id: str
    due: date
    old_due: date | None


@dataclass(frozen=True, slots=True)
class Delta:
    """All that the publications of an interval showed otherwise, put together for a reader."""

    after: int
    upto: int
    groups: dict[str, tuple[str, ...]]  # documents by group, each in one
    fresh: tuple[str, ...]  # documents whose duties nobody could know before: new, or back again
    duties: tuple[DutyChange, ...]
    also: dict[str, tuple[str, ...]]  # kinds of change by document, where it is more than its group says

    def told(self, group: str) -> Told:
        """The documents of one group, as a selection takes them."""
        return Told(self.after, self.upto, self.groups[group])

    @property
    def documents(self) -> int:
        """How many documents there is something to tell of."""
        return sum(map(len, self.groups.values()))


def told(changes: Iterable[Change], after: int, upto: int) -> Delta:
    """Put the changes of an interval together; they come in the order of the log."""
    kinds: dict[str, list[str]] = {}
    last: dict[str, Change] = {}
    duties: dict[tuple[str, str], DutyChange] = {}
    for one in changes:
        if one.fact_id is not None and one.due is not None:
            _take_duty(duties, one)
            continue
        kinds.setdefault(one.document_id, []).append(one.kind)
        last[one.document_id] = one
    groups: dict[str, list[str]] = {group: [] for group in GROUPS}
    for document_id, seen in kinds.items():
        groups[group_of(frozenset(seen), last[document_id])].append(document_id)
    return Delta(
        after,
        upto,
        {group: tuple(sorted(documents)) for group, documents in groups.items()},
        tuple(sorted(one for one, seen in kinds.items() if _FRESH & set(seen))),
        tuple(duties[key] for key in sorted(duties)),
        {one: tuple(dict.fromkeys(seen)) for one, seen in kinds.items() if set(seen) & _OTHERWISE},
    )


def group_of(kinds: frozenset[str], last: Change) -> str:
    """The one group in which a document is told, by what happened to it and what it is in the end."""
    if last.status == "withdrawn" and kinds & {"new", "withdrawn"}:
        return "withdrawn"
    if "new" in kinds:
        return "new"
    if last.validity in ENDS and "ended" in kinds:
        return "repealed"
    return "changed"


def _take_duty(duties: dict[tuple[str, str], DutyChange], one: Change) -> None:
    """A day that was moved twice was moved once, from the first to the last; one that came is as it ended."""
    assert one.fact_id is not None
    assert one.due is not None
    first = one.old_due
    if first is not None:
        known = (key for key in duties if key[0] == one.document_id and duties[key].due == one.old_due)
        before = next(known, None)
        first = duties.pop(before).old_due if before else first
    if first != one.due:
        duties[(one.document_id, one.fact_id)] = DutyChange(one.document_id, one.fact_id, one.due, first)
