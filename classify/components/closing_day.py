"""Years and days that close something in Chinese text: 年内完成, 到2027年底, 报名截止6月8日, 延长至….

Until when a paper or a certificate holds (有效期截止2006年12月31日) is its expiry and no limit to act.
"""

from __future__ import annotations

import re
from datetime import date

from classify.components.anchors import Anchors
from classify.components.dates import end_of
from classify.components.printed_day import DAY, read_day
from classify.components.target_year import target_year, years_of_work

_BY_YEAR = re.compile(
    r"(?:到|至)[“\"]?(?:(?P<y>20\d\d)\s?年(?:\s?(?P<m>\d{1,2})\s?月)?(?P<part>底|末)?(?:\s?\d{1,2}\s?日)?|[“\"]?十[三四五六七八]五[”\"]?末"
    r"|本世纪(?:中叶|末))(?!前|之前|以前|[”\"])"
)
_TARGET = re.compile(
    r"[^。；\n]{0,160}?(?:达到|达\d|实现|建成|完成|形成|基本|提高|降低|下降|不低于|不超过"
    r"|控制|超过|力争|全面|建立|增加|取得|以上|健全|具备|普及|消除|接近|取消|淘汰|退出|降至|减少)"
)
_RANGE = re.compile(r"年[^，。；]{0,5}\Z")
_CLOSING = re.compile(
    rf"(?:截止(?:时间|日期)?(?:为|是|到|至|于)?|截至时间为?|(?<!有效)期限(?:延长)?至|(?<!有效期)延长?至|延期至|(?:不晚于|不迟于|至迟|最迟)于?)[：:]?\s?(?P<all>{DAY}(?:\s?\d{{1,2}}(?:时|点|[:：]\d\d))?)"
)
_FORCE = re.compile(  # 有效期截止2006年12月31日 tells until when a paper holds, which is its expiry
    r"(?:有效|执行|施行|试行|实施|适用|试点|保质|任)期(?!间)[^。；\n]{0,16}\Z"
)
_CLOSES = re.compile(rf"(?P<all>{DAY}\s?(?:[上下]午)?(?:\d{{1,2}}(?:时|点|[:：]\d\d))?)(?:截止|关闭)\Z")
_IN_YEAR = re.compile(
    r"(?P<all>(?:(?<!\d)20\d\d\s?年|(?<!\d)(?:今年|本年度|当年|年|本月|当日|当天|次日|月底"
    r"|年底)))(?:之|以)?\Z"
)
_OBLIGED = re.compile(
    r"应|须|必|不得|要|请|由|完成|报送|上报|提交|通知|公告|公布|公示|告知|报告|提出|送达|书面"
    r"|提前|催告|办理|申请|备案|报|送|发布|确保|力争|组织|开展|将|建成|落实"
)

Closing = tuple[int, int, date | None]  # start, end, last day


def of_year(text: str, place: int, issued: date | None, anchors: Anchors) -> Closing | None:
    """年内完成, 2026年内: the year is the limit."""
    if text[place + 1 : place + 2] != "内":
        target = target_year(text, place, issued) if text[place - 4 : place - 2] == "20" else None
        if target is not None:
            return target
        work = years_of_work(text, place) if text[place + 1 : place + 2] in ("时", "左", "的", "多") else None
        return (*work, None) if work is not None and obliged(text, place, anchors) else None
    if place and text[place - 1] in "一二三四五六七八九十两数几近半":
        return None
    if text[place + 2 : place + 3] in ("蒙", "容", "部", "外", "需", "陆", "涵"):  # 2026年内蒙古
        return None
    found = _IN_YEAR.search(text[max(0, place - 8) : place + 1])
    if found is None or not obliged(text, place, anchors):
        return None
    start = place + 1 - len(found["all"])
    year = int(found["all"][:4]) if found["all"][:2] == "20" else issued.year if issued else None
    return start, place + 2, end_of(year) if year else None


def until(text: str, place: int, issued: date | None) -> Closing | None:
    """到2027年底 with what is to be reached, 报名截止6月8日, 延长至…, 6月6日18时关闭."""
    if text[place] == "到":
        found = _BY_YEAR.match(text, place)
        if found is None or _RANGE.search(text[max(0, place - 10) : place]):
            return None
        if text[found.end() : found.end() + 1] not in ("，", ",") and not _TARGET.match(text, found.end()):
            return None
        due = read_day(found.group().lstrip('到至“"'), issued) if found["y"] else None
        return place, found.end(), due
    low = max(0, place - 2)
    found = _CLOSING.search(text, low, place + 40) if text[place] != "闭" else None
    if found is None and text[place] in "截闭":
        before, end = max(0, place - 28), place + (2 if text[place] == "截" else 1)
        closes = _CLOSES.search(text[before:end])
        if closes is None or _FORCE.search(text, before, before + closes.start()):
            return None
        start = before + closes.start()
        return start, end, read_day(closes["all"], issued, text, start)
    if found is None or _FORCE.search(text, max(0, found.start() - 24), found.start()):
        return None
    due = read_day(found["all"], issued, text, found.start("all"))
    return found.start(), found.end(), due


def obliged(text: str, place: int, anchors: Anchors) -> bool:
    left, right = anchors.sentence(place, place + 1)
    return _OBLIGED.search(text, max(left, place - 60), min(right, place + 60)) is not None
