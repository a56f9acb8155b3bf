"""The page docs/benchmarks-dashboard.md, written from one run."""

from __future__ import annotations

from warehouse.bench.figures import Part, Table
from warehouse.bench.report import BAR_HEADS, bar_rows, shown

OPENING = """# Readers of the dashboards

Written from a run of `govbrief bench dashboard --write docs/benchmarks-dashboard.md`; every bar is listed,
met or not.

- Both servers run at the same time on the same machine, and as many readers use each: what disturbs one
  disturbs the other.
- A reader is a session of Streamlit's own socket without a browser; a page counts from the moment it is asked
  for until its last part has arrived. What the reader's browser then draws is not in it.
- The empty page is a Streamlit script with one heading, served with Streamlit's own settings. Ours switches
  off the search through all objects after each page (docs/decisions/0012-streamlit-asgi.md)."""


def markdown(part: Part) -> str:
    """The whole page."""
    lines = [OPENING, "", part.data, ""]
    lines += [f"Ended {part.ended}; processes that wanted a core: {part.load[0]} to {part.load[1]}.", ""]
    lines += ["## Bars", "", *_rows(Table("", BAR_HEADS, tuple(bar_rows(part.bars))))]
    for one in part.tables:
        lines += ["", f"## {one.title}", "", *_rows(one)]
    if part.said:
        lines += ["", "## What failed", "", *(f"- {one}" for one in part.said)]
    return "\n".join(lines) + "\n"


def _rows(one: Table) -> list[str]:
    drawn = [one.heads, tuple("---" for _ in one.heads), *one.rows]
    return ["| " + " | ".join(shown(cell) for cell in row) + " |" for row in drawn]
