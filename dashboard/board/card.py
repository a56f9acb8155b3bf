"""One card: a problem, and what other places did about the like, each sentence a link to its place in
the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.board.wish import Asked
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, html_language, join
from dashboard.pieces import day
from warehouse.desk.board import BoardJudgement

_STATES = {"confirmed": "●", "rejected": "✕", "candidate": "○"}


def problem_part(frame: Frame, problem: Mapping[str, Any], asked: Asked) -> Markup:
    """The problem's sentence, where it stands, and a link to its card alone."""
    alone = frame.link(frame.say("board.alone"), "board", **asked.parameters(card=problem["passage_id"]))
    return element(
        "header",
        element("h2", frame.say(f"board.origin-{problem['origin']}"), cls="gb-kind"),
        _quote(frame, problem, str(problem["passage_id"])),
        element("p", *_spaced(*_where(frame, problem), _class(frame, problem)), cls="gb-meta"),
        None if asked.wish.card else element("p", alone, cls="gb-more"),
    )


def precedent_part(frame: Frame, row: Mapping[str, Any], said: BoardJudgement | None, score: float) -> Markup:
    """What another place did: its state, its sentence, the like problem it met, and why it is shown."""
    state = said.verdict if said is not None else "candidate"
    mark = element("span", _STATES[state], aria_hidden="true")
    badge = element("span", mark, " ", frame.say(f"board.{state}"), cls=f"gb-badge gb-badge-{state}")
    return element(
        "div",
        element("p", badge, " ", *_spaced(*_where(frame, row)), cls="gb-meta"),
        _met(frame, row),
        element("p", frame.say("board.measure-there"), cls="gb-kind"),
        _quote(frame, row, str(row["measure_id"])),
        element("p", _why(frame, row), " ", frame.say("board.score", score=f"{score:.0%}"), cls="gb-why"),
        _said(frame, said),
        cls=f"gb-fact gb-precedent gb-precedent-{state}",
    )  # fmt: skip


def _met(frame: Frame, row: Mapping[str, Any]) -> Markup | None:
    if row["met_id"] is None:
        return None
    place = {"id": row["document_id"], "para": row["met_paragraph"] + 1, "fact": row["met_id"]}
    met = frame.link(row["met_sentence"], "doc", **place)
    return join((element("p", frame.say("board.met-there"), cls="gb-kind"), _quoted(row, met)))


def _quote(frame: Frame, row: Mapping[str, Any], fact: str) -> Markup:
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": fact}
    return _quoted(row, frame.link(row["sentence"], "doc", **place))


def _quoted(row: Mapping[str, Any], link: Markup) -> Markup:
    return element("blockquote", link, lang=_language(row), cls="gb-quote")


def _where(frame: Frame, row: Mapping[str, Any]) -> list[Child]:
    body = frame.body_name(row["department_code"], row["department_name"])
    return [
        frame.region_name(row["region"]) if row["region"] else frame.say("board.nowhere"),
        body or None,
        frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"]),
        day(frame, row["day"]),
    ]


def _class(frame: Frame, row: Mapping[str, Any]) -> Child:
    return frame.topic_name(row["topic_code"] or row["topic1_code"])


def _why(frame: Frame, row: Mapping[str, Any]) -> str:
    """Why the precedent is shown: what both share, the class, the place."""
    comma = frame.say("word.comma")
    told = [frame.say("board.shared", terms="、".join(row["shared"]))] if row["shared"] else []
    told += [frame.say("board.same-class")] if row["same_class"] else [frame.say("board.same-first-class")]
    told += [] if row["other_place"] else [frame.say("board.other-body")]
    return comma.join(told) + frame.say("word.stop")


def _said(frame: Frame, said: BoardJudgement | None) -> Markup | None:
    if said is None:
        return None
    values = {"account": frame.person(said.account), "at": frame.local(said.created_at)}
    reason = f" “{said.reason}”" if said.reason else ""
    return element("p", frame.say(f"board.said-{said.verdict}", **values), reason, cls="gb-note")


def _spaced(*parts: Child) -> list[Child]:
    return [element("span", part) for part in parts if part]


def _language(row: Mapping[str, Any]) -> str | None:
    return html_language(row["language"])
