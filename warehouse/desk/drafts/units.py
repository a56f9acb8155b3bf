"""The units of a draft's text, in which changes of several people are merged and versions are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?: |$)")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, heading, point of a list, row of a table or fenced block, and the line ends after it."""

    content: str
    gap: str = ""


def units(text: str) -> list[Unit]:
    """The text cut into units; `joined` gives it back, but for blank lines before the first unit."""
    found: list[Unit] = []
    lines: list[str] = []
    blank, fence = 0, ""
    for line in text.split("\n"):
        if fence:
            lines.append(line)
            fence = "" if _closes(line, fence) else fence
        elif not line.strip():
            blank += 1
        else:
            if lines and (blank or _begins(line, lines[-1])):
                found.append(Unit("\n".join(lines), "\n" * (blank + 1)))
                lines = []
            blank = 0
            opened = _FENCE.match(line)
            fence = opened[1] if opened else ""
            lines.append(line)
    if lines:
        found.append(Unit("\n".join(lines), "\n" * blank))
    return found


def joined(parts: Iterable[Unit]) -> str:
    """The text of units; where line ends are missing between two, a blank line divides them."""
    text, before = "", None
    for part in parts:
        if before is not None and "\n" not in before.gap:
            text += "\n" if _together(before.content, part.content) else "\n\n"
        elif before is not None:
            text += before.gap
        text, before = text + part.content, part
    return text + (before.gap if before else "")


def paragraphs(text: str) -> list[str]:
    """What a remark can stand at: the contents of the units."""
    return [one.content for one in units(text)]


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip()
    return len(stripped) >= len(fence) and set(stripped) == {fence[0]}


def _begins(line: str, before: str) -> bool:
    """Whether a line that follows another directly begins a unit of its own."""
    if _ITEM.match(line) or _HEADING.match(line) or _HEADING.match(before) or _FENCE.match(line):
        return True
    return line.lstrip().startswith("|") or bool(_FENCE.match(before))


def _together(first: str, second: str) -> bool:
    """Points of one list and rows of one table stand without a blank line between them."""
    rows = first.lstrip().startswith("|") and second.lstrip().startswith("|")
    return rows or bool(_ITEM.match(first) and _ITEM.match(second))
