"""The most that an act may take, and the day itself: 至迟不得超过五日, 延长不得超过三十日, 在当日发给."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.anchors import Anchors

_DAYS = r"\s?(?:\d{1,3}|[一二三四五六七八九十两]{1,4})\s?(?:个?工作日|日|天|个?小时"
_LONGEST = re.compile(
    r"(?:[至最]迟(?:应当|应|须)?不(?:得|能)?(?:超过|晚于)" + _DAYS + r"|分钟|个月)"
    r"|延(?:期(?:处理|办理|审理)?|长(?!工作))[^，。；\n\d]{0,14}?不(?:得|能)?超过" + _DAYS + r"|个月)"
    r"|(?:办理|审查|审理|审核|审批|答复|处理|调解|检验|鉴定|评审|整改|复核|办结|查封|扣押|冻结|羁押|暂扣|复审|裁决|调查|评审|批复)的?[时期]限(?:自[^。；\n\d]{1,20}起，?|[^，。；\n\d]{0,6}?)"
    r"(?:不(?:得|能)?(?:超过|晚于)|为)" + _DAYS + r"|个月))"
)
_TOO_LONG = re.compile(r"不(?:得)?超过" + _DAYS + r"|分钟|个月)(?![以之]?[上下])")
_TAKES = re.compile(
    r"(?:所需|办理|查看|受理|检查|勘验|复核|处理|公告|送达|核查|调查|审查|到达|响应|恢复|协商|评审|鉴定)(?:的)?时间(?:一般|最长|原则上)?\Z"
)
_CYCLE = re.compile(  # 复审周期一般不超过五年: the act is due again by then
    r"(?:复审|评估|检[测查验修]|修订|更新|评价|审[查核]|清洗|校准|轮换|考核)的?(?:周期|间隔(?:时间|期)?)(?:一般|最长|原则上)?(?:为)?\Z"
)
_YEARS = re.compile(r"不(?:得|应|能)?超过\s?(?:\d{1,2}|[一二三四五六七八九十两]{1,2})\s?(?:年|个月|日|天)")
_AT_MOST = re.compile(
    r"(?:特殊|复杂|延长|办理|审批|审查|处理|答复)[^。；\n]{0,30}最长\Z"
    r"|(?:应当|应(?![用急对])|必须|须(?!知))[^。；\n]{0,40}(?:及时|尽快|进行|完成|办理|作出|答复|组织)[^，。；\n]{0,16}，(?:最长|一般|原则上|最多)\Z"
)
_THAT_DAY = re.compile(
    r"[^，。；：\n在于]{0,24}?(?:当日|当天|次日)(?:之?内)?(?![起的为算前无有至到从开晚早凌上下最平夜值气销营])"
)
_EVERY_DAY = re.compile(r"日[产常均清夜益趋]|天天")  # 应当日产日清: 应当 is the word, not 当日
_BOUND = re.compile(r"应当|应(?![用急对])|必须|须(?!知)|务必|请(?!求)")


def longest(text: str, anchors: Anchors) -> Iterator[tuple[int, int]]:
    """至迟不得超过五日, 延长的时间不得超过三十日: the most that an act may take."""
    for place in anchors.at("until"):
        sign = text[place]
        if sign in "迟延限":
            start = place - (
                0 if sign == "延" else 1 if sign == "迟" else 4 if text[place - 2] == "的" else 3
            )
            found = _LONGEST.match(text, start) if start >= 0 else None
            if found is not None:
                yield found.start(), found.end()
    place = text.find("超过")
    while place >= 0:
        start = text.rfind("不", max(0, place - 2), place)
        most = _TOO_LONG.match(text, start, place + 16) if start >= 0 else None
        if most is not None and (
            _TAKES.search(text, max(0, start - 12), start) or _AT_MOST.search(text, max(0, start - 64), start)
        ):
            yield start - 2 * text.startswith(("最长", "一般", "最多"), start - 2), most.end()
        elif start >= 0 and _CYCLE.search(text, max(0, start - 14), start):
            cycle = _YEARS.match(text, start, place + 10)
            if cycle is not None:
                yield start, cycle.end()
        place = text.find("超过", place + 2)


def on_the_day(text: str) -> Iterator[tuple[int, int]]:
    """应当于收到备案材料的当日发给: the day itself is the limit."""
    for word in ("当日", "当天", "次日"):
        place = text.find(word)
        while place >= 0:
            low = max(
                0, place - 40, *(text.rfind(sign, max(0, place - 40), place) + 1 for sign in "。；，\n")
            )
            bound = _BOUND.search(text, low, place)
            lead = max(text.rfind(sign, low, place) for sign in "在于")
            start = lead + 1 if bound is not None and lead >= bound.end() else place
            found = _THAT_DAY.match(text, start, place + 8)
            if text[place - 1 : place] == "应" and _EVERY_DAY.match(text, place + 1):
                found = None
            if bound is not None and found is not None and found.end() >= place + 2:
                yield found.start(), found.end()
            place = text.find(word, place + 2)
