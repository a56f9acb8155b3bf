"""The inbox on a page: what came to a department or analyst, why, how far it is, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from dashboard.frame import Frame, refuse, show
from dashboard.inbox import ALL, BOXES, Inbox
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, document_item, quiet
from dashboard.routing_words import quality_line, reason_sentence
from warehouse.desk.routing import THEME
from warehouse.errors import UserError
from warehouse.queries.routing import REASONS

PERIODS = {"30d": 30, "90d": 90, "365d": 365, ALL: None}
USUAL = "90d"
AT_ONCE = 10
# What can be said of a document in each state: the states it may be put into, the likeliest first.
_NEXT = {
    "unseen": ("taken", "seen", "not-ours"),
    "seen": ("taken", "done", "not-ours"),
    "taken": ("done", "not-ours", "unseen"),
    "done": ("taken", "unseen"),
    "not-ours": ("unseen",),
}
_PROBLEM = "inbox-problem"


def inbox_line(frame: Frame, code: str) -> None:
    """How much waits in the inbox, with the way to it."""
    inbox = Inbox.of(frame.desk, code)
    counts = inbox.counts(frame.publication, frame.today - timedelta(days=90))
    link = frame.link(
        frame.say("inbox.waiting", n=counts["unseen"], all=counts[ALL]), "departments", d=code, box="unseen"
    )
    show(element("p", frame.say("inbox.title"), " ", link, cls="gb-notice gb-inbox-line", role="note"))


def inbox_panel(frame: Frame, code: str, name: str, page: str, **address: object) -> None:
    """The whole inbox of a body or, with theme:ID, of the analyst of a theme."""
    box, period, reason, at = _asked(frame, code)
    days = PERIODS[period]
    since = frame.today - timedelta(days=days) if days else None
    inbox = Inbox.of(frame.desk, code)
    choice = inbox.choice(box, since, reason)
    counts = inbox.counts(frame.publication, since, reason)
    rows = inbox.rows(frame.publication, choice, AT_ONCE, (at - 1) * AT_ONCE)
    show(
        element("p", frame.say("inbox.kicker"), cls="gb-kicker"),
        element("h1", name),
        element("p", frame.say("inbox.lead"), cls="gb-coverage"),
        _boxes(frame, page, address, box, counts, period, reason),
        _filters(frame, page, address, box, period, reason, code),
    )
    _told_problem(frame)
    if not rows:
        show(quiet(frame.say("inbox.none" if not counts[ALL] else "inbox.none-here", n=counts[ALL])))
    for row in frame.overlaid(rows):
        _row(frame, code, row)
    link = {"box": box, "days": period, "why": reason, **address}
    show(
        _pages(frame, page, link, at, counts[box]),
        quality_line(frame),
        basis_of(frame, [str(row["document_id"]) for row in rows]),
    )


def _asked(frame: Frame, code: str) -> tuple[str, str, str | None, int]:
    box = frame.parameters.get("box", "unseen")
    period = frame.parameters.get("days", USUAL)
    reason, at = frame.parameters.get("why"), frame.parameters.get("p", "1")
    if box not in BOXES:
        refuse(frame, "inbox.unknown-box", box)
    if period not in PERIODS:
        refuse(frame, "inbox.unknown-days", period)
    if reason is not None and (reason not in REASONS or code.startswith(THEME)):
        refuse(frame, "inbox.unknown-why", reason)
    if not at.isdecimal() or not 0 < int(at) < 100_000:
        refuse(frame, "inbox.unknown-page", at)
    return box, period, reason, int(at)


def _row(frame: Frame, code: str, row: Mapping[str, Any]) -> None:
    document_id, state = str(row["document_id"]), str(row["state"])
    said = frame.say(f"inbox.state-{state}")
    if row["state_by"] and state != "unseen":
        said = frame.say(
            "inbox.said", state=said, who=frame.person(row["state_by"]), at=frame.local(row["state_at"])
        )
    item = document_item(frame, row, reason_sentence(frame, row), element("strong", said))
    show(element("ul", item, cls="gb-list"))
    if not frame.may("analyst"):
        return
    columns = st.columns([1, 1, 1, 3])
    for column, following in zip(columns, _NEXT[state], strict=False):
        column.button(
            frame.say(f"inbox.to-{following}"),
            key=f"inbox-{code}-{document_id}-{following}",
            on_click=_put,
            args=(frame, code, document_id, following),
            width="stretch",
        )


def _put(frame: Frame, code: str, document_id: str, state: str) -> None:
    try:
        frame.desk.routing.set_state(document_id, code, state, frame.user.name)
    except UserError as error:
        st.session_state[_PROBLEM] = str(error)


def _told_problem(frame: Frame) -> None:
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", frame.say("inbox.refused", problem=problem), cls="gb-notice", role="alert"))


def _boxes(
    frame: Frame, page: str, address: Mapping[str, object], box: str, counts: Mapping[str, int], period: str,
    reason: str | None,
) -> Markup:  # fmt: skip
    links = (
        _choice(
            frame, page, frame.say("inbox.box", name=frame.say(f"inbox.box-{one}"), n=counts[one]),
            one == box, {**address, "box": one, "days": period, "why": reason},
        )
        for one in BOXES
    )  # fmt: skip
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("inbox.boxes"))


def _filters(
    frame: Frame,
    page: str,
    address: Mapping[str, object],
    box: str,
    period: str,
    reason: str | None,
    code: str,
) -> Markup:
    periods = (
        _choice(
            frame, page, frame.say(f"inbox.days-{one}"), one == period,
            {**address, "box": box, "days": one, "why": reason},
        )
        for one in PERIODS
    )  # fmt: skip
    parts = [element("ul", *periods, cls="gb-choices", aria_label=frame.say("inbox.periods"))]
    if not code.startswith(THEME):
        reasons = (
            _choice(
                frame, page, frame.say(f"inbox.why-{one or 'all'}"), one == reason,
                {**address, "box": box, "days": period, "why": one},
            )
            for one in (None, *REASONS)
        )  # fmt: skip
        parts.append(element("ul", *reasons, cls="gb-choices", aria_label=frame.say("inbox.reasons")))
    return join(parts)


def _choice(frame: Frame, page: str, label: Child, here: bool, parameters: Mapping[str, object]) -> Markup:
    href = frame.to(page, **parameters)
    return element("li", element("a", label, href=href, data_go=True, aria_current="true" if here else None))


def _pages(frame: Frame, page: str, link: Mapping[str, object], at: int, total: int) -> Markup | None:
    last = max(1, -(-total // AT_ONCE))
    if last == 1:
        return None
    parts: list[Child] = [element("span", frame.say("inbox.page", p=at, last=last))]
    if at > 1:
        parts.insert(0, frame.link(frame.say("inbox.newer"), page, **{**link, "p": at - 1}))
    if at < last:
        parts.append(frame.link(frame.say("inbox.older"), page, **{**link, "p": at + 1}))
    return element("p", join(parts, " · "), cls="gb-pages")
