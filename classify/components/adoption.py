"""The adoption note of a law or rule: which body passed it, at which meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.departments.authority import Authority
from warehouse.records import Body, Evidence

_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,4}届([一-鿿]{0,16}?人民代表大会(?:常务委员会)?)")
_PASSED = re.compile(r"通过|批准|修订|修正|公布")
_COUNCIL = re.compile(
    r"(?<=日 )国务院(?:、中央军委)?(?:批准|发布|公布)"
    r"|国务院(?:第[一二三四五六七八九十百\d]{1,6}次)?(?:全体会议|常务会议|令第)"
)
_MINISTRY = re.compile(
    r"经([一-鿿]{2,16}?)(?:第[一二三四五六七八九十百\d]{1,5}次)?(?:部|局|署|委|委员会)?(?:务|长|常务|主任|局务|部务)?会议(?:审议)?通过"
)
_ORDER = re.compile(r"令\s?第?\s?[\d〇一二三四五六七八九十百]{1,5}\s?号")
HEAD = 700
LONGEST_PLACE = 14
REACH = 60  # the verb stands within so many characters of the body


def adopted_by(paragraphs: Sequence[str], known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    """The body of the first adoption named in the head of the text, with the words that say so."""
    at = 0
    for index, paragraph in enumerate(paragraphs[:12]):
        if at > HEAD:
            break
        head = paragraph[:HEAD]
        at += len(paragraph)
        found = (
            ("届" in head and _congress(head, index, known, home))
            or ("令" in head and _order(head, index, known, home))
            or ("国务院" in head and _council(head, index, known))
            or ("会议" in head and _ministry(head, index, known, home))
        )
        if found:
            return found
    return []


def _congress(head: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    for note in _SESSION.finditer(head):
        if not _PASSED.search(head, note.end(), note.end() + REACH):
            continue
        start, body = _meeting_body(head, note, known, home)
        if body is not None:
            return [(body, Evidence("paragraph", head[start : note.end()], index, start, note.end()))]
    return []


def _meeting_body(
    head: str, note: re.Match[str], known: Authority, home: str | None
) -> tuple[int, Body | None]:
    """全国… is the National People's Congress; else the place stands before 第…届, a known one preferred."""
    if note.group(1).startswith("全国"):
        return note.start(), known.resolve(note.group(1))
    for start in range(max(0, note.start() - LONGEST_PLACE), note.start()):
        body = known.resolve(head[start : note.start()] + note.group(1), home)
        if body is not None and not body.code.startswith("county-"):
            return start, body
    start = note.start()
    while start > 0 and "一" <= head[start - 1] <= "鿿" and head[start - 1] not in "日经由":
        start -= 1
    name = head[start : note.start()] + note.group(1)
    known_or_printed = known.resolve(name, home) or known.printed(name, home)
    return start, known_or_printed if 2 < note.start() - start <= LONGEST_PLACE else None


def _order(head: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    """国务院令第425号公布: the bodies whose order made it known, lead first."""
    for note in _ORDER.finditer(head):
        for start in range(max(0, note.start() - 40), note.start() - 2):
            found, at = [], start
            while (named := known.named_at(head, at, home)) is not None and at < note.start():
                found.append((named.body, Evidence("paragraph", head[at : named.end], index, at, named.end)))
                at = named.end + (head[named.end : named.end + 1] in "、 ")
            if found and at == note.start():
                return found
    return []


def _council(head: str, index: int, known: Authority) -> list[tuple[Body, Evidence]]:
    note = _COUNCIL.search(head)
    body = known.body("cn-state-council")
    if note is None or body is None or not _PASSED.search(head, note.start(), note.end() + REACH):
        return []
    return [(body, Evidence("paragraph", note.group(), index, note.start(), note.end()))]


def _ministry(head: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    for note in _MINISTRY.finditer(head):
        named = known.named_at(note.group(1) + "部", 0, home) or known.named_at(note.group(1), 0, home)
        if named is not None:
            return [(named.body, Evidence("paragraph", note.group(), index, note.start(), note.end()))]
    return []
