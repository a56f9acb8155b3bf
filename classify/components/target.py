"""Targets: an indicator, the value it has to reach, its unit and the year, only where something obliges.

A figure without 应, 力争, 目标, 不得 or a coming year beside it tells the past, which is no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language

from classify.components.anchors import Anchors
from classify.components.mined import FactReader

_UNIT = (
    r"个月|个工作日|%|％|个百分点|万亿元|亿元|万元|元|万千瓦时|亿千瓦时|万千瓦|亿千瓦|千瓦时/千克"
    r"|千瓦时|千瓦|亿立方米|万立方米|立方米/小时|立方米|亿吨标准煤|万吨标准煤|亿吨|万吨|吨"
    r"|平方公里|公里|万亩|亿亩|亩|万公顷|公顷"
    r"|万平方米|平方米|微克/立方米|毫克/升|万人次|亿人次|万人|亿人|人|万户|户|万家|家|万个"
    r"|个|万套|套|座|万张|张|项|所|台|辆|条|处|倍|名|万辆|万台|件|岁|年|天|小时"
)
_REACHED = re.compile(
    r"(?P<verb>达到|(?:提高|提升|增加|上升|扩大|降低|下降|减少|压减|增长|发展|延长|缩短)(?:到"
    r"|至)|降至|升至|增至|控制在|稳定在|保持在|维持在|不(?:得)?(?:低|少|高|大|小|多|短)于"
    r"|不(?:得)?超过|突破|超过|达|(?:降低|下降|减少|提高|增长|提升|压减|增加|新增))"
    rf"\s?(?:约|至少|不低于|不超过|超过)?\s?(?P<value>\d{{1,12}}(?:\.\d{{1,4}})?(?:[—－~～-]\d{{1,9}}(?:\.\d{{1,3}})?)?)\s?(?P<unit>{_UNIT})(?P<more>以上|以下|以内|左右)?"
)
_CUE = re.compile(
    r"到(?:20\d\d年|“?十[四五六]五”?末)|20\d\d年(?:底|末)?(?:前|，)|力争|目标|争取|确保|应当"
    r"|应(?![急用对])|须|必须|不得|预期|“十[五六]五”(?:时期|期间)|要(?=达|保|控)|计划(?=新"
    r"|建|完)"
)
_AIM = re.compile(r"到20\d\d年|20\d\d年|力争|目标|争取|十[五六]五")
_PROCEDURE = frozenset(
    (
        "人", "名", "年", "天", "个月", "个工作日", "小时", "个", "件", "次", "日", "项",
        "家", "公里", "元", "万元", "张", "份", "岁", "倍", "处", "条",
    )
)  # fmt: skip
_PAST = re.compile(
    r"已(?!建成区)|了|同比|比上年|较上年|去年|上年|以来|累计|实际|现有|罚款|处[^，。]{0,10}元"
    r"|以上的|以下的|超过\d[^，。；]{0,14}的"
)
_YEAR = re.compile(r"20\d\d(?=年)")
_TRIM = re.compile(
    r"^(?:到20\d\d年(?:底|末)?|20\d\d年(?:底|末)?(?:前)?|力争|确保|其中|使|实现|全[省市县国区]"
    r"|应当|应|须|必须|不得|并|的|和|及|以上|目标|是|将|主要)+|(?:均|都|平均|年均|应当|应"
    r"|须|必须|要|力争|累计|总体|分别|基本|不得|逐步|全部|将|再|比\d{4}年|较\d{4}年|每年)+$"
)
_NO_INDICATOR = re.compile(r"^可以?$|应当?设置$|^(?:其|该|并|但|且|每次|最长)$")


def targets(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str]]:
    """(start, end, "indicator|value|unit|year") of each target."""
    last = 0
    for place in anchors.at("reach"):
        if (
            place < last
            or not text[place + 1 : place + 12].lstrip("到于至过约少不低超 \u3000得")[:1].isdigit()
        ):
            continue
        found = _REACHED.search(text, max(last, place - 3), place + 40)
        if found is None or found.start() > place or found.end() <= place:
            continue
        left, right = anchors.sentence(place, place + 1)
        clause_left, clause_right = anchors.clause(found.start())
        before = text[left : found.start()]
        cue = _CUE.search(before) or _CUE.search(found["verb"])
        if cue is None or _PAST.search(text, clause_left, min(right, clause_right)):
            continue
        if text[clause_right - 1 : clause_right] == "的" or (_is_rule(found) and not _AIM.search(before)):
            continue
        indicator = _indicator(text, clause_left, found.start(), left)
        if indicator:
            years = _YEAR.findall(before)
            value = f"{_sign(found)}{found['value']}"
            start = (
                found.start() - len(indicator)
                if text.endswith(indicator, 0, found.start())
                else found.start()
            )
            yield start, found.end(), f"{indicator}|{value}|{found['unit']}|{years[-1] if years else ''}"
            last = found.end()


def _is_rule(found: re.Match[str]) -> bool:
    """不得少于2人, 最长不得超过30年: a rule of procedure, no target."""
    return found["verb"].startswith("不") and found["unit"] in _PROCEDURE


def _sign(found: re.Match[str]) -> str:
    """≥ and ≤ as the words say, + and - for a change by so much."""
    verb, more = found["verb"], found["more"] or ""
    if more == "以上" or "低于" in verb or "少于" in verb or "小于" in verb or verb in ("突破", "超过"):
        return "≥"
    if (
        more in ("以下", "以内")
        or "超过" in verb
        or "高于" in verb
        or "大于" in verb
        or "多于" in verb
        or verb == "控制在"
    ):
        return "≤"
    if verb in ("降低", "下降", "减少", "压减"):
        return "-"
    return "+" if verb in ("提高", "增长", "提升", "增加", "新增") else ""


def _indicator(text: str, left: int, at: int, sentence: int) -> str:
    """What is measured: the words before the verb in the clause, or the clause before it."""
    name = _bare(text[max(left, at - 30) : at])
    if len(name) < 2 and left - 1 > sentence:
        cut = max(text.rfind(sign, sentence, left - 1) for sign in "，：、")
        name = _bare(text[max(cut + 1, sentence, left - 30) : left - 1])
    return name if 2 <= len(name) <= 30 and not _NO_INDICATOR.search(name) else ""


def _bare(words: str) -> str:
    if "、" in words and any(sign.isdigit() for sign in words.rpartition("、")[0]):
        words = words.rpartition("、")[2]
    words = words.strip(" \u3000“”（）()")
    for _ in range(3):
        words = _TRIM.sub("", words).strip(" \u3000")
    return words


@Language.factory("gov_target")
class TargetReader(FactReader):
    """Adds a fact `target` for each indicator with the value that it has to reach."""

    rule = "target-2"

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each."""
        return ((start, end, "target", value) for start, end, value in targets(text, anchors))
