"""Models on the teaching page: what is in use, what a candidate would change, what is worked on."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, section, table
from dashboard.words import known
from warehouse.errors import GovbriefError
from warehouse.models import in_use, read_effect, taught_models

_JOBS, _MOVES = 5, 10


def model_panel(frame: Frame) -> None:
    """Learning, the candidates with their effect, and the jobs asked for."""
    show(section(frame.say("teach.models-title"), note=frame.say("teach.models-note"), anchor="models"))
    st.button(frame.say("teach.learn"), key="job-train", on_click=_ask, args=(frame, "train", {}))
    _jobs(frame)
    try:
        cards, used = taught_models(frame.home), in_use(frame.home)
    except GovbriefError as error:
        show(element("p", str(error), cls="gb-notice", role="alert"))
        return
    if not used:
        show(quiet(frame.say("teach.packaged-in-use")))
    for card in cards:
        _model(frame, card)
    for kind in used:
        st.button(
            frame.say("teach.roll-back", name=used[kind]),
            key=f"job-back-{kind}",
            on_click=_ask,
            args=(frame, "roll-back-model", {"kind": kind}),
        )


def _model(frame: Frame, card: dict[str, Any]) -> None:
    effect = read_effect(frame.home, card["name"])
    state = frame.say("teach.in-use" if card["in_use"] else "teach.candidate")
    show(
        section(
            card["name"],
            element("p", element("span", state, cls="gb-badge"), " ", _learnt(frame, card)),
            _trial(frame, card),
            _since(frame, card.get("since")),
            _effect(frame, effect) if effect else quiet(frame.say("teach.no-effect")),
            cls="gb-card",
        )
    )
    wish = {"name": card["name"]}
    left, right = st.columns(2)
    left.button(
        frame.say("teach.preview"), key=f"preview-{card['name']}", on_click=_ask,
        args=(frame, "preview-model", wish),
    )  # fmt: skip
    if not card["in_use"]:
        right.button(
            frame.say("teach.apply"), key=f"apply-{card['name']}", type="primary", on_click=_ask,
            args=(frame, "apply-model", wish), disabled=effect is None, help=frame.say("teach.apply-help"),
        )  # fmt: skip


def _learnt(frame: Frame, card: dict[str, Any]) -> str:
    labels = card.get("labels")
    if not labels:
        return ""
    return frame.say(
        "teach.learnt", all=labels["documents"], published=labels["published"], people=labels["librarian"]
    )


def _trial(frame: Frame, card: dict[str, Any]) -> Markup:
    """How it did on documents new to the seed; those drawn by chance tell more than all together."""
    trial = card.get("trial") or {}
    left_out = trial.get("left_out", 0)
    told = quiet(frame.say("teach.trial-left-out", n=left_out)) if left_out else None
    rows: list[list[Child]] = []
    for name in ("random", "all"):
        score = trial.get(name)
        if score:
            rows.append([
                frame.say(f"teach.trial-{name}"),
                str(score["documents"]),
                f"{score['accuracy']:.1%}",
                f"{score['low']:.1%} – {score['high']:.1%}",
                f"{score['accuracy_before']:.1%}",
            ])  # fmt: skip
    if not rows:
        return element("div", quiet(frame.say("about.not-evaluated")), told)
    heads = [frame.say(f"teach.head-{name}") for name in ("on", "documents", "right", "interval", "before")]
    caption = frame.say("teach.trial-corrections" if trial.get("basis") == "corrections" else "teach.trial")
    return element("div", table(heads, rows, caption, frozenset({1, 2, 3, 4})), told)


def _since(frame: Frame, since: dict[str, Any] | None) -> Markup | None:
    """What people's labels since the last model changed on the same documents, and which of these moved."""
    if not since:
        return None
    values = {
        name: f"{since[name]:.1%}" for name in ("accuracy_before", "accuracy_after", "f1_before", "f1_after")
    }
    told = frame.say(
        "teach.since", n=since["corrections"], documents=since["documents"], gained=since["gained"],
        lost=since["lost"], low=f"{since['low']:+.1%}", high=f"{since['high']:+.1%}", **values,
    )  # fmt: skip
    rows: list[list[Child]] = [
        [
            frame.link(one["title"] or frame.say("word.untitled"), "doc", id=one["document_id"]),
            *(
                frame.topic_name(one[name]) or frame.say("doc.abstained")
                for name in ("said", "before", "after")
            ),
        ]
        for one in since["examples"]
    ]
    heads = [frame.say(f"teach.since-{name}") for name in ("document", "said", "before", "after")]
    moved = table(heads, rows, frame.say("teach.since-moved", n=since["changed"])) if rows else None
    return element("div", element("p", told), moved)


def _effect(frame: Frame, effect: dict[str, Any]) -> Markup:
    """How many documents would move, from which class to which, and where."""
    told = frame.say(
        "teach.effect" if effect["looked_at"] == effect["documents"] else "teach.effect-sample",
        n=effect["moved"],
        first=effect["moved_first_level"],
        all=f"{effect['documents']:,}",
        looked=f"{effect['looked_at']:,}",
        settled=f"{effect['settled']:,}",
    )
    rows: list[list[Child]] = [
        [
            str(move["documents"]),
            _name(frame, move, "before"),
            _name(frame, move, "after"),
            _examples(frame, move),
        ]
        for move in effect["moves"][:_MOVES]
    ]
    heads = [frame.say(f"teach.head-{name}") for name in ("documents", "from", "to", "examples")]
    where = [
        element(
            "p",
            frame.say(f"teach.{what}"),
            frame.say("word.comma").join(
                f"{one['name'] or frame.say('word.unknown')} {one['documents']}" for one in effect[what]
            ),
            cls="gb-meta",
        )
        for what in ("organs", "regions")
        if effect[what]
    ]
    listed = table(heads, rows, frame.say("teach.moves"), frozenset({0})) if rows else None
    return element("div", element("p", told), listed, *where)


def _examples(frame: Frame, move: dict[str, Any]) -> Markup:
    links = (
        element("li", frame.link(title or frame.say("word.untitled"), "doc", id=document_id))
        for document_id, title in move["examples"]
    )
    return element("ul", *links, cls="gb-links")


def _name(frame: Frame, move: dict[str, Any], side: str) -> str:
    code, name = move[side], move[f"{side}_name"]
    return frame.topic_name(code, name) if code else frame.say("doc.abstained")


def _jobs(frame: Frame) -> None:
    """The latest wishes and how they ended; a page draws itself anew only when asked."""
    jobs = frame.desk.queue.listed(limit=_JOBS)
    if not jobs:
        return
    items = (
        element(
            "li",
            known(frame.language, f"job.{job.kind}", job.kind),
            " ",
            element("span", frame.say(f"job-state.{job.state}"), cls="gb-badge"),
            " ",
            element("span", job.outcome or "", cls="gb-meta"),
        )
        for job in jobs
    )
    show(element("ul", *items, cls="gb-links"))
    if any(job.state in ("queued", "running") for job in jobs):
        show(element("p", frame.say("teach.waits"), cls="gb-note"))
        st.button(frame.say("teach.look-again"), key="job-look", type="tertiary")


def _ask(frame: Frame, kind: str, arguments: dict[str, Any]) -> None:
    frame.desk.queue.add(kind, arguments, frame.user.name)
