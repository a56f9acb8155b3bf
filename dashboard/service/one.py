"""One request, or one signed issue, as the chain from need to outcome with what is missing said plainly."""

from __future__ import annotations

import streamlit as st

from dashboard.addresses import PATHS
from dashboard.frame import Frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day, notice, quiet, section
from dashboard.service.chain import STEPS, Chain, Entry, chain_of_issue, chain_of_request
from dashboard.service.forms import (
    change_form,
    delivery_form,
    done,
    link_form,
    state_form,
    told_problem,
)
from dashboard.service.listing import request_meta
from warehouse.desk.service.model import Request
from warehouse.errors import UserError


def request_page(frame: Frame, number: str) -> None:
    """A request whole, and the forms to work on it."""
    request = _request(frame, number)
    if request is None:
        refuse(frame, "service.unknown-request", number)
        return
    show(
        element("p", frame.link(frame.say("service.all"), "service"), cls="gb-kicker"),
        element("h1", frame.say("service.request", n=request.request_id)),
        element("p", *request_meta(frame, request), cls="gb-meta"),
        *(element("p", line) for line in request.need.splitlines() if line.strip()),
    )
    told_problem(frame)
    _asker(frame, request)
    chain = chain_of_request(frame.desk, request)
    show(_missing(frame, chain))
    for step in STEPS[1:]:
        _step(frame, chain, step)
    _work(frame, request, chain)


def issue_page(frame: Frame, number: str) -> None:
    """The same chain for a signed issue."""
    try:
        issue = frame.desk.issues.one(int(number) if number.isdecimal() else 0)
    except UserError:
        refuse(frame, "service.unknown-issue", number)
        return
    show(
        element("p", frame.link(frame.say("service.all"), "service"), cls="gb-kicker"),
        element("h1", issue.title),
        element("p", f"{issue.series} {issue.year}-{issue.number}", cls="gb-meta"),
    )
    chain = chain_of_issue(frame.desk, issue)
    show(_missing(frame, chain))
    for step in STEPS:
        _step(frame, chain, step, editable=False)


def products_page(frame: Frame) -> None:
    """Every signed issue with the steps of its chain that are missing."""
    issues = frame.desk.issues.all()
    if not issues:
        show(quiet(frame.say("service.no-products")))
        return
    items = []
    for one in issues[:200]:
        missing = chain_of_issue(frame.desk, one).missing
        told = frame.say("word.comma").join(frame.say(f"service.step-{step}") for step in missing)
        title = frame.link(one.title, "service", issue=one.issue_id)
        number = f"{one.series} {one.year}-{one.number}"
        lacks = frame.say("service.lacks", steps=told) if told else frame.say("service.whole")
        meta = element("p", element("span", number), element("span", lacks), cls="gb-meta")
        items.append(element("li", element("h3", title), meta, cls="gb-item"))
    show(element("ul", *items, cls="gb-list"))


def _request(frame: Frame, number: str) -> Request | None:
    try:
        return frame.desk.requests.get(int(number) if number.isdecimal() else 0)
    except UserError:
        return None


def _asker(frame: Frame, request: Request) -> None:
    """Who asked, for those who may see this page; erased with one press when she need not be known."""
    if not request.has_asker:
        return
    who = frame.desk.requests.asker(request.request_id)
    told = "，".join(part for part in (who.name, who.contact) if part) if who else frame.say("service.sealed")
    show(element("p", frame.say("service.asked-by", who=told), cls="gb-note"))
    st.button(
        frame.say("service.forget"),
        key="forget-asker",
        type="tertiary",
        on_click=done,
        args=(lambda: frame.desk.requests.erase_asker(request.request_id, frame.user.name),),
    )


def _missing(frame: Frame, chain: Chain) -> Markup:
    if not chain.missing:
        return element("p", frame.say("service.whole"), cls="gb-coverage")
    steps = frame.say("word.comma").join(frame.say(f"service.step-{step}") for step in chain.missing)
    return notice(frame.say("service.lacks", steps=steps))


def _step(frame: Frame, chain: Chain, step: str, editable: bool = True) -> None:
    entries = chain.steps[step]
    empty = quiet(frame.say(f"service.missing-{step}")) if not entries else None
    show(section(frame.say(f"service.step-{step}"), empty, anchor=step))
    for at, one in enumerate(entries):
        left, right = st.columns([6, 1]) if editable and _removable(one) else (st.container(), None)
        with left:
            show(element("ul", _entry(frame, one), cls="gb-list"))
        if right is not None:
            right.button(
                frame.say("service.take-out"), key=f"out-{step}-{at}", type="tertiary", on_click=_take_out,
                args=(frame, one),
            )  # fmt: skip


def _removable(one: Entry) -> bool:
    return one.link_id is not None or one.delivery_id is not None


def _take_out(frame: Frame, one: Entry) -> None:
    answers = frame.desk.requests.answers
    if one.link_id is not None:
        number = one.link_id
        done(lambda: answers.unlink(number, frame.user.name))
    elif one.delivery_id is not None:
        handed = one.delivery_id
        done(lambda: answers.undeliver(handed, frame.user.name))


def _entry(frame: Frame, one: Entry) -> Markup:
    told: list[Child] = [frame.say(f"service.kind-{one.kind}")]
    if one.day or one.at:
        told.append(day(frame, one.day or frame.local(one.at, "%Y-%m-%d")))
    if one.found is not None and one.kind == "cited":
        told.append(frame.say("service.passages", n=one.found))
    elif one.found is not None:
        told.append(frame.say("service.found", n=f"{one.found:,}", publication=one.publication_id or ""))
    meta = element("p", *(element("span", part) for part in told), cls="gb-meta")
    return element("li", element("p", _opened(frame, one)), meta, cls="gb-item")


def _opened(frame: Frame, one: Entry) -> Child:
    """The entry as a link; a draft opens in its editor, which is no page of Streamlit."""
    if one.page == "desk" and one.parameters:
        spoken = "" if frame.language == frame.home.settings.place.language else f"?lang={frame.language}"
        return element("a", one.text, href=f"/desk/drafts/{one.parameters['draft']}{spoken}")
    return frame.link(one.text, one.page, **one.parameters) if one.page in PATHS else one.text


def _work(frame: Frame, request: Request, chain: Chain) -> None:
    """What can be done with a request: note, begin a draft, hand over, say how far it is, change it."""
    show(section(frame.say("service.work"), _begin(frame, request)))
    with st.expander(frame.say("service.note-link")):
        link_form(frame, request)
    with st.expander(frame.say("service.note-delivery")):
        delivery_form(frame, request)
    with st.expander(frame.say("service.note-state")):
        state_form(frame, request)
    with st.expander(frame.say("service.change")):
        change_form(frame, request)


def _begin(frame: Frame, request: Request) -> Markup | None:
    """A link that opens the desk with the request's need as the title of a new draft."""
    if "desk" not in PATHS:
        return None
    title = request.need.splitlines()[0][:80]
    link = frame.link(frame.say("service.begin-draft"), "desk", title=title)
    return element("p", join((link, " ", element("span", frame.say("service.begin-note"), cls="gb-note"))))
