"""Duties as a calendar asks for them: by state, span of days, bearer, issuer, theme, class and region.

Dated duties come from `dated_duty`, which lies by day; limits without a day from `duty`. A page is found by
its place in the tables first, and only its rows are read whole (docs/decisions/0032-what-lists-read.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_DUTY = (
    "y.fact_id, y.document_id, y.sentence, y.paragraph, y.start_at, y.end_at, y.who, y.what, y.due,"
    " y.due_printed, y.value, y.strength"
)
_LIMIT = "y.strength = 'deadline' and y.due is null and y.due_printed is not null"


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
    sql = f"""
        select count(*) as duties, count(distinct d.document_id) as documents,
            count(distinct d.source_id) as sources
        from dated_duty y join document d on d.document_id = y.document_id
        where y.due between ? and ? and {where.sql}"""
    return publication.rows(sql, [choice.first, choice.last, *where.values])[0]


def list_duties(publication: Published, choice: DutyChoice, limit: int, offset: int = 0) -> list[Row]:
    """Dated duties of the choice: those of the home region first, then by day, what is past the latest first.

    `at_home` says whether the document is the home region's own, of a place inside it or national.
    """
    where = _where(publication, choice, "dated_duty")
    home = _at_home(publication, choice.home)
    way = "desc" if choice.state == "past" else "asc"
    sql = f"""
        select y.rowid as place, y.due, {home.sql} as at_home
        from dated_duty y join document d on d.document_id = y.document_id
        where y.due between ? and ? and {where.sql}
        order by at_home desc, y.due {way}, d.published desc nulls last, y.document_id, y.paragraph,
            y.start_at, y.fact_id
        limit {int(limit)} offset {int(offset)}"""
    found = publication.rows(sql, [*home.values, choice.first, choice.last, *where.values])
    if not found:
        return []
    days, places = [row["due"] for row in found], [row["place"] for row in found]
    whole = f"""
        select y.rowid as place, {_DUTY}, {_DOCUMENT}
        from dated_duty y join document d on d.document_id = y.document_id
        where y.due between ? and ? and y.rowid in ({placeholders(places)})"""
    rows = {row["place"]: row for row in publication.rows(whole, [min(days), max(days), *places])}
    return [{**rows[row["place"]], "at_home": row["at_home"]} for row in found]


def days_of_duties(publication: Published, choice: DutyChoice) -> list[Row]:
    """How many dated duties of the choice fall on each day, earliest first; days without any are left out."""
    where = _where(publication, choice, "dated_duty")
    sql = f"""
        select y.due as day, count(*) as duties
        from dated_duty y join document d on d.document_id = y.document_id
        where y.due between ? and ? and {where.sql}
        group by y.due order by y.due"""
    return publication.rows(sql, [choice.first, choice.last, *where.values])


def limits_printed(publication: Published) -> list[str]:
    """Every wording of a limit without a day that may return: 每年3月底前, quarterly."""
    sql = f"""
        select distinct y.due_printed as printed from duty y
        where {_LIMIT} and (
            contains(y.due_printed, '每')
            or regexp_matches(y.due_printed, '(?i)(annual|year|quarter|month|week)'))
        order by printed"""
    return [str(row["printed"]) for row in publication.rows(sql)]


def count_limits(
    publication: Published, choice: DutyChoice, days: Mapping[str, date], *, returning: bool
) -> Row:
    """Limits without a day of documents to be followed: those that return on a known day, or the others."""
    where = _where(publication, choice, "duty")
    sql = f"""
        select count(*) as duties, count(distinct d.document_id) as documents,
            count(distinct d.source_id) as sources
        from duty y join document d on d.document_no = y.document_no
        where {_limits(returning)} and {where.sql}"""
    return publication.rows(sql, [list(days), *where.values])[0]


def list_limits(
    publication: Published, choice: DutyChoice, days: Mapping[str, date], limit: int, offset: int = 0,
    *, returning: bool,
) -> list[Row]:  # fmt: skip
    """The limits that `count_limits` counts: returning ones by next day (as `due`), others latest first.

    `days` gives the next day of each wording that has one; the home region's own come first.
    """
    where = _where(publication, choice, "duty")
    home = _at_home(publication, choice.home)
    sql = f"""
        with next as (select unnest(?::varchar[]) as printed, unnest(?::date[]) as day)
        select y.rowid as place, y.document_no, n.day, {home.sql} as at_home
        from duty y join document d on d.document_no = y.document_no
        left join next n on n.printed = y.due_printed
        where {_limits(returning)} and {where.sql}
        order by at_home desc, n.day, d.published desc nulls last, y.document_id, y.paragraph, y.start_at
        limit {int(limit)} offset {int(offset)}"""
    names = list(days)
    found = publication.rows(sql, [names, list(days.values()), *home.values, names, *where.values])
    if not found:
        return []
    numbers, places = [row["document_no"] for row in found], [row["place"] for row in found]
    whole = f"""
        select y.rowid as place, {_DUTY}, {_DOCUMENT}
        from duty y join document d on d.document_no = y.document_no
        where y.document_no in ({placeholders(numbers)}) and y.rowid in ({placeholders(places)})"""
    rows = {row["place"]: row for row in publication.rows(whole, [*numbers, *places])}
    return [{**rows[row["place"]], "due": row["day"], "at_home": row["at_home"]} for row in found]


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


def _limits(returning: bool) -> str:
    return f"{_LIMIT} and {'' if returning else 'not '}list_contains(?::varchar[], y.due_printed)"


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
    for body in known.values():
        called: dict[Fit, list[str]] = {"name": [], "short": [], "group": [], "below": []}
        for words in printed:
            how = fit(words, body)
            if how:
                called[how].append(words)
        parts.append(
            "list_has_any(y.who, ?) or (starts_with(d.jurisdiction, ?) and list_has_any(y.who, ?))"
            " or (starts_with(?, d.jurisdiction) and (list_has_any(y.who, ?)"
            " or (d.jurisdiction <> ? and list_has_any(y.who, ?))))"
        )
        place = body.place or "-"
        values += [called["name"], place, called["short"], place, called["group"], place, called["below"]]
    return _Where(" or ".join(parts), tuple(values))


def _at_home(publication: Published, region: str | None) -> _Where:
    """As `regions.at_home`, for a row `d`: the region's own, of a place inside it, or of its country."""
    codes = (
        [str(row["jurisdiction"]) for row in publication.rows(JURISDICTIONS, [region, region])]
        if region
        else []
    )
    if not codes:
        return _Where("true", ())
    parts, values = ["d.region = ?", "d.region is null"], [region]
    for code in sorted(codes):
        inside = code if "-" in code else f"{code}-"
        parts += [
            "d.jurisdiction = ?",
            "starts_with(d.jurisdiction, ?)",
            "(d.jurisdiction = ? and d.level = 'national')",
        ]
        values += [code, inside, code.split("-")[0]]
    return _Where(f"coalesce({' or '.join(parts)}, false)", tuple(values))
