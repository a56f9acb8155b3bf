"""The figures of `bench pages` as a page for the manual: every bar, both halves, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_HEAD = """# Pages of unknown make: our reader, trafilatura and resiliparse

Written from a run of `govbrief bench pages --write docs/benchmarks-pages.md`; every bar is listed, met or
not.

- Pages: recorded detail pages of `../shared/data` with truth. German-language: 18 pages of German,
  Austrian and Swiss public bodies, 15 with hand-picked passages to keep (45) and to drop (47), 14 with
  the day of publication. Chinese: 60 pages of the State Council library (fragments: disclosure table
  and body) and 4 local pages. Pages of American councils count for titles only: the day they state is
  that of a meeting.
- Halves: sites drawn once (`crawlers/bench_halves.py`). The reader was made on the open half; pages of
  the held half were never looked at, and its figures were asked four times. The Chinese pages belong
  to the open half.
- A passage is kept or dropped when it stands in the text or not, white space and invisible characters
  aside, for every reader alike. `ours` is all of extraction, containers and fallback included; `ours
  text only` is the general reader alone.
- Text that is not the body's: share of characters in no four-gram of the known body.
- Time: processor time a page of the Western pages, readers in turns, of each page the best of five
  rounds. Trafilatura with metadata does the work that ours does without telling platform and language:
  that is the bar. Resiliparse gives text only and is written in C++; ours is not faster than it.
"""
_ROWS = (
    "ours", "ours text only", "trafilatura with metadata", "trafilatura", "htmldate", "resiliparse",
)  # fmt: skip


def markdown(figures: Mapping[str, Any]) -> str:
    """The page, from the flat figures of `bench_pages`."""
    return "\n".join(_lines(figures)) + "\n"


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    yield _HEAD
    yield "## Bars\n"
    yield from _table(
        ("bar", "verdict"),
        [(key.removeprefix("bar: "), figures[key]) for key in figures if key[:5] == "bar: "],
    )
    for part in ("open", "held", "both"):
        for group in ("German-language", "Chinese"):
            yield from _of_group(figures, part, group)
    titles = [(*key.split(": ")[:2], figures[key]) for key in figures if key.endswith(": titles right")]
    yield "\n## Titles right\n"
    yield from _table(("half", "reader", "titles"), titles)
    yield "\n## Processor time\n"
    speed = [key for key in figures if key.startswith(("milliseconds", "ratio"))]
    yield from _table(("what", "value"), [(key, figures[key]) for key in speed])


def _of_group(figures: Mapping[str, Any], part: str, group: str) -> Iterator[str]:
    begin = f"{part}: {group}: "
    if part == "both" and group == "Chinese":
        return
    names = list(dict.fromkeys(key.rsplit(": ", 1)[1] for key in figures if key.startswith(begin)))
    if not names:
        return
    yield f"\n## {group} pages, {part} half{'s' if part == 'both' else ''}\n".replace("halfs", "halves")
    rows = [(reader, *(figures.get(f"{begin}{reader}: {name}", "") for name in names)) for reader in _ROWS]
    yield from _table(("reader", *names), rows)


def _table(heads: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
