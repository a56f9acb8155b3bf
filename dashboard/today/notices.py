"""On the first page: a report that was handed out rests on a document that was repealed or changed since."""

from __future__ import annotations

from datetime import timedelta

from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.pieces import section
from warehouse.desk.issues.model import Issue, Notice

_TOLD_BY = ("repealed", "amended", "changed")  # kinds of notices that may say by what
DAYS = 30  # a notice stays this long on the first page; on the page of its report it stays
SHOWN = 5


def report_notices(frame: Frame) -> Markup | None:
    """The latest notices about signed reports, and how many more there are; None when nothing changed."""
    since = frame.now - timedelta(days=DAYS)
    issues = {one.issue_id: one for one in frame.desk.issues.all(state="signed")}
    fresh = [one for one in frame.desk.issues.notices(issues) if one.at >= since]
    if not fresh:
        return None
    lines = [_line(frame, one, issues[one.issue_id]) for one in fresh[:SHOWN]]
    rest = len(fresh) - len(lines)
    more = element("p", frame.link(frame.say("received.more", n=rest), "reports")) if rest > 0 else None
    return section(frame.say("received.title"), element("ul", *lines, cls="gb-rows"), more)


def _line(frame: Frame, one: Notice, issue: Issue) -> Markup:
    told = frame.say(
        f"received.{one.kind}{'-by' if one.said and one.kind in _TOLD_BY else ''}", said=one.said
    )
    title = one.title or one.document_id
    document = frame.link(title, "doc", id=one.document_id) if one.kind != "gone" else title
    report = frame.link(
        frame.say("received.report", title=issue.title, series=issue.series, number=issue.number),
        "reports",
        issue=issue.issue_id,
    )
    day = element("span", frame.local(one.at, "%Y-%m-%d"), cls="gb-meta")
    return element("li", report, frame.say("received.rests"), document, told, " ", day)
