"""Problem and measure sentences as learnt from marked ones: the sums of the rules weighed with their words.

A linear model of each language (`sentence_weights.json`, made by `python -m classify.teaching.sentences`)
adds what a sentence's short runs of signs, or its words, are worth to what the rules' sums, its length, the
sentence before it and the kind of document say. Decision 0039 tells how it was learnt and what it is worth.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt
from operator import mul
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from classify.components.findings_told import LEAST, Told

FILE = Path(__file__).with_name("sentence_weights.json")
FORMAT = 1
UNIT = 1000  # weights are whole thousandths of a logit
SLOTS = 17  # bits of the table in which runs of signs are looked up
SALT = 0x9E3779B97F4A7C15  # spreads keys over the slots (Knuth's multiplicative hashing)
FEWEST = 25  # a sentence with fewer known runs is judged as if it had as many: few words tell little
SHORT, LONG = 16, 90  # signs of a heading, and of a sentence that says several things
KINDS = {  # kinds of documents by words of their titles, the first that fits
    "reply": "建议的答|提案|答复",
    "report": "工作报告",
    "approval": "批复|批准|颁发|验收|释放|确认|环境影响报告",
    "plan": "规划|计划|方案|行动|意见|纲要|要点|战略",
    "notice": "通知",
    "letter": "函",
    "public": "公告|公布|通报|决定书",
}
SIGNS = (  # of a sentence; of its document there are "citizen", a letter to an office, and the names of KINDS
    "problem", "measure", "problem-told", "measure-told", "no-problem", "no-measure", "wrong", "any-wrong",
    "led", "verbs", "nouns", "against", "lost", "short", "long", "length", "problem-before",
    "measure-before",
)  # fmt: skip
PLAIN = (*SIGNS[:6], "short", "long", "length")  # of an English sentence
_NAMES = tuple((name, re.compile(words)) for name, words in KINDS.items())
_WORD = re.compile(r"[a-z][a-z'’]*|\d+|[,;:?!()]")
LEFT = -0.19  # what the English rules tell of a sentence in which a word of want or harm is left
_SIGN = np.arange(0x10000, dtype=np.uint64)  # each sign by its code: digits are one sign, rare signs another
_SIGN[48:58] = _SIGN[0xFF10:0xFF1A] = 48

Keys = NDArray[np.uint64]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


class Judged(NamedTuple):
    """One sentence: how far beyond the threshold of each kind in logits, and whether rules alone say so."""

    start: int
    end: int
    problem: float
    measure: float
    rules: tuple[bool, bool]


def kind_of(title: str) -> str:
    """The kind of document that a title names; empty where it names none."""
    return next((name for name, words in _NAMES if words.search(title)), "")


def signs_of(told: Sequence[Told]) -> Numbers:
    """What is known of each sentence beside its words: a row each, small numbers in the order of SIGNS."""
    sums = np.array([(*one[:4], *one[4]) for one in told], dtype=np.float64).reshape(-1, 10).T
    start, end, problem, measure, wrong, named, led, verbs, nouns, against = sums
    length = end - start
    before = np.zeros((2, len(told)))
    near = start[1:] - end[:-1] < 3
    before[:, 1:] = np.clip(sums[2:4, :-1], 0.0, 2.0) * near
    return np.array([
        np.clip(problem, -1.0, 2.5), np.clip(measure, -2.0, 3.0), problem >= LEAST, measure >= LEAST,
        problem <= 0, measure <= 0, np.minimum(wrong, 3.0), np.minimum(named, 3.0), led,
        np.minimum(verbs, 3.0), np.minimum(nouns, 3.0), np.minimum(against, 3.0),
        np.clip(named - wrong, 0.0, 2.0), length < SHORT, length > LONG, np.minimum(length, 200) / 100,
        *before,
    ]).T  # fmt: skip


def keys_of(text: str) -> tuple[Keys, Keys]:
    """The runs of two and of three signs at each place, as numbers; all digits are one sign."""
    codes = _SIGN.take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), mode="clip")
    two = (codes[:-1] << np.uint64(16)) | codes[1:]
    return two, (two[:-1] << np.uint64(16)) | codes[2:]


def key_of(run: str) -> int:
    """The number of one run of signs."""
    number = 0
    for sign in run:
        number = number << 16 | min(ord(sign), 0xFFFF)
    return number


def slot_of(keys: Keys) -> NDArray[np.int64]:
    """Where each key is looked up; no two runs that the weights know share a slot."""
    return ((keys * np.uint64(SALT)) >> np.uint64(64 - SLOTS)).astype(np.int64)


def words_in(sentence: str) -> list[str]:
    """The words of an English sentence and its pairs of words, one each; all numbers are one word."""
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(sentence.lower())]
    words.insert(0, "^")
    return [*dict.fromkeys(words[1:]), *dict.fromkeys(map(" ".join, pairwise(words)))]


class SentenceWeights:
    """The learnt weights of Chinese sentences; `judge` tells how far they are beyond the thresholds."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.runs: dict[str, list[int]] = stored["runs"]
        self.bias = np.array(stored["bias"], dtype=np.float64)
        self.signs = np.array([stored["signs"][name] for name in SIGNS], dtype=np.float64)
        self.documents = {name: np.array(stored["signs"][name]) for name in ("citizen", *KINDS)}
        self.scale = stored["scale"] / UNIT
        keys = [0, *map(key_of, self.runs)]
        self._keys = np.array(keys, dtype=np.uint64)
        worth = [[0, 0, 0], *([*worth, 1] for worth in self.runs.values())]
        self._worth = np.array(worth, dtype=np.int64).T.copy()
        self._table = np.zeros(1 << SLOTS, dtype=np.uint16)
        self._table[slot_of(self._keys[1:])] = np.arange(1, len(keys), dtype=np.uint16)

    def judge(self, told: Iterable[Told], text: str, kind: str, citizen: bool = False) -> Iterator[Judged]:
        """Sentences of a text as the rules told them, judged anew, in the same order."""
        sentences = list(told)
        if not sentences:
            return
        places = np.array([(one.start, one.end) for one in sentences]).T
        pairs, triples = keys_of(text)
        worth = self._summed(pairs, places, 2) + self._summed(triples, places, 3)
        known = self.bias + (self.documents[kind] if kind else 0) + (self.documents["citizen"] * citizen)
        shares = worth[:2] * (self.scale / np.sqrt(np.maximum(worth[2], FEWEST)))
        beyond = (signs_of(sentences) @ self.signs + known + shares.T) / UNIT
        for one, (problem, measure) in zip(sentences, beyond.tolist(), strict=True):
            yield Judged(one.start, one.end, problem, measure, (one.problem >= LEAST, one.measure >= LEAST))

    def _summed(self, keys: Keys, sentences: Places, size: int) -> Places:
        """What the runs of this size in each sentence are worth: problem, measure, how many are known."""
        starts, ends = sentences
        found = self._table.take(slot_of(keys))
        places = np.flatnonzero(self._keys.take(found) == keys)
        sums = np.zeros((3, len(places) + 1), dtype=np.int64)
        np.cumsum(self._worth[:, found[places]], axis=1, out=sums[:, 1:])
        last = np.searchsorted(places, np.maximum(ends - size + 1, starts))
        told: Places = sums[:, last] - sums[:, np.searchsorted(places, starts)]
        return told


