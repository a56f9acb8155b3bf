"""Filters of a search: codes, names or paths people give, resolved against the publication's own tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import tantivy
from tantivy import FieldType, Occur

from warehouse.queries.reading import Published, Row
from warehouse.search.problems import SearchProblem

OUT_OF_FORCE = ("repealed", "expired")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; None leaves a side open."""

    department: str | None = None
    topic: str | None = None
    level: str | None = None
    region: str | None = None
    source: str | None = None
    doc_type: str | None = None
    since: date | None = None
    until: date | None = None
    in_force: bool = (
        False  # leaves out what is known to be repealed or expired; unknown validity stays, and shows
    )


def clauses(publication: Published, schema: Any, filters: Filters) -> list[tuple[Any, Any]]:
    """The filters as clauses of a boolean query; a UserError names a value the publication does not know."""
    found = []
    if filters.department:
        found.append(_one_of(schema, "department", departments(publication, filters.department)))
    if filters.topic:
        codes = [topic_code(publication, filters.topic)]
        found.append((Occur.Must, _either(schema, ("topic", "topic1"), codes)))
    for name, column in (
        ("level", "level"),
        ("region", "region"),
        ("source", "source_id"),
        ("doc_type", "doc_type"),
    ):
        value = getattr(filters, name)
        if value:
            found.append(_one_of(schema, name, [_known(publication, name, column, value)]))
    if filters.since or filters.until:
        found.append((Occur.Must, _days(schema, filters.since, filters.until)))
    if filters.in_force:
        found.append((Occur.MustNot, _either(schema, ("validity",), OUT_OF_FORCE)))
    return found


def departments(publication: Published, value: str) -> list[str]:
    """The index keys of a department given by code, full name, English name or short form."""
    wanted = value.strip()
    bodies = publication.rows(
        "select code from body where ? in (code, name_zh, name_en, short) or lower(name_en) = lower(?)",
        [wanted, wanted],
    )
    printed = publication.rows(
        "select distinct coalesce(department_code, department_name) as code from document"
        " where ? in (department_code, department_name)"
        " union select code from label where field = 'department' and ? in (code, name) limit 50",
        [wanted, wanted],
    )
    codes = sorted({str(row["code"]) for row in bodies + printed if row["code"]})
    if not codes:
        names = publication.rows(
            "select distinct department_name as name from document where department_name is not null"
        )
        raise SearchProblem(
            f"Department '{wanted}' is not known here; {_nearest(wanted, names)}", "department", value=wanted
        )
    return codes


def topic_code(publication: Published, value: str) -> str:
    """The code of a topic given by code, name or path (levels joined by a backslash or a slash)."""
    wanted = value.strip()
    path = wanted.replace("/", "\\").replace("＼", "\\").strip("\\")
    classes = publication.rows(
        "select code, level, path from topic_class where code = ? or path in (?, ?) or name_zh = ?"
        " or lower(name_en) = lower(?) order by level, code",
        [wanted, path, wanted, wanted, wanted],
    )
    exact = [row for row in classes if wanted == row["code"]] or [
        row for row in classes if "\\" in row["path"] and row["path"] in (path, wanted)
    ]
    candidates = exact or classes
    if len({row["code"] for row in candidates}) > 1:
        paths = "; ".join(f"{row['code']} {row['path']}" for row in candidates[:5])
        raise SearchProblem(
            f"Topic '{wanted}' stands for several classes; give a code or path: {paths}.",
            "several-topics",
            value=wanted,
            paths=paths,
        )
    if candidates:
        return str(candidates[0]["code"])
    in_documents = publication.rows(
        "select code from label where field = 'topic' and given and name = ? limit 1", [wanted]
    )
    if in_documents and in_documents[0]["code"]:
        return str(in_documents[0]["code"])
    names = publication.rows(
        "select distinct name_zh as name from topic_class union select path from topic_class"
    )
    raise SearchProblem(
        f"Topic '{wanted}' is not known here; {_nearest(wanted, names)}", "topic", value=wanted
    )


def _known(publication: Published, name: str, column: str, value: str) -> str:
    wanted = value.strip()
    table = "source" if column in ("level", "region", "source_id") else "document"
    if publication.rows(f"select 1 from document where {column} = ? limit 1", [wanted]):
        return wanted
    if table == "source" and publication.rows(f"select 1 from source where {column} = ? limit 1", [wanted]):
        return wanted
    names = publication.rows(f"select distinct {column} as name from document where {column} is not null")
    raise SearchProblem(
        f"{name.replace('_', ' ').capitalize()} '{wanted}' is not known here; {_nearest(wanted, names)}",
        name,
        value=wanted,
    )


def _nearest(wanted: str, rows: Iterable[Row]) -> str:
    names = sorted({str(row["name"]) for row in rows})
    near = (
        difflib.get_close_matches(wanted, names, n=3, cutoff=0.4)
        or [name for name in names if wanted in name][:3]
    )
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known are {', '.join(names[:8])}." if names else "nothing of that kind is published yet."


def _one_of(schema: Any, field: str, values: Iterable[str]) -> tuple[Any, Any]:
    return Occur.Must, _either(schema, (field,), list(values))


def _either(schema: Any, fields: Iterable[str], values: Iterable[str]) -> Any:
    wanted = list(values)
    terms = [
        (Occur.Should, tantivy.Query.term_query(schema, field, value)) for field in fields for value in wanted
    ]
    return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 0.0)


def _days(schema: Any, since: date | None, until: date | None) -> Any:
    first = since.toordinal() if since else 1
    last = until.toordinal() if until else date.max.toordinal()
    days = tantivy.Query.range_query(schema, "day", FieldType.Integer, first, last)
    return tantivy.Query.const_score_query(days, 0.0)
