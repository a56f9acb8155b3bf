"""From what a person typed to the theme, topic class, department or region meant, or the nearest ones."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from dashboard.briefing.model import Subject, SubjectKind
from warehouse.errors import UserError
from warehouse.queries.reading import Published
from warehouse.queries.subjects import SubjectNames, subject_names

ALL_KINDS: tuple[SubjectKind, ...] = ("theme", "topic", "department", "region")
SUGGESTIONS = 4
MOST_LISTED = 25  # all classes called 其他 with their paths still fit one message
_KINDS_SAID = {"theme": "theme", "topic": "topic", "department": "issuing body", "region": "region"}


def find_subject(publication: Published, text: str, kinds: Sequence[SubjectKind] = ALL_KINDS) -> Subject:
    """The subject called `text`: a theme by id or name first, then a code, a topic's path, then a name.

    A UserError says that there is none and names the nearest, or that the name fits several and lists them.
    """
    wanted = _folded(text)
    known = [names for names in subject_names(publication) if names.kind in kinds]
    called = [names for names in known if wanted in _called(names)]
    for fitting in (
        [names for names in called if names.kind == "theme"],
        [names for names in called if wanted == _folded(names.key)],
        [
            names
            for names in called
            if names.kind == "topic" and "\\" in names.other and wanted == _folded(names.other)
        ],
        called,
    ):
        if len({(names.kind, names.key) for names in fitting}) == 1:
            return _subject(fitting[0])
    if called:
        raise UserError(f"'{text}' fits {_listed(called)}; name one by its code.")
    near = _nearest(wanted, known)
    remedy = (
        f"the nearest are {', '.join(near)}"
        if near
        else "'govbrief themes' and 'govbrief taxonomy' list what there is"
    )
    raise UserError(f"No {' or '.join(kinds)} is called '{text}'; {remedy}.")


def theme_subjects(publication: Published) -> list[Subject]:
    """All themes of the publication."""
    return [
        Subject("theme", names.key, names.name_zh, names.name_en)
        for names in subject_names(publication)
        if names.kind == "theme"
    ]


def _subject(names: SubjectNames) -> Subject:
    return Subject(names.kind, names.key, names.name_zh, names.name_en)


def _listed(several: Sequence[SubjectNames]) -> str:
    shown = [
        f"the {_KINDS_SAID[names.kind]} {_full_name(names)} ({names.key})" for names in several[:MOST_LISTED]
    ]
    if len(several) > MOST_LISTED:
        shown.append(f"{len(several) - MOST_LISTED} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _full_name(names: SubjectNames) -> str:
    """A topic's path, else the name."""
    return (names.other if names.kind == "topic" else "") or names.name_zh or names.name_en


def _called(names: SubjectNames) -> set[str]:
    return {_folded(name) for name in (names.key, names.name_zh, names.name_en, names.other) if name}


def _folded(text: str) -> str:
    return "".join(text.replace("/", "\\").split()).casefold()


def _nearest(wanted: str, known: Sequence[SubjectNames]) -> list[str]:
    if not wanted:
        return []
    shown: dict[str, str] = {}
    for names in known:
        for name in (names.name_zh, names.name_en, names.key):
            if name:
                shown.setdefault(_folded(name), name)
    within = sorted((name for name in shown if wanted in name or (len(name) > 1 and name in wanted)), key=len)
    close = difflib.get_close_matches(wanted, list(shown), n=SUGGESTIONS, cutoff=0.5)
    return [f"'{shown[name]}'" for name in dict.fromkeys([*within, *close])][:SUGGESTIONS]
