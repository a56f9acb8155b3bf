"""Whom a time limit binds.

Who is told to keep it (责令某人在…内), else who stands before it in its part of the sentence, else who
follows it when it leads that part, else who an earlier part of the sentence obliges or begins with.
"""

from __future__ import annotations

import re
from itertools import pairwise

from classify.components.bearer import BEHIND, BY_WHOM, MODAL, NOT_BY, SUBJECT, in_part, named, with_joint
from classify.components.body_words import persons

_NUMBERED = re.compile(
    r"[ \u3000]*(?:(?:第[一二三四五六七八九十百]{1,4}章[^第，。]{0,20})?第[一二三四五六七八九十百零\d]{1,6}条"
    r"[ \u3000]*"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)][ \u3000]*|[一二三四五六七八九十]{1,3}[、.．是][ \u3000]*"
    r"|\d{1,2}[、.．）)](?!\d)[ \u3000]*|[①-⑳“\"‘ \u3000])*"
)
_TOLD = re.compile(
    r"(?:通知(?![书单之])|告知(?!书)|要求|责成|督促|责令|敦促|交由|[^申提聘邀]请(?!求))"
    r"(?P<who>[一-鿿、（）()]{2,40}?)(?:应当|应|必须|须)?(?:至迟|最迟)?(?:[在于自从]|至迟于)?$"
)
_LINKS = re.compile(  # a part of a sentence that begins so has its subject in an earlier one
    r"并|且|同时|或者|再|也|还|应|须|必须|可以|不得|将|把|对|按|依|经|要|分别|及时|最迟|至迟|于|在|自|从|由此|一般|但|方"
    r"|其中|确保|力争|争取|保证|务必|都|均|预计|组织|指导|引导|推动|督促|抓紧|完成|开展|做好|加强|制定|编制|负责"
)
_NEXT = re.compile(
    r"(?:(?:或者|以及|、)[^，。；]{2,24})?[，,]\s?(?P<words>[^，,。；;：\n]{2,60}?)(?:应当|应(?![急用])|必须|须|不得)"
)
_RIGHT = re.compile(r"可以|有权(?!机关|处理|部门)|可(?=[在于自])")
_MAY = re.compile(  # behind the limit: 甲可以…, an appeal, or a condition (未作出决定的)
    r"[，,]?(?:仍|还)?未(?![经成接收])|[，,]?[^，。；应须必]{0,30}?(?<!是否)(?:可以|有权(?!机关|处理|部门))"
)
_APPEALS = re.compile(
    r"[，,]?[^，。；应须必]{0,30}?(?:申请(?:行政)?复[议查]|申请再审|申请仲裁|提起(?:行政)?(?:诉讼|上诉)|起诉(?!书|状|意))"
    r"|[^，。；应须必]{2,14}[，,]也?可以"
)
_LEAD = re.compile(
    r"^(?:并且?|且|但是?|同时|或者|也|还|再|一般|则|均|都|分别|及时|依法|最迟|至迟|原则上|首先|确保|力争)+"
)
_PLAIN = re.compile(r"(?:[在于自到从至]|至迟|最迟|原则上|(?:至迟|最迟)[在于])?")
_LINKED = re.compile(r"(?:并|且|但|同时|以及|或者)?(?:应当|应|须|必须|可以|要)?(?:[在于自到从至])?")
_SUCH = re.compile(r"的(?:应当?|可以|须|在|应在|应于|应自|应当[在于自])?$")
_ELSEWHERE = re.compile(
    r"其(?![中他它])|请|[^，]*(?:(?:告知|通知|要求)其|印发《|提出$)"
)  # who acts is not told
_LISTS = re.compile(r"、|及其|和")
_SIGNS = re.compile("[，,：:；]")
_POWER = re.compile(r"可以?再?延长")
_NEAREST = 2  # parts before a clause that names nobody
FAR = 6  # parts of the sentence before the limit's own that are asked


def bound(text: str, left: int, start: int, end: int, right: int) -> tuple[str, ...]:
    """Whom the limit start..end binds in its sentence left..right; () when not said."""
    begins = _parts(text, left, start)
    words = text[begins[-1] : start].strip()
    if _no_duty(text, words, end, right):
        return ()
    told = _TOLD.search(text, max(begins[-1], start - 60), start)
    names = persons(told["who"]) if told is not None else ()
    return names or with_joint(_nearest(text, begins, start, end, right), text, end, right)


def is_right(text: str, left: int, start: int, end: int, right: int) -> bool:
    """Whether the limit start..end is that of a right, an appeal or a power, which obliges nobody."""
    words = text[_parts(text, left, start)[-1] : start].strip()
    return (
        _no_duty(text, words, end, right) or _POWER.search(text, max(left, start - 6), start + 3) is not None
    )


def before(text: str, left: int, start: int, right: int) -> tuple[str, ...]:
    """Whom an earlier part of its sentence obliges or begins with, for a duty that begins at `start`."""
    if start - left < 4 or text[start - 1] != "，" or text[start - 2] not in "的者时后":
        return ()  # only a condition before it leaves out its subject: 甲被撤销的，应当…
    begins = _parts(text, left, start)[-_NEAREST - 1 :]
    return with_joint(_earlier(text, begins, right, True), text, start, right)


