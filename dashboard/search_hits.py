"""Hits as a list: title, who, when, state, the first matching passage with its place, and folded reprints."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from dashboard.basket.keep import keep_button
from dashboard.found_places import told_places
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import badges, day, fix_link, highlighted, issuer_of
from dashboard.search_wish import PER_PAGE, Wish, sources_of
from warehouse.queries import pages_listing
from warehouse.records import HitPlace, SearchAnswer, SearchHit

_OPTIONS = {"doc_type": "doc-type", "in_force": "in-force", "has_attachment": "has-attachment"}
_OPTIONS |= {"in_force_on": "in-force-on"}


def found_in_words(frame: Frame, wish: Wish, answer: SearchAnswer) -> str:
    """How many documents were found and which entries of the list stand here.

    The total counts every document; an entry stands for a document with its reprints. Where the two differ
    on this page or before it, the entries are counted, and the sentence says that reprints are folded.
    """
    total = f"{answer.total:,}"
    if not answer.hits:
        return frame.say("search.found-no-more", n=total)
    first = _entries_before(wish) + 1
    last = first + len(answer.hits) - 1
    is_plain = (answer.next_offset or answer.total) == last and wish.offset == first - 1
    key = "search.found" if is_plain else "search.found-folded"
    return frame.say(key, n=total, first=f"{first:,}", last=f"{last:,}")


def _entries_before(wish: Wish) -> int:
    """Entries on the pages before this one: they are full, or there would be no later page."""
    return (wish.page - 1) * PER_PAGE


def hit_list(frame: Frame, wish: Wish, answer: SearchAnswer) -> Markup:
    """The hits of one page, corrections of people laid over them."""
    states = frame.read(pages_listing.states_of, tuple(hit.document_id for hit in answer.hits))
    rows = frame.overlaid([_row(hit, states.get(hit.document_id, {})) for hit in answer.hits])
    items = (_hit(frame, wish, hit, row) for hit, row in zip(answer.hits, rows, strict=True))
    return element("ol", *items, cls="gb-list gb-hits", start=_entries_before(wish) + 1)


def pages_bar(frame: Frame, wish: Wish, answer: SearchAnswer) -> Markup | None:
    """Links to the first page, to those that were passed, and to the next; all in one publication."""
    after = answer.next_offset
    if after is None and wish.page == 1:
        return None
    begins = [0, *wish.trail] if wish.trail else [n * PER_PAGE for n in range(wish.page)]
    first = wish.page - len(begins) + 1  # the trail of an address forgets the oldest pages
    passed = {1: 0} | {first + place: offset for place, offset in enumerate(begins) if first + place > 1}
    items: list[Child] = []
    before = 0
    for number, offset in passed.items():
        if number > 1 and number < wish.page - 4:
            continue
        if number - before > 1:
            items.append(element("li", "…", aria_hidden="true"))
        items.append(element("li", _page_link(frame, wish, answer, number, offset, str(number))))
        before = number
    if after is not None:
        label = frame.say("search.next")
        items.append(element("li", _page_link(frame, wish, answer, wish.page + 1, after, label)))
    return element("nav", element("ul", *items), cls="gb-pages", aria_label=frame.say("search.pages"))


def export_hint(frame: Frame, wish: Wish) -> Markup:
    """The command that writes all that this search finds."""
    words = ["govbrief", "export", wish.query]
    for name, value in wish.keywords().items():
        option = f"--{_OPTIONS.get(name, name)}"
        if name in ("order", "versions"):
            continue
        words += [option] if value is True else [option, str(value)]
    words += ["--format", "csv", "-o", "found.csv"]
    return element(
        "details",
        element("summary", frame.say("search.export")),
        element("p", frame.say("search.export-how")),
        element("p", element("code", shlex.join(words), cls="gb-command")),
        cls="gb-how",
    )


def _page_link(
    frame: Frame, wish: Wish, answer: SearchAnswer, number: int, offset: int, label: str
) -> Markup:
    return element(
        "a",
        label,
        href=frame.to("docs", **wish.later(number, offset, answer.publication_id)),
        data_go=True,
        aria_current="page" if number == wish.page else None,
        aria_label=frame.say("search.page", page=number),
    )


def _hit(frame: Frame, wish: Wish, hit: SearchHit, row: Mapping[str, Any]) -> Markup:
    place = {**_arrival(hit), "q": wish.query or None}
    source = sources_of(frame).get(hit.source_id)
    site = frame.named(*source) if source else None
    issuer = issuer_of(frame, row)
    meta: list[Child] = [
        issuer,
        row["doc_number"],
        day(frame, row["published"]),
        site if site != issuer else None,
    ]
    return element(
        "li",
        element(
            "h3", frame.link(row["title"] or frame.say("word.untitled"), "doc", id=hit.document_id, **place)
        ),
        element(
            "p",
            *(element("span", part) for part in meta if part),
            *badges(frame, row),
            fix_link(frame, row),
            cls="gb-meta",
        ),
        element("p", place_in_words(frame, hit.place), cls="gb-place") if hit.place else None,
        element("p", highlighted(hit.snippet, hit.marks), cls="gb-snippet") if hit.snippet else None,
        _first_seen(frame, hit),
        _keep(frame, wish, hit),
        _copies(frame, hit),
        cls="gb-item",
    )


def place_in_words(frame: Frame, place: HitPlace) -> str:
    """Where in an attached file the passage stands: 附件《名单.xlsx》，工作表“2026”，第 14 行."""
    return frame.say("word.comma").join(
        frame.say(f"search.place-{name}", **values) for name, values in told_places(place)
    )


def _first_seen(frame: Frame, hit: SearchHit) -> Markup | None:
    if hit.first_seen_version is None:
        return None
    since = hit.appearance
    if since is None:
        return element("p", frame.say("search.first-version", version=hit.first_seen_version), cls="gb-why")
    first, day = since.version_no, frame.local(since.observed_at)
    told: list[Child] = [frame.say("search.first-seen", version=first, day=day)]
    if since.gone_version is not None:
        gone = frame.local(since.gone_at) if since.gone_at else ""
        told += [" · ", frame.say("search.words-gone", version=since.gone_version, day=gone)]
    if since.capture_id:
        copy = frame.say("doc.archived")
        told += [" · ", element("a", copy, href=f"/archive/{since.capture_id}", target="_blank")]
    return element("p", *told, cls="gb-why")


def _arrival(hit: SearchHit) -> dict[str, object]:
    """Where on the document's page a hit leads: a paragraph, a line of a file, or a former version."""
    paragraph, since, place = hit.paragraph, hit.appearance, hit.place
    if since is not None and since.gone_version is not None:
        there = since.paragraph + 1 if since.paragraph is not None else None
        return {"v": since.version_no, "para": there}
    if place is not None and place.url:
        return {"file": place.url, "line": place.line + 1 if place.line is not None else None}
    return {"para": paragraph + 1 if paragraph is not None else None}


