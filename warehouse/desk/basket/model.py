"""The records of the evidence basket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from warehouse.passages import Passage

ItemState = Literal["held", "attention"]


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
    concern: str = ""
    said: str = ""  # what changed, in words of the record: a version's number, a status
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the basket with the number of its items."""

    name: str
    items: int
    attention: int


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding: the item, and whether it was there before and took the new passage's words in."""

    item: BasketItem
    folded: bool
