"""The list of saved searches: open one, see what is new in it, rename, share, remove it or put it back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, section
from dashboard.saved_banner import news_of
from dashboard.search_facets import filter_in_words
from dashboard.search_form import problem_in_words
from dashboard.search_wish import wish_of
from dashboard.visits import look_before
from warehouse.desk.searches import LONGEST_NAME, SavedSearch
from warehouse.errors import GovbriefError

_REMOVED, _PROBLEM = "search-removed", "searches-problem"


def saved_panel(frame: Frame) -> None:
    """The part of the page about saved searches."""
    desk, account = frame.desk, frame.user.name
    searches = desk.searches.listed(account)
    show(section(frame.say("saved.title"), note=frame.say("saved.lead"), anchor="saved"))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", frame.say("saved.refused", problem=problem), cls="gb-notice", role="alert"))
    _undo(frame, account)
    if not searches:
        show(quiet(frame.say("saved.none")), element("p", frame.link(frame.say("nav.docs"), "docs")))
    for saved in searches:
        show(element("ul", _item(frame, saved, account), cls="gb-list"))
        if saved.owner == account:
            _forms(frame, saved, account)


def _item(frame: Frame, saved: SavedSearch, account: str) -> Markup:
    look = look_before(frame, "saved", str(saved.search_id))
    news = news_of(frame, saved, look.publication_id if look else None)
    wish = wish_of(saved.asked) if saved.asked else None
    name: Child = saved.name
    told: list[Child] = []
    if wish:
        address = wish.parameters(saved=saved.search_id)
        name = frame.link(saved.name, "docs", **address)
        told = [wish.query or None, *(filter_in_words(frame, *one) for one in wish.filters.items())]
        if news.arrivals:
            count = frame.say("saved.news", n=len(news.new), changed=len(news.changed))
            told.append(frame.link(count, "docs", **address, only="new"))
    if saved.owner != account:
        told.append(frame.say("saved.of", owner=saved.owner))
    elif saved.shared:
        told.append(frame.say("saved.is-shared"))
    wrong = problem_in_words(frame, news.problem) if news.problem else None
    return element(
        "li",
        element("h3", name),
        element("p", *(element("span", part) for part in told if part), cls="gb-meta"),
        element("p", saved.note, cls="gb-why") if saved.note else None,
        element("p", "⚠ ", frame.say("saved.cannot", problem=wrong), cls="gb-flag") if wrong else None,
        cls="gb-item",
    )


def _forms(frame: Frame, saved: SavedSearch, account: str) -> None:
    number, searches = saved.search_id, frame.desk.searches
    left, right, _rest = st.columns([1, 1, 4])
    with (
        left,
        st.popover(frame.say("saved.rename"), key=f"rename-{number}"),
        st.form(f"rename-form-{number}", border=False),
    ):
        name = st.text_input(
            frame.say("saved.name"), value=saved.name, max_chars=LONGEST_NAME, key=f"rename-name-{number}"
        )
        shared = st.checkbox(frame.say("saved.shared"), value=saved.shared, key=f"rename-shared-{number}")
        if st.form_submit_button(frame.say("saved.keep"), type="primary"):
            _carried_out(lambda: searches.rename(number, name or "", account))
            if bool(shared) != saved.shared:
                _carried_out(lambda: searches.change(number, account, shared=bool(shared)))
            st.rerun()
    right.button(
        frame.say("saved.remove"),
        key=f"remove-{number}",
        type="tertiary",
        on_click=_remove,
        args=(frame, number, account),
    )


def _remove(frame: Frame, number: int, account: str) -> None:
    if _carried_out(lambda: frame.desk.searches.remove(number, account)):
        st.session_state[_REMOVED] = number


def _undo(frame: Frame, account: str) -> None:
    number = st.session_state.get(_REMOVED)
    if number is None:
        return
    name = frame.desk.searches.get(number).name
    show(element("p", frame.say("saved.removed", name=name), cls="gb-notice", role="status"))
    st.button(frame.say("saved.undo"), key="undo-remove", on_click=_restore, args=(frame, number, account))


def _restore(frame: Frame, number: int, account: str) -> None:
    if _carried_out(lambda: frame.desk.searches.restore(number, account)):
        del st.session_state[_REMOVED]


def _carried_out(change: Callable[[], object]) -> bool:
    try:
        change()
    except GovbriefError as error:
        st.session_state[_PROBLEM] = str(error)
        return False
    return True
