"""Acts that go on with a duty in its sentence: 应当公布电话，登记举报，并将结果告知…; 加强监测，完善制度.

Each part behind ， that begins with a verb of an act is a duty of its own with the same bearer. A part that
tells what the act is for (确保…, 防止…) or under which circumstance (按照…要求, 在…后) belongs to the act
beside it.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from classify.components.anchors import Anchors

_WORDS = tomllib.loads(Path(__file__).with_name("imperatives.toml").read_text(encoding="utf-8"))
OPENINGS = frozenset(_WORDS["openings"])
PROMISES = OPENINGS | frozenset(_WORDS["promises"])
ACTS = OPENINGS | frozenset(_WORDS["acts"])
_AIMS = frozenset(_WORDS["aims"])
_LINK = re.compile(
    r"(?:(?:并且|并(?!网|购|轨|发|联|入)|且|同时|以及|或者|还(?!原|款)|也|再(?!次|生))[，,]?)+(?:应当?|须|要(?!求))?"
)
_FIRST = frozenset("将把报向")
_WHOLE = re.compile(
    r"将(?:来|军|于|会|在|继续|适时|视)|报(?:名|纸|刊|社|业|价|考|表|废)|向(?:来|上|前)|把(?:手|关)"
)
TO = re.compile(
    r"对(?![^，。；：\n]{0,60}(?:处分|处罚|直接负责))[^，。；：\n]{2,60}(?:查处|处理|予以|进行|给予|实行|实施|加以|开展|负责|追究)"
)
_STAGE = re.compile(
    r"[^，。；：\n]{0,24}(?:前|内|后|时|底|末|起|中|的|下|上|间|日|月|年|况|定|求|则|准|神|际|过程)\Z"
)
_MAY = re.compile(r"可以|有权|可(?=[向在依自按])")


class Mark(NamedTuple):
    """Where a duty begins and what makes it one."""

    start: int
    verb: int  # modal or verb of the act
    after: int  # behind the modal
    modal: bool
    chained: bool = False  # goes on with the duty before it in its sentence


def chained(
    text: str, anchors: Anchors, marks: list[Mark], limits: list[int], verbs: frozenset[str]
) -> list[Mark]:
    """The marks with those of the acts that go on with them.

    `limits`: where time limits begin; `verbs`: the first two signs of what may be an act.
    """
    clauses, sentences = anchors.at("clause"), anchors.at("sentence")
    kept = _own(text, clauses, sentences, marks)
    found: list[Mark] = []
    count = len(clauses)
    for index, (mark, stop) in enumerate(kept):
        found.append(mark)
        if index + 1 < len(kept):
            stop = min(stop, kept[index + 1][0].start)
        first = bisect_right(clauses, mark.after - 1)
        if first < count and clauses[first] < stop - 3 and text[clauses[first]] in "，,":
            for begin, act in _parts(text, clauses, first, mark.after, stop, limits, verbs):
                found.append(Mark(begin, act, act, False, True))
    return found


def _own(text: str, clauses: list[int], sentences: list[int], marks: list[Mark]) -> list[tuple[Mark, int]]:
    """The marks with the end of their sentence, without aims and what a modal word before them asks for."""
    kept: list[tuple[Mark, int]] = []
    last, at, size = -1, 0, len(sentences)
    for mark in marks:
        start, verb, after, modal, _ = mark
        while at < size and sentences[at] < verb:
            at += 1
        if last == at and not modal:
            before = kept[-1][0]
            if text[start : start + 2] in _AIMS or (
                before.modal and _waits(text, clauses, before.after, start)
            ):
                continue
            mark = Mark(start, verb, after, False, True)
        last = at
        kept.append((mark, sentences[at] if at < size else len(text)))
    return kept


def _waits(text: str, clauses: list[int], begin: int, start: int) -> bool:
    """Whether only one circumstance stands between a modal word and an act: 请在五日内，公开…"""
    at = bisect_right(clauses, begin - 1)
    return at < len(clauses) and clauses[at] == start - 1 and is_circumstance(text, begin, start - 1)


def _parts(
    text: str, clauses: list[int], at: int, begin: int, stop: int, limits: list[int], verbs: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Where acts begin behind the first one, which ends at `at`, with the circumstance that leads them."""
    leads = -1
    acts = not is_circumstance(text, begin, clauses[at])
    while at < len(clauses) and clauses[at] < stop:
        if text[clauses[at]] not in "，,":
            return
        begin, at = clauses[at] + 1, at + 1
        close = clauses[at] if at < len(clauses) and clauses[at] < stop else stop
        if close - begin < 3:
            continue
        if _MAY.search(text, begin, min(close, begin + 16)):
            return
        opens = _act(text, begin, close, limits, verbs)
        if opens >= 0 and acts:
            yield (leads if leads >= 0 else opens), opens
        if opens >= 0 or not is_circumstance(text, begin, close):
            acts, leads = True, -1
        elif leads < 0:
            leads = begin


def _act(text: str, begin: int, end: int, limits: list[int], verbs: frozenset[str]) -> int:
    """Where the act of a part begins; -1 where it tells an aim, a circumstance or of somebody else."""
    while text[begin] in " \u3000":
        begin += 1
    head = text[begin : begin + 2]
    if head not in verbs and (link := _LINK.match(text, begin, end)) is not None:
        begin = link.end()
        head = text[begin : begin + 2]
    if head in _AIMS:
        return -1
    if head in verbs or (head[:1] in _FIRST and not _WHOLE.match(text, begin)):
        return -1 if is_circumstance(text, begin, end) else begin
    if head[:1] == "对":
        return begin if TO.match(text, begin, end) else -1
    at = bisect_right(limits, begin - 1)
    if at < len(limits) and limits[at] <= begin + 2 and not is_circumstance(text, begin, end):
        return begin
    return -1


def is_circumstance(text: str, begin: int, end: int) -> bool:
    """在…前, 按照…要求, 经…后: a part that tells when or how, and no act."""
    return text[begin : begin + 1] in _ABOUT and _STAGE.search(text, max(begin, end - 26), end) is not None


_ABOUT = frozenset("在于自按依根通经从当如若凡因由对除针结遇为收接利采每到至截不未有")
