"""`bench anchoring`: passages of real documents, looked for again after a changed reader read the page."""

from __future__ import annotations

import gzip
import json
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawlers.bench_anchoring_readers import CHANGES, PROGRAMS, Lines
from crawlers.bench_anchoring_truth import Place, Sides, recorded_place, span_of
from crawlers.extraction.charset import decode
from crawlers.extraction.html import read_page
from crawlers.extraction.page import Page, open_page
from warehouse.anchoring import Letters, Repeat, anchored, repeat_of
from warehouse.passages import Passage, context

Progress = Callable[[str, int, int], None]

BAR = 0.98
_SIZE = 500  # passages for each changed reader
_DOCUMENTS = 400  # texts from which passages are drawn for the changes that we make
_SEED = 8


@dataclass(slots=True)
class Count:
    """What became of the passages of one changed reader."""

    drawn: int = 0
    right: int = 0  # found where they stand
    marked: int = 0  # rightly said to be lost: the reader does not show the words any more
    missed: int = 0  # said to be lost although they stand there
    wrong: int = 0  # found at another place
    unknown: int = 0  # where they stand could not be said without doubt; not among the others

    @property
    def share(self) -> float:
        """Of the passages whose words the reader still shows, those found where they stand."""
        shown = self.right + self.missed + self.wrong
        return self.right / shown if shown else 1.0

    def add(self, expected: Place, found: tuple[int, int] | None) -> None:
        """Count one passage."""
        self.drawn += 1
        if expected == "unknown":
            self.unknown += 1
        elif found is None and expected is None:
            self.marked += 1
        elif found is None:
            self.missed += 1
        elif found == expected:
            self.right += 1
        else:
            self.wrong += 1


def bench_anchoring(
    data_folder: Path | None = None, progress: Progress | None = None, size: int | None = None
) -> dict[str, Any]:
    """Shares of passages found where they stand, for each changed reader and together.

    The three programs read the recorded pages; the four changes are made to texts of the corpora. Of each
    reader `size` passages are drawn at random: sentences, whole paragraphs, and 6 to 60 characters.
    """
    folder = _folder(data_folder)
    count = size or _SIZE
    counts: dict[str, Count] = {}
    spent = letters = 0.0
    for number, (name, cases) in enumerate(_readers(folder), start=1):
        counts[name] = told = Count()
        for old, new, place, repeat in _drawn(cases, count, random.Random(f"{_SEED} {name}")):
            begin = time.process_time()
            answer = anchored(old, new, "changed", 1, repeat)
            spent += time.process_time() - begin
            letters += len(new.joined)
            told.add(place, None if answer.state == "lost" else span_of(answer.passage, new))
        if progress:
            progress("anchoring", number, len(PROGRAMS) + len(CHANGES))
    whole = Count(
        *(sum(values) for values in zip(*(asdict(one).values() for one in counts.values()), strict=True))
    )
    figures = {
        f"{name}: {key}": value for name, one in counts.items() for key, value in _figures(one).items()
    }
    return {
        **figures, **{f"all: {key}": value for key, value in _figures(whole).items()},
        "milliseconds_a_passage": round(1000 * spent / max(1, whole.drawn), 3),
        "bar": BAR, "passed": whole.share >= BAR and whole.wrong == 0,
    }  # fmt: skip


def _figures(count: Count) -> dict[str, Any]:
    return {**asdict(count), "share": round(count.share, 4)}


Case = tuple[
    Lines, Letters, Callable[[Passage], Place]
]  # the old lines, the new text, where words stand in it


def _readers(folder: Path) -> Iterator[tuple[str, Sequence[Case]]]:
    pages = list(_pages(folder))
    for name, program in PROGRAMS.items():
        yield name, [_read_anew(lines, program(page)) for page, lines in pages]
    texts = list(_texts(folder))
    for name, change in CHANGES.items():
        chance = random.Random(f"{_SEED} {name} texts")
        yield name, [_changed(lines, *change(lines, chance)) for lines in texts]


def _read_anew(old: Lines, new: Lines) -> Case:
    sides = Sides.of(Letters(old), Letters(new))
    return old, sides.new, sides.place


def _changed(old: Lines, new: Lines, origins: Sequence[int | None]) -> Case:
    before, after = Letters(old), Letters(new)
    return old, after, lambda passage: recorded_place(passage, before, after, origins)


def _drawn(
    cases: Sequence[Case], count: int, chance: random.Random
) -> Iterator[tuple[Passage, Letters, Place, Repeat]]:
    usable = [case for case in cases if any(line.strip() for line in case[0])]
    weights = [sum(map(len, case[0])) for case in usable]
    for lines, new, place in chance.choices(usable, weights, k=count):
        passage = draw(lines, chance)
        yield passage, new, place(passage), repeat_of(passage, lines)


def draw(lines: Lines, chance: random.Random) -> Passage:
    """A passage such as people keep: a sentence, a paragraph, or some words of one."""
    paragraph = chance.choice([at for at, line in enumerate(lines) if line.strip()])
    line = lines[paragraph]
    kind = chance.random()
    start, end = 0, len(line)
    if kind < 0.4:
        start, end = chance.choice(list(_sentences(line)))
    elif kind < 0.7 and len(line) > 6:
        length = min(len(line), chance.randint(6, 60))
        start = chance.randint(0, len(line) - length)
        end = start + length
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    if start == end:
        return draw(lines, chance)
    before, after = context(lines, paragraph, start, end)
    return Passage("drawn", 1, "first", None, paragraph, start, end, line[start:end], before, after)


def _sentences(line: str) -> Iterator[tuple[int, int]]:
    start = 0
    for at, letter in enumerate(line, start=1):
        if letter in "。！？；" or at == len(line):
            yield start, at
            start = at


def _pages(folder: Path) -> Iterator[tuple[Page, Lines]]:
    """The recorded pages with what our reader makes of them."""
    html = folder / "zh" / "html"
    for line in (html / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        page = open_page(decode((html / row["file"]).read_bytes()), row["url"])
        lines = read_page(page).paragraphs
        if lines:
            yield page, lines


def _texts(folder: Path) -> Iterator[Lines]:
    """Texts of the corpora in both languages, drawn at random."""
    for language in ("zh", "en"):
        with gzip.open(folder / language / "documents.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [row["text"] for row in map(json.loads, file) if len(row["text"]) > 200]
        for text in random.Random(_SEED).sample(rows, min(_DOCUMENTS // 2, len(rows))):
            yield tuple(line for line in text[:60_000].split("\n") if line.strip())


def _folder(named: Path | None) -> Path:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = named or Path(os.environ.get("GOVBRIEF_SHARED_DATA", default))
    if not (folder / "zh" / "html" / "truth.jsonl").is_file():
        from warehouse.errors import UserError

        raise UserError(f"{folder} has no recorded pages; name the folder of labelled data.")
    return folder
