"""What the parts of a briefing share: the subject as selection and address, and links to a passage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.briefing.model import Subject
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from warehouse.queries.pages_listing import Selection

PERIODS = {"7d": 7, "30d": 30, "90d": 90, "365d": 365}
USUAL = "30d"
VIEWS = ("print",)
_ADDRESS = {"theme": ("topics", "theme"), "topic": ("topics", "topic"), "department": ("departments", "d")}
_REGION = ("regions", "r")


def selection_of_subject(subject: Subject, **narrowing: Any) -> Selection:
    """The documents of a subject as a selection, for the listing behind a number."""
    kind, key = subject.kind, subject.key
    own: dict[str, Any] = {"theme": None, "topic": None, "department": None, "region": None, kind: key}
    return Selection(**{**own, **narrowing})


def address_of(frame: Frame, subject: Subject, **more: object) -> str:
    """The address of the subject's briefing."""
    page, key = _ADDRESS.get(subject.kind, _REGION)
    return frame.to(page, **{key: subject.key, **more})


def is_print(frame: Frame) -> bool:
    """Whether the two pages to be printed are asked for."""
    return frame.parameters.get("view") == "print"


def with_candidates(frame: Frame) -> bool:
    """Whether sentences that nobody confirmed are asked for."""
    return frame.parameters.get("candidates") == "1"


def at_most(frame: Frame, screen: int, paper: int) -> int:
    """How many lines a list has on the screen and on the two printed pages."""
    return paper if is_print(frame) else screen


def left_out(frame: Frame, shown: int, total: int) -> Markup | None:
    """How many a list leaves out; None when it is whole."""
    more = total - shown
    return element("p", frame.say("part.more", n=more), cls="gb-quiet gb-left-out") if more > 0 else None


def to_passage(frame: Frame, label: Child, row: Mapping[str, Any], fact: bool = True) -> Markup:
    """A link to the sentence of a mined row, marked where it stands."""
    place = {"id": row["document_id"], "para": row["paragraph"] + 1}
    if fact:
        place["fact"] = row["fact_id"]
    return frame.link(label, "doc", **place)


def to_document(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """A document by its title."""
    return frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])
