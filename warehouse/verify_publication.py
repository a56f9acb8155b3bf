"""Whether what readers see is whole: rows, links, every body, and the index beside them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from warehouse.bodies import BodyPlace, DamagedBody
from warehouse.bundle_manifest import RECEIVED
from warehouse.errors import EnvironmentProblem
from warehouse.findings import Finding
from warehouse.folders import (
    FACTS,
    OLDEST_SCHEMA,
    SCHEMA_VERSION,
    publication_ids,
    read_current,
    read_manifest,
)
from warehouse.home import Home
from warehouse.mending import damaged_tables
from warehouse.named_sql import sql_named
from warehouse.publication import Publication
from warehouse.search.index import all_ids, open_index
from warehouse.search.index_check import damaged_files
from warehouse.search.past import PAST_INDEX
from warehouse.suspicion import TAKE_IN_AGAIN
from warehouse.unfinished import blocks_told, finished, tables_told

Progress = Callable[[str, int, int], None]
WHOLE = "type 'govbrief publish --whole'"
_ANEW = "type 'govbrief publish'; if it says that nothing changed, 'govbrief publish --whole'"
_TAKE_IN = f"type {TAKE_IN_AGAIN}"
_BATCH = 500
_OPENING = (duckdb.Error, OSError, KeyError, ValueError, TypeError, EnvironmentProblem)


def check_publication(home: Home, counts: dict[str, int], progress: Progress | None) -> list[Finding]:
    """What is wrong with the current publication, and whether the older ones could be opened."""
    found: list[Finding] = []
    current, held = read_current(home.published), publication_ids(home.published)
    if held and current not in held:
        told = f"CURRENT names {current or 'nothing'}, which is not there"
        found.append(Finding("current", "published/CURRENT", told, _ANEW))
    for publication_id in held:
        folder, name = home.published / publication_id, f"published/{publication_id}"
        try:
            publication = _opened(folder)
        except _OPENING as error:
            said = (str(error).splitlines() or [type(error).__name__])[0]
            broken = publication_id == current
            found.append(Finding("damaged-publication", name, said, _ANEW, not broken))
            continue
        try:
            if publication_id == current:
                found += _inside(publication, name, counts, progress)
        finally:
            publication.close()
    for own in (home.index, home.root / PAST_INDEX):
        if own.is_dir():
            found += finished(_index_files(own, own.name), own.name, "the writer's index", WHOLE)
    if current and (home.published / current / RECEIVED).is_file():
        return [replace(one, remedy=_TAKE_IN) if one.remedy in (WHOLE, _ANEW) else one for one in found]
    return found


def _opened(folder: Path) -> Publication:
    manifest = read_manifest(folder)
    if manifest is None:
        raise ValueError("its manifest is missing or damaged")
    return Publication(folder, manifest)


def _inside(
    publication: Publication, name: str, counts: dict[str, int], progress: Progress | None
) -> list[Finding]:
    schema = int(publication.manifest["schema_version"])
    if not OLDEST_SCHEMA <= schema <= SCHEMA_VERSION:
        told = f"schema {schema}; this version reads {OLDEST_SCHEMA} to {SCHEMA_VERSION}"
        return [Finding("publication-schema", name, told, "type 'govbrief publish'", usable=False)]
    checks = (
        ("its tables", _tables(publication, name)),
        ("its rows", _counted(publication, name, counts)),
        ("its links", _links(publication, name)),
        ("its bodies", _bodies(publication, name, counts, progress)),
        ("its index", _indexed(publication, name, counts)),
        ("its former versions", _past(publication, name)),
    )
    return [one for what, found in checks for one in finished(found, name, what, WHOLE)]


def _tables(publication: Publication, name: str) -> Iterator[Finding]:
    cursor = publication.cursor()
    try:
        damaged = damaged_tables(cursor)
    finally:
        cursor.close()
    if damaged:
        yield Finding("damaged-publication", name, tables_told(damaged), WHOLE, usable=False)
    else:
        yield from blocks_told(publication.folder / FACTS, name, WHOLE)


def _counted(publication: Publication, name: str, counts: dict[str, int]) -> Iterator[Finding]:
    rows = int(_rows(publication, "select count(*) as n from document")[0]["n"])
    counts["published"] = rows
    if rows != publication.manifest["documents"]:
        told = f"{rows} documents, the manifest says {publication.manifest['documents']}"
        yield Finding("publication-rows", name, told, _ANEW)


def _links(publication: Publication, name: str) -> Iterator[Finding]:
    for link, text in sql_named("views", "verify_publication"):
        lost = _rows(publication, text)
        if lost:
            example = next(iter(lost[0].values()))
            yield Finding(f"link-{link}", name, f"{len(lost)} rows, such as {example}", _ANEW)


def _indexed(publication: Publication, name: str, counts: dict[str, int]) -> Iterator[Finding]:
    damaged = list(_index_files(publication.index_folder, f"{name}/index"))
    if damaged:
        yield from damaged
        return
    indexed = set(all_ids(open_index(publication.index_folder)))
    counts["indexed"] = len(indexed)
    listed = {row["document_id"] for row in _rows(publication, "select document_id from document")}
    if indexed != listed:
        told = f"{len(listed - indexed)} documents are not in the index, {len(indexed - listed)} too many are"
        yield Finding("index", f"{name}/index", told, WHOLE)


def _past(publication: Publication, name: str) -> Iterator[Finding]:
    folder = publication.folder / PAST_INDEX
    if folder.is_dir():
        yield from _index_files(folder, f"{name}/{PAST_INDEX}")
    elif _rows(publication, "select document_id from past_body limit 1"):
        yield Finding("index", f"{name}/{PAST_INDEX}", "the index of former versions is missing", WHOLE)


def _index_files(folder: Path, name: str) -> Iterator[Finding]:
    damaged = damaged_files(folder)
    if damaged:
        told = f"{len(damaged)} files are missing or differ from their sum, such as {damaged[0]}"
        yield Finding("damaged-index", name, told, WHOLE, usable=False)


def _bodies(
    publication: Publication, name: str, counts: dict[str, int], progress: Progress | None
) -> Iterator[Finding]:
    damaged: list[str] = []
    last, done = "", 0
    while rows := _rows(publication, _BODIES, [last]):
        last = str(rows[-1]["document_id"])
        damaged += [row["document_id"] for row in rows if not _readable(publication, row)]
        done += len(rows)
        if progress:
            progress("bodies", done, counts.get("published", done))
    counts["bodies_readable"] = done - len(damaged)
    if damaged:
        told = f"{len(damaged)} bodies cannot be read, such as that of {damaged[0]}"
        yield Finding("body-unreadable", name, told, WHOLE)


def _readable(publication: Publication, row: dict[str, Any]) -> bool:
    try:
        body = publication.stored_body(BodyPlace(row["segment"], row["start_at"], row["length"]))
    except (DamagedBody, OSError, zlib.error):
        return False
    return bool(len(body) == row["paragraphs"])


def _rows(publication: Publication, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
    """Rows as `Publication.rows` gives them, but damage is left to the check: nothing is noted anywhere."""
    cursor = publication.cursor()
    try:
        answer = cursor.execute(sql, list(parameters))
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    finally:
        cursor.close()


_BODIES = f"""
select document_id, segment, start_at, length, paragraphs
from document
where document_id > ?
order by document_id
limit {_BATCH}
"""
