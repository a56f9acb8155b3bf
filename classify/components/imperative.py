"""Clauses of notices and plans that begin with a verb of command: 加强…, 落实…, （一）开展…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.anchors import Anchors
from classify.components.chain import TO, Mark

_NUMBERED = re.compile(
    r"[ \u3000]*(?:(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．是要]"
    r"|\d{1,2}[、.．）)](?!\d)|第[一二三四五六七八九十百零\d]{1,6}[条章]|[①-⑳]|[“\"‘])[ \u3000]*)+"
)
_NOT_IMPERATIVE = re.compile(
    r"有效期|继续(?:施行|有效|适用|执行《)|(?:检查|建设|研究|保护|管理|监督|治理|宣传|调整|修改|新建|改造|安排|部署|整改|执行"
    r"|提高|保障|服务|配合|实施|审核|核查|组织|统一|创新|引导|指导|建立|整治|科学|依法|恢复)"
    r"(?:组|内容|情况|单位|人员|结果|结论|工作组|项目|进展|期|部门|机关|委员|局|厅|司|处"
    r"|办公|机构|方案|依据|范围|标准|时间|地点|水站|目标|家|院|行政)|"
    r"[^，。；：\n]{0,30}(?:(?<![为除])了(?!解)|(?<![自而])已|曾|的(?:情况|通知|意见|决定|方案|规定|要求|原则|基础上"
    r"|单位|企业|项目|个人|人员)?$|取得了?|增长\d|有限公司|基本原则$|时$|后$|中$)|[^，。；：\n]{0,30}(?<![别其凡不要])是(?!否|要|应)"
)
_PURPOSE = re.compile(
    r"[ \u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百]{1,5}条)?"
    r"[ \u3000]*(?:为"
    r"|(?:根据|依据)(?=[^。；\n]{0,160}(?:我[部局厅委院]|现[将就对予]|制定|同意|批准|印发|决定))|按照[^，]{0,40}，(?:我|现)|鉴于|近年|近期|今年以来|截至|经|由于|当前|随着"
    r"|目前|如|若|有下列|违反)"
)
_FOR = re.compile(
    r"[：:]为(?!期|首|主|准|辅)|为(?:了|扭转|保证|使|改变|减轻|缓解|合理|贯彻|落实|深入|进一步|加强|规范|推|提|保|促|做好|切实|全面|认真|指导|挖|有效"
    r"|维护|防|充分|确保|完善|加快|解决|适应|健全|更好|严格|强化|引导|支持|及时|科学)"
)
_PAST = re.compile(
    r"近年来|以来|已经|取得[了得]?|一年来|过去|回顾|五年来|我[部局厅院]对|了[一这多]|实现了|完成了"
)
_NUMBER_SIGNS = frozenset('（(一二三四五六七八九十第0123456789 \u3000“"①②③④⑤⑥⑦⑧⑨')

_NUMERALS = frozenset("一二三四五六七八九十第")
_SOONS = {word[:2]: word for word in ("下阶段", "下一步", "今年", "全年", "年内", "同时", "此外", "另外")}
_UNSURE = _NUMBER_SIGNS | {"对"} | {word[0] for word in _SOONS}  # clauses that are looked at more closely


def imperative_marks(
    text: str, anchors: Anchors, taken: set[int], since: int, verbs: frozenset[str]
) -> list[Mark]:
    """Clauses that begin with one of these verbs, outside of sentences that tell a purpose or the past."""
    marks: list[Mark] = []
    barred, judged, at = False, -1, 0
    sentences = anchors.at("sentence")
    for start, right in _openings(text, anchors, verbs):
        if start < since or right - start < 4 or start in taken:
            continue
        while at < len(sentences) and sentences[at] < start:
            at += 1
        if judged != at:
            begin = sentences[at - 1] + 1 if at else 0
            end = sentences[at] if at < len(sentences) else len(text)
            judged, barred = at, _is_barred(text, begin, end)
        if not barred and not _NOT_IMPERATIVE.match(text[start:right]):
            marks.append(Mark(start, start, start, False))
    return marks


def _is_barred(text: str, begin: int, end: int) -> bool:
    """The sentence tells why or what was done, or is a heading of its own line."""
    if _PURPOSE.match(text, begin, min(end, begin + 60)):
        return True
    if _FOR.search(text, begin, min(end, begin + 120)):
        return True
    if end - begin < 26 and text[end : end + 1] == "\n":
        return True
    return _PAST.search(text, begin, min(end, begin + 200)) is not None


def _openings(text: str, anchors: Anchors, verbs: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where clauses that begin with a verb of command begin, behind their numbering, and where they end."""
    begin = 0
    for end in (*anchors.at("clause"), len(text)):
        head = text[begin : begin + 2]
        if head in verbs:
            yield begin, end
        elif head[:1] in _UNSURE and end - begin > 3:
            start = _content(text, begin, end, head)
            ordered = start > begin and text[start : start + 2] in verbs
            if ordered or (text[start] == "对" and TO.match(text, start, end)):
                yield start, end
        begin = end + 1


def _content(text: str, begin: int, end: int, head: str) -> int:
    """Where a clause begins behind its numbering, or behind a word of time that leads it."""
    if head[0] in _NUMBER_SIGNS:
        return content(text, begin, end)
    soon = _SOONS.get(head, "")
    return begin + len(soon) if soon and text.startswith(soon, begin) else begin


def content(text: str, left: int, limit: int) -> int:
    """Where a clause begins behind its numbering and spaces."""
    if left < limit and text[left] not in _NUMERALS and "一" <= text[left] <= "鿿":
        return left
    found = _NUMBERED.match(text, left, limit)
    start = found.end() if found is not None else left
    while start < limit and text[start] in ' \u3000\t“"':
        start += 1
    return start
