"""The adoption note of a law or rule: which body passed it, at which meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.departments.authority import Authority
from warehouse.records import Body, Evidence

_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}届([一-鿿]{0,16}?人民代表大会(?:常务委员会)?)")
_PASSED = re.compile(r"通过|批准|修订|修正|公布")
_COUNCIL = re.compile(r"国务院(?:第[一二三四五六七八九十百\d]{1,6}次)?(?:全体会议|常务会议|令第)")
_MINISTRY = re.compile(
    r"经([一-鿿]{2,16}?)(?:第[一二三四五六七八九十百\d]{1,5}次)?(?:部|局|署|委|委员会)?(?:务|长|常务|主任|局务|部务)?会议(?:审议)?通过"
)
HEAD = 700
REACH = 60  # the verb stands within so many characters of the body


def adopted_by(paragraphs: Sequence[str], known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    """The body of the last adoption named in the head of the text, with the words that say so; else nothing."""
    at = 0
    for index, paragraph in enumerate(paragraphs[:12]):
        if at > HEAD:
            break
        head = paragraph[:HEAD]
        at += len(paragraph)
        found = (
            _congress(head, index, known, home)
            or _council(head, index, known)
            or _ministry(head, index, known, home)
        )
        if found:
            return found
    return []


def _congress(head: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    for note in _SESSION.finditer(head):
        if not _PASSED.search(head, note.end(), note.end() + REACH):
            continue
        start = note.start()
        while (
            start > 0
            and "一" <= head[start - 1] <= "鿿"
            and head[start - 1] not in "日经由"
            and note.start() - start < 14
        ):
            start -= 1
        name = head[start : note.start()] + note.group(1)
        body = known.resolve(name, home)
        if body is not None:
            return [(body, Evidence("paragraph", head[start : note.end()], index, start, note.end()))]
    return []


def _council(head: str, index: int, known: Authority) -> list[tuple[Body, Evidence]]:
    note = _COUNCIL.search(head)
    body = known.body("cn-state-council")
    if note is None or body is None or not _PASSED.search(head, note.end(), note.end() + REACH):
        return []
    return [(body, Evidence("paragraph", note.group(), index, note.start(), note.end()))]


def _ministry(head: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    for note in _MINISTRY.finditer(head):
        named = known.named_at(note.group(1) + "部", 0, home) or known.named_at(note.group(1), 0, home)
        if named is not None:
            return [(named.body, Evidence("paragraph", note.group(), index, note.start(), note.end()))]
    return []
