"""Recurring limits of Chinese texts: 每年年初报告, 每三年至少检测一次, 每季度末，应当, 每年向市政府报告.

By docs/marking-guideline.md a period within which something has to be done is a limit, so how often an act
is due counts where somebody is bound to it. Rates (每日加收, 每年递增) and rights (每年可以享受) are none.
Such a limit has no one last day and stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.anchors import Anchors
from classify.components.state import MOST_FACTS

_HAN = "[一二三四五六七八九十]"
_NUMBER = rf"(?:\d{{1,3}}|{_HAN}{{1,4}})"
_MONTH = rf"(?:\d{{1,2}}|{_HAN}{{1,2}})\s?月"
_BOUND = re.compile(
    r"应当|应(?![用急对邀聘届])|(?:必须|须(?!知)|务必|(?<!申)请(?!求)|(?<![主重必需概摘简紧])要(?![求素点件]))"
)
_POINT = re.compile(
    r"每(?:一)?(?:年度?|个?季度?|个?月|半年|学期|学年|周)的?(?:年?(?:底|末|初)|年中|第?[一二三四]季度(?:末|底)?|[上下]半年(?:末|底)?|[上中下]旬"
    rf"|{_MONTH}(?:[、和及或]{{1,2}}{_MONTH}){{0,4}}(?:份|底|末|初|[上中下]旬|{_NUMBER}日)?(?:至{_MONTH}(?:{_NUMBER}日)?(?:期间)?|至{_NUMBER}日)?)"
    r"(?![之以]?[前后]|(?<!度)内|的|起|为|是|至|到|或|第|[-—–~～]|开始|期间|放|举)"
)
_OFTEN = re.compile(
    r"每(?:一)?(?:(?:\d{1,2}|[一二两三四五六七八九十半]{1,2})?(?:年度?|个?季度?|个月|月|周|旬|学期|学年)(?![一-鿿]?月)"
    r"|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[日天])"
    r"(?![之以]?[前后内]|[的期起份末底初第上下一二三四五六七八九十\d\-—–~～])"
)
_ACT = re.compile(
    r"[，,]?[^，。；\n]{0,20}?(?:向(?!社会力)|将|报(?:送|告)|公布|提交|上报|召开|组织|编制|制定|完成|开展|通报|检查|听取|审[查议]|公示|公开|确定|作出|提出)"
)
_TIMES = re.compile(rf"[^，。；：\n]{{0,50}}?(?:{_NUMBER}|两)\s?(?:[次轮遍]|场次)")
_FLOOR = re.compile(r"至少|不(?:得|应)?(?:少|低)于")
_DUE = re.compile(
    r"[^，。；：\n]{0,24}?(?:向(?!社会力)[^，。；：\n]{1,40}(?:报|提交|上报|通报|公[布示开告]|备案|汇报|提出|发布)"
    r"|将[^，。；：\n]{1,40}(?:报|公[布示开告]|备案|提交|通报)|对[^，。；：\n]{1,40}(?:进行|开展|实施)"
    r"|组织|开展|进行|召开|召集|编制|制定|制订|发布|公[布示开告]|报[告送]|上报|检[查定测验]|评估|评价|审[查计核]|核查|考核|听取|更新|修订|清理|走访|通报|抽查|巡[查视检]|盘点|体检|演练|统计|复查|复核)"
)
_REPORTS = re.compile(
    r"向[^，。；：\n]{1,24}(?:报[告送]|通报|汇报|报备)"
)  # each half-year it reports to its head
_RATE = re.compile(
    r"[^，。；：\n]{0,30}?(?:加收|收取|征收|支付|缴纳|交纳|发给|享受|补[助贴]|递[增减]|增[长加]|减少|下降|提高|不(?:得|应)?(?:超过|高于|多于)|扣|拨|免费|平均|人均|新增|可以|资金|经费|千分之|万分之|%|％)"
)
_RIGHT = re.compile(
    r"(?:可以|(?<![许认])可|有权|享受|享有|约|平均|按照?|为|提前|最多|处)[^，。；：\n]{0,6}\Z"
    r"|自[^，。；\n]{1,16}[，,]?\Z"
)


def recurring(text: str, anchors: Anchors) -> Iterator[tuple[int, int]]:
    """(start, end) of each recurring limit, from left to right; of so many places no more are read."""
    place, seen = text.find("每"), 0
    while place >= 0 and seen < MOST_FACTS:
        found = _at_a_point(text, place, anchors) or _so_often(text, place, anchors)
        if found is not None:
            yield found
        place, seen = text.find("每", place + 1), seen + 1


def _at_a_point(text: str, place: int, anchors: Anchors) -> tuple[int, int] | None:
    """应当在每年年初向市政府报告, 每季度末，应当修改计划."""
    found = _POINT.match(text, place, place + 40)
    if found is None:
        return None
    left, right = anchors.sentence(place, place + 1)
    end = found.end() + text.startswith("内", found.end())
    told = _BOUND.match(text, end + (text[end : end + 1] in ("，", ",")), right)
    stop = min(right, end + 60)
    if told is None and _ACT.match(text, end, stop) is None and _DUE.match(text, end, stop) is None:
        return None
    stated = text[end - 1] in "底末初度年内旬月日份" and text[end : end + 1] in "向将报，听审确作公对"
    near = max(left, place - 40)
    return (place, end) if stated or _BOUND.search(text, near, min(right, end + 24)) else None


def _so_often(text: str, place: int, anchors: Anchors) -> tuple[int, int] | None:
    """应当每三年检测一次, 每年至少巡查两次, 应当每年向社会公布."""
    found = _OFTEN.match(text, place, place + 12)
    if found is None:
        return None
    end = found.end()
    left, right = anchors.clause(place)
    stop = min(right, end + 70)
    ahead = max(left, place - 50)
    if _RATE.match(text, end, stop) or _RIGHT.search(text, ahead, place):
        return None
    least = text.endswith("至少", ahead, place)
    times = _TIMES.match(text, end, stop)
    if times is None and _DUE.match(text, end, stop) is None:
        return None
    reports = _REPORTS.match(text, end, stop) is not None and times is not None
    floor = reports or least or (times is not None and _FLOOR.search(text, end, stop) is not None)
    return (place - 2 * least, end) if floor or _is_bound(text, place, end, anchors) else None


def _is_bound(text: str, place: int, end: int, anchors: Anchors) -> bool:
    """A modal ahead in the sentence, or right behind the period."""
    left = max(anchors.sentence(place, place + 1)[0], place - 110)
    return _BOUND.search(text, left, place) is not None or _BOUND.search(text, end, end + 8) is not None
