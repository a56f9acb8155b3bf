"""What an archived HTTP answer holds: status, headers, and the body without chunks and packing, bounded."""

from __future__ import annotations

import re
from collections.abc import Sequence

import brotli

from warehouse.archive.unpacking import GZIP, Unpackable, inflated, undeflated
from warehouse.errors import GovbriefError

Headers = list[tuple[str, str]]
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")
_STEP = 1 << 20


class UnusablePayload(GovbriefError):
    """A payload that is no HTTP answer, or cannot be unpacked within its bounds; the message says why."""


def http_answer(block: bytes) -> tuple[int, Headers, bytes]:
    """Status, headers as Latin-1 text in their order, and the body as it stands in the block."""
    status = _STATUS.match(block)
    if not status:
        raise UnusablePayload("its content is no HTTP answer")
    end = re.search(rb"\r?\n\r?\n", block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers: Headers = []
    for line in head.decode("latin-1").splitlines()[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif colon:
            headers.append((name.strip(), value.strip()))
    return int(status[1]), headers, body


def header(headers: Sequence[tuple[str, str]], name: str) -> str:
    """The last value of a header, or nothing."""
    return next((value for key, value in reversed(headers) if key.lower() == name), "")


def plain_body(headers: Sequence[tuple[str, str]], body: bytes, limit: int) -> bytes:
    """The body as its server meant it; half a body is refused.

    A tool that stored it unpacked already left misleading headers.
    """
    packings = [one.strip().lower() for one in header(headers, "content-encoding").split(",")]
    if "chunked" in header(headers, "transfer-encoding").lower():
        body = _without_chunks(body)
    elif set(packings) <= {"", "identity"}:
        _refuse_shorter(header(headers, "content-length"), body)
    for packing in reversed(packings):
        body = _unpacked(packing, body, limit)
    if len(body) > limit:
        raise UnusablePayload(_SAID["too-large"].format(limit=limit))
    return body


_SAID = {
    "damaged-body": "its body cannot be unpacked ({error})",
    "too-large": "its body unpacks to more than {limit:,} bytes",
    "truncated-body": "its packed body ends too early",
}


def _refuse_shorter(stated: str, body: bytes) -> None:
    """Half a page must not pass for a whole one; a packed body tells its own end."""
    if stated.isascii() and stated.isdigit() and len(body) < int(stated[:15]):
        raise UnusablePayload(f"its body ends after {len(body):,} of {int(stated[:15]):,} bytes")


def _without_chunks(body: bytes) -> bytes:
    pieces: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size, start = int(chunk[1], 16), chunk.end()
        if size == 0:
            return b"".join(pieces)
        if len(body) - start < size:
            raise UnusablePayload("its chunks end too early")
        pieces.append(body[start : start + size])
        at = start + size
        at += 2 if body[at : at + 2] == b"\r\n" else int(body[at : at + 1] == b"\n")
    if pieces:
        raise UnusablePayload("its chunks end too early" if at >= len(body) else "its chunks are damaged")
    return body


def _unpacked(packing: str, body: bytes, limit: int) -> bytes:
    if packing in {"", "identity"} or not body:
        return body
    if packing == "br":
        return _from_brotli(body, limit)
    try:
        if packing in {"gzip", "x-gzip"}:
            return inflated(body, GZIP, limit) if body.startswith(b"\x1f\x8b") else body
        if packing == "deflate":
            return undeflated(body, limit)
    except Unpackable as problem:
        raise UnusablePayload(_SAID[problem.code].format(limit=limit, error=problem)) from problem
    raise UnusablePayload(f"its Content-Encoding '{packing[:40]}' is not one that is read")


def _from_brotli(body: bytes, limit: int) -> bytes:
    unpacker = brotli.Decompressor()
    pieces: list[bytes] = []
    size, given = 0, body
    try:
        while not unpacker.is_finished():
            piece = unpacker.process(given, output_buffer_limit=_STEP)
            size += len(piece)
            if size > limit:
                raise UnusablePayload(_SAID["too-large"].format(limit=limit))
            if not piece and (not given or unpacker.can_accept_more_data()):
                raise UnusablePayload("its packed body ends too early")
            pieces.append(piece)
            given = b""
    except brotli.error as error:
        if not pieces and b"<" in body[:200]:
            return body  # stored unpacked by the tool that wrote the file
        raise UnusablePayload("its body cannot be unpacked (brotli)") from error
    return b"".join(pieces)
