"""An issue and a draft in review whose every text is hostile, for the walk over all pages."""

from __future__ import annotations

from datetime import date

from dashboard.issuing import workflow
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication

# Without quotation marks and numbers, which the check of a draft would ask a source for.
HURT = "<img src=http://evil.example/i onerror=window.pwn=true><svg onload=window.pwn=true>![x](http://evil.example/p)"
_DAY = date(2026, 6, 1)


def issue_of(home: Home, publication: Publication, desk: Desk, document_id: str, hurt: str = HURT) -> None:
    """Sign an issue with `hurt` in title, text, remark, list, feedback and notice; submit another draft."""
    text = f"## 要闻{hurt}\n\n- 已印发通报{hurt}[^d{document_id}]\n- 待跟进：{hurt}[^d{document_id}]\n"
    begun = [desk.drafts.begin("weekly", hurt, f"周报{hurt}", "zh", text, "local").draft_id for _ in range(2)]
    for draft_id in begun:
        workflow.submit(desk, draft_id, 1, "local", hurt)
    issue = workflow.approve(home, publication, desk, begun[0], 1, "local", hurt)
    spread = desk.issues.spread
    someone = spread.add_recipient(issue.series, f"办公室{hurt}", "paper", "local", hurt)
    spread.deliver(issue.issue_id, someone.recipient_id, "paper", _DAY, "local", hurt)
    spread.add_feedback(issue.issue_id, "remark", hurt, _DAY, hurt, "local")
    desk.issues.note(issue.issue_id, document_id, hurt, "changed", hurt, publication.publication_id, "local")
