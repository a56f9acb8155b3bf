"""Locks that the kernel frees when their holder dies: work.lock for warehouse writers, run.lock for a run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import EnvironmentProblem, LockHeld
from warehouse.home import Home


@contextmanager
def work_lock(home: Home) -> Iterator[None]:
    """Hold the right to write the warehouse; LockHeld when another process has it."""
    with _lock(home.locks / "work.lock", "the warehouse is being written by another govbrief process"):
        yield


@contextmanager
def run_lock(home: Home) -> Iterator[None]:
    """Hold the right to be the one `govbrief run` of this home; LockHeld when another is under way."""
    with _lock(home.locks / "run.lock", "another 'govbrief run' is under way"):
        yield


@contextmanager
def jobs_lock(home: Home) -> Iterator[None]:
    """Hold the right to be the one worker that does what pages ask for; LockHeld when there is another."""
    with _lock(home.locks / "jobs.lock", "another worker does what the pages asked for"):
        yield


@contextmanager
def _lock(file: Path, held: str) -> Iterator[None]:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the lock cannot be made ({error.strerror}).") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(handle)
        raise LockHeld(f"{held} (process {holder}); wait for it to end and try again.") from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
