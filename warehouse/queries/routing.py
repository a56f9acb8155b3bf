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
from warehouse.queries.themes import OF_THEME

REASONS = ("addressee", "responsible", "duty", "topic")
THEME = "theme:"  # how the code of an analyst's inbox begins
NOBODY = ("nobody", "unknown", "own", "tells")
WAITING = ("nobody", "unknown", "own")  # what reports or answers a letter waits for nobody


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
    told, values = _told(publication, choice)
    return int(publication.rows(f"select count(*) as n from ({told})", values)[0]["n"])


def list_inbox(
    publication: Publication, choice: InboxChoice, limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """Documents of an inbox, what a person gave first, then the latest, each with its reason and place."""
    told, values = _told(publication, choice)
    first = "list_contains(?, document_id) desc, " if choice.also else ""
    order = f"order by {first}day desc nulls last, document_no desc limit {int(limit)} offset {int(offset)}"
    given = [list(choice.also)] if choice.also else []
    rows = publication.rows(f"select * from ({told}) {order}", [*values, *given])
    why = _reasons(publication, choice, [row["document_id"] for row in rows])
    return _with_documents(publication, [{**row, **why.get(row["document_id"], _NO_WORDS)} for row in rows])


def count_unrouted(
    publication: Publication, since: date | None = None, but: Collection[str] = ()
) -> dict[str, int]:
    """How many documents were routed to nobody, by why; without those that people settled."""
    where, values = _unrouted(since, NOBODY, but, ())
    sql = (
        f"select r.reason, count(*) as n from routing r {_ONCE} where {where} group by r.reason order by all"
    )
    return {row["reason"]: row["n"] for row in publication.rows(sql, values)}


def list_unrouted(
    publication: Publication,
    since: date | None = None,
    reasons: Collection[str] = WAITING,
    but: Collection[str] = (),
    also: Collection[str] = (),
    limit: int = 20,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Documents that were routed to nobody, the oldest first, with why; `also` are those sent back."""
    where, values = _unrouted(since, reasons, but, also)
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


def theme_analysts(publication: Publication) -> list[dict[str, Any]]:
    """Every theme with its names and the account that its new documents come to; empty: its queue."""
    return publication.rows("select theme_id, name_zh, name_en, analyst from theme order by theme_id")


def list_routes(publication: Publication, since: date | None, limit: int) -> list[dict[str, Any]]:
    """The latest documents with their `routes`, strongest reason first, or why `nobody` was found."""
    where, values = ("true", []) if since is None else ("r.day >= ?", [since])
    sql = (
        "select d.document_id, r.day, case when r.code is null then r.reason end as nobody"
        f" from routing r {_ONCE} where r.rank = 1 and {where}"
        f" order by r.day desc nulls last, d.document_no desc limit {int(limit)}"
    )
    rows = _with_documents(publication, publication.rows(sql, list[object](values)))
    routes = routes_of(publication, [row["document_id"] for row in rows])
    return [{**row, "routes": routes.get(row["document_id"], [])} for row in rows]


def assignable(publication: Publication, region: str) -> list[dict[str, Any]]:
    """Bodies to choose from when giving by hand: those of the region, then those that work comes to most."""
    return publication.rows(_ASSIGNABLE, [region])


def routed_name(publication: Publication, code: str) -> str | None:
    """What a body is called that work comes to under its own code; None where none does."""
    body = publication.rows("select name_zh as name from body where code = ?", [code])
    rows = body or publication.rows(
        "select name from routing where code = ? and not starts_with(code, 'all:') limit 1", [code]
    )
    return str(rows[0]["name"]) if rows else None


def named(publication: Publication, document_ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """The titles of these documents, those that are published."""
    return [
        {"document_id": row["document_id"], "title": row["title"]}
        for row in documents_of(publication, tuple(dict.fromkeys(document_ids)))
    ]


def routing_counts(publication: Publication) -> dict[str, int]:
    """Documents, those that were routed, and routes, over the whole publication."""
    row = publication.rows(
        "select count(distinct document_no) as documents, count(distinct document_no) filter"
        " (where code is not null) as routed, count(code) as routes from routing"
    )[0]
    return {name: int(value) for name, value in row.items()}


_ASSIGNABLE = """
select code, any_value(name) as name, min(rank) as rank, max(n) as n
from (
    select code, name_zh as name, 1 as rank, 0 as n from body where region = ? and valid_to is null
    union all
    (
        select code, any_value(name), 2, count(*) from routing
        where code is not null and not starts_with(code, 'all:')
            and day >= (select max(day) - 365 from routing)
        group by code order by count(*) desc, code limit 60
    )
)
group by code
order by rank, n desc, code
"""

# A reprint is the issuing organ's document over again, and what was withdrawn gives no work any more.
_ONCE = (
    "join document d on d.document_no = r.document_no and d.reprint_of is null and d.status <> 'withdrawn'"
)
_ROUTED = "select d.document_id, d.document_no, min(r.day) as day from"
# Two readings, each with a filter of its own: an `or` of code and name would be asked of every row.
_WITH_ALSO = """
select document_id, document_no, reason, day from routing where code in ({codes})
union all
select document_id, document_no, reason, day from routing
where rank = 1 and document_no in (
    select d.document_no from document d
    semi join (select unnest(?::varchar[]) as document_id) asked on asked.document_id = d.document_id
)
"""
_THEMED = (
    "select d.document_id, d.document_no,"
    " coalesce(d.published, timezone('UTC', d.first_seen_at)::date) as day"
    " from document d where d.reprint_of is null and d.status <> 'withdrawn'"
)
_NO_WORDS: dict[str, Any] = {
    "reason": "theme", "code": None, "name": None, "paragraph": 0, "start_at": 0, "end_at": 0,
}  # fmt: skip


def _reasons(publication: Publication, choice: InboxChoice, ids: list[str]) -> dict[str, dict[str, Any]]:
    """Why each of these documents came to the body: the strongest of its routes, with its place."""
    if choice.code.startswith(THEME):
        return {}
    codes = frozenset(inbox_codes(publication, choice.code))
    found: dict[str, dict[str, Any]] = {}
    for name, routes in routes_of(publication, ids).items():
        own = [row for row in routes if row["code"] in codes and choice.reason in (None, row["reason"])]
        for row in own[:1]:
            found[name] = {key: row[key] for key in _NO_WORDS}
    return found


def _told(publication: Publication, choice: InboxChoice) -> tuple[str, list[object]]:
    """The rows of an inbox, one a document, without an order."""
    if choice.code.startswith(THEME):
        where, values = _narrowed(choice, "d", "day")
        return f"{_THEMED} and {OF_THEME}{where}", [choice.code.removeprefix(THEME), *values]
    codes = inbox_codes(publication, choice.code)
    mine, given = f"routing r {_ONCE} where r.code in ({placeholders(codes)})", list[object](codes)
    if choice.also:
        both = _WITH_ALSO.format(codes=placeholders(codes))
        mine, given = f"({both}) r {_ONCE} where true", [*codes, list(choice.also)]
    mine += " and d.department_code is distinct from ?"  # its own paper, sent to a class it belongs to
    where, values = _narrowed(choice, "r", "r.day")
    if choice.reason is not None:
        where += " and r.reason = ?"
        values.append(choice.reason)
    told = f"{_ROUTED} {mine}{where} group by d.document_id, d.document_no"
    return told, [*given, choice.code, *values]


def _narrowed(choice: InboxChoice, table: str, day: str) -> tuple[str, list[object]]:
    where, values = "", list[object]()
    if choice.since is not None:
        where += f" and {day} >= ?"
        values.append(choice.since)
    if choice.only is not None:
        where += f" and {table}.document_id in (select unnest(?))"
        values.append(list(choice.only))
    if choice.but:
        where += f" and {table}.document_id not in (select unnest(?))"
        values.append(list(choice.but))
    return where, values


def _unrouted(
    since: date | None, reasons: Collection[str], but: Collection[str], also: Collection[str]
) -> tuple[str, list[object]]:
    where = f"r.code is null and r.reason in ({placeholders(tuple(reasons))})"
    values: list[object] = list(reasons)
    if also:
        where = f"({where} or (r.rank = 1 and r.document_id in (select unnest(?))))"
        values.append(sorted(also))
    if since is not None:
        where += " and r.day >= ?"
        values.append(since)
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
