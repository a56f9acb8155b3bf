"""The board's filters, the switch to candidates, and the pages below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.board.wish import EACH, NOWHERE, ORIGINS, Asked
from dashboard.frame import Frame
from dashboard.markup import Markup, element
from warehouse.queries import board, pages_overview


def switch(frame: Frame, asked: Asked) -> Markup:
    """What people confirmed alone, or candidates too."""
    items = (
        element(
            "li",
            element(
                "a", frame.say(f"board.show-{name}"), data_go=True,
                href=frame.to("board", **asked.parameters(candidates=value)),
                aria_current="true" if asked.candidates == bool(value) else None,
            ),
        )
        for name, value in (("confirmed", None), ("candidates", 1))
    )  # fmt: skip
    return element("ul", *items, cls="gb-choices", aria_label=frame.say("board.show"))


def filters(frame: Frame, asked: Asked) -> None:
    """One choice each of place, theme, class, body and kind of document; a change goes to its address."""
    held = frame.read(board.places)
    themes = frame.read(pages_overview.themes, frame.today)
    wish = asked.wish
    nowhere = frame.say("board.nowhere")
    regions = {str(row["region"]) or NOWHERE: frame.region_name(row["region"]) or nowhere for row in held}
    named = {str(row["theme_id"]): frame.named(row["name_zh"], row["name_en"]) for row in themes}
    choices: tuple[tuple[str, str | None, dict[str, str]], ...] = (
        ("region", NOWHERE if wish.region == "" else wish.region, regions),
        ("theme", wish.theme, named),
        ("topic", wish.topic, _named(frame.topic_name, {row["topic1_code"] for row in held} | {wish.topic})),
        ("d", wish.department, {
            str(row["department_code"]): frame.body_name(row["department_code"], row["department_name"])
            for row in held if row["department_code"]
        }),
        ("origin", wish.origin, {one: frame.say(f"board.origin-{one}") for one in ORIGINS}),
    )  # fmt: skip
    for column, (name, value, named) in zip(st.columns(len(choices)), choices, strict=True):
        _choice(frame, asked, column, name, value, named)


def _choice(
    frame: Frame, asked: Asked, column: Any, name: str, value: str | None, named: dict[str, str]
) -> None:
    if value is not None:
        named.setdefault(value, frame.body_name(value) if name == "d" else value)
    options = ["", *sorted(named, key=lambda one: (named[one], one))]
    # The language is in the key: a box keeps the words of its choices as long as it keeps its key.
    key = f"board-{frame.language}-{name}-{value or ''}"
    picked = column.selectbox(
        frame.say(f"board.by-{name}"), options, index=options.index(value or ""), key=key,
        format_func=lambda one: named.get(one) or frame.say("board.any"),
    )  # fmt: skip
    if (picked or None) != value:
        changed = {
            key: str(one)
            for key, one in asked.parameters(**{name: picked or None, "card": None}).items()
            if one
        }
        st.query_params.from_dict(
            changed | ({"lang": frame.parameters["lang"]} if "lang" in frame.parameters else {})
        )
        st.rerun()


def pages_nav(frame: Frame, asked: Asked, total: int) -> Markup | None:
    """To the pages before and after, when there are any."""
    last = max(1, -(-total // EACH))
    links = [
        frame.link(frame.say(f"board.{name}"), "board", **asked.parameters(p=to if to > 1 else None))
        for name, to, there in (
            ("before", asked.page - 1, asked.page > 1),
            ("after", asked.page + 1, asked.page < last),
        )
        if there
    ]
    if not links:
        return None
    told = frame.say("board.page", n=asked.page, all=last)
    return element("nav", told, " ", *(part for link in links for part in (link, " ")), aria_label=told)


def _named(name: Any, codes: Iterable[str | None]) -> dict[str, str]:
    return {code: name(code) or code for code in codes if code}
