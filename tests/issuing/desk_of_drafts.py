"""Drafts in review on a real desk, and their approval without a paper: what the tests of the store share."""

from __future__ import annotations

import sys
from pathlib import Path

from warehouse.desk import Desk
from warehouse.desk.issues.model import Issue
from warehouse.desk.issues.sign_off import Approval, Written
from warehouse.desk.issues.signed import Numbered
from warehouse.home import Home

SERIES = "云河信息"


def in_review(desk: Desk, text: str = "正文。", account: str = "local") -> int:
    """A draft that was submitted; its number."""
    draft = desk.drafts.begin("weekly", "养老", "每周动态", "zh", text, account)
    desk.issues.sign_off.submit(draft.draft_id, 1, account, "请审")
    return draft.draft_id


def approval(
    desk: Desk, draft_id: int, account: str = "local", *, series: str = SERIES, year: int = 2026,
    looks: frozenset[str] = frozenset(), four_eyes: bool = False, corrects: int | None = None,
) -> Approval:  # fmt: skip
    """Approving the head of a draft."""
    head = desk.drafts.get(draft_id)
    return Approval(
        draft_id, head.revision, account, "同意印发", series, year, "20260601-1", "1.0", head.changed_at,
        four_eyes, head.title, looks, corrects,
    )  # fmt: skip


def written(given: Numbered) -> Written:
    """Files that name the number they were written for."""
    said = f"第{given.number}期（总第{given.total}期）"
    return Written(f'{{"issue": "{said}"}}', {"md": said.encode("utf-8")})


def signed(desk: Desk, account: str = "local", *, series: str = SERIES, year: int = 2026) -> Issue:
    """A draft that was submitted and approved."""
    asked = approval(desk, in_review(desk, account=account), account, series=series, year=year)
    return desk.issues.sign_off.approve(asked, written)


def main(root: str, draft_ids: list[str]) -> None:
    """Approve drafts one after the other in a process of its own, from the moment when a line is read."""
    with Desk.open(Home.open(Path(root))) as desk:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in draft_ids:
            desk.issues.sign_off.approve(approval(desk, int(number)), written)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
