"""Bodies as they travelled and as they are read: Content-Encoding undone within bounds, a cut one named."""

from __future__ import annotations

import zlib

from warehouse.errors import GovbriefError


class BadBody(GovbriefError):
    """A body that cannot be unpacked: cut short, damaged, or unpacking to more than is allowed."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def plain_body(raw: bytes, encoding: bytes | None, limit: int) -> bytes:
    """The body without gzip or deflate; BadBody names what is wrong with it."""
    name = (encoding or b"").decode("latin-1").strip().lower()
    if not raw or name in {"", "identity"}:
        return raw
    if name in {"gzip", "x-gzip"}:
        return _inflate(raw, zlib.MAX_WBITS + 16, limit) if raw[:2] == b"\x1f\x8b" else raw
    if name == "deflate":
        try:
            return _inflate(raw, zlib.MAX_WBITS, limit)
        except BadBody as error:
            if error.code != "damaged-body":
                raise
            return _inflate(raw, -zlib.MAX_WBITS, limit)
    raise BadBody(
        "unknown-encoding", f"the body came with the Content-Encoding '{name}', which we did not ask for"
    )


def archived_body(raw: bytes, plain: bytes, encoding: bytes | None) -> bytes:
    """What goes into the archive: the body as received, or unpacked when other tools could not unpack it."""
    headerless = (encoding or b"").strip().lower() == b"deflate" and raw[:1] not in {
        b"\x78",
        b"\x58",
        b"\x48",
    }
    return plain if headerless else raw


def _inflate(raw: bytes, bits: int, limit: int) -> bytes:
    pieces: list[bytes] = []
    size, rest = 0, raw
    while rest:
        unpacker = zlib.decompressobj(bits)
        try:
            piece = unpacker.decompress(rest, limit - size + 1)
        except zlib.error as error:
            if pieces:
                break  # padding after the last gzip member
            raise BadBody("damaged-body", f"the compressed body cannot be unpacked ({error})") from error
        size += len(piece)
        if size > limit:
            raise BadBody("too-large", f"the body unpacks to more than {limit} bytes")
        if not unpacker.eof:
            raise BadBody("truncated-body", f"the compressed body ends early, after {len(raw)} bytes")
        pieces.append(piece)
        rest = unpacker.unused_data
    return b"".join(pieces)
