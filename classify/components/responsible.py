"""The bodies in charge near a clause: in brackets behind it, or as the one who acts."""

from __future__ import annotations

import re

from classify.departments.authority import Authority

_BRACKET = re.compile(r"[（(](?P<inside>[^（()）\n]{2,240})[）)]")
_MARKED = re.compile(r"负责|牵头|责任单位|责任部门|按职责分工|配合|主办")
_LABEL = re.compile(r"^(?:责任单位|责任部门|牵头单位|牵头部门|主办单位|配合单位|配合部门|负责单位)[：:]?")
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:按照?职责分工|按照?职能分工|分别|共同|按职责|会同)?(?:牵头|负责|配合|参与|落实|主办|组织实施)+$"
)
_SPLIT = re.compile(r"[、，,；;]|会同|和(?=[市省县区国])")
_BODY_WORD = re.compile(
    r"(?:部|委|局|厅|办|署|会|院|行|社|中心|政府|公安|法院|总队|集团|公司|部门|单位|地区|企业|街道|学校|机构)$"
)
_ACTOR = (
    r"(?:人民政府|政府|部门|委员会|单位|分局|局|厅|部|委|办公室|企业|机构|学校|地区|各地|中心|院|公司"
    r"|街道|乡镇|银行|指挥部)"
)
_NUMBERED = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?|^[一二三四五六七八九]是")
_MODAL = re.compile(
    r"(?:应当|应该|应|须|需|要|必须|原则上|将|分别|均|务必|确保|要求)*(?:至迟于|于|在|到)?\s*$"
)
_LED_BY = re.compile(r".*(?:由|责成|要求|请)")
_ENDS = re.compile(_ACTOR + r"$")
_BEHIND = re.compile(
    r"[，,]?\s?由?(?P<who>[一-鿿（）、]{2,30}?" + _ACTOR + r")"
    r"(?=完成|要|应|须|负责|将|向|按|组织|提出|制定|报|上报|落实|开展|建立|印发|出台|公布|完善)"
)
_OPENS = re.compile(
    r"(?P<who>(?:各|有关|相关|县|市|省|区|州|沿|我)[一-鿿（）、]{0,28}?"
    + _ACTOR
    + r")(?![的和与、及]|规定|负责人|主要)"
)


def bracketed(text: str, left: int, right: int, known: Authority, home: str | None) -> tuple[str, ...]:
    """Names in the last bracket of a sentence or directly behind it that says who is in charge."""
    found: tuple[str, ...] = ()
    for bracket in _BRACKET.finditer(text, left, min(len(text), right + 260)):
        behind = bracket.start() >= right
        if behind and text[right : bracket.start()].strip():
            break
        names = _names(bracket["inside"], known, home)
        found = names or found
        if behind:
            break
    return found


def acting(text: str, left: int, right: int, start: int, end: int) -> tuple[str, ...]:
    """Who acts: the words before the time limit at start..end, those behind it, or the opening."""
    clause = max(text.rfind(sign, left, start) for sign in "，,：:；") + 1
    before = _MODAL.sub("", _NUMBERED.sub("", text[max(clause, left, start - 60) : start].strip()))
    led = _LED_BY.match(before)
    before = before[led.end() :] if led else before
    if 2 <= len(before) <= 40 and _ENDS.search(before):
        return _listed(before)
    behind = _BEHIND.match(text, end, min(right, end + 44))
    if behind is not None:
        return _listed(behind["who"])
    opening = _OPENS.match(_NUMBERED.sub("", text[left : left + 60]))
    return _listed(opening["who"]) if opening is not None else ()


def _listed(words: str) -> tuple[str, ...]:
    """市财政局、市民政局 as two names; 县（区） stays one."""
    return tuple(
        dict.fromkeys(part for part in re.split(r"(?:、|和(?=[市省县区]))(?![^（]*）)", words) if part)
    )


def _names(inside: str, known: Authority, home: str | None) -> tuple[str, ...]:
    marked = _MARKED.search(inside) is not None
    names = []
    for piece in _SPLIT.split(inside):
        name = _TAIL.sub("", _LABEL.sub("", piece.strip())).strip()
        name = re.sub(r"(?:牵头|负责|配合|参与)$", "", name)
        if not name:
            continue
        resolved = known.resolve(name, home) is not None
        if not resolved and not (marked and len(name) <= 24 and _BODY_WORD.search(name)):
            if not marked:
                return ()
            continue
        names.append(name)
    return tuple(dict.fromkeys(names)) if marked or len(names) > 1 else ()
