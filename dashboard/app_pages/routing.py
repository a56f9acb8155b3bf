"""分办: documents that were routed to nobody, the oldest first, and the inboxes of analysts by theme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.inbox import ALL, Inbox
from dashboard.inbox_panel import PERIODS, USUAL, inbox_panel
from dashboard.markup import Markup, element, join
from dashboard.pieces import basis_line, basis_of, document_item, quiet, section, table
from dashboard.routing_log import decided, routing_log, told_problem
from dashboard.routing_words import quality_line, target_name
from warehouse.desk.routing import THEME
from warehouse.queries import routing as queries

_AT_ONCE = 10


def page() -> None:
    """Draw the page."""
    frame = open_frame("routing")
    theme = frame.parameters.get("theme")
    if theme is not None:
        _analyst(frame, theme)
    else:
        _queue_page(frame)
    close(frame)


def _analyst(frame: Frame, theme: str) -> None:
    """The inbox of the analyst of one theme."""
    found = {row["theme_id"]: row for row in frame.read(queries.theme_analysts)}
    if theme not in found:
        refuse(frame, "routing.unknown-theme", theme)
    row = found[theme]
    name = frame.named(row["name_zh"], row["name_en"])
    who = (
        frame.say("routing.analyst-of", who=row["analyst"])
        if row["analyst"]
        else frame.say("routing.no-analyst")
    )
    inbox_panel(frame, f"{THEME}{theme}", f"{name} · {who}", "routing", theme=theme)


def _queue_page(frame: Frame) -> None:
    period, reason, at = _asked(frame)
    days = PERIODS[period]
    since = frame.today - timedelta(days=days) if days else None
    settled, back = frame.desk.routing.settled(), frame.desk.routing.sent_back()
    counts = queries.count_unrouted(frame.publication, since, settled)
    reasons = (reason,) if reason else queries.WAITING
    also = () if reason else back
    rows = queries.list_unrouted(
        frame.publication, since, reasons, settled, also, _AT_ONCE, (at - 1) * _AT_ONCE
    )
    show(
        element("h1", frame.say("nav.routing")),
        element("p", frame.say("routing.lead"), cls="gb-coverage"),
        quality_line(frame),
        section(
            frame.say("routing.queue"),
            _choices(frame, period, reason, counts),
            note=frame.say("routing.queue-note"),
        ),
    )
    told_problem()
    if not rows:
        show(quiet(frame.say("routing.empty")))
    for row in frame.overlaid(rows):
        _row(frame, row, str(row["document_id"]) in back)
    total = _total(counts, reason) + (0 if reason else len(back))
    show(_pages(frame, period, reason, at, total), basis_of(frame, [str(row["document_id"]) for row in rows]))
    routing_log(frame)
    show(
        section(
            frame.say("routing.analysts"),
            _analysts(frame),
            basis_line(frame),
            note=frame.say("routing.analysts-note"),
        )
    )


def _asked(frame: Frame) -> tuple[str, str | None, int]:
    period, reason = frame.parameters.get("days", USUAL), frame.parameters.get("why")
    at = frame.parameters.get("p", "1")
    if period not in PERIODS:
        refuse(frame, "inbox.unknown-days", period)
    if reason is not None and reason not in queries.NOBODY:
        refuse(frame, "inbox.unknown-why", reason)
    if not at.isdecimal() or not 0 < int(at) < 100_000:
        refuse(frame, "inbox.unknown-page", at)
    return period, reason, int(at)


def _row(frame: Frame, row: Mapping[str, Any], sent_back: bool) -> None:
    """A document with its age and why nobody was found; choosing a body gives it to her at once."""
    document_id = str(row["document_id"])
    age = (
        frame.say("routing.age", n=(frame.today - row["day"]).days)
        if row["day"]
        else frame.say("word.undated")
    )
    why = frame.say("routing.none-sent-back" if sent_back else f"routing.none-{row['reason']}")
    item = document_item(frame, row, join((element("strong", age), " · ", why)))
    show(element("ul", item, cls="gb-list gb-next"))
    if not frame.may("analyst"):
        return
    place = frame.home.settings.place.region
    bodies = {one["code"]: one["name"] for one in frame.read(queries.assignable, place)}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.selectbox(
        frame.say("routing.give"),
        list(bodies),
        index=None,
        key=f"give-{document_id}",
        format_func=lambda code: target_name(frame, code, bodies[code]),
        placeholder=frame.say("correct.choose"),
        on_change=_give,
        args=(frame, document_id, bodies),
    )
    right.button(
        frame.say("routing.dismiss"),
        key=f"dismiss-{document_id}",
        on_click=_dismiss,
        args=(frame, document_id),
    )


def _give(frame: Frame, document_id: str, bodies: Mapping[str, str]) -> None:
    code = st.session_state.get(f"give-{document_id}")
    if code is not None:
        decided(lambda: frame.desk.routing.assign(document_id, code, bodies[code], frame.user.name))


def _dismiss(frame: Frame, document_id: str) -> None:
    decided(lambda: frame.desk.routing.dismiss(document_id, frame.user.name))


def _analysts(frame: Frame) -> Markup:
    since = frame.today - timedelta(days=30)
    heads = [frame.say(f"routing.head-{name}") for name in ("theme", "analyst", "unseen", "all")]
    lines = []
    for row in frame.read(queries.theme_analysts):
        code = f"{THEME}{row['theme_id']}"
        counts = Inbox.of(frame.desk, code).counts(frame.publication, since)
        if counts[ALL]:
            name = frame.named(row["name_zh"], row["name_en"])
            lines.append(
                (
                    frame.link(name, "routing", theme=row["theme_id"], days="30d"),
                    row["analyst"] or frame.say("routing.no-analyst"),
                    str(counts["unseen"]),
                    str(counts[ALL]),
                )
            )
    if not lines:
        return quiet(frame.say("routing.no-themes"))
    return table(heads, lines, frame.say("routing.analysts"), frozenset({2, 3}))


def _choices(frame: Frame, period: str, reason: str | None, counts: Mapping[str, int]) -> Markup:
    periods = (
        _choice(frame, frame.say(f"inbox.days-{one}"), one == period, days=one, why=reason) for one in PERIODS
    )
    reasons = (
        _choice(
            frame,
            frame.say("inbox.box", name=frame.say(f"routing.short-{one or 'all'}"), n=_total(counts, one)),
            one == reason, days=period, why=one,
        )
        for one in (None, *queries.NOBODY)
    )  # fmt: skip
    return join(
        (
            element("ul", *periods, cls="gb-choices", aria_label=frame.say("inbox.periods")),
            element("ul", *reasons, cls="gb-choices", aria_label=frame.say("routing.queue")),
        )
    )


def _total(counts: Mapping[str, int], reason: str | None) -> int:
    """How many were routed to nobody for this reason, or for any that waits for somebody."""
    return sum(counts.get(one, 0) for one in ([reason] if reason else queries.WAITING))


def _choice(frame: Frame, label: str, here: bool, **parameters: object) -> Markup:
    href = frame.to("routing", **parameters)
    return element("li", element("a", label, href=href, data_go=True, aria_current="true" if here else None))


def _pages(frame: Frame, period: str, reason: str | None, at: int, total: int) -> Markup | None:
    last = max(1, -(-total // _AT_ONCE))
    if last == 1:
        return None
    link = {"days": period, "why": reason}
    newer = frame.link(frame.say("routing.older"), "routing", **link, p=at - 1) if at > 1 else None
    older = frame.link(frame.say("routing.younger"), "routing", **link, p=at + 1) if at < last else None
    return element("p", newer, " ", frame.say("inbox.page", p=at, last=last), " ", older, cls="gb-pages")


page()
