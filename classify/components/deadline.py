"""Deadlines in Chinese text: days and months with 前, ends of periods, and periods that run from an event.

Each is read from the sign that makes it a limit: 前 (9月30日前, 每年3月底前, 10日前), 内 (15日内, 年内),
截 (报名截止), 到 or 至 before a year with a target, 延 (延长至).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from classify.components.anchors import Anchors
from classify.components.at_most import longest, on_the_day
from classify.components.closing_day import obliged, of_year, until
from classify.components.event_before import event_before
from classify.components.periods import periods
from classify.components.printed_day import DAY, read_day, read_days
from classify.components.recurring import recurring
from classify.components.relative_day import eve_of, relative_day
from classify.components.state import MOST_FACTS
from classify.components.told_limit import on_days, told_limits

_NO_LIMIT = re.compile(
    r"(?:前|之前|以前)(?:期|提(?![交出供请报])|列(?![出入])|三|[一二三四五]名|述|款|条(?!件)"
    r"|置|沿|景|往|后|述|所述|十|身|来|线|端|瞻|进(?!行)|科|任|一(?:日|年|月|次|工作))"
)
_DATED = re.compile(
    rf"(?:在|于|到|至迟|最迟|不晚于|不迟于|赶在)?(?P<all>{DAY}(?:[（(][^（）()]{{1,6}}[）)])?(?:[上下]午)?(?:下班|\s?\d{{1,2}}(?:时|点|[:：]\d\d)(?:\d\d分)?)?)(?:之|以)?\Z"
)
_MORE_DAYS = re.compile(rf"(?:{DAY}[、，,和及与]\s?){{1,6}}\Z")  # 4月15日、7月15日前: each is a limit
_EACH_DAY = re.compile(DAY)
_JOINTS = frozenset("、，,和及与")
_ROUGH = re.compile(
    r"(?P<all>(?:每(?:年|季度?|月|学期|周|半年|个?季度)(?:度)?|下(?:一)?(?:季度|月|年度?"
    r"|半年)(?:首月)?|次(?:年|月|季度首月)|(?:各|每)?季度(?:首月|终了|结束)?后?"
    r"|本(?:年度?|月)|当(?:年|月)|今年|明年|翌年|年度?|月|上半年|下半年|一季度|二季度|三季度|四季度)?\s?"
    r"(?:(?:第?[一二三四]季度|[上下]半年)(?:末|底)?|\d{1,2}\s?月\s?(?:份|底|末|初|上旬|中旬|\d{1,2}\s?日)?"
    r"|[一二三四五六七八九十]{1,2}月(?:底|末|初|上旬|中旬|份|[一二三四五六七八九十]{1,3}日)?"
    r"|底|末|(?<=月)\d{1,2}日|汛期|十[一二]五[”\"]?末))(?:之|以)?\Z"
)
_AHEAD = re.compile(
    r"(?P<all>(?:(?<=[，。；、\n在于])[^，。；、\n]{1,16})?(?:(?:\d{1,3}|[一二三四五六七八九十两]{1,4})\s?(?P<unit>个?工作日"
    r"|日|天|小时|分钟|个月|周)|半年|半个月))(?:之|以)?\Z"
)
_LED = re.compile(
    r".*(?:(?<![存所现自正实内同仍潜旨])在|(?<![由关对属位用处至大小低高基等便利限鉴终归])于)(?=.{3})"
)
_HEAD = re.compile(  # 第六条 区交通部门应当在: who is bound stands ahead of the limit, not in it
    r"(?!自|从|至迟|最迟)(?:[^，。；：\n]*(?:应当|应该|(?<![适相响对供效反])应|必须|须)[在于](?=.{2})"
    r"|第[^ \u3000第]{1,6}条[ \u3000]*(?=.{2}))"
)
_ASKED = re.compile(
    r"(?:请|应|须|务必|必须|力争|要|确保|限|争取)[^，。；\n]{0,8}\Z|将[于在]?\Z|请(?![示求])[^。；\n]{0,28}，并[于在]?\Z"
)
_STATUS = re.compile(r"(?:截至|截止到|截止|自|从|已于|以来|早在|曾于|还在|远在)\s?\Z")
_PAST = re.compile(
    r"(?:之|以)?[前内末底]?(?!向|报|提|书面|将|到|作出(?!的))(?:(?:被|犯(?!规))|[^，。；\n]{0,14}?(?:作出的|取得的|成立的|出生的|建成的|颁布的|发布的|印发的|已经|批准的|购买的"
    r"|参加工作的|年满|登记的|投产的|施行的|已建|立案的|发生的|存在的|签订的|注册的|形成的|曾)|未[^，。；\n]{1,14}的"
    r"|[^，。；\n]{0,3}(?:领取|申领|核发|颁发|签发|办理|受理|缴纳|享受|开工|竣工|设立|生产|进口|毕业|交付|通过|审定|签署|出厂)的)"
)
_DONE = re.compile(r"(?:已(?:将|于|在|经|由|按|全部|完成)|曾)(?:(?!应当|必须|应[自在于])[^，。；]){0,30}\Z")
_ORDERED = re.compile(
    r"[，,]?[^。；\n]{0,30}?(?:应当|应(?![用急对])|必须|须|都要|要(?![求素点])|务必|力争|确保)"
)
_DUE_BY = re.compile(
    r"(?:全面|基本|全部)?(?:完成|建成|实现|达到|解决)|(?:(?:以|通过|将|向)[^，。；\n]{1,30}?)?(?:反馈|报送|提交|上报|报我|寄送|传真|发送)"
)
_REPORTED = re.compile(r"已|了|共|累计|应邀")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit in a text."""

    start: int
    end: int
    printed: str
    due: date | None
    event: bool = False  # 施工前, 自发布之日起一年内: the words around tell already that something is due


