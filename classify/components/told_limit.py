"""Limits of Chinese texts that neither 前 nor 内 closes: 满五年应, 不迟于月底, 时限：2026年底.

Each hangs on a rare word that is looked up as a plain string, and counts where somebody has to act by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from classify.components.anchors import Anchors
from classify.components.printed_day import DAY, read_day, read_days
from classify.components.relative_day import FIVE_YEARS, relative_day

_HAN = "[一二三四五六七八九十]"
_NUMBER = rf"(?:\d{{1,3}}|{_HAN}{{1,4}})"
_DAYS = rf"{_NUMBER}\s?(?:个?工作日|日|天|个?小时|个月)"
_BOUND = re.compile(r"应当|应(?![用急对])|必须|须(?!知)|务必|请(?!求)|要(?![求素点])")
_FULL = re.compile(
    rf"满\s?{_NUMBER}\s?(?:周?年|个月|日|天)(?:即(?=向|报|由|办|移)|(?:[之以]?后|时)，?[^，。；：\n可不未]{{0,30}}?(?:应当|应(?![用急对])|须|必须)|[^，。；：\n的可不未]{{0,24}}?(?:应当|应(?![用急对])|须|必须))"
)
_RUN = re.compile(
    rf"运[行营]\s?(?:\d{{1,2}}|{_HAN}{{1,2}})(?:[-—~～至](?:\d{{1,2}}|{_HAN}))?年(?:以?后|内)?"
    r"(?=，?[^，。；\n的]{0,8}(?:应|开展))"
)
_LATEST = re.compile(r"不(?:得|应)?[迟晚]于[^，。；：\n]{0,28}[末底初日月年时点分天](?:之?前)?")
_MORE = re.compile(
    rf"延长(?:[^，。；\n\d不至]{{0,8}}?期限)?[至到]?\s?(?P<all>{_DAYS})(?![以之]?[内上]|的|至|期)"
)
_MAY = re.compile(r"(?:可以?|再|适当|最多|经[^，。；]{0,16}批准，?)[^，。；]{0,6}\Z")
_SET = re.compile(
    r"(?:完成|办结|整改|报送|提交|申报|报名|办理|反馈|上报|督办|治理|解决|承诺|法定|审批|处理|答复|截止)(?:的|办结|办理)?[时期][限间](?:为|是|至)?[：:]?\s?"
)
_SET_DAY = re.compile(rf"(?P<all>{DAY})(?!\s?[-—–~～至到]|起)(?:之?前)?")
_NAMED = re.compile(  # 2026年7月底是改造工程完成期限: the day ahead of its word
    rf"(?P<all>{DAY})[，]?(?:是|为)[^，。；\n]{{0,16}}?(?:完成|最后|截止|报送|提交|整改|验收|办结|最终)的?(?:工作)?[期时]\Z"
)
_SET_DAYS = re.compile(rf"[：:为]?\s?(?P<all>{_DAYS})(?![之以]?[内前后]|的)")
_LEAD = re.compile(
    r"(?:办理|办结|审批|审查|处理|答复|完成|承诺|法定|登记|下列|以下|如下)[^。\n]{0,12}[时期]限|之日起"
)
_ITEM = re.compile(
    rf"(?:登记|备案|许可|审批|变更|注销|核准|审查|延续|补发|换发|换证|新办|设立|事项|件)(?:为|：|的|，)?(?P<all>{_NUMBER}\s?个?工作日)(?=[，、；。,;（\n]|$)"
)
_PLAN_END = re.compile(FIVE_YEARS)
_PLAN_TIME = re.compile(
    r"[“\"]?十(?P<plan>[二三四五六七八])五[”\"]?(?:规划)?期间(?=[，,]?[^，。；\n]{0,12}?(?:力争|确保|必须|应当|要(?![求素点件])))"
)
_AIM = re.compile(
    r"[^。；\n]{0,80}?(?:达到|达\d|实现|建成|完成|形成|基本|提高|降低|下降|控制|超过|力争|全面|建立|以上)"
)
_OPEN_FOR = re.compile(
    r"(?:征求意见|公示|报名|申报|申请|受理|投票|填报|缴费|缴款|征集|投稿|参评|提交|报送)的?\Z"
)
_OPEN_TO = re.compile(  # 征求意见时间自11月2日至11月11日: the days on which somebody may still act
    r"(?:时间|期限|日期)(?:为|是|自|从|[：:]){0,2}\s?"
    rf"(?P<since>{DAY})(?:[上下]午)?\s?(?:起?至|到|—|－|-|~|～){{1,2}}\s?(?P<all>{DAY}|{_NUMBER}日)"
)
_ONE_DAY = (
    rf"(?:{DAY}|(?:当年|次年|今年|明年|本年度)?"
    rf"(?:{_NUMBER}\s?月(?:底|末|初|份|{_NUMBER}日)?|年底|年末|年初))"
)
_ON = re.compile(
    rf"[于在]\s?(?P<all>{_ONE_DAY}(?:[、和及与]{_ONE_DAY}){{0,4}})(?:[上下]午)?(?:[，,]?(?:分别|各))?"
    r"(?=(?:将|把)[^。；，\n]{1,50}?(?:报(?!名|告[^送我])|送|提交|反馈|备案)|向[^。；，\n]{1,50}?(?:报|备案|提交|汇报|反馈|公[布示开])"
    r"|报送|上报|提交|反馈|完成|寄送|送达|报我|报省|报市|(?<=[初底末])(?:召开|召集|举行|组织|审议|听取|编制|制定|公[布示开]))"
)
_EACH_DAY = re.compile(_ONE_DAY)
_CLOSE = re.compile(  # 在每个会计年度结束时编制: the end of a period is when it is due
    r"(?<!存)[在于](?P<all>[^，。；：\n在于]{0,12}(?:年度|学年|学期|季度|月度|会计期间)(?:终了|结束)时)(?=[^，。；\n不可]{2,})"
)
_DAY_SIGNS = frozenset("0123456789 一二三四五六七八九十〇○零当次今明本年")
_DAY_LEADS = frozenset("为是自从：:0123456789")
_TOLD_DONE = re.compile("已|曾|了")

Told = tuple[int, int, date | None]  # start, end, last day


def told_limits(text: str, issued: date | None, anchors: Anchors) -> Iterator[Told]:
    """Limits of these kinds, kind by kind."""
    for place in anchors.at("until"):
        sign = text[place]
        found = (
            _latest(text, place)
            if sign in "迟晚"
            else _more(text, place)
            if sign == "延"
            else _set(text, place, issued)
            if sign == "限"
            else None
        )
        if found is not None:
            yield found
    for word in ("结束时", "终了时"):
        yield from _at_the_close(text, word, anchors)
    for word in ("时间", "期限", "日期"):
        yield from _open_to(text, word, issued)
    for word, read in (
        ("满", _full),
        ("运", _run),
        ("工作日", _item),
        ("五”末", _plan_end),
        ('五"末', _plan_end),
        ("五”期间", _plan_time),
        ("五期间", _plan_time),
    ):
        place = text.find(word)
        while place >= 0:
            told = read(text, place, anchors)
            if told is not None:
                yield told[0], told[1], relative_day(text[told[0] : told[1]], issued, text, told[0])
            place = text.find(word, place + len(word))


def _latest(text: str, place: int) -> Told | None:
    found = (
        _LATEST.match(text, text.rfind("不", max(0, place - 2), place))
        if "不" in text[max(0, place - 2) : place]
        else None
    )
    return (found.start(), found.end(), None) if found is not None else None


def _more(text: str, place: int) -> Told | None:
    """经批准可以再延长十日."""
    found = _MORE.match(text, place, place + 40)
    if found is None or _MAY.search(text, max(0, place - 24), place) is None:
        return None
    return found.start(), found.end(), None


def _set(text: str, place: int, issued: date | None) -> Told | None:
    """完成时限：2026年底, 办结时限：20个工作日."""
    for start in range(max(0, place - 6), place - 2):
        led = _SET.match(text, start, place + 5)
        if led is None or led.end() <= place:
            continue
        day = _SET_DAY.match(text, led.end(), led.end() + 24)
        if day is not None:
            return start, day.end(), read_day(day["all"], issued, text, start)
        count = _SET_DAYS.match(text, led.end(), led.end() + 16)
        if count is not None:
            return start, count.end(), None
    named = _NAMED.search(text, max(0, place - 44), place)
    return (*named.span("all"), read_day(named["all"], issued, text, named.start())) if named else None


def _full(text: str, place: int, anchors: Anchors) -> tuple[int, int] | None:
    """项目验收后满五年应组织评价."""
    found = _FULL.match(text, place, place + 60)
    if found is None or text[place - 1 : place] in ("未", "不", "年", "期", "届", "已"):
        return None
    left = max(anchors.clause(place)[0], place - 24)
    since = max(text.rfind(sign, left, place) for sign in "自从")
    start = since if since >= 0 else left if place - left <= 16 else place
    while text[start] in " \u3000":
        start += 1
    stop = re.search(r"年|个月|日|天", found.group())
    end = place + stop.end() if stop is not None else found.end()
    return start, end + (text[end : end + 1] in ("后", "时"))


def _run(text: str, place: int, _anchors: Anchors) -> tuple[int, int] | None:
    """验收后运行5年，应开展后评价."""
    found = _RUN.match(text, place, place + 26)
    return found.span() if found is not None else None


def _item(text: str, place: int, _anchors: Anchors) -> tuple[int, int] | None:
    """设立登记十五个工作日，变更登记十个工作日 under one lead."""
    for start in range(max(0, place - 9), place - 2):
        found = _ITEM.match(text, start, place + 4)
        if found is not None:
            low = max(0, start - 120, text.rfind("。", max(0, start - 120), start) + 1)
            return found.span("all") if _LEAD.search(text, low, start) is not None else None
    return None


def _plan_end(text: str, place: int, _anchors: Anchors) -> tuple[int, int] | None:
    """“十四五”末 with what is to be reached."""
    start = max(0, place - 3)
    found = _PLAN_END.search(text, start, place + 4)
    if found is None or text[found.start() - 1 : found.start()] in ("较", "比", "与", "在", "和"):
        return None
    return found.span() if _AIM.match(text, found.end(), found.end() + 100) else None


def _plan_time(text: str, place: int, _anchors: Anchors) -> tuple[int, int] | None:
    """“十四五”期间要培养一百名教师."""
    found = _PLAN_TIME.search(text, max(0, place - 3), place + 24)
    return found.span() if found is not None and found.start() <= place else None


def on_days(text: str, issued: date | None, anchors: Anchors) -> Iterator[Told]:
    """请于2026年6月30日报送, 应当于六月和年底分别向…备案: the days themselves, on which something is due."""
    place = text.find("于")
    while place >= 0:
        found = _ON.match(text, place, place + 120) if text[place + 1 : place + 2] in _DAY_SIGNS else None
        if found is not None and _asked(text, place, anchors):
            listed = list(_EACH_DAY.finditer(text, *found.span("all")))
            for one, due in zip(listed, read_days((one.group() for one in listed), issued), strict=True):
                yield *one.span(), due
        place = text.find("于", place + 1)


def _open_to(text: str, word: str, issued: date | None) -> Iterator[Told]:
    """公示时间为2026年3月1日至3月10日: the last of the days is the limit."""
    place = text.find(word)
    while place >= 0:
        found = _OPEN_TO.match(text, place, place + 60) if text[place + 2 : place + 3] in _DAY_LEADS else None
        led = _OPEN_FOR.search(text, max(0, place - 5), place) if found is not None else None
        if found is not None and led is not None:
            month = found["since"].partition("月")[0] + "月" if "月" not in found["all"] else ""
            last = tuple(read_days((found["since"], month + found["all"]), issued))[1]
            yield led.start(), found.end(), last
        place = text.find(word, place + 1)


def _at_the_close(text: str, word: str, anchors: Anchors) -> Iterator[Told]:
    """应当在每学期结束时公布: the end of a period, where somebody is bound."""
    place = text.find(word)
    while place >= 0:
        found = _CLOSE.search(text, max(0, place - 18), place + 30)
        if found is not None and found.end() == place + 3 and _asked(text, found.start(), anchors):
            yield *found.span("all"), None
        place = text.find(word, place + 3)


def _asked(text: str, place: int, anchors: Anchors) -> bool:
    """Something is asked for in the sentence ahead, and nothing is told there as done."""
    left = max(anchors.sentence(place, place + 1)[0], place - 110)
    told = _TOLD_DONE.search(text, max(left, place - 12), place)
    return told is None and _BOUND.search(text, left, place) is not None
