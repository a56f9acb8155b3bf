"""The address a reference prints: the one that lasts, without what only follows the reader about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

# Parameters of campaigns, shares and visits: they say who clicked, not what is read.
_FOLLOWING = re.compile(r"(?:utm_\w+|spm|share_\w+|fbclid|gclid|jsessionid|phpsessid|sessionid)$", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_LASTING = (
    # The Federal Register's own short address of a document: /documents/2024/02/16/2024-03036/title
    (re.compile(r"^https?://www\.federalregister\.gov/documents/\d{4}/\d\d/\d\d/([\w-]+)/[^?#]*$"),
     r"https://www.federalregister.gov/d/\1"),
    (re.compile(r"^https?://(?:dx\.)?doi\.org/(.+)$"), r"https://doi.org/\1"),
)  # fmt: skip


def stable_address(url: str | None) -> str | None:
    """The address without sessions, trackers and text fragments, in its site's lasting form if it has one."""
    if not url:
        return None
    parts = urlsplit(_SESSION.sub("", url))
    fragment = "" if parts.fragment.startswith(":~:") else parts.fragment
    kept = urlunsplit((parts.scheme, parts.netloc, parts.path, _kept(parts.query), fragment))
    for form, lasting in _LASTING:
        kept = form.sub(lasting, kept)
    return kept


def _kept(query: str) -> str:
    """The query as it is spelt, without what only follows the reader."""
    return "&".join(part for part in query.split("&") if not _FOLLOWING.match(part.partition("=")[0]))
