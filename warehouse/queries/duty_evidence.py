"""Evidence that a duty was acted on: later documents of its bearer that cite the duty's document.

Those that seem to follow it count as well. Found means found in what is held; that nothing was found says
nothing of what a body did. Only the duties of a page are asked about; of each citing body the first document
is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.bearers import BodyNames, Fit, fit, in_reach
from warehouse.queries.borne import bodies
from warehouse.queries.by_name import documents_by_name, narrow_by_name
from warehouse.queries.duty_calendar import DutyChoice, pick_duties, with_documents
from warehouse.queries.lineage import family_of
from warehouse.queries.reading import Published, Row, placeholders, within

# How the document is tied to that of the duty, the closest first; `title`: a follow-up by its subject alone.
RELATIONS = ("implements", "prints", "forwards", "basis", "title", "clauses", "mentions")
MOST = 500  # duties asked about at once
# Ties first, then the few documents that they name: a join of all documents by their days would come first.
_TIED = """
with wanted as (select unnest(?::varchar[]) as document_id)
select c.target_document_id as of_id, c.document_id, c.kind as relation
from citation c
where c.target_document_id in (select document_id from wanted) and c.document_id <> c.target_document_id
    and c.kind in ('implements', 'prints', 'forwards', 'basis', 'mentions')
union
select f.parent_document_id, f.document_id, f.relation from follow_up f
where f.parent_document_id in (select document_id from wanted)
union
select f.root_document_id, f.document_id, f.relation from follow_up f
where f.root_document_id in (select document_id from wanted)
"""
_ACTING = "d.issuer_codes as issuers, d.published, d.status, d.reprint_of, d.unit, d.doc_type"
_EXPLAINS = "解读"  # to explain is not to act


@dataclass(frozen=True, slots=True)
class Proof:
    """A later document of a bearer that speaks of the duty's document."""

    document_id: str
    title: str
    published: date
    issuer: str
    issuer_code: str | None
    relation: str  # one of RELATIONS
    how: Fit  # name | short: the bearer itself; group | below: one of those whom the duty addresses together
    late: int  # days after the day it was due; negative: before it


def proven_duties(
    publication: Published,
    choice: DutyChoice,
    until: date,
    limit: int,
    offset: int = 0,
    only: bool | None = None,
) -> list[tuple[Row, tuple[Proof, ...]]]:
    """The rows of `list_duties`, at most MOST, each with what `evidence_of` found; of those that were looked
    at `only` ones with evidence (True) or without (False), if it is given.
    """
    rows = pick_duties(publication, choice, within(limit, MOST), offset)
    found = evidence_of(publication, rows, until)
    kept = [row for row in rows if only is None or only == (duty_key(row) in found)]
    return [(row, found.get(duty_key(row), ())) for row in with_documents(publication, kept)]


def evidence_of(
    publication: Published, rows: Sequence[Row], until: date
) -> dict[tuple[str, int, int], tuple[Proof, ...]]:
    """What was found for duties (rows of `pick_duties`) by `duty_key`, first published first.

    A duty whose bearer the text does not name, or whose document bears no day, has none: nothing could be
    matched. At most MOST rows; more are a ValueError.
    """
    if len(rows) > MOST:
        raise ValueError(f"{len(rows)} duties are more than {MOST} at once")
    asked = [row for row in rows if row["who"] and _issued(row)]
    issued = {row["document_id"]: _issued(row) for row in asked}
    if not issued:
        return {}
    tied: dict[str, list[Row]] = defaultdict(list)
    for one in _tied(publication, issued, until):
        tied[one["of_id"]].append(one)
    families = _families(
        publication, {code for some in tied.values() for one in some for code in one["issuers"]}
    )
    found = {duty_key(row): _fitting(row, tied[row["document_id"]], families) for row in asked}
    names = {one["document_id"] for some in found.values() for one, _, _ in some}
    shown = documents_by_name(publication, "d.title, d.issuer, d.department_name", names)
    return {key: _proofs(some, shown, dates) for key, some, dates in _with_due(found, asked)}


