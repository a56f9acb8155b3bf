"""How good our summaries are: ROUGE against what authors wrote themselves, beside chance and opening lines.

`python -m classify.measures.summaries ../shared/data` prints the figures. References: the drafter's plain
summary in front of a New York bill, the Resolved clause of a resolution, a Chinese text's own headings. The
source never holds its reference, all methods fill the same length, and all have the same documents.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from warehouse.records import Quality
from warehouse.summaries.headings import headings
from warehouse.summaries.sentences import Sentence, sentences
from warehouse.summaries.summary import is_worth, most_central, summarise

SAMPLE = 1_500  # documents of a task at most, the newest
FEWEST = 5  # sentences a source must have, else there is nothing to choose
TIMED_LENGTH = 3_000  # characters
_ENACTED = re.compile(r"Be it enacted by the Council as follows:?")
_RESOLVED = re.compile(r"^\s*Resolved,", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_SIGN = re.compile(r"[㐀-鿿]")
Choose = Callable[["Task"], list[Sentence]]


@dataclass(frozen=True, slots=True)
class Task:
    """One source with the reference its author wrote."""

    language: str
    source: tuple[Sentence, ...]
    reference: str


def measure_summaries(data: Path, most: int = SAMPLE) -> list[Quality]:
    """ROUGE-2 F1 of each task, with R1, chance and lead in the note, and documents a CPU second."""
    day = datetime.now(UTC).date().isoformat()
    rows: list[Quality] = []
    for name, tasks in all_tasks(data, most).items():
        if tasks:
            rows += _compared(name, tasks, day)
    return [*rows, *_timed(data, day)]


def all_tasks(data: Path, most: int = SAMPLE) -> dict[str, list[Task]]:
    """The tasks by name; a file that is not there gives none."""
    found: dict[str, list[Task]] = {"en-bill": [], "en-resolution": [], "zh-headings": []}
    english = sorted(
        _documents(data / "en" / "documents.jsonl.gz"), key=lambda row: str(row["published"]), reverse=True
    )
    for row in english:
        if row["source_repo"] == "jehiah/nyc_legislation":
            for name, task in (
                ("en-bill", bill_task(row["text"])),
                ("en-resolution", resolution_task(row["text"])),
            ):
                if task is not None and len(found[name]) < most:
                    found[name].append(task)
    for row in _documents(data / "zh" / "documents.jsonl.gz"):
        lawlike = row["doc_type"] in ("法律", "行政法规", "部门规章", "地方性法规", "司法解释")
        task = None if lawlike or row["unit"] != "document" else heading_task(row["text"] or "")
        if task is not None and len(found["zh-headings"]) < most:
            found["zh-headings"].append(task)
    return found


def bill_task(text: str) -> Task | None:
    """The bill without the plain summary in front of it."""
    enacted = _ENACTED.search(text)
    if enacted is None or enacted.start() < 150:
        return None
    return _task("en", text[enacted.end() :], text[: enacted.start()])


def resolution_task(text: str) -> Task | None:
    """The Whereas clauses, to be judged by what was resolved."""
    resolved = _RESOLVED.search(text)
    if resolved is None or "hereas" not in text[: resolved.start()].lower():
        return None
    return _task("en", text[: resolved.start()], text[resolved.start() :])


def heading_task(text: str) -> Task | None:
    """A document without its headings, to be judged by them."""
    found = list(sentences(text.splitlines(), "zh"))
    heads = {one.sentence for one in headings(found)}
    source = tuple(one for one in found if one not in heads and is_worth(one.text, "zh"))
    if not heads or len(source) < FEWEST:
        return None
    return Task("zh", source, "\n".join(one.text for one in found if one in heads))


def rouge(candidate: Sequence[str], reference: Sequence[str], size: int) -> float:
    """F1 of shared n-grams, each counted as often as both have it."""
    ours, theirs = _grams(candidate, size), _grams(reference, size)
    both = sum((ours & theirs).values())
    return 2 * both / (sum(ours.values()) + sum(theirs.values())) if both else 0.0


def tokens(text: str, language: str) -> list[str]:
    """Words of English, signs of Chinese, without punctuation."""
    return _WORD.findall(text.lower()) if language == "en" else _SIGN.findall(text)


def scores(task: Task, choose: Choose) -> tuple[float, float]:
    """R1 and R2 of what a method chooses, cut to the length of the reference."""
    reference = tokens(task.reference, task.language)
    chosen = tokens("\n".join(one.text for one in choose(task)), task.language)[: len(reference)]
    return rouge(chosen, reference, 1), rouge(chosen, reference, 2)


def ours(task: Task) -> list[Sentence]:
    """TextRank with MMR, filled beyond the length like the others, since all are cut to it."""
    return most_central(task.source, task.language, len(task.reference), over=True)


def lead(task: Task) -> list[Sentence]:
    """The first sentences."""
    return _filled(task, task.source)


def drawn(task: Task, seed: int = 1) -> list[Sentence]:
    """Sentences drawn at random, in reading order."""
    shuffled = list(task.source)
    random.Random(f"{seed}{task.reference[:80]}").shuffle(shuffled)
    chosen = _filled(task, shuffled)
    return sorted(chosen, key=lambda one: (one.paragraph, one.start))


def _compared(name: str, tasks: list[Task], day: str) -> list[Quality]:
    each = {
        "ours": [scores(task, ours) for task in tasks],
        "lead": [scores(task, lead) for task in tasks],
        "random": [
            tuple(
                mean(part) for part in zip(*(scores(task, _seeded(seed)) for seed in range(3)), strict=True)
            )
            for task in tasks
        ],
    }
    r2 = {method: mean(one[1] for one in found) for method, found in each.items()}
    r1 = {method: mean(one[0] for one in found) for method, found in each.items()}
    apart = [our[1] - their[1] for our, their in zip(each["ours"], each["random"], strict=True)]
    half = 1.96 * stdev(apart) / len(apart) ** 0.5 if len(apart) > 1 else 0.0
    note = (
        f"ROUGE-2 F1; random {r2['random']:.3f} ({r2['ours'] / r2['random']:.2f} times, difference "
        f"{mean(apart):.3f} ± {half:.3f}), lead {r2['lead']:.3f}; "
        f"R1 {r1['ours']:.3f}, random {r1['random']:.3f}, lead {r1['lead']:.3f}"
    )
    return [Quality(f"summary-{name}-f1", round(r2["ours"], 4), len(tasks), _DATA[name], day, note)]


def _seeded(seed: int) -> Choose:
    return lambda task: drawn(task, seed)


def _timed(data: Path, day: str) -> list[Quality]:
    """Whole summaries of texts cut to one length, a CPU second, median of three; all are ranked."""
    rows = []
    for language, minimum in (("zh", 300), ("en", 300)):
        texts = []
        for row in _documents(data / language / "documents.jsonl.gz"):
            text = (row["text"] or "")[:TIMED_LENGTH]
            if len(text) == TIMED_LENGTH:
                texts.append(text.splitlines())
            if len(texts) == minimum:
                break
        if texts:
            rates = sorted(_rate(texts, language) for _ in range(3))
            note = f"documents a CPU second at {TIMED_LENGTH} characters, median of three"
            rows.append(
                Quality(
                    f"summary-{language}-documents-per-cpu-second",
                    round(rates[1], 0),
                    len(texts),
                    "shared data",
                    day,
                    note,
                )
            )
    return rows


def _rate(texts: list[list[str]], language: str) -> float:
    began = time.process_time()
    for paragraphs in texts:
        if summarise(paragraphs, language).kind == "headings":
            most_central(list(sentences(paragraphs, language)), language, 240)
    return len(texts) / (time.process_time() - began)


def _task(language: str, source: str, reference: str) -> Task | None:
    found = tuple(one for one in sentences(source.splitlines(), language) if is_worth(one.text, language))
    return Task(language, found, reference.strip()) if len(found) >= FEWEST else None


def _filled(task: Task, order: Sequence[Sentence]) -> list[Sentence]:
    chosen: list[Sentence] = []
    spent = 0
    for sentence in order:
        if spent >= len(task.reference):
            break
        chosen.append(sentence)
        spent += len(sentence.text)
    return chosen


def _grams(words: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(words[at:] for at in range(size)), strict=False))


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    if not file.is_file():
        return
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


_DATA = {
    "en-bill": "New York City bills (jehiah/nyc_legislation), drafter's summary as reference",
    "en-resolution": "New York City resolutions (jehiah/nyc_legislation), Resolved clause as reference",
    "zh-headings": "gov.cn documents and work reports of the provinces, own headings as reference",
}


def main() -> None:
    """Print the figures as JSON lines."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.summaries")
    parser.add_argument("data", type=Path)
    parser.add_argument("--most", type=int, default=SAMPLE)
    args = parser.parse_args()
    for row in measure_summaries(args.data, args.most):
        print(json.dumps(asdict(row), ensure_ascii=False))


if __name__ == "__main__":
    main()
