"""The one way out of the desk: no text of a draft becomes a file before a check has let it through.

Every export, by terminal, page or address, and every signature passes `let_through`; a test proves that
nothing else makes files of drafts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.checking.check import check_draft
from dashboard.checking.model import CheckReport, Finding
from dashboard.drafting.grammar import parse
from dashboard.drafting.paper import PaperHead, Signer, paper_of, period_said, written_paper
from dashboard.drafting.templates import Template, template_of
from dashboard.report.files import FORMATS, ReportFile
from dashboard.words import known
from warehouse.desk import Desk
from warehouse.desk.basket.model import BasketItem
from warehouse.desk.drafts.model import Draft
from warehouse.desk.issues.model import Issue
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.publication import Publication


class Stopped(NothingUsable):
    """A check found what forbids to sign and to export; the message names the first of it."""

    def __init__(self, report: CheckReport, language: str) -> None:
        stops = report.stops
        told = "; ".join(sentence(one, language) for one in stops[:3])
        more = f" (+{len(stops) - 3})" if len(stops) > 3 else ""
        super().__init__(f"{len(stops)} findings forbid signing and export: {told}{more}")
        self.report = report


@dataclass(frozen=True, slots=True)
class Checked:
    """One version of a draft with what its check found; nothing is said of whether it may leave."""

    draft: Draft
    text: str
    items: Mapping[int, BasketItem]
    report: CheckReport
    template: Template


@dataclass(frozen=True, slots=True)
class Cleared:
    """A version of a draft that its check lets out; `let_through` alone makes one."""

    checked: Checked


def checked_draft(home: Home, publication: Publication, desk: Desk, draft_id: int) -> Checked:
    """The head of a draft, checked against a publication; a UserError when there is no such draft."""
    draft, text = desk.drafts.head(draft_id)
    items = desk.basket.by_ids(int(one.key) for one in parse(text).marks() if one.kind == "evidence")
    own = (draft.since, draft.until)
    report = check_draft(publication, text, items, draft.language, own, draft.title)
    return Checked(draft, text, items, report, template_of(home, draft.template))


def let_through(checked: Checked) -> Cleared:
    """The only gate to files: `Stopped` while anything that forbids export is in the draft."""
    if checked.report.stops:
        raise Stopped(checked.report, checked.draft.language)
    return Cleared(checked)


def draft_file(
    home: Home, publication: Publication, desk: Desk, draft_id: int, format: str, account: str
) -> ReportFile:
    """A draft as a file that says on every page that it is one; `Stopped` when the check forbids it."""
    _known(format)
    cleared = let_through(checked_draft(home, publication, desk, draft_id))
    made = _files(home, publication, cleared, PaperHead(series=cleared.checked.template.series), (format,))
    told = {"format": format, "revision": cleared.checked.draft.revision}
    desk.audit("export-report", account, f"draft {draft_id}", told)
    return made[format]


def signed_files(
    home: Home, publication: Publication, cleared: Cleared, head: PaperHead, signers: Sequence[Signer]
) -> dict[str, ReportFile]:
    """All files of an issue that is being signed."""
    return _files(home, publication, cleared, head, FORMATS, signers, draft=False)


def kept_file(desk: Desk, issue: Issue, format: str) -> bytes:
    """A file of a signed issue, byte for byte as it was signed."""
    _known(format)
    return desk.issues.data(issue.issue_id, format)


def sentence(finding: Finding, language: str) -> str:
    """What is said of a finding, with the words it is about."""
    told = known(language, f"checking.{finding.kind}", finding.kind)
    return told.format(**{"text": finding.text, **finding.values})


def _files(
    home: Home, publication: Publication, cleared: Cleared, head: PaperHead, formats: Sequence[str],
    signers: Sequence[Signer] = (), draft: bool = True,
) -> dict[str, ReportFile]:  # fmt: skip
    checked = cleared.checked
    told = period_said(checked.draft.since, checked.draft.until, checked.draft.language)
    report = paper_of(
        home, publication, checked.text, title=checked.draft.title,
        template=checked.template.called(checked.draft.language), items=checked.items,
        language=checked.draft.language, head=replace(head, period=told), draft=draft, signed=signers,
    )  # fmt: skip
    return {format: written_paper(home, report, format) for format in formats}


def _known(format: str) -> None:
    if format not in FORMATS:
        raise UserError(f"There is no format '{format}'; choose one of {', '.join(FORMATS)}.")
