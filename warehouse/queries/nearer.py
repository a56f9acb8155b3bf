"""Deadlines that came nearer to a reader since she last looked: within 30, 7 or 1 days, past, or moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from warehouse.publication import Publication
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.duties import DUTY, due_from
from warehouse.queries.reader_delta import Delta
from warehouse.queries.reading import placeholders

STEPS = (1, 7, 30)  # days left at which a deadline is told again
PAST, FAR = -1, 99_999


@dataclass(frozen=True, slots=True)
class Between:
    """Two looks: their days, and what publications showed between them."""

    last_day: date
    day: date
    after: int
    upto: int
    fresh: frozenset[str] = field(repr=False)  # documents whose duties are new to the reader
    added: frozenset[tuple[str, str, date]] = field(repr=False)  # duties likewise: document, fact, day
    moved: dict[tuple[str, str, date], date] = field(repr=False)  # to the day that it was


def between(delta: Delta, last_day: date, day: date) -> Between:
    """What `nearer` needs of a delta."""
    fresh = frozenset(delta.fresh)
    keyed = {
        (one.document_id, one.fact_id, one.due): one.old_due
        for one in delta.duties
        if one.document_id not in fresh  # its former day was never shown to this reader
    }
    return Between(
        last_day,
        day,
        delta.after,
        delta.upto,
        fresh,
        frozenset(key for key, old in keyed.items() if old is None),
        {key: old for key, old in keyed.items() if old is not None},
    )


def nearer(publication: Publication, looks: Between) -> list[dict[str, Any]]:
    """Each duty once, by its day: fact, document, day, the step it reached (`within`) and the day it had.

    Told is a duty that was moved, or that is in a nearer step than on the day of the last look; one that
    nobody could know then counts as far away. What was due by that look is told by its document alone.
    Duties of documents that are repealed, expired or withdrawn, and of reprints, are left out, as they are
    in the list of what is due.
    """
    last = looks.day + timedelta(days=STEPS[-1])
    moved_to = [due for _, _, due in looks.moved]
    sql = (
        f"select y.fact_id, y.document_id, y.due {due_from('true')} order by y.due, y.document_id, y.fact_id"
    )
    rows = publication.rows(sql, [looks.last_day, max([last, *moved_to])])
    found: dict[tuple[str, str, date], dict[str, Any]] = {}
    for row in rows:
        key = (row["document_id"], row["fact_id"], row["due"])
        old = looks.moved.get(key)
        within = step_of((row["due"] - looks.day).days)
        if old is not None or within < _before(looks, key):  # what was due on a day of a look was told then
            found[key] = {**row, "within": within, "old_due": old}
    return list(found.values())


def with_sentences(publication: Publication, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These duties with sentence, place and document, as lists of what is due show them; few at a time."""
    facts = sorted({row["fact_id"] for row in rows})
    days = [row["due"] for row in rows]
    if not rows:
        return []
    sql = (
        f"select {DUTY} from dated_duty y where y.due between ? and ?"
        f" and y.fact_id in ({placeholders(facts)}) order by y.paragraph desc, y.start_at desc"
    )
    named = publication.rows(sql, [min(days), max(days), *facts])
    sentences = {(one["document_id"], one["fact_id"], one["due"]): one for one in named}
    columns = "d.title, d.issuer, d.department_name, d.department_code, d.source_id"
    documents = documents_by_name(publication, columns, [row["document_id"] for row in rows])
    return [
        {
            **documents[row["document_id"]],
            **sentences[row["document_id"], row["fact_id"], row["due"]],
            "within": row["within"],
            "old_due": row["old_due"],
        }
        for row in rows
    ]


def step_of(left: int) -> int:
    """The step that a number of days left is in: 1, 7, 30; PAST for a day gone by, else FAR."""
    if left < 0:
        return PAST
    return next((step for step in STEPS if left <= step), FAR)


def _before(looks: Between, key: tuple[str, str, date]) -> int:
    if key in looks.added or key[0] in looks.fresh:
        return FAR
    left = (key[2] - looks.last_day).days
    return PAST if left <= 0 else step_of(left)
