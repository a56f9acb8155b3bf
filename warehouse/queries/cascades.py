"""The cascade of one document: who below followed it, by what evidence, who was not seen to, and what is due.

All of it speaks of what is held here. A region of which nothing was found may well have acted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from warehouse.clauses import ALIKE, Alignment, align
from warehouse.queries.by_name import documents_by_name, rows_of
from warehouse.queries.reading import Published, Row, placeholders, within
from warehouse.shingles import plain

MOST = 200  # documents of a cascade that are told
MOST_LISTED = 200  # upper documents of the index
STEPS = 4  # levels below one another at most: nation, province, city, county
BELOW = {
    "international": "national",
    "national": "provincial",
    "provincial": "municipal",
    "municipal": "county",
}
CANDIDATES = frozenset({"title", "mentions", "clauses"})  # relations that a person has yet to confirm
# Who is charged when a duty goes to the levels below: 各市（州）人民政府, 县级民政部门, local authorities.
LOWER = (
    r"各(?:省|市|州|县|区|盟|旗|地|级|乡|镇|街道)|^(?:省|市|县|区|乡镇)级|地方|市县|[省市县区]（[^）]{1,9}）|乡镇|街道办"
    r"|(?i:\b(?:local|state|county|municipal|city|district) (?:authorit|government|council|agenc|board))"
)
_LOWER = re.compile(LOWER)
_ADDRESS = 4  # paragraphs at the head of a document among which its address stands
_STATED = ("implements", "forwards", "prints", "basis", "mentions")  # the most telling sentence first
_SHOWN = (
    "d.title, d.doc_number, d.issuer, d.department_code, d.department_name, d.published, d.region, d.level,"
    " d.status, d.validity, d.jurisdiction, d.language, d.source_id, d.reprint_of"
)


def cascade(publication: Published, document_id: str) -> list[Row]:
    """Every document told to follow this one, step by step, at most `MOST`: the earliest of each step first.

    `relation`, `lag_days` and `confidence` are those of the step to `parent_document_id`; `days` counts from
    this document, None where a day is not known; `evidence` is the sentence that cites this document or, of a
    later step, its parent, None where nothing is cited.
    """
    steps = _steps(publication, document_id)
    shown = documents_by_name(publication, _SHOWN, [document_id, *steps])
    begun = shown.get(document_id, {}).get("published")
    rows = [
        {**one, **shown[name], "days": _days(begun, shown[name]["published"])}
        for name, one in steps.items()
        if name in shown and shown[name]["status"] != "withdrawn"
    ]
    told = _evidence(publication, document_id, rows)
    found = [{**row, "evidence": told.get(row["document_id"])} for row in rows]
    return sorted(found, key=_earliest)[:MOST]


def expected(publication: Published, level: str | None, jurisdiction: str | None) -> list[Row]:
    """The regions one level below known to the authority list, and what is held of each.

    Each row: `region`, `documents`, `sources`, `latest` (day). Without documents nothing can be said of it.
    """
    below = BELOW.get(level or "")
    if below is None or not jurisdiction:
        return []
    return publication.rows(_EXPECTED, [below, jurisdiction, jurisdiction, below, jurisdiction])


def duties_below(publication: Published, document_id: str, regions: Iterable[str] = ()) -> list[Row]:
    """What the document charges lower levels with, the soonest day first, undated ones last.

    `who` are bearers that the text names for it: in its sentence or before it in the paragraph, or whom the
    document addresses. A task with a day and without a bearer is among them, its `who` empty.
    """
    rows = rows_of(
        publication, [document_id], "duty",
        "fact_id, sentence, paragraph, start_at, end_at, who, what, due, due_printed, strength",
    )  # fmt: skip
    return charged_below(rows, publication.body(document_id), tuple(regions))


def charged_below(rows: Sequence[Row], body: Sequence[str], regions: tuple[str, ...] = ()) -> list[Row]:
    """Those of a document's duties that go to lower levels or, with a day, to nobody named; its text."""
    told = [{**row, "who": _named_bearers(row, body)} for row in rows]
    found = [row for row in told if _goes_below(row["who"], regions) or (row["due"] and not row["who"])]
    return sorted(found, key=lambda row: (row["due"] is None, row["due"] or date.max, row["paragraph"]))


def most_followed(publication: Published, since: date, *, limit: int = 20) -> list[Row]:
    """Documents issued since that day which most others follow directly; candidates count apart."""
    asked = [*sorted(CANDIDATES), *sorted(CANDIDATES), since, within(limit, MOST_LISTED)]
    return publication.rows(_MOST_FOLLOWED, asked)


def open_ones(
    publication: Published, since: date, first: date, last: date, today: date, limit: int = 20
) -> list[Row]:
    """Documents issued since that day which charge lower levels with something due between two days.

    Each row says how many such duties, the next day (else the last that is past), and how many documents
    follow. What is still to come stands first, the soonest first; then what is past, the latest first.
    """
    asked = [today, LOWER, first, last, since, today, today, within(limit, MOST_LISTED)]
    return publication.rows(_OPEN, asked)


def clause_places(publication: Published, ids: Sequence[str]) -> dict[str, Row]:
    """What is needed to lay two texts beside each other: title, terms of use and length, by document."""
    found = documents_by_name(publication, _SHOWN + ", d.characters", ids)
    terms = {
        row["source_id"]: row["reuse"] for row in publication.rows("select source_id, reuse from source")
    }
    return {name: {**row, "reuse": terms.get(row["source_id"])} for name, row in found.items()}


def side_by_side(publication: Published, upper: str, lower: str, alike: float = ALIKE) -> Alignment:
    """The published (masked) texts of two documents clause by clause; empty for those not published."""
    return align(publication.body(upper), publication.body(lower), alike=alike)


