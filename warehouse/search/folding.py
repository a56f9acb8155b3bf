"""Raw hits of a search, and which of them stand for their group of copies."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from warehouse.search.characters import Reader
from warehouse.search.conditions import OneOf, must

_MOST_COPIES = 10_000  # of all groups of a page that are looked at
_UNDATED = "9999"
_TURNS = 20  # pages of raw hits that are looked through for one page of shown ones


@dataclass(frozen=True, slots=True)
class Raw:
    """One found document with what the index keeps of it."""

    document_id: str
    score: float
    card: dict[str, Any]

    @property
    def group(self) -> str | None:
        """The group of copies it belongs to, named by the original's document id."""
        return self.card.get("group")


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows, and where the next one begins in raw places."""

    hits: tuple[Raw, ...]
    copies: dict[str, tuple[Raw, ...]]  # of a shown hit: the other members of its group, matching ones first
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A search that is carried out: what is found, in which order."""

    reader: Reader
    found: Any
    ranked: Any
    by_date: bool = False

    def raw(self, limit: int, offset: int, *, count: bool = False) -> tuple[int, list[Raw]]:
        """The exact total, when it is asked for, and the raw hits of these places."""
        ordering = {"order_by_field": "day"} if self.by_date else {"weight_by_field": "prior"}
        searcher = self.reader.searcher
        answer = searcher.search(self.ranked, limit=limit, offset=offset, count=count, **ordering)
        hits = [read(searcher, address, 0.0 if self.by_date else score) for score, address in answer.hits]
        return int(answer.count or 0), hits


def read(searcher: Any, address: Any, score: float = 0.0) -> Raw:
    """A document of the index as a raw hit."""
    stored = searcher.doc(address)
    return Raw(stored.get_first("id"), float(score), json.loads(stored.get_first("card") or b"{}"))


def plain_page(hits: Sequence[Raw], total: int, offset: int) -> Page:
    """Every raw hit shown."""
    after = offset + len(hits)
    return Page(tuple(hits), {}, after if hits and after < total else None)


def folded_page(asking: Asking, first: Sequence[Raw], total: int, offset: int, limit: int) -> Page:
    """As many hits as asked for, each standing for its group among what is found.

    That is the group's original if it is found, else the earliest found member; the others are attached to it
    wherever they stand, so each is told once over all pages.
    """
    shown: list[Raw] = []
    stands: dict[str, str] = {}
    matching: dict[str, list[Raw]] = {}
    hits, at = list(first), offset
    for _ in range(_TURNS):
        fresh = {hit.group for hit in hits if hit.group} - stands.keys()
        for group, members in _members(asking.reader, asking.found, fresh).items():
            matching[group] = members
            stands[group] = min(members, key=lambda one: _precedence(group, one)).document_id
        for hit in hits:
            at += 1
            if hit.group is None or stands.get(hit.group, hit.document_id) == hit.document_id:
                shown.append(hit)
            if len(shown) == limit:
                break
        if len(shown) == limit or at >= total or not hits:
            break
        _, hits = asking.raw(limit, at)
    return Page(tuple(shown), _copies(asking.reader, shown, matching), at if at < total else None)


def _copies(
    reader: Reader, shown: Iterable[Raw], matching: dict[str, list[Raw]]
) -> dict[str, tuple[Raw, ...]]:
    groups = {hit.group: hit.document_id for hit in shown if hit.group}
    whole = _members(reader, tantivy.Query.all_query(), groups.keys())
    copies = {}
    for group, original in groups.items():
        found = {one.document_id for one in matching.get(group, ())}
        others = [one for one in whole.get(group, ()) if one.document_id != original]
        others.sort(key=lambda one: (one.document_id not in found, _precedence(group, one)))
        copies[original] = tuple(others)
    return copies


def _members(reader: Reader, found: Any, groups: Collection[str | None]) -> dict[str, list[Raw]]:
    """The found members of the groups."""
    if not groups:
        return {}
    wanted = tuple(sorted(group for group in groups if group))
    narrowed = must(reader.schema, found, [OneOf(("group",), wanted)])
    answer = reader.searcher.search(narrowed, limit=_MOST_COPIES, count=False)
    members = defaultdict(list)
    for _, address in answer.hits:
        one = read(reader.searcher, address)
        members[str(one.group)].append(one)
    return dict(members)


def _precedence(group: str, one: Raw) -> tuple[bool, str, str]:
    return (one.document_id != group, one.card.get("published") or _UNDATED, one.document_id)
