"""Following documents, themes and bodies: what is new of them, and the form that begins or leaves it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, number, quiet, section
from dashboard.today.news import News
from warehouse.errors import UserError
from warehouse.queries import pages_listing, pages_overview
from warehouse.queries.pages_listing import Selection

_PAGES = {"theme": ("topics", "theme"), "body": ("departments", "d")}


def followed_news(frame: Frame, news: News) -> Markup | None:
    """How much of what is new belongs to each followed theme and body; nothing when none is followed."""
    wanted = [(kind, key) for kind in ("theme", "body") for key in news.follows[kind]]
    if not wanted:
        return None
    items = []
    for kind, key in wanted:
        selection = _of_it(news.groups["new"], kind, key)
        count = frame.read(pages_listing.count_documents, selection)
        if count:
            page, parameter = _PAGES[kind]
            name = frame.link(_name(frame, kind, key), page, **{parameter: key})
            shown = element("span", number(frame, selection, count), cls="gb-count")
            items.append(element("li", name, shown))
    told = element("ul", *items, cls="gb-index") if items else quiet(frame.say("follow.none"))
    return section(frame.say("follow.news-title"), told, basis_line(frame))


def following_form(frame: Frame, news: News, here: Iterable[Mapping[str, Any]]) -> None:
    """What is followed, to be changed in one form; documents of this page can be chosen, `here`."""
    titles = {str(row["document_id"]): str(row["title"] or "") for row in here}
    known = frame.read(pages_listing.documents_of, news.follows["document"])
    titles |= {str(row["document_id"]): str(row["title"] or "") for row in known}
    themes = [str(row["theme_id"]) for row in frame.read(pages_overview.themes, frame.today)]
    codes = [str(row["code"]) for row in frame.read(pages_overview.body_choices)]
    with st.expander(frame.say("follow.title")), st.form("follow", border=False):
        show(element("p", frame.say("follow.note"), cls="gb-note"))
        chosen = {
            "theme": _choice(frame, news, "theme", themes, lambda key: _name(frame, "theme", key)),
            "body": _choice(frame, news, "body", codes, lambda key: _name(frame, "body", key)),
            "document": _choice(
                frame, news, "document", list(titles), lambda key: titles.get(key) or frame.say("follow.gone")
            ),
        }
        if st.form_submit_button(frame.say("follow.save"), type="primary"):
            _keep(frame, news, chosen)
            st.rerun()


def follow_button(frame: Frame, document_id: str) -> None:
    """On the page of a document: begin to follow it, or leave it."""
    account = frame.user.name
    followed = any((one.kind, one.key) == ("document", document_id) for one in frame.desk.follows.of(account))
    label = frame.say("follow.leave" if followed else "follow.begin")
    if st.button(label, key=f"follow-{document_id}"):
        change = frame.desk.follows.leave if followed else frame.desk.follows.follow
        change(account, "document", document_id)
        st.rerun()


def _of_it(selection: Selection, kind: str, key: str) -> Selection:
    return replace(selection, theme=key) if kind == "theme" else replace(selection, department=key)


def _choice(frame: Frame, news: News, kind: str, known: list[str], named: Callable[[str], str]) -> list[str]:
    followed = list(news.follows[kind])
    options = list(dict.fromkeys([*followed, *known]))
    words = {"theme": "themes", "body": "bodies", "document": "documents"}[kind]
    return st.multiselect(
        frame.say(f"follow.{words}"),
        options,
        default=followed,
        format_func=named,
        key=f"follow-{kind}",
        placeholder=frame.say("follow.choose"),
    )


def _keep(frame: Frame, news: News, chosen: Mapping[str, list[str]]) -> None:
    account, follows = frame.user.name, frame.desk.follows
    for kind, keys in chosen.items():
        before = news.follows[kind]
        for key in before:
            if key not in keys:
                follows.leave(account, kind, key)
        for key in keys:
            if key not in before:
                try:
                    follows.follow(account, kind, key)
                except UserError as error:
                    st.warning(str(error))
                    return


def _name(frame: Frame, kind: str, key: str) -> str:
    if kind == "body":
        return frame.body_name(key, key)
    for row in frame.read(pages_overview.themes, frame.today):
        if row["theme_id"] == key:
            return frame.named(row["name_zh"], row["name_en"])
    return key
