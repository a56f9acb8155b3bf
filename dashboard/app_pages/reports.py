"""报告: issues published with their files, the page of one issue, and the review of a draft."""

from __future__ import annotations

from dashboard.frame import close, open_frame, show
from dashboard.issuing.acting import told
from dashboard.issuing.issue_view import draw_issue
from dashboard.issuing.list_view import draw_list
from dashboard.issuing.review_view import draw_review
from dashboard.markup import element


def page() -> None:
    """Draw the page."""
    frame = open_frame("reports")
    issue, draft = frame.parameters.get("issue"), frame.parameters.get("draft")
    told()
    if issue is not None:
        draw_issue(frame, issue)
    elif draft is not None:
        draw_review(frame, draft)
    else:
        show(
            element("h1", frame.say("nav.reports")),
            element("p", frame.say("reports.lead"), cls="gb-coverage"),
        )
        draw_list(frame)
    close(frame)


page()
