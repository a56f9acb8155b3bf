"""Records of crawl runs: how sources fared, what was found wrong, and the alarms that last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source fared in one run."""

    run_id: str
    source_id: str
    verdict: str  # ok | quiet | blocked | broken | drifting; running, while the run lasts
    detail: str
    requests: int
    fetched: int
    not_modified: int
    new_documents: int
    changed: int
    withdrawn: int
    failures: int
    bytes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Observation:
    """What one run measured of one source: counts, shares, fingerprints."""

    run_id: str
    source_id: str
    at: datetime
    measures: Mapping[str, float | str]
    sound: bool  # the verdict was good, so that it may teach the source's contract


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a run found wrong with a source, with its evidence."""

    run_id: str
    source_id: str
    code: str  # kebab-case; the templates of both languages go by it
    verdict: str  # what it calls for: blocked | broken | drifting
    sentence: str  # in English
    found: Mapping[str, float | str]  # the numbers and names that the sentence holds
    at: datetime
    good_capture: str | None = None  # the last good page
    bad_capture: str | None = None  # the page that shows the fault


@dataclass(frozen=True, slots=True)
class Canary:
    """A document that every run must find and read as it was read before."""

    source_id: str
    url: str
    capture_id: str  # whose reading is expected
    reading: Mapping[str, str]  # field -> value or digest
    chosen_at: datetime
    missed: int = 0  # runs in a row that did not find it so


# Alarms about what no visit finds: nobody visits the source, or its file does not fit.
STANDING = frozenset({"not-visited", "source-file"})


@dataclass(frozen=True, slots=True)
class Alarm:
    """A finding that lasts: open from its first run to the first run of the source without it."""

    alarm_no: int
    source_id: str
    code: str
    verdict: str
    sentence: str
    opened_run: str
    opened_at: datetime
    last_run: str
    last_at: datetime
    closed_at: datetime | None
    told_at: datetime | None  # by mail or webhook
    closed_run: str | None = None  # the first run that did not find it again
    good_capture: str | None = None  # its evidence: of its first run, until a later one shows as much
    bad_capture: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlRun:
    """One crawl from start to end."""

    run_id: str
    kind: str  # crawl | replay | import | add
    started_at: datetime
    ended_at: datetime | None
    outcome: str  # running | done | partial | failed | interrupted
    sources: tuple[str, ...]
