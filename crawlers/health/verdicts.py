"""The verdict on each source of a run, and the run's exit code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from warehouse.crawl_state.store import CrawlState
from warehouse.records import SourceHealth

GOOD = frozenset({"ok", "quiet"})


def judge(counts: Mapping[str, Any], breaker: str, *, replay: bool = False) -> tuple[str, str]:
    """Verdict and reason from the counters of a source in a run.

    ok: something new or changed; quiet: all lists answered, nothing new; partial: part of it failed;
    broken: nothing usable came, or no list held an entry; blocked: the site or its robots rules refuse us.
    A quiet source may be found silent afterwards.
    """
    said = str(counts.get("detail") or "")
    if breaker == "blocked":
        return "blocked", said or "the site refused an earlier run and is left alone"
    if counts["requests"] == 0:
        return "quiet", said or "nothing was due"
    came = counts["fetched"] + counts["not_modified"]
    if not came:
        return ("blocked" if "(robots)" in said else "broken"), said or "no request was answered"
    if not replay and breaker == "open":
        return "broken", said
    if not replay and counts["lists"] and not counts["entries"]:
        return "broken", said or "the lists answered, but none held an entry"
    if counts["failures"]:
        return "partial", f"{counts['failures']} of {counts['requests']} requests failed; {said}"
    if counts["new_documents"] or counts["changed"] or counts["withdrawn"]:
        return "ok", said
    return "quiet", said or "nothing new"


def silence(verdict: str, newest: date | None, today: date, patience: int | None) -> str | None:
    """The reason to call a quiet source silent: longer without a new document than its file finds plausible.

    It catches the source that still answers but has moved, ended or hidden its news; None: nothing to say.
    """
    if verdict != "quiet" or newest is None or patience is None or (today - newest).days <= patience:
        return None
    return (
        f"nothing new for {(today - newest).days} days (since {newest.isoformat()}), {patience} are usual at"
        " most; look at the site and at the lists of the source's file"
    )


def settle_verdicts(
    state: CrawlState,
    run_id: str,
    sources: Iterable[str],
    *,
    replay: bool,
    today: date,
    silent_days: Mapping[str, int],
) -> list[SourceHealth]:
    """Judge every source of a run, store the verdicts and give them back.

    `silent_days` says for each source after how many days without a new document it counts as silent.
    """
    counted = state.source_counts(run_id)
    rows = []
    for name in sources:
        counts = counted.get(name)
        if counts is None:
            continue
        verdict, detail = judge(counts, state.source_state(name)["breaker"], replay=replay)
        idle = "quiet" if verdict == "ok" and not counts["new_documents"] else verdict  # old pages changed
        silent = silence(idle, state.newest_document(name), today, silent_days.get(name))
        if silent:
            verdict, detail = "silent", silent
        rows.append(
            {"run_id": run_id, "source_id": name, "verdict": verdict, "detail": detail, "at": counts["at"]}
        )
    state.set_counts(rows)
    return state.health(run_id)


def exit_code(verdicts: Iterable[str]) -> int:
    """0 when all is well or nothing was asked, 4 when no source was usable, 3 when some were not."""
    found = list(verdicts)
    bad = [verdict for verdict in found if verdict not in GOOD]
    usable = [verdict for verdict in found if verdict in GOOD or verdict == "partial"]
    if not bad:
        return 0
    return 3 if usable else 4
