"""The records of the evidence basket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.passages import Passage

ItemState = Literal["held", "attention"]
Concern = Literal["", "lost", "version", "ended", "gone", "purged"]


@dataclass(frozen=True, slots=True)
class Paper:
    """What an item remembers of its document as it was when the passage was collected."""

    title: str
    issuer: str | None = None
    number: str | None = None
    issued_on: str | None = None  # YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class BasketItem:
    """A passage that was kept for a theme ('' when for none); `[^e<item_id>]` refers to it in drafts.

    `title`, `issuer`, `number` and `issued_on` are the document's at the time of collecting. `attention`
    means that the passage must be looked at again before it is used; `concern` says why: `lost` (a changed
    reader no longer shows these words), `version` (the document was changed since), `ended` (withdrawn or
    repealed), `gone` (published no longer), `purged` (removed here; the words are blank).
    """

    item_id: int
    theme: str
    passage: Passage
    title: str
    note: str
    tags: tuple[str, ...]
    account: str
    created_at: datetime
    state: ItemState
    issuer: str | None = None
    number: str | None = None
    issued_on: str | None = None  # YYYY-MM-DD
    place: int = 0  # in the order of its theme, from 1
    concern: Concern = ""
    said: str = ""  # more of it: `3 same 5` version 3 has the words in its 5th paragraph, `repealed`
    stands: str = ""  # the words as the reader shows them by now; '' when exactly as pinned
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the basket with the number of its items, and of those that must be looked at."""

    name: str
    items: int
    attention: int


@dataclass(frozen=True, slots=True)
class Pin:
    """One change of an item's pin: `new` is None when the words were not found."""

    item_id: int
    at: datetime
    publication_id: str | None
    outcome: str  # exact | moved | lost | version | ended | gone | back | widened | renewed
    old: Passage | None  # None when a purge blanked it
    new: Passage | None
    said: str
