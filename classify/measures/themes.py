"""Precision of theme membership, on documents that two readers put on the shelf of a theme or did not.

The readers worked by docs/marking-guideline-briefing.md. `marks/themes-328.jsonl` holds the theme, the id of
the document, a hash of its text, whether it was a member when it was drawn, and what each reader said; no
text. The documents are classified anew with what they were published with, as an import does, and their
membership follows the rules and themes of today. Rows on which both readers agree count.
`marks/theme-development.jsonl` holds what the rules were tuned on, judged by their writer; its figures
(`--development`) say how far the tuning went and are published nowhere.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import Any

from classify.gold import read_rows
from classify.measures.marked import MARKS, TUNED, document_files, print_figures
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from classify.taxonomy.load import load_taxonomy
from warehouse.records import Classification, Quality
from warehouse.search.text import lines
from warehouse.themes.load import load_themes
from warehouse.themes.members import MemberInput, theme_members

SHELVES = MARKS / "themes-328.jsonl"
DEVELOPMENT = MARKS / "theme-development.jsonl"
_DATA = "data/zh/documents.jsonl.gz and data/en/documents.jsonl.gz"
_BY_TWO = "marked by two machine readers; members of the rows on which they agree"
_SURE = 1.96  # standard deviations of an interval of 95 percent


@dataclass(frozen=True, slots=True)
class Mark:
    """One document beside one theme: whether it belongs by the readers, None where they disagree."""

    theme: str
    id: str
    sha256: str
    belongs: bool | None
    drawn_as_member: bool
    readers: int = 2


@dataclass(slots=True)
class Shelf:
    """What one theme holds of the marked documents."""

    right: int = 0  # members that belong
    wrong: int = 0  # members that do not
    missed: int = 0  # those that belong and are no members
    disputed: int = 0  # rows on which the readers disagree
    changed: int = 0  # rows whose text is not the one that was marked


def measure_themes(data: Path, on: str, marks: Path = SHELVES) -> list[Quality]:
    """Precision of each theme with its interval, and over all of them; nothing where nothing is marked."""
    if not marks.is_file():
        return []
    read = read_marks(marks)
    shelves = count(read, _rows(data))
    who = _BY_TWO if any(mark.readers > 1 for mark in read) else f"{TUNED}; members"
    whole = Shelf(*(sum(one) for one in zip(*(_numbers(shelf) for shelf in shelves.values()), strict=True)))
    named = {f"theme-precision-{theme}": shelf for theme, shelf in sorted(shelves.items())}
    return [_figure(name, shelf, on, who) for name, shelf in {**named, "theme-precision": whole}.items()]


def read_marks(file: Path) -> list[Mark]:
    """The rows of a file of marks; a row with one `verdict` instead of two readers was judged by one."""
    marks = []
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answers = row.get("readers", [row.get("verdict")])
        said = {answer == "yes" for answer in answers}
        belongs = said.pop() if len(said) == 1 else None
        member = bool(row["member"])
        marks.append(Mark(row["theme"], row["id"], row["sha256"], belongs, member, len(answers)))
    return marks


def count(marks: Iterable[Mark], rows: Iterable[dict[str, Any]]) -> dict[str, Shelf]:
    """The marked documents by theme, looked at with the rules of today."""
    marks = list(marks)
    wanted = {mark.id for mark in marks}
    found = {row["id"]: row for row in rows if row["id"] in wanted}
    members = {(theme, document) for theme, document, _ in memberships(found.values())}
    shelves: defaultdict[str, Shelf] = defaultdict(Shelf)
    for mark in marks:
        shelf, held = shelves[mark.theme], (mark.theme, mark.id) in members
        if mark.sha256 not in _hashes(found.get(mark.id, {})):
            shelf.changed += 1
        elif mark.belongs is None:
            shelf.disputed += 1
        elif held:
            shelf.right += mark.belongs
            shelf.wrong += not mark.belongs
        else:
            shelf.missed += mark.belongs
    return dict(shelves)


def memberships(rows: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Theme, document and reason of every membership of the rows, with the packaged themes."""
    stored = [stored_of_row(row, number) for number, row in enumerate(rows, 1)]
    parents = load_taxonomy("state-council").parents
    answers = build_classifier().classify(stored)
    documents = (
        _input(one.document.title, "\n".join(one.document.paragraphs), answer, parents)
        for one, answer in zip(stored, answers, strict=True)
    )
    return list(theme_members(load_themes(), documents))


def interval(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share (E. B. Wilson, JASA 22, 1927), sound for few rows and shares near 1."""
    if not of:
        return 0.0, 1.0
    share, spread = right / of, _SURE**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _SURE * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _input(title: str, text: str, answer: Classification, parents: Mapping[str, str | None]) -> MemberInput:
    codes = tuple(dict.fromkeys(label.code for label in answer.topics if label.given))
    bodies = [label.code for label in answer.departments if label.given]
    first = tuple(sorted({parents.get(code) or code for code in codes}))
    return MemberInput(answer.document_id, title, text, codes, bodies[0] if bodies else None, first)


def _figure(name: str, shelf: Shelf, on: str, who: str) -> Quality:
    held = shelf.right + shelf.wrong
    low, high = interval(shelf.right, held)
    note = (
        f"{who}; 95 % interval {low:.3f} to {high:.3f}; "
        f"of {shelf.right + shelf.missed} that belong {shelf.missed} are no members; "
        f"{shelf.disputed} rows disputed"
    )
    if shelf.changed:
        note += f"; {shelf.changed} rows whose text has changed are left out"
    return Quality(name, round(shelf.right / held, 4) if held else 0.0, held, _DATA, on, note)


def _numbers(shelf: Shelf) -> tuple[int, ...]:
    return shelf.right, shelf.wrong, shelf.missed, shelf.disputed, shelf.changed


def _hashes(row: Mapping[str, Any]) -> set[str]:
    """Of the text as received, and of its lines as they are published."""
    text = str(row.get("text") or "")
    return {sha256(one.encode()).hexdigest() for one in (text, "\n".join(lines(text)))} if row else set()


def _rows(data: Path) -> list[dict[str, Any]]:
    return list(read_rows(*(file for file in document_files(data) if file.is_file())))


def development_themes(data: Path, on: str) -> list[Quality]:
    """The figures of the rows that the rules were tuned on."""
    return measure_themes(data, on, DEVELOPMENT)


def main() -> int:
    """Print the figures of the marked documents, or of those that the rules were tuned on."""
    return print_figures("classify.measures.themes", __doc__, measure_themes, development_themes)


if __name__ == "__main__":
    raise SystemExit(main())
