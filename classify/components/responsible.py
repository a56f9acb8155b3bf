"""The bodies in charge near a clause: in brackets behind it, or as its subject."""

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
_SUBJECT = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s?)?(?P<who>(?:各(?:省|市|县|区|地|级|有关|相关)[一-鿿、（）]{0,24}?"
    r"|[一-鿿]{2,16}?)(?:人民政府|政府|部门|委员会|单位|局|厅|部|办公室|企业|机构|学校|地区))"
    r"(?=要|应|须|需|于|在|应当|必须|负责|牵头|会同|每|按|将|，)"
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


def subject(sentence: str) -> tuple[str, ...]:
    """The body that begins the sentence as the one who shall act."""
    found = _SUBJECT.match(sentence[:80])
    return (found["who"],) if found else ()


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
