"""How a relation is told: by colour, by shape and by word, alike in picture, table and legend."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.frame import Frame
from dashboard.looks import INK
from dashboard.markup import Markup, element, join
from dashboard.words import known


@dataclass(frozen=True, slots=True)
class Mark:
    """One relation's look; every colour stands out from white by at least 4.5 to 1."""

    colour: str
    symbol: str  # ECharts' name of the shape
    glyph: str  # the same shape as a character
    line: str  # solid | dashed | dotted


SELF = Mark(INK, "roundRect", "▬", "solid")
MARKS = {
    "basis": Mark("#0B5394", "circle", "●", "solid"),
    "implements": Mark("#1C5B2E", "triangle", "▲", "solid"),
    "forwards": Mark("#6B3FA0", "rect", "■", "solid"),
    "prints": Mark("#00606B", "diamond", "◆", "solid"),
    "amends": Mark("#9A5200", "pin", "⚲", "solid"),
    "repeals": Mark("#8E1B1B", "arrow", "➤", "solid"),
    "mentions": Mark("#595959", "emptyCircle", "○", "dashed"),
    "title": Mark("#7A4300", "emptyTriangle", "△", "dotted"),
    "clauses": Mark("#7A4300", "emptyRect", "□", "dotted"),
}


def mark_of(relation: str) -> Mark:
    """The look of a relation; the document in the middle has none."""
    return MARKS.get(relation, SELF)


def word_of(frame: Frame, relation: str) -> str:
    """The relation in words."""
    if not relation:
        return frame.say("ego.self")
    return known(frame.language, f"citation.{relation}", "") or frame.say(f"cascade.{relation}")


def badge(frame: Frame, relation: str) -> Markup:
    """Shape and word; the word says what colour and shape only repeat."""
    shape = element("span", mark_of(relation).glyph, aria_hidden="true")
    return element("span", join((shape, " ", word_of(frame, relation))), cls="gb-badge")
