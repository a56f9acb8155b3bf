"""Precision and recall of mined targets on sentences that the builder of the comparison marked.

`marks/targets-316.jsonl` names 316 sentences of real documents in four draws (any sentence with a figure;
titles of plans and opinions; sentences with a word of aim; work reports and plans) by document, hash of its
text and place, with the figures in each that an indicator has to reach; no text. Work that is counted
(新建20个中心) is not marked: it names no indicator. One person marked, before the rules were run on these
sentences, and had read the lists of goals of the work reports.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from classify.components.anchors import Anchors
from classify.components.english_facts import english_targets
from classify.components.target import targets
from classify.gold import read_rows
from classify.measures.recall import MARKS
from classify.measures.topics import DOCUMENTS
from warehouse.goal_lists import goals

TARGET_MARKS = MARKS.with_name("targets-316.jsonl")


@dataclass(frozen=True, slots=True)
class Score:
    """What was found of what was marked."""

    sentences: int
    marked: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """The part of what was found that is marked, 0 to 1."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The part of what is marked that was found, 0 to 1."""
        return self.right / self.marked if self.marked else 0.0


def measure_targets(data: Path, language: str, lists: bool, marks: Path = TARGET_MARKS) -> Score:
    """The score on the sentences of one language, with lists of goals or without; changed texts are out."""
    rows = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    wanted = [one for one in rows if one["language"] == language]
    ids = {one["id"] for one in wanted}
    texts = {row["id"]: row for row in read_rows(data / language / DOCUMENTS) if row["id"] in ids}
    counted = [0, 0, 0, 0]
    for one in wanted:
        row = texts.get(one["id"])
        if row is None or sha256(row["text"].encode()).hexdigest() != one["sha256"]:
            continue
        got = Counter(_found(row, language, lists, one["start"], one["end"]))
        marked = Counter(one["values"])
        for at, more in enumerate((1, marked.total(), got.total(), (got & marked).total())):
            counted[at] += more
    return Score(*counted)


def _found(row: dict[str, Any], language: str, lists: bool, start: int, end: int) -> Iterable[str]:
    """The figures found within the sentence, as printed, each place once."""
    text = row["text"]
    places: dict[int, str] = {}
    for last, figure in _mined(text, row, language):
        if start < last <= end:
            places[last] = figure
    if lists and language == "zh":
        for last, figure in _listed(text):
            if start < last <= end and not any(abs(last - other) <= 3 for other in places):
                places[last] = figure
    return places.values()


def _mined(text: str, row: dict[str, Any], language: str) -> Iterator[tuple[int, str]]:
    if language == "en":
        for _, last, value in english_targets(text):
            digits = next((word for word in value.replace("$", " ").split() if word[0].isdigit()), "")
            yield last, digits.rstrip("%")
        return
    year = str(row.get("published") or row.get("title") or "")[:4]
    for _, last, value in targets(text, Anchors(text), int(year) if year.isdecimal() else None):
        yield last, value.split("|")[1].lstrip("≥≤+-")


def _listed(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for paragraph in text.split("\n"):
        for one in goals([paragraph], None):
            yield at + one.end, one.target.printed.lstrip("≥≤+-").rstrip("%％万人亿吨斤元")
        at += len(paragraph) + 1
