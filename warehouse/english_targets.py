"""English targets made comparable: what the figure of a sentence measures, in what unit, by which year.

The rules for English texts mine a figure that a sentence with an aim sets (`80 percent`) and no indicator.
It is read here from the words around the figure, only for the documents that are compared;
where none can be told with some certainty there is no target.
"""

from __future__ import annotations

import re
from typing import Literal

from warehouse.targets import Bound, Target

_FIGURE = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<times>thousand|million|billion)?\s?"
    r"(?P<percent>%|per ?cent\b|percentage points?)?"
)
_TIMES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_PHRASE = r"(?:the |its |their |our )?(?P<name>[a-z][\w'’/ -]{2,58}?)"
_MOVED = re.compile(
    rf"\b(?P<verb>increas|rais|improv|expand|grow|reduc|cut|lower|decreas|limit)\w* {_PHRASE}"
    r" (?P<how>by|to) (?:at least |no (?:more|less) than |up to |about |around )?$",
    re.IGNORECASE,
)
_STANDS = re.compile(
    rf"(?:^|[,;:.] |\bthat )(?:by [^,]{{4,30}}, )?{_PHRASE}"
    r" (?:will|shall|must|should|is to|are to|to) (?:reach|be|rise to|fall to|stand at|exceed"
    r"|be (?P<moved>increased|reduced|cut|raised|lowered) (?P<how>by|to))"
    r" (?:at least |no (?:more|less) than )?$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\s?(?:of|for) (?:all |the |its |their )?(?P<name>[A-Za-z][\w'’ -]{2,58})")
_COUNTED = re.compile(r"\s?(?:additional |new |more )?(?P<name>[a-z][\w'’ -]{2,48})")
_UNTIL = re.compile(
    r" (?:by|in|for|from|to|at|with|who|that|which|will|shall|must|across|per|and|within|over|before|on)\b.*"
)
_TIME = re.compile(r"^(?:years?|months?|weeks?|days?|hours?|minutes?|dollars?|pounds?|times?|pages?)\b")
_BY_YEAR = re.compile(
    r"\b(?:by|in|before|until|no later than)(?: the end of| end| [A-Z][a-z]+(?: \d{1,2},?)?)? (20[0-6]\d)\b"
)
_DOWN = ("reduc", "cut", "lower", "decreas", "limit")


def read_english(sentence: str, value: str) -> Target | None:
    """The target of a mined English figure in its sentence; None where no indicator can be told."""
    at = sentence.find(value)
    found = _FIGURE.match(value) if at >= 0 else None
    if found is None:
        return None
    number = float(found["n"].replace(",", "")) * _TIMES.get(found["times"] or "", 1)
    percent = bool(found["percent"])
    before, behind = sentence[:at], sentence[at + found.end() :]
    name, change = _measured(before, behind, percent)
    if not name or _TIME.match(name):
        return None
    unit = ("percentage points" if "point" in (found["percent"] or "") else "%") if percent else ""
    years = {int(one) for one in _BY_YEAR.findall(sentence)}
    return Target(
        name, name.casefold(), number, number, _bound(before), change, value[: found.end()].strip(), unit,
        years.pop() if len(years) == 1 else None, "",
    )  # fmt: skip


def _measured(before: str, behind: str, percent: bool) -> tuple[str, Literal["", "+", "-"]]:
    """The name of what is measured and whether the figure is a change."""
    tail = before[-160:]
    for pattern in (_MOVED, _STANDS):
        found = pattern.search(tail)
        if found:
            verb = (found.groupdict().get("verb") or found.groupdict().get("moved") or "").lower()
            by = found.groupdict().get("how") == "by"
            return found["name"].strip(), ("-" if verb.startswith(_DOWN) else "+") if by else ""
    told = (_SHARE if percent else _COUNTED).match(behind)
    if told is None:
        return "", ""
    name = _UNTIL.sub("", told["name"]).strip(" -,")
    return (f"share of {name}" if percent else name) if len(name) > 2 else "", ""


def _bound(before: str) -> Bound:
    tail = before[-24:].lower()
    if re.search(r"(?:at least|no(?:t)? (?:less|fewer) than|a minimum of)\s*$", tail):
        return "least"
    return "most" if re.search(r"(?:up to|no(?:t)? more than)\s*$", tail) else ""
