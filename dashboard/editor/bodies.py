"""Reading what a page of the editor sends: at most so many bytes, as a form or as JSON."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

LARGEST = 2_000_000  # bytes of one save; the longest draft, each sign written as %XX%XX%XX, fits
_MOST_FIELDS = 64


class TooLarge(ValueError):
    """More bytes than a draft can have."""


async def json_of(request: Request) -> dict[str, Any]:
    """The object that was sent; TooLarge or ValueError when it is none."""
    found = json.loads((await _body(request)).decode("utf-8"))
    if not isinstance(found, dict):
        raise ValueError("an object is wanted")
    return found


async def form_of(request: Request) -> dict[str, Any]:
    """The fields of a form; a field that was sent twice counts once, the last time."""
    body = (await _body(request)).decode("utf-8")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))


async def _body(request: Request) -> bytes:
    """The body, read no further than `LARGEST`, and left where the check of the sender finds it."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > LARGEST:
        raise TooLarge
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise TooLarge
        parts.append(part)
    request._body = b"".join(parts)
    return request._body
