"""The parts that pages share: a document in a list, a badge, a number, a line of provenance, a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, html_language, join, unbroken
from dashboard.words import known
from warehouse.queries import pages_listing
from warehouse.queries.pages_listing import Selection

# State by word, shape and colour: nobody needs to see the colour to read it.
_SHAPES = {"in-force": "●", "amended": "◐", "repealed": "✕", "expired": "○", "unknown": "?", "withdrawn": "⊘"}

# A cell that stays in one line: a day, with its time, or from one to another; a part of a whole.
_WHOLE_CELL = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}|…)(?: \d{2}:\d{2}| – \d{4}-\d{2}-\d{2}| – …)?|\d+% \([\d,]+ / [\d,]+\)"
)


def document_item(frame: Frame, row: Mapping[str, Any], *extra: Child, **place: object) -> Markup:
    """One document in a list: title, who, when, state; `extra` says why it stands here."""
    title = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"], **place)
    return element(
        "li",
        element("h3", title, lang=_language_of(row)),
        element("p", *_meta(frame, row), cls="gb-meta"),
        *(element("p", part, cls="gb-why") for part in extra if part),
        cls="gb-item",
    )


def fix_link(frame: Frame, row: Mapping[str, Any], field: str | None = None) -> Markup | None:
    """The way to correct what is shown of a document, for those who may."""
    if not frame.may("analyst"):
        return None
    title = str(row.get("title") or frame.say("word.untitled"))
    return element(
        "a", frame.say("fix.link"), href=frame.to("correct", id=row["document_id"], field=field),
        data_go=True, aria_label=frame.say("fix.link-of", title=title), cls="gb-at",
    )  # fmt: skip


def bulk_link(frame: Frame, /, **parameters: object) -> Markup | None:
    """The way to correct many documents of a list in one act, for those who may."""
    if not frame.may("analyst"):
        return None
    return element("p", frame.link(frame.say("bulk.link"), "bulk", None, **parameters), cls="gb-aside-link")


def document_list(frame: Frame, rows: Iterable[Mapping[str, Any]]) -> Markup:
    """Documents as a list, corrections of people laid over them."""
    return element("ul", *(document_item(frame, row) for row in rows), cls="gb-list")


def due_list(frame: Frame, lines: Iterable[tuple[date, Markup, Sequence[str], str]]) -> Markup:
    """Duties by their day: when, in how many days, what (a link to its sentence), who, and which document."""
    items = (
        element(
            "li",
            element("time", str(due), datetime=str(due), cls="gb-when"),
            element("span", days_left(frame, due), cls="gb-left"),
            element("p", what),
            element("p", "、".join(who) or frame.say("today.nobody"), " — ", title, cls="gb-meta"),
        )
        for due, what, who, title in lines
    )
    return element("ol", *items, cls="gb-due")


def days_left(frame: Frame, due: date) -> str:
    """How far a day is: days that are left, today, or days that have passed since."""
    left = (due - frame.today).days
    return (
        frame.say("today.due-today")
        if left == 0
        else frame.say("today.days-left" if left > 0 else "today.days-past", n=abs(left))
    )


def issuer_of(frame: Frame, row: Mapping[str, Any]) -> str:
    """Who issued the document: the body it was given to, else the issuer as printed."""
    return frame.body_name(row.get("department_code"), row.get("department_name") or row.get("issuer"))


def day(frame: Frame, value: date | str | None) -> Markup:
    """A printed date, or the word for unknown."""
    if not value:
        return element("span", frame.say("word.undated"), cls="gb-unknown")
    return element("time", str(value)[:10], datetime=str(value)[:10])


def badges(frame: Frame, row: Mapping[str, Any]) -> list[Markup]:
    """State of the document in words: withdrawn, validity, a basis that has ended, sample, corrected."""
    found = []
    if row.get("status") == "withdrawn":
        found.append(_badge(frame, "withdrawn"))
    validity = row.get("validity") or "unknown"
    if validity != "unknown":
        found.append(_badge(frame, validity))
    if row.get("ended_bases"):
        told = frame.say("bases.badge")
        titles = "、".join(str(one["title"]) for one in row["ended_bases"])
        found.append(element("span", "⚠ ", told, cls="gb-badge gb-badge-ended-basis", title=titles))
    if row.get("sample") and not frame.publication.sample:  # else the whole page is marked
        found.append(element("span", frame.say("word.sample"), cls="gb-badge gb-badge-sample"))
    if row.get("corrected"):
        found.append(element("span", frame.say("word.corrected"), cls="gb-badge gb-badge-corrected"))
    return found


def validity_badge(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """The validity in words, also when it is unknown."""
    return _badge(frame, row.get("validity") or "unknown")


def number(frame: Frame, selection: Selection, count: int | None = None) -> Markup:
    """A number that opens the documents it counts."""
    shown = frame.read(pages_listing.count_documents, selection) if count is None else count
    return frame.link(f"{shown:,}", "listing", "gb-number", **listing_parameters(selection))


def listing_parameters(selection: Selection) -> dict[str, object]:
    """A selection as address parameters; `dashboard/selections.py` reads them back."""
    return {
        "of": selection.kind if selection.kind != "documents" else None,
        "seen": selection.seen_after.isoformat() if selection.seen_after else None,
        "till": selection.seen_until.isoformat() if selection.seen_until else None,
        "tfrom": selection.told_from,
        "tto": selection.told_to,
        "ended": selection.ended_from,
        "unless": selection.unless_published_from,
        "from": selection.published_from,
        "to": selection.published_to,
        "week": selection.week,
        "theme": selection.theme,
        "topic": selection.topic,
        "d": selection.department,
        "source": selection.source,
        "region": selection.region,
        "validity": selection.validity,
        "run": selection.run,
        "once": 1 if selection.told_once else None,
        "after": str(selection.told.after) if selection.told else None,
        "upto": selection.told.upto if selection.told else None,
    }


def provenance(frame: Frame, selection: Selection) -> Markup:
    """The line under a figure: how many documents of how many sources, until when, which publication."""
    documents = frame.read(pages_listing.count_documents, selection)
    text = _basis(frame, documents, frame.read(pages_listing.count_sources, selection))
    return element(
        "p",
        text,
        " · ",
        frame.link(frame.say("prov.documents"), "listing", **listing_parameters(selection)),
        " · ",
        frame.link(frame.say("prov.method"), "about"),
        cls="gb-prov",
    )


def basis_line(frame: Frame, documents: int | None = None, sources: int | None = None) -> Markup:
    """The same under a table or a list that is no selection; without counts, all that is published."""
    whole = Selection()
    counted = frame.read(pages_listing.count_documents, whole) if documents is None else documents
    among = frame.read(pages_listing.count_sources, whole) if sources is None else sources
    method = frame.link(frame.say("prov.method"), "about")
    return element("p", _basis(frame, counted, among), " · ", method, cls="gb-prov")


def basis_of(frame: Frame, document_ids: Iterable[str]) -> Markup:
    """The same under a list of tasks or passages: the documents they stand in and their sources."""
    wanted = tuple(sorted(set(document_ids)))
    return basis_line(frame, len(wanted), frame.read(pages_listing.count_sources_of, wanted))


def _basis(frame: Frame, documents: int, sources: int) -> Markup:
    until = frame.publication.rows("select data_until from publication")[0]["data_until"]
    told = frame.say(
        "prov.line",
        documents=frame.say("prov.of-documents", n=documents),
        sources=frame.say("prov.of-sources", n=sources),
        until=frame.local(until),
        publication=frame.publication.publication_id,
    )
    return unbroken(told)


def section(
    title: str, *parts: Child, note: Child = None, cls: str | None = None, anchor: str | None = None
) -> Markup:
    """A headed part of a page; an anchor lets a number on the same page lead to it."""
    told = element("p", note, cls="gb-note") if note else None
    return element("section", element("h2", title), told, *parts, cls=cls, id=anchor)


def around(frame: Frame, key: str, inner: Markup) -> Markup:
    """A sentence of the catalogue with markup in the place of its `{n}`."""
    before, _, after = frame.say(key).partition("{n}")
    return join((before, inner, after))


def quiet(sentence: Child) -> Markup:
    """A plain sentence where there is nothing to show."""
    return element("p", sentence, cls="gb-quiet")


def notice(sentence: Child) -> Markup:
    """A sentence the reader should not miss."""
    return element("p", sentence, cls="gb-notice", role="note")


def table(
    heads: Sequence[str], rows: Iterable[Sequence[Child]], caption: str, numeric: frozenset[int] = frozenset()
) -> Markup:
    """A table with a caption for those who hear it; columns in `numeric` are set right."""
    return element(
        "div",
        element(
            "table",
            element("caption", caption),
            element(
                "thead",
                element(
                    "tr",
                    *(
                        element("th", head, scope="col", cls=_right(i, numeric))
                        for i, head in enumerate(heads)
                    ),
                ),
            ),
            element(
                "tbody",
                *(
                    element(
                        "tr",
                        *(
                            element("td", cell, cls=_cell(cell, i, numeric), data_head=heads[i])
                            for i, cell in enumerate(row)
                        ),
                    )
                    for row in rows
                ),
            ),
            cls="gb-table",
        ),
        cls="gb-scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def highlighted(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """The text with code-point ranges marked; ranges that overlap or lie outside are cut."""
    parts: list[Child] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        parts += [text[at:start], element("mark", text[start:end])]
        at = end
    return join([*parts, text[at:]])


def reason(frame: Frame, code: str) -> str:
    """Why a document stands in a briefing, in words: `topic:20-03`, `term:养老`, `changed`."""
    kind, _, value = code.partition(":")
    if kind == "topic":
        value = frame.topic_name(value, value)
    sentence = known(frame.language, f"reason.{kind}", "")
    return sentence.format(value=value) if sentence else value or kind


def _same(frame: Frame, row: Mapping[str, Any], source: str) -> bool:
    """Whether the source is the issuer's own site; in Chinese both go by one name."""
    zh, _ = frame.body_names.get(row.get("department_code") or "", ("", ""))
    printed = (row.get("source_zh") or "").removesuffix("（示例数据）")
    return source == issuer_of(frame, row) or bool(zh and printed == zh)


