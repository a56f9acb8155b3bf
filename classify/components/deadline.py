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
from classify.components.dates import end_of
from classify.components.event_before import event_before
from classify.components.periods import longest, on_the_day, periods
from classify.components.printed_day import DAY, read_day
from classify.components.relative_day import eve_of, relative_day
from classify.components.state import MOST_FACTS
from classify.components.target_year import target_year, years_of_work
from classify.components.told_limit import told_limits

_NO_LIMIT = re.compile(
    r"(?:前|之前|以前)(?:期|提(?![交出供请报])|列(?![出入])|三|[一二三四五]名|述|款|条(?!件)"
    r"|置|沿|景|往|后|述|所述|十|身|来|线|端|瞻|进|科|任|一(?:日|年|月|次|工作))"
)
_DATED = re.compile(
    rf"(?:在|于|到|至迟|最迟|不晚于|不迟于|赶在)?(?P<all>{DAY}(?:[（(][^（）()]{{1,6}}[）)])?(?:[上下]午)?(?:下班|\s?\d{{1,2}}(?:时|点|[:：]\d\d)(?:\d\d分)?)?)(?:之|以)?\Z"
)
_ROUGH = re.compile(
    r"(?P<all>(?:每(?:年|季度?|月|学期|周|半年|个?季度)(?:度)?|下(?:一)?(?:季度|月|年度?"
    r"|半年)(?:首月)?|次(?:年|月|季度首月)|(?:各|每)?季度(?:首月|终了|结束)?后?"
    r"|本(?:年度?|月)|当(?:年|月)|今年|明年|翌年|年度?|月|上半年|下半年|一季度|二季度|三季度|四季度)?\s?"
    r"(?:(?:第?[一二三四]季度|[上下]半年)(?:末|底)?|\d{1,2}\s?月\s?(?:份|底|末|初|上旬|中旬|\d{1,2}\s?日)?"
    r"|[一二三四五六七八九十]{1,2}月(?:底|末|初|上旬|中旬|份|[一二三四五六七八九十]{1,3}日)?"
    r"|底|末|(?<=月)\d{1,2}日|汛期|十[一二]五[”\"]?末))(?:之|以)?\Z"
)
_AHEAD = re.compile(
    r"(?P<all>(?:(?<=[，。；、\n在于])[^，。；、\n]{1,16})?(?:\d{1,3}|[一二三四五六七八九十]{1,4})\s?(?P<unit>个?工作日"
    r"|日|天|小时|个月|周))(?:之|以)?\Z"
)
_LED = re.compile(
    r".*(?:(?<![存所现自正实内同仍潜旨])在|(?<![由关对属位用处至大小低高基等便利限鉴终归])于)(?=.{3})"
)
_HEAD = re.compile(  # 第六条 区交通部门应当在: who is bound stands ahead of the limit, not in it
    r"(?!自|从|至迟|最迟)(?:[^，。；：\n]*(?:应当|应该|(?<![适相响对供效反])应|必须|须)[在于](?=.{2})"
    r"|第[^ \u3000第]{1,6}条[ \u3000]*(?=.{2}))"
)
_BY_YEAR = re.compile(
    r"(?:到|至)[“\"]?(?:(?P<y>20\d\d)\s?年(?:\s?(?P<m>\d{1,2})\s?月)?(?P<part>底|末)?(?:\s?\d{1,2}\s?日)?|[“\"]?十[三四五六七八]五[”\"]?末"
    r"|本世纪(?:中叶|末))(?!前|之前|以前|[”\"])"
)
_TARGET = re.compile(
    r"[^。；\n]{0,160}?(?:达到|达\d|实现|建成|完成|形成|基本|提高|降低|下降|不低于|不超过"
    r"|控制|超过|力争|全面|建立|增加|取得|以上|健全|具备|普及|消除)"
)
_RANGE = re.compile(r"年[^，。；]{0,5}\Z")
_ASKED = re.compile(r"(?:请|应|须|务必|必须|力争|要|确保|限|争取)[^，。；\n]{0,8}\Z|将[于在]?\Z")
_CLOSING = re.compile(
    rf"(?:截止(?:时间|日期)?(?:为|是|到|至|于)?|截至时间为?|(?<!有效)期限(?:延长)?至|(?<!有效期)延长?至|延期至|(?:不晚于|不迟于|至迟|最迟)于?)[：:]?\s?(?P<all>{DAY}(?:\s?\d{{1,2}}(?:时|点|[:：]\d\d))?)"
)
_CLOSES = re.compile(rf"(?P<all>{DAY}\s?(?:[上下]午)?(?:\d{{1,2}}(?:时|点|[:：]\d\d))?)(?:截止|关闭)\Z")
_IN_YEAR = re.compile(
    r"(?P<all>(?:(?<!\d)20\d\d\s?年|(?<!\d)(?:今年|本年度|当年|年|本月|当日|当天|次日|月底"
    r"|年底)))(?:之|以)?\Z"
)
_STATUS = re.compile(r"(?:截至|截止到|截止|自|从|已于|以来|早在|曾于|还在|远在)\s?\Z")
_PAST = re.compile(
    r"(?:之|以)?[前内末底]?(?:[^，。；\n]{0,14}?(?:作出的|取得的|成立的|出生的|建成的|颁布的|发布的|印发的|已经|批准的|购买的"
    r"|参加工作的|年满|登记的|投产的|施行的|已建|立案的|发生的|存在的|签订的|注册的|形成的|曾)|未[^，。；\n]{1,14}的"
    r"|[^，。；\n]{0,3}(?:领取|申领|核发|颁发|签发|办理|受理|缴纳|享受|开工|竣工|设立|生产|进口|毕业|交付|通过|审定|签署|出厂)的)"
)
_DONE = re.compile(r"(?:已(?:将|于|在|经|由|按|全部|完成)|曾)[^，。；]{0,30}\Z")
_ORDERED = re.compile(
    r"[，,]?[^。；\n]{0,30}?(?:应当|应(?![用急对])|必须|须|都要|要(?![求素点])|务必|力争|确保)"
)
_DUE_BY = re.compile(r"(?:全面|基本|全部)?(?:完成|建成|实现|达到)")
_REPORTED = re.compile(r"已|了|共|累计|应邀")
_OBLIGED = re.compile(
    r"应|须|必|不得|要|请|完成|报送|上报|提交|通知|公告|公布|公示|告知|报告|提出|送达|书面"
    r"|提前|催告|办理|申请|备案|报|送|发布|确保|力争|组织|开展|将|建成|落实"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit in a text."""

    start: int
    end: int
    printed: str
    due: date | None
    event: bool = False  # 施工前: the words around tell already that something is due


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
    yield from islice((limit for limit in before if limit is not None), MOST_FACTS)
    for read in (periods(text, issued, in_force, anchors), told_limits(text, issued, anchors)):
        for start, end, due in islice(read, MOST_FACTS):
            yield Deadline(start, end, text[start:end], due)
    other = (
        _of_year(text, place, issued, anchors) if text[place] == "年" else _until(text, place, issued)
        for place in anchors.at("until")
    )
    for start, end in islice((*longest(text, anchors), *on_the_day(text)), MOST_FACTS):
        yield Deadline(start, end, text[start:end], None)
    yield from islice((limit for limit in other if limit is not None), MOST_FACTS)


def _before(text: str, place: int, issued: date | None, anchors: Anchors) -> Deadline | None:
    """The limit that 前 at place closes."""
    sign = text[place - 1 : place]
    stem = place - 1 if sign in "之以" else place
    if sign not in "之以日底末旬月年初度期时点0天分班）)午" and not sign.isdigit():
        return None
    if _NO_LIMIT.match(text, stem):
        return None
    low = max(0, stem - 32)
    window = text[low:stem]
    for pattern in (_DATED, _ROUGH, _AHEAD):
        found = pattern.search(window)
        if found is None:
            continue
        if pattern is _AHEAD and not _obliged(text, place, anchors):
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


def _before_event(text: str, place: int, issued: date | None, anchors: Anchors) -> Deadline | None:
    """施工前 and 作出决定前, where something has to be done by then."""
    found = event_before(text, place, anchors)
    if found is None:
        return None
    printed = text[found[0] : found[1]]
    return Deadline(*found, printed, eve_of(printed.rstrip("之前"), issued), True)


def _of_year(text: str, place: int, issued: date | None, anchors: Anchors) -> Deadline | None:
    """年内完成, 2026年内: the year is the limit."""
    if text[place + 1 : place + 2] != "内":
        target = target_year(text, place, issued) if text[place - 4 : place - 2] == "20" else None
        if target is not None:
            return Deadline(target[0], target[1], text[target[0] : target[1]], target[2])
        work = years_of_work(text, place) if text[place + 1 : place + 2] in ("时", "左", "的", "多") else None
        return (
            Deadline(*work, text[work[0] : work[1]], None)
            if work is not None and _obliged(text, place, anchors)
            else None
        )
    if place and text[place - 1] in "一二三四五六七八九十两数几近半":
        return None
    if text[place + 2 : place + 3] in ("蒙", "容", "部", "外", "需", "陆", "涵"):  # 2026年内蒙古
        return None
    found = _IN_YEAR.search(text[max(0, place - 8) : place + 1])
    if found is None or not _obliged(text, place, anchors):
        return None
    start = place + 1 - len(found["all"])
    year = int(found["all"][:4]) if found["all"][:2] == "20" else issued.year if issued else None
    return Deadline(start, place + 2, text[start : place + 2], end_of(year) if year else None)


def _until(text: str, place: int, issued: date | None) -> Deadline | None:
    """到2027年底 with what is to be reached, 报名截止6月8日, 延长至…, 6月6日18时关闭."""
    if text[place] == "到":
        found = _BY_YEAR.match(text, place)
        if found is None or _RANGE.search(text[max(0, place - 10) : place]):
            return None
        if text[found.end() : found.end() + 1] not in ("，", ",") and not _TARGET.match(text, found.end()):
            return None
        due = read_day(found.group().lstrip('到至“"'), issued) if found["y"] else None
        return Deadline(place, found.end(), found.group(), due)
    low = max(0, place - 2)
    found = _CLOSING.search(text, low, place + 40) if text[place] != "闭" else None
    if found is None and text[place] in "截闭":
        before, end = max(0, place - 28), place + (2 if text[place] == "截" else 1)
        closes = _CLOSES.search(text[before:end])
        if closes is None:
            return None
        start = before + closes.start()
        return Deadline(start, end, text[start:end], read_day(closes["all"], issued, text, start))
    if found is None or text.endswith(("有效期", "有效期限"), 0, found.start()):
        return None
    due = read_day(found["all"], issued, text, found.start("all"))
    return Deadline(found.start(), found.end(), found.group(), due)


def _obliged(text: str, place: int, anchors: Anchors) -> bool:
    left, right = anchors.sentence(place, place + 1)
    return _OBLIGED.search(text, max(left, place - 60), min(right, place + 60)) is not None


def _is_limit(text: str, limit: Deadline, issued: date | None) -> bool:
    """Not a status, not a condition on the past, not a day before the document itself."""
    before = text[max(0, limit.start - 4) : limit.start]
    clause = text[max(0, limit.start - 34) : limit.start]
    if _STATUS.search(before) or _DONE.search(clause):
        return False
    if limit.printed.endswith("前") and not limit.event and _PAST.match(text, limit.end, limit.end + 44):
        return False
    bygone = limit.due is not None and issued is not None and limit.due < issued
    return not bygone or _ASKED.search(clause) is not None or _orders(text, limit.start, limit.end)


def _orders(text: str, start: int, end: int) -> bool:
    """What has to be reached by a day before that of the page: an old paper, or a target it quotes."""
    ordered = _ORDERED.match(text, end, end + 60)
    if ordered is None and text[start - 1 : start] in ("于", "在"):
        ordered = _DUE_BY.match(text, end, end + 60)
        if ordered is not None and _REPORTED.search(text, end, end + 30):
            return False
    return ordered is not None and _REPORTED.search(ordered.group()) is None
