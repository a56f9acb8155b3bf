"""Lists of goals: 主要预期目标是：地区生产总值增长5%左右，城镇调查失业率5.5%左右，…

The rules that mine every document ask for a verb such as 达到. A work report names its main goals once
and then lists name and figure alone. Such lists are read here from the few documents that are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.targets import Target, make_target

_HEAD = re.compile(r"(?:预期|主要|总体|发展)目标(?:[是为]|任务)?\s?[：:]")
_END = re.compile(r"[。\n]")
_PART = re.compile(r"[^，,；;]+")
_UNIT = (
    r"%|％|个百分点|万亿元|亿元|万元|亿千瓦时|万千瓦时|亿千瓦|万千瓦|亿立方米|万吨|亿吨|吨|亿斤|万斤|万亩|万公顷|平方公里|公里"
    r"|微克/立方米|万人次|万人|万户|万个|万套|万张|人|户|个|套|张|岁|天"
)
_GOAL = re.compile(
    r"(?P<lead>其中|力争|确保|实现|完成)?(?P<name>[^\d，,；;：:。、（）()]{2,26}?)(?P<how>按|年均|平均)?"
    r"(?P<verb>增长|增加|提高|提升|上涨|下降|降低|减少)?(?P<to>到|至)?"
    r"(?P<verge>控制在|稳定在|保持在|维持在|不低于|不少于|不高于|不超过|低于|达到|达|超过|突破)?"
    rf"(?P<low>\d+(?:\.\d+)?)\s?(?:[%％])?(?:[—–－~～-]{{1,2}}(?P<high>\d+(?:\.\d+)?))?\s?(?P<unit>{_UNIT})"
    r"(?P<more>以上|以下|以内|左右)?"
)
_NAME_OFF = re.compile(r"^(?:今年|全年|本年|20\d\d年)|(?:分别|比上年|同口径|继续保持|继续|将)+$")
_DOWN = frozenset(("下降", "降低", "减少"))
_MOST = frozenset(("以下", "以内"))
_AT_LEAST = frozenset(("不低于", "不少于", "超过", "突破"))
_AT_MOST = frozenset(("不高于", "不超过", "低于"))


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of a list with its place: the paragraph counts from 0, characters within it."""

    target: Target
    paragraph: int
    start: int
    end: int
    sentence: str


def goals(paragraphs: Sequence[str], issued: int | None) -> Iterator[Goal]:
    """The goals that lists of goals name; `issued`: the year a list speaks of when it names none."""
    for at, text in enumerate(paragraphs):
        for head in _HEAD.finditer(text):
            end = _END.search(text, head.end())
            last = end.start() if end else len(text)
            opening = max(text.rfind("。", 0, head.start()), text.rfind("\n", 0, head.start())) + 1
            sentence = text[opening : last + (end is not None)].strip()
            yield from _listed(
                text, at, head.end(), last, sentence, _year(text[opening : head.start()], issued)
            )


def _listed(text: str, at: int, first: int, last: int, sentence: str, year: int | None) -> Iterator[Goal]:
    for part in _PART.finditer(text, first, last):
        found = _GOAL.match(part.group().lstrip())
        if found is None or "分别" in found["name"]:
            continue
        start = part.start() + len(part.group()) - len(part.group().lstrip())
        name = _NAME_OFF.sub("", found["name"])
        range_ = f"-{found['high']}" if found["high"] else ""
        figure = f"{_bound(found)}{_change(found)}{found['low']}{range_}"
        target = make_target(name, figure, found["unit"], year, "") if len(name) >= 2 else None
        if target is not None:
            yield Goal(target, at, start, start + found.end(), sentence)


def _year(lead: str, issued: int | None) -> int | None:
    named = re.findall(r"20[0-6]\d(?=年)", lead)
    return int(named[-1]) if named else issued


def _bound(found: re.Match[str]) -> str:
    more, verge = found["more"] or "", found["verge"] or ""
    if more == "以上" or verge in _AT_LEAST:
        return "≥"
    if more in _MOST or verge in _AT_MOST or (verge == "控制在" and not more):
        return "≤"
    return ""


def _change(found: re.Match[str]) -> str:
    verb = found["verb"]
    if not verb or found["to"]:
        return ""
    return "-" if verb in _DOWN else "+"
