"""The accession register as a table, and the line of a document that was handed in."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import quiet, table
from dashboard.words import known
from warehouse.desk.accessions import Accession
from warehouse.queries import pages_document


def register(frame: Frame, entries: Sequence[Accession]) -> Markup:
    """What was handed in, newest first: when, by whom, what, from where, and what became of it."""
    if not entries:
        return quiet(frame.say("accession.none"))
    heads = frame.say("accession.heads").split("|")
    rows = [_row(frame, one) for one in entries]
    return table(heads, rows, frame.say("accession.register"), frozenset({0}))


def waiting(frame: Frame, entries: Sequence[Accession]) -> Markup | None:
    """How many wait, with a link that looks again."""
    count = sum(one.state == "waiting" for one in entries)
    if not count:
        return None
    return element(
        "p",
        frame.say("accession.waiting", n=count),
        " ",
        frame.link(frame.say("accession.again"), "accession"),
        cls="gb-notice",
        role="status",
    )


def handed_in(frame: Frame, document_id: str) -> list[Markup]:
    """Who handed a document in, when and with what remark; nothing for one that a crawl brought."""
    return [
        element(
            "p",
            frame.say(
                "accession.of-document",
                number=one.accession_id,
                who=frame.person(one.account),
                at=frame.local(one.created_at),
            ),
            frame.say("explain.note", note=one.note) if one.note else None,
            cls="gb-meta",
        )
        for one in frame.desk.accessions.of_document(document_id)
    ]


def _row(frame: Frame, one: Accession) -> tuple[Child, ...]:
    what: list[Child] = [element("span", one.name, cls="gb-breaks")]
    if one.kind == "file":
        what.append(element("span", f" {max(one.size // 1000, 1):,} kB", cls="gb-meta"))
        what.append(element("div", one.url, cls="gb-meta gb-breaks") if one.url else None)
    if one.note:
        what.append(element("div", one.note, cls="gb-why"))
    return (
        str(one.accession_id),
        frame.local(one.created_at),
        frame.person(one.account),
        element("div", *what),
        _became(frame, one),
    )


def _became(frame: Frame, one: Accession) -> Markup:
    if one.state == "waiting":
        return element("span", frame.say("accession.state-waiting"))
    if one.state == "refused":
        why = known(frame.language, f"accession.refused-{one.outcome}", frame.say("accession.refused-other"))
        told = element("div", one.told, cls="gb-meta", lang="en") if one.told else None
        return element("div", element("strong", frame.say("accession.state-refused")), " ", why, told)
    became = frame.say(f"accession.became-{one.outcome}")
    row = frame.read(pages_document.document, one.document_id)
    if row is None:
        return join((became, frame.say("accession.not-published")))
    title = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=one.document_id)
    return element("div", title, " ", element("span", became, cls="gb-meta"))
