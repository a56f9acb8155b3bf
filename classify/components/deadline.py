"""Deadlines in Chinese text: with a year, without one, relative to the issue or the force of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from classify.components.dates import after, end_of
from classify.components.number import chinese_integer
from classify.components.sentence import sentence_bounds

_BEFORE = r"(?:之前|以前|前)(?!期|提(?![交出供请报])|列(?![出入])|三|述|款|条(?!件)|置|沿|景|往|后)"
_DATED = re.compile(
    r"(?P<y>20\d\d)\s?年\s?(?:(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日|(?P<part>底|末|中旬|上旬|初))?|(?P<end>底|末))?"
    r"\s?(?:\d{1,2}时)?" + _BEFORE
)
_BY_YEAR = re.compile(r"到\s?(?P<y>20\d\d)\s?年(?:底|末)?(?=[，,])")
_YEARLESS = re.compile(
    r"(?<![年\d])(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日|(?P<part>底|末|中旬|上旬))" + _BEFORE
)
_NEXT_YEAR = re.compile(
    r"(?:次年|明年|翌年)\s?(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日|(?P<part>底|末|中旬|上旬))" + _BEFORE
)
_CLOSING = re.compile(
    r"(?:(?:报名|申报|投稿|征集|受理|申请|提交|报送|反馈|填报)(?:时间)?截止(?:到|至|于)?|截止(?:时间|日期)(?:为|是|到|至|[：:])?|期限(?:延长)?至|延长?至"
    r"|延期至)\s?(?:(?P<y>20\d\d)\s?年)?\s?(?P<m>\d{1,2})\s?月\s?(?:(?P<d>\d{1,2})\s?日|(?P<part>底|末))"
)
_CLOSES = re.compile(
    r"(?:(?P<y>20\d\d)\s?年)?(?<![\d年])(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日\s?(?:[上下]午)?(?:\d{1,2}(?:时|点|[:：]\d\d))?(?:截止|关闭)"
)
_CLOSE_WORDS = ("截止", "日关闭", "时关闭", "期限至", "延至", "延长至", "延期至", "期限延长至")
_YEAR_END = re.compile(r"(?<![\d每])(?:今年|本年|当年|年)底" + _BEFORE)
_COUNT = (
    r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,4})\s?(?P<unit>个工作日|工作日|个月|日|天|年)(?:之内|以内|内)"
)
_PERIOD = re.compile(r"之日(?:起|后)\s?" + _COUNT)
_AFTER = re.compile(r"(?<=[发布收到行])后\s?" + _COUNT)
_STATUS = re.compile(r"(?:截至|截止到|截止|自|从|已于|以来)\s?$")
_PAST = re.compile(
    r"[^，。；\n]{0,14}?(?:作出的|取得的|成立的|出生的|建成的|颁布的|发布的|印发的|已经|批准的|购买的|参加工作的)"
)
_OWN = r"本(?:通知|通报|意见|计划|方案|办法|规定|公告|通告|决定|函|命令|措施|细则|条例|文件|批复|规划|纪要)"
_ISSUED = re.compile(
    r"(?:印发|发布|公布|下发|发文|施行|实施)$|(?:收到|接到)" + _OWN + "$|^" + _OWN + "$|公告$"
)
_FORCE = re.compile(r"(?:施行|实施)$")
_IN_FORCE = re.compile(
    r"自\s?(?P<y>20\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日\s?起\s?(?:正式)?(?:施行|实施|执行|生效)"
)
_DONE = re.compile(r"已(?:将|于|在|经|由|按|全部|完成)[^，。；]{0,30}$")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit in a text."""

    start: int
    end: int
    printed: str
    due: date | None


def chinese_deadlines(text: str, issued: date | None, in_force: date | None = None) -> Iterator[Deadline]:
    """Deadlines with a year, without one (the next such day after issue) and relative to issue or force."""
    for limit in _dated(text, issued):
        if _is_duty(text, limit, issued):
            yield limit
    for found in _YEAR_END.finditer(text):
        yield _deadline(found, end_of(issued.year) if issued else None)
    for found in _PERIOD.finditer(text):
        yield _period(text, found, issued, in_force)
    for found in _AFTER.finditer(text):
        limit = _period(text, found, issued, in_force)
        if limit.due is not None:
            yield limit