def chinese_deadlines(
    text: str, issued: date | None, in_force: date | None = None, anchors: Anchors | None = None
) -> Iterator[Deadline]:
    """Time limits in their order; `due` is the last day where the text and the day of issue tell it."""
    anchors = anchors or Anchors(text)
    waiting: Deadline | None = None
    found = (_without_head(limit) for limit in _all(text, issued, in_force, anchors))
    for limit in sorted(found, key=lambda one: (one.start, one.end)):
        if waiting is not None and limit.start < waiting.end:
            waiting = _joined(text, waiting, limit)
            continue
        if waiting is not None and _is_limit(text, waiting, issued):
            yield waiting
        waiting = limit
    if waiting is not None and _is_limit(text, waiting, issued):
        yield waiting


def _without_head(limit: Deadline) -> Deadline:
    head = _HEAD.match(limit.printed) if limit.printed[-1:] in "内前" else None
    if head is None:
        return limit
    return replace(limit, start=limit.start + head.end(), printed=limit.printed[head.end() :])


def _joined(text: str, first: Deadline, second: Deadline) -> Deadline:
    """到2027年底 and 2027年底前 are one limit."""
    end = max(first.end, second.end)
    return Deadline(first.start, end, text[first.start : end], second.due or first.due)


def _all(text: str, issued: date | None, in_force: date | None, anchors: Anchors) -> Iterator[Deadline]:
    before = (
        _before(text, place, issued, anchors) or _before_event(text, place, issued, anchors)
        for place in anchors.at("limit")
        if text[place] == "前"
    )
    for limit in islice((limit for limit in before if limit is not None), MOST_FACTS):
        listed = text[limit.start - 1 : limit.start] in _JOINTS
        yield from _days_ahead(text, limit, issued) if listed else (limit,)
    for start, end, due in islice(periods(text, issued, in_force, anchors), MOST_FACTS):
        yield Deadline(start, end, text[start:end], due, True)
    for start, end, due in islice(told_limits(text, issued, anchors), MOST_FACTS):
        yield Deadline(start, end, text[start:end], due)
    for start, end, due in islice(on_days(text, issued, anchors), MOST_FACTS):
        yield Deadline(start, end, text[start:end], due, True)
    other = (
        of_year(text, place, issued, anchors) if text[place] == "年" else until(text, place, issued)
        for place in anchors.at("until")
    )
    plain = (*longest(text, anchors), *on_the_day(text), *recurring(text, anchors))
    for start, end in islice(plain, MOST_FACTS):
        yield Deadline(start, end, text[start:end], None)
    for closing in islice((one for one in other if one is not None), MOST_FACTS):
        yield Deadline(closing[0], closing[1], text[closing[0] : closing[1]], closing[2])


