"""Measures that a law gives public bodies: 人民政府应当建立…, 主管部门应当加强….

Whom a law binds stands right before its 应当; rules for everybody and the work of offices (审批, 登记,
处罚) tell no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.anchors import Anchors
from classify.components.findings_told import Told

WORTH, MORE = 0.9, 0.4  # of the first verb and of each further one
_BODY = re.compile(
    r"(?:政府|部门|委员会|管委会|国务院|公安机关|行政机关|街道办事处|国家)(?:及其[^，。；]{0,10}部门|和有关部门|、[^，。；]{1,12}部门)?"
    r"[^，。；的]{0,4}$"
)
_POLICY = re.compile(
    r"(?:应当|，|、|；|并|和)(?:依法|积极|及时|定期|组织|逐步|统筹|根据[^，。；]{1,24}，|按照[^，。；]{1,24}，|会同[^，。；]{1,24}，?|采取(?:有效)?措施，?|将[^，。；]{1,30})?"
    r"(?:建立|健全|完善|制定|加强|推进|推动|支持|鼓励|扶持|开展|宣传|安排|促进|引导|保障|培育|推广|加大|优化|提供|采取|改善|纳入|列入|扩大|建设|合理布局|指导)"
)
_OFFICE = re.compile(
    r"申请|登记|备案|审批|审查|批准|处罚|罚款|责令|吊销|书面|档案|记录|议案|答复|告知|送达|受理|决定书|编制预算|资料|复议|诉讼|的，应当"
)


def rule_measures(text: str, anchors: Anchors) -> Iterator[Told]:
    """Sentences of a law in which a public body is told to act, from left to right."""
    last = -1
    for place in anchors.at("modal"):
        if place <= last or not text.startswith("应当", place):
            continue
        left, _ = anchors.clause(place)
        if _BODY.search(text, left, place) is None:
            continue
        start, end = anchors.sentence(place, place + 1)
        if _OFFICE.search(text, start, end) is not None:
            continue
        acts = len(_POLICY.findall(text, place, end)[:4])
        if acts:
            last = end
            yield Told(start, end, 0.0, WORTH + MORE * (acts - 1))
