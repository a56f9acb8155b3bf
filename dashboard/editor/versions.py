"""Two versions of a draft side by side: paragraphs aligned, what changed in them marked sign by sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from dashboard.markup import Child, Markup, element, join
from warehouse.desk.drafts.units import paragraphs

# A number or a word changes as a whole; everything else sign by sign.
_UNITS = re.compile(r"[0-9][0-9.,:]*|[A-Za-z]+|\s+|.", re.S)
_MARKED = 4000  # characters up to which two paragraphs are compared sign by sign
_ISLAND = 2  # equal signs between two changes that are read more easily as part of them
_MOST = 3000  # paragraphs that are aligned; beyond it the texts stand whole


def compared(old: str, new: str) -> tuple[Markup, int]:
    """What was taken out and put in, paragraph by paragraph, and how many paragraphs changed."""
    rows = list(_rows(paragraphs(old), paragraphs(new)))
    return element("ul", *(element("li", one, cls="gb-compared") for one in rows), cls="gb-changes"), len(
        rows
    )


def _rows(old: list[str], new: list[str]) -> Iterator[Child]:
    if len(old) + len(new) > _MOST:
        yield join((element("del", "\n".join(old)), element("ins", "\n".join(new))))
        return
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        was, now = old[i:i_end], new[j:j_end]
        for place in range(max(len(was), len(now))):
            if place >= len(now):
                yield element("del", was[place])
            elif place >= len(was):
                yield element("ins", now[place])
            else:
                yield signs(was[place], now[place])


def signs(old: str, new: str) -> Markup:
    """One paragraph with what was taken out and put in."""
    if max(len(old), len(new)) > _MARKED:
        return join((element("del", old), element("br"), element("ins", new)))
    was, now = _UNITS.findall(old), _UNITS.findall(new)
    parts: list[Child] = []
    for equal, gone, come in _runs(was, now):
        if equal:
            parts.append(gone)
            continue
        parts += [element("del", gone)] if gone else []
        parts += [element("ins", come)] if come else []
    return join(parts)


def _runs(was: list[str], now: list[str]) -> list[tuple[bool, str, str]]:
    """Equal and changed runs in turn; a short equal one between changes is told with them."""
    runs: list[tuple[bool, str, str]] = []
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for at, (kind, i, i_end, j, j_end) in enumerate(codes):
        gone, come = "".join(was[i:i_end]), "".join(now[j:j_end])
        inside = 0 < at < len(codes) - 1
        equal = kind == "equal" and not (inside and len(gone) < _ISLAND)
        if runs and not equal and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1] + gone, runs[-1][2] + come)
        else:
            runs.append((equal, gone, come))
    return runs
