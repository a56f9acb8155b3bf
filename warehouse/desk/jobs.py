"""What pages ask a worker process to do: a queue in the desk that survives a killed worker."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.people import Job
from warehouse.desk.values import checked_text
from warehouse.sqlite_file import reading, writing


class Jobs:
    """Jobs are done one after another, oldest first."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def add(self, kind: str, arguments: dict[str, Any], account: str) -> Job:
        """Ask for something; the same wish that still waits is not put down twice."""
        log = tables.job
        row = {
            "kind": checked_text("job", kind, longest=40),
            "arguments": json.dumps(arguments, ensure_ascii=False, sort_keys=True),
            "account": account,
            "state": "queued",
            "created_at": self._clock.now().timestamp(),
        }
        same = select(log).where(
            log.c.kind == row["kind"], log.c.arguments == row["arguments"], log.c.state == "queued"
        )
        with writing(self._engine) as connection:
            waiting = connection.execute(same).first()
            if waiting is not None:
                return job_of(waiting)
            made = connection.execute(insert(log).values(row)).inserted_primary_key
            job_id = int(made[0]) if made else 0
            self._audit(connection, "add-job", account, job_id, {"kind": kind, "arguments": arguments})
            return job_of(connection.execute(select(log).where(log.c.job_id == job_id)).one())

    def listed(self, state: str | None = None, limit: int = 100) -> list[Job]:
        """The latest jobs, newest first."""
        wanted = select(tables.job).order_by(tables.job.c.job_id.desc()).limit(limit)
        if state is not None:
            wanted = wanted.where(tables.job.c.state == state)
        with reading(self._engine) as connection:
            return [job_of(row) for row in connection.execute(wanted)]

    def waiting(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.listed("queued", 1))

    def take(self) -> Job | None:
        """The oldest job that waits, marked as running; None when nothing waits."""
        log = tables.job
        oldest = select(log).where(log.c.state == "queued").order_by(log.c.job_id).limit(1)
        with writing(self._engine) as connection:
            row = connection.execute(oldest).first()
            if row is None:
                return None
            begun = update(log).where(log.c.job_id == row.job_id)
            connection.execute(begun.values(state="running", started_at=self._clock.now().timestamp()))
            return job_of(row)

    def end(self, job: Job, outcome: str, failed: bool = False) -> None:
        """Note how a job ended, in a sentence."""
        log = tables.job
        ended = update(log).where(log.c.job_id == job.job_id)
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            state = "failed" if failed else "done"
            connection.execute(ended.values(state=state, ended_at=at, outcome=outcome[:2000]))

    def give_back(self) -> int:
        """Let jobs of a worker that died wait again; to be called by the one worker there is."""
        log = tables.job
        with writing(self._engine) as connection:
            lost = update(log).where(log.c.state == "running")
            return int(connection.execute(lost.values(state="queued", started_at=None)).rowcount)

    def _audit(
        self, connection: Connection, action: str, account: str, job_id: int, detail: dict[str, Any]
    ) -> None:
        note_event(connection, self._clock.now().timestamp(), account, action, f"job {job_id}", detail)


def job_of(row: Any) -> Job:
    """A job out of its row."""
    return Job(
        row.job_id,
        row.kind,
        json.loads(row.arguments),
        row.account,
        row.state,
        instant(row.created_at),
        row.outcome,
    )
