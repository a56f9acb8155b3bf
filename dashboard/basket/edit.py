"""The form for one item of the basket: its note, its tags, its theme; and the form for a new theme."""

from __future__ import annotations

import re

import streamlit as st

from dashboard.basket.themes import NONE, theme_name, theme_names
from dashboard.first_read import as_read, read_again
from dashboard.frame import Frame, show
from dashboard.markup import element
from warehouse.desk.basket import BasketItem
from warehouse.errors import UserError

_BETWEEN = re.compile(r"[,，、;；\n]")


def edit_form(frame: Frame, item: BasketItem) -> None:
    """Note, tags and theme of an item; saving says what was refused and leaves the form as it was typed."""
    themes = list(
        dict.fromkeys([item.theme, *(one.name for one in frame.desk.basket.themes()), *theme_names(frame)])
    )
    show(
        element("h2", frame.say("basket.edit-title", item=item.item_id)),
        element("blockquote", item.passage.text),
    )
    widget = f"basket-note-{item.item_id}"
    known = as_read(widget, item.note)
    with st.form(f"basket-edit-{item.item_id}", border=False):
        note = st.text_area(frame.say("basket.note"), item.note, key=widget)
        tags = st.text_input(
            frame.say("basket.tags-typed"), "、".join(item.tags), key=f"basket-tags-{item.item_id}"
        )
        theme = st.selectbox(
            frame.say("basket.theme"), themes, format_func=lambda name: theme_name(frame, name),
            key=f"basket-theme-{item.item_id}",
        )  # fmt: skip
        if st.form_submit_button(frame.say("basket.save"), type="primary"):
            read_again(widget, item.note)  # a refusal shows what stands there now
            _save(frame, item, known, note, tuple(one for one in _BETWEEN.split(tags) if one.strip()), theme)


def new_theme_form(frame: Frame) -> None:
    """Collect for a theme that is not there yet."""
    with st.expander(frame.say("basket.new-theme")), st.form("basket-new-theme", border=False):
        name = st.text_input(frame.say("basket.theme-name"), key="basket-theme-name", max_chars=80)
        if st.form_submit_button(frame.say("basket.begin")):
            try:
                frame.desk.basket.choose(frame.user.name, name)
            except UserError as error:
                st.warning(str(error))
                return
            _go(name.strip())


def _save(frame: Frame, item: BasketItem, known: str, note: str, tags: tuple[str, ...], theme: str) -> None:
    """Keep what was changed; `known` is the note that stood there when the form was opened."""
    basket, who = frame.desk.basket, frame.user.name
    try:
        if note.strip() not in (known, item.note):
            basket.note(item.item_id, note, who, known=known)
        if tuple(one.strip() for one in tags) != item.tags:
            basket.tag(item.item_id, tags, who)
        if theme != item.theme:
            basket.move(item.item_id, theme, who)
    except UserError as error:
        st.warning(frame.say("basket.refused", why=str(error)))
        return
    _go(theme)


def _go(theme: str) -> None:
    """Show the theme; the form closes."""
    st.query_params.pop("edit", None)
    st.query_params.pop("tag", None)
    st.query_params["theme"] = theme or NONE
    st.rerun()