def _keep(frame: Frame, wish: Wish, hit: SearchHit) -> Markup | None:
    """Keeps the passage that is shown; None where it stands in a title or an attached file."""
    since = hit.appearance
    if since is not None and since.gone_version is not None:
        paragraph, version = since.paragraph, since.version_no
    else:
        paragraph, version = hit.paragraph, None
    if paragraph is None or (hit.place is not None and hit.place.url):
        return None
    button = keep_button(frame, hit.document_id, paragraph, query=wish.query, version=version)
    return element("p", button, cls="gb-acts") if button else None


def _copies(frame: Frame, hit: SearchHit) -> Markup | None:
    """The reprints that are told with this hit, behind a click."""
    if not hit.copies:
        return None
    sources = sources_of(frame)
    lines = []
    for copy in hit.copies:
        name = frame.named(*sources[copy.source_id]) if copy.source_id in sources else copy.source_name
        told = [frame.link(copy.title or frame.say("word.untitled"), "doc", id=copy.document_id)]
        lines.append(element("li", *told, " ", element("span", name, " ", copy.published), cls="gb-copy"))
    summary = element("summary", frame.say("search.copies", n=len(hit.copies)))
    return element("details", summary, element("ul", *lines), cls="gb-copies")


def _row(hit: SearchHit, state: Mapping[str, Any]) -> dict[str, Any]:
    """The hit as listings have it: its fields, state, validity and issuing body, ready for corrections."""
    return {
        "document_id": hit.document_id,
        "title": hit.title,
        "doc_number": hit.doc_number,
        "published": hit.published,
        "department_name": hit.department,
        "topic_path": hit.topic,
        "sample": hit.sample,
        **state,
    }
