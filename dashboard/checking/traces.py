"""What must not stand in a draft: personal data, marks of secrecy, figures nobody can make, open merges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dashboard.checking.model import Finding
from dashboard.checking.units import Looked, Unit, finding, short
from dashboard.drafting.model import Figure, Text
from warehouse.content import page_mark, text_mark
from warehouse.personal.finder import find_personal

_EMPTY = Text("")
_CONFLICT = re.compile(r"^\s*(?:<{7}|={7}|>{7}|\|{7})(?=\s|$)")
GAP = re.compile(
    r"[×xX]{3,}|[（(](?:待补充?|待填写?|待核实?|此处填写)[）)]|〔(?:待|此处|TODO)[^〕]*〕|＿{2,}|(?<!\w)_{3,}(?!\w)"
    r"|\b(?:TODO|TBD|TBC|FIXME|lorem ipsum)\b"
)
_ENGLISH_MARK = re.compile(r"\s*(?:TOP\s+SECRET|SECRET|CONFIDENTIAL|RESTRICTED)(?:\s*//.*)?\s*")


def check_personal(looked: Looked) -> Iterator[Finding]:
    """Numbers of persons, private addresses, mail and homes, by the rules that mask them at publication."""
    for unit in looked.units:
        text = unit.text.text
        for start, end, kind in find_personal(text, letter=False, language=looked.language):
            yield finding("personal-data", unit, start, end, text[start:end], told=kind)


def check_secrecy(looked: Looked) -> Iterator[Finding]:
    """A mark 秘密, 机密 or 绝密 on a line of its own; words that merely speak of secrecy are none."""
    for unit in looked.units:
        at = 0
        for line in unit.text.text.split("\n"):
            if text_mark((line,)) or page_mark((line,)) or _ENGLISH_MARK.fullmatch(line):
                yield finding("secrecy-mark", unit, at, at + len(line), words=line.strip())
            at += len(line) + 1


def check_figures(looked: Looked, problem: Callable[[Figure], str]) -> Iterator[Finding]:
    """Figures that cannot be made from the publication; `problem` says why, '' when they can."""
    for block in looked.draft.blocks:
        if isinstance(block, Figure):
            why = block.problem or problem(block)
            if why:
                unit = Unit("paragraph", block.place.block, _EMPTY)
                yield finding("figure-unknown", unit, text=repr(dict(block.settings)), why=short(why))


def check_left_over(looked: Looked) -> Iterator[Finding]:
    """Signs of a merge that nobody finished, and places that nobody filled in."""
    for number, line in enumerate(looked.source.splitlines()):
        if _CONFLICT.match(line):
            block = _block_at(looked, number)
            yield finding(
                "conflict-left", Unit("paragraph", block, _EMPTY), text=line.strip(), line=number + 1
            )
    for unit in looked.units:
        for found in GAP.finditer(unit.text.text):
            if not any(start <= found.start() < end for start, end in _quoted(unit)):
                yield finding("gap-left", unit, *found.span(), words=found[0])


def _quoted(unit: Unit) -> list[tuple[int, int]]:
    """Rough places of quoted words: what a source leaves open (××市) is its own."""
    if unit.kind == "quotation":
        return [(0, len(unit.text.text))]
    return [
        found.span() for found in re.finditer(r"“[^”]*”|「[^」]*」|《[^》]*》|\"[^\"]*\"", unit.text.text)
    ]


def _block_at(looked: Looked, line: int) -> int:
    places = [block.place for block in looked.draft.blocks]
    return next(
        (one.block for one in places if one.line <= line < one.until), len(places) - 1 if places else -1
    )
