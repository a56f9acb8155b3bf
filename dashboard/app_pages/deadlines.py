"""时限台账: who must do what by when, what is over without evidence, and what returns or bears no day."""

from __future__ import annotations

from dashboard.addresses import address
from dashboard.deadlines.form import filters, pages_nav, states, views
from dashboard.deadlines.heat import heat, heat_table
from dashboard.deadlines.ledger import Ledger, Page
from dashboard.deadlines.lines import ledger_list
from dashboard.deadlines.routes import MOST
from dashboard.deadlines.wish import Known, UnknownValue, Wish, read_wish
from dashboard.drawing import draw
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, quiet, section
from warehouse.queries import pages_overview
from warehouse.queries.duty_calendar import regions_held


def page() -> None:
    """Draw the page."""
    frame = open_frame("deadlines")
    try:
        wish = read_wish(frame.parameters, _known(frame))
    except UnknownValue as unknown:
        refuse(frame, unknown.key, unknown.value)
    ledger = Ledger(frame.read, frame.home, frame.today)
    found = ledger.page(wish)
    if wish.page > found.pages:
        refuse(frame, "unknown.page", str(wish.page))
    show(
        element("h1", frame.say("nav.deadlines")),
        element("p", frame.say("deadlines.lead"), cls="gb-coverage"),
        views(frame, wish, ledger),
        states(frame, wish, ledger),
        filters(frame, wish),
    )
    show(_counted(frame, wish, found), *_listed(frame, wish, found))
    if wish.of == "dated":
        _heat(frame, wish, ledger, found)
    show(element("p", frame.say("deadlines.method"), cls="gb-note"))
    close(frame)


def _known(frame: Frame) -> Known:
    printed = {str(row["code"]) for row in frame.read(pages_overview.departments)}
    return Known(
        frame.body_names.keys() | printed,
        frame.topic_names.keys(),
        {str(row["theme_id"]) for row in frame.read(pages_overview.themes, frame.today)},
        frozenset(frame.read(regions_held)),
    )


def _counted(frame: Frame, wish: Wish, found: Page) -> Markup:
    first, last = wish.span(frame.today)
    if wish.of != "dated":
        told = frame.say(f"deadlines.count-{wish.of}", n=f"{found.total:,}")
    else:
        told = frame.say("deadlines.count", n=f"{found.total:,}", first=first, last=last)
    if found.looked_at:
        told += frame.say(
            "deadlines.looked-at",
            first=found.looked_at[0],
            last=found.looked_at[1],
            found=len(found.lines),
            state=frame.say(f"deadlines.state-{wish.state}"),
        )
    return element("p", told, cls="gb-found", data_count=found.total)


def _listed(frame: Frame, wish: Wish, found: Page) -> list[Markup | None]:
    basis = basis_line(frame, found.documents, found.sources)
    if not found.lines:
        return [quiet(frame.say("deadlines.none")), pages_nav(frame, wish, found.pages), basis]
    verdicts = frame.desk.judgements({line.row["document_id"] for line in found.lines})
    return [
        element("p", frame.say("today.mined"), cls="gb-note"),
        ledger_list(frame, found.lines, verdicts),
        pages_nav(frame, wish, found.pages),
        basis,
        _files(frame, wish, found.total),
    ]


def _files(frame: Frame, wish: Wish, total: int) -> Markup:
    """The same rows as files; a calendar has no place for what bears no day."""
    kinds = ("csv",) if wish.of == "undated" else ("ics", "csv")
    parameters = {**wish.parameters(), "lang": frame.language}
    links = [
        element(
            "a",
            frame.say(f"deadlines.as-{kind}"),
            href=address("deadlines", None, **parameters).replace(
                "/deadlines", f"/deadlines/duties.{kind}", 1
            ),
            download=f"duties.{kind}",
        )
        for kind in kinds
    ]
    cut = frame.say("deadlines.file-cut", n=f"{MOST:,}") if total > MOST else None
    return element("p", frame.say("deadlines.take"), *(link for one in links for link in (" ", one)), cut)


def _heat(frame: Frame, wish: Wish, ledger: Ledger, found: Page) -> None:
    rows = ledger.days(wish)
    if not rows:
        return
    title = frame.say("deadlines.heat-title")
    note = frame.say("deadlines.heat-past" if found.looked_at else "deadlines.heat-note")
    show(section(title, note=note, cls="gb-figure"))
    duties = frame.say("deadlines.head-duties")
    draw(("heat", rows, duties), lambda: heat(rows, duties), title)
    show(heat_table(frame, wish, ledger, rows), basis_line(frame, found.documents, found.sources))


page()
