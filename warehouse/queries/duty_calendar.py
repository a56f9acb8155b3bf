"""Duties as a calendar asks for them: by state, span of days, bearer, issuer, theme, class and region.

Dated duties come from `dated_duty`, which lies by day; limits without a day from `limit_duty`, which is
narrow. A page is found by its place in the tables first, and only its rows are read whole
(docs/decisions/0032-what-lists-read.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.queries.borne import borne_by
from warehouse.queries.classes import ABOUT
from warehouse.queries.lineage import family_of
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.queries.regions import home_condition
from warehouse.queries.reprints import TOLD_ONCE
from warehouse.queries.rows_at import rows_at
from warehouse.queries.themes import OF_THEME

STATES = ("due", "past", "ended", "all")
STANDS = "coalesce(d.validity, 'unknown') not in ('repealed', 'expired') and d.status <> 'withdrawn'"
_STATE = {"due": STANDS, "past": STANDS, "ended": f"not ({STANDS})", "all": "true"}
_ISSUED_BY_ONE_OF = "list_has_any(d.issuer_codes, ?)"
_DOCUMENT = (
    "d.title, d.issuer, d.department_name, d.department_code, d.doc_number, d.published, d.written,"
    " d.validity, d.validity_by, d.status, d.region, d.jurisdiction, d.level, d.url, d.language, d.sample"
)
_DAYS = "d.published, d.written, d.jurisdiction, d.validity, d.status"
_DUTY = (
    "y.fact_id, y.document_id, y.sentence, y.paragraph, y.start_at, y.end_at, y.who, y.what, y.due_printed,"
    " y.value, y.strength"
)
_COUNTS = (
    "count(*) as duties, count(distinct d.document_no) as documents, count(distinct d.source_id) as sources"
)
_DATED = "from dated_duty y join document d on d.document_id = y.document_id"
_LIMITS = "from limit_duty y join document d on d.document_no = y.document_no"
_LATEST = (30_000, 300_000)  # of so many documents limits are looked for before all are


@dataclass(frozen=True, slots=True)
class DutyChoice:
    """Which duties are meant; every field that is set narrows."""

    first: date  # of the days on which they fall due
    last: date
    state: str = "due"  # due | past: of documents to be followed; ended: of repealed and withdrawn ones; all
    bearer: str | None = None  # code of the body that has to act; those it was made of count as well
    issuer: str | None = None  # code of the body that issued the document, likewise
    theme: str | None = None
    topic: str | None = None
    region: str | None = None
    home: str | None = None  # the region whose own and national documents come first


@dataclass(frozen=True, slots=True)
class _Where:
    sql: str
    values: tuple[object, ...]


def count_duties(publication: Published, choice: DutyChoice) -> Row:
    """Dated duties of the choice (`duties`), the documents and sources that they stand in."""
    where = _where(publication, choice, "dated_duty")
    sql = f"select {_COUNTS} {_DATED} where y.due between ? and ? and {where.sql}"
    return publication.rows(sql, [choice.first, choice.last, *where.values])[0]


def list_duties(publication: Published, choice: DutyChoice, limit: int, offset: int = 0) -> list[Row]:
    """Dated duties of the choice: those of the home region first, then by day, what is past the latest first.

    `at_home` says whether the document is the home region's own, of a place inside it or national.
    """
    return with_documents(publication, pick_duties(publication, choice, limit, offset))


def pick_duties(publication: Published, choice: DutyChoice, limit: int, offset: int = 0) -> list[Row]:
    """As `list_duties`, of each document only where it lies, its days and its place; `with_documents` adds
    the rest, whose titles cost most.
    """
    where = _where(publication, choice, "dated_duty")
    home = _Where(*home_condition(publication, choice.home))
    way = "desc" if choice.state == "past" else "asc"
    sql = f"""
        select y.rowid as place, d.rowid as document_place, y.due, {home.sql} as at_home {_DATED}
        where y.due between ? and ? and {where.sql}
        order by at_home desc, y.due {way}, d.published desc nulls last, d.document_no desc, y.rowid
        limit {int(limit)} offset {int(offset)}"""
    found = publication.rows(sql, [*home.values, choice.first, choice.last, *where.values])
    duties = rows_at(publication, "dated_duty y", f"{_DUTY}, y.due", [row["place"] for row in found])
    papers = rows_at(publication, "document d", _DAYS, [row["document_place"] for row in found])
    return [{**duties[row["place"]], **papers[row["document_place"]], **row} for row in found]


def with_documents(publication: Published, rows: Sequence[Row]) -> list[Row]:
    """Rows of `pick_duties` with title, issuer, number, validity and address of their documents."""
    papers = rows_at(publication, "document d", _DOCUMENT, [row["document_place"] for row in rows])
    return [{**row, **papers[row["document_place"]]} for row in rows]


def days_of_duties(publication: Published, choice: DutyChoice) -> list[Row]:
    """How many dated duties of the choice fall on each day, earliest first; days without any are left out."""
    where = _where(publication, choice, "dated_duty")
    sql = f"""
        select y.due as day, count(*) as duties {_DATED} where y.due between ? and ? and {where.sql}
        group by y.due order by y.due"""
    return publication.rows(sql, [choice.first, choice.last, *where.values])


def limits_printed(publication: Published) -> list[str]:
    """Every wording of a limit without a day that may return: 每年3月底前, quarterly."""
    return [str(row["printed"]) for row in publication.rows(_RETURNS)]


def count_limits(
    publication: Published, choice: DutyChoice, days: Mapping[str, date], *, returning: bool
) -> int:
    """Limits without a day of documents to be followed: those that return on a known day, or the others."""
    where = _where(publication, choice, "limit_duty")
    sql = f"select count(*) as duties {_LIMITS} where {_returning(returning)} and {where.sql}"
    return int(publication.rows(sql, [list(days), *where.values])[0]["duties"])


def list_limits(
    publication: Published, choice: DutyChoice, days: Mapping[str, date], limit: int, offset: int = 0,
    *, returning: bool,
) -> list[Row]:  # fmt: skip
    """The limits that `count_limits` counts: returning ones by next day (as `due`), others latest seen first.

    `days` gives the next day of each wording that has one; the home region's own come first. Rows of one
    document lie together, and so do documents that were seen together: a page of them is read in few places.
    """
    where = _where(publication, choice, "limit_duty")
    home = _Where(*home_condition(publication, choice.home))
    sql = f"""
        with next as (select unnest(?::varchar[]) as printed, unnest(?::date[]) as day)
        select y.document_no, y.paragraph, y.start_at, y.end_at, d.rowid as document_place, n.day as due,
            {home.sql} as at_home {_LIMITS}
        left join next n on n.printed = y.due_printed
        where y.document_no > ? and {_returning(returning)} and {where.sql}
        order by at_home desc, n.day, y.document_no desc, y.rowid
        limit {int(limit)} offset {int(offset)}"""
    names = list(days)
    newest = int(publication.rows("select coalesce(max(document_no), 0) as no from document")[0]["no"])
    found: list[Row] = []
    for since in [-1] if returning else [newest - some for some in _LATEST if some < newest] + [-1]:
        given = [names, list(days.values()), *home.values, since, names, *where.values]
        found = publication.rows(sql, given)
        if len(found) == limit and found[-1]["at_home"]:  # older ones would all come behind these
            break
    return with_documents(publication, _whole(publication, found))


def _whole(publication: Published, found: Sequence[Row]) -> list[Row]:
    """These limits with the rest of their duties, which are looked up where they lie."""
    numbers = sorted({row["document_no"] for row in found})
    if not numbers:
        return []
    sql = _LIE.format(numbers=placeholders(numbers))
    places = {_key(row): row["place"] for row in publication.rows(sql, [numbers[0], numbers[-1], *numbers])}
    duties = rows_at(publication, "duty y", _DUTY, [places[_key(row)] for row in found])
    return [{**duties[places[_key(row)]], **row, "place": places[_key(row)]} for row in found]


def _key(row: Row) -> tuple[int, ...]:
    return tuple(row[name] for name in ("document_no", "paragraph", "start_at", "end_at"))


_LIE = """
select y.rowid as place, y.document_no, y.paragraph, y.start_at, y.end_at from duty y
where y.document_no between ? and ? and y.document_no in ({numbers})
    and y.strength = 'deadline' and y.due is null
