"""Signs that a page is not offered to machines: refusing statuses, protection pages; we solve none."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawlers.protection import protection_of

REFUSING = frozenset({403, 412, 429, 521})
MOST_WAIT = timedelta(days=10)  # a longer Retry-After is a slip, or as good as a refusal
_SECONDS = re.compile(r"[0-9]{1,300}(?:\.[0-9]*)?")


def is_challenge(media_type: str, body: bytes) -> bool:
    """Whether a page with a good status is a protection page instead of content."""
    return "html" in media_type and protection_of(body) is not None


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
