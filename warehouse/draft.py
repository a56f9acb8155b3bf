"""The draft of a publication: a copy of the current one to work a delta into, or an empty one to fill whole.

The copy is thrown away when anything goes wrong, so the current publication is all there is beside what the
warehouse keeps of it (`publication_state` and the tables named in KEPT). Their first row is taken away
while they are written; a killed run leaves it away, and the next publication is made whole.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from warehouse.copying import copy_file
from warehouse.database import Warehouse
from warehouse.figures import Figures
from warehouse.folders import FACTS, SCHEMA_VERSION
from warehouse.identity import digest
from warehouse.personal.finder import RULE
from warehouse.rows import sql, sql_names
from warehouse.search.index import FIELDS_VERSION
from warehouse.stable_views import define_stable_views
from warehouse.themes.members import RULES

VERSION = "3"  # raise it when the same warehouse gives other rows
STORAGE = "v1.5.0"  # of DuckDB's file format: the first that packs texts with zstd
OLDEST = timedelta(days=30)  # after this many days what was deleted is to be gone from the file too
HOLES = 0.3  # more deleted rows than this share of the living ones and the file is written anew
FEW = 50_000  # up to this many documents and deleted rows nothing is worth a whole publication
KEPT = ("copy_key", "known_name", "asked_target", "validity_turn", "published_body")
_PACKED = re.compile(
    r"\b(sentence|what|value|excerpt|text|validity_basis|evidence|fields|paragraphs|places) (varchar|json)\b"
)


@dataclass(slots=True)
class Draft:
    """What is being made: whole or as a delta of `before`, the sums so far, and how many rows lie deleted."""

    whole: bool
    before: dict[str, Any] | None
    figures: Figures
    mark: str
    today: date
    holes: int = 0
    living: int = 0
    whole_on: str = ""
    networks: str = ""


class NeedsWhole(Exception):
    """A delta cannot be worked into this draft; the publication is to be made whole."""


def open_draft(
    w: Warehouse, partial: Path, before: dict[str, Any] | None, mark: str, today: date, whole: bool
) -> Draft:
    """Attach `pub`: a copy of the current publication when a delta will do, else an empty one."""
    kept = dict(w.connection.execute("from publication_state").fetchall())
    file = partial / FACTS
    if before is not None and not whole and _fits(w, kept, before, mark, today):
        copy_file(w.home.published / str(before["publication_id"]) / FACTS, file)
        _attach(w, file)
        state = json.loads(kept["figures"])
        figures = Figures.read(state["figures"])
        return Draft(
            False, before, figures, mark, today, state["holes"], state["living"], state["whole_on"],
            state["networks"],
        )  # fmt: skip
    _attach(w, file)
    _create(w)
    with w.transaction() as connection:
        connection.execute("delete from publication_state where part <> 'networks'")
    for table in KEPT:
        w.connection.execute(f"truncate {table}")
    networks = kept.get("networks", "")
    return Draft(True, before, Figures(), mark, today, 0, 0, today.isoformat(), networks)


def made_from(w: Warehouse, replayed: bool, sample: bool, themes: object) -> str:
    """A hash of all that every row depends on; another one and the publication is made whole."""
    views = [sql("views", name) for name in sql_names("views")]
    row = w.connection.execute(
        """
        select
            (select max(version) from schema_version),
            (select count(*) || '-' || coalesce(sum(hash(t)::hugeint), 0) from body t),
            (select count(*) || '-' || coalesce(sum(hash(t)::hugeint), 0) from topic_class t),
            version()
        """
    ).fetchone()
    code = (VERSION, str(SCHEMA_VERSION), RULE, RULES, FIELDS_VERSION, STORAGE)
    return digest(*code, str(replayed), str(sample), repr(themes), repr(row), *views)


def settle(w: Warehouse, draft: Draft, publication_id: str) -> None:
    """Keep what the publication that is current now was made from, and empty the outbox, all in one step."""
    told = {
        "figures": draft.figures.text(), "holes": draft.holes, "living": draft.living,
        "whole_on": draft.whole_on, "networks": draft.networks,
    }  # fmt: skip
    with w.transaction() as connection:
        connection.execute(sql("views", "keep_known"))
        connection.execute("delete from outbox")
        connection.executemany(
            "insert or replace into publication_state values (?, ?)",
            [
                ("publication", publication_id), ("mark", draft.mark), ("today", draft.today.isoformat()),
                ("figures", json.dumps(told)), ("networks", draft.networks),
            ],
        )  # fmt: skip


def unsettle(w: Warehouse) -> None:
    """From here on the warehouse runs ahead of the current publication until `settle`."""
    w.connection.execute("delete from publication_state where part = 'publication'")


def _fits(w: Warehouse, kept: dict[str, str], before: dict[str, Any], mark: str, today: date) -> bool:
    """Whether the warehouse knows what the current publication was made from, and a delta is worth it."""
    if kept.get("publication") != before["publication_id"] or kept.get("mark") != mark:
        return False
    if date.fromisoformat(kept["today"]) > today:
        return False  # a clock that was set back
    state = json.loads(kept["figures"])
    holes, living = state["holes"], state["living"]
    if holes and today - date.fromisoformat(state["whole_on"]) > OLDEST:
        return False
    row = w.connection.execute("select count(distinct document_id) from outbox").fetchone()
    touched = int(row[0]) if row else 0
    if touched > FEW and touched > before["documents"] / 2:
        return False
    return not (holes > FEW and holes > HOLES * living)


def _attach(w: Warehouse, file: Path) -> None:
    escaped = str(file).replace("'", "''")
    try:
        w.connection.execute(f"attach '{escaped}' as pub (storage_version '{STORAGE}')")
    except duckdb.Error as error:
        raise NeedsWhole(str(error)) from error


def _create(w: Warehouse) -> None:
    schema = _PACKED.sub(r"\1 \2 using compression zstd", sql("views", "publication_schema"))
    w.connection.execute("use pub")
    w.connection.execute(schema)
    define_stable_views(w.connection)
    w.connection.execute("use warehouse")
