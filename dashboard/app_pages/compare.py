"""比较: two to five regions or departments side by side on one subject."""

from __future__ import annotations

import streamlit as st

from dashboard.compare.files import comparison_json, targets_csv
from dashboard.compare.form import filters, switch, ways_in
from dashboard.compare.issued import issued_section
from dashboard.compare.measure import measure_section
from dashboard.compare.sides import Side, chosen_texts, compared, read_sides
from dashboard.compare.targets import hints_section, targets_section
from dashboard.compare.texts import clauses_section, reuse_section
from dashboard.compare.wish import Wish, read_wish
from dashboard.frame import Frame, close, open_frame, show
from dashboard.markup import element
from dashboard.pieces import quiet


def page() -> None:
    """Draw the page."""
    frame = open_frame("compare")
    wish = read_wish(frame)
    show(
        element("h1", frame.say("nav.compare")),
        element("p", frame.say("sides.lead"), cls="gb-coverage"),
        switch(frame, wish),
    )
    filters(frame, wish)
    if len(wish.of) < 2:
        show(quiet(frame.say("sides.too-few")) if wish.of or wish.about else None, ways_in(frame))
    else:
        _compare(frame, wish, read_sides(frame, wish))
    close(frame)


def _compare(frame: Frame, wish: Wish, sides: list[Side]) -> None:
    texts = chosen_texts(frame, wish, sides)
    found = compared(frame, texts)
    if wish.filled:
        names = frame.say("word.comma").join(side.name for side in sides)
        show(element("p", frame.say("sides.filled", names=names), cls="gb-note", role="note"))
    show(targets_section(frame, wish, sides), hints_section(frame, sides))
    issued_section(frame, wish, sides, texts)
    show(
        clauses_section(frame, sides, texts, found),
        reuse_section(frame, sides, texts, found) if not isinstance(found, str) else None,
        measure_section(frame, wish, sides),
        element("p", frame.say("sides.silence"), cls="gb-note"),
    )
    left, right, _ = st.columns([2, 2, 5])
    left.download_button(
        frame.say("sides.as-csv"), data=lambda: targets_csv(frame, sides), file_name="targets.csv",
        mime="text/csv", on_click="ignore",
    )  # fmt: skip
    right.download_button(
        frame.say("sides.as-json"), data=lambda: comparison_json(frame, wish, sides, texts, found),
        file_name="comparison.json", mime="application/json", on_click="ignore",
    )  # fmt: skip


page()
