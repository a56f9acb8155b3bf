"""Whether what readers see is whole: rows, links, every body, and the index beside them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse.bodies import BodyPlace, DamagedBody
from warehouse.errors import EnvironmentProblem
from warehouse.findings import Finding
from warehouse.folders import OLDEST_SCHEMA, SCHEMA_VERSION, publication_ids, read_current, read_manifest
from warehouse.home import Home
from warehouse.named_sql import sql_named
from warehouse.publication import Publication
from warehouse.search.index import all_ids, open_index

Progress = Callable[[str, int, int], None]
_ANEW = "type 'govbrief publish'; if it says that nothing changed, remove that folder of 'published' first"
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
    return found


def _opened(folder: Path) -> Publication:
    manifest = read_manifest(folder)
    if manifest is None:
        raise ValueError("its manifest is missing or damaged")
    return Publication(folder, manifest)


def _inside(
    publication: Publication,
    name: str,
    counts: dict[str, int],
    progress: Progress | None,
) -> Iterator[Finding]:
    manifest = publication.manifest
    schema = int(manifest["schema_version"])
    if not OLDEST_SCHEMA <= schema <= SCHEMA_VERSION:
        told = f"schema {schema}; this version reads {OLDEST_SCHEMA} to {SCHEMA_VERSION}"
        yield Finding("publication-schema", name, told, "type 'govbrief publish'", usable=False)
        return
    rows = int(publication.rows("select count(*) as n from document")[0]["n"])
    counts["published"] = rows
    if rows != manifest["documents"]:
        told = f"{rows} documents, the manifest says {manifest['documents']}"
        yield Finding("publication-rows", name, told, _ANEW)
    for link, text in sql_named("views", "verify_publication"):
        lost = publication.rows(text)
        if lost:
            example = next(iter(lost[0].values()))
            yield Finding(f"link-{link}", name, f"{len(lost)} rows, such as {example}", _ANEW)
    yield from _bodies(publication, name, counts, progress)
    indexed = set(all_ids(open_index(publication.index_folder)))
    counts["indexed"] = len(indexed)
    listed = {row["document_id"] for row in publication.rows("select document_id from document")}
    if indexed != listed:
        told = f"{len(listed - indexed)} documents are not in the index, {len(indexed - listed)} too many are"
        yield Finding("index", f"{name}/index", told, "remove 'index' and type 'govbrief publish'")


def _bodies(
    publication: Publication,
    name: str,
    counts: dict[str, int],
    progress: Progress | None,
) -> Iterator[Finding]:
    damaged: list[str] = []
    last, done = "", 0
    while rows := publication.rows(_BODIES, [last]):
        last = str(rows[-1]["document_id"])
        damaged += [row["document_id"] for row in rows if not _readable(publication, row)]
        done += len(rows)
        if progress:
            progress("bodies", done, counts["published"])
    counts["bodies_readable"] = done - len(damaged)
    if damaged:
        told = f"{len(damaged)} bodies cannot be read, such as that of {damaged[0]}"
        yield Finding(
            "body-unreadable", name, told, "put 'bodies' back from a backup and type 'govbrief publish'"
        )


def _readable(publication: Publication, row: dict[str, Any]) -> bool:
    try:
        body = publication.body_at(BodyPlace(row["segment"], row["start_at"], row["length"]))
    except (DamagedBody, OSError, zlib.error):
        return False
    return bool(len(body) == row["paragraphs"])


_BODIES = f"""
select document_id, segment, start_at, length, paragraphs
from document
where document_id > ?
order by document_id
limit {_BATCH}
"""
