"""From findings to a verdict with its reason, and from verdicts to the run's exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawlers.health.kinds import Found

GOOD = frozenset({"ok", "quiet"})
_WORST_FIRST = ("blocked", "broken", "drifting")


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a source, its reason in one line, and the findings behind it, worst first."""

    verdict: str
    detail: str
    findings: tuple[Found, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the source is well."""
        return self.verdict in GOOD

    @property
    def holds(self) -> bool:
        """Whether the documents of the run are held back."""
        return any(one.held_back for one in self.findings)


def judge(source_id: str, counts: Mapping[str, Any], found: Sequence[Found]) -> Judged:
    """The worst verdict that findings call for; without any: ok when something is new, changed or gone.

    quiet: everything answered and nothing was new. Failures too few for a finding are a remark.
    """
    worst = sorted(_one_a_code(found), key=lambda one: _WORST_FIRST.index(one.calls_for))
    if worst:
        more = f" {len(worst) - 1} more findings." if len(worst) > 1 else ""
        told = f"{worst[0].sentence(source_id)} ({worst[0].code}){more}"
        return Judged(worst[0].calls_for, told, tuple(worst))
    said = str(counts.get("detail") or "")
    if counts["requests"] == 0:
        return Judged("quiet", said or "nothing was due")
    if counts["failures"]:
        said = f"{counts['failures']} of {counts['requests']} requests failed; {said}"
    if counts["new_documents"] or counts["changed"] or counts["withdrawn"]:
        return Judged("ok", said)
    return Judged("quiet", said or "nothing new")


def without_usual(counts: Mapping[str, Any], sound_runs: int) -> Mapping[str, Any]:
    """A run's counts without the remark that a list is empty: where it was not before, that is a finding."""
    usual = sound_runs and str(counts.get("detail") or "").endswith("(empty-list)")
    return {**counts, "detail": ""} if usual else counts


def exit_code(verdicts: Iterable[str]) -> int:
    """0 when all is well or nothing was asked, 4 when no source is, 3 when some are not."""
    found = [verdict in GOOD for verdict in verdicts]
    if all(found):
        return 0
    return 3 if any(found) else 4


def _one_a_code(found: Sequence[Found]) -> list[Found]:
    """The first finding of every code: a run tells each kind of trouble once."""
    by_code: dict[str, Found] = {}
    for one in found:
        by_code.setdefault(one.code, one)
    return list(by_code.values())
