"""The tasks of the benchmark: labelled documents of ../shared/data with one split each.

Near-duplicates (one title, or the same first 400 letters) are a group, and a group never straddles a split.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from classify.bench.masking import Mask
from classify.linear.features import Sample, body_sample
from classify.training import read_rows

OPENING = 400  # letters by which two texts are one
GOVCN = "ZhouYNF/platform-1"  # the 60 full gov.cn documents: reported elsewhere, never learnt from
OTHER = "其他"
UNDATED = 0.05  # share of documents without a day up to which a task is split by time, they being oldest
ENGLISH_BODY = 3000  # characters of an English text that the README's baseline reads
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled document as every side sees it."""

    title: str
    body: str
    labels: tuple[str, ...]
    day: str = ""
    group: int = 0

    @property
    def text(self) -> str:
        """Title and body in one, for sides that know no fields."""
        return f"{self.title}\n{self.body}" if self.body else self.title

    @property
    def sample(self) -> Sample:
        """The same for ours."""
        return Sample(title=self.title, body=self.body)


@dataclass(frozen=True, slots=True)
class Task:
    """One task with its split; `split` says how it was made."""

    name: str
    language: str
    train: tuple[Example, ...]
    test: tuple[Example, ...]
    classes: tuple[str, ...]
    split: str  # time | group
    multi: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the documents of a task stand, what their labels are, and what a class needs."""

    language: str
    file: str
    wanted: Callable[[dict[str, Any]], bool]
    labels: Callable[[dict[str, Any]], Sequence[str]]
    fewest: int
    multi: bool = False
    whole: int = 0  # characters of the body; 0: head 1500 and tail 300


def _topics(row: dict[str, Any]) -> Sequence[str]:
    return row["topic"] or ()


def _department(row: dict[str, Any]) -> Sequence[str]:
    return (row["department"],) if row["department"] else ()


def _theme(row: dict[str, Any]) -> Sequence[str]:
    return (row["topic"],) if row["topic"] and row["topic"] != OTHER else ()


def _from(repository: str) -> Callable[[dict[str, Any]], bool]:
    return lambda row: row["source_repo"] == repository


_ISSUERS = ("LawRefBook/Laws", "HUANGZHIHAO1994/GCCMPD-climate-policy-dataset")
_SERVICES = "Clarence-Kong/QABasedOnPolicyKnowledgeGraph"
_BILLS = "ebenmichael/congress-bills"
ZH, EN = "zh/documents.jsonl.gz", "en/documents.jsonl.gz"
PLANS: dict[str, Plan] = {
    "zh-issuer": Plan("zh", ZH, lambda row: row["source_repo"] in _ISSUERS, _department, 20),
    "zh-competence": Plan("zh", ZH, _from(_SERVICES), _department, 15),
    "zh-theme": Plan("zh", ZH, _from(_SERVICES), _theme, 10),
    "zh-topicpara": Plan(
        "zh", "zh/topic_paragraphs.jsonl.gz", lambda row: True, lambda row: (row["topic"].split("\\")[0],), 15
    ),
    "en-topic": Plan("en", EN, _from(_BILLS), lambda row: _topics(row)[:1], 50),
    "en-committee": Plan("en", EN, _from("jehiah/nyc_legislation"), _department, 60),
    "en-agency": Plan("en", EN, _from("PRAGA-maker/FederalRegisterStudy"), _department, 60),
    "en-subjects": Plan("en", EN, _from(_BILLS), lambda row: row.get("subjects") or (), 145, multi=True),
    "uk-policies": Plan("en", EN, _from("alphagov/whitehall"), _topics, 20, multi=True, whole=ENGLISH_BODY),
    "us-tags": Plan("en", EN, _from("GSA/digitalgov.gov"), _topics, 40, multi=True, whole=ENGLISH_BODY),
}


def load_task(
    name: str, data: Path, *, masked: bool = True, split: str = "time", seed: int = 0, most: int = 0
) -> Task:
    """The task with its split, by group with this seed where days are missing; `most` thins it for tests."""
    plan, examples = PLANS[name], prepared(name, data, masked, most)
    dated = split == "time" and sum(not one.day for one in examples) <= UNDATED * len(examples)
    train, test = newest_fifth(examples) if dated else group_fifth(examples, seed)
    learnt = {label for one in train for label in one.labels}
    return Task(
        name, plan.language, tuple(train), tuple(test), tuple(sorted(learnt)),
        "time" if dated else "group", plan.multi,
    )  # fmt: skip


@lru_cache(maxsize=2)
def prepared(name: str, data: Path, masked: bool, most: int) -> tuple[Example, ...]:
    """The examples of a task with their groups, of classes that are frequent enough, masked or open."""
    plan = PLANS[name]
    examples = _examples(plan, data, most)
    counts = Counter(label for one in examples for label in one.labels)
    fewest = plan.fewest if not most else 4
    kept = {label for label, count in counts.items() if count >= fewest}
    examples = [
        replace(one, labels=labels)
        for one in examples
        if (labels := tuple(label for label in one.labels if label in kept))
    ]
    examples = _one_a_text(grouped(examples))
    if not masked:
        return tuple(examples)
    mask = Mask(plan.language, kept)
    return tuple(replace(one, title=mask(one.title), body=mask(one.body)) for one in examples)


def _examples(plan: Plan, data: Path, most: int) -> list[Example]:
    found = []
    for row in read_rows(data / plan.file):
        labels = tuple(dict.fromkeys(plan.labels(row))) if plan.wanted(row) else ()
        if not labels:
            continue
        text, title = row.get("text") or "", row.get("title") or ""
        body = text[: plan.whole] if plan.whole else body_sample(text)
        day = str(row.get("published") or row.get("written") or row.get("year") or "")
        found.append(Example(title, body, labels, day))
        if most and len(found) >= 40 * most:
            break
    return random.Random(0).sample(found, most) if most and len(found) > most else found


def grouped(examples: Iterable[Example]) -> list[Example]:
    """The examples with the number of their group."""
    owner: dict[str, int] = {}
    parent: list[int] = []

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    listed = list(examples)
    for number, one in enumerate(listed):
        parent.append(number)
        body = _SIGNS.sub("", one.body)[:OPENING].casefold()
        title = _SIGNS.sub("", one.title).casefold()
        for key in (f"t{title}" if len(title) > 3 else "", f"b{body}" if len(body) > 40 else ""):
            if key and key in owner:
                first, second = sorted((root(owner[key]), root(number)))
                parent[second] = first
            elif key:
                owner[key] = number
    return [replace(one, group=root(number)) for number, one in enumerate(listed)]


def _one_a_text(examples: list[Example]) -> list[Example]:
    """The first of documents that are alike in title, text and labels."""
    seen: dict[tuple[str, str, tuple[str, ...]], Example] = {}
    for one in examples:
        seen.setdefault((one.title, one.body, one.labels), one)
    return list(seen.values())


def newest_fifth(examples: Sequence[Example], share: float = 0.2) -> tuple[list[Example], list[Example]]:
    """Oldest first and the newest fifth; a group goes where its newest member is."""
    newest: dict[int, str] = {}
    for one in examples:
        newest[one.group] = max(newest.get(one.group, ""), one.day)
    order = sorted(examples, key=lambda one: (newest[one.group], one.group, one.day))
    cut = round(len(order) * (1 - share))
    while 0 < cut < len(order) and order[cut - 1].group == order[cut].group:
        cut += 1
    return order[:cut], order[cut:]


def group_fifth(examples: Sequence[Example], seed: int) -> tuple[list[Example], list[Example]]:
    """A fifth of the groups drawn with this seed, for documents without dates; the others in drawn order.

    A model tunes thresholds on its last documents: after a draw they are a draw too.
    """
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)
    wanted, test = len(examples) / 5, set[int]()
    sizes, taken = Counter(one.group for one in examples), 0
    for group in groups:
        if taken >= wanted:
            break
        test.add(group)
        taken += sizes[group]
    place = {group: number for number, group in enumerate(groups)}
    return (
        sorted((one for one in examples if one.group not in test), key=lambda one: place[one.group]),
        [one for one in examples if one.group in test],
    )
