"""What is chosen for a comparison, each choice at once an address; and ways in where nothing is chosen."""

from __future__ import annotations

import streamlit as st

from dashboard.compare.wish import KINDS, LONGEST_WORDS, Wish, known_sides
from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, quiet, section
from warehouse.queries import pages_overview
from warehouse.queries.compare import MOST_SIDES


def switch(frame: Frame, wish: Wish) -> Markup:
    """Regions or departments; a change of kind keeps the subject."""
    items = (
        element(
            "li",
            element(
                "a", frame.say(f"sides.kind-{kind}"), data_go=True,
                href=frame.to("compare", **wish.parameters(kind=kind, of=(), docs=())),
                aria_current="true" if kind == wish.kind else None,
            ),
        )
        for kind in KINDS
    )  # fmt: skip
    return element("ul", *items, cls="gb-choices", aria_label=frame.say("sides.kinds"))


def filters(frame: Frame, wish: Wish) -> None:
    """Sides, theme and the words of a measure; a change goes to its address."""
    known = known_sides(frame, wish.kind)
    themes = {
        str(row["theme_id"]): frame.named(row["name_zh"], row["name_en"])
        for row in frame.read(pages_overview.themes, frame.today)
    }
    # The language is in the keys: a box keeps the words of its choices as long as it keeps its key.
    key = "-".join((frame.language, wish.kind, *wish.of, wish.theme or "", wish.topic or "", wish.words))
    left, middle, right = st.columns([3, 2, 2])
    sides = left.multiselect(
        frame.say(f"sides.of-{wish.kind}"), list(known), default=list(wish.of), max_selections=MOST_SIDES,
        format_func=lambda one: known[one], key=f"compare-of-{key}", placeholder=frame.say("sides.choose"),
    )  # fmt: skip
    options = ["", *sorted(themes, key=lambda one: themes[one])]
    any_ = frame.topic_name(wish.topic) if wish.topic else frame.say("sides.any")
    theme = middle.selectbox(
        frame.say("sides.by-theme"), options, index=options.index(wish.theme or ""),
        format_func=lambda one: themes.get(one) or any_, key=f"compare-theme-{key}",
    )  # fmt: skip
    words = right.text_input(
        frame.say("sides.by-measure"), wish.words, max_chars=LONGEST_WORDS, key=f"compare-words-{key}",
        placeholder=frame.say("sides.measure-example"),
    )  # fmt: skip
    changed = {"of": tuple(sides), "theme": theme or None, "words": " ".join((words or "").split())}
    now = {"of": wish.of, "theme": wish.theme, "words": wish.words}
    if changed != now:
        docs = wish.docs if changed["of"] == wish.of and changed["theme"] == wish.theme else ()
        _go(frame, wish.parameters(**changed, docs=docs, topic=None if theme else wish.topic))


def ways_in(frame: Frame) -> Markup:
    """Every theme with the regions that hold most on it, where nothing is chosen yet."""
    rows = frame.read(pages_overview.themes, frame.today)
    title = frame.say("sides.start-title")
    if not rows:
        return section(title, quiet(frame.say("topics.no-themes")), basis_line(frame))
    links = (
        element(
            "li",
            frame.link(frame.named(row["name_zh"], row["name_en"]), "compare", theme=row["theme_id"]),
            " ",
            element("span", f"{row['documents']:,}", cls="gb-count"),
        )
        for row in rows
    )
    return section(
        title,
        element("ul", *links, cls="gb-citations"),
        basis_line(frame),
        note=frame.say("sides.start-note"),
    )


def _go(frame: Frame, parameters: dict[str, object]) -> None:
    given = {name: str(value) for name, value in parameters.items() if value}
    spoken = {"lang": frame.parameters["lang"]} if "lang" in frame.parameters else {}
    st.query_params.from_dict(given | spoken)
    st.rerun()
