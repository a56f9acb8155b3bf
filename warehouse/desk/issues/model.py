"""The records of signed issues: what was signed by whom, who was told, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

IssueState = Literal["signed", "withdrawn", "corrected"]
StepKind = Literal["submit", "return", "approve", "withdraw"]
NoticeKind = Literal["repealed", "amended", "changed", "withdrawn", "gone"]
FeedbackKind = Literal["read", "adopted", "instruction", "remark"]
STEPS: tuple[StepKind, ...] = ("submit", "return", "approve", "withdraw")
NOTICES: tuple[NoticeKind, ...] = ("repealed", "amended", "changed", "withdrawn", "gone")
FEEDBACK: tuple[FeedbackKind, ...] = ("read", "adopted", "instruction", "remark")
CHANNELS = ("paper", "mail", "intranet", "meeting", "other")


@dataclass(frozen=True, slots=True)
class Issue:
    """A signed issue; nothing of it changes but its state.

    `number` counts the issues of its series and year from 1, `total` those of the series; both are given
    when it is approved and stay with an issue that is withdrawn. `sha256` is that of the frozen JSON.
    """

    issue_id: int
    series: str
    year: int
    number: int
    total: int
    draft_id: int
    revision: int
    template: str
    theme: str
    title: str
    language: str  # zh | en
    sha256: str
    publication_id: str  # against which it was checked
    programme: str  # version of govbrief that wrote the files
    author: str  # account that began the draft
    submitted_by: str
    approved_by: str
    approved_at: datetime
    state: IssueState = "signed"
    state_at: datetime | None = None  # when it was withdrawn or corrected
    corrected_by: int | None = None  # the issue that stands in its place


@dataclass(frozen=True, slots=True)
class Step:
    """One step of sign-off: who did what to which version of a draft, when, and what they said."""

    step_id: int
    draft_id: int
    revision: int
    kind: StepKind
    account: str
    at: datetime
    remark: str
    issue_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A reviewer's word that a finding may stand; `key` is the finding's, which its words make."""

    draft_id: int
    key: str
    kind: str
    text: str
    remark: str
    account: str
    at: datetime
    revision: int  # that was looked at


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a signed issue as it was written at approval."""

    issue_id: int
    format: str  # md | docx | pdf | json
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a document that a signed issue cites, found at a publication after it was signed."""

    notice_id: int
    issue_id: int
    document_id: str
    title: str
    kind: NoticeKind
    said: str  # what changed, in the publication's words: a status, a version, the document that ended it
    publication_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody on the distribution list of a series; the address is kept sealed and opened for the few."""

    recipient_id: int
    series: str
    name: str
    channel: str  # of CHANNELS
    address: str  # "" when none was given; read only with the home's key
    account: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """An issue handed to a recipient."""

    delivery_id: int
    issue_id: int
    recipient_id: int
    name: str
    how: str  # of CHANNELS
    day: date
    note: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a reader made of an issue; instructions (批示) are kept only where the settings allow it."""

    feedback_id: int
    issue_id: int
    kind: FeedbackKind
    by_whom: str
    day: date
    text: str
    account: str
    at: datetime
    recipient_id: int | None = None


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something an issue promised to follow; it goes from issue to issue of its series until it is done."""

    point_id: int
    series: str
    text: str
    state: Literal["open", "done"]
    issue_id: int  # that raised it
    account: str
    at: datetime
    done_at: datetime | None = None
    done_by: str | None = None
    done_note: str = ""


@dataclass(frozen=True, slots=True)
class Adoption:
    """How the issues of a series and year were received; counts of issues and of recipients reached."""

    series: str
    year: int
    issues: int
    delivered: int  # issue and recipient pairs
    read: int  # of those delivered
    adopted: int  # of those delivered
    issues_adopted: int  # issues that somebody adopted