def _meta(frame: Frame, row: Mapping[str, Any]) -> list[Child]:
    source = (
        frame.named(row.get("source_zh"), row.get("source_en"))
        if row.get("source_zh") or row.get("source_en")
        else None
    )
    issuer = issuer_of(frame, row)
    parts: list[Child] = [
        frame.link(issuer, "departments", d=row["department_code"])
        if issuer and row.get("department_code")
        else issuer,
        row.get("doc_number"),
        day(frame, row.get("published")),
        element("span", source, cls="gb-source") if source and not _same(frame, row, source) else None,
        frame.say("word.changed-on", day=frame.local(row.get("changed_at"), "%Y-%m-%d"))
        if (row.get("version_no") or 1) > 1
        else None,
    ]
    spaced = [element("span", part) for part in parts if part]
    unstated = "validity" in row and (row["validity"] or "unknown") == "unknown"
    return [
        *spaced, *badges(frame, row), *([_badge(frame, "unknown")] if unstated else []), fix_link(frame, row),
    ]  # fmt: skip


def _badge(frame: Frame, state: str) -> Markup:
    shape = element("span", _SHAPES.get(state, "?"), aria_hidden="true")
    return element("span", shape, " ", frame.say(f"state.{state}"), cls=f"gb-badge gb-badge-{state}")


def _language_of(row: Mapping[str, Any]) -> str | None:
    return html_language(row.get("language"))


def _cell(cell: Child, column: int, numeric: frozenset[int]) -> str | None:
    whole = isinstance(cell, str) and _WHOLE_CELL.fullmatch(cell)
    return _right(column, numeric) or ("gb-whole" if whole else None)


def _right(column: int, numeric: frozenset[int]) -> str | None:
    return "gb-right" if column in numeric else None
