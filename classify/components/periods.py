"""Periods within which something has to be done: 自收到通知之日起15日内, 公开后5个工作日内, 24小时内.

A last day is known where the period runs from the paper's own issue or force. Working days are counted by the
State Council's calendar of each year; where that of a year on the way is not known the words stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from classify.components.anchors import Anchors
from classify.components.chinese_integer import chinese_integer
from classify.components.dates import after, end_of

_COUNT = re.compile(
    r"(?:(?<!\d)(?:\d{1,2}|[一二三四五六七八九十两]{1,3})\s?[-~～—至到]\s?)?(?P<n>\d{1,3}|[一二三四五六七八九十两]{1,4}|半|数)\s?(?P<unit>个?工作日|个?法定工作日|个月|日|天|年|小时|周|个?星期|分钟|月|个?自然日)(?:之|以|[（(][^（）()]{1,12}[）)])?\Z"
)
_AHEAD = re.compile(
    r"提前\s?(?:至少|不少于)?\s?(?:(?:\d{1,3}|[一二三四五六七八九十两]{1,4})\s?(?:个?工作日|日|天|小时|个月|周|年)|半年|半个月)"
)
_REACHED = ("建成", "完成", "实现", "达到", "形成", "基本", "全面")
_GIVEN = re.compile(
    r"(?:应当|应|必须|须|责成|责令|(?<!申)请|(?<![主重需])要)(?:[^，。；：\n未不]{0,16}?|[^。；：\n未不]{0,30}，(?:并|且)?)[在于按](?P<all>[^，。；：\n在于未]{0,24}(?:规定|确定|限定|指定|约定|承诺|要求|法定|一定|合理|补缴|整改|搬迁|履行|缴纳|催告|批准|答复|办理|审查|举证)(?:的)?[^，。；：\n在于未]{0,4}?(?<!有效)"
    r"(?:期限|时限|时间)内|[^，。；：\n在于未]{0,8}(?:答辩|举证|整改|申报|申请|报名|缴费|缴款|异议|补正|公示)期(?:间|限)?内)\Z"
)
_STAGE = re.compile(r"(?:答辩|举证|整改|申报|申请|报名|缴费|缴款|异议|补正|公示)期(?:间|限)?\Z")
_BOUND = re.compile(r"应当|应(?![用急对])|必须|须(?!知)|务必|请(?!求)")
_LED = re.compile(
    r".*(?:(?:应当|应该|(?<![适相响对供效反])应(?![当用急对届聘邀付税变]))(?!知道|知悉|发现)|必须|须(?!知)|可以|(?<![许认])可(?![能靠行])"
    r"|(?<![申提报聘邀])请(?![求示])|(?<![主重必需概摘简紧])要(?![求素点件约])|(?<![合兼归吞])并且?(?![购网入轨且]))(?:会同[^，。；：\n在]{1,24}(?=[在于]))?(?:于|在)?(?=.)"
    r"|.*(?:(?<![存所现自正实内同仍潜旨])在|(?<![由关对属位用处至大小低高基等便利限鉴终归])于)(?=.)"
)
_SINCE = re.compile(
    r"(?<![亲各擅私独来])自(?![然来行己主治愿用有贸查备营动费助由建筹信])|(?<![服听])从(?![事业而化属军教])"
)
_COUNTED = re.compile(
    r"(?:第[^ \u3000第]{1,6}[条款项][ \u3000]*|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[\d一二三四五六七八九十]{1,2}[.．、][ \u3000]*|[ \u3000])+"
)
_AFTERWARDS = re.compile(r"内(?:以及|及|和)其后的?\Z")  # 监管期限内及其后的三年内: how long a power lasts
_NOT_DONE = re.compile(
    r"(?:仍|尚|还|均)?(?:未|没有)[^，。；：\n应须]{1,16}的|无人[^，。；\n应须]{1,12}的|无[^，。；\n应须]{2,40}(?:记录|行为|情形)"
)
_UNHEARD = re.compile(
    r"(?:仍|尚|还|均)?未[^，。；\n]{1,16}，(?:视为|视同|即(?!时|刻|向|报))"
)  # 六个月内未售出，视为
_FROM = re.compile(r"(?:之日|次日|当日|之时|即日)?(?:起|后|以后|之后|起算|前)(?:的|，)?\s?\Z")
_EVENT = re.compile(r"(?:自|从|在|于|应当在|应在|收到|接到|受理|公开|本)[^，。；：\n]{0,60}\Z")
_NO_PERIOD = re.compile(
    r"(?:近|最近|过去|每|连续|此前|之前|任职|任期|有效期(?:为|限)?|期限为|同一?年度|累计|未来|今后|聘期|合同期|保修期|保存期|超过|不足|逾期|逾|刑期|缩短[到至]|控制在|禁止其?|(?P<past>前))\s?\Z"
)
_RULE = re.compile(
    r"(?:，|的)?(?:不得|不再|不予|不受理|停止受理|期限的|停止联网|停止营业|停业|停机|停止执行|暂停|可以继续|仍可|继续有效|禁止|免|累计|两次|[二三]次|再次(?!答复|提交|报|审|征求|组织)|多次|有效|连续|曾|可享受|享受|又|因)"
    r"|(?:，|的)?[^，,。；\n]{1,16}不(?:得|再)"
)
_CONDITION = re.compile(r"[^，。；;：\n]{0,40}(?<![目标])的[，。；：]")
_MODAL = re.compile(r"应|须|必须|要|请|可以|由|负责|进行|完成|予以")
_OWN = re.compile(
    r"本(?:通知|通报|意见|计划|方案|办法|规定|公告|通告|决定|函|命令|措施|细则|条例|文件|批复|规划|纪要)"
)
_ISSUED = re.compile(
    r"(?:印发|发布|公布|下发|发文|施行|实施)\Z|(?:收到|接到)"
    + _OWN.pattern
    + r"\Z|^"
    + _OWN.pattern
    + r"\Z|公告\Z"
)
_PLAIN_EVENT = re.compile(
    r"(?:通知|公告|通报|通告|办法|方案|意见|规定|决定)?(?:正式)?(?:印发|发布|公布|下发|发文|施行|实施|公告)"
)
_FORCE = re.compile(r"(?:施行|实施)\Z")
_IN_FORCE = re.compile(
    r"自\s?(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日\s?起\s?(?:正式)?(?:施行|实施|执行|生效)"
)
_THEN = re.compile(r"，[^，。；\n未不的]{1,24}(?:应当|应(?![用急对])|须|必须)")
_RUNNING = re.compile(r"(?<![拟未已])(?:投产|投运|运营|运行|竣工)\Z")  # 项目投产一年内
_HANDS_IN = re.compile(  # 一年内，将处理情况书面报告
    r"，?(?:将|把|向)[^。；\n未不]{2,60}?(?:送|报|提交|提出|反馈|办理|公[布示开])"
)
_TARGET = re.compile(
    r"，?[^。；\n就才]{0,16}?(?:基本|全面|全部|彻底)?(?:消除|建成|实现|达到|完成|达标|建立)(?![的了])"
)
_UNITS = {"小时": None, "分钟": None, "周": "周", "星期": "周", "个星期": "周", "月": "个月"}

Period = tuple[int, int, date | None]  # start, end, last day


def periods(text: str, issued: date | None, in_force: date | None, anchors: Anchors) -> Iterator[Period]:
    """Periods that limit an act, with their starting point where it is said."""
    for place in anchors.at("limit"):
        sign = text[place - 1 : place]
        if text[place] == "内" and sign in "日天月年时周期之以钟限间）)":
            found = _given(text, place) if sign in "限间期" else _period(text, place, issued, in_force)
            if found is not None:
                yield found
    for place in anchors.at("ahead"):
        ahead = _AHEAD.match(text, place) if text[place + 1 : place + 2] == "前" else None
        if ahead is not None:
            yield ahead.start(), ahead.end(), None


def _given(text: str, place: int) -> Period | None:
    """应当在规定的期限内: a limit that another paper or an order sets."""
    if (
        not text.endswith(("期限", "时限", "时间"), 0, place)
        and _STAGE.search(text, max(0, place - 6), place) is None
    ):
        return None
    found = _GIVEN.search(text, max(0, place - 48), place + 1)
    if (
        found is None
        or text[place + 1 : place + 2] in ("不", "未", "没")
        or _CONDITION.match(text, place + 1, place + 49)
    ):
        return None
    return found.start("all"), place + 1, None


def _period(text: str, place: int, issued: date | None, in_force: date | None) -> Period | None:
    low = max(0, place - 24)
    found = _COUNT.search(text[low:place])
    if found is None:
        return None
    first, end = low + found.start(), place + 1
    before = text[max(0, first - 70) : first]
    barred = _NO_PERIOD.search(before)
    if barred is not None and not (barred["past"] and _may_precede(found["unit"], before)):
        return None
    if text[first - 1 : first] in ("第", "每"):
        return None
    if _AFTERWARDS.search(before) and not _has_to_act(text, end):
        return None
    start, event = _starting_point(text, before, first)
    if _is_condition(text, end, start):
        return None
    bare = found["unit"] == "年" and start == first and not text.startswith(_REACHED, end)
    if bare and _RUNNING.search(before):
        return start - 2, end, None
    if bare and not (_MODAL.search(text, max(0, first - 30), first) or _acts(text, end)):
        return None
    return start, end, _last_day(text, found["n"], found["unit"], event, issued, in_force)


def _acts(text: str, end: int) -> bool:
    """Somebody has to act within the years that end here."""
    if _TARGET.match(text, end, end + 30):
        return True
    return _THEN.match(text, end, end + 32) is not None or _HANDS_IN.match(text, end, end + 66) is not None


def _may_precede(unit: str, before: str) -> bool:
    """实施前五日内, 届满前三个月内 are limits; 受理前一年内 looks back."""
    return unit in ("日", "天", "小时", "个工作日", "工作日") or before.endswith(
        ("届满前", "期满前", "到期前", "之日前")
    )


def _starting_point(text: str, before: str, first: int) -> tuple[int, str]:
    """Where 自…之日起 or 在…后 begins, and its event; without one, the count itself."""
    run = _FROM.search(before)
    if run is None:
        return first, ""
    head = before[: run.start()]
    cut = max(head.rfind(sign) for sign in ("，。；：\n" if "之日" in run.group() else "，。；：\n、（ "))
    event = head[cut + 1 :]
    since = list(_SINCE.finditer(event))
    if since:
        at = since[-1].start()
        return first - len(before) + cut + 1 + at, event[at + 1 :]
    led = _LED.match(event) or _COUNTED.match(event)
    skip = led.end() if led is not None and led.end() < len(event) else 0
    if cut < 0 and led is None and not _is_border(text, first - len(before)):
        return first, ""
    return first - len(before) + cut + 1 + skip, event[skip:]


def _is_border(text: str, start: int) -> bool:
    """No word is cut where the place is the first of its clause."""
    return start == 0 or text[start - 1] in "，。；：\n"


def _has_to_act(text: str, end: int) -> bool:
    stop = text.find("。", end, end + 60)
    return _BOUND.search(text, end, stop if stop >= 0 else end + 60) is not None


def _is_condition(text: str, end: int, start: int) -> bool:
    """三个月内未提起诉讼的， 两年内不得再次申请: a condition or how long a rule holds."""
    if _RULE.match(text, end, end + 22) or _NOT_DONE.match(text, end, end + 24):
        return True
    if _UNHEARD.match(text, end, end + 26):
        return True
    said = _CONDITION.match(text, end, end + 48)
    return (
        said is not None
        and not _MODAL.search(said.group())
        and not _MODAL.search(text, max(0, start - 10), start)
    )


def _last_day(
    text: str, count: str, unit: str, event: str, issued: date | None, in_force: date | None
) -> date | None:
    """Counted from issue or from force where the text says that it runs from there."""
    number = chinese_integer(count)
    if count == "半":
        number, unit = (6, "个月") if unit == "年" else (15, "日") if unit in ("个月", "月") else (None, unit)
    unit = _UNITS.get(unit, unit) or ""
    if not number or not _ISSUED.search(event):
        return None
    own = _PLAIN_EVENT.fullmatch(event) is not None or _OWN.search(event) is not None
    if not own:
        return None
    since = (in_force or _force_day(text)) if _FORCE.search(event) else None
    return after(since or issued, number, unit)


@lru_cache(maxsize=1)
def _force_day(text: str) -> date | None:
    """The day the text itself says it takes effect, for periods that run from it."""
    said = list(_IN_FORCE.finditer(text))
    return end_of(int(said[-1]["y"]), int(said[-1]["m"]), int(said[-1]["d"])) if said else None
