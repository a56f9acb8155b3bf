"""Three-way merge of a draft by paragraphs: what two people wrote over the same version, nothing left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from warehouse.desk.drafts.units import Unit, joined, units

_PAIRED = 0.4  # likeness from which a paragraph counts as another one changed, not as a new one
_MOST_COMPARED = 250_000  # pairs of paragraphs of a stretch in which none stands once in both texts
_MOST_PAIRED = 900  # pairs of paragraphs whose likeness is measured
_MOST_LETTERS = 4_000_000  # pairs of letters; likeness of longer paragraphs is by their letters alone

# No Markdown of a draft begins with these signs; checks before signing stop at them.
_OPENED = "<<<<<<< 冲突：{theirs} 写的 / Conflict: written by {theirs}"
_BETWEEN = "||||||| {mine} 写的 / written by {mine}"
_CLOSED = "||||||| 冲突结束，留一种，删去这三行 / End: keep one and delete these three lines"
MARKER = re.compile(r"^(?:<{7}|\|{7})(?= |$).*$", re.MULTILINE)


Code = tuple[str, int, int, int, int]  # as difflib tells: kind, places in the old and in the new text


@dataclass(frozen=True, slots=True)
class Merged:
    """The text with the changes of both, and in how many paragraphs both stand between markers."""

    text: str
    conflicts: int


@dataclass(slots=True)
class _Changes:
    """What a text did to its base: units changed or taken out by place, units put in before a place."""

    changed: dict[int, Unit | None] = field(default_factory=dict)
    added: dict[int, list[Unit]] = field(default_factory=dict)
    gaps: dict[int, str] = field(default_factory=dict)  # line ends of units that stayed


def merge(base: str, mine: str, theirs: str, *, names: tuple[str, str] = ("", "")) -> Merged:
    """What `mine` and `theirs` both made of `base`; names (theirs, mine) stand in the markers of conflicts.

    A paragraph that both changed differently stands in both forms between marker lines. One that was changed
    here and taken out there stays as it was changed.
    """
    old = units(base)
    here, there = _changes(old, units(mine)), _changes(old, units(theirs))
    out: list[Unit] = []
    conflicts = 0
    for place in range(len(old) + 1):
        out += _both_added(there.added.get(place, []), here.added.get(place, []))
        if place < len(old):
            forms = _forms(old[place], place, here, there)
            conflicts += len(forms) > 1
            out += _between_markers(forms[0], forms[1], names) if len(forms) > 1 else forms
    return Merged(_with_end(out, mine), conflicts)


def refreshed(base: str, theirs: str, new: str) -> str:
    """`theirs` with what changed from `base` to `new`, wherever `theirs` still says what `base` said."""
    old = units(base)
    person, program = _changes(old, units(theirs)), _changes(old, units(new))
    out: list[Unit] = []
    for place in range(len(old) + 1):
        out += _both_added(person.added.get(place, []), program.added.get(place, []))
        if place < len(old):
            kept = person.changed.get(place, program.changed.get(place, old[place]))
            out += [kept] if kept is not None else []
    return joined(out)


def conflicts_in(text: str) -> int:
    """How many marker lines of conflicts stand in a text; such a text is not finished."""
    return len(MARKER.findall(text))


def _forms(unit: Unit, place: int, here: _Changes, there: _Changes) -> list[Unit]:
    """The forms in which a unit of the base goes on: none, one, or theirs and mine."""
    mine, theirs = here.changed.get(place, unit), there.changed.get(place, unit)
    if place not in here.changed:
        gap = here.gaps.get(place, unit.gap)
        kept = theirs if gap == unit.gap or theirs is None else Unit(theirs.content, gap)
        return [kept] if kept else []
    if place not in there.changed or theirs is None:
        return [mine] if mine else []
    if mine is None or mine.content == theirs.content:
        return [theirs]
    return [theirs, mine]


def _between_markers(theirs: Unit, mine: Unit, names: tuple[str, str]) -> list[Unit]:
    told = {"theirs": names[0] or "?", "mine": names[1] or "?"}
    return [
        Unit(_OPENED.format(**told), "\n\n"),
        Unit(theirs.content, "\n\n"),
        Unit(_BETWEEN.format(**told), "\n\n"),
        Unit(mine.content, "\n\n"),
        Unit(_CLOSED, "\n\n"),
    ]


def _both_added(theirs: Sequence[Unit], mine: Sequence[Unit]) -> list[Unit]:
    said = {one.content for one in theirs}
    return [*theirs, *(one for one in mine if one.content not in said)]


def _with_end(out: list[Unit], mine: str) -> str:
    """The text with the line ends with which `mine` ends, so that a caret behind them stays where it is."""
    text = joined(out)
    return text.rstrip("\n") + mine[len(mine.rstrip("\n")) :]


def _changes(old: Sequence[Unit], new: Sequence[Unit]) -> _Changes:
    found = _Changes()
    before, after = [one.content for one in old], [one.content for one in new]
    for kind, i1, i2, j1, j2 in _opcodes(before, after):
        if kind == "equal":
            found.gaps.update({i1 + step: new[j1 + step].gap for step in range(i2 - i1)})
        else:
            _replaced(found, old, new, (i1, i2, j1, j2))
    return found


def _opcodes(old: list[str], new: list[str]) -> list[Code]:
    """What is equal and what differs: first by paragraphs that stand once in both, then between those."""
    codes: list[Code] = []
    i, j = 0, 0
    for left, right in [*_anchors(old, new), (len(old), len(new))]:
        codes += _between(old, new, (i, left, j, right))
        if left < len(old):
            codes.append(("equal", left, left + 1, right, right + 1))
        i, j = left + 1, right + 1
    return codes


def _between(old: list[str], new: list[str], block: tuple[int, int, int, int]) -> list[Code]:
    i1, i2, j1, j2 = block
    if i1 >= i2 or j1 >= j2:
        return [("replace", *block)] if i1 < i2 or j1 < j2 else []
    if (i2 - i1) * (j2 - j1) > _MOST_COMPARED:
        return [("replace", *block)]
    codes = SequenceMatcher(None, old[i1:i2], new[j1:j2], autojunk=False).get_opcodes()
    return [(kind, i1 + a, i1 + b, j1 + c, j1 + d) for kind, a, b, c, d in codes]


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The longest run, in order, of paragraphs that stand once in each text (patience diff)."""
    counts, others = Counter(old), Counter(new)
    at = {said: place for place, said in enumerate(new) if others[said] == 1}
    pairs = [(i, at[said]) for i, said in enumerate(old) if counts[said] == 1 and said in at]
    ends: list[int] = []  # of runs of each length, the lowest last place
    behind: list[int] = []  # which pair ends the run of that length
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(behind[length - 1] if length else None)
        ends[length : length + 1] = [place]
        behind[length : length + 1] = [number]
    run: list[tuple[int, int]] = []
    last = behind[-1] if behind else None
    while last is not None:
        run.append(pairs[last])
        last = before[last]
    return run[::-1]


