"""Duties as a calendar file by RFC 5545: all-day events, one a duty, under lasting names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from dashboard.deadlines.ledger import Line
from dashboard.deadlines.told import told_proofs
from dashboard.markup import web_address
from dashboard.words import say
from warehouse.publication import Publication

MEDIA_TYPE = "text/calendar; charset=utf-8"
LONGEST = 75  # octets of a line without its break, RFC 5545 section 3.1
_SUMMARY = 120  # characters; programs show no more of it in a month
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def calendar_file(
    publication: Publication,
    judged: Iterable[tuple[Line, str | None]],
    language: str,
    alarm: int | None = None,
) -> Iterator[str]:
    """The lines of the file with CR LF, folded; what people rejected is left out, what nobody confirmed is
    tentative.

    A sentence that stands twice in a document is one event. With `alarm` each event that lies ahead rings so
    many days before its day.
    """
    yield from _property("BEGIN", "VCALENDAR")
    yield from _property("VERSION", "2.0")
    yield from _property("PRODID", "-//govbrief//duty calendar//EN")
    yield from _property("CALSCALE", "GREGORIAN")
    yield from _property("X-WR-CALNAME", _text(say(language, "nav.deadlines")))
    told: set[str] = set()
    for line, verdict in judged:
        if verdict == "rejected" or line.row["due"] is None or line.row["fact_id"] in told:
            continue
        told.add(line.row["fact_id"])
        yield from _event(publication, line, verdict == "confirmed", language, alarm)
    yield from _property("END", "VCALENDAR")


def _event(
    publication: Publication, line: Line, confirmed: bool, language: str, alarm: int | None
) -> Iterator[str]:
    row = line.row
    due: date = row["due"]
    summary = _summary(publication, line, language)
    address = web_address(row["url"])
    standing = "CONFIRMED" if confirmed else "TENTATIVE"
    yield from _property("BEGIN", "VEVENT")
    yield from _property("UID", f"{row['fact_id']}@govbrief")
    yield from _property("DTSTAMP", _instant(publication.created_at))
    yield from _property("DTSTART;VALUE=DATE", f"{due:%Y%m%d}")
    yield from _property("DTEND;VALUE=DATE", f"{due + timedelta(days=1):%Y%m%d}")  # the day after, exclusive
    yield from _property("SUMMARY", _text(summary))
    yield from _property("DESCRIPTION", _text("\n".join(_description(publication, line, language))))
    yield from _property("CATEGORIES", _text(say(language, f"deadlines.is-{line.state}")))
    if address:
        yield from _property("URL", address)  # a URI, which is not escaped
    yield from _property("STATUS", "CANCELLED" if line.state == "ended" else standing)
    yield from _property("TRANSP", "TRANSPARENT")
    if alarm is not None and line.state in ("due", "returning"):
        yield from _property("BEGIN", "VALARM")
        yield from _property("ACTION", "DISPLAY")
        yield from _property("TRIGGER", f"-P{alarm}D" if alarm else "PT0S")
        yield from _property("DESCRIPTION", _text(summary))
        yield from _property("END", "VALARM")
    yield from _property("END", "VEVENT")


def _summary(publication: Publication, line: Line, language: str) -> str:
    row = line.row
    who = say(language, "word.and").join(row["who"] or ())
    task = row["what"] or row["sentence"]
    told = f"{who}{say(language, 'deadlines.colon')}{task}" if who else task
    mark = say(language, "deadlines.sample-mark") if publication.sample or row["sample"] else ""
    cut = told if len(told) <= _SUMMARY else f"{told[: _SUMMARY - 1]}…"
    return mark + " ".join(cut.split())


def _description(publication: Publication, line: Line, language: str) -> Iterator[str]:
    """The sentence, the document with issuer, number, day and validity, and what was found."""
    row = line.row
    yield f"“{row['sentence']}”"
    issuer = row["department_name"] or row["issuer"] or ""
    known = (row["title"], issuer, row["doc_number"], str(row["published"] or ""))
    yield " · ".join(part for part in known if part)
    yield say(language, f"state.{row['validity'] or 'unknown'}")
    if line.state == "returning":
        key = "deadlines.returns" if line.named else "deadlines.period-ends"
        yield say(language, key, printed=row["due_printed"])
    yield from told_proofs(line, language)
    yield say(language, "today.mined")
    yield say(language, "foot.publication", publication=publication.publication_id,
              at=f"{publication.created_at:%Y-%m-%d %H:%M} UTC")  # fmt: skip
    if publication.sample or row["sample"]:
        yield say(language, "word.sample")


def _property(name: str, value: str) -> Iterator[str]:
    """One content line, folded before it is longer than 75 octets and never inside a character."""
    part, octets = "", 0
    for sign in f"{name}:{value}":
        size = len(sign.encode("utf-8"))
        if octets + size > LONGEST:
            yield f"{part}\r\n"
            part, octets = " ", 1
        part += sign
        octets += size
    yield f"{part}\r\n"


def _text(value: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line break escaped, other control characters gone."""
    unified = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", unified).translate(_ESCAPED)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
