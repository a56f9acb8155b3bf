"""Runs of the crawl: their names, their rows, and a kernel lock that says whether a run still lives."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, insert, select, update

from warehouse.crawl_state.cards import epoch, read_health_row, read_run_row
from warehouse.crawl_state.tables import run, source_run
from warehouse.errors import EnvironmentProblem
from warehouse.run_records import CrawlRun, SourceHealth
from warehouse.sqlite_file import reading, writing


class RunTable:
    """Rows of runs. A run lives while some process holds its lock file open; a kill frees it."""

    def __init__(self, engine: Engine, locks: Path) -> None:
        self._engine = engine
        self._locks = locks
        self._held: dict[str, int] = {}

    def new(self, kind: str, sources: Sequence[str], at: datetime) -> str:
        """Begin a run and hold its lock; the name is the instant with a serial number."""
        stem = at.strftime("%Y%m%d-%H%M%S")
        with writing(self._engine) as connection:
            taken = connection.execute(
                select(func.count()).select_from(run).where(run.c.run_id.startswith(f"run-{stem}-"))
            ).scalar_one()
            run_id = f"run-{stem}-{taken + 1:03d}"
            self._hold(run_id)
            row: dict[str, Any] = {
                "run_id": run_id,
                "kind": kind,
                "started_at": epoch(at),
                "outcome": "running",
                "pid": os.getpid(),
                "sources": json.dumps(list(sources)),
            }
            connection.execute(insert(run), row)
        return run_id

    def end(self, run_id: str, outcome: str, at: datetime) -> None:
        """Close a run with its outcome and let its lock go."""
        with writing(self._engine) as connection:
            connection.execute(
                update(run).where(run.c.run_id == run_id).values(outcome=outcome, ended_at=epoch(at))
            )
        handle = self._held.pop(run_id, None)
        if handle is not None:
            os.close(handle)
            self._lock_file(run_id).unlink(missing_ok=True)

    def lock_handle(self, run_id: str) -> int:
        """The open descriptor of a held lock, to be inherited by the process that fetches for the run."""
        return self._held[run_id]

    def lives(self, run_id: str) -> bool:
        """Whether some process still works on the run."""
        if run_id in self._held:
            return True
        try:
            handle = os.open(self._lock_file(run_id), os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            return False
        finally:
            os.close(handle)

    def mark_interrupted(self, at: datetime) -> list[str]:
        """Name the runs whose process died, and say so in their rows."""
        with reading(self._engine) as connection:
            running = (
                connection.execute(select(run.c.run_id).where(run.c.outcome == "running")).scalars().all()
            )
        dead = [run_id for run_id in running if not self.lives(run_id)]
        for run_id in dead:
            self.end(run_id, "interrupted", at)
            self._lock_file(run_id).unlink(missing_ok=True)
        return dead

    def all(self, limit: int) -> list[CrawlRun]:
        """The latest runs, newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(run).order_by(run.c.started_at.desc(), run.c.run_id.desc()).limit(limit)
            )
            return [read_run_row(row) for row in rows.mappings()]

    def latest_of(self, kind: str, limit: int = 200) -> dict[str, datetime]:
        """When each source last was in a run of this kind, among that many latest runs of it."""
        query = select(run).where(run.c.kind == kind).order_by(run.c.started_at.desc()).limit(limit)
        latest: dict[str, datetime] = {}
        with reading(self._engine) as connection:
            for one in map(read_run_row, connection.execute(query).mappings()):
                for source_id in one.sources:
                    latest.setdefault(source_id, one.started_at)
        return latest

    def health(self, run_id: str) -> list[SourceHealth]:
        """How each source of a run fared."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(source_run).where(source_run.c.run_id == run_id).order_by(source_run.c.source_id)
            )
            return [read_health_row(row) for row in rows.mappings()]

    def release_all(self) -> None:
        """Let every held lock go without ending its run (the next start calls it interrupted)."""
        for handle in self._held.values():
            os.close(handle)
        self._held.clear()

    def _hold(self, run_id: str) -> None:
        file = self._lock_file(run_id)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise EnvironmentProblem(f"{file}: the run's lock cannot be made ({error.strerror}).") from error
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._held[run_id] = handle

    def _lock_file(self, run_id: str) -> Path:
        return self._locks / f"{run_id}.lock"
