"""A briefing on a page: the same grammar for a theme, a topic class and a department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from dashboard import charts
from dashboard.briefing.assemble import assemble
from dashboard.briefing.model import Actor, Briefing, DueItem, Item, Subject, WeekCount
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.lineage_card import lineage_section
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import (
    around,
    basis_line,
    basis_of,
    document_item,
    due_list,
    listing_parameters,
    number,
    provenance,
    quiet,
    reason,
    section,
    table,
)
from warehouse.queries import networks
from warehouse.queries.pages_listing import Selection

PERIODS = {"7d": 7, "30d": 30, "90d": 90, "365d": 365}
USUAL = "30d"


def subject_page(name: str, asked: Callable[[Frame], Subject | None], index: Callable[[Frame], None]) -> None:
    """Draw a page that is an index, or the briefing of the subject its address asks for."""
    frame = open_frame(name)
    period = frame.parameters.get("since", USUAL)
    if period not in PERIODS:
        refuse(frame, "unknown.since", period)
    subject = asked(frame)
    if subject is None:
        index(frame)
    else:
        show_briefing(frame, subject, period)
    close(frame)


def selection_of_subject(subject: Subject, **narrowing: Any) -> Selection:
    """The documents of a subject as a selection, for the listing behind a number."""
    kind, key = subject.kind, subject.key
    return Selection(
        theme=key if kind == "theme" else None,
        topic=key if kind == "topic" else None,
        department=key if kind == "department" else None,
        **narrowing,
    )


def show_briefing(frame: Frame, subject: Subject, period: str) -> None:
    """Draw the whole briefing of the period."""
    since = frame.today - timedelta(days=PERIODS[period])
    briefing = assemble(
        frame.publication,
        subject,
        since,
        frame.today,
        home_region=frame.home.settings.place.region,
        timezone=frame.home.settings.place.timezone,
    )
    show(_head(frame, briefing, period))
    left = join(
        (
            _new(frame, briefing),
            _group(frame, "changed", briefing.changed),
            _group(frame, "ended", briefing.ended),
        )
    )
    right = join(
        (
            _due(frame, briefing.due),
            _elsewhere(frame, briefing),
            _follow_ups(frame, briefing),
            _joint(frame, briefing),
            lineage_section(frame, briefing.subject.key) if briefing.subject.kind == "department" else None,
        )
    )
    show(
        element(
            "div",
            element("div", left),
            element("aside", right, aria_label=frame.say("brief.aside")),
            cls="gb-split",
        )
    )
    _figures(frame, briefing)


def _head(frame: Frame, briefing: Briefing, period: str) -> Markup:
    subject = briefing.subject
    covered = briefing.coverage
    everything = frame.link(
        f"{covered.members:,}",
        "listing",
        "gb-number",
        **listing_parameters(selection_of_subject(subject)),
    )
    coverage = join(
        (
            frame.say("brief.holds"),
            " ",
            everything,
            " ",
            frame.say(
                "brief.coverage",
                held=covered.sources_ok,
                sources=covered.sources,
                until=frame.local(covered.data_until),
            ),
        )
    )
    silent = frame.say("brief.silent", names="、".join(covered.silent)) if covered.silent else None
    return join(
        (
            element("p", frame.say(f"brief.kind-{subject.kind}"), cls="gb-kicker"),
            element("h1", subject.name(frame.language)),
            element(
                "p",
                frame.say("brief.dateline", since=briefing.since, today=briefing.today),
                cls="gb-dateline",
            ),
            element("p", coverage, cls="gb-coverage"),
            element("p", silent, cls="gb-notice", role="note") if silent else None,
            _summary(frame, briefing),
            _periods(frame, subject, period),
        )
    )


def _summary(frame: Frame, briefing: Briefing) -> Markup:
    new = selection_of_subject(briefing.subject, published_from=briefing.since, told_once=True)
    listed = {"changed": len(briefing.changed), "ended": len(briefing.ended), "due": len(briefing.due)}
    links = {"new": number(frame, new, briefing.new_total)} if briefing.new_total else {}
    for name, count in listed.items():
        if count:
            links[name] = element("a", str(count), href=f"#brief-{name}", cls="gb-number")
    if briefing.quiet:
        return element("p", element("strong", frame.say("brief.nothing")), cls="gb-lead")
    told = (around(frame, f"brief.count-{name}", link) for name, link in links.items())
    return element("p", join(told, frame.say("word.comma")), frame.say("word.stop"), cls="gb-lead")


def _periods(frame: Frame, subject: Subject, period: str) -> Markup:
    page, key = ("departments", "d") if subject.kind == "department" else ("topics", subject.kind)
    links = (
        element(
            "li",
            element(
                "a",
                frame.say(f"brief.period-{name}"),
                href=frame.to(page, **{key: subject.key, "since": name}),
                data_go=True,
                aria_current="true" if name == period else None,
            ),
        )
        for name in PERIODS
    )
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("today.period"))


def _new(frame: Frame, briefing: Briefing) -> Markup:
    selection = selection_of_subject(briefing.subject, published_from=briefing.since, told_once=True)
    title = frame.say("brief.new-title")
    if not briefing.new:
        return section(title, quiet(frame.say("brief.none-new")), cls="gb-first")
    shown = len(briefing.new)
    more = (
        element("p", frame.say("brief.more", shown=shown, total=briefing.new_total), cls="gb-more")
        if briefing.new_total > shown
        else None
    )
    return section(title, _items(frame, briefing.new), more, provenance(frame, selection), cls="gb-first")


def _group(frame: Frame, name: str, items: Sequence[Item]) -> Markup | None:
    title = frame.say(f"brief.{name}-title")
    return section(title, _items(frame, items), anchor=f"brief-{name}") if items else None


def _items(frame: Frame, items: Sequence[Item]) -> Markup:
    rows = frame.overlaid([_row(item) for item in items])
    return element(
        "ul", *(_item(frame, item, row) for item, row in zip(items, rows, strict=True)), cls="gb-list"
    )


def _item(frame: Frame, item: Item, row: dict[str, Any]) -> Markup:
    why = element("span", reason(frame, item.reason), cls="gb-reason")
    proof = item.proof
    quote: Markup | None = None
    place: dict[str, object] = {}
    # a published class quoted as evidence would only repeat the reason beside it
    in_text = proof is not None and (
        proof.where == "paragraph" or not item.reason.startswith(("topic:", "term:"))
    )
    if proof and in_text and proof.sentence and proof.sentence != item.title:
        if proof.paragraph is not None:
            place = {"para": proof.paragraph + 1}
        quote = element("span", "“", proof.sentence, "”", cls="gb-quote")
    reprints = frame.say("brief.reprints", n=item.sources) if item.sources > 1 else None
    return document_item(frame, row, join((why, " ", quote, " ", reprints)), **place)


def _row(item: Item) -> dict[str, Any]:
    return {
        "document_id": item.document_id,
        "title": item.title,
        "issuer": item.issuer,
        "department_code": item.issuer_code,
        "department_name": item.issuer,
        "published": item.published,
        "doc_number": item.doc_number,
        "validity": item.validity,
        "status": item.status,
        "sample": item.sample,
        "region": item.region,
    }


def _due(frame: Frame, due: Sequence[DueItem]) -> Markup:
    title = frame.say("brief.due-title")
    if not due:
        return section(title, quiet(frame.say("brief.none-due")), basis_line(frame))
    lines = ((one.due, _to_proof(frame, one), one.who, one.item.title) for one in due)
    mined = element("p", frame.say("today.mined"), cls="gb-prov")
    basis = basis_of(frame, (one.item.document_id for one in due))
    return section(title, due_list(frame, lines), mined, basis, anchor="brief-due")


def _to_proof(frame: Frame, one: DueItem) -> Markup:
    proof = one.item.proof
    paragraph = proof.paragraph + 1 if proof and proof.paragraph is not None else None
    return frame.link(one.what, "doc", id=one.item.document_id, para=paragraph)


def _elsewhere(frame: Frame, briefing: Briefing) -> Markup | None:
    if briefing.subject.kind == "department":
        return None
    title = frame.say("brief.elsewhere-title")
    if not briefing.elsewhere:
        return section(title, quiet(frame.say("brief.none-elsewhere", region=briefing.home_region)))
    return section(
        title,
        _items(frame, briefing.elsewhere),
        note=frame.say("brief.elsewhere", region=briefing.home_region),
    )


def _follow_ups(frame: Frame, briefing: Briefing) -> Markup | None:
    """Left out when there are none: that nothing was found says nothing."""
    if not briefing.follow_ups:
        return None
    items = (
        element(
            "li",
            frame.link(one.item.title or frame.say("word.untitled"), "doc", id=one.item.document_id),
            " ",
            element("span", frame.say("network.follows"), cls="gb-quiet"),
            " ",
            frame.link(one.parent_title or frame.say("word.untitled"), "doc", id=one.parent_id),
            " ",
            element("span", frame.say("network.lag", n=one.lag_days), cls="gb-quiet"),
        )
        for one in briefing.follow_ups
    )
    return section(
        frame.say("network.follow-ups"),
        element("ul", *items, cls="gb-citations"),
        note=frame.say("network.note"),
    )


def _joint(frame: Frame, briefing: Briefing) -> Markup | None:
    """With whom a body issues together, over all that is held."""
    if briefing.subject.kind != "department":
        return None
    rows = frame.read(networks.joint_with, briefing.subject.key)
    items = (
        element(
            "li",
            frame.link(frame.body_name(row["code"], row["name"]), "departments", d=row["code"]),
            " ",
            element("span", frame.say("network.joint", n=row["documents"]), cls="gb-quiet"),
        )
        for row in rows
    )
    return (
        section(frame.say("network.joint-title"), element("ul", *items, cls="gb-citations")) if rows else None
    )


def _figures(frame: Frame, briefing: Briefing) -> None:
    """Who acts and how much is published, each as a chart, as a table, and with its provenance."""
    since = selection_of_subject(briefing.subject, published_from=briefing.since)
    if briefing.actors and briefing.subject.kind != "department":
        show(
            section(
                frame.say("brief.actors-title"),
                note=frame.say("brief.actors", since=briefing.since),
                cls="gb-figure",
            )
        )
        st.altair_chart(
            charts.actors(briefing.actors, frame.say("brief.documents")), alt=frame.say("brief.actors-title")
        )
        show(_actor_table(frame, briefing.actors), provenance(frame, since))
    if any(week.documents for week in briefing.weeks):
        first = min(week.week for week in briefing.weeks)
        show(section(frame.say("brief.weeks-title"), note=frame.say("brief.weeks"), cls="gb-figure"))
        st.altair_chart(
            charts.weeks(briefing.weeks, frame.say("brief.documents"), frame.say("brief.running")),
            alt=frame.say("brief.weeks-title"),
        )
        whole = selection_of_subject(briefing.subject, published_from=first)
        show(_week_table(frame, briefing.subject, briefing.weeks), provenance(frame, whole))


def _actor_table(frame: Frame, actors: Sequence[Actor]) -> Markup:
    rows: list[list[Child]] = [
        [
            frame.link(frame.body_name(one.code, one.name), "departments", d=one.code)
            if one.code
            else one.name,
            frame.region_name(one.region),
            one.documents,
            str(one.latest or ""),
        ]
        for one in actors
    ]
    heads = [frame.say(f"table.{name}") for name in ("department", "region", "documents", "latest")]
    return _as_table(frame, table(heads, rows, frame.say("brief.actors-title"), frozenset({2})))


def _week_table(frame: Frame, subject: Subject, weeks: Sequence[WeekCount]) -> Markup:
    rows: list[list[Child]] = [
        [
            _week(frame, one),
            frame.link(
                str(one.documents),
                "listing",
                **listing_parameters(selection_of_subject(subject, week=one.week)),
            ),
        ]
        for one in reversed(weeks)
        if one.documents
    ]
    heads = [frame.say("table.week"), frame.say("table.documents")]
    return _as_table(frame, table(heads, rows, frame.say("brief.weeks-title"), frozenset({1})))


def _week(frame: Frame, one: WeekCount) -> str:
    last: date = one.week + timedelta(days=6)
    running = "" if one.complete else f" ({frame.say('brief.running')})"
    return f"{one.week} – {last:%m-%d}{running}"


def _as_table(frame: Frame, shown: Markup) -> Markup:
    return element("details", element("summary", frame.say("brief.as-table")), shown)
