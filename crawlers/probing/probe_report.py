"""The probe of many sources as a Markdown paper: what needs a person first, then all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawlers.probing.probe import ProbeRow
from warehouse.files import write_whole
from warehouse.home import Home

HEAD = ("source", "on", "status", "robots", "platform", "seen as", "entries", "newest", "next", "answer")


def write_probe(home: Home, rows: Sequence[ProbeRow], at: datetime, asked: int, *, complete: bool) -> Path:
    """Write `run-reports/probe-<time>.md`; `asked` sources were to be looked at."""
    home.reports.mkdir(parents=True, exist_ok=True)
    file = home.reports / f"probe-{at:%Y%m%d-%H%M%S}.md"
    write_whole(file, probe_markdown(rows, at, asked, complete=complete))
    return file


def probe_markdown(rows: Sequence[ProbeRow], at: datetime, asked: int, *, complete: bool) -> str:
    """The paper; words of sites are escaped."""
    counts = Counter(row.status for row in rows)
    said = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    lines = [
        f"# Sources probed, {at.isoformat(timespec='minutes')}",
        "",
        f"{len(rows)} of {asked} sources: {said or 'none'}. {sum(row.requests for row in rows)} requests"
        " were made; nothing was stored and no source was switched.",
    ]
    if not complete:
        lines += ["", "The probe was interrupted; sources that are missing here were not asked."]
    odd = [row for row in rows if not row.fine]
    if odd:
        lines += ["", "## For a person", ""]
        lines += [f"- `{row.source}` {row.status}: {_text(row.detail)}" for row in odd]
    lines += ["", "## All", "", f"| {' | '.join(HEAD)} |", f"|{' --- |' * len(HEAD)}"]
    lines += [f"| {' | '.join(cells(row))} |" for row in rows]
    return "\n".join(lines) + "\n"


def cells(row: ProbeRow) -> tuple[str, ...]:
    """A row as the table shows it."""
    delay = f", {row.crawl_delay:g} s" if row.crawl_delay else ""
    return (
        row.source,
        "yes" if row.enabled else "no",
        row.status,
        row.robots + delay,
        row.platform,
        row.detected or "",
        str(row.entries) if row.latency else "",
        str(row.newest or ""),
        "yes" if row.next_page else "no" if row.latency else "",
        row.latency,
    )


def _text(words: str) -> str:
    """Words of a site on one line, with Markdown's signs disarmed."""
    plain = " ".join(words.split())
    for sign in "\\`*_[]<>|#":
        plain = plain.replace(sign, f"\\{sign}")
    return plain
