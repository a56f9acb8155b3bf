"""How sure the list reader is, and why, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawlers.extraction.list_rows import Group
from crawlers.extraction.page import is_file_link
from warehouse.records import Entry

LOW = 0.5  # below this a person should look: `sources new` and `sources check` say so
_TAGS = {
    "tr": "table rows",
    "li": "list items",
    "article": "cards",
    "dd": "definition lists",
    "p": "paragraphs",
}


@dataclass(frozen=True, slots=True)
class Sureness:
    """A confidence between 0 and 1 and the sentence that gives its reason."""

    confidence: float
    reason: str


def of_rows(structure: str, entries: Sequence[Entry], *, sure: bool = False) -> Sureness:
    """For feeds, answers and selectors: rows told as rows, less sure without addresses of their own."""
    days = sum(1 for entry in entries if entry.published)
    own = len({entry.url for entry in entries})
    share = own / len(entries) if entries else 0.0
    confidence = (0.6 + 0.3 * days / len(entries)) * share if entries else 0.0
    return Sureness(
        round(max(confidence, 0.9 if sure and entries else 0.0), 2), _sentence(structure, len(entries), days)
    )


def of_groups(groups: Sequence[Group], entries: Sequence[Entry], beside: int, covered: float) -> Sureness:
    """For guessed structure: dates beside links weigh most, then files, titles that say something, rows."""
    if not groups or not entries:
        return Sureness(0.0, "No links repeat in one place.")
    best = groups[0]
    rows = len(entries)
    files = sum(1 for entry in entries if is_file_link(entry.url)) / rows
    confidence = 0.1 + 0.45 * best.own + 0.25 * files + 0.1 * best.telling
    confidence += 0.1 * min(rows / 10, 1.0) + 0.1 * min(covered * 2, 1.0)
    if len(groups) > 4:
        confidence -= 0.1  # many lists of which some will be news, events or links beside the list
    structure = _TAGS.get(best.rows[0].block.tag or "", "repeated blocks")
    return Sureness(round(min(max(confidence, 0.0), 1.0), 2), _sentence(structure, rows, beside))


def _sentence(structure: str, rows: int, days: int) -> str:
    return f"{rows} {'row' if rows == 1 else 'rows'} in {structure}, {days} with a day."
