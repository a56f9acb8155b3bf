"""Sentences that seem to name a problem, a measure or a requirement: candidates with a confidence.

The value of the fact is the confidence, 0 to 1: how many signs speak for it and how many against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language

from classify.components.anchors import Anchors
from classify.components.mined import FactReader
from classify.components.state import Findings

MOST = 40  # of one kind in one document
LEAST = {"problem": 0.5, "measure": 0.6, "requirement": 0.5}  # a measure needs two strengthening words
AGAINST = 0.35  # a word that speaks against it takes so much away
_SIGNS: dict[str, tuple[str, frozenset[str], re.Pattern[str], re.Pattern[str]]] = {
    # kind: (anchors, what names it, what strengthens it, what speaks against it)
    "problem": (
        "problem",
        frozenset(("问题", "短板", "隐患", "薄弱", "滞后", "困难")),
        re.compile(
            r"存在|仍|不足|突出|不够|不强|不高|不到位|不完善|尚未|缺乏|缺少|不平衡|不规范"
            r"|严重|较为|有待|亟[待需]|面临|制约"
        ),
        re.compile(
            r"若干问题|有关问题的|解决[^，。]{0,10}问题|问题的(?:意见|通知|规定|决定|批复"
            r"|解释|答复)|处理[^，。]{0,6}问题|发现问题|困难群众|困难家庭|问题导向|下列问题"
            r"|以下问题"
        ),
    ),
    "measure": (
        "measure",
        frozenset(("措施", "机制", "行动", "平台", "工程", "实施", "制度")),
        re.compile(
            r"采取|建立|健全|完善|开展|推进|推行|搭建|设立|组建|启动|加大|强化|加强|制定|出台|探索|推广|通过"
        ),
        re.compile(
            r"行政措施|强制措施|保全措施|未采取|不采取|措施的，|工程师|工程质量|行动不便"
            r"|保密制度的|工程建设项目"
        ),
    ),
    "requirement": (
        "standard",
        frozenset(("条件", "标准", "资格", "资质")),
        re.compile(
            r"应当?(?:具备|符合|满足|达到)|必须(?:具备|符合|达到)|须(?:具备|符合|达到)|具备下列"
            r"|符合下列|具备以下|符合以下|不得低于|应当取得|应具有|应当具有|不符合|达标"
        ),
        re.compile(r"标准化|标准的制定|制定[^，。]{0,10}标准|附条件|条件成熟|《[^》]{0,40}标准"),
    ),
}


def candidates(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, confidence) of sentences that reach LEAST, at most MOST of a kind."""
    for kind, (group, names, strengthens, against) in _SIGNS.items():
        yield from islice(_of_kind(text, anchors, kind, group, names, strengthens, against), MOST)


def _of_kind(
    text: str, anchors: Anchors, kind: str, group: str,
    names: frozenset[str], strengthens: re.Pattern[str], against: re.Pattern[str],
) -> Iterator[tuple[int, int, str, str]]:  # fmt: skip
    last = -1
    for place in anchors.at(group):
        if place < last or not (text[place - 1 : place + 1] in names or text[place : place + 2] in names):
            continue
        left, right = anchors.sentence(place, place + 1)
        last = right
        score = _confidence(text, left, right, strengthens)
        if score >= LEAST[kind] and right - left >= 8 and against.search(text, left, right):
            score -= AGAINST
        if score >= LEAST[kind] and right - left >= 8:
            end = right - 1 if text[right - 1] in "。；;！？!?\n" else right
            yield left, end, kind, f"{score:.2f}"


def _confidence(text: str, left: int, right: int, strengthens: re.Pattern[str]) -> float:
    """Half for the name itself with one strengthening word; each further one halves the doubt."""
    found = set(strengthens.findall(text, left, right)[:4])
    return 1 - 0.7 * 0.65 ** len(found) if found else 0.3


@Language.factory("gov_candidate")
class CandidateReader(FactReader):
    """Adds facts `problem`, `measure` and `requirement` with their confidence."""

    rule = "candidate-1"

    def reads(self, state: Findings) -> bool:
        """A citizen's letter commits nobody."""
        return state.document.unit != "letter"

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each."""
        return candidates(text, anchors)
