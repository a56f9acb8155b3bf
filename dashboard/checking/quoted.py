"""Where a draft quotes: paragraphs in a block quotation, and words in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboard.checking.quote_marks import evened, lonely
from dashboard.checking.units import Unit
from dashboard.drafting.model import Mark

_CLOSING = {"“": "”", "「": "」", "『": "』", "«": "»"}
_OPENING = {end: start for start, end in _CLOSING.items()}
_STRAIGHT = '"'
_AFTER = re.compile(r"[。！？!?；;，,.、：:\s)）」』”’»›﹂﹄〞〟❞❜＂＇\"']*")
_ATTRIBUTION = re.compile(r"\s*(?:——|—|--|―)")


@dataclass(frozen=True)
class Quoted:
    """Words that are given as another's, without their quotation marks."""

    unit: Unit
    start: int
    end: int
    marks: tuple[Mark, ...]  # the references that say where the words come from; none: nobody says
    block: bool = False

    @property
    def text(self) -> str:
        """The words."""
        return self.unit.text.text[self.start : self.end]


@dataclass(frozen=True)
class Unclosed:
    """A quotation mark whose other half is missing."""

    unit: Unit
    at: int


def quoted(units: Sequence[Unit]) -> Iterator[Quoted | Unclosed]:
    """All quotations of a draft in order.

    A quotation that runs over paragraphs (its marks open in one and close in the next) counts in each.
    """
    opened: Unit | None = None  # the paragraph before, when its last quotation is still open
    for number, unit in enumerate(units):
        if unit.kind == "quotation":
            yield from _block(unit, _marks_around(units, number))
            opened = None
            continue
        follower = units[number + 1] if number + 1 < len(units) else None
        spans, first, last = _spans(unit.text.text)
        if first is not None:
            if opened is not None:
                start = len(unit.text.text) - len(evened(unit.text.text).lstrip("“「『« \n"))
                yield from _inline(unit, [(min(start, first), first)])
            else:
                yield Unclosed(unit, first)
        yield from _inline(unit, spans)
        alone = lonely(unit.text.text)
        if alone is not None and not any(start <= alone < end for start, end in spans):
            yield Unclosed(unit, alone)
        opened = None
        if last is not None:
            if follower is not None and follower.kind == unit.kind == "paragraph" and _closes(follower):
                marks = _marks_behind(unit, len(unit.text.text)) or follower.bound[:1]
                yield Quoted(unit, last + 1, len(unit.text.text), tuple(marks))
                opened = unit
            else:
                yield Unclosed(unit, last)


def _closes(unit: Unit) -> bool:
    """Whether the paragraph closes a quotation that the one before has opened."""
    text = evened(unit.text.text).lstrip()
    return _spans(text[1:] if text[:1] in _CLOSING else text)[1] is not None


def _spans(text: str) -> tuple[list[tuple[int, int]], int | None, int | None]:
    """Outermost quotations without their marks; the first that closes without having opened, the last left
    open.
    """
    text = evened(text)
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    orphan: int | None = None
    for at, sign in enumerate(text):
        if sign in _STRAIGHT:
            if stack and stack[-1][0] in _STRAIGHT:
                _, start = stack.pop()
                if not stack:
                    found.append((start + 1, at))
            elif not (at and text[at - 1].isdigit() and not _pairs_later(text, at)):
                stack.append((sign, at))
        elif sign in _CLOSING:
            stack.append((sign, at))
        elif sign in _OPENING:
            if stack and stack[-1][0] == _OPENING[sign]:
                _, start = stack.pop()
                if not stack:
                    found.append((start + 1, at))
            elif not stack and found and text[found[-1][1]] == sign:
                found[-1] = (found[-1][0], at)  # an inner quotation that lost its beginning
            elif not stack and orphan is None:
                orphan = at
    if stack and (end := _last_end(text, stack[0][1])) is not None:
        return _outermost(found, stack[0][1] + 1, end), orphan, None
    return sorted(found), orphan, stack[0][1] if stack else None


