"""The list of requests: those that wait first, what is due and overdue said in words; a new one below."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.frame import Frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day, days_left, quiet, section
from dashboard.service.forms import request_form
from warehouse.desk.service.model import STATES, NewRequest, Request

SHOWN = 200  # requests of one page


def request_list(frame: Frame) -> None:
    """Choices by state, the requests, and the form for a new one."""
    state = frame.parameters.get("state", "")
    if state and state not in (*STATES, "overdue"):
        refuse(frame, "service.unknown-state", state)
    every = frame.desk.requests.listed()
    show(_choices(frame, every, state), _told(frame, every))
    chosen = [one for one in every if _fits(frame, one, state)]
    if not chosen:
        show(quiet(frame.say("service.none-of-these" if every else "service.none")))
    else:
        show(element("ul", *(_item(frame, one) for one in chosen[:SHOWN]), cls="gb-list"))
    if len(chosen) > SHOWN:
        show(quiet(frame.say("service.more", n=len(chosen) - SHOWN)))
    show(section(frame.say("service.new"), note=frame.say("service.new-note"), anchor="new"))
    request_form(frame, "new", None, lambda new: _ask(frame, new))


def request_meta(frame: Frame, one: Request) -> list[Child]:
    """Who asked, when, until when, how far it is, and who answers for it."""
    state = element("span", frame.say(f"service.state-{one.state}"), cls=f"gb-badge gb-badge-{one.state}")
    parts: list[Child] = [
        one.department,
        join((frame.say("service.asked"), " ", day(frame, one.asked_on))),
        state,
    ]
    if one.due and one.waits:
        parts.append(
            join((frame.say("service.due"), " ", day(frame, one.due), " ", days_left(frame, one.due)))
        )
    elif one.due:
        parts.append(join((frame.say("service.due"), " ", day(frame, one.due))))
    if one.overdue(frame.today):
        parts.append(
            element("span", "⚠ ", frame.say("service.state-overdue"), cls="gb-badge gb-badge-repealed")
        )
    if one.delivered_on:
        parts.append(join((frame.say("service.delivered"), " ", day(frame, one.delivered_on))))
    if one.in_time is False:
        parts.append(frame.say("service.late"))
    parts.append(frame.say("service.by", who=one.responsible))
    return [element("span", part) for part in parts]


def _item(frame: Frame, one: Request) -> Markup:
    title = frame.link(_short(one.need), "service", request=one.request_id)
    return element(
        "li", element("h3", title), element("p", *request_meta(frame, one), cls="gb-meta"), cls="gb-item"
    )


def _short(need: str) -> str:
    line = need.splitlines()[0]
    return line if len(line) <= 80 else f"{line[:79]}…"


def _fits(frame: Frame, one: Request, state: str) -> bool:
    return one.overdue(frame.today) if state == "overdue" else not state or one.state == state


def _told(frame: Frame, every: Sequence[Request]) -> Markup:
    waiting = [one for one in every if one.waits]
    overdue = [one for one in waiting if one.overdue(frame.today)]
    return element(
        "p", frame.say("service.told", waiting=len(waiting), overdue=len(overdue)), cls="gb-coverage"
    )


def _choices(frame: Frame, every: Sequence[Request], state: str) -> Markup:
    def choice(name: str) -> Markup:
        count = sum(_fits(frame, one, name) for one in every)
        label = frame.say("service.choice", name=frame.say(f"service.state-{name or 'all'}"), n=count)
        href = frame.to("service", state=name)
        here = "true" if name == state else None
        return element("li", element("a", label, href=href, data_go=True, aria_current=here))

    names = ("", "overdue", *STATES)
    return element("ul", *map(choice, names), cls="gb-choices", aria_label=frame.say("service.states"))


def _ask(frame: Frame, new: NewRequest) -> None:
    made = frame.desk.requests.ask(new, frame.user.name)
    st.query_params["request"] = str(made.request_id)
