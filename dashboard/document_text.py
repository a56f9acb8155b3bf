"""The head of a document page and its text in numbered paragraphs, with the asked passage marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.basket.keep import holder, keep_bar, keep_panel, paragraph_button
from dashboard.file_lines import head_line, page_heads
from dashboard.found_words import found_words
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, html_language, join
from dashboard.pieces import badges, day, highlighted, issuer_of, validity_badge
from dashboard.words import known
from warehouse.queries import pages_document


def head(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """Title, issuer, dates, state; then what a reader must know before she quotes."""
    source = frame.named(row["source_zh"], row["source_en"])
    kind = known(frame.language, f"doc_type.{row['doc_type']}", row["doc_type"] or "") or frame.say(
        "doc.kind"
    )
    issuer = issuer_of(frame, row)
    meta: list[Child] = [
        frame.link(issuer, "departments", d=row["department_code"])
        if issuer and row["department_code"]
        else issuer,
        row["doc_number"],
        day(frame, row["published"]),
    ]
    return join(
        (
            element("p", kind, " · ", source, cls="gb-kicker"),
            element(
                "h1", row["title"] or frame.say("word.untitled"), cls="gb-title", lang=_html_language(row)
            ),
            element(
                "p",
                *(element("span", part) for part in meta if part),
                validity_badge(frame, row),
                *badges_but_validity(frame, row),
                cls="gb-meta",
            ),
            *_warnings(frame, row),
        )
    )


def badges_but_validity(frame: Frame, row: Mapping[str, Any]) -> list[Markup]:
    """The badges of lists, without the validity that the head shows also when it is unknown."""
    return badges(frame, {**row, "validity": "unknown"})


def text(frame: Frame, row: Mapping[str, Any], corrected: tuple[str, ...] | None = None) -> Markup:
    """The paragraphs, numbered as people count, as far as the source's terms allow to show them.

    `corrected` stands in place of the published ones until the next run.
    """
    if row["reuse"] == "link":
        return element("p", frame.say("doc.reuse-link"), cls="gb-notice", role="note")
    if row["reuse"] == "excerpt":
        return join(
            (
                element("p", frame.say("doc.reuse-excerpt"), cls="gb-notice", role="note"),
                element("p", row["excerpt"], cls="gb-excerpt"),
            )
        )
    body = corrected or frame.publication.body(str(row["document_id"]))
    if not body:
        return element("p", frame.say("doc.no-text"), cls="gb-quiet")
    asked = _asked_paragraph(frame, len(body))
    spans = {} if corrected else _fact_spans(frame, str(row["document_id"]))
    heads = {} if corrected else page_heads(frame, body, row["places"])
    lines = (
        one
        for number, line in enumerate(body, start=1)
        for one in (
            head_line(heads[number - 1]) if number - 1 in heads else None,
            _paragraph(frame, row, number, line, asked, spans, not corrected),
        )
    )
    # What a person corrected is not published yet, so that nothing of it can be quoted.
    common = {} if corrected else holder(frame, str(row["document_id"]), int(row["version_no"]))
    shown = element("ol", *lines, cls="gb-text", lang=_html_language(row), **common)
    panel = None if corrected else keep_panel(frame, row, body, asked)
    bar = None if corrected else keep_bar(frame, str(row["document_id"]), int(row["version_no"]))
    return join((_lost(frame, len(body), asked, None if corrected else spans), panel, shown, bar))


def _lost(
    frame: Frame, count: int, asked: int | None, spans: Mapping[tuple[str, int], tuple[int, int]] | None
) -> Markup | None:
    """That the address names a paragraph or a fact which this text does not have; None when it has them."""
    if frame.parameters.get("para") and asked is None:
        told = frame.say("doc.no-paragraph", asked=frame.parameters["para"][:20], n=count)
    elif (
        frame.parameters.get("fact")
        and spans is not None
        and not any(fact == frame.parameters["fact"] for fact, _ in spans)
    ):
        told = frame.say("doc.no-fact")
    else:
        return None
    return element("p", told, cls="gb-notice", role="note")


def _paragraph(
    frame: Frame,
    row: Mapping[str, Any],
    number: int,
    line: str,
    asked: int | None,
    spans: Mapping[tuple[str, int], tuple[int, int]],
    published: bool,
) -> Markup:
    here = number == asked
    marks = found_words(line, frame.parameters.get("q", "")) if here or asked is None else []
    fact = spans.get((frame.parameters.get("fact", ""), number)) or (_asked_span(frame) if here else None)
    anchor = frame.link(str(number), "doc", "gb-no", id=row["document_id"], para=number)
    return element(
        "li",
        anchor,
        element("div", highlighted(line, [fact] if fact else marks)),
        paragraph_button(frame, number) if published and line.strip() else None,
        id=f"p{number}",
        cls="gb-here" if here else None,
        data_arrive=here,
        tabindex="-1" if here else None,
    )


def _ended_basis(frame: Frame, row: Mapping[str, Any], one: Mapping[str, Any]) -> Markup:
    """That a basis of this document is no longer in force: which, and where it is named."""
    state = frame.say(f"bases.{one['target_validity']}")
    before, _, after = frame.say("bases.told", title="\0", state=state).partition("\0")
    basis = frame.link(one["title"] or frame.say("word.untitled"), "doc", id=one["target_document_id"])
    place = {"id": row["document_id"], "para": one["paragraph"] + 1, "fact": one["fact_id"]}
    where = frame.link(frame.say("bases.where", n=one["paragraph"] + 1), "doc", "gb-at", **place)
    return join((before, basis, after, " ", where))


def _asked_paragraph(frame: Frame, count: int) -> int | None:
    asked = frame.parameters.get("para", "")
    return int(asked) if asked.isdecimal() and 0 < int(asked) <= count else None


def _asked_span(frame: Frame) -> tuple[int, int] | None:
    """The code points of the asked paragraph that a link means (`at=12-40`)."""
    first, _, last = frame.parameters.get("at", "").partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(first) + len(last) < 20):
        return None
    return (int(first), int(last)) if int(first) < int(last) else None


def _fact_spans(frame: Frame, document_id: str) -> dict[tuple[str, int], tuple[int, int]]:
    """Where mined facts and citations stand: (fact, paragraph as people count) to its range."""
    if not frame.parameters.get("fact"):
        return {}
    rows = [
        *frame.read(pages_document.duties, document_id),
        *frame.read(pages_document.facts, document_id),
        *frame.read(pages_document.citations_out, document_id),
    ]
    return {(row["fact_id"], row["paragraph"] + 1): (row["start_at"], row["end_at"]) for row in rows}


def _warnings(frame: Frame, row: Mapping[str, Any]) -> list[Markup]:
    told: list[Child] = []
    if row["sample"]:
        told.append(frame.say("doc.sample"))
    if row["status"] == "withdrawn":
        told.append(_withdrawn(frame, row))
    if row["validity_basis"]:
        told.append(
            join(
                (
                    frame.say(f"doc.validity-{row['validity']}"),
                    "“",
                    row["validity_basis"],
                    "”",
                    _by(frame, row),
                )
            )
        )
    told += [_ended_basis(frame, row, one) for one in row.get("ended_bases") or ()]
    if row["origin"] == "imported":
        told.append(frame.say("doc.imported"))
    if row["origin"] == "replayed":
        told.append(frame.say("doc.replayed"))
    reprints = _copies(frame, row)
    return [element("p", one, cls="gb-notice", role="note") for one in [*told, reprints] if one]


def _withdrawn(frame: Frame, row: Mapping[str, Any]) -> Child:
    """That the site withdrew the document: in its own words where it says so, else that the page is gone."""
    own = frame.read(pages_document.told_withdrawal, str(row["document_id"]))
    if own is None:
        return frame.say("doc.withdrawn", at=frame.local(row["last_seen_at"], "%Y-%m-%d"))
    said = frame.say("doc.told-withdrawn", day=own["day"]) if own["day"] else frame.say("doc.told-gone")
    return join((said, " “", own["why"], "”")) if own["why"] else said


def _by(frame: Frame, row: Mapping[str, Any]) -> Child:
    """Where the proof comes from: the document that says so, a clause of this one, the site's own field."""
    if not row["validity_by"]:
        return frame.say(f"doc.validity-from-{row['validity_origin']}")
    return join(
        (" — ", frame.link(row["validity_by_title"] or row["validity_by"], "doc", id=row["validity_by"]))
    )


def _copies(frame: Frame, row: Mapping[str, Any]) -> Markup | None:
    others = frame.read(pages_document.copies, str(row["document_id"]))
    if not others:
        return None
    key = "doc.reprint-of" if row["reprint_of"] else "doc.reprinted"
    links = (
        frame.link(frame.named(one["source_zh"], one["source_en"]), "doc", id=one["document_id"])
        for one in others
    )
    return join((frame.say(key), " ", join(links, frame.say("word.and"))))


def _html_language(row: Mapping[str, Any]) -> str | None:
    return html_language(row.get("language"))
