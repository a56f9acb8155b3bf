"""The bytes of an archived copy as an answer: a page or text to look at, or a file to keep."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from warehouse.archive.reader import ArchivedRecord

MARKUP_TYPES = frozenset({"text/html", "application/xhtml+xml"})
TEXT_TYPES = ("text/", "application/json", "application/xml", "application/rss", "application/atom")
# No script, no form, no subresource, no navigation of the frame around it: only what stands in the bytes.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "private, max-age=3600",
    "X-DNS-Prefetch-Control": "off",  # a policy does not keep a browser from looking up hosts of links
}
_CLAIM = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_SAID = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.I | re.A)
_CUT = frozenset({"unexpected end of data", "incomplete multibyte sequence"})  # of a character, says Python
_LONGEST = 4  # bytes of a character in any of these sets
_ENDING = re.compile(r"\.([a-z0-9]{1,5})$")


def is_text(media_type: str) -> bool:
    """Whether a copy is text that a browser shows."""
    bare = media_type.split(";")[0].strip().lower()
    return bare in MARKUP_TYPES or bare.startswith(TEXT_TYPES)


def shown(row: dict[str, Any], record: ArchivedRecord) -> Response:
    """A page as a page and text as text, in the character set of its bytes; anything else as a file."""
    media_type = str(row["media_type"]).split(";")[0].strip().lower()
    if not is_text(media_type):
        return to_keep(row, record)
    kind = media_type if media_type in MARKUP_TYPES else "text/plain"
    charset = charset_of(record)
    content_type = f"{kind}; charset={charset}" if charset else kind
    return Response(record.body, headers={**_HEADERS, "Content-Type": content_type})


def to_keep(row: dict[str, Any], record: ArchivedRecord) -> Response:
    """The bytes as a file to download, named by the capture with the ending of its address."""
    ending = _ENDING.search(urlsplit(str(row["url"])).path.lower())
    name = str(row["capture_id"]) + (f".{ending[1]}" if ending else "")
    headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(record.body, media_type="application/octet-stream", headers=headers)


def charset_of(record: ArchivedRecord) -> str | None:
    """The first character set that fits every byte: UTF-8, what server or page claim, GB 18030.

    Chinese sites claim the wrong one often enough; a browser that believed them would show nonsense.
    A character that the end of the copy cuts does not speak against its set.
    """
    said = _SAID.search(record.headers.get("content-type", ""))
    claim = _CLAIM.search(record.body[:4096])
    claims = [said[1] if said else None, claim[1].decode("ascii", "replace") if claim else None]
    for name in ("utf-8", *claims, "gb18030"):
        if name and _fits(record.body, name):
            return name.lower()
    return next((name.lower() for name in claims if name), None)


def _fits(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except UnicodeDecodeError as error:
        cut = error.reason in _CUT and len(body) - error.start < _LONGEST
        return cut and not body[: error.start].isascii()  # one torn character alone says nothing
    except (UnicodeError, LookupError):
        return False
    return True
