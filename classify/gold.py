"""Reads labelled rows: which class each belongs to, in which scheme, by the names that stand in the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classify.components.issuer import split_printed
from classify.departments.abroad import own_name
from classify.departments.authority import authority
from classify.taxonomy.load import OWN_SCHEME, Taxonomy, load_taxonomy, packaged_schemes
from warehouse.errors import UserError
from warehouse.jsonl import numbered_rows

FIELDS = ("department", "topic")
DEPARTMENTS = "govbrief-authority"
SEVERAL = 0.1  # from this share of rows with more than one class a field has several labels a document

Data = Path | Iterable[Path | dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row with its gold labels.

    `gold` holds one code for each level of the scheme, `every` all codes that count as right, lead first.
    """

    row: dict[str, Any]
    gold: tuple[str, ...]
    every: tuple[str, ...]


def gold_labels(
    rows: Sequence[dict[str, Any]], field: str, scheme: str | None = None
) -> tuple[list[Labelled], dict[str, str], str]:
    """The labelled rows, the classes' names and the scheme's name.

    `scheme` is a packaged scheme or a TOML file; without it the one most rows name in `topic_scheme`, else
    their topics stand as classes of their own. Departments go by the authority file. Names that a scheme
    does not know are left out, and rows without any known one.
    """
    if field not in FIELDS:
        raise UserError(f"--field '{field}' is unknown; it is department or topic.")
    if field == "department":
        return (*_departments(rows), DEPARTMENTS)
    taxonomy = load_taxonomy(scheme) if scheme and scheme != OWN_SCHEME else None
    if taxonomy is None and scheme is None:
        taxonomy = _stated_scheme(rows)
    if taxonomy is None:
        return (*_own_topics(rows), OWN_SCHEME)
    return (*_scheme_topics(rows, taxonomy), taxonomy.scheme)


def several(labelled: Sequence[Labelled], field: str) -> bool:
    """Whether documents of this field have several labels of one rank; a joint issue has one lead."""
    many = sum(len(set(one.every)) > 1 for one in labelled)
    return field == "topic" and many > SEVERAL * max(len(labelled), 1)


def rows_of(data: Data) -> Iterator[dict[str, Any]]:
    """Rows as they are, and the rows of files."""
    for one in (data,) if isinstance(data, Path) else data:
        if isinstance(one, Path):
            yield from read_rows(one)
        else:
            yield one


def read_rows(*files: Path) -> Iterator[dict[str, Any]]:
    """The rows of JSONL files, plain or gzipped; a UserError names file and line of a wrong one."""
    for file in files:
        for line in numbered_rows(file):
            if line.fault:
                raise UserError(f"{file}: line {line.number}: {line.fault}.")
            yield line.row


def within(row: dict[str, Any], since: date | None, until: date | None) -> bool:
    """Whether the row was published after `since` and not after `until`."""
    day = day_of(row)
    return (since is None or day > since.isoformat()) and (
        until is None or (day != "" and day <= until.isoformat())
    )


def day_of(row: dict[str, Any]) -> str:
    """The day a row was published, else written; empty when neither is known."""
    return str(row.get("published") or row.get("written") or "")


def _departments(rows: Sequence[dict[str, Any]]) -> tuple[list[Labelled], dict[str, str]]:
    known, labelled, names = authority(), [], {}
    for row in rows:
        codes, home, on = [], known.home_of(row.get("jurisdiction")), _date_of(row)
        printed = _listed(row.get("departments") or row.get("department"))
        for name in (part for whole in printed for part in split_printed(whole, known, home)):
            body = known.resolve(name, home, on) or known.printed(name, None)
            codes.append(body.code)
            names[body.code] = own_name(body)
        if codes:
            labelled.append(Labelled(row, (codes[0],), tuple(codes)))
    return labelled, names


def _date_of(row: dict[str, Any]) -> date | None:
    """The day that decides which of several bodies of one name a label means; None without a usable one."""
    try:
        return date.fromisoformat(str(row.get("written") or day_of(row))[:10])
    except ValueError:
        return None


def _stated_scheme(rows: Sequence[dict[str, Any]]) -> Taxonomy | None:
    """The packaged scheme that more than half of the rows name."""
    stated = [str(row["topic_scheme"]) for row in rows if row.get("topic_scheme")]
    for name in packaged_schemes():
        taxonomy = load_taxonomy(name)
        if sum(one in taxonomy.names for one in stated) * 2 > len(rows):
            return taxonomy
    return None


def _scheme_topics(
    rows: Sequence[dict[str, Any]], taxonomy: Taxonomy
) -> tuple[list[Labelled], dict[str, str]]:
    flat = not any(taxonomy.parents.values())
    labelled = []
    for row in rows:
        found = (taxonomy.code_of(one) for one in _printed_topics(row))
        codes = tuple(dict.fromkeys(code for code in found if code))
        if codes:
            lead = codes[0]
            gold = (lead,) if flat else (taxonomy.parents[lead] or lead, lead)
            labelled.append(Labelled(row, gold, codes))
    return labelled, {node.topic.code: node.topic.path for node in taxonomy.nodes}


def _own_topics(rows: Sequence[dict[str, Any]]) -> tuple[list[Labelled], dict[str, str]]:
    labelled, names = [], {}
    for row in rows:
        codes = tuple(dict.fromkeys(one.strip() for one in _printed_topics(row)))
        if codes:
            names.update({code: code for code in codes})
            labelled.append(Labelled(row, (codes[0],), codes))
    return labelled, names


def _printed_topics(row: dict[str, Any]) -> list[str]:
    return _listed(row.get("topic") or row.get("topics"))


def _listed(value: object) -> list[str]:
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value if one]
    return [str(value)] if value else []
