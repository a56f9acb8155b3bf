"""The desk of a shelf: its head, its sections, documents put on, moved, noted and taken off, publishing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.first_read import as_read, read_again
from dashboard.frame import Frame, show
from dashboard.markup import element
from dashboard.pieces import document_item, quiet, section
from warehouse.desk.shelves.model import Section, Shelf, Shelved
from warehouse.desk.shelves.shelves import LONGEST_INTRODUCTION
from warehouse.errors import GovbriefError
from warehouse.queries import pages_document, pages_listing
from warehouse.search.query import search

_PROBLEM = "shelves-problem"
_HITS = 8


def told_problem(frame: Frame) -> None:
    """Say once why the last change was refused."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", frame.say("shelves.refused", problem=problem), cls="gb-notice", role="alert"))


def new_shelf(frame: Frame) -> None:
    """The form of a new shelf."""
    with st.expander(frame.say("shelves.new")), st.form("new-shelf", border=False):
        title, introduction, responsible = _head(frame, "new", None)
        part = st.text_input(
            frame.say("shelves.first-section"), value=frame.say("shelves.usual-section"), max_chars=120,
            key="new-section",
        )  # fmt: skip
        if st.form_submit_button(frame.say("shelves.make"), type="primary"):
            _done(lambda: _make(frame, title, introduction, responsible, part))
            st.rerun()


def shelf_desk(frame: Frame, shelf: Shelf, sections: Sequence[Section]) -> None:
    """Everything that can be done with a shelf."""
    show(section(frame.say("shelves.work"), note=frame.say("shelves.work-note")))
    _state(frame, shelf)
    with st.expander(frame.say("shelves.put")):
        _find(frame, sections)
    with st.expander(frame.say("shelves.order")):
        for part in sections:
            for at, one in enumerate(part.documents, start=1):
                _entry(frame, one, at, part, sections)
    with st.expander(frame.say("shelves.sections")):
        _sections(frame, shelf, sections)
    widget = f"head-{shelf.shelf_id}"
    known = as_read(f"{widget}-introduction", shelf)
    with st.expander(frame.say("shelves.head")), st.form("head", border=False):
        head = _head(frame, widget, shelf)
        if st.form_submit_button(frame.say("shelves.keep"), type="primary"):
            change = frame.desk.shelves.change
            _done(lambda: change(shelf.shelf_id, *head, frame.user.name, known=known))
            read_again(f"{widget}-introduction", frame.desk.shelves.get(shelf.shelf_id))
            st.rerun()


def put_one(frame: Frame, document_id: str, shelves: Sequence[Shelf]) -> None:
    """Put a document, come to from its page, on a shelf: choose the section, say why, press."""
    row = frame.read(pages_document.document, document_id)
    if row is None:
        show(quiet(frame.say("shelves.no-longer", id=document_id)))
        return
    show(element("ul", document_item(frame, frame.overlaid([row])[0]), cls="gb-list"))
    places = {
        part.section_id: f"{one.title} · {part.title}"
        for one in shelves
        for part in frame.desk.shelves.sections(one.shelf_id)
    }
    if not places:
        show(quiet(frame.say("shelves.none-to-put")))
        return
    with st.form("put-one", border=False):
        place = st.selectbox(frame.say("shelves.where"), list(places), format_func=lambda one: places[one])
        note = st.text_input(frame.say("shelves.note"), max_chars=1000, key="put-note")
        if st.form_submit_button(frame.say("shelves.put"), type="primary"):
            _put(frame, place, document_id, str(row["title"]), note)
            if _PROBLEM not in st.session_state:
                st.session_state["shelves-put"] = places[place]
            st.rerun()
    where = st.session_state.pop("shelves-put", None)
    if where:
        show(element("p", frame.say("shelves.was-put", where=where), cls="gb-notice", role="status"))


def _make(frame: Frame, title: str, introduction: str, responsible: str, part: str) -> None:
    made = frame.desk.shelves.make(title, introduction, responsible, part, frame.user.name)
    st.query_params["shelf"] = str(made.shelf_id)


def _head(frame: Frame, name: str, shelf: Shelf | None) -> tuple[str, str, str]:
    title = st.text_input(
        frame.say("shelves.title"), value=shelf.title if shelf else "", max_chars=120, key=f"{name}-title"
    )
    introduction = st.text_area(
        frame.say("shelves.introduction"), value=shelf.introduction if shelf else "",
        max_chars=LONGEST_INTRODUCTION, key=f"{name}-introduction",
    )  # fmt: skip
    responsible = st.text_input(
        frame.say("shelves.who"), value=shelf.responsible if shelf else "", max_chars=120, key=f"{name}-who"
    )
    return title, introduction, responsible


def _state(frame: Frame, shelf: Shelf) -> None:
    """Publish it, take it from readers, remove it, or bring it back."""
    ways = {"draft": ("published", "removed"), "published": ("draft",), "removed": ("draft",)}[shelf.state]
    for column, state in zip(st.columns([1, 1, 3]), ways, strict=False):
        column.button(
            frame.say(f"shelves.make-{state}"), key=f"state-{state}", on_click=_done,
            args=(lambda state=state: frame.desk.shelves.set_state(shelf.shelf_id, state, frame.user.name),),
        )  # fmt: skip


