"""The documents behind a number: one definition gives the count that is printed and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from warehouse.publication import Publication
from warehouse.queries.by_name import narrow_by_name
from warehouse.queries.classes import ABOUT
from warehouse.queries.duties import DUTY, SOONEST_FIRST, due_from
from warehouse.queries.issuers import ISSUED_BY
from warehouse.queries.reader_delta import Told
from warehouse.queries.reading import placeholders
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.queries.themes import OF_THEME

_AT_ONCE = 500  # documents asked for in one statement
_FEW = 50  # up to so many the index of names is quicker than a join, also at a million
KINDS = ("documents", "new", "changed", "told", "withdrawn", "repealed")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents are meant; every field that is set narrows."""

    kind: str = (
        "documents"  # documents | new | changed | told (changes that a site tells of) | withdrawn | repealed
    )
    told_from: date | None = None  # for told: the site names a change on this day or later
    told_to: date | None = None  # and on this day or before
    seen_after: datetime | None = None  # the event of `kind` was observed after this instant
    seen_until: datetime | None = None  # the document was first seen before this instant
    ended_from: date | None = (
        None  # for repealed: what ends it was published, or its term ended, from this day
    )
    unless_published_from: date | None = None  # left out: what was published on this day or later
    published_from: date | None = None
    published_to: date | None = None
    week: date | None = None  # the Monday of a publication week
    theme: str | None = None
    topic: str | None = None  # a class, or a first-level class with all below it
    department: str | None = None
    source: str | None = None
    region: str | None = None
    validity: str | None = None  # a state; `unknown` is what nobody stated
    run: str | None = None  # the event of `kind` belongs to this run, whatever became of the document since
    told_once: bool = False  # without reprints of what is held from the issuing organ itself
    told: Told | None = None  # what publications showed between two looks; then `kind` is only its name


def count_documents(publication: Publication, selection: Selection) -> int:
    """How many documents the selection holds; equal to the rows of `list_documents` without a limit."""
    where, values = _where(selection)
    return int(publication.rows(f"select count(*) as n from document d where {where}", values)[0]["n"])


def list_documents(
    publication: Publication, selection: Selection, limit: int | None = None, offset: int = 0
) -> list[dict[str, Any]]:
    """The documents of the selection, latest published first."""
    where, values = _where(selection)
    page = "" if limit is None else f" limit {int(limit)} offset {int(offset)}"
    sql = f"select d.document_id from document d where {where} {_LATEST_FIRST}{page}"
    return documents_of(publication, tuple(row["document_id"] for row in publication.rows(sql, values)))


def list_names(publication: Publication, selection: Selection, limit: int) -> list[dict[str, Any]]:
    """`document_id` of the first documents of `list_documents`, without what lists show of them."""
    where, values = _where(selection)
    sql = f"select d.document_id from document d where {where} {_LATEST_FIRST} limit {int(limit)}"
    return publication.rows(sql, values)


