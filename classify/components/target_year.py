"""Years by which something is to be reached, named without 到 or 前: 2028年建成, 应在2019年基本完成.

A year before that of issue is history; in the year of issue 底 or a word of will (应, 力争) stands with it.
"""

from __future__ import annotations

import re
from datetime import date

from classify.components.printed_day import read_day

_REACHED = re.compile(
    r"(?P<all>(?P<y>20\d\d)\s?年(?:\s?\d{1,2}\s?月|(?P<half>[上下]半年|第?[一二三四1-4]季度))?(?P<part>底|末)?)[，,]?(?P<will>(?:将|要|应|须|力争|确保|如期|争取)?)"
    r"(?:分别|基本|全面|全部|初步|率先|如期){0,2}(?:完成|实现|建成|达到|达\d|建立|形成|出台|淘汰|退出|消除|启动)"
)
_AIMED = re.compile(  # 2028年新建住宅节能标准执行率达到90%: how far something has come by the year
    r"(?P<all>(?P<y>20\d\d)\s?年(?P<part>底|末)?)(?:[、和及]20\d\d\s?年)?(?P<half>)(?P<will>)(?![度月\d])[，,]?"
    r"[^，,。；;\n（）]{2,36}?(?:分别)?(?:达到|达\s?\d|提[高升][到至]|[降减][低少]?[到至]|下降(?:[到至]|\d)|控制在|增加到|突破\s?\d|稳定在|不低于|接近|实现|全面建成|基本建成)"
)
_BORDER = frozenset("，。；：\n、,;:)）”")
_YEAR_AND = re.compile(r"(?:\A|[，。；：\n、,;:)）”])20\d\d\s?年[和及]\Z")
_SEEN = re.compile(r"预测|预计|预估|测算|水平年|方案|(?<!占)比(?![例重率])|较|相当于|为了?实现|约为")
_RUNS = frozenset("至到—-–~、从自离")
_WILL = re.compile(r"应|须|要|请|力争|确保|拟|计划|将|争取")
_FORETOLD = re.compile(r"预计[^，。；]{0,6}\Z|(?:将|预定|定)[于在]\s?\Z")  # 评估将于2030年启动 announces
_BEGINS = ("启动", "出台")
_TOLD = re.compile(r"已|了|共(?![同建])|累计")
_WORK = re.compile(
    r"(?:再用|[利]?用|经过|花)\s?(?:[\d０-９一二三四五六七八九十两]{1,2}\s?[-~～—至到]\s?)?[\d０-９一二三四五六七八九十两]{1,2}\s?\Z"
)
_TIME = re.compile(r"(?:左右|多)?的?时间|的?努力")


def target_year(text: str, place: int, issued: date | None) -> tuple[int, int, date] | None:
    """(start, end, last day) of the year with 年 at place; None where nothing is to be reached by then."""
    found = _REACHED.match(text, place - 4, place + 24) or _aimed(text, place, issued)
    if found is None or text[max(0, place - 5) : place - 4] in _RUNS or issued is None:
        return None
    due = read_day(found["all"], issued)
    ahead = text[max(0, place - 16) : place - 4]
    if found.group().endswith(_BEGINS) and not found["part"] and _FORETOLD.search(ahead):
        return None
    same_year = int(found["y"]) == issued.year
    if same_year and not (found["part"] or found["half"] or found["will"] or _WILL.search(ahead)):
        return None
    if due is None or due < issued or _TOLD.search(text, place + 1, place + 40) or "已" in ahead:
        return None
    return place - 4, place - 4 + len(found["all"]), due


def _aimed(text: str, place: int, issued: date | None) -> re.Match[str] | None:
    """A target of a coming year that opens its clause; forecasts and design years are none."""
    if (
        issued is None
        or not text[place - 4 : place].isdecimal()
        or int(text[place - 4 : place]) <= issued.year
    ):
        return None
    ahead = text[place - 5 : place - 4]
    listed = _YEAR_AND.search(text, max(0, place - 13), place - 4) is not None
    if ahead and ahead not in _BORDER and not listed:
        return None
    found = _AIMED.match(text, place - 4, place + 70)
    if found is None or _SEEN.search(text, max(0, place - 12), found.end()):
        return None
    return found


def years_of_work(text: str, place: int) -> tuple[int, int] | None:
    """用３～５年时间: the years in which something is to be reached, with 年 at place."""
    behind = _TIME.match(text, place + 1, place + 8)
    ahead = _WORK.search(text, max(0, place - 10), place) if behind is not None else None
    return (ahead.start(), behind.end()) if ahead is not None and behind is not None else None