def _find(frame: Frame, sections: Sequence[Section]) -> None:
    """Find a document by its id or by words, and put it into a section."""
    if not sections:
        show(quiet(frame.say("shelves.no-section")))
        return
    titles = {part.section_id: part.title for part in sections}
    place = st.selectbox(
        frame.say("shelves.where"), list(titles), format_func=lambda one: titles[one], key="put-where"
    )
    wanted = st.text_input(frame.say("shelves.find"), max_chars=200, key="put-find").strip()
    note = st.text_input(frame.say("shelves.note"), max_chars=1000, key="put-note")
    if not wanted:
        return
    rows = _found(frame, wanted)
    if not rows:
        show(quiet(frame.say("shelves.not-found", query=wanted)))
    for row in frame.overlaid(rows):
        left, right = st.columns([6, 1])
        with left:
            show(element("ul", document_item(frame, row), cls="gb-list"))
        right.button(
            frame.say("shelves.put"), key=f"put-{row['document_id']}", on_click=_put,
            args=(frame, place, str(row["document_id"]), str(row["title"]), note),
        )  # fmt: skip


def _found(frame: Frame, wanted: str) -> list[dict[str, Any]]:
    row = frame.read(pages_document.document, wanted)
    if row is not None:
        return [row]
    try:
        hits = search(frame.publication, wanted, limit=_HITS).hits
    except GovbriefError:
        return []
    return frame.read(pages_listing.documents_of, tuple(one.document_id for one in hits))


def _put(frame: Frame, place: int, document_id: str, title: str, note: str) -> None:
    _done(lambda: frame.desk.shelves.placing.put(place, document_id, title, note, frame.user.name))


def _entry(frame: Frame, one: Shelved, at: int, part: Section, sections: Sequence[Section]) -> None:
    """A document's place, note and the way off, in a form of its own."""
    placing, titles = frame.desk.shelves.placing, {other.section_id: other.title for other in sections}
    with st.form(f"entry-{one.entry_id}", border=False):
        show(element("p", element("strong", one.title)))
        first, second, third = st.columns([3, 1, 4])
        where = first.selectbox(
            frame.say("shelves.where"), list(titles), index=list(titles).index(part.section_id),
            format_func=lambda other: titles[other], key=f"where-{one.entry_id}",
        )  # fmt: skip
        place = second.number_input(
            frame.say("shelves.place"), min_value=1, value=at, step=1, key=f"place-{one.entry_id}"
        )
        note = third.text_input(
            frame.say("shelves.note"), value=one.note, max_chars=1000, key=f"note-{one.entry_id}"
        )
        keep, off, _ = st.columns([1, 1, 4])
        kept = keep.form_submit_button(frame.say("shelves.keep"), key=f"keep-{one.entry_id}")
        gone = off.form_submit_button(frame.say("shelves.take-off"), key=f"off-{one.entry_id}")
    if gone:
        _done(lambda: placing.take_off(one.entry_id, frame.user.name))
    elif kept:
        if note != one.note:
            _done(lambda: placing.note(one.entry_id, note, frame.user.name))
        if (where, int(place)) != (part.section_id, at):
            _done(lambda: placing.move(one.entry_id, where, int(place), frame.user.name))
    if gone or kept:
        st.rerun()


def _sections(frame: Frame, shelf: Shelf, sections: Sequence[Section]) -> None:
    for part in sections:
        _section(frame, part)
    with st.form("new-section", border=False):
        title = st.text_input(frame.say("shelves.new-section"), max_chars=120, key="section-title")
        if st.form_submit_button(frame.say("shelves.make"), key="make-section"):
            _done(lambda: frame.desk.shelves.placing.add_section(shelf.shelf_id, title, frame.user.name))
            st.rerun()


def _section(frame: Frame, part: Section) -> None:
    """A section's title, and the way off where no document stands in it."""
    placing, number = frame.desk.shelves.placing, part.section_id
    with st.form(f"section-{number}", border=False):
        title = st.text_input(
            frame.say("shelves.section"), value=part.title, max_chars=120, key=f"title-{number}"
        )
        keep, off, _ = st.columns([1, 1, 4])
        kept = keep.form_submit_button(frame.say("shelves.keep"), key=f"keep-section-{number}")
        gone = off.form_submit_button(frame.say("shelves.drop"), key=f"off-section-{number}")
    if gone:
        _done(lambda: placing.remove_section(number, frame.user.name))
    elif kept:
        _done(lambda: placing.rename_section(number, title, frame.user.name))
    if gone or kept:
        st.rerun()


def _done(change: Callable[[], object]) -> None:
    """Carry a change out; why it was refused is kept for the page."""
    try:
        change()
    except GovbriefError as error:
        st.session_state[_PROBLEM] = str(error)
