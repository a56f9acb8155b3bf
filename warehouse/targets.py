"""Targets made comparable: one indicator's name, the value in one unit, the year and whose figure it is.

A mined target (classify/components/target.py) is `indicator|value|unit|year` beside its sentence. Here names
are brought together (warehouse/indicator_names.toml), 万 and 亿 become factors, a year that the words before
the figure name is taken over, and two figures that cannot both hold are told from two that can.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Literal

Bound = Literal["", "least", "most"]
_VALUE = re.compile(
    r"(?P<bound>[≥≤]?)(?P<change>[+-]?)(?P<low>\d+(?:\.\d+)?)(?:[—–－~～-]+(?P<high>\d+(?:\.\d+)?))?$"
)
_FACTORS = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))
_YEAR = re.compile(r"(?<!\d)(20[0-6]\d)\s?年")
_CAPTION = re.compile(r"^[（(【\[“”\"《]+|[）)】\]“”\"》]+$")
_BOUNDS: dict[str, Bound] = {"≥": "least", "≤": "most", "": ""}
_GROWS = re.compile(
    r"(?:总水平)?(?:上涨幅度|涨幅|增幅|增速)$"
)  # 居民消费价格涨幅2% is prices that rise by 2 %
_JIN = 1 / 2000  # of a tonne: grain is told in 斤 and in 吨
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator with what it has to come to."""

    indicator: str  # as printed
    key: str  # what is compared by: the common name
    low: float  # in `measure`
    high: float  # the same as `low` but of a range
    bound: Bound  # least: not less than it, most: not more
    change: Literal["", "+", "-"]  # by so much rather than to so much
    printed: str  # the figure with its printed unit: ≥66%, 5%—5.5%
    measure: str  # the unit without factor: 元, %, 千瓦
    year: int | None
    scope: str  # 全国, 全省 where the sentence says whose figure it is; else empty

    @property
    def what(self) -> tuple[str, str, str]:
        """Which figures may stand in one row: name, unit and kind of change."""
        return self.key, self.measure, self.change


def read_target(value: str, sentence: str = "") -> Target | None:
    """A mined value with its sentence; None for one that is not of this form (English has no bars)."""
    parts = value.split("|")
    if len(parts) != 4:
        return None
    name, figure, unit, year = parts
    return make_target(name, figure, unit, int(year) if year.isdecimal() else None, sentence)


def make_target(name: str, figure: str, unit: str, year: int | None, sentence: str) -> Target | None:
    """A target out of its parts; None where the figure is not understood."""
    found = _VALUE.match(figure.replace(",", ""))
    if found is None:
        return None
    factor, measure = base_unit(unit)
    low = float(found["low"]) * factor
    high = float(found["high"]) * factor if found["high"] else low
    rises = found["change"] == "+" or (not found["change"] and _GROWS.search(name) is not None)
    change: Literal["", "+", "-"] = "+" if rises else "-" if found["change"] else ""
    before = sentence.partition(name)[0] if name in sentence else sentence
    return Target(
        name, indicator_key(name), min(low, high), max(low, high), _BOUNDS[found["bound"]], change,
        f"{figure}{unit}", measure, year or year_named(before), scope_of(name, before),
    )  # fmt: skip


def base_unit(unit: str) -> tuple[float, str]:
    """Factor and unit without it: 万千瓦 is 10,000 千瓦; 元 and ％ stand for themselves."""
    plain = unit.replace("％", "%").strip()
    factor = 1.0
    for word, times in _FACTORS:
        if plain.startswith(word) and len(plain) > len(word):
            factor, plain = times, plain[len(word) :]
            break
    return (factor * _JIN, "吨") if plain == "斤" else (factor, plain)


def indicator_key(name: str) -> str:
    """The common name of an indicator: without whose figure it is, quotes and blanks."""
    scopes, also = _names()
    plain = _CAPTION.sub("", re.sub(r"\s+", "" if not name.isascii() else " ", name.strip())).casefold()
    for scope in scopes:
        if plain.startswith(scope) and len(plain) > len(scope) + 1:
            plain = plain[len(scope) :].removeprefix("的")
            break
    bare = _GROWS.sub("", plain) or plain
    return also.get(plain) or also.get(bare, bare)


def year_named(words: str) -> int | None:
    """The year that the words before a figure name, when it is one alone."""
    years = {int(one) for one in _YEAR.findall(words)}
    return years.pop() if len(years) == 1 else None


def scope_of(name: str, before: str) -> str:
    """Whose figure it is when the words say so: the scope before the name or, nearest, before that."""
    scopes, _ = _names()
    found = [(before.rfind(scope), scope) for scope in scopes if scope in before]
    return next((scope for scope in scopes if name.startswith(scope)), max(found)[1] if found else "")


def differ(one: Target, other: Target) -> bool:
    """Whether two figures of one indicator are different figures; a bound beside the same number is none."""
    if one.what != other.what:
        return False
    return abs(one.low - other.low) > _CLOSE * max(1.0, one.low) or (
        abs(one.high - other.high) > _CLOSE * max(1.0, one.high)
    )


def told_differently(placed: Iterable[tuple[str, str, Target]]) -> list[tuple[int, int]]:
    """Places in the list of two figures that differ though region, indicator, year and scope are the same.

    Each is given as (region, document, target). Two of one document differ too; figures without a year never
    do, for they may speak of different years. A document that names one scope and one that names none are
    held apart where the scope is not that of the region's whole: 全国 in a provincial paper.
    """
    given: Sequence[tuple[str, str, Target]] = list(placed)
    return [
        (i, j)
        for (i, one), (j, other) in combinations(enumerate(given), 2)
        if one[0] == other[0]
        and one[2].year is not None
        and one[2].year == other[2].year
        and _own(one[2].scope) == _own(other[2].scope)
        and differ(one[2], other[2])
    ]


def _own(scope: str) -> str:
    """全省 or no word at all speak of the region itself; 全国 in a province's paper does not."""
    return scope if scope in ("全国", "我国") else ""


@cache
def _names() -> tuple[tuple[str, ...], dict[str, str]]:
    told = tomllib.loads((resources.files("warehouse") / "indicator_names.toml").read_text(encoding="utf-8"))
    also = {other.casefold(): one["name"] for one in told["indicator"] for other in one["also"]}
    return tuple(told["scopes"]), also
