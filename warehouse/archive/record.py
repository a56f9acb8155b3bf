"""The bytes of one WARC 1.1 record, so that it says the same to every tool; each is its own gzip member."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

FORMAT = "WARC File Format 1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_LEVEL = 6  # level 9 costs three times the time for two hundredths of the size
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_LINE_BREAK = re.compile(r"[\r\n\x00]+")


def member(record: bytes) -> bytes:
    """The record as a gzip member of its own."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(record) + packer.flush()


def new_record_id() -> str:
    """A name for a record that no other has."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def record(
    kind: str,
    uri: str,
    content_type: str,
    block: bytes,
    payload: bytes,
    at: datetime,
    fields: Mapping[str, str] | None = None,
) -> bytes:
    """A response or resource record; `payload` is the part of the block that is no HTTP head."""
    payload_digest = digest_of(payload)
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": new_record_id(),
        "WARC-Date": instant(at),
        "WARC-Target-URI": written_address(uri),
        **(fields or {}),
        "WARC-Payload-Digest": payload_digest,
        "WARC-Block-Digest": payload_digest if block is payload else digest_of(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    return joined(head, block)


def warcinfo(record_id: str, name: str, at: datetime, said: Sequence[tuple[str, str]]) -> bytes:
    """The record at the head of a file: who wrote it, with what, and whatever is `said` besides."""
    lines = (("software", software()), ("format", FORMAT), ("conformsTo", CONFORMS_TO), *said)
    block = "".join(f"{key}: {_LINE_BREAK.sub(' ', value)}\r\n" for key, value in lines).encode()
    head = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": record_id,
        "WARC-Date": instant(at),
        "WARC-Filename": name,
        "WARC-Block-Digest": digest_of(block),
        "Content-Type": "application/warc-fields",
        "Content-Length": str(len(block)),
    }
    return joined(head, block)


def joined(head: Mapping[str, str], block: bytes) -> bytes:
    """Head and block as they stand in a file; a value cannot smuggle a line."""
    lines = "".join(f"{name}: {_LINE_BREAK.sub(' ', value)}\r\n" for name, value in head.items())
    return b"WARC/1.1\r\n" + lines.encode("utf-8", "replace") + b"\r\n" + block + b"\r\n\r\n"


def http_head(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    """The status line and headers; those that no longer fit the body as stored keep their value under
    X-Archive-Orig, where no reader obeys them.
    """
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}"]
    for name, value in headers:
        clean = _LINE_BREAK.sub(" ", value).strip()
        prefix = "X-Archive-Orig-" if _stale(name.strip().lower(), clean.lower(), body) else ""
        lines.append(f"{prefix}{_LINE_BREAK.sub(' ', name)}: {clean}")
    return _as_sent("\r\n".join(lines) + "\r\n\r\n")


def written_address(uri: str) -> str:
    """An address as a record states it: on one line, without spaces."""
    return _CONTROL.sub(_percent, uri).encode("utf-8", "replace").decode()


def digest_of(data: bytes) -> str:
    """SHA-256 the way WARC files write it."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode("ascii")


def instant(at: datetime) -> str:
    """A WARC-Date; version 1.1 allows the microseconds that tell two captures apart."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def software() -> str:
    """govbrief with its version."""
    try:
        return f"govbrief/{version('govbrief')}"
    except PackageNotFoundError:  # run from a folder without being installed
        return "govbrief"


def _stale(name: str, value: str, body: bytes) -> bool:
    """Whether a header would make a reader undo what is not there: chunks, a length, a packing."""
    if name == "content-length":
        return value != str(len(body))
    if name == "content-encoding":
        return value != "identity" and not _packed(value, body)
    return name == "transfer-encoding"


def _packed(encoding: str, body: bytes) -> bool:
    if encoding in {"gzip", "x-gzip"}:
        return body.startswith(b"\x1f\x8b")
    zlib_head = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
    return encoding == "deflate" and zlib_head


def _as_sent(head: str) -> bytes:
    """Header bytes as the server sent them (they reach us as Latin-1), UTF-8 for what Latin-1 cannot say."""
    try:
        return head.encode("latin-1")
    except UnicodeEncodeError:
        return head.encode("utf-8", "replace")


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"
