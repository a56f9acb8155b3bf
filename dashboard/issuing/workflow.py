"""The steps of sign-off as page and terminal take them: submit, return, waive, approve, withdraw."""

from __future__ import annotations

from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from dashboard.checking.model import Finding
from dashboard.drafting.paper import PaperHead, Signer
from dashboard.issuing.frozen import frozen_json
from dashboard.issuing.points import points_of
from dashboard.issuing.release import Checked, Cleared, checked_draft, let_through, signed_files
from dashboard.report.model import refuse_secrecy
from warehouse.desk import Desk
from warehouse.desk.issues.model import Issue, Step, Waiver
from warehouse.desk.issues.sign_off import Approval, Written
from warehouse.desk.issues.signed import Numbered
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication


def submit(desk: Desk, draft_id: int, revision: int, account: str, remark: str = "") -> Step:
    """Give a version to review. Findings do not forbid it: reviewers see them and may return the draft."""
    return desk.issues.sign_off.submit(draft_id, revision, account, remark)


def send_back(desk: Desk, draft_id: int, revision: int, account: str, remark: str) -> Step:
    """Return a draft to its authors with the reason."""
    return desk.issues.sign_off.send_back(draft_id, revision, account, remark)


def waive(
    desk: Desk, checked: Checked, key: str, remark: str, account: str, four_eyes: bool = False
) -> Waiver:
    """Let a finding stand, with the reason; a UserError when this version has no such finding to look at.

    With `four_eyes` nobody who wrote or submitted the draft may waive what was found in it.
    """
    found = next((one for one in checked.report.looks if one.key == key), None)
    if found is None:
        raise UserError(
            f"Draft {checked.draft.draft_id} has no finding '{key}' that may be waived; what forbids"
            " signing is mended in the text."
        )
    given = (found.key, found.kind, found.text)
    draft = checked.draft
    return desk.issues.sign_off.waive(draft.draft_id, draft.revision, given, remark, account, four_eyes)


def unwaived(desk: Desk, checked: Checked) -> tuple[Finding, ...]:
    """The findings of a version that nobody waived yet."""
    waived = {one.key for one in desk.issues.sign_off.waivers(checked.draft.draft_id)}
    return checked.report.unwaived(waived)


def approve(
    home: Home,
    publication: Publication,
    desk: Desk,
    draft_id: int,
    revision: int,
    account: str,
    remark: str = "",
    corrects: int | None = None,
) -> Issue:
    """Sign a version in review: check, number, files and frozen text, or nothing at all.

    `Stopped` when the check forbids it; a UserError when the draft was changed, is not in review, has
    findings that nobody waived, or was written or submitted by who approves it where four eyes are asked.
    """
    checked = checked_draft(home, publication, desk, draft_id)
    if checked.draft.revision != revision:
        raise UserError(
            f"Draft {draft_id} is at version {checked.draft.revision}, not {revision}; look at it again."
        )
    cleared = let_through(checked)
    refuse_secrecy("title", checked.draft.title)
    now = home.clock.now()
    asked = Approval(
        draft_id=draft_id,
        revision=revision,
        account=account,
        remark=remark,
        series=checked.template.series,
        year=now.astimezone(ZoneInfo(home.settings.place.timezone)).year,
        publication_id=publication.publication_id,
        programme=programme_version(),
        at=now,
        title=checked.draft.title,
        four_eyes=asks_four_eyes(home),
        looks=frozenset(one.key for one in checked.report.looks),
        corrects=corrects,
    )
    return desk.issues.sign_off.approve(
        asked, lambda given: _written(home, publication, desk, cleared, asked, given)
    )


def withdraw(desk: Desk, issue_id: int, account: str, remark: str) -> Issue:
    """Take a signed issue back, with the reason."""
    return desk.issues.sign_off.withdraw(issue_id, account, remark)


def _written(
    home: Home, publication: Publication, desk: Desk, cleared: Cleared, asked: Approval, given: Numbered
) -> Written:
    checked = cleared.checked
    day = _day(home, asked.at)
    head = PaperHead(series=given.series, issue=given.number, total=given.total, day=day)
    files = signed_files(home, publication, cleared, head, _signers(home, desk, checked, asked))
    waivers = desk.issues.sign_off.waivers(asked.draft_id)
    points = points_of(checked.text)
    frozen = frozen_json(publication, checked, asked, given, waivers, files)
    return Written(frozen, {name: one.data for name, one in files.items()}, points.open, points.done)


def _signers(home: Home, desk: Desk, checked: Checked, asked: Approval) -> tuple[Signer, ...]:
    """Whose names stand under the paper: none where one person works without an account of her own."""
    if not several_people(home):
        return ()
    begun, day = _day(home, checked.draft.created_at), _day(home, asked.at)
    names = [one.shown or one.name for one in map(desk.accounts.one, (checked.draft.account, asked.account))]
    return (Signer(names[0], begun, "drafted"), Signer(names[1], day, "approved"))


def _day(home: Home, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(home.settings.place.timezone)).date()


def programme_version() -> str:
    """The version that writes the files."""
    try:
        return version("govbrief")
    except PackageNotFoundError:
        return "(run from the source tree)"


def asks_four_eyes(home: Home) -> bool:
    """Whether another one than its writers must approve a draft."""
    return home.settings.report.four_eyes and several_people(home)


def several_people(home: Home) -> bool:
    """Whether the home has accounts, so that one person's work can be looked at by another."""
    return home.settings.accounts.mode != "single"
