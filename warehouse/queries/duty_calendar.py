"""Duties as a calendar asks for them: by state, span of days, bearer, issuer, theme, class and region.

Dated duties come from `dated_duty`, which lies by day; limits without a day from `duty`. A page is found by
its place in the tables first, and only its rows are read whole (docs/decisions/0032-what-lists-read.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.bearers import BodyNames, Fit, fit
from warehouse.queries.classes import ABOUT
from warehouse.queries.lineage import family_of
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.queries.regions import JURISDICTIONS
from warehouse.queries.reprints import TOLD_ONCE
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
_LIMITS = "from duty y join document d on d.document_no = y.document_no"
_FAR = 20_000  # rows between two places that are read apart
_LATEST = (30_000, 300_000)  # of so many documents limits are looked for before all are
_LIMIT = "y.strength = 'deadline' and y.due is null"  # such a duty has its limit as printed


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
    home = _at_home(publication, choice.home)
    way = "desc" if choice.state == "past" else "asc"
    sql = f"""
        select y.rowid as place, d.rowid as document_place, y.due, {home.sql} as at_home {_DATED}
        where y.due between ? and ? and {where.sql}
        order by at_home desc, y.due {way}, d.published desc nulls last, d.document_no desc, y.rowid
        limit {int(limit)} offset {int(offset)}"""
    found = publication.rows(sql, [*home.values, choice.first, choice.last, *where.values])
    duties = _rows_at(publication, "dated_duty y", f"{_DUTY}, y.due", [row["place"] for row in found])
    papers = _rows_at(publication, "document d", _DAYS, [row["document_place"] for row in found])
    return [{**duties[row["place"]], **papers[row["document_place"]], **row} for row in found]


def with_documents(publication: Published, rows: Sequence[Row]) -> list[Row]:
    """Rows of `pick_duties` with title, issuer, number, validity and address of their documents."""
    papers = _rows_at(publication, "document d", _DOCUMENT, [row["document_place"] for row in rows])
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
    sql = f"""
        select printed from (select distinct y.due_printed as printed from duty y where {_LIMIT})
        where contains(printed, '每')
            or regexp_matches(printed, '(?i)(annual|year|quarter|month|week)')
        order by printed"""
    return [str(row["printed"]) for row in publication.rows(sql)]


def count_limits(
    publication: Published, choice: DutyChoice, days: Mapping[str, date], *, returning: bool
) -> int:
    """Limits without a day of documents to be followed: those that return on a known day, or the others."""
    where = _where(publication, choice, "duty")
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
    where = _where(publication, choice, "duty")
    home = _at_home(publication, choice.home)
    sql = f"""
        with next as (select unnest(?::varchar[]) as printed, unnest(?::date[]) as day)
        select y.rowid as place, d.rowid as document_place, n.day as due, {home.sql} as at_home {_LIMITS}
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
    duties = _rows_at(publication, "duty y", _DUTY, [row["place"] for row in found])
    return with_documents(publication, [{**duties[row["place"]], **row} for row in found])


def regions_held(publication: Published) -> list[str]:
    """The regions that documents belong to, the one with most documents first."""
    sql = """
        select region from document where region is not null group by region
        order by count(*) desc, region"""
    return [str(row["region"]) for row in publication.rows(sql)]


def bodies(publication: Published, codes: Sequence[str]) -> dict[str, BodyNames]:
    """Names, place and level of these bodies, of those that the authority file has."""
    sql = f"""
        select code, coalesce(name_zh, name_en) as name, coalesce(name_en, '') as name_en,
            coalesce(short, '') as short, coalesce(jurisdiction, '') as place,
            coalesce(region, '') as region, coalesce(level, '') as level
        from body where code in ({placeholders(codes)})"""
    return {row["code"]: BodyNames(**row) for row in publication.rows(sql, codes)}


def _rows_at(publication: Published, table: str, columns: str, places: Sequence[int]) -> dict[int, Row]:
    """Columns of rows by their place in a table; asked for in runs, since a list of places alone is no range
    and every text between them would be unpacked.
    """
    one = table.split()[1]
    found: dict[int, Row] = {}
    for run in _runs(sorted(set(places))):
        sql = (
            f"select {one}.rowid as place, {columns} from {table}"
            f" where {one}.rowid between ? and ? and {one}.rowid in ({placeholders(run)})"
        )
        found.update({row.pop("place"): row for row in publication.rows(sql, [run[0], run[-1], *run])})
    return found


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place - run[-1] > _FAR:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _returning(returning: bool) -> str:
    return f"{_LIMIT} and y.due_printed {'' if returning else 'not '}in (select unnest(?::varchar[]))"


def _where(publication: Published, choice: DutyChoice, table: str) -> _Where:
    parts: list[tuple[str, Sequence[object]]] = [(TOLD_ONCE, ()), (_STATE[choice.state], ())]
    if choice.bearer:
        means = _borne_by(publication, choice.bearer, table)
        parts.append((means.sql, means.values))
    if choice.issuer:
        codes = list(family_of(publication, choice.issuer)) or [choice.issuer]
        parts.append((_ISSUED_BY_ONE_OF, [codes]))
    for sql, value in ((OF_THEME, choice.theme), (ABOUT, choice.topic), ("d.region = ?", choice.region)):
        if value is not None:
            parts.append((sql, [value]))
    values = tuple(value for _, given in parts for value in given)
    return _Where(" and ".join(f"({sql})" for sql, _ in parts), values)


def _borne_by(publication: Published, code: str, table: str) -> _Where:
    """Duties whose bearer, as printed, means the body or one of its family; the document's place counts."""
    family = list(family_of(publication, code)) or [code]
    known = bodies(publication, family)
    limits = "true" if table == "dated_duty" else f"{_LIMIT}"
    printed = [
        str(row["who"])
        for row in publication.rows(f"select distinct unnest(y.who) as who from {table} y where {limits}")
    ]
    parts: list[str] = ["false"]
    values: list[object] = []
    anyhow: set[str] = set()
    for body in known.values():
        called: dict[Fit, list[str]] = {"name": [], "short": [], "group": [], "below": []}
        for words in printed:
            how = fit(words, body)
            if how:
                called[how].append(words)
                anyhow.add(words)
        parts.append(
            "list_has_any(y.who, ?) or (starts_with(d.jurisdiction, ?) and list_has_any(y.who, ?))"
            " or (starts_with(?, d.jurisdiction) and (list_has_any(y.who, ?)"
            " or (d.jurisdiction <> ? and list_has_any(y.who, ?))))"
        )
        place = body.place or "-"
        values += [called["name"], place, called["short"], place, called["group"], place, called["below"]]
    sql = f"list_has_any(y.who, ?) and ({' or '.join(parts)})"  # the first asks no document
    return _Where(sql, (sorted(anyhow), *values))


def _at_home(publication: Published, region: str | None) -> _Where:
    """As `regions.at_home`, for a row `d`: the region's own, of a place inside it, or of its country."""
    codes = (
        {str(row["jurisdiction"]) for row in publication.rows(JURISDICTIONS, [region, region])}
        if region
        else set()
    )
    if not codes:  # a region that nobody knows has everything at home
        return _Where("true", ())
    every = publication.rows("select jurisdiction from body union select jurisdiction from source")
    inside = tuple(code if "-" in code else f"{code}-" for code in codes)
    own = {str(row["jurisdiction"]) for row in every if str(row["jurisdiction"]).startswith(inside)}
    home = sorted(own | codes | {code.split("-")[0] for code in codes})
    return _Where(f"coalesce(d.jurisdiction in ({placeholders(home)}), true)", tuple(home))
