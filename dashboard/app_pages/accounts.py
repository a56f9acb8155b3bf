"""账号 / Accounts: who may do what, and the log of who did what; for administrators."""

from __future__ import annotations

import json

from dashboard.frame import Frame, close, need, open_frame, refuse, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, section, table
from warehouse.desk.people import AuditEvent

_MOST = 200  # events of a page
_DETAIL = 300  # characters of one event's detail


def page() -> None:
    """Draw the page."""
    frame = open_frame("accounts")
    show(element("h1", frame.say("nav.accounts")))
    need(frame, "administrator")
    show(section(frame.say("accounts.list-title"), _accounts(frame), note=frame.say("accounts.list-note")))
    _log(frame)
    close(frame)


def _accounts(frame: Frame) -> Markup:
    open_now = frame.desk.sessions.open_counts()
    rows = [
        [
            one.name,
            one.shown,
            frame.say(f"role.{one.role}"),
            frame.say(f"account-state.{one.state}"),
            frame.local(one.created_at, "%Y-%m-%d"),
            str(open_now.get(one.name, 0)),
        ]
        for one in frame.desk.accounts.every(erased=True)
    ]
    heads = [
        frame.say(f"accounts.head-{name}") for name in ("name", "shown", "role", "state", "since", "sessions")
    ]
    return table(heads, rows, frame.say("accounts.list-title"))


def _log(frame: Frame) -> None:
    who, action = frame.parameters.get("who", ""), frame.parameters.get("action", "")
    names = [one.name for one in frame.desk.accounts.every(erased=True)]
    if who and who not in names:
        refuse(frame, "unknown.account", who)
    show(section(frame.say("accounts.log-title"), note=frame.say("accounts.log-note")))
    show(_filter(frame, names, who, action))
    events = frame.desk.audit_events(account=who or None, action=action or None, limit=_MOST)
    if not events:
        show(quiet(frame.say("accounts.none")))
        return
    heads = [frame.say(f"accounts.head-{name}") for name in ("at", "name", "action", "subject", "detail")]
    show(table(heads, [_event(frame, one) for one in events], frame.say("accounts.log-title")))
    if len(events) == _MOST:
        show(element("p", frame.say("accounts.most", n=_MOST), cls="gb-note"))


def _event(frame: Frame, one: AuditEvent) -> list[Child]:
    detail = json.dumps(one.detail, ensure_ascii=False) if one.detail else ""
    at = frame.local(one.at, "%Y-%m-%d %H:%M:%S")
    return [at, one.account, one.action, one.subject, detail[:_DETAIL]]


def _filter(frame: Frame, names: list[str], who: str, action: str) -> Markup:
    options = [
        element("option", name or frame.say("accounts.all"), value=name, selected=name == who)
        for name in ("", *names)
    ]
    return element(
        "form",
        element("label", frame.say("accounts.filter-who"), " ", element("select", *options, name="who")),
        " ",
        element(
            "label",
            frame.say("accounts.filter-action"),
            " ",
            element("input", type="text", name="action", value=action, maxlength=60),
        ),
        " ",
        element("input", type="hidden", name="lang", value=frame.language),
        element("button", frame.say("accounts.filter"), type="submit", cls="gb-button"),
        action="/accounts",
        data_go=True,
        cls="gb-filter",
    )


page()
