"""The sources of a report: each document is numbered when it is first named, and listed once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.briefing.model import Item
from dashboard.report.model import Reference, plain
from dashboard.report.words import Words

SHOWN_HASH = 16  # hexadecimal digits printed; the whole hash is in the JSON and in the archive's index


class Sources:
    """Numbers documents in the order in which the report names them."""

    def __init__(self, words: Words, held: Mapping[str, Mapping[str, Any]]) -> None:
        self._words = words
        self._held = held
        self._found: dict[str, Reference] = {}

    def number(self, item: Item) -> int:
        """The number of the item's document, a new one when it is named for the first time."""
        known = self._found.get(item.document_id)
        if known is None:
            known = self._reference(len(self._found) + 1, item)
            self._found[item.document_id] = known
        return known.number

    @property
    def all(self) -> tuple[Reference, ...]:
        """Every source named so far, by number."""
        return tuple(self._found.values())

    def _reference(self, number: int, item: Item) -> Reference:
        copy = self._held.get(item.document_id, {})
        return Reference(
            number=number,
            document_id=item.document_id,
            title=plain(item.title),
            doc_number=plain(item.doc_number) or None,
            issuer=plain(item.issuer) or None,
            published=item.published,
            url=plain(item.url) or None,
            archive_hash=copy.get("sha256"),
            retrieved=copy.get("fetched_at"),
            text=self._told(item, copy),
        )

    def _told(self, item: Item, copy: Mapping[str, Any]) -> str:
        words = self._words
        title = plain(item.title) or words.say("untitled")
        fetched, digest = copy.get("fetched_at"), copy.get("sha256")
        facts = words.listed(
            (
                words.say("by", issuer=item.issuer, title=title) if item.issuer else title,
                item.doc_number,
                words.say("dated", day=words.day(item.published)) if item.published else None,
                words.say("retrieved", moment=words.moment(fetched)) if fetched else None,
                words.say("document", id=item.document_id),
                words.say("archived", hash=digest[:SHOWN_HASH]) if digest else None,
            )
        )
        return facts + words.say("stop")