def _steps(publication: Published, document_id: str) -> dict[str, Row]:
    """The follow-ups below by their document, each once, by the nearest way and the surest relation."""
    found: dict[str, Row] = {}
    above = [document_id]
    for step in range(1, STEPS + 1):
        sql = _FOLLOWERS.format(ids=placeholders(above))
        rows = [
            row for row in publication.rows(sql, [*above, MOST])
            if row["document_id"] not in found and row["document_id"] != document_id
        ]  # fmt: skip
        for row in rows:
            found.setdefault(row["document_id"], {**row, "step": step})
        above = [row["document_id"] for row in rows]
        if not above or len(found) >= MOST:
            break
    return found


def _evidence(publication: Published, document_id: str, rows: Sequence[Row]) -> dict[str, Row]:
    """The most telling citation of each follower: of the document itself before one of its parent."""
    ids = [row["document_id"] for row in rows]
    columns = (
        "fact_id, document_id, kind, sentence, paragraph, start_at, end_at, target_number, target_document_id"
    )
    cited = rows_of(publication, ids, "citation", columns, "target_document_id is not null")
    copies = documents_by_name(
        publication, "d.reprint_of", {one["target_document_id"] for one in cited}, "d.reprint_of is not null"
    )
    parents = {row["document_id"]: row["parent_document_id"] for row in rows}
    told: dict[str, tuple[tuple[int, int, int], Row]] = {}
    for one in cited:
        target = copies.get(one["target_document_id"], {}).get("reprint_of") or one["target_document_id"]
        if target not in (document_id, parents[one["document_id"]]) or one["kind"] not in _STATED:
            continue
        place = (int(target != document_id), _STATED.index(one["kind"]), one["paragraph"])
        if one["document_id"] not in told or place < told[one["document_id"]][0]:
            told[one["document_id"]] = (place, {**one, "target_document_id": target})
    return {name: one for name, (_, one) in told.items()}


def _named_bearers(row: Row, body: Sequence[str]) -> list[str]:
    """Those of the task's bearers that its sentence, the paragraph up to it or the address names."""
    address = "".join(one for one in body[:_ADDRESS] if one.rstrip().endswith(("：", ":")))
    at = row["paragraph"]
    before = body[at][: row["end_at"]] if at < len(body) else ""
    said = plain(f"{address}\n{before}\n{row['sentence']}")
    return [one for one in row["who"] or () if plain(one) in said]


def _goes_below(who: Sequence[str], regions: tuple[str, ...]) -> bool:
    return any(_LOWER.search(one) or one.startswith(regions) for one in who)


def _days(begun: date | None, then: date | None) -> int | None:
    return (then - begun).days if begun and then else None


def _earliest(row: Row) -> tuple[int, int, str]:
    return row["step"], row["days"] if row["days"] is not None else 1 << 30, row["document_id"]


_FOLLOWERS = """
select f.document_id, arg_max(f.parent_document_id, f.confidence) as parent_document_id,
       arg_max(f.relation, f.confidence) as relation, arg_max(f.lag_days, f.confidence) as lag_days,
       max(f.confidence) as confidence
from follow_up f where f.parent_document_id in ({ids})
group by f.document_id order by confidence desc, f.document_id limit ?
"""
_EXPECTED = """
with place as (
    select distinct region from body
    where level = ? and starts_with(jurisdiction, ?) and jurisdiction <> ? and region <> ''
),
held as (
    select region, count(*) as documents, count(distinct source_id) as sources, max(published) as latest
    from document where level = ? and starts_with(jurisdiction, ?) and status = 'active' group by region
)
select place.region, coalesce(held.documents, 0) as documents, coalesce(held.sources, 0) as sources,
       held.latest
from place left join held on held.region = place.region
order by documents desc, place.region
"""
_MOST_FOLLOWED = """
with told as (
    select f.parent_document_id as document_id,
           count(distinct f.document_id) filter (where f.relation not in (?, ?, ?)) as followers,
           count(distinct f.document_id) filter (where f.relation in (?, ?, ?)) as candidates,
           min(f.lag_days) as first_lag, median(f.lag_days)::integer as middle_lag,
           max(f.lag_days) as last_lag
    from follow_up f group by f.parent_document_id
)
select d.document_id, d.title, d.doc_number, d.issuer, d.department_code, d.department_name, d.published,
       d.level, d.region, d.status, d.validity, d.language,
       t.followers, t.candidates, t.first_lag, t.middle_lag, t.last_lag
from told t join document d on d.document_id = t.document_id
where d.published >= ?
order by t.followers desc, t.candidates desc, d.published desc, d.document_id limit ?
"""
_OPEN = """
with due as (
    select y.document_id, coalesce(min(y.due) filter (where y.due >= ?), max(y.due)) as due,
           count(*) as duties
    from dated_duty y
    where regexp_matches(array_to_string(y.who, '；'), ?) and y.due between ? and ?
    group by y.document_id
),
told as (
    select f.parent_document_id as document_id, count(distinct f.document_id) as followers
    from follow_up f semi join due on due.document_id = f.parent_document_id group by all
)
select d.document_id, d.title, d.doc_number, d.issuer, d.department_code, d.department_name, d.published,
       d.level, d.region, d.status, d.validity, d.language,
       due.due, due.duties, coalesce(told.followers, 0) as followers
from due join document d on d.document_id = due.document_id
left join told on told.document_id = due.document_id
where d.published >= ? and d.level in ('national', 'provincial', 'municipal') and d.reprint_of is null
    and d.status = 'active' and coalesce(d.validity, 'unknown') not in ('repealed', 'expired')
order by due.due < ?, abs(date_diff('day', ?, due.due)), d.published desc, d.document_id limit ?
"""