def _before(text: str, place: int, issued: date | None, anchors: Anchors) -> Deadline | None:
    """The limit that 前 at place closes."""
    sign = text[place - 1 : place]
    stem = place - 1 if sign in "之以" else place
    if sign not in "之以日底末旬月年初度期时点0天分钟周班）)午" and not sign.isdigit():
        return None
    if _NO_LIMIT.match(text, stem):
        return None
    low = max(0, stem - 32)
    window = text[low:stem]
    for pattern in (_DATED, _ROUGH, _AHEAD):
        found = pattern.search(window)
        if found is None:
            continue
        if pattern is _AHEAD and not obliged(text, place, anchors):
            return None
        start, due = low + found.start("all"), None
        if pattern is _AHEAD and (led := _LED.match(found["all"])) is not None:
            start += led.end()
        if pattern is _DATED:
            due = read_day(found["all"], issued, text, start)
        elif pattern is _ROUGH:
            due = relative_day(found["all"].strip(), issued, text, start)
        return Deadline(start, place + 1, text[start : place + 1], due)
    return None


def _days_ahead(text: str, last: Deadline, issued: date | None) -> Iterator[Deadline]:
    """The days of a list with its last one, which closes with 前."""
    low = max(0, last.start - 60)
    found = _MORE_DAYS.search(text[low : last.start])
    if found is None:
        yield last
        return
    listed = list(_EACH_DAY.finditer(text, low + found.start(), last.start))
    due = list(read_days((*(one.group() for one in listed), last.printed), issued))
    for one, day in zip(listed, due[:-1], strict=True):
        yield Deadline(one.start(), one.end(), one.group(), day)
    yield replace(last, due=due[-1])


def _before_event(text: str, place: int, issued: date | None, anchors: Anchors) -> Deadline | None:
    """施工前 and 作出决定前, where something has to be done by then."""
    found = event_before(text, place, anchors)
    if found is None:
        return None
    printed = text[found[0] : found[1]]
    return Deadline(*found, printed, eve_of(printed.rstrip("之前"), issued), True)


def _is_limit(text: str, limit: Deadline, issued: date | None) -> bool:
    """Not a status, not a condition on the past, not a day before the document itself."""
    before = text[max(0, limit.start - 4) : limit.start]
    clause = text[max(0, limit.start - 34) : limit.start]
    if _STATUS.search(before) or _DONE.search(clause):
        return False
    if limit.printed.endswith("前") and not limit.event and _PAST.match(text, limit.end, limit.end + 44):
        return False
    bygone = limit.due is not None and issued is not None and limit.due < issued and not limit.event
    return not bygone or _ASKED.search(clause) is not None or _orders(text, limit.start, limit.end)


def _orders(text: str, start: int, end: int) -> bool:
    """What has to be reached by a day before that of the page: an old paper, or a target it quotes."""
    ordered = _ORDERED.match(text, end, end + 60)
    if ordered is None and text[start - 1 : start] in ("于", "在"):
        ordered = _DUE_BY.match(text, end, end + 60)
        if ordered is not None and _REPORTED.search(text, end, end + 30):
            return False
    return ordered is not None and _REPORTED.search(ordered.group()) is None
