"""What a fenced `figure` block asks for: read strictly, and one clear sentence for what cannot be made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from dashboard.briefing.model import Subject, SubjectKind
from dashboard.briefing.subjects import find_subject
from dashboard.report.model import plain
from dashboard.words import say
from warehouse.errors import UserError
from warehouse.publication import Publication

KINDS = ("trend", "due", "matrix", "actors", "targets")
TIMED = {"due": 60, "actors": 30}  # kinds that take a period, and their usual days
_KEYS = ("kind", "subject", "title", "caption", "period")
_PERIOD = re.compile(r"(\d{1,3})d")
_MOST_DAYS = 731
_LONGEST = 200  # characters of a title or caption


@dataclass(frozen=True, slots=True)
class FigureWish:
    """A figure that can be made."""

    kind: str  # of KINDS
    subject: Subject
    title: str  # "": the kind's own
    caption: str
    days: int  # ahead for what is due, back for who issued; 0 where the kind has no period


class FigureProblem(UserError):
    """Why a figure cannot be made: a key of the catalogue with its values, and its sentence in English."""

    def __init__(self, key: str, **values: str) -> None:
        self.key, self.values = f"figures.{key}", values
        super().__init__(say("en", self.key, **values))


def figure_problem(publication: Publication, settings: Mapping[str, Any], language: str = "zh") -> str:
    """One sentence that says why the settings of a figure make none; "" when they do."""
    try:
        read_figure(publication, settings)
    except FigureProblem as problem:
        return say("en" if language == "en" else "zh", problem.key, **problem.values)
    return ""


def read_figure(publication: Publication, settings: Mapping[str, Any]) -> FigureWish:
    """The figure that the settings ask for; FigureProblem says what is wrong with them."""
    unknown = next((key for key in settings if key not in _KEYS), None)
    if unknown is not None:
        raise FigureProblem("unknown-key", value=plain(unknown), known=", ".join(_KEYS))
    for key, value in settings.items():
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise FigureProblem("no-text", name=plain(key), most=str(_LONGEST))
    kind = str(settings.get("kind", ""))
    if kind not in KINDS:
        raise FigureProblem("unknown-kind", value=plain(kind), known=", ".join(KINDS))
    subject = _subject(publication, str(settings.get("subject", "")))
    if kind == "matrix" and subject.kind == "department":
        raise FigureProblem("no-regions", value=plain(subject.key))
    title, caption = (plain(str(settings.get(key, ""))) for key in ("title", "caption"))
    return FigureWish(kind, subject, title, caption, _days(kind, str(settings.get("period", ""))))


def _subject(publication: Publication, text: str) -> Subject:
    kind, colon, key = text.partition(":")
    kinds: dict[str, SubjectKind] = {one: one for one in get_args(SubjectKind)}
    if not colon or kind not in kinds or not key.strip():
        raise FigureProblem("no-subject", value=plain(text))
    try:
        return find_subject(publication, key.strip(), (kinds[kind],))
    except UserError as error:
        raise FigureProblem("unknown-subject", value=plain(text)) from error


def _days(kind: str, period: str) -> int:
    if not period:
        return TIMED.get(kind, 0)
    found = _PERIOD.fullmatch(period)
    if kind not in TIMED:
        raise FigureProblem("no-period", kind=kind)
    if found is None or not 0 < int(found[1]) <= _MOST_DAYS:
        raise FigureProblem("period", value=plain(period), most=str(_MOST_DAYS))
    return int(found[1])
