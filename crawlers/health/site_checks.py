"""A source's run as a whole: refused, unanswered, lists or documents that failed, a clock that is off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawlers.credential import missing_key
from crawlers.health.kinds import Found, tell
from crawlers.source import SourceFile

CLOCK_HOURS = 1.0  # a difference below this is everyday
_FEW = 3  # failed documents that are a remark and no finding
_LARGE = 0.2  # share of failed documents from which there is a finding


def check_site(
    counts: Mapping[str, Any], breaker: Mapping[str, Any], *, replay: bool = False
) -> Iterator[Found]:
    """What the counters and the breaker say of the site; one finding at most, which explains all others."""
    said = str(counts.get("detail") or breaker["detail"] or "")
    came = counts["fetched"] + counts["not_modified"]
    if breaker["breaker"] == "blocked":
        yield Found("robots-failed" if _of_robots(breaker) else "blocked", {"said": said or "left alone"})
    elif breaker["breaker"] == "open" and not replay:
        yield Found("site-failing", {"said": said or "the breaker is open"})
    elif counts["requests"] and not came and "(robots)" in said:
        yield tell("robots-forbids", said=said)
    elif counts["requests"] and not came:
        yield tell("no-answer", requests=counts["requests"], said=said or "no reason was given")
    elif replay and counts["failures"] >= _FEW and counts["failures"] > _LARGE * counts["requests"]:
        asked = counts["requests"]
        yield tell("documents-failing", failed=counts["failures"], asked=asked, url=said, error="-")


def check_key(source: SourceFile, counts: Mapping[str, Any]) -> Iterator[Found]:
    """A source that was not asked because the key of its interface is not at hand."""
    if source.credential and not counts["requests"] and missing_key(source):
        yield tell("key-missing", env=source.credential.env)


def _of_robots(breaker: Mapping[str, Any]) -> bool:
    return str(breaker["detail"]).startswith("robots.txt")


def check_failures(
    roots: Sequence[str], failed: Mapping[str, str], roles: Mapping[str, str], answered: int
) -> Iterator[Found]:
    """Start lists that failed at every try, and a large share of documents and files that did.

    `failed` has address -> "state:code", `roles` their roles, `answered` how many documents and files came.
    """
    lost = [root for root in roots if root in failed]
    if lost:
        verdict, error = "broken" if len(lost) == len(roots) else "drifting", _code(failed[lost[0]])
        yield tell("list-failed", verdict, failed=len(lost), lists=len(roots), list=lost[0], error=error)
    bad = [
        url
        for url, state in failed.items()
        if roles.get(url) in ("detail", "attachment") and state.startswith(("failed", "refused"))
    ]
    if len(bad) >= _FEW and len(bad) > _LARGE * (answered + len(bad)):
        asked, error = answered + len(bad), _code(failed[bad[0]])
        yield tell("documents-failing", failed=len(bad), asked=asked, url=bad[0], error=error)


def check_clock(skew: float | None, timed: int) -> Iterator[Found]:
    """A Date header hours away in every answer of the run; as caches keep old ones, one is not enough."""
    if skew is None or abs(skew) < CLOCK_HOURS * 3600 or timed < 2:
        return
    yield Found("clock-off", {"hours": round(skew / 3600, 1)})


def _code(state: str) -> str:
    return state.partition(":")[2] or state
