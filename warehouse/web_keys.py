"""Keys of interfaces do not belong into addresses that are kept."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_KEY = re.compile(r"(?:api[_-]?)?key|(?:access[_-]?|auth[_-]?)?token|subscription[_-]key", re.IGNORECASE)


def without_key(url: str) -> str:
    """An address without the parameters that hold a key, whatever their value; others stay as they are."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _KEY.fullmatch(name)]
    return url if len(kept) == len(pairs) else parts._replace(query=urlencode(kept)).geturl()
