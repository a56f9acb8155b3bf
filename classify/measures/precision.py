"""Precision of mined facts: samples drawn with a fresh seed, judged by a reader who did not write the rules.

`--draw FOLDER --seed N` writes one page of samples a kind for the reader. Verdicts stand in
`marks/precision.jsonl`: kind, document, hash of its text, place, what was found there, and whether it is
right; no text. A figure is the share of right ones among those that the program still finds so; how many it
no longer finds is told beside it, for a draw that many rules have changed under says little.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from classify.gold import read_rows
from classify.measures.marked import paragraph_starts
from classify.measures.recall import MARKS
from classify.measures.topics import DOCUMENTS
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from warehouse.records import Classification, Quality, StoredDocument

VERDICTS = MARKS.with_name("precision.jsonl")
KINDS = ("number", "citation", "effective", "repeals", "amends", "deadline", "responsible", "money", "target")
EACH, AROUND = 50, 160
MOST_OF_ONE = 1  # samples of one kind from one document


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its kind, document, place as code points of the text, and what it was read as."""

    kind: str
    id: str
    start: int
    end: int
    value: str


def draw(rows: Iterable[dict[str, Any]], seed: int, each: int = EACH) -> dict[str, list[Found]]:
    """At most `each` of every kind, no two of a kind from one document."""
    chance = random.Random(seed)
    held: dict[str, list[Found]] = defaultdict(list)
    for found in found_in(rows):
        by_kind: dict[str, list[Found]] = defaultdict(list)
        for one in found:
            by_kind[one.kind].append(one)
        for kind, ones in by_kind.items():
            held[kind] += chance.sample(ones, min(MOST_OF_ONE, len(ones)))
    return {kind: chance.sample(held[kind], min(each, len(held[kind]))) for kind in KINDS}


def found_in(rows: Iterable[dict[str, Any]]) -> Iterator[list[Found]]:
    """What is found in each document, in order."""
    rows = list(rows)
    noted = [_noted(row) for row in rows]
    stored = [stored_of_row(row, number) for number, row in enumerate(noted, 1)]
    answers = build_classifier(hide_published=True).classify(stored)
    for row, read, document, answer in zip(rows, noted, stored, answers, strict=True):
        ahead = len(read["text"]) - len(row["text"])
        yield [one for one in _found(row["id"], document, answer, -ahead) if one.start >= 0]


def _noted(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its adoption note ahead of the text, where pages of laws print it."""
    note = row.get("adoption_note")
    return {**row, "text": f"{note}\n{row['text']}"} if note else row


def _found(row_id: str, stored: StoredDocument, answer: Classification, at: int) -> Iterator[Found]:
    """What the answer holds, by offsets of a text that begins at `at`."""
    starts = paragraph_starts(stored, at)

    def one(kind: str, fact: Any, value: str) -> Found:
        base = starts[fact.paragraph]
        return Found(kind, row_id, base + fact.start, base + fact.end, value)

    for citation in answer.citations:
        value = f"{citation.kind}: {citation.target_title or ''} {citation.target_number or ''}".strip()
        yield one("citation", citation, value)
        if citation.kind in ("repeals", "amends"):
            yield one(citation.kind, citation, value)
    for fact in answer.facts:
        kind = fact.kind.split(":")[0]
        if kind in KINDS:
            yield one(kind, fact, f"{fact.kind.partition(':')[2]} {fact.value}".strip())
    for duty in answer.duties:
        if duty.who and duty.strength != "rule":
            yield one("responsible", duty, "、".join(duty.who))


def precision_figures(data: Path, on: str, verdicts: Path = VERDICTS) -> list[Quality]:
    """The share of right ones a kind, of those still found; nothing where none was judged."""
    if not verdicts.is_file():
        return []
    judged = [json.loads(line) for line in verdicts.read_text(encoding="utf-8").splitlines()]
    wanted = {one["id"]: one["sha256"] for one in judged}
    rows = [row for row in _rows(data) if wanted.get(row["id"]) == _hash(row)]
    now = {one for found in found_in(rows) for one in found}
    figures = []
    for kind in KINDS:
        ours = [one for one in judged if one["kind"] == kind]
        still = [one for one in ours if Found(kind, one["id"], one["start"], one["end"], one["value"]) in now]
        if still:
            right = sum(one["right"] for one in still) / len(still)
            note = (
                f"judged by a machine reader; {len(ours) - len(still)} of {len(ours)} are no longer found so"
            )
            figures.append(Quality(f"precision-{kind}", round(right, 4), len(still), _SOURCE, on, note))
    return figures


_SOURCE = f"data/zh/{DOCUMENTS}"


def _rows(data: Path) -> list[dict[str, Any]]:
    marked = {json.loads(line)["id"] for line in MARKS.read_text(encoding="utf-8").splitlines()}
    rows = [row for row in read_rows(data / "zh" / DOCUMENTS) if row.get("text") and row["id"] not in marked]
    return rows


def _hash(row: dict[str, Any]) -> str:
    return sha256(row["text"].encode()).hexdigest()


def write_pages(rows: list[dict[str, Any]], drawn: dict[str, list[Found]], folder: Path) -> None:
    """One page a kind for the reader, and `drawn.jsonl` in which she puts true or false for `right`."""
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {row["id"]: row for row in rows}
    lines = []
    for kind, ones in drawn.items():
        page = []
        for number, one in enumerate(ones, 1):
            row = by_id[one.id]
            text = row["text"]
            low, high = max(0, one.start - AROUND), one.end + AROUND
            shown = f"{text[low : one.start]}⟦{text[one.start : one.end]}⟧{text[one.end : high]}"
            page += [f"## {kind} {number}", f"title: {row['title']}", f"written: {row.get('written') or ''}",
                     f"found: {one.value}", f"text: {shown}", ""]  # fmt: skip
            lines.append(json.dumps(asdict(one) | {"sha256": _hash(row), "right": None}, ensure_ascii=False))
        (folder / f"{kind}.md").write_text("\n".join(page), encoding="utf-8")
    (folder / "drawn.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Draw samples for a reader."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.precision", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--draw", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--each", type=int, default=EACH)
    args = parser.parse_args()
    rows = _rows(args.data)
    write_pages(rows, draw(rows, args.seed, args.each), args.draw)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
