"""Whether two addresses belong to one site: the same host, with or without www., or one below the other."""

from __future__ import annotations

from urllib.parse import urlsplit

_SHARED = frozenset(  # suffixes below which every name is a site of its own
    [
        "gov.cn",
        "com.cn",
        "org.cn",
        "net.cn",
        "edu.cn",
        "ac.cn",
        "gov.uk",
        "co.uk",
        "org.uk",
        "ac.uk",
        "github.io",
    ]
)


def same_site(one: str, other: str) -> bool:
    """True for www.mof.gov.cn and gks.mof.gov.cn, false for www.mof.gov.cn and www.gov.cn."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return False
    if first == second:
        return True
    if first in _SHARED or second in _SHARED or "." not in first or "." not in second:
        return False
    return first.endswith("." + second) or second.endswith("." + first)


def _bare(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
