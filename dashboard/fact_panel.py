"""Mined facts of a document: candidates until a person confirms or rejects them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.document_card import card
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element, join
from dashboard.words import known
from warehouse.queries import pages_document

_GUESSES = ("problem", "measure", "requirement")
_MOST_LISTED = 120


def facts_panel(frame: Frame, document_id: str) -> None:
    """Duties with a day or a body and other facts, each with its sentence, its state and two buttons.

    Rules and bare candidates, of which a law has hundreds, are listed below without buttons.
    """
    duties = [{**row, "kind": "duty"} for row in frame.read(pages_document.duties, document_id)]
    rows = [*duties, *frame.read(pages_document.facts, document_id)]
    lesser = [row for row in rows if row["kind"] in _GUESSES or row.get("strength") == "rule"]
    rows = [row for row in rows if row["kind"] not in _GUESSES and row.get("strength") != "rule"]
    if rows:
        _main_facts(frame, document_id, rows)
    if lesser:
        with st.expander(frame.say("facts.more", n=len(lesser))):
            for row in lesser[:_MOST_LISTED]:
                show(_fact(frame, document_id, row, None))


def _main_facts(frame: Frame, document_id: str, rows: list[dict[str, Any]]) -> None:
    show(card(frame.say("facts.title", n=len(rows)), element("p", frame.say("facts.note"), cls="gb-note")))
    verdicts = frame.desk.judgements([document_id])
    told: set[str] = set()
    for row in rows:
        show(_fact(frame, document_id, row, verdicts.get((document_id, row["fact_id"]))))
        first = row["fact_id"] not in told  # one sentence may stand twice; it is one fact
        if first and frame.may("analyst"):
            _buttons(frame, document_id, row["fact_id"], verdicts.get((document_id, row["fact_id"])))
        told.add(row["fact_id"])


def _fact(frame: Frame, document_id: str, row: Mapping[str, Any], verdict: str | None) -> Markup:
    state = verdict or "candidate"
    place: Child = frame.say("facts.field")  # a published field, no place in the text
    if row["end_at"] > row["start_at"]:
        n = row["paragraph"] + 1
        place = frame.link(
            frame.say("doc.paragraph", n=n), "doc", id=document_id, para=n, fact=row["fact_id"]
        )
    return element(
        "div",
        element("span", known(frame.language, f"fact.{row['kind']}", row["kind"]), cls="gb-kind"),
        element("span", frame.say(f"facts.{state}"), cls=f"gb-badge gb-badge-{state}"),
        *([" ", element("span", frame.say("facts.learnt"), cls="gb-note")] if _learnt(row) else []),
        element("p", *_value(frame, row)),
        element("p", "“", row["sentence"], "” ", place, cls="gb-quote"),
        cls="gb-fact",
    )


def _learnt(row: Mapping[str, Any]) -> bool:
    """Whether no rule alone would have found it: weights learnt from marked sentences did."""
    return str(row.get("rule") or "").endswith("-learnt")


def _value(frame: Frame, row: Mapping[str, Any]) -> list[Child]:
    if row["kind"] != "duty":
        return [element("strong", _plain(row["kind"], str(row["value"])))]
    parts: list[Child] = []
    if row["who"]:
        parts += [frame.say("facts.who"), " ", element("strong", "、".join(row["who"])), " "]
    if row["due"] or row["due_printed"]:
        parts += [frame.say("facts.by"), " ", element("strong", str(row["due"] or row["due_printed"])), " "]
    return [join(parts), row["what"]]


def _plain(kind: str, value: str) -> str:
    """A target's indicator, value, unit and year as people write them; other values as they are."""
    parts = value.split("|")
    if kind != "target" or len(parts) != 4:
        return value
    indicator, amount, unit, year = parts
    return f"{indicator} {amount}{unit}" + (f" ({year})" if year else "")


def _buttons(frame: Frame, document_id: str, fact_id: str, verdict: str | None) -> None:
    def judge(to: str | None) -> None:
        frame.desk.judge(document_id, fact_id, to, frame.user.name)  # type: ignore[arg-type]

    with st.container(horizontal=True, gap="small"):
        if verdict is None:
            st.button(
                frame.say("facts.confirm"),
                key=f"confirm-{fact_id}",
                on_click=judge,
                args=("confirmed",),
                type="tertiary",
            )
            st.button(
                frame.say("facts.reject"),
                key=f"reject-{fact_id}",
                on_click=judge,
                args=("rejected",),
                type="tertiary",
            )
        else:
            st.button(
                frame.say("facts.take-back"),
                key=f"back-{fact_id}",
                on_click=judge,
                args=(None,),
                type="tertiary",
            )
