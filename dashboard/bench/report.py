"""The pages docs/benchmarks-dashboard.md and docs/benchmarks-quotations.md, written from a run."""

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
QUOTATIONS = """# Quotations of drafts: true ones refused, planted faults passed

Written from a run of `govbrief bench quotations --write docs/benchmarks-quotations.md`; every bar is listed,
met or not.

- Texts: 150 documents of each corpus of `../shared/data`, spread over the file; the recorded pages of
  www.gov.cn as our extractor reads them; the recorded PDFs with a text layer. They are imported and published
  in a home of their own, and the drafts are checked against that publication as any draft is.
- True quotations are drawn in turn by eight ways of pasting: a sentence, two, the end of a paragraph with the
  beginning of the next, with the line breaks of a narrow window, with inner quotation marks, with numbers, in
  the other width with doubled spaces, a part between commas. Refused is one with any finding that stops.
- Faults are planted in real sentences: one digit, one negation swapped, one comma of the other width, two
  sentences from different places written as one, an invented sentence in quotation marks, a sentence whose
  document was changed since. Caught is what stops, for a former version what must be looked at, and for the
  comma what is told as repaired. What plants them (`dashboard/checking/trial.py`) knows nothing of checks.
- The draws are seeded; the checks were mended on draws of another seed."""


def markdown(part: Part) -> str:
    """The whole page."""
    lines = [QUOTATIONS if part.name == "quotations" else OPENING, "", part.data, ""]
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
