"""Deciding what a reading is: a new document, a new version of it, a new reading of the same, or nothing new.

A version is the site's doing, a reading is ours. Hashes are compared only between readings by the same
extractor
version; a difference between two extractors says nothing about the site and never becomes an event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from warehouse.content import Fingerprint, fingerprint
from warehouse.corrected_texts import applied_correction
from warehouse.identity import digest, reading_id
from warehouse.known import KnownDocument, KnownDocuments, KnownReading, names_of
from warehouse.listed_values import keep_listed, listed_values
from warehouse.records import Capture, Document, Problem, ReadCapture
from warehouse.told import instant_of, withdrawal

Outcome = Literal["new", "changed", "reread", "unchanged", "earlier"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a document."""

    event_id: str
    document_id: str
    kind: str
    version_no: int
    at: datetime
    run_id: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One document as one capture showed it and one extractor read it."""

    capture: Capture
    extractor_version: str
    document: Document
    fingerprint: Fingerprint


@dataclass(slots=True)
class Changes:
    """What a batch adds, collected before anything is written."""

    touched: dict[str, KnownDocument] = field(default_factory=dict)
    readings: dict[str, tuple[KnownReading, Observation]] = field(default_factory=dict)
    versions: list[KnownReading] = field(default_factory=list)
    events: dict[str, Event] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    problems: list[tuple[Capture, Problem]] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)  # documents whose reading changed under the same name
    newest: dict[str, Observation] = field(default_factory=dict)  # the page as it is now, changed or not
    renumbered: dict[str, KnownDocument] = field(default_factory=dict)  # an earlier version came between

    def happened(self, document: KnownDocument, kind: str, at: datetime, run_id: str) -> None:
        """Note an event; the same event a second time is the same row."""
        event = make_event(document, kind, at, run_id)
        self.events.setdefault(event.event_id, event)

    def make_room(self, document: KnownDocument, number: int) -> None:
        """Count the versions from `number` on, and the events that speak of them, one further."""
        for reading in document.readings.values():
            reading.version_no += int(reading.version_no >= number)
        document.version_no += int(document.version_no >= number)
        own = [one for one in self.events.values() if one.document_id == document.document_id]
        for event in own:
            del self.events[event.event_id]
        for event in own:
            moved = renumbered(event, event.version_no + int(event.version_no >= number))
            self.events[moved.event_id] = moved
        self.renumbered[document.document_id] = document


def make_event(document: KnownDocument, kind: str, at: datetime, run_id: str) -> Event:
    """The event row; withdrawals and returns may repeat on one version, so their instant is part of the
    name.
    """
    return Event(
        _event_name(document.document_id, kind, document.version_no, at),
        document.document_id,
        kind,
        document.version_no,
        at,
        run_id,
    )


def renumbered(event: Event, number: int) -> Event:
    """The same event of a version that is counted otherwise now."""
    name = _event_name(event.document_id, event.kind, number, event.at)
    return replace(event, event_id=name, version_no=number)


def _event_name(document_id: str, kind: str, number: int, at: datetime) -> str:
    when = at.isoformat() if kind in {"withdrawn", "restored"} else ""
    return "evt-" + digest(document_id, kind, str(number), when)


def take(changes: Changes, known: KnownDocuments, read: ReadCapture, document: Document) -> Outcome:
    """Work one document of one capture into `known` and `changes` and say what it turned out to be."""
    names = names_of(read, document)
    standing = known.find(document, names)
    if standing is not None:
        document = keep_listed(standing.listed, document)
    seen = Observation(read.capture, read.extractor_version, document, fingerprint(document))
    if standing is None:
        standing = _new(changes, known, seen)
        outcome: Outcome = "new"
    else:
        outcome = _again(changes, standing, seen)
    _told_withdrawn(changes, standing, seen, outcome)
    for name in names:
        if known.names.setdefault(name, standing.document_id) == standing.document_id:
            changes.aliases[name] = standing.document_id
    changes.touched[standing.document_id] = standing
    if _is_newest(changes, standing, seen):
        changes.newest[standing.document_id] = seen
    return outcome


def _told_withdrawn(changes: Changes, standing: KnownDocument, seen: Observation, outcome: Outcome) -> None:
    """A document that says of itself that its site withdrew it is withdrawn, though its page is still there.

    One that came to us so was withdrawn on the day it names; else it is news of the day we saw it.
    """
    said = withdrawal(seen.document)
    if said is None or standing.status == "withdrawn" or not _is_newest(changes, standing, seen):
        return
    at = seen.capture.fetched_at
    if outcome == "new" and said.day is not None:
        at = min(at, instant_of(said.day))
    standing.status, standing.withdrawn_at = "withdrawn", at
    changes.happened(standing, "withdrawn", at, seen.capture.run_id)


def _is_newest(changes: Changes, standing: KnownDocument, seen: Observation) -> bool:
    """Whether no page at the document's present address was observed later."""
    at = seen.capture.fetched_at
    before = changes.newest.get(standing.document_id)
    elsewhere = seen.document.url is not None and seen.document.url != standing.url
    return (
        not elsewhere
        and at >= standing.current.fetched_at
        and (not before or at >= before.capture.fetched_at)
    )


