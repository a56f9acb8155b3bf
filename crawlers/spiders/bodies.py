"""Bodies as they travelled and as they are read: Content-Encoding undone within bounds, a cut one named."""

from __future__ import annotations

from warehouse.archive.unpacking import GZIP, Unpackable, inflated, undeflated
from warehouse.errors import GovbriefError

_SAID = {
    "damaged-body": "the compressed body cannot be unpacked",
    "too-large": "the body unpacks to too much",
    "truncated-body": "the compressed body ends early",
}


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
    try:
        if name in {"gzip", "x-gzip"}:
            return inflated(raw, GZIP, limit) if raw[:2] == b"\x1f\x8b" else raw
        if name == "deflate":
            return undeflated(raw, limit)
    except Unpackable as problem:
        raise BadBody(problem.code, f"{_SAID[problem.code]} ({problem})") from problem
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
