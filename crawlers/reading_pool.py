"""Reading many captures: in this process when few, in worker processes with a time guard when many."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as PoolTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import FrameType, TracebackType

from crawlers.extraction.limits import OCR_SECONDS
from crawlers.extraction.read import read_capture
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.source import SourceFile
from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.records import Capture, Extraction, Problem, ReadCapture

POOL_FROM = 400  # captures that are worth starting processes for
SECONDS_A_CAPTURE = 60
_CHUNK = 16

_work: dict[str, object] = {}  # what a worker process was started with


class _TooSlow(BaseException):
    """The time for one capture is over; no reader takes it for a fault of its own."""


class ReadingPool:
    """Reads captures out of the archive; one that crashes or hangs its reader becomes a named problem."""

    def __init__(self, archive: Path, sources: Mapping[str, SourceFile], expected: int) -> None:
        self._archive = archive
        self._sources = dict(sources)
        cores = os.cpu_count() or 1
        self._workers = min(cores, 8) if expected > POOL_FROM and cores > 1 else 0
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> ReadingPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, captures: Sequence[Capture]) -> list[ReadCapture]:
        """What every capture turned out to be, in the order given."""
        if not self._workers:
            return [read_one(self._archive, self._sources.get(one.source_id), one) for one in captures]
        chunks = [list(captures[begin : begin + _CHUNK]) for begin in range(0, len(captures), _CHUNK)]
        futures = [(chunk, self._submit(chunk)) for chunk in chunks]
        return [read for chunk, future in futures for read in self._collect(chunk, future)]

    def _submit(self, chunk: list[Capture]) -> Future[list[ReadCapture]] | None:
        if self._executor is None:
            self._executor = self._start(self._workers)
        try:
            return self._executor.submit(_read_chunk, chunk)
        except BrokenProcessPool:
            return None

    def _collect(self, chunk: list[Capture], future: Future[list[ReadCapture]] | None) -> list[ReadCapture]:
        if future is not None:
            try:
                return future.result(timeout=_patience(chunk))
            except (PoolTimeout, BrokenProcessPool):
                self._stop()
        return [self._alone(capture) for capture in chunk]

    def _alone(self, capture: Capture) -> ReadCapture:
        """One capture in a process of its own, so that a crash can only be its own."""
        executor = self._start(1)
        try:
            return executor.submit(_read_chunk, [capture]).result(timeout=SECONDS_A_CAPTURE + 10)[0]
        except PoolTimeout:
            return _failed(
                capture,
                "reader-timeout",
                f"Reading took more than {SECONDS_A_CAPTURE} seconds and was ended.",
            )
        except BrokenProcessPool:
            return _failed(capture, "reader-crashed", "The reader's process ended abruptly on this capture.")
        finally:
            _kill(executor)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        context = get_context("spawn")
        return ProcessPoolExecutor(
            workers, context, initializer=_begin, initargs=(self._archive, self._sources)
        )

    def _stop(self) -> None:
        if self._executor is not None:
            _kill(self._executor)
            self._executor = None


def read_one(archive: Path, source: SourceFile | None, capture: Capture) -> ReadCapture:
    """Read one capture in this process, within the time that one capture may take."""
    try:
        body = read_record(archive, capture.place).body
    except DamagedRecord as error:
        return _failed(capture, "damaged-record", str(error))
    return read_body(source, capture, body)


def read_body(source: SourceFile | None, capture: Capture, body: bytes) -> ReadCapture:
    """Read bytes that are at hand, archived or not yet, within the time that one capture may take."""
    try:
        with _time_limit(SECONDS_A_CAPTURE):
            return ReadCapture(capture, read_capture(capture, body, source), EXTRACTOR_VERSION)
    except _TooSlow:
        return _failed(
            capture, "reader-timeout", f"Reading took more than {SECONDS_A_CAPTURE} seconds and was ended."
        )
    except MemoryError:
        return _failed(capture, "reader-failed", "Reading needed more memory than there is.")


def _patience(chunk: Sequence[Capture]) -> int:
    """Seconds until the process of a chunk counts as hanging; scans among its files may need recognition."""
    files = sum(capture.role == "attachment" for capture in chunk)
    return SECONDS_A_CAPTURE * 4 + OCR_SECONDS * files


def _begin(archive: Path, sources: dict[str, SourceFile]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    _work["archive"], _work["sources"] = archive, sources


def _read_chunk(captures: list[Capture]) -> list[ReadCapture]:
    archive, sources = _work["archive"], _work["sources"]
    assert isinstance(archive, Path)
    assert isinstance(sources, dict)
    return [read_one(archive, sources.get(capture.source_id), capture) for capture in captures]


def _failed(capture: Capture, code: str, detail: str) -> ReadCapture:
    return ReadCapture(
        capture, Extraction("unreadable", "", problems=(Problem(code, detail),)), EXTRACTOR_VERSION
    )


def _kill(executor: ProcessPoolExecutor) -> None:
    processes = list((executor._processes or {}).values())
    executor.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raise _TooSlow in the block after so many seconds; only a main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