order by y.rowid desc
"""
_RETURNS = """
with named as materialized (select distinct y.due_printed as printed from limit_duty y)
select printed from named
where contains(printed, '每') or regexp_matches(printed, '(?i)(annual|year|quarter|month|week)')
order by printed
"""


def regions_held(publication: Published) -> list[str]:
    """The regions that documents belong to, the one with most documents first."""
    sql = """
        select region from document where region is not null group by region
        order by count(*) desc, region"""
    return [str(row["region"]) for row in publication.rows(sql)]


def _returning(returning: bool) -> str:
    return f"y.due_printed {'' if returning else 'not '}in (select unnest(?::varchar[]))"


def _where(publication: Published, choice: DutyChoice, table: str) -> _Where:
    parts: list[tuple[str, Sequence[object]]] = [(TOLD_ONCE, ()), (_STATE[choice.state], ())]
    if choice.bearer:
        parts.append(borne_by(publication, choice.bearer, table))
    if choice.issuer:
        codes = list(family_of(publication, choice.issuer)) or [choice.issuer]
        parts.append((_ISSUED_BY_ONE_OF, [codes]))
    for sql, value in ((OF_THEME, choice.theme), (ABOUT, choice.topic), ("d.region = ?", choice.region)):
        if value is not None:
            parts.append((sql, [value]))
    values = tuple(value for _, given in parts for value in given)
    return _Where(" and ".join(f"({sql})" for sql, _ in parts), values)
