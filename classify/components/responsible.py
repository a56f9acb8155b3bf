"""The bodies in charge that brackets behind a measure name, and those behind labels (牵头单位：…)."""

from __future__ import annotations

import re

from classify.components.anchors import Anchors
from classify.departments.authority import Authority

_BRACKET = re.compile(r"[（(](?P<inside>[^（()）\n]{2,240})[）)]")
_MARKED = re.compile(r"负责|牵头|责任单位|责任部门|按职责分工|配合|主办")
_LABEL = re.compile(
    r"^由?(?:(?:责任|牵头|主办|配合|负责|协办|承办|参与|参加|落实|协同)"
    r"(?:单位|部门|处室|科室|司局|主体)[：:]?)?[ \u3000\t]*"
)
_TAIL = re.compile(
    r"(?:等)?(?:有关|相关)?(?:部门|单位)?(?:按照?职责分工|按照?职能分工|分别|共同|按职责"
    r"|会同)?(?:牵头|负责|配合|参与|落实|主办|组织实施)+$"
)
_SPLIT = re.compile(r"(?:[、，,；;。]|等和|会同|和(?=[市省县区国]))(?![^（(]*[）)])")
_BODY_WORD = re.compile(
    r"(?:部|委|局|厅|办|署|会|院|行|社|中心|政府|公安|法院|总队|集团|公司|部门|单位|地区"
    r"|企业|街道|学校|机构)$"
)
_LOCAL = re.compile(  # one body of a place alone in a bracket: （市教育局）
    r"[市省县区州旗](?!区|场)[一-鿿]{2,10}(?:局|委|办|厅|政府|中心|委员会|办公室)"
)
_LABELS = ("单位：", "部门：", "单位:", "部门:")
_LABELLED = re.compile(
    r"(?:责任|牵头|配合|负责|参与|参加|落实|协同)(?:单位|部门)[：:][ \u3000\t]*[^：:。；;\n\t]{2,160}"
    r"[。；;\t， \u3000]*"
)
_FULL = re.compile(r"【(?P<inside>[^【】\n]{3,160})】")
LOOKS_BACK = 400  # signs before a label in which its measure is looked for

Named = tuple[int, int, tuple[str, ...], int]  # where measure begins and ends, who, where the names begin


def bracketed(text: str, left: int, right: int, known: Authority, home: str | None) -> tuple[str, ...]:
    """Names in the last bracket of a sentence or directly behind it that says who is in charge."""
    found: tuple[str, ...] = ()
    for bracket in _BRACKET.finditer(text, left, min(len(text), right + 260)):
        behind = bracket.start() >= right
        if behind and text[right : bracket.start()].strip():
            break
        names = _names(bracket["inside"], known, home)
        if len(names) == 1 and not _MARKED.search(bracket["inside"]) and _may_be_a_name(text, left, bracket):
            names = ()
        found = names or found
        if behind:
            break
    return found


def in_charge(inside: str, known: Authority, home: str | None) -> tuple[str, ...]:
    """The bodies that the inside of a bracket puts in charge by 牵头, 负责, 参与 …."""
    return _names(inside, known, home) if _MARKED.search(inside) is not None else ()


def labelled(text: str, anchors: Anchors, known: Authority, home: str | None) -> list[Named]:
    """Measures whose bodies stand behind labels (牵头单位：甲；配合单位：乙) or in 【】, in order."""
    found = [*_behind_labels(text, anchors, known, home)] if any(sign in text for sign in _LABELS) else []
    if "】" in text:
        for full in _FULL.finditer(text):
            who = in_charge(full["inside"], known, home)
            measure = _measure(text, anchors, full.start()) if who else None
            if measure is not None:
                found.append((measure, _closed(text, full.end()), who, full.start()))
    return sorted(found)


def _behind_labels(text: str, anchors: Anchors, known: Authority, home: str | None) -> list[Named]:
    found: list[Named] = []
    done = -1
    for label in _LABELLED.finditer(text):
        if label.start() < done or text[label.start() - 1 : label.start()] in tuple("（(、或和及的各"):
            continue
        insides, end = [label.group()], label.end()
        while (more := _LABELLED.match(text, end)) is not None:
            insides.append(more.group())
            end = more.end()
        done = end
        listed = (_names(one.rstrip("。；;\t， \u3000"), known, home) for one in insides)
        who = tuple(dict.fromkeys(name for names in listed for name in names))
        measure = _measure(text, anchors, label.start())
        if who and measure is not None:
            right = text.rfind("\n", measure, label.start())  # a label on a line of its own
            if right < 0:
                line = text.find("\n", end)
                right = end if text[end - 1] != "\t" else line if line >= 0 else len(text)
            found.append((measure, right, who, min(label.start(), right)))
    return found


def _measure(text: str, anchors: Anchors, place: int) -> int | None:
    """Where the sentence begins that ends before a label or bracket; None when none does."""
    at = place
    while at > 0 and text[at - 1] in " \u3000\t\n。；;（(":
        at -= 1
    if at < 4 or text.count("\n", at, place) > 1:
        return None
    left, _ = anchors.sentence(at - 1, at)
    return left if at - left >= 4 and place - left <= LOOKS_BACK and "：" not in text[at - 1 : at] else None


def _closed(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in ("。", "；") else end


def _may_be_a_name(text: str, left: int, bracket: re.Match[str]) -> bool:
    """生态环境部（国家核安全局） is one body under two names; a long run of words is no task."""
    before = text[max(left, bracket.start() - 1) : bracket.start()]
    return bracket.start() - left > 200 or before in tuple("部局厅委会院办署室司府、）")


def _names(inside: str, known: Authority, home: str | None) -> tuple[str, ...]:
    marked = _MARKED.search(inside) is not None or _LABELLED.match(inside) is not None
    names = []
    for piece in _SPLIT.split(inside):
        name = _TAIL.sub("", _LABEL.sub("", piece.strip())).strip()
        name = re.sub(r"(?:牵头|负责|配合|参与|等)$", "", name)
        if not name or name.startswith("列第一位"):
            continue
        resolved = known.resolve(name, home) is not None or _LOCAL.fullmatch(name) is not None
        if not resolved and not (marked and len(name) <= 24 and _BODY_WORD.search(name)):
            if not marked:
                return ()
            continue
        names.append(name)
    return tuple(dict.fromkeys(names))