class WordWeights:
    """The learnt weights of problems in English sentences; measures are what the rules say."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        self.runs: dict[str, list[int]] = stored["runs"]
        self.bias: int = stored["bias"][0]
        self.signs: list[int] = [stored["signs"][name][0] for name in PLAIN]
        self.scale = stored["scale"] / UNIT

    def judge(self, told: Iterable[Told], text: str) -> Iterator[Judged]:
        """Sentences of a text in the same order, judged anew where a word of want or harm is left in them."""
        known, signs = self.runs, self.signs
        for one in told:
            problem, measure = -1.0, one.measure - LEAST
            if one.problem > LEFT:
                found = [known[word][0] for word in words_in(text[one.start : one.end]) if word in known]
                share = self.scale * sum(found) / sqrt(max(len(found), FEWEST))
                problem = (self.bias + sum(map(mul, plain_signs(one), signs)) + share) / UNIT
            yield Judged(one.start, one.end, problem, measure, (one.problem >= LEAST, measure >= 0))


def plain_signs(one: Told) -> tuple[float, ...]:
    """What `signs_of` tells of an English sentence, whose rules have no parts, in the order of PLAIN."""
    problem, measure, length = one.problem, one.measure, one.end - one.start
    return (
        min(max(problem, -1.0), 2.5), min(max(measure, -2.0), 3.0), problem >= LEAST, measure >= LEAST,
        problem <= 0, measure <= 0, length < SHORT, length > LONG, min(length, 200) / 100,
    )  # fmt: skip


@cache
def sentence_weights() -> SentenceWeights:
    """The weights of Chinese sentences, read once."""
    return SentenceWeights(_stored("zh"))


@cache
def word_weights() -> WordWeights:
    """The weights of English sentences, read once."""
    return WordWeights(_stored("en"))


def _stored(language: str) -> Mapping[str, Any]:
    stored = json.loads(FILE.read_text(encoding="utf-8"))
    if stored["format"] != FORMAT:
        raise ValueError(f"{FILE.name} has format {stored['format']}, not {FORMAT}; learn the weights again")
    told: Mapping[str, Any] = stored["languages"][language]
    return told