def duty_key(row: Mapping[str, object]) -> tuple[str, int, int]:
    """What tells one duty of a page from another: a sentence may stand twice in a document."""
    return str(row["fact_id"]), int(str(row["paragraph"])), int(str(row["start_at"]))


def _tied(publication: Published, issued: Mapping[str, date | None], until: date) -> list[Row]:
    """Of each relation and set of issuers the first document that came after that of the duty."""
    ties = publication.rows(_TIED, [list(issued)])
    papers = narrow_by_name(publication, _ACTING, (one["document_id"] for one in ties))
    acts = {name: row for name, row in papers.items() if _acts(row, until)}
    first: dict[tuple[str, str, tuple[str, ...]], Row] = {}
    for one in ties:
        day, act = issued[one["of_id"]], acts.get(one["document_id"])
        if act is None or day is None or act["published"] <= day:
            continue
        key = (one["of_id"], one["relation"], tuple(act["issuers"] or ()))
        known = first.get(key)
        if known is None or _named_day(act) < _named_day(known):
            first[key] = {**one, **act}
    return list(first.values())


def _acts(row: Row, until: date) -> bool:
    """Whether a document can be what its issuer did."""
    return (
        row["published"] is not None
        and row["published"] <= until
        and row["status"] != "withdrawn"
        and row["reprint_of"] is None
        and row["unit"] in (None, "document")
        and row["doc_type"] != _EXPLAINS
    )


def _named_day(row: Row) -> tuple[date, str]:
    return row["published"], row["document_id"]


def _issued(row: Row) -> date | None:
    day: date | None = row["written"] or row["published"]
    return day


def _families(publication: Published, codes: set[str]) -> dict[str, list[BodyNames]]:
    """Each issuing body with those that it was made of or that took its place, as a duty may name them."""
    changed = {
        str(row["code"])
        for row in publication.rows(
            "select distinct unnest([before_code, after_code]) as code from body_step"
            f" where before_code in ({placeholders([*codes])}) or after_code in ({placeholders([*codes])})",
            [*codes, *codes],
        )
    }
    family = {code: family_of(publication, code) if code in changed else (code,) for code in codes}
    known = bodies(publication, sorted({one for some in family.values() for one in (*some,)} | codes))
    return {code: [known[one] for one in {code, *some} if one in known] for code, some in family.items()}


_Found = tuple[Row, str, Fit]  # the citing document, its issuer's code, how the bearer's name means it


def _fitting(row: Row, tied: Iterable[Row], families: Mapping[str, list[BodyNames]]) -> list[_Found]:
    """The closest tie of each document that a bearer of the duty issued."""
    best: dict[str, _Found] = {}
    for one in sorted(tied, key=lambda each: (RELATIONS.index(each["relation"]), each["document_id"])):
        for code in one["issuers"]:
            how = _means(row, families.get(code, []))
            if how and one["document_id"] not in best:
                best[one["document_id"]] = (one, code, how)
    return sorted(best.values(), key=lambda each: (each[0]["published"], each[0]["document_id"]))


def _means(row: Row, family: Iterable[BodyNames]) -> Fit | None:
    ways = {
        how
        for body in family
        for words in row["who"]
        if (how := fit(words, body)) and in_reach(how, row["jurisdiction"], body)
    }
    return next((how for how in ("name", "short", "group", "below") if how in ways), None)


def _with_due(
    found: Mapping[tuple[str, int, int], list[_Found]], rows: Iterable[Row]
) -> Iterable[tuple[tuple[str, int, int], list[_Found], date | None]]:
    due = {duty_key(row): row["due"] for row in rows}
    return ((key, some, due[key]) for key, some in found.items() if some)


def _proofs(found: Iterable[_Found], shown: Mapping[str, Row], due: date | None) -> tuple[Proof, ...]:
    return tuple(
        Proof(
            one["document_id"],
            shown[one["document_id"]]["title"] or "",
            one["published"],
            shown[one["document_id"]]["department_name"] or shown[one["document_id"]]["issuer"] or "",
            code,
            one["relation"],
            how,
            (one["published"] - due).days if due else 0,
        )
        for one, code, how in found
        if one["document_id"] in shown
    )
