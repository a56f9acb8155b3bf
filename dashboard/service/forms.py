"""The forms of the page of requests; what was refused is told when the page is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from dashboard.first_read import as_read, read_again
from dashboard.frame import Frame, show
from dashboard.markup import element
from warehouse.desk.asked import asked
from warehouse.desk.service.model import LINKS, STATES, Asker, LinkKind, NewRequest, Request
from warehouse.desk.service.requests import LONGEST_NEED
from warehouse.errors import GovbriefError, UserError
from warehouse.queries import pages_listing, pages_overview
from warehouse.queries.pages_listing import Selection
from warehouse.search.every_hit import count_hits

_PROBLEM = "service-problem"


def done(change: Callable[[], object]) -> None:
    """Carry a change out; why it was refused is kept for the page."""
    try:
        change()
    except GovbriefError as error:
        st.session_state[_PROBLEM] = str(error)


def told_problem(frame: Frame) -> None:
    """Say once why the last change was refused."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", frame.say("service.refused", problem=problem), cls="gb-notice", role="alert"))


def request_form(
    frame: Frame, name: str, before: Request | None, keep: Callable[[NewRequest], object]
) -> None:
    """The form of a request, new or kept. Who asked is left empty when she need not be known."""
    with st.form(f"request-{name}", border=False):
        need = st.text_area(
            frame.say("service.need"), value=before.need if before else "", max_chars=LONGEST_NEED,
            key=f"{name}-need",
        )  # fmt: skip
        left, right = st.columns(2)
        department = left.text_input(
            frame.say("service.department"), value=before.department if before else "", max_chars=200,
            key=f"{name}-department",
        )  # fmt: skip
        responsible = right.text_input(
            frame.say("service.responsible"), value=before.responsible if before else frame.user.name,
            max_chars=80, key=f"{name}-responsible",
        )  # fmt: skip
        asked_on = left.date_input(
            frame.say("service.asked-on"), value=before.asked_on if before else frame.today,
            key=f"{name}-asked",
        )  # fmt: skip
        due = right.date_input(
            frame.say("service.due-on"), value=before.due if before else None, key=f"{name}-due"
        )
        person = left.text_input(frame.say("service.asker"), max_chars=200, key=f"{name}-asker")
        contact = right.text_input(frame.say("service.contact"), max_chars=300, key=f"{name}-contact")
        show(element("p", frame.say("service.asker-note"), cls="gb-note"))
        if st.form_submit_button(frame.say("service.keep"), type="primary"):
            who = Asker(person.strip(), contact.strip()) if person.strip() or contact.strip() else None
            until = due if isinstance(due, date) else None
            new = NewRequest(department, need, asked_on, until, responsible, who)
            done(lambda: keep(new))
            st.rerun()


def change_form(frame: Frame, request: Request) -> None:
    """Write a request anew; refused with what stands there when somebody else did so meanwhile."""
    requests, number = frame.desk.requests, request.request_id
    name = f"change-{number}"
    known = as_read(f"{name}-need", request)

    def keep(new: NewRequest) -> None:
        try:
            requests.change(number, new, frame.user.name, known=known)
        finally:
            read_again(f"{name}-need", requests.get(number))

    request_form(frame, name, request, keep)


def link_form(frame: Frame, request: Request) -> None:
    """Note what answers a request: choose its kind, then the thing."""
    kind: LinkKind = st.selectbox(
        frame.say("service.link-kind"),
        LINKS,
        format_func=lambda one: frame.say(f"service.kind-{one}"),
        key="link-kind",
    )
    choices = _choices(frame, kind)
    with st.form("link", border=False):
        label = frame.say(f"service.kind-{kind}")
        if choices is None:
            key: str | None = st.text_input(label, max_chars=300, key=f"link-{kind}")
        else:
            key = st.selectbox(
                label, list(choices), index=None, format_func=lambda one: choices[one],
                placeholder=frame.say("correct.choose"), key=f"link-{kind}",
            )  # fmt: skip
        if st.form_submit_button(frame.say("service.link"), type="primary"):
            done(lambda: add_link(frame, request.request_id, kind, str(key or "").strip()))
            _state_anew(frame, request.request_id)
            st.rerun()