def _replaced(
    found: _Changes, old: Sequence[Unit], new: Sequence[Unit], block: tuple[int, int, int, int]
) -> None:
    """Note a block that differs: which unit became which, what was taken out, what was put in where."""
    i1, i2, j1, j2 = block
    pairs = _pairs([one.content for one in old[i1:i2]], [one.content for one in new[j1:j2]])
    place, at = i1, j1
    for left, right in [*pairs, (i2 - i1, j2 - j1)]:
        for gone in range(place, i1 + left):
            found.changed[gone] = None
        if at < j1 + right:
            found.added.setdefault(i1 + left, []).extend(new[at : j1 + right])
        if i1 + left < i2:
            found.changed[i1 + left] = new[j1 + right]
        place, at = i1 + left + 1, j1 + right + 1


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which paragraph of a changed block became which: in order, as alike as can be."""
    if len(old) == len(new) == 1:
        return [(0, 0)]
    if len(old) * len(new) > _MOST_PAIRED:
        return []
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(one, other) for other in new] for one in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            taken = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _PAIRED else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if alike[i][j] >= _PAIRED and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(old: str, new: str) -> float:
    """From 0 to 1; one that begins or ends with the other is that one typed on."""
    if old.startswith(new) or new.startswith(old):
        return 1.0
    likeness = SequenceMatcher(None, old, new, autojunk=False)
    rough = likeness.quick_ratio()
    return likeness.ratio() if rough >= _PAIRED and len(old) * len(new) < _MOST_LETTERS else rough
