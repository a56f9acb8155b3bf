"""Reading what is published: the current publication, its rows and bodies; no lock, nothing written, any
thread.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.bodies import BodyPlace, DamagedBody, Segments
from warehouse.errors import EnvironmentProblem
from warehouse.folders import (
    CURRENT,
    FACTS,
    OLDEST_SCHEMA,
    SCHEMA_VERSION,
    publication_ids,
    read_current,
    read_manifest,
)
from warehouse.home import Home
from warehouse.suspicion import first_line, means_damage, way_back

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
}
_KEPT_OPEN = 4


class Publication:
    """One publication, opened once and shared; it stays readable after newer ones replaced it."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.publication_id = str(manifest["publication_id"])
        self.created_at = datetime.fromisoformat(manifest["created_at"])
        self.sample = bool(manifest["sample"])
        self.index_folder = folder / "index"
        self._segments = Segments(folder / "bodies", tuple(manifest["segments"]))
        self._connection = duckdb.connect(str(folder / FACTS), read_only=True, config=_CONFIG)
        self._connection.execute("set global timezone = 'UTC'")
        self._lock = threading.Lock()

    @classmethod
    def current(cls, home: Home) -> Publication | None:
        """The publication to show, or None when nothing is published.

        Costs one look at CURRENT while nothing changed. When CURRENT is missing, damaged or names a
        publication of a
        schema this version does not read, the newest good one is shown.
        """
        return _OPENED.current(home.published)

    @classmethod
    def held(cls, home: Home, publication_id: str) -> Publication | None:
        """An earlier publication by its name while it is kept, for a reader in the midst of its pages."""
        return _OPENED.named(home.published, publication_id)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for the calling thread."""
        with self._lock:
            return self._connection.cursor()

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The answer to a query, one dictionary a row; EnvironmentProblem when the file is damaged."""
        cursor = self.cursor()
        try:
            answer = cursor.execute(sql, list(parameters))
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
        except duckdb.Error as error:
            if not means_damage(error):
                raise
            facts = self.folder / FACTS
            raise EnvironmentProblem(
                f"{facts}: the publication is damaged ({first_line(error)}); type {way_back(facts)}."
            ) from error
        finally:
            cursor.close()

    def body(self, document_id: str) -> tuple[str, ...]:
        """The numbered, masked paragraphs of a document; empty for an unknown one."""
        found = self.rows(
            "select segment, start_at, length from document where document_id = ?", [document_id]
        )
        if not found:
            return ()
        place = found[0]
        return self.body_at(BodyPlace(place["segment"], place["start_at"], place["length"]))

    def body_at(self, place: BodyPlace) -> tuple[str, ...]:
        """The paragraphs of a body whose place is known already: an export asks for thousands at once.

        DamagedBody names the file and the way back, and leaves the mark that makes publishing look closely.
        """
        try:
            return self._segments.read(place)
        except DamagedBody as error:
            raise DamagedBody(f"{error}; type {way_back(self.folder / 'bodies')}.") from error

    def stored_body(self, place: BodyPlace) -> tuple[str, ...]:
        """As `body_at`, for a check that writes nothing: no mark is left."""
        return self._segments.read(place)

    def close(self) -> None:
        """Let go of the files; whoever still holds this publication can no longer read."""
        self._segments.close()
        self._connection.close()

    def __del__(self) -> None:
        if hasattr(self, "_segments"):
            self._segments.close()


_Mark = tuple[int, int, int] | None


class _Opened:
    """The publications this process has open, and what CURRENT looked like when they were found."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Path, tuple[_Mark, Publication | None]] = {}
        self._open: OrderedDict[tuple[Path, int, int], Publication] = OrderedDict()

    def current(self, published: Path) -> Publication | None:
        mark = _mark(published / CURRENT)
        with self._lock:
            known = self._found.get(published)
            if known is not None and known[0] == mark and mark is not None:
                return known[1]
            publication = self._newest_good(published)
            self._found[published] = (mark, publication)
            return publication

    def named(self, published: Path, publication_id: str) -> Publication | None:
        if publication_id not in publication_ids(published):
            return None
        with self._lock:
            return self._open_folder(published / publication_id)

    def _newest_good(self, published: Path) -> Publication | None:
        named = read_current(published)
        others = [one for one in publication_ids(published) if one != named]
        for publication_id in [named, *others] if named else others:
            publication = self._open_folder(published / publication_id)
            if publication is not None:
                return publication
        return None

    def _open_folder(self, folder: Path) -> Publication | None:
        """The publication in `folder`, or None when it is not whole or of a schema we do not read."""
        try:
            stat = (folder / FACTS).stat()
        except OSError:
            return None
        key = (folder, stat.st_ino, stat.st_mtime_ns)
        if key in self._open:
            self._open.move_to_end(key)
            return self._open[key]
        manifest = read_manifest(folder)
        if manifest is None:
            return None
        if not OLDEST_SCHEMA <= int(manifest.get("schema_version", 0)) <= SCHEMA_VERSION:
            return None
        try:
            publication = Publication(folder, manifest)
        except (duckdb.Error, OSError, KeyError, ValueError, TypeError):
            return None
        self._open[key] = publication
        while len(self._open) > _KEPT_OPEN:
            self._open.popitem(last=False)
        return publication


def _mark(file: Path) -> _Mark:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino, stat.st_size


_OPENED = _Opened()
