"""Messages (EML): who wrote to whom, the text, and the attached files below their names."""

from __future__ import annotations

import email
import email.errors
import re
from collections.abc import Iterator, Sequence
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from selectolax.lexbor import LexborHTMLParser

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.file_reading import FileReading, damaged, failed
from crawlers.extraction.members import Budget, Gatherer, Member
from crawlers.extraction.page import too_deep
from crawlers.extraction.plain import one_line
from warehouse.places import NOWHERE
from warehouse.records import Problem

EML = "message/rfc822"
_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_ANSWERED = re.compile(r"^(?:\s*(?:re|aw|sv|tr|fwd?|wg|回复|答复|转发|转)\s*[:：])+", re.I)
_MOST_PARTS = 2_000
_DEEP = re.compile(rb"boundary\s*=", re.I)


def read_message(body: bytes, budget: Budget) -> FileReading:
    """The headers people read, the text part (else the HTML part as text), then the attachments."""
    if budget.is_deepest:
        return failed("unsupported", EML, "nested-too-deep", "A message inside messages; it is not read.")
    if len(_DEEP.findall(body)) > _MOST_PARTS:
        return damaged(EML, "The message does not open: it has more parts than any real one.")
    try:
        message = email.message_from_bytes(body)
        gatherer = Gatherer(budget)
        lines = [*_headers(message), *_text(message)]
        gatherer.placed.add("\n".join(lines), NOWHERE)
        if lines:
            gatherer.statuses.append("text")
        gatherer.take(_files(message, budget))
    except (RecursionError, email.errors.MessageError, LookupError, ValueError, AttributeError, TypeError):
        return damaged(EML, "The message does not open: its parts contradict each other.")
    return gatherer.reading(EML)


def _headers(message: Message) -> Iterator[str]:
    for name in _SHOWN:
        value = one_line(_words(message.get(name)), 2_000)
        if value:
            yield f"{name}: {value}"


def _words(value: object) -> str:
    """A header's value with its encoded words read; bytes without a name are UTF-8 or GB18030."""
    if value is None:
        return ""
    try:
        pieces = decode_header(str(value) if not isinstance(value, str) else value)
    except (email.errors.HeaderParseError, ValueError):
        return str(value)
    return "".join(_piece(data, charset) for data, charset in pieces)


def _piece(data: bytes | str, charset: str | None) -> str:
    if isinstance(data, str):
        raw = data.encode("ascii", "surrogateescape") if _is_surrogate(data) else None
        return decode(raw) if raw is not None else data
    if charset and charset.lower() != "unknown-8bit":
        try:
            return data.decode("gb18030" if charset.lower() in ("gb2312", "gbk") else charset)
        except (LookupError, UnicodeError):
            return decode(data)
    return decode(data)


def _is_surrogate(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text) and all(
        character < "\x80" or "\udc80" <= character <= "\udcff" for character in text
    )


def subject_and_day(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """What a message read as `lines` is about, without "Re:" and the like, and its day as ISO date."""
    said = dict(one.partition(": ")[::2] for one in lines[: len(_SHOWN)] if one.partition(": ")[0] in _SHOWN)
    subject = _ANSWERED.sub("", said.get("Subject", "")).strip()
    try:
        day = parsedate_to_datetime(said.get("Date", "")).date().isoformat()
    except (ValueError, IndexError):
        day = None
    return subject or None, day


def _parts(message: Message) -> Iterator[Message]:
    """The single parts in order; a message inside a message is one part."""
    waiting, count = [message], 0
    while waiting and count < _MOST_PARTS:
        part = waiting.pop(0)
        count += 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = [one for one in payload if isinstance(one, Message)]
        else:
            yield part


def _text(message: Message) -> list[str]:
    """Every text part in its order; of a text sent in several forms, the plain one if it says anything."""
    texts: list[str] = []
    for forms in _texts(message):
        plain = "\n".join(_decoded(one) for one in forms if one.get_content_type() == "text/plain")
        pages = [one for one in forms if one.get_content_type() == "text/html"]
        if plain.strip():
            texts.append(plain)
        elif pages:
            texts.append("\n".join(text_of_html(_decoded(pages[-1]))))
    return texts


def _texts(message: Message) -> Iterator[list[Message]]:
    """The text parts in order; those that say the same in other forms stand together (RFC 2046, 5.1.4)."""
    waiting, count = [message], 0
    while waiting and count < _MOST_PARTS:
        part = waiting.pop(0)
        count += 1
        payload = part.get_payload()
        if part.get_content_type() == "multipart/alternative":
            yield [one for one in _parts(part) if not _is_file(one)]
        elif part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting[:0] = [one for one in payload if isinstance(one, Message)]
        elif part.get_content_maintype() == "text" and not _is_file(part):
            yield [part]


def text_of_html(source: str) -> tuple[str, ...]:
    """The paragraphs of a whole HTML page, menus and all."""
    return () if too_deep(source) else paragraphs_of_markup(LexborHTMLParser(source).html or "")


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return _piece(data, str(part.get_content_charset() or "") or None)


def _is_file(part: Message) -> bool:
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def _files(message: Message, budget: Budget) -> Iterator[Member]:
    for number, part in enumerate(_parts(message), start=1):
        kind = part.get_content_type()
        name = one_line(_words(part.get_filename()), 200) or f"part {number}"
        if kind == EML:
            inner = part.get_payload()
            held = inner[0] if isinstance(inner, list) and inner else None
            if isinstance(held, Message):
                subject = one_line(_words(held.get("Subject")), 100)
                named = name if part.get_filename() else f"{subject or name}.eml"
                yield _bounded(named, held.as_bytes(), budget)
        elif _is_file(part) or part.get_content_maintype() not in ("text", "multipart"):
            data = part.get_payload(decode=True)
            yield _bounded(name, data if isinstance(data, bytes) else b"", budget)


def _bounded(name: str, data: bytes, budget: Budget) -> Member:
    if len(data) > budget.room:
        return Member(name, problem=Problem("too-large", "More than is unpacked of any file."))
    budget.room -= len(data)
    return Member(name, data)