def _last_end(text: str, start: int) -> int | None:
    """The last sign that closes what opened at `start`: it closed an inner quotation that was cut off."""
    at = text.rfind(_CLOSING.get(text[start], "\0"))
    return at if at > start else None


def _outermost(found: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    outside = [one for one in found if one[1] < start or one[0] > end]
    return sorted([*outside, (start, end)])


def _pairs_later(text: str, at: int) -> bool:
    """Whether a straight mark behind a digit opens a quotation: one more follows (else it means inches)."""
    return sum(text.count(sign, at + 1) for sign in _STRAIGHT) % 2 == 1


def _inline(unit: Unit, spans: Sequence[tuple[int, int]]) -> Iterator[Quoted]:
    for start, end in spans:
        if unit.text.text[start:end].strip():
            yield Quoted(unit, start, end, _marks_of(unit, start, end))


def _marks_of(unit: Unit, start: int, end: int) -> tuple[Mark, ...]:
    """The references of a quotation: those right behind it, else the next in its sentence, else those at the
    paragraph's end, else those that stand before it in its sentence.
    """
    if unit.kind == "cell":
        return unit.bound
    behind = _AFTER.match(unit.text.text, end)
    reach = behind.end() if behind else end
    direct = tuple(mark for mark in unit.text.marks if end <= mark.at <= reach)
    if direct:
        return direct
    first, last = unit.sentence(end)
    following = [mark for mark in unit.text.marks if end <= mark.at <= last]
    if following:
        return tuple(mark for mark in following if mark.at == following[0].at)
    final = _marks_behind(unit, len(unit.text.text.rstrip()))
    if final:
        return final
    return tuple(mark for mark in unit.text.marks if first <= mark.at <= start)


def _marks_behind(unit: Unit, at: int) -> tuple[Mark, ...]:
    return tuple(mark for mark in unit.text.marks if mark.at >= at)


def _marks_around(units: Sequence[Unit], number: int) -> tuple[Mark, ...]:
    """For a paragraph of a block quotation without references: the next ones within the quotation, else those
    of the line that leads to it with a colon.
    """
    first = number
    while first and units[first - 1].kind == "quotation":
        first -= 1
    last = number
    while last < len(units) and units[last].kind == "quotation":
        if last > number and units[last].text.marks:
            return tuple(mark for mark in units[last].text.marks if mark.at == units[last].text.marks[0].at)
        last += 1
    lead = units[first - 1] if first else None
    if lead is None or not lead.text.text.rstrip().endswith(("：", ":")):
        return ()
    return tuple(mark for mark in lead.text.marks if mark.at == lead.text.marks[-1].at)


def _block(unit: Unit, around: tuple[Mark, ...]) -> Iterator[Quoted]:
    """The parts of a block quotation, each up to its references; an attribution behind them is no part."""
    text, start = unit.text.text, 0
    for at in sorted({mark.at for mark in unit.text.marks}):
        marks = tuple(mark for mark in unit.text.marks if mark.at == at)
        if text[start:at].strip():
            yield _stripped(unit, start, at, marks)
            start = at
    rest = text[start:]
    if rest.strip(" \n\t。.;；,，") and not (start and _ATTRIBUTION.match(rest)):
        yield _stripped(unit, start, len(text), _marks_behind(unit, len(text)) or around)


def _stripped(unit: Unit, start: int, end: int, marks: tuple[Mark, ...]) -> Quoted:
    """Without the quotation marks around the whole of it, which a block quotation does not need."""
    text = unit.text.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    spans, orphan, left = _spans(text[start:end])
    if orphan is None and left is None and spans == [(1, end - start - 1)]:
        return Quoted(unit, start + 1, end - 1, marks, block=True)
    return Quoted(unit, start, end, marks, block=True)
