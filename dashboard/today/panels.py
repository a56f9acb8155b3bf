"""What changed since the reader last looked: groups of documents, the paragraphs that changed, deadlines."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from dashboard.addresses import PATHS
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import (
    basis_of,
    document_item,
    document_list,
    due_list,
    listing_parameters,
    provenance,
    quiet,
    section,
)
from dashboard.today.news import News, deadlines
from warehouse.queries import pages_document, pages_listing, pages_overview
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.nearer import FAR, PAST, with_sentences
from warehouse.queries.pages_listing import Selection

SHOWN, _PLACES, _ASIDE, _LATEST = 8, 4, 6, 5
_MOVED = ("changed", "repealed", "withdrawn")
_STEPS = {PAST: "past", FAR: "far"}


def new_section(frame: Frame, news: News, told: Collection[str]) -> Markup:
    """New documents that are none of the first items; where nothing is new, the latest there is."""
    selection = news.groups["new"]
    total = frame.read(pages_listing.count_documents, selection)
    if not total:
        nothing = section(frame.say("today.new-title"), quiet(frame.say("today.none-new")))
        return join((nothing, _latest(frame)))
    rows = _rows(frame, selection, told)
    memberships = frame.read(pages_overview.themes_of, tuple(row["document_id"] for row in rows))
    items = (
        document_item(frame, row, _membership(frame, memberships.get(row["document_id"], []))) for row in rows
    )
    more = frame.link(frame.say("today.all-new", n=total), "listing", **listing_parameters(selection))
    return section(
        frame.say("today.new-title"),
        element("ul", *items, cls="gb-list") if rows else quiet(frame.say("delta.above")),
        element("p", more, cls="gb-more") if total > len(rows) else None,
        provenance(frame, selection),
    )


def moved_sections(frame: Frame, news: News, told: Collection[str]) -> Markup:
    """Changed, ended and withdrawn documents, each with what happened to it."""
    parts = []
    for kind in _MOVED:
        selection = news.groups[kind]
        total = frame.read(pages_listing.count_documents, selection)
        if total:
            rows = _rows(frame, selection, told)
            parts.append(_group(frame, news, kind, rows, total))
    if parts:
        return join(parts)
    return section(frame.say("today.moved-title"), quiet(frame.say("today.none-moved")))


def nearer_section(frame: Frame, news: News) -> Markup | None:
    """Deadlines that came into 30, 7 or 1 days, passed or were moved since the last look."""
    if news.looks is None:
        return None
    rows = deadlines(frame, news)
    if not rows:
        return None
    shown = frame.read(with_sentences, rows[:_ASIDE])
    more = frame.link(frame.say("delta.nearer-all", n=len(rows)), "listing", **nearer_parameters(news))
    return section(
        frame.say("delta.nearer-title"),
        nearer_list(frame, shown),
        element("p", more, cls="gb-more"),
        element("p", frame.say("today.mined"), cls="gb-prov"),
        basis_of(frame, (row["document_id"] for row in rows)),
    )


def nearer_parameters(news: News) -> dict[str, object]:
    """The address of the deadlines that came nearer between two looks."""
    assert news.looks is not None
    looks = news.looks
    named = {"of": "nearer", "after": str(looks.after), "upto": looks.upto}
    return {**named, "from": looks.last_day, "to": looks.day}


def nearer_list(frame: Frame, rows: Collection[Mapping[str, Any]]) -> Markup:
    """Such deadlines as a list: what, who, and how the day came nearer."""
    lines = ((row["due"], _nearer(frame, row), row["who"] or (), row["title"]) for row in rows)
    return due_list(frame, lines)


def calendar_link(frame: Frame) -> Markup | None:
    """The way to all deadlines."""
    if "deadlines" not in PATHS:
        return None
    return element("p", frame.link(frame.say("delta.calendar"), "deadlines"), cls="gb-more")


def _nearer(frame: Frame, row: Mapping[str, Any]) -> Markup:
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": row["fact_id"]}
    how = frame.say(f"delta.within-{_STEPS.get(row['within'], row['within'])}")
    if row["old_due"]:
        how = frame.say("delta.moved", old=row["old_due"], due=row["due"])
    said = frame.link(row["what"] or row["sentence"], "doc", **place)
    return join((element("span", how, cls="gb-reason"), " ", said))


def _group(frame: Frame, news: News, kind: str, rows: list[dict[str, Any]], total: int) -> Markup:
    names = tuple(row["document_id"] for row in rows)
    ended = frame.read(documents_by_name, "d.validity_by, d.validity_basis", names)
    items = (
        document_item(frame, row, *_happened(frame, news, kind, row, ended.get(row["document_id"], {})))
        for row in rows
    )
    selection = news.groups[kind]
    more = frame.link(frame.say("today.all-new", n=total), "listing", **listing_parameters(selection))
    return section(
        frame.say(f"today.{kind}-title"),
        element("ul", *items, cls="gb-list") if rows else quiet(frame.say("delta.above")),
        element("p", more, cls="gb-more") if total > len(rows) else None,
        provenance(frame, selection),
    )


def _happened(
    frame: Frame, news: News, kind: str, row: Mapping[str, Any], ended: Mapping[str, Any]
) -> list[Markup | None]:
    """Which paragraphs changed, what ended it, and what else happened to it between the looks."""
    also = news.delta.also.get(row["document_id"], ()) if news.delta else ()
    words = []
    if kind == "withdrawn" and "new" in also:
        words.append("came-and-went")
    if kind == "changed":
        words += [one for one in ("returned", "revived") if one in also]
    if kind != "changed" and "changed" in also and "new" not in also:
        words.append("also-changed")
    if kind == "changed" and "ended" in also:
        words.append("also-ended")
    told = frame.say("word.comma").join(frame.say(f"delta.{word}") for word in words)
    return [
        changed_paragraphs(frame, row) if kind == "changed" and (not also or "changed" in also) else None,
        _by(frame, ended) if kind == "repealed" else None,
        element("span", told) if told else None,
    ]


def changed_paragraphs(frame: Frame, row: Mapping[str, Any]) -> Markup | None:
    """Links to the paragraphs that the latest version changed."""
    versions = frame.read(pages_document.version_changes, str(row["document_id"]))
    latest = max(versions, key=lambda one: int(one["version_no"]), default=None)
    if latest is None:
        return None
    places = sorted({one["new_at"] for one in latest["paragraphs"] if one["new_at"] is not None})
    gone = sum(one["new_at"] is None for one in latest["paragraphs"])
    parts: list[Child] = [
        frame.link(frame.say("delta.paragraph", n=at + 1), "doc", id=row["document_id"], para=at + 1)
        for at in places[:_PLACES]
    ]
    if gone:
        parts.append(frame.say("delta.removed", n=gone))
    if latest["fields"]:
        parts.append(frame.say("delta.fields"))
    if len(places) > _PLACES or latest["omitted"]:
        parts.append(frame.say("delta.more-changes"))
    comma = frame.say("word.comma")
    return join((frame.say("delta.paragraphs"), join(parts, comma))) if parts else None


def _by(frame: Frame, ended: Mapping[str, Any]) -> Markup | None:
    """The document that ended it, with the sentence where it says so."""
    by = ended.get("validity_by")
    if not by:
        return None
    found = frame.read(pages_listing.documents_of, (by,))
    title = found[0]["title"] if found else None
    if not title:
        return None
    said = ended.get("validity_basis")
    quote = element("span", " “", str(said)[:160], "”", cls="gb-quote") if said else None
    return join((frame.say("delta.by"), frame.link(title, "doc", id=by), quote))


def _rows(frame: Frame, selection: Selection, told: Collection[str]) -> list[dict[str, Any]]:
    """The first documents of a selection, without those told already."""
    rows = frame.read(pages_listing.list_documents, selection, SHOWN + len(told))
    return frame.overlaid([row for row in rows if row["document_id"] not in told][:SHOWN])


def _latest(frame: Frame) -> Markup:
    """Where nothing is new, the latest there is, not a blank page."""
    rows = frame.overlaid(frame.read(pages_listing.list_documents, Selection(), _LATEST))
    return section(
        frame.say("today.latest-title"), document_list(frame, rows), provenance(frame, Selection())
    )


def _membership(frame: Frame, themes: list[dict[str, str]]) -> Markup | None:
    if not themes:
        return None
    links = (
        frame.link(frame.named(one["name_zh"], one["name_en"]), "topics", theme=one["theme_id"])
        for one in themes
    )
    return join((frame.say("today.theme"), join(links, frame.say("word.and"))))
