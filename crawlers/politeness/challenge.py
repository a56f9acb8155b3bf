"""Signs that a page is not offered to machines: refusing statuses, script-only challenges; we solve none."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

REFUSING = frozenset({403, 412, 429, 521})
MOST_WAIT = timedelta(days=10)  # a longer Retry-After is a slip, or as good as a refusal
_SMALL = 4096
_SECONDS = re.compile(r"[0-9]{1,300}(?:\.[0-9]*)?")
_SCRIPT = re.compile(rb"<script[\s>]", re.I)
_COOKIE = re.compile(rb"document\s*\.\s*cookie", re.I)
_RELOAD = re.compile(rb"location\s*(?:\.\s*(?:href|replace|reload)|\s*=)", re.I)
_TITLE = re.compile("<title>\\s*(?:probe|just a moment|安全验证)".encode(), re.I)
_VISIBLE = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>|\s+", re.I | re.S)


def is_challenge(media_type: str, body: bytes) -> bool:
    """Whether a page with a good status only holds a script that sets a cookie or reloads."""
    if "html" not in media_type or len(body) > _SMALL:
        return False
    if _TITLE.search(body):
        return True
    if not _SCRIPT.search(body):
        return False
    scripted = bool(_COOKIE.search(body)) or bool(_RELOAD.search(body))
    return scripted and len(_VISIBLE.sub(b"", body)) < 80


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, ten days at most; None when it says nothing readable.

    Seconds (a fraction is rounded up) or one of the three dates of HTTP, all of which mean GMT.
    """
    said = (value or "").strip()
    if _SECONDS.fullmatch(said):
        return timedelta(seconds=min(math.ceil(float(said)), MOST_WAIT.total_seconds()))
    try:
        asked = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    asked = asked if asked.tzinfo else asked.replace(tzinfo=UTC)
    return min(max(asked - now, timedelta()), MOST_WAIT)
