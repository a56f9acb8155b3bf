"""Which text of a law it is: the last 修正 or 修订 that its title or the note below the title names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

# The note stands in the first brackets below the title: adopted on ..., amended for the first time on ....
_NOTE = re.compile(r"[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]")
_STEP = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日[^年]*?(修正|修订|修改)")
_TITLE = re.compile(r"[（(]\s*(\d{4}\s*年?\s*(?:修正|修订|修改)本?)\s*[）)]\s*$")
_DECISION = re.compile(r"《[^《》]*》")  # 《关于修改…的决定》 is what amends, not the word for it
_HEAD = 600  # characters; below them the articles have begun


@dataclass(frozen=True, slots=True)
class Revision:
    """The text in hand: as it is said (2018年12月29日修正) and its day, where one is named."""

    text: str
    day: date | None


def revision_of(title: str | None, beginning: str | None) -> Revision | None:
    """The latest revision named by the note at the beginning of a text; without one, by its title's end."""
    head = _DECISION.sub("", (beginning or "")[:_HEAD])
    steps = [found for note in _NOTE.finditer(head) for found in _STEP.finditer(note[1])]
    dated = [(day, step[4]) for step in steps if (day := _day(step)) is not None]
    if dated:
        day, word = max(dated)
        return Revision(f"{day.year}年{day.month}月{day.day}日{word}", day)
    printed = _TITLE.search(title or "")
    return Revision("".join(printed[1].split()), None) if printed else None


def _day(step: re.Match[str]) -> date | None:
    """None for a day that no calendar has: a misprint is not repaired here."""
    try:
        return date(int(step[1]), int(step[2]), int(step[3]))
    except ValueError:
        return None
