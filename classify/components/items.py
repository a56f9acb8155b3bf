"""Where a duty goes on behind its sentence: behind ；, and in the items under 应当履行下列职责：."""

from __future__ import annotations

import re
from bisect import bisect_left

from classify.components.anchors import Anchors
from classify.components.chain import ACTS, Mark, is_circumstance

_LEADS = re.compile(
    r"(?:下列|以下|如下)[^：:。；，\n]{0,10}(?:职责|义务|规定|要求|措施|工作|任务|责任|制度|职能)[^：:。；，\n]{0,4}[：:]"
)
_ITEM = re.compile(r"[ \u3000]*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d))[ \u3000]*")
_PENALTY = re.compile(r"责任|处分|处罚|罚款|没收|吊销|责令")
_MOST_ITEMS = 40


def going_on(text: str, anchors: Anchors, marks: list[Mark]) -> list[Mark]:
    """The marks of modal words with those of the parts behind ； and of the items that go on with them."""
    sentences = anchors.at("sentence")
    found: list[Mark] = []
    for index, mark in enumerate(marks):
        found.append(mark)
        at = bisect_left(sentences, mark.after)
        following = marks[index + 1].verb if index + 1 < len(marks) else len(text)
        if at >= len(sentences) or sentences[at] >= following:
            continue
        listed = text[sentences[at] - 1] in "：:" and _LEADS.search(text, mark.after, sentences[at])
        if listed or text[sentences[at]] in "；;":
            found += _parts(text, sentences, at, following, bool(listed))
    return found


def _parts(text: str, sentences: list[int], at: int, following: int, listed: bool) -> list[Mark]:
    """The sentences behind the one that ends at `at` which begin with an act, up to the next modal word."""
    found = []
    for here in range(at, min(at + _MOST_ITEMS, len(sentences) - 1)):
        begin, end = sentences[here] + 1, sentences[here + 1]
        if end > following or not (listed or text[sentences[here]] in "；;"):
            break
        if end == begin and listed:
            continue  # the line ends behind ；
        item = _ITEM.match(text, begin)
        if listed != (item is not None):
            break
        start = item.end() if item is not None else begin
        verb = _first_act(text, start, end)
        if verb < 0 or (not listed and _PENALTY.search(text, start, end)):
            break
        found.append(Mark(start, verb, verb, False, True))
    return found


def _first_act(text: str, begin: int, end: int) -> int:
    """Where the act of a sentence begins, maybe behind a condition (期限未届满的，给予…); -1 without any."""
    while begin < end:
        close = text.find("，", begin, end)
        close = close if close >= 0 else end
        if text[begin : begin + 2] in ACTS and not is_circumstance(text, begin, close):
            return begin
        if close == end or text[close - 1] not in "的时后":
            return -1
        begin = close + 1
    return -1