def _new(changes: Changes, known: KnownDocuments, seen: Observation) -> KnownDocument:
    capture, document = seen.capture, seen.document
    at = capture.fetched_at
    standing = KnownDocument(
        document.document_id, document.source_id, document.site_id, document.url,
        "active", capture.kind, at, at, at, 0, "",
    )  # fmt: skip
    known.documents[document.document_id] = standing
    _add_version(changes, standing, seen)
    changes.happened(standing, "new", at, capture.run_id)
    return standing


def _again(changes: Changes, standing: KnownDocument, seen: Observation) -> Outcome:
    capture = seen.capture
    _sighted(changes, standing, seen)
    same_capture = [one for one in standing.readings.values() if one.capture_id == capture.capture_id]
    if same_capture:
        return _reread(changes, standing, seen, same_capture)
    if capture.fetched_at < standing.current.fetched_at:
        return _late(changes, standing, seen)
    compared = _by_same_extractor(standing, standing.version_no, seen.extractor_version)
    if seen.fingerprint.content == (compared or standing.current).content_hash:
        return "unchanged"
    if compared is not None and applied_correction(seen.extractor_version) is None:
        _add_version(changes, standing, seen)
        standing.changed_at = capture.fetched_at
        changes.happened(standing, "changed", capture.fetched_at, capture.run_id)
        return "changed"
    _add_reading(changes, standing, seen, standing.version_no)
    return "reread"


def _sighted(changes: Changes, standing: KnownDocument, seen: Observation) -> None:
    capture, document = seen.capture, seen.document
    at = capture.fetched_at
    if at >= standing.last_seen_at and document.url and document.url != standing.url:
        standing.url = document.url
        changes.captures[capture.capture_id] = capture  # proof of the move, though nothing else changed
    standing.last_seen_at = max(standing.last_seen_at, at)
    standing.first_seen_at = min(standing.first_seen_at, at)
    standing.site_id = standing.site_id or document.site_id
    if standing.origin == "replayed" and capture.kind != "replayed":
        standing.origin = capture.kind
    back = standing.status == "withdrawn" and standing.withdrawn_at and at > standing.withdrawn_at
    if back and withdrawal(document) is None:
        standing.status = "active"
        changes.happened(standing, "restored", at, capture.run_id)


def _reread(
    changes: Changes,
    standing: KnownDocument,
    seen: Observation,
    before: list[KnownReading],
) -> Outcome:
    """A capture we have read already: another extractor makes another reading of the same version."""
    name = reading_id(standing.document_id, seen.capture.capture_id, seen.extractor_version)
    stored = standing.readings.get(name)
    version = before[0].version_no
    becomes_current = (
        version == standing.version_no and seen.capture.fetched_at >= standing.current.fetched_at
    )
    if stored is not None and stored.content_hash == seen.fingerprint.content:
        if not becomes_current or standing.reading_id == name:
            return "unchanged"
        standing.reading_id = name  # a librarian's text was taken back: the earlier reading shows again
        return "reread"
    _add_reading(changes, standing, seen, version, becomes_current)
    if stored is not None:
        changes.replaced.add(standing.document_id)
    return "reread"


def _late(changes: Changes, standing: KnownDocument, seen: Observation) -> Outcome:
    """An observation older than what is shown: at most an earlier version, in its place, and never news."""
    at, hashed = seen.capture.fetched_at, seen.fingerprint.content
    before = max(_observed(standing, lambda one: one.fetched_at <= at), key=_when, default=None)
    after = min(_observed(standing, lambda one: one.fetched_at > at), key=_when)
    beside = [
        _by_same_extractor(standing, one.version_no, seen.extractor_version) for one in (before, after) if one
    ]
    known = [one.content_hash for one in beside if one is not None]
    if hashed in known or applied_correction(seen.extractor_version) is not None:
        return "unchanged"
    if len(known) < len(beside):
        detail = (
            "This capture is older than the version shown and cannot be placed yet; 'extract --again' does."
        )
        changes.problems.append((seen.capture, Problem("older-than-current", detail)))
        return "unchanged"
    number = before.version_no + 1 if before else 1
    changes.make_room(standing, number)
    changes.versions.append(_add_reading(changes, standing, seen, number, current=False))
    return "earlier"


def _observed(standing: KnownDocument, when: Callable[[KnownReading], bool]) -> list[KnownReading]:
    return [one for one in standing.readings.values() if when(one)]


def _when(reading: KnownReading) -> datetime:
    return reading.fetched_at


def _by_same_extractor(standing: KnownDocument, version: int, extractor_version: str) -> KnownReading | None:
    return max(
        (
            one
            for one in standing.readings.values()
            if one.version_no == version and one.extractor_version == extractor_version
        ),
        key=lambda one: one.fetched_at,
        default=None,
    )


def _add_version(changes: Changes, standing: KnownDocument, seen: Observation) -> None:
    standing.version_no += 1
    reading = _add_reading(changes, standing, seen, standing.version_no)
    changes.versions.append(reading)


def _add_reading(
    changes: Changes,
    standing: KnownDocument,
    seen: Observation,
    version: int,
    current: bool = True,
) -> KnownReading:
    capture = seen.capture
    name = reading_id(standing.document_id, capture.capture_id, seen.extractor_version)
    reading = KnownReading(
        name, standing.document_id, version, capture.capture_id, seen.extractor_version,
        seen.fingerprint.content, capture.fetched_at,
    )  # fmt: skip
    standing.readings[name] = reading
    changes.readings[name] = (reading, seen)
    changes.captures[capture.capture_id] = capture
    if current:
        standing.reading_id = name
        standing.listed = listed_values(seen.document)
    return reading
