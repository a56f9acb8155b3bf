"""The signature of a document: names of bodies that stand directly above (or before) its date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classify.departments.authority import Authority, Named
from warehouse.records import Body, Evidence

_DATE = (
    r"(?:(?:19|20)\d\d\s{0,2}年\s{0,2}\d{1,2}\s{0,2}月\s{0,2}\d{1,2}\s{0,2}日"
    r"|[一二][〇○零O九][〇○零O一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
_DATE_LINE = re.compile(r"\s{0,40}[（(]?" + _DATE + r"[）)]?\s{0,40}$")
_DATE_ANY = re.compile(_DATE)
_UNKNOWN = re.compile(  # a line that is one name as bodies have it, though no file knows it
    r"[一-鿿]{4,28}(?:局|厅|委员会|办公室|中心|指挥部|领导小组|总队|支队|大队|协会|联合会|公司|医院|学校|[中小]学|大学|学院|研究院|研究所"
    r"|管理[处所站]|专班|人民政府|街道办事处|联席会议|组委会|管委会)"
)
_GOES_ON = re.compile(  # 5月1日印发的通知: a date within a sentence
    r"(?:印发|发布|公布|下发|出台|作出|颁布|制定|通过)?\s{0,3}(?:的|起|前|后|以|之|至|止|期间)|批准"
)
_NO_NAME = frozenset(("", *"，。；：、！？（(《“\n自于从至到在为截"))  # with none of these a body's name ends
_NO_SIGNS = "。，；：！？\n"  # no body's name holds one of these
LINES_ABOVE = 14
FLAT_TAIL = 240


def signed_by(
    paragraphs: Sequence[str], known: Authority, home: str | None, others: frozenset[str] = frozenset()
) -> list[tuple[Body, Evidence]]:
    """Bodies above the first date line that has any; else those before a date in the last characters.

    `others`: bodies whose paper is forwarded; where they alone sign, it is that paper that ends.
    """
    for index, paragraph in enumerate(paragraphs):
        if index and len(paragraph) < 60 and "日" in paragraph and _DATE_LINE.match(paragraph):
            found = _above(paragraphs, index, known, home)
            if any(body.code not in others for body, _ in found):
                return found
    flat = _flat(paragraphs, known, home)
    return flat if any(body.code not in others for body, _ in flat) else []


def _above(
    paragraphs: Sequence[str], date_line: int, known: Authority, home: str | None
) -> list[tuple[Body, Evidence]]:
    found: list[tuple[Body, Evidence]] = []
    for index in range(date_line - 1, max(-1, date_line - 1 - LINES_ABOVE), -1):
        line = paragraphs[index]
        if not line.strip():
            continue
        named = _names_only(line, known, home) if len(line) < 200 else []
        if not named:
            return found or _unknown(line, index, known, home)
        found = [_piece(line, index, n) for n in named] + found
    return found


def _unknown(line: str, index: int, known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    """A signature whose name no file knows: the line above the date, when it holds one body's name alone."""
    name = line.strip()
    if home is None or not _UNKNOWN.fullmatch(name):
        return []
    start = line.index(name)
    return [(known.printed(name, home), Evidence("paragraph", name, index, start, start + len(name)))]


def _names_only(line: str, known: Authority, home: str | None) -> list[Named]:
    """The names of a line that holds nothing but names."""
    found: list[Named] = []
    at = 0
    while at < len(line):
        if line[at] in " \u3000、，,\t（()）":
            at += 1
            continue
        named = known.named_at(line, at, home)
        if named is None:
            return []
        found.append(named)
        at = named.end
    return found


def _flat(paragraphs: Sequence[str], known: Authority, home: str | None) -> list[tuple[Body, Evidence]]:
    if not paragraphs:
        return []
    index = len(paragraphs) - 1
    tail_start = max(0, len(paragraphs[index]) - FLAT_TAIL)
    tail = paragraphs[index][tail_start:]
    for date in reversed(list(_DATE_ANY.finditer(tail))):
        end = len(tail[: date.start()].rstrip(" \u3000"))
        if tail[end - 1 : end] in _NO_NAME or _GOES_ON.match(tail, date.end()):
            continue
        cut = max(tail.rfind(sign, 0, end) for sign in _NO_SIGNS) + 1
        starts = range(max(cut, date.start() - 40), date.start() - 2)
        named = _ends_at(tail, end, starts, known, home, whole=not index)
        if named is not None:
            moved = Named(named.body, named.start + tail_start, named.end + tail_start)
            return [_piece(paragraphs[index], index, moved)]
    return []


def _ends_at(
    tail: str, end: int, starts: range, known: Authority, home: str | None, whole: bool
) -> Named | None:
    """The longest name that ends here; one of a county that no file lists only where no other does.

    A name within a sentence (参照某市财政局) signs nothing, save where the whole text is one line.
    """
    county: Named | None = None
    for start in starts:
        if start and not whole and "一" <= tail[start - 1] <= "鿿":
            continue
        named = known.named_at(tail, start, home)
        if named is None or named.end < end:
            continue
        if not named.body.code.startswith("county-"):
            return named
        county = county or named
    return county


def _piece(line: str, index: int, named: Named) -> tuple[Body, Evidence]:
    return named.body, Evidence("paragraph", line[named.start : named.end], index, named.start, named.end)