def add_link(frame: Frame, request_id: int, kind: LinkKind, key: str) -> None:
    """Note a link with what it finds now; a UserError for a thing that is not there."""
    if not key:
        raise UserError(frame.say("service.nothing-chosen"))
    choices = _choices(frame, kind)
    if choices is not None and key not in choices:
        raise UserError(frame.say("service.not-there", kind=frame.say(f"service.kind-{kind}"), name=key))
    found = _found(frame, kind, key)
    publication_id = frame.publication.publication_id if found is not None else None
    # Of an item its number alone is kept: a purge of its document leaves no words of it here.
    label = f"e{key}" if kind == "item" else choices[key] if choices else key
    frame.desk.requests.answers.link(
        request_id, kind, key, label, frame.user.name, found=found, publication_id=publication_id
    )


def delivery_form(frame: Frame, request: Request) -> None:
    """Note what was handed over."""
    with st.form("delivery", border=False):
        what = st.text_input(frame.say("service.handed-what"), max_chars=1000, key="delivery-what")
        on = st.date_input(frame.say("service.handed-on"), value=frame.today, key="delivery-day")
        if st.form_submit_button(frame.say("service.hand-over"), type="primary"):
            answers = frame.desk.requests.answers
            done(lambda: answers.deliver(request.request_id, what, on, frame.user.name))
            _state_anew(frame, request.request_id)
            st.rerun()


def state_form(frame: Frame, request: Request) -> None:
    """Say how far a request is, and what came of it."""
    widget, requests = f"outcome-{request.request_id}", frame.desk.requests
    known = as_read(widget, request)
    with st.form("state", border=False):
        state = st.selectbox(
            frame.say("service.state"), STATES, index=STATES.index(request.state),
            format_func=lambda one: frame.say(f"service.state-{one}"),
            key=f"request-state-{request.request_id}",
        )  # fmt: skip
        outcome = st.text_area(
            frame.say("service.outcome"), value=request.outcome, max_chars=2000, key=widget
        )
        if st.form_submit_button(frame.say("service.keep"), type="primary"):
            number, who = request.request_id, frame.user.name
            done(lambda: requests.set_state(number, state, frame.today, who, outcome, known=known))
            read_again(widget, requests.get(number))
            st.rerun()


def _state_anew(frame: Frame, number: int) -> None:
    """What was noted may have moved the state: the form below shows what it is now."""
    st.session_state.pop(f"request-state-{number}", None)
    read_again(f"outcome-{number}", frame.desk.requests.get(number))


def _choices(frame: Frame, kind: str) -> dict[str, str] | None:
    """What can be chosen of a kind, by key; None where words are typed."""
    desk = frame.desk
    if kind == "search":
        return {str(one.search_id): one.name for one in desk.searches.listed(frame.user.name)}
    if kind == "source":
        rows: list[dict[str, Any]] = frame.read(pages_overview.sources)
        return {row["source_id"]: frame.named(row["name_zh"], row["name_en"]) for row in rows}
    if kind == "theme":
        return {one.name: one.name for one in desk.basket.themes() if one.name}
    if kind == "item":
        themes = desk.basket.themes()
        items = [item for one in themes for item in desk.basket.items(one.name)]
        return {
            str(one.item_id): f"e{one.item_id} {one.passage.text[:40]}（{one.title[:40]}）" for one in items
        }
    if kind == "draft":
        return {str(one.draft_id): one.title for one in desk.drafts.listed() if one.state != "dropped"}
    if kind == "issue":
        return {
            str(one.issue_id): f"{one.series} {one.year}-{one.number} {one.title}"
            for one in desk.issues.all()
        }
    return None


def _found(frame: Frame, kind: str, key: str) -> int | None:
    """How many documents a search or a source has in the publication that is shown."""
    if kind == "source":
        return pages_listing.count_documents(frame.publication, Selection(source=key))
    if kind == "query":
        wanted = asked(key, {})
    elif kind == "search":
        saved = frame.desk.searches.get(int(key)).asked
        if saved is None:
            return None
        wanted = saved
    else:
        return None
    words = {name: value for name, value in wanted.keywords().items() if name != "order"}
    return count_hits(frame.publication, wanted.query, **words)
