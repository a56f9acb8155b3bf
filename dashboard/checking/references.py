"""What the references of a draft name: is it there, is it in force, is it still what was taken?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dashboard.checking.held import CitedDocument, Held
from dashboard.checking.model import Finding
from dashboard.checking.plain import plain
from dashboard.checking.units import Looked, Unit, finding, short
from dashboard.drafting.grammar import mark_text
from dashboard.drafting.model import Mark
from warehouse.desk.basket.model import BasketItem
from warehouse.queries.bases import ended_bases

_ENDED = ("repealed", "expired")
_TITLE = re.compile(r"《([^《》]{6,80})》")


def check_titles(looked: Looked) -> Iterator[Finding]:
    """Titles in 《》 beside a reference that no cited document has, neither as its own nor in its text."""
    for unit in looked.units:
        if not unit.bound or unit.kind == "quotation":
            continue
        for found in _TITLE.finditer(unit.text.text):
            if not any(_names(one, plain(found[1])) for one in looked.library):
                yield finding("title-unknown", unit, *found.span(), words=short(found[0]))


def _names(document: CitedDocument, words: str) -> bool:
    return words in plain(document.title) or any(words in held.plain for held in document.texts())


def check_references(looked: Looked) -> Iterator[Finding]:
    """References to nothing, and documents that were withdrawn, repealed, amended or changed."""
    told: set[tuple[str, str]] = set()
    cited = [(unit, mark) for unit in looked.units for mark in unit.text.marks]
    bases = ended_bases(looked.library.publication, tuple(one.document_id for one in looked.library))
    for unit, mark in cited:
        for one in _of_mark(looked, unit, mark):
            if (one.kind, one.text) not in told:
                told.add((one.kind, one.text))
                yield one
        document = looked.document(mark)
        if document is None or (document.document_id, "") in told:
            continue
        told.add((document.document_id, ""))
        yield from _of_document(unit, mark, document)
        for row in bases.get(document.document_id, ()):
            yield finding(
                "basis-ended", unit, mark.at, mark.at, document.title, title=document.title,
                basis=row["title"], document_id=document.document_id, paragraph=row["paragraph"],
                told=str(row["target_document_id"]),
            )  # fmt: skip


def _of_mark(looked: Looked, unit: Unit, mark: Mark) -> Iterator[Finding]:
    place = (mark.at, mark.at, mark_text(mark))
    item, document_id = looked.item(mark), looked.document_id(mark)
    if document_id is None:
        yield finding("item-unknown", unit, *place, item=mark.key)
    elif looked.document(mark) is None:
        kind = "source-withdrawn" if item else "source-unknown"
        title = item.title if item else document_id
        yield finding(kind, unit, *place, title=title, document_id=document_id)
    elif item is not None:
        yield from _of_item(looked, unit, mark, item)


def _of_item(looked: Looked, unit: Unit, mark: Mark, item: BasketItem) -> Iterator[Finding]:
    """A passage that today's text does not have: changed by its site, or found nowhere any more."""
    document = looked.document(mark)
    if document is None or _holds(document.body, item):
        return
    now, then = document.body.version_no or 0, item.passage.version_no
    values: dict[str, Any] = {
        "document_id": document.document_id, "title": item.title, "item": item.item_id, "version": then,
        "now": now,
    }  # fmt: skip
    others = (document.heading, *document.files, *document.former)
    if any(_holds(one, item) for one in others if one.current):
        return
    kind = "source-changed" if any(_holds(one, item) for one in others) else "passage-lost"
    yield finding(kind, unit, mark.at, mark.at, mark_text(mark), **values, told=f"{now}")


def _holds(held: Held, item: BasketItem) -> bool:
    return item.passage.text in held.text or plain(item.passage.text) in held.plain


def _of_document(unit: Unit, mark: Mark, document: CitedDocument) -> Iterator[Finding]:
    row = document.row
    values: dict[str, Any] = {
        "document_id": document.document_id, "title": document.title, "by": row["validity_by_title"] or "",
    }  # fmt: skip
    if row["status"] == "withdrawn":
        yield finding("source-withdrawn", unit, mark.at, mark.at, mark_text(mark), **values)
        return
    if row["validity"] in (*_ENDED, "amended"):
        kind = "source-repealed" if row["validity"] in _ENDED else "source-amended"
        kind += "-by" if values["by"] else ""
        yield finding(
            kind,
            unit,
            mark.at,
            mark.at,
            document.title,
            **values,
            told=f"{row['validity']} {row['validity_by']}",
        )