def documents_of(publication: Publication, document_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """These documents as lists show them, in the order given, without those not published any more."""
    found: list[dict[str, Any]] = []
    for at in range(0, len(document_ids), _AT_ONCE):
        some = document_ids[at : at + _AT_ONCE]
        found += publication.rows(f"{_COLUMNS} where d.document_id in ({placeholders(some)})", some)
    place = {document_id: number for number, document_id in enumerate(document_ids)}
    return sorted(found, key=lambda row: place[row["document_id"]])


def states_of(publication: Publication, document_ids: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Status, validity and issuing body's code of these documents; those not published are left out."""
    sql = (
        "select document_id, status, validity, department_code from document"
        " where document_id in (select unnest(?))"
    )
    return {row.pop("document_id"): row for row in publication.rows(sql, [list(document_ids)])}


def count_sources(publication: Publication, selection: Selection) -> int:
    """In how many sources the documents of the selection stand."""
    where, values = _where(selection)
    return int(
        publication.rows(f"select count(distinct source_id) as n from document d where {where}", values)[0][
            "n"
        ]
    )


def count_sources_of(publication: Publication, document_ids: tuple[str, ...]) -> int:
    """In how many sources these documents stand."""
    found = narrow_by_name(publication, "d.source_id", document_ids)
    return len({row["source_id"] for row in found.values()})


def count_due(
    publication: Publication, first: date, last: date, selection: Selection | None = None
) -> dict[str, int]:
    """How many duties `list_due` holds without a limit, in how many documents and sources they stand."""
    where, values = _where(selection or Selection())
    sql = (
        "select count(*) as duties, count(distinct d.document_id) as documents,"
        f" count(distinct d.source_id) as sources {due_from(where)}"
    )
    return publication.rows(sql, [first, last, *values])[0]


def list_due(
    publication: Publication,
    first: date,
    last: date,
    selection: Selection | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Duties that fall due in the period, soonest first; repealed documents and reprints add none."""
    where, values = _where(selection or Selection())
    page = "" if limit is None else f" limit {int(limit)} offset {int(offset)}"
    sql = f"select {DUTY}, {_DUE_OF} {due_from(where)} {SOONEST_FIRST}{page}"
    return publication.rows(sql, [first, last, *values])


# The columns every list of documents shows; the names of issuer and source come along.
_COLUMNS = """
select d.document_id, d.title, d.url, d.source_id, d.doc_number, d.issuer, d.published,
       d.department_code, d.department_name, d.topic_code, d.topic_path, d.region, d.level, d.doc_type,
       d.status, d.validity, d.language, d.first_seen_at, d.changed_at, d.version_no, d.sample,
       s.name_zh as source_zh, s.name_en as source_en
from document d
left join source s on s.source_id = d.source_id
"""

_LATEST_FIRST = "order by d.published desc nulls last, d.first_seen_at desc, d.document_id"

_DUE_OF = (
    "d.title, d.issuer, d.department_name, d.department_code, d.doc_number, d.published, d.validity,"
    " d.status, d.sample"
)

_EVENT = "d.document_id in (select e.document_id from event e where e.kind = '{kind}' and e.at > ?)"
_OF_RUN = "d.document_id in (select e.document_id from event e where e.kind = '{kind}' and e.run_id = ?)"
_TOLD = (
    "d.document_no in (select o.document_no from field_origin o"
    " where o.field = 'change_note' and regexp_matches(o.value, '^[0-9-]{{10}} ') and {days})"
)
_TOLD_DAYS = _TOLD.format(days="left(o.value, 10) between ? and ?")  # days of this form stand in order
_KIND = {
    "documents": "d.status <> 'withdrawn'",
    "new": "d.status <> 'withdrawn' and " + _EVENT.format(kind="new"),
    "changed": "d.status <> 'withdrawn' and " + _EVENT.format(kind="changed"),
    "told": "d.status <> 'withdrawn' and " + _TOLD.format(days="true"),
    "withdrawn": "d.status = 'withdrawn' and " + _EVENT.format(kind="withdrawn"),
    # A repeal is news on the day the repealing document was first seen, the end of a term on its last day.
    "repealed": """d.status <> 'withdrawn' and (
        d.validity in ('repealed', 'amended')
            and d.validity_by in (select e.document_id from event e where e.kind = 'new' and e.at > ?)
        or d.validity = 'expired' and d.in_force_until >= cast(?::timestamptz as date)
    )""",
}
_ENDED = """(
    d.validity_by in (select b.document_id from document b where b.published >= ?)
    or d.validity = 'expired' and d.in_force_until >= ?
)"""
# What is new in the period is told once, as new: by the day of publication when the period goes by days,
# else by the day we first saw it.
_NOT_PUBLISHED = "coalesce(d.published, date '1900-01-01') < ?"
_NOT_NEW = "not " + _EVENT.format(kind="new")


def _where(selection: Selection) -> tuple[str, list[object]]:
    of_run = selection.run is not None and selection.kind in ("new", "changed", "withdrawn")
    clause = "true" if of_run or selection.told else _KIND[selection.kind]
    seen_after = selection.seen_after or datetime.fromisoformat("1900-01-01T00:00:00+00:00")
    parts, values = [clause], [seen_after] * clause.count("?")
    by_days = selection.unless_published_from is not None
    narrowing: list[tuple[str, list[object] | None]] = [
        (_NOT_PUBLISHED, _given(selection.unless_published_from)),
        (
            _NOT_NEW,
            [seen_after]
            if selection.kind == "changed" and not (by_days or of_run or selection.told)
            else None,
        ),
        _named(selection.told),
        (_ENDED, None if selection.ended_from is None else [selection.ended_from] * 2),
        (_TOLD_DAYS, _told_days(selection)),
        ("d.first_seen_at < ?", _given(selection.seen_until)),
        ("d.published >= ?", _given(selection.published_from)),
        ("d.published <= ?", _given(selection.published_to)),
        ("d.published between ? and ?", _week(selection.week)),
        (OF_THEME, _given(selection.theme)),
        (ABOUT, _given(selection.topic)),
        (ISSUED_BY, _given(selection.department)),
        ("d.source_id = ?", _given(selection.source)),
        ("d.region = ?", _given(selection.region)),
        ("coalesce(d.validity, 'unknown') = ?", _given(selection.validity)),
        (_OF_RUN.format(kind=selection.kind), _given(selection.run) if of_run else None),
        (TOLD_ONCE, [] if selection.told_once else None),
    ]
    for sql, given in narrowing:
        if given is not None:
            parts.append(sql)
            values.extend(given)  # type: ignore[arg-type]
    return " and ".join(parts), list(values)


def _named(told: Told | None) -> tuple[str, list[object] | None]:
    """Some documents through the index of names, many by a join."""
    if told is None:
        return "true", None
    if len(told.documents) <= _FEW:
        return f"d.document_id in ({placeholders(told.documents)})", list(told.documents)
    return "d.document_id in (select unnest(?))", [list(told.documents)]


def _given(value: object) -> list[object] | None:
    return None if value is None else [value]


def _told_days(selection: Selection) -> list[object] | None:
    first, last = selection.told_from, selection.told_to
    return None if first is None and last is None else [str(first or date.min), str(last or date.max)]


def _week(monday: date | None) -> list[object] | None:
    return None if monday is None else [monday, monday + timedelta(days=6)]
