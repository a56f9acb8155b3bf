"""A shelf as readers see it: introduction, sections, documents with notes and what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_of, document_item, quiet, section
from warehouse.desk.shelves.model import Section, Shelf, Shelved
from warehouse.exchange.csv_table import write_csv
from warehouse.exchange.reference_record import reference_record
from warehouse.exchange.ris import write_ris
from warehouse.queries import pages_listing
from warehouse.queries.export import document_rows, reference_rows

_ENDED = ("repealed", "expired")


def shelf_list(frame: Frame, shelves: Sequence[Shelf]) -> None:
    """Shelves by title, with the beginning of what introduces them."""
    if not shelves:
        show(quiet(frame.say("shelves.none")))
        return
    show(element("ul", *(_listed(frame, one) for one in shelves), cls="gb-list"))


def shelf_shown(frame: Frame, shelf: Shelf, sections: Sequence[Section]) -> None:
    """The whole shelf."""
    documents = [one for part in sections for one in part.documents]
    names = tuple(sorted({one.document_id for one in documents}))
    rows = {
        str(row["document_id"]): row for row in frame.overlaid(frame.read(pages_listing.documents_of, names))
    }
    show(
        element("p", frame.link(frame.say("shelves.all"), "shelves"), cls="gb-kicker"),
        element("h1", shelf.title),
        element("p", *_meta(frame, shelf, len(documents)), cls="gb-meta"),
        *(element("p", line) for line in shelf.paragraphs),
        _state_of_all(frame, rows.values(), len(names)),
    )
    for part in sections:
        items = [_item(frame, one, rows.get(one.document_id)) for one in part.documents]
        inner = element("ol", *items, cls="gb-list") if items else quiet(frame.say("shelves.empty-section"))
        show(section(part.title, inner, anchor=f"section-{part.section_id}"))
    show(basis_of(frame, rows))
    if rows:
        _downloads(frame, shelf, [one.document_id for one in documents if one.document_id in rows])


def _listed(frame: Frame, one: Shelf) -> Markup:
    count = sum(len(part.documents) for part in frame.desk.shelves.sections(one.shelf_id))
    first = one.paragraphs[0] if one.paragraphs else ""
    return element(
        "li",
        element("h3", frame.link(one.title, "shelves", shelf=one.shelf_id)),
        element("p", *_meta(frame, one, count), cls="gb-meta"),
        element("p", first if len(first) <= 160 else f"{first[:159]}…", cls="gb-why"),
        cls="gb-item",
    )


def _meta(frame: Frame, one: Shelf, count: int) -> list[Child]:
    told = [
        frame.say("shelves.count", n=count),
        frame.say("shelves.responsible", who=one.responsible),
        frame.say("shelves.changed", day=frame.local(one.changed_at, "%Y-%m-%d")),
        frame.say("shelves.is-draft") if one.state == "draft" else None,
        frame.say("shelves.is-removed") if one.state == "removed" else None,
    ]
    return [element("span", part) for part in told if part]


def _state_of_all(frame: Frame, rows: Any, chosen: int) -> Markup | None:
    """How many of the documents are no longer in force, or no longer here at all."""
    held = list(rows)
    ended = sum(row.get("validity") in _ENDED for row in held)
    told = [
        frame.say("shelves.ended", n=ended) if ended else None,
        frame.say("shelves.gone", n=chosen - len(held)) if chosen > len(held) else None,
    ]
    said = [one for one in told if one]
    return element("p", " ".join(said), cls="gb-notice", role="note") if said else None


def _item(frame: Frame, one: Shelved, row: Mapping[str, Any] | None) -> Markup:
    if row is None:
        return element(
            "li",
            element("h3", one.title),
            element("p", frame.say("shelves.no-longer", id=one.document_id), cls="gb-flag"),
            element("p", one.note, cls="gb-why") if one.note else None,
            cls="gb-item",
        )
    flag = None
    if row.get("validity") in _ENDED:
        flag = element("span", "⚠ ", frame.say(f"shelves.flag-{row['validity']}"), cls="gb-flag")
    return document_item(frame, row, one.note, flag)


def _downloads(frame: Frame, shelf: Shelf, names: list[str]) -> None:
    """The shelf as references and as a table, as `export` writes them."""
    publication = frame.publication

    def ris() -> bytes:
        records = map(reference_record, reference_rows(publication, names, with_text=False))
        return "".join(write_ris(records)).encode("utf-8")

    def table() -> bytes:
        return "".join(write_csv(document_rows(publication, names, with_text=False))).encode("utf-8")

    left, right, _ = st.columns([2, 2, 5])
    left.download_button(
        frame.say("shelves.as-ris"), data=ris, file_name=f"shelf-{shelf.shelf_id}.ris",
        mime="application/x-research-info-systems", on_click="ignore",
    )  # fmt: skip
    right.download_button(
        frame.say("shelves.as-csv"), data=table, file_name=f"shelf-{shelf.shelf_id}.csv", mime="text/csv",
        on_click="ignore",
    )  # fmt: skip
