"""gzip and deflate undone within a bound, members one after another; what is wrong with a body is named."""

from __future__ import annotations

import zlib

from warehouse.errors import GovbriefError

GZIP = zlib.MAX_WBITS + 16
ZLIB = zlib.MAX_WBITS
DEFLATE = -zlib.MAX_WBITS  # without the header of RFC 1950, as some servers send it


class Unpackable(GovbriefError):
    """A packed body that is damaged, cut short or larger than is allowed; `code` tells which."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def inflated(packed: bytes, bits: int, limit: int) -> bytes:
    """The bytes behind a gzip, zlib or raw deflate stream, `limit` at most; padding is passed over."""
    pieces: list[bytes] = []
    size, rest = 0, packed
    while rest:
        unpacker = zlib.decompressobj(bits)
        try:
            piece = unpacker.decompress(rest, limit - size + 1)
        except zlib.error as error:
            if pieces:
                break  # padding after the last member
            raise Unpackable("damaged-body", str(error)) from error
        size += len(piece)
        if size > limit:
            raise Unpackable("too-large", f"more than {limit:,} bytes")
        if not unpacker.eof:
            raise Unpackable("truncated-body", f"it ends after {len(packed):,} bytes")
        pieces.append(piece)
        rest = unpacker.unused_data
    return b"".join(pieces)


def undeflated(packed: bytes, limit: int) -> bytes:
    """A body named "deflate": with its header as RFC 9110 wants it, else without."""
    try:
        return inflated(packed, ZLIB, limit)
    except Unpackable as problem:
        if problem.code != "damaged-body":
            raise
        return inflated(packed, DEFLATE, limit)
