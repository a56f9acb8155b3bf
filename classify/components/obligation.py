"""Clauses that oblige somebody: by modal words (应当, 须, 不得, 负责 …) or as imperatives of notices.

A duty runs from its bearer, or from the modal or verb where the bearer stands earlier, to the end of the
clause: to 。 or ；, or to the ， behind which the next duty or the next act of the same bearer begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from classify.components.anchors import Anchors
from classify.components.chain import ACTS, OPENINGS, PROMISES, Mark, chained
from classify.components.imperative import content, imperative_marks
from classify.components.items import going_on
from warehouse.records import Document

_MODAL = {  # by its first sign
    sign: re.compile(words)
    for sign, words in {
        "应": r"应当|应该|应(?![急用对届聘邀付税诉征有变试约允收力运声]|战|备[^案]|.尽.)",
        "必": r"必须",
        "须": r"须(?!知|要)",
        "不": r"不得(?![不已而])|不准(?!确)|不许",
        "严": r"严禁",
        "禁": r"禁止(?![性类区]|开发区|令)",
        "务": r"务必",
        "要": r"要(?![求点件素么害约是道目闻事员领闻义案职况旨因好地塞图饭紧人强不素]|[，。、])"
        r"|要求(?=各|有关|所属|其|你|相关|全[省市县体国])",
        "请": r"请(?!示|求|予|假|问|柬|教|愿|审议|[，。）])",
        "负": r"负(?=责(?!人|的|任|[，。；、）)]|制|令|(?:部门|单位)[：:]))",
        "需": r"需(?!要|求|方|水|电|量|氧|用|的|时|[，。、])",
        "由": r"由(?=[^，。；：\n]{2,40}(?:确定|提出|编制|核准|核发|受理|发放|划定|公布|负责|承担"
        r"|牵头|组织|统一|会同|监督|制定|按照|依法|审批|办理|实施|管理))",
    }.items()
}
_LEFT_OF = {
    "应": "反适相响对供效感回顺呼照本一",
    "要": "主重需必纲概摘提简扼只若想将首次正不索紧险机的",
    "请": "申邀聘提报宴敬恳呈函奏声",
    "需": "所急必按无刚供内军特亟不视",
    "由": "理自缘事案来经因情",
    "负": "直接不自正抱胜担背肩欺是为",
    "须": "无",
    "禁": "被明令不",
}
_INSIDE = {sign: frozenset(before) for sign, before in _LEFT_OF.items()}  # 适应, 主要, 申请
_KNOWN = r"(?:知道|认为|予以奖励|认定为|视为|理解)"
_SKIP = re.compile(  # each branch begins with a plain sign, so that most places are passed over at once
    r"责令|所称|给予[^，。；]{0,8}(?:处分|处罚|警告)|追究[^，。；]{0,10}责任|依法给予|处[^，。；]{0,12}罚款|没收|吊销"
    rf"|应当{_KNOWN}|应{_KNOWN}|须{_KNOWN}|负责解释|法律责任的$|应当承担[^，。；]{{0,6}}责任的$|为[^，。；]{{0,6}}应当$"
)
_MEANS = ("是指", "指", "即指")
_CONDITION = ("的", "时", "后", "之前", "情形之一", "者")
_HEADINGS = ("的工作", "的问题", "的事项", "的任务")  # 应重点做好的工作：
_LINKS = frozenset("并且时及者还也再，")
_LOOSE = frozenset('，, 、\u3000”"（(')
_TRAILING = re.compile(r"(?<=[，,、])(?:并且?|且|同时|以及|或者|还|也|再)[，,]?\Z")


class Obligation(NamedTuple):
    """One duty: its clause, where its modal or verb begins and ends, and what leads it."""

    start: int
    end: int
    verb: int  # where modal or imperative begin
    after: int  # behind the modal; the verb itself for an imperative
    modal: bool
    act: int  # where the words of the act begin: a prohibiting modal (不得, 严禁) is one of them
    chained: bool = False  # goes on with the duty before it


_TELLS = re.compile(r"(?:答复|复文|解读|答记者问|问答|概况|简介|名单|公报)$|情况的?通报|提案|建议的")
_REPORT = re.compile(r"政府工作报告")
_PLANS = re.compile(
    r"\n[^\n。]{0,16}(?:今年|20\d\d年|下一步|“?十[四五六]五”?)[^\n。]{0,24}(?:工作|任务|安排"
    r"|目标|重点|举措)[^\n。]{0,12}\n"
)
_LOOKS_BACK = re.compile(r"回顾|成就|成绩|总结|完成情况|\n一、")


def gives_orders(document: Document, text: str) -> tuple[bool, int]:
    """Whether clauses without a modal word command (notices and plans, not laws), and from which place on.

    A report on a government's work tells the past first; its orders begin with the first heading of plans.
    """
    if document.unit != "document" or "第一条" in text[:3000] or _TELLS.search(document.title):
        return False, 0
    if is_report(document):
        headings = list(_PLANS.finditer(text))
        plans = [one for one in headings if not _LOOKS_BACK.search(one.group())] or headings[-1:]
        return bool(plans), plans[0].end() if plans else 0
    return True, 0


def is_report(document: Document) -> bool:
    """A report of a government on its work, whose plans bind it."""
    return _REPORT.search(document.title) is not None


def obligations(
    text: str,
    anchors: Anchors,
    imperatives: bool,
    since: int = 0,
    limits: Sequence[int] = (),
    promises: bool = False,
) -> Iterator[Obligation]:
    """Duties from left to right; imperatives count from `since` on, in texts that give orders.

    `limits`: where time limits begin; `promises`: the text tells what its own issuer is going to do.
    """
    marks = _modal_marks(text, anchors)
    if imperatives:
        verbs = PROMISES if promises else OPENINGS
        marks += imperative_marks(text, anchors, {mark.start for mark in marks}, since, verbs)
        marks.sort()
    else:
        marks = going_on(text, anchors, marks)
    marks = chained(text, anchors, marks, list(limits), ACTS | PROMISES if promises else ACTS)
    sentences = anchors.at("sentence")
    at, count, size = 0, len(marks), len(sentences)
    for index, (start, verb, after, modal, goes_on) in enumerate(marks, 1):
        while at < size and sentences[at] < verb:
            at += 1
        end = sentences[at] if at < size else len(text)
        if index < count and (following := marks[index].start) < end:
            end = following
            if text[end - 1] in _LINKS and (tail := _TRAILING.search(text, end - 4, end)):
                end = tail.start()
        colon = text.find("：", after, end)
        end = colon if colon > 0 else end
        while end > after and text[end - 1] in _LOOSE:
            end -= 1
        if end - after >= 2:
            act = _act(text, verb, after) if modal else after
            yield Obligation(start, end, verb, after, modal, act, goes_on)


def _act(text: str, verb: int, after: int) -> int:
    """Behind a modal that commands; a modal that prohibits is told with the act, which it turns around."""
    if text[verb - 1 : verb] == "不":
        return verb - 1  # 不应, 不要
    return verb if text[verb] in "不禁" or text.startswith("严禁", verb) else after


def _modal_marks(text: str, anchors: Anchors) -> list[Mark]:
    """(start, modal, behind it, True) of each clause that a modal word rules, one a clause."""
    marks = []
    done = -1
    for place in anchors.at("modal"):
        if place < done:
            continue
        sign = text[place]
        if sign in "得准":  # of 不得 and 不准, which are read from their rarer sign
            place, sign = place - 1, "不"
            if place < 0 or text[place] != sign:
                continue
        before = text[place - 1 : place]
        if before in _INSIDE.get(sign, ()):
            continue
        pattern = _MODAL.get(sign)
        found = pattern.match(text, place) if pattern is not None else None
        if found is None and not (
            sign in "务职" and (before == "义" or text[place + 1 : place + 2] in ("必", "责"))
        ):
            continue  # neither 义务 nor 务必 nor 职责
        left, right = anchors.clause(place)
        if found is None:
            at = _unspoken(text, place, left)
            if at is not None:
                marks.append(Mark(content(text, left, at), at, at, True))
                done = right
            continue
        clause = text[left:right]
        if (
            clause.startswith(_MEANS)
            or _SKIP.search(clause)
            or (clause.endswith(_CONDITION) and text[right : right + 1] in "，：:,")
            or (clause.endswith(_HEADINGS) and text[right : right + 1] in "：:")
        ):
            continue
        start = content(text, left, place)
        if sign in "要请" and not _directs(text, start, place):
            continue
        marks.append(Mark(start, place, found.end() if sign not in "由负" else place, True))
        done = right
    return marks


_DUTY_OF = re.compile(r"(?:都|均|也|负)?有(?:[^，。；]{1,24}的)?义务")
_BY_OFFICE = re.compile(
    r"职责(?:分工|范围|权限)?内?[，,]?[^，。；]{0,12}(?:做好|负责|组织|协助|承担|开展|实施|配合|依法|共同)(?![）)])"
)


def _unspoken(text: str, place: int, left: int) -> int | None:
    """有…的义务, 按照各自职责做好…: an obligation without a modal word; where its words begin."""
    if text[place] == "务":
        found = _DUTY_OF.search(text, max(left, place - 34), place + 1)
        return found.start() if found is not None and found.end() == place + 1 else None
    if _BY_OFFICE.match(text, place) is None:
        return None
    at = max(text.rfind("按", left, place), text.rfind("在", left, place), text.rfind("根据", left, place))
    return at if at > left else None


def _directs(text: str, start: int, place: int) -> bool:
    """要 and 请 direct somebody: at the head of the clause, or behind a noun, not inside a word."""
    return place - start <= 24
