"""Why a document is worth a line on the first page: what it ends, moves, cites, asks of whom, and starts.

Each reason is a fact of the publication with its place, so that a page can link it; how reasons are weighed
against one another is `dashboard/today/ranking.py` (docs/decisions/0036-first-page.md). At most `MOST`
documents are asked about at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.bearers import fit, in_reach
from warehouse.queries.borne import bodies
from warehouse.queries.by_name import AT_ONCE, narrow_by_name, rows_of
from warehouse.queries.first_of_kind import first_of_body, first_of_region
from warehouse.queries.nearer import Between
from warehouse.queries.reader_delta import ENDS
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.queries.unusual import unusual_weeks

MOST = AT_ONCE


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of one document; the place of its sentence in that document where it has one."""

    code: str  # ends | deadline | follows | watched | department | first | region | yours | unusual
    fact_id: str | None = None
    paragraph: int | None = None  # from 0
    target: str | None = None  # the document ended or cited
    target_state: str | None = None  # amended | repealed | expired
    due: date | None = None
    old_due: date | None = None
    body: str | None = None  # the followed body that has to act, or that issued it
    theme: str | None = None  # the followed theme it belongs to
    week: date | None = None  # Monday of the week that is unusual
    usual: float | None = None  # documents a week before


@dataclass(frozen=True, slots=True)
class Wish:
    """For whom it is asked: what she follows and what was moved since she looked."""

    documents: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    moved: tuple[tuple[str, str, date, date], ...] = ()  # document, fact, day, the day before


def wish_of(follows: Mapping[str, Collection[str]], looks: Between | None) -> Wish:
    """What a reader's follows (by kind) and her look mean for the reasons."""
    moved = sorted((*key, old) for key, old in looks.moved.items()) if looks else []
    documents, themes, codes = (tuple(sorted(follows[kind])) for kind in ("document", "theme", "body"))
    return Wish(documents, themes, codes, tuple(moved))


def reasons(
    publication: Published, document_ids: tuple[str, ...], wish: Wish, today: date
) -> dict[str, tuple[Reason, ...]]:
    """The reasons of each of these documents, of those that have any."""
    ids = document_ids[:MOST]
    found: dict[str, list[Reason]] = {}
    known = narrow_by_name(publication, _NARROW, ids)
    duties = _rows_of(publication, known, "duty", _DUTY, "true", ())
    for part in (
        _ended(publication, ids),
        _moved(known, duties, wish),
        _cited(publication, known, wish.documents),
        _wanted(known, wish),
        _charged(publication, known, duties, wish.bodies),
        [(name, Reason("first")) for name in first_of_body(publication, known, today)],
        [(name, Reason("region")) for name in first_of_region(publication, known, today)],
        _unusual(publication, known, today),
    ):
        for document_id, reason in part:
            found.setdefault(document_id, []).append(reason)
    return {document_id: tuple(some) for document_id, some in found.items()}


_Found = list[tuple[str, Reason]]
_NARROW = (
    "d.document_no, d.department_code, d.topic1_code, d.topic_code, d.region, d.level, d.published,"
    " d.jurisdiction, d.status, d.reprint_of, d.theme_ids"
)
_DUTY = "document_id, fact_id, paragraph, start_at, who, due"


def _ended(publication: Published, ids: Sequence[str]) -> _Found:
    """Documents held that this one repeals or amends, with the sentence that says so."""
    sql = f"""
        select document_id, validity, validity_by from document
        where validity_by in ({placeholders(ids)}) and status <> 'withdrawn' order by document_id"""
    ended = [row for row in publication.rows(sql, ids) if row["validity"] in ENDS]
    if not ended:
        return []
    by = sorted({row["validity_by"] for row in ended})
    cited = rows_of(publication, by, "citation", _CITATION, "kind in ('repeals', 'amends')")
    places = {(row["document_id"], row["target_document_id"]): row for row in _last_first(cited)}
    return [(row["validity_by"], _ending(row, places)) for row in ended]


def _ending(row: Row, places: Mapping[tuple[str, str], Row]) -> Reason:
    said = places.get((row["validity_by"], row["document_id"]), {})
    return Reason(
        "ends",
        said.get("fact_id"),
        said.get("paragraph"),
        target=row["document_id"],
        target_state=row["validity"],
    )


