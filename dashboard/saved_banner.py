"""On the search page: keeping this search under a name, and what is new in a saved one that was opened."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Child, element
from dashboard.pieces import document_list, quiet
from dashboard.search_facets import filter_in_words
from dashboard.search_form import problem_in_words
from dashboard.search_wish import Wish
from dashboard.visits import last_look
from warehouse import saved_searches
from warehouse.desk.searches import LONGEST_NAME, SavedSearch
from warehouse.errors import GovbriefError, UserError
from warehouse.queries import pages_listing
from warehouse.saved_searches import News

_KEPT, _PROBLEM = "search-kept", "search-problem"
_MOST = 200


def save_form(frame: Frame, wish: Wish) -> None:
    """A button that opens a form with a name filled in, and one in it that keeps the search."""
    kept, problem = st.session_state.pop(_KEPT, None), st.session_state.pop(_PROBLEM, None)
    if kept:
        told = frame.say("saved.kept", name=kept)
        show(element("p", told, " ", frame.link(frame.say("nav.searches"), "searches"), cls="gb-notice"))
    if problem:
        show(element("p", frame.say("saved.refused", problem=problem), cls="gb-notice", role="alert"))
    if not wish.query and not wish.filters:
        return
    key = repr(wish.asked())
    with st.popover(frame.say("saved.save")), st.form(f"save-{key}", border=False):
        name = st.text_input(
            frame.say("saved.name"), value=_suggested(frame, wish), max_chars=LONGEST_NAME, key=f"name-{key}"
        )
        note = st.text_input(frame.say("saved.note"), max_chars=500, key=f"note-{key}")
        shared = st.checkbox(frame.say("saved.shared"), key=f"shared-{key}")
        again = st.checkbox(frame.say("saved.replace"), key=f"again-{key}")
        if st.form_submit_button(frame.say("saved.keep"), type="primary"):
            _keep(frame, wish, name or "", note or "", bool(shared), bool(again))


def saved_banner(frame: Frame, wish: Wish) -> bool:
    """What is new in the saved search that this address opens; True when only that is to be shown."""
    if wish.saved is None:
        return False
    desk = frame.desk
    try:
        saved = desk.searches.get(wish.saved, frame.user.name)
    except UserError:
        return False
    look = last_look(frame, "saved", str(saved.search_id))
    news = saved_searches.new_since(frame.publication, desk, saved, look.publication_id if look else None)
    told = frame.say("saved.since", at=frame.local(look.at)) if look else frame.say("saved.since-kept")
    only_news = frame.parameters.get("only") == "new"
    show(
        element(
            "p", element("strong", saved.name), " · ", told, *_counted(frame, wish, news), cls="gb-notice"
        )
    )
    if only_news:
        rows = frame.read(pages_listing.documents_of, (*news.new, *news.changed)[:_MOST])
        show(document_list(frame, frame.overlaid(rows)) if rows else quiet(frame.say("saved.no-news")))
    return only_news


def news_of(frame: Frame, saved: SavedSearch, since: str | None) -> News:
    """What is new in a saved search after the publication that its reader saw last."""
    return saved_searches.new_since(frame.publication, frame.desk, saved, since)


def _counted(frame: Frame, wish: Wish, news: News) -> list[Child]:
    if news.problem:
        return [frame.say("saved.cannot", problem=problem_in_words(frame, news.problem))]
    if not news.arrivals:
        return [frame.say("saved.nothing")]
    told = frame.say("saved.news", n=len(news.new), changed=len(news.changed))
    shown = wish.parameters(saved=wish.saved, only="new")
    whole = wish.parameters(saved=wish.saved)
    only = frame.parameters.get("only") == "new"
    key = "saved.show-all" if only else "saved.show-new"
    return [told, " ", frame.link(frame.say(key), "docs", **(whole if only else shown))]


def _suggested(frame: Frame, wish: Wish) -> str:
    parts = [wish.query, *(filter_in_words(frame, *one) for one in wish.filters.items())]
    return " · ".join(part for part in parts if part)[:LONGEST_NAME]


def _keep(frame: Frame, wish: Wish, name: str, note: str, shared: bool, again: bool) -> None:
    desk, account = frame.desk, frame.user.name
    try:
        wanted = wish.asked()
        held = [
            one for one in desk.searches.listed(account) if (one.name, one.owner) == (name.strip(), account)
        ]
        if held and again:
            saved = saved_searches.change(frame.publication, desk, held[0], wanted, account)
        else:
            saved = saved_searches.save(
                frame.publication, desk, name, wanted, account, note=note, shared=shared
            )
        st.session_state[_KEPT] = saved.name
    except GovbriefError as error:
        st.session_state[_PROBLEM] = str(error)
    st.rerun()
