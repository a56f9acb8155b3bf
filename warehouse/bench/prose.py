"""Made prose: words of our own documents, recombined and drawn as often as words of a language are."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from random import Random
from typing import Any

import numpy as np

SHORTEST, LONGEST, MEAN = 500, 5700, 2200  # characters of a body
_SPREAD = 0.62  # of the logarithm of the length
_STEPS = 1 << 20  # how finely the drawing tells frequencies apart
_PAIRS, _COINED = 12_000, 6_000  # words side by side that make a term; rare words made of two halves
_FREQUENT = 1500
_LITTLE = tuple("的和在对与及为由等应按各以从并")
Words = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Dice = np.random.Generator


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, tuple[str, ...]]:
    """The words of `words.toml` by language, most frequent first."""
    text = (resources.files("warehouse.bench") / "words.toml").read_text(encoding="utf-8")
    return {language: tuple(words.split()) for language, words in tomllib.loads(text).items()}


class Prose:
    """Bodies of one language; the same dice give the same bodies."""

    def __init__(self, language: str) -> None:
        self._words = vocabulary()[language]
        self._frequent = self._words[:_FREQUENT]
        chinese = language == "zh"
        units = _chinese(self._words) if chinese else _english(self._words)
        ends = ("", "，", "。", "。\n") if chinese else (" ", ", ", ". ", ".\n")
        self._shapes = np.array([unit + end for unit in units for end in ends], dtype=object)
        self._unit = _drawing(_zipf(len(units)))
        self._end = _drawing(np.array([0.87, 0.085, 0.028, 0.017] if chinese else [0.88, 0.06, 0.04, 0.02]))
        self._last = "。" if chinese else "."
        sample = self._draw(np.random.default_rng(0), 20_000)
        self._mean = sum(map(len, sample)) / len(sample)

    def bodies(self, dice: Dice, count: int) -> list[str]:
        """Bodies of 500 to 5,700 characters, 2,200 on average; paragraphs are separated by newlines."""
        sizes = np.maximum(1, (lengths(dice, count) / self._mean).astype(np.int64))
        shapes = self._draw(dice, int(sizes.sum()))
        ends = np.cumsum(sizes)
        return [
            self._whole("".join(shapes[end - size : end]))
            for size, end in zip(sizes.tolist(), ends.tolist(), strict=True)
        ]

    def words(self, chance: Random, count: int) -> list[str]:
        """Words for titles and names, each as likely as any other of the frequent ones."""
        return chance.choices(self._frequent, k=count)

    def _draw(self, dice: Dice, count: int) -> list[str]:
        unit = self._unit[dice.integers(0, _STEPS, count)]
        end = self._end[dice.integers(0, _STEPS, count)]
        found: list[str] = self._shapes[unit * 4 + end].tolist()
        return found

    def _whole(self, text: str) -> str:
        text = text.rstrip("，。\n ,.")
        return text + self._last if text else self._words[0] + self._last


def lengths(dice: Dice, count: int) -> Numbers:
    """Lengths as documents have them: many short ones, a few long ones."""
    drawn = np.exp(dice.normal(np.log(MEAN) - _SPREAD**2 / 2, _SPREAD, count))
    return np.clip(drawn, SHORTEST, LONGEST).astype(np.int64)


def _zipf(count: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    weights = 1 / (np.arange(count) + 2.7)
    return np.asarray(weights / weights.sum())


def _drawing(shares: np.ndarray[Any, np.dtype[np.float64]]) -> Numbers:
    """For each step of an even die the number it stands for."""
    edges = np.cumsum(shares)
    return np.searchsorted(edges / edges[-1], (np.arange(_STEPS) + 0.5) / _STEPS).astype(np.int64)


def _chinese(words: Sequence[str]) -> list[str]:
    """Little words, the words, terms of two words and rare words, mixed so that terms are frequent too."""
    dice = np.random.default_rng(1)
    first, second = (dice.integers(0, len(words), _PAIRS).tolist() for _ in range(2))
    pairs = [words[one] + words[other] for one, other in zip(first, second, strict=True)]
    halves = [dice.integers(0, len(words), _COINED).tolist() for _ in range(2)]
    coined = [words[one][0] + words[other][-1] for one, other in zip(*halves, strict=True)]
    frequent = _mixed(words, pairs[: len(words) // 4], 4)
    return list(dict.fromkeys([*_LITTLE, *frequent, *pairs, *coined]))


def _english(words: Sequence[str]) -> list[str]:
    """The words and rare ones made of the beginning of one and the end of another."""
    dice = np.random.default_rng(2)
    halves = [dice.integers(0, len(words), _COINED).tolist() for _ in range(2)]
    coined = [words[one][:4] + words[other][-4:] for one, other in zip(*halves, strict=True)]
    return list(dict.fromkeys([*words, *coined]))


def _mixed(words: Sequence[str], others: Sequence[str], every: int) -> list[str]:
    """One of the others after so many words."""
    found: list[str] = []
    for at, word in enumerate(words):
        found.append(word)
        if at % every == every - 1 and at // every < len(others):
            found.append(others[at // every])
    return found