def _moved(known: Mapping[str, Row], duties: Sequence[Row], wish: Wish) -> _Found:
    places = {(row["document_id"], row["fact_id"]): row for row in _last_first(duties)}
    return [
        (
            document_id,
            Reason(
                "deadline",
                fact_id,
                places[document_id, fact_id]["paragraph"],
                due=due,
                old_due=old,
            ),
        )
        for document_id, fact_id, due, old in wish.moved
        if document_id in known and (document_id, fact_id) in places
    ]


def _cited(publication: Published, known: Mapping[str, Row], followed: Sequence[str]) -> _Found:
    if not followed:
        return []
    where = f"target_document_id in ({', '.join('?' * len(followed))})"
    found: dict[tuple[str, str], Reason] = {}
    for row in _last_first(_rows_of(publication, known, "citation", _CITATION, where, followed)):
        target = row["target_document_id"]
        if target != row["document_id"]:
            key = (row["document_id"], target)
            found[key] = Reason("follows", row["fact_id"], row["paragraph"], target=target)
    return [(document_id, reason) for (document_id, _), reason in sorted(found.items())]


def _rows_of(
    publication: Published,
    known: Mapping[str, Row],
    table: str,
    columns: str,
    where: str,
    values: Sequence[object],
) -> list[Row]:
    """As `rows_of`, of documents whose numbers are known: to look 500 up by name takes long."""
    numbers = sorted(row["document_no"] for row in known.values())
    if not numbers:
        return []
    sql = (
        f"select {columns} from {table} where document_no between ? and ?"
        f" and document_no in ({placeholders(numbers)}) and {where}"
    )
    return publication.rows(sql, [numbers[0], numbers[-1], *numbers, *values])


def _wanted(known: Mapping[str, Row], wish: Wish) -> _Found:
    """Followed documents themselves, and those of a followed theme or by a followed body."""
    found = [(one, Reason("watched")) for one in wish.documents if one in known]
    for document_id, row in sorted(known.items()):
        if row["department_code"] in wish.bodies:
            found.append((document_id, Reason("yours", body=row["department_code"])))
        themes = (row["theme_ids"] or "").strip(",").split(",")
        found += [(document_id, Reason("yours", theme=one)) for one in themes if one in wish.themes]
    return found


def _charged(
    publication: Published, known: Mapping[str, Row], duties: Sequence[Row], codes: Sequence[str]
) -> _Found:
    """Duties that name a followed body, by its name or as one of its kind at its place; soonest first."""
    found: dict[tuple[str, str], Reason] = {}
    ordered = sorted(duties, key=lambda row: (row["due"] is None, row["due"], row["paragraph"]))
    for code, body in sorted(bodies(publication, codes).items() if codes else ()):
        for row in ordered:
            place = known[row["document_id"]]["jurisdiction"]
            called = ((fit(words, body), words) for words in row["who"] or ())
            if any(how and in_reach(how, place, body) for how, _ in called):
                reason = Reason("department", row["fact_id"], row["paragraph"], due=row["due"], body=code)
                found.setdefault((row["document_id"], code), reason)
    return [(document_id, reason) for (document_id, _), reason in sorted(found.items())]


def _unusual(publication: Published, known: Mapping[str, Row], today: date) -> _Found:
    weeks = unusual_weeks(publication, today)
    found = []
    for document_id, row in sorted(known.items()):
        day = row["published"]
        monday = day - timedelta(days=day.weekday()) if day else None
        usual = weeks.get((row["topic1_code"], monday)) if monday else None
        if usual is not None and row["status"] == "active" and not row["reprint_of"]:
            found.append((document_id, Reason("unusual", week=monday, usual=usual)))
    return found


def _last_first(rows: Sequence[Row]) -> list[Row]:
    """In reverse of the reading order, so that a dictionary keeps the first of each key."""
    return sorted(rows, key=lambda row: (row["paragraph"], row["start_at"], row["fact_id"]), reverse=True)


_CITATION = "document_id, fact_id, kind, paragraph, start_at, target_document_id"