def _no_duty(text: str, words: str, end: int, right: int) -> bool:
    """A limit of a right, of an appeal, of a condition or of an exception."""
    if text.startswith("的除外", max(end, right - 4)) and "，" not in text[end:right]:
        return True
    if _RIGHT.search(words) is not None or _MAY.match(text, end) is not None:
        return True
    return MODAL.search(words) is None and _APPEALS.match(text, end) is not None


def _nearest(text: str, begins: list[int], start: int, end: int, right: int) -> tuple[str, ...]:
    """Who stands in the limit's own part, directly behind it, or else in an earlier part."""
    words = text[begins[-1] : start].strip()
    if MODAL.search(words) is None and (found := _following(text, end, right)):
        return found
    if found := in_part(text, begins[-1], start, right):
        return _with_list(text, begins, found)
    if found := _by_later(text, end, right):
        return found
    if _PLAIN.fullmatch(words) or _LINKED.fullmatch(words):
        if found := _led(text, words, start, end, right):
            return found
    elif _speaks_of_else(words):
        return ()
    must = words[:1] in ("并", "但", "且") or MODAL.search(words) is not None
    return _earlier(text, begins, right, must) if "由" not in words else ()


def _led(text: str, words: str, start: int, end: int, right: int) -> tuple[str, ...]:
    """Who acts behind a limit that leads its part, or stands within one that begins it (甲开工前)."""
    plain = _PLAIN.fullmatch(words) is not None
    behind = BEHIND.match(text, end, min(right, end + 70))
    if behind is not None and (behind["by"] or plain) and (found := persons(behind["who"])):
        return with_joint(found, text, behind.end("who"), right)
    numbered = _NUMBERED.match(text, start, end)
    inside = SUBJECT.match(text, numbered.end() if numbered is not None else start, end)
    return persons(inside["who"]) if inside is not None and not words else ()


def _with_list(text: str, begins: list[int], names: tuple[str, ...]) -> tuple[str, ...]:
    """各级政府及其部门，企业、学校和其他组织应当…: the part before is of the same list."""
    if len(begins) < 2 or not _LISTS.search("、".join(names)):
        return names
    before = text[begins[-2] : begins[-1] - 1]
    return (*persons(before), *names) if _LISTS.search(before) and "的" not in before else names


def _speaks_of_else(words: str) -> bool:
    """The limit's own part has a subject that bears no duty: 审计结果应当在…内"""
    modal = MODAL.search(words)
    said = _LEAD.sub("", words if modal is None else words[: modal.start()])
    if modal is None:
        return not _LINKS.match(words) and _SUCH.search(words) is None
    return bool(said) and said[0] not in "在对将把按依于自经为因" and said[-1] not in "的后时前"


def _by_later(text: str, end: int, right: int) -> tuple[str, ...]:
    """Whom 由 names in the limit's own part behind it: …期内的费用由甲承担"""
    stop = min((at for at in (text.find(sign, end, right) for sign in "，,：") if at >= 0), default=right)
    by = text.find("由", end, min(stop, end + 40))
    if by < 0 or text[by - 1 : by] in NOT_BY:
        return ()
    found = BY_WHOM.match(text, by, min(right, by + 60))
    return with_joint(persons(found["who"]), text, found.end("who"), right) if found is not None else ()


def _following(text: str, end: int, right: int) -> tuple[str, ...]:
    """Who is obliged directly behind a limit that closes its part: 甲在…前，乙应当…"""
    found = _NEXT.match(text, end, min(right, end + 80))
    if found is None:
        return ()
    names, size = named(found["words"])
    joined = with_joint(names, text, found.start("words") + size, right)
    return joined if len(joined) > len(names) else with_joint(names, text, found.end(), right)


def _earlier(text: str, begins: list[int], right: int, must: bool) -> tuple[str, ...]:
    """Whom an earlier part of the sentence obliges or begins with, the nearest first.

    `must`: whether the limit's own part obliges; else a part with 可以 makes it the limit of a right.
    """
    for begin, stop in reversed(list(pairwise(begins))[-FAR:]):
        modal = MODAL.search(text, begin, stop)
        if modal is not None and modal.group() == "可以" and not must:
            return ()
        if found := in_part(text, begin, stop - 1, right):
            return found
        if _ELSEWHERE.match(text, begin, stop):
            return ()
        must = must or modal is not None
    return ()


def _parts(text: str, left: int, start: int) -> list[int]:
    """Where the parts of a sentence before a place begin, behind ， and ： and their numbering."""
    begins = [left, *(sign.end() for sign in _SIGNS.finditer(text, left, start))]
    found = _NUMBERED.match(text, begins[0], start)
    begins[0] = found.end() if found is not None else begins[0]
    if len(begins) > 1 and begins[-1] < start:
        found = _NUMBERED.match(text, begins[-1], start)
        begins[-1] = found.end() if found is not None else begins[-1]
    return begins
