"""What the desk tells of drafts: the draft, its versions, the outcome of a save, comments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["draft", "review", "signed", "dropped"]
Kind = Literal["autosave", "save", "merge", "fill"]
Outcome = Literal["kept", "same", "merged", "conflict", "late"]
STATES: tuple[State, ...] = ("draft", "review", "signed", "dropped")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands; its text is that of `revision`, its head."""

    draft_id: int
    template: str
    theme: str
    title: str
    language: str  # zh | en
    state: State
    revision: int
    account: str  # who began it
    created_at: datetime
    changed_at: datetime
    since: str = ""  # ISO days of the period that it tells of; "" for none
    until: str = ""
    searches: tuple[int, ...] = ()  # saved searches that fill its sections


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of a draft's text; none is ever changed or removed.

    `base` is the revision it was written over. A merge has in `other` the revision with the text that was
    sent, so that both sides of it can be read.
    """

    draft_id: int
    revision: int
    base: int | None
    other: int | None
    kind: Kind
    account: str
    at: datetime
    characters: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was sent; it is on the disk when this is told.

    `sent` is the revision that holds exactly what was sent; `text` is the head's. It is another one where
    somebody else had written meanwhile (`outcome` merged) or the same paragraph was changed twice (conflict).
    `same`: the head said it already; `late`: the session had sent a later text before, which stays the head.
    """

    draft_id: int
    revision: int
    text: str
    sent: int
    outcome: Outcome
    conflicts: int
    others: tuple[str, ...]  # accounts whose changes the head holds beside those sent
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a paragraph, or an answer to one (`answers`); answers stand with their remark."""

    comment_id: int
    draft_id: int
    answers: int | None
    anchor: str  # the paragraph's text when the remark was made
    paragraph: str  # the paragraph's text as it was last found
    text: str
    account: str
    at: datetime
    resolved_at: datetime | None
    resolved_by: str | None