def _dated(text: str, issued: date | None) -> Iterator[Deadline]:
    for found in _DATED.finditer(text):
        yield _deadline(found, end_of(int(found["y"]), _int(found["m"]), _int(found["d"]), found["part"]))
    for found in _BY_YEAR.finditer(text):
        yield _deadline(found, end_of(int(found["y"])))
    for found in _YEARLESS.finditer(text):
        if not text[max(0, found.start() - 2) : found.start()].endswith(
            ("每年", "每", "次年", "明年", "翌年")
        ):
            yield _deadline(found, _next(issued, int(found["m"]), _int(found["d"]), found["part"]))
    for found in _NEXT_YEAR.finditer(text):
        year = _year_before(text, found.start(), issued)
        yield _deadline(
            found, end_of(year + 1, int(found["m"]), _int(found["d"]), found["part"]) if year else None
        )
    for pattern in (_CLOSING, _CLOSES):
        for found in pattern.finditer(text) if any(word in text for word in _CLOSE_WORDS) else ():
            month, day, part = int(found["m"]), _int(found["d"]), found.groupdict().get("part")
            yield _deadline(
                found,
                end_of(int(found["y"]), month, day, part) if found["y"] else _next(issued, month, day, part),
            )


def _year_before(text: str, at: int, issued: date | None) -> int | None:
    """The year that 次年 follows: the last one printed in the sentence, else that of issue."""
    left, _ = sentence_bounds(text, at, at)
    years = re.findall(r"(20\d\d)\s?年", text[left:at])
    return int(years[-1]) if years else issued.year if issued else None


def _period(text: str, found: re.Match[str], issued: date | None, in_force: date | None) -> Deadline:
    """自印发之日起三十日内, 在本通报印发后十日内, 自施行之日起…: counted from issue or from force."""
    window = text[max(0, found.start() - 24) : found.start()]
    at = max(window.rfind("自"), window.rfind("从"))
    at = at if at >= 0 or "之日" in found.group() else window.rfind("本") - 1
    cut = max(window.rfind(sign) for sign in "，。；、\n")
    at = at if at > cut else cut
    event = window[at + 1 :] if at >= 0 or cut >= 0 else window
    start = found.start() - (len(window) - at if at > cut else 0)
    count = chinese_integer(found["n"])
    own = "之日" in found.group() or re.search(_OWN, event) is not None
    due = None
    if own and count and _ISSUED.search(event.removeprefix("在")) and not found["unit"].endswith("工作日"):
        since = (in_force or _force_day(text)) if _FORCE.search(event) else None
        due = after(since or issued, count, found["unit"])
    return Deadline(start, found.end(), text[start : found.end()], due)


def _force_day(text: str) -> date | None:
    """The day the text itself says it takes effect, for periods that run from it."""
    said = list(_IN_FORCE.finditer(text))
    return end_of(int(said[-1]["y"]), int(said[-1]["m"]), int(said[-1]["d"])) if said else None


def _deadline(found: re.Match[str], due: date | None) -> Deadline:
    return Deadline(found.start(), found.end(), found.group(), due)


def _next(issued: date | None, month: int, day: int | None, part: str | None) -> date | None:
    if issued is None:
        return None
    due = end_of(issued.year, month, day, part)
    return due if due is None or due >= issued else end_of(issued.year + 1, month, day, part)


def _is_duty(text: str, limit: Deadline, issued: date | None) -> bool:
    """Not a status, not a condition on the past, not a day before the document itself."""
    before = text[max(0, limit.start - 4) : limit.start]
    clause = text[max(0, limit.start - 34) : limit.start]
    if _STATUS.search(before) or _DONE.search(clause) or _PAST.match(text, limit.end, limit.end + 40):
        return False
    return not (limit.due is not None and issued is not None and limit.due < issued)


def _int(printed: str | None) -> int | None:
    return int(printed) if printed else None
