"""The parts of a briefing, built once and complete; both the dashboard and the renderers read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dashboard.briefing.extras import Extras

SubjectKind = Literal["theme", "topic", "department", "region"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing is about: a theme of the library, a topic class, an issuing body or a region."""

    kind: SubjectKind
    key: str  # theme id, topic code, authority code or the region's name
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """The subject's name in the reader's language, the other language's when that one is missing."""
        return (self.name_en or self.name_zh) if language == "en" else (self.name_zh or self.name_en)


@dataclass(frozen=True, slots=True)
class Proof:
    """The words a line of the briefing rests on, and where they stand in the document."""

    sentence: str
    paragraph: int | None  # counted from 0; people see paragraph + 1; None = the title or a published field
    where: str  # title | paragraph | number | issuer | published | metadata


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a briefing with the reason it stands there."""

    document_id: str
    title: str
    issuer: str | None
    issuer_code: str | None
    published: date | None
    doc_number: str | None
    url: str | None
    region: str | None
    level: str | None
    source_id: str
    reason: str  # a code with its value: topic:20-03 | term:养老 | changed | withdrawn | repealed | ...
    proof: Proof | None
    sources: int  # in how many sources the document is held (the copy itself and its reprints)
    validity: str  # in-force | amended | repealed | expired | unknown
    status: str  # active | withdrawn
    at: datetime | None  # when we observed what the section is about
    sample: bool

    @property
    def evidence(self) -> Proof | None:
        """The proof as far as it is one of the reason: of a region only words that name the region."""
        kind, _, region = self.reason.partition(":")
        if kind == "region" and self.proof and region not in self.proof.sentence:
            return None
        return self.proof


@dataclass(frozen=True, slots=True)
class DueItem:
    """One duty that falls due: who must do what by when, as its sentence says it."""

    fact_id: str
    item: Item
    who: tuple[str, ...]
    what: str
    due: date
    due_printed: str | None
    days_left: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A document that seems to follow one at a level above it; a candidate until a person has looked."""

    item: Item
    parent_id: str
    parent_title: str
    relation: str  # implements | basis | forwards | prints | title (no citation, the same subject)
    lag_days: int
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Actor:
    """A body that published on the subject in the period, with how much and when last."""

    code: str | None
    name: str
    region: str | None
    level: str | None
    documents: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Documents of the subject published in the week that begins on `week` (a Monday)."""

    week: date
    documents: int
    complete: bool  # False for the week that is still running


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the figures rest on: how many sources answered, and until when."""

    sources: int  # enabled sources held in the publication
    sources_ok: int  # of them, those whose last visit ended well
    silent: tuple[str, ...]  # names of the others
    documents: int  # documents in the publication
    members: int  # documents of the subject in the publication
    data_until: datetime | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that is to be read on one subject since a date; empty sections are empty tuples."""

    subject: Subject
    since: date
    today: date
    publication_id: str
    created_at: datetime
    sample: bool
    home_region: str
    coverage: Coverage
    new: tuple[Item, ...]
    new_total: int  # all that are new, also those beyond the list
    changed: tuple[Item, ...]
    ended: tuple[Item, ...]  # repealed, expired or withdrawn in the period
    due: tuple[DueItem, ...]
    elsewhere: tuple[Item, ...]  # those of the new that come from other regions
    actors: tuple[Actor, ...]
    weeks: tuple[WeekCount, ...]
    follow_ups: tuple[FollowUp, ...] = ()  # of the period, newest first
    names: tuple[tuple[str, str], ...] = ()  # codes in reasons and what they are called
    timezone: str = "Asia/Shanghai"  # in which instants are shown
    extras: Extras | None = None  # what stands beside the lists; None where only the lists were asked for

    @property
    def quiet(self) -> bool:
        """True when there is nothing to report in the period."""
        return not (self.new or self.changed or self.ended or self.due)
