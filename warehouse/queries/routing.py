"""To whom documents give work: the inbox of a body, what is routed to nobody, and why each stands there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.publication import Publication
from warehouse.queries.by_name import rows_of
from warehouse.queries.pages_listing import documents_of
from warehouse.queries.reading import placeholders
from warehouse.queries.routing_codes import inbox_codes

REASONS = ("addressee", "responsible", "duty", "topic")
NOBODY = ("nobody", "unknown", "own", "tells")


@dataclass(frozen=True, slots=True)
class InboxChoice:
    """Which documents of an inbox are meant; every field that is set narrows."""

    code: str
    since: date | None = None  # published (else first seen) on this day or later
    reason: str | None = None  # addressee | responsible | duty | topic
    only: tuple[str, ...] | None = None  # these documents
    but: tuple[str, ...] = ()  # without these
    also: tuple[str, ...] = ()  # given by hand, whatever rules found


def count_inbox(publication: Publication, choice: InboxChoice) -> int:
    """How many documents the choice holds; equal to the rows of `list_inbox` without a limit."""
    where, values = _inbox(publication, choice)
    sql = f"select count(*) as n from ({_TOLD.format(where=where)})"
    return int(publication.rows(sql, values)[0]["n"])


def list_inbox(
    publication: Publication, choice: InboxChoice, limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """Documents of an inbox, the latest first, with the strongest reason and where the text says so."""
    where, values = _inbox(publication, choice)
    sql = (
        f"{_TOLD.format(where=where)} order by day desc nulls last, d.document_no desc"
        f" limit {int(limit)} offset {int(offset)}"
    )
    return _with_documents(publication, publication.rows(sql, values))


def count_unrouted(
    publication: Publication, since: date | None = None, but: Collection[str] = (), also: Collection[str] = ()
) -> dict[str, int]:
    """How many documents were routed to nobody, by why; without those that people settled."""
    where, values = _unrouted(since, None, but, also)
    sql = (
        f"select r.reason, count(*) as n from routing r {_ONCE} where {where} group by r.reason order by all"
    )
    return {row["reason"]: row["n"] for row in publication.rows(sql, values)}


def list_unrouted(
    publication: Publication,
    since: date | None = None,
    reason: str | None = None,
    but: Collection[str] = (),
    also: Collection[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Documents that were routed to nobody, the oldest first, with why; `also` are those sent back."""
    where, values = _unrouted(since, reason, but, also)
    sql = (
        f"select d.document_id, r.reason, r.day from routing r {_ONCE} where {where}"
        f" order by r.day, d.document_no limit {int(limit)} offset {int(offset)}"
    )
    return _with_documents(publication, publication.rows(sql, values))


def routes_of(publication: Publication, document_ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """To whom each of these documents was routed, strongest reason first; nobody's row is left out."""
    columns = "document_id, code, name, reason, rank, paragraph, start_at, end_at"
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(publication, list(document_ids), "routing", columns, "code is not null"):
        found.setdefault(row["document_id"], []).append(row)
    return {name: sorted(rows, key=lambda row: row["rank"]) for name, rows in found.items()}


def routing_counts(publication: Publication) -> dict[str, int]:
    """Documents, those that were routed, and routes, over the whole publication."""
    row = publication.rows(
        "select count(distinct document_no) as documents, count(distinct document_no) filter"
        " (where code is not null) as routed, count(code) as routes from routing"
    )[0]
    return {name: int(value) for name, value in row.items()}


# A reprint is the issuing organ's document over again, and what was withdrawn gives no work any more.
_ONCE = (
    "join document d on d.document_no = r.document_no and d.reprint_of is null and d.status <> 'withdrawn'"
)
_TOLD = (
    "select d.document_id, d.document_no, min(r.day) as day, arg_min(r.reason, r.rank) as reason,"
    " arg_min(r.code, r.rank) as code, arg_min(r.name, r.rank) as name,"
    " arg_min(r.paragraph, r.rank) as paragraph, arg_min(r.start_at, r.rank) as start_at,"
    f" arg_min(r.end_at, r.rank) as end_at from routing r {_ONCE}"
    " where {where} group by d.document_id, d.document_no"
)


def _inbox(publication: Publication, choice: InboxChoice) -> tuple[str, list[object]]:
    codes = inbox_codes(publication, choice.code)
    where, values = f"r.code in ({placeholders(codes)})", list[object](codes)
    if choice.also:
        where = f"({where} or (r.rank = 1 and r.document_id in (select unnest(?))))"
        values.append(list(choice.also))
    where += " and d.department_code is distinct from ?"  # its own paper, sent to a class it belongs to
    values.append(choice.code)
    if choice.since is not None:
        where += " and r.day >= ?"
        values.append(choice.since)
    if choice.reason is not None:
        where += " and r.reason = ?"
        values.append(choice.reason)
    if choice.only is not None:
        where += " and r.document_id in (select unnest(?))"
        values.append(list(choice.only))
    if choice.but:
        where += " and r.document_id not in (select unnest(?))"
        values.append(list(choice.but))
    return where, values


def _unrouted(
    since: date | None, reason: str | None, but: Collection[str], also: Collection[str]
) -> tuple[str, list[object]]:
    where, values = "r.code is null", list[object]()
    if also:
        where = f"({where} or (r.rank = 1 and r.document_id in (select unnest(?))))"
        values.append(sorted(also))
    if since is not None:
        where += " and r.day >= ?"
        values.append(since)
    if reason is not None:
        where += " and r.reason = ?"
        values.append(reason)
    if but:
        where += " and r.document_id not in (select unnest(?))"
        values.append(sorted(but))
    return where, values


def _with_documents(publication: Publication, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what lists show of each document; why a row stands there goes before."""
    held = {
        row["document_id"]: row
        for row in documents_of(publication, tuple(row["document_id"] for row in rows))
    }
    return [{**held[row["document_id"]], **row} for row in rows if row["document_id"] in held]
