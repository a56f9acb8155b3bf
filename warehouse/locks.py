"""Locks that the kernel frees when their holder dies: work.lock for warehouse writers, run.lock for a run.

Writers of the warehouse wait for one another in a queue: whoever waits for `work.lock` holds `work.queue`, so
that a process which writes batch after batch cannot keep a backup out for ever.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import EnvironmentProblem, LockHeld
from warehouse.home import Home

_LOG = logging.getLogger("govbrief.locks")
_LOOK_EVERY = 0.02  # seconds
_SAY_AFTER = 3.0
_SAY_EVERY = 60.0
_WRITTEN = "the warehouse is being written by another govbrief process"


@contextmanager
def work_lock(home: Home, patience: float | None = None) -> Iterator[None]:
    """Hold the right to write the warehouse, after waiting up to `patience` seconds for it (the setting
    `[warehouse] patience_seconds` when None); LockHeld when another process has it still.
    """
    wait = home.settings.warehouse.patience_seconds if patience is None else patience
    until = time.monotonic() + wait
    turn = _take(home.locks / "work.queue", _WRITTEN, until)
    try:
        handle = _take(home.locks / "work.lock", _WRITTEN, until)
    finally:
        _free(turn)
    try:
        yield
    finally:
        _free(handle)


@contextmanager
def run_lock(home: Home) -> Iterator[None]:
    """Hold the right to be the one `govbrief run` of this home; LockHeld when another is under way."""
    with held(home.locks / "run.lock", "another 'govbrief run' is under way"):
        yield


@contextmanager
def jobs_lock(home: Home) -> Iterator[None]:
    """Hold the right to be the one worker that does what pages ask for; LockHeld when there is another."""
    with held(home.locks / "jobs.lock", "another worker does what the pages asked for"):
        yield


@contextmanager
def keeping_lock(home: Home, patience: float = 0.0) -> Iterator[None]:
    """Hold the right to copy the home or to remove from it; LockHeld while another backup or purge does."""
    with held(home.locks / "keeping.lock", "another backup or purge of this home is under way", patience):
        yield


@contextmanager
def held(file: Path, said: str, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock file, after waiting up to `patience` seconds; LockHeld with `said` and the holder."""
    handle = _take(file, said, time.monotonic() + patience)
    try:
        yield
    finally:
        _free(handle)


def _take(file: Path, said: str, until: float) -> int:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the lock cannot be made ({error.strerror}).") from error
    try:
        _wait(handle, said, until)
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _free(handle: int) -> None:
    """Let go, and take our name off, so that nobody reads it under the next holder's lock."""
    os.ftruncate(handle, 0)
    os.close(handle)


def _wait(handle: int, said: str, until: float) -> None:
    """Until the lock is ours; waiting for a lock of this very process would never end."""
    tell_at = time.monotonic() + _SAY_AFTER
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            now = time.monotonic()
            if now >= until or holder == str(os.getpid()):
                raise LockHeld(f"{said} (process {holder}); wait for it to end and try again.") from error
            if now >= tell_at:
                _LOG.warning("waiting up to %d more seconds: %s (process %s)", until - now, said, holder)
                tell_at = now + _SAY_EVERY
            time.sleep(_LOOK_EVERY)
        else:
            return
