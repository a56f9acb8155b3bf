"""Which captures go into an exported WARC file, and why others stay: terms, personal data, secrecy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from warehouse.crawl_state.shelf import CaptureShelf
from warehouse.publication import Publication
from warehouse.queries.pages_document import archived_capture
from warehouse.queries.reading import placeholders
from warehouse.records import Capture

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for; no documents and no captures named means all."""

    documents: Iterable[str] | None = None
    captures: Sequence[str] = ()
    source_id: str | None = None
    since: datetime | None = None  # captured at or after
    until: datetime | None = None  # captured before
    own_use: bool = False  # for another home of the same library: terms and personal data do not count


@dataclass(frozen=True, slots=True)
class Choice:
    """The captures to write by name, and how many were left out for which reason."""

    captures: tuple[str, ...]
    sources: tuple[str, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)  # terms, personal, secrecy, unread, unpublished


def choose(shelf: CaptureShelf, publication: Publication | None, wish: Wish) -> Choice:
    """Judge every capture asked for, by the rules of the archived copy that the dashboard shows.

    To be handed on: what the publication rests on, whose source allows copies and in which nothing is masked.
    For own use: everything that was read. A document with a secrecy mark is in neither.
    """
    left_out: Counter[str] = Counter()
    captures: list[str] = []
    sources: dict[str, None] = {}
    for batch in _candidates(shelf, publication, wish):
        read, marked = shelf.read_and_marked([one.capture_id for one in batch])
        for one in batch:
            reason = _against(one.capture_id, read, marked) or (
                None if wish.own_use else _closed(publication, one.capture_id)
            )
            if reason:
                left_out[reason] += 1
            else:
                captures.append(one.capture_id)
                sources[one.source_id] = None
    return Choice(tuple(captures), tuple(sorted(sources)), dict(left_out))


def chosen(shelf: CaptureShelf, choice: Choice) -> Iterator[Capture]:
    """The captures of a choice one after the other."""
    for start in range(0, len(choice.captures), _BATCH):
        yield from shelf.some(choice.captures[start : start + _BATCH])


def _candidates(shelf: CaptureShelf, publication: Publication | None, wish: Wish) -> Iterator[list[Capture]]:
    if wish.documents is None and not wish.captures:
        if wish.own_use or publication is None:
            yield from shelf.every(wish.source_id, wish.since, wish.until)
        else:
            for ids in _published(publication):
                yield _fitting(shelf.some(ids), wish)
        return
    seen: set[str] = set()
    for ids in _named(publication, wish):
        fresh = [one for one in ids if one not in seen]
        seen.update(fresh)
        yield _fitting(shelf.some(fresh), wish)


def _fitting(captures: Sequence[Capture], wish: Wish) -> list[Capture]:
    return [
        one
        for one in captures
        if (wish.source_id is None or one.source_id == wish.source_id)
        and (wish.since is None or one.fetched_at >= wish.since)
        and (wish.until is None or one.fetched_at < wish.until)
    ]


def _published(publication: Publication) -> Iterator[list[str]]:
    last = ""
    while rows := publication.rows(_PAGE, [last]):
        last = str(rows[-1]["capture_id"])
        yield [str(row["capture_id"]) for row in rows]


def _named(publication: Publication | None, wish: Wish) -> Iterator[list[str]]:
    """The captures that were named, then those that the named documents rest on, all versions of them."""
    if wish.captures:
        yield list(wish.captures)
    documents = iter(wish.documents or ())
    while publication is not None and (batch := list(islice(documents, _BATCH))):
        sql = _RESTED_ON.format(ids=placeholders(batch))
        yield [str(row["capture_id"]) for row in publication.rows(sql, batch * 3)]


def _against(capture_id: str, read: set[str], marked: set[str]) -> str | None:
    if capture_id in marked:
        return "secrecy"
    return None if capture_id in read else "unread"


def _closed(publication: Publication | None, capture_id: str) -> str | None:
    row = archived_capture(publication, capture_id) if publication else None
    if row is None:
        return "unpublished"
    if row["reuse"] != "full":
        return "terms"
    return "personal" if row["personal"] else None


_PAGE = f"select capture_id from capture where capture_id > ? order by capture_id limit {_BATCH}"
_RESTED_ON = """
select capture_id from document where document_id in ({ids})
union
select capture_id from version where document_id in ({ids})
union
select capture_id from attachment where document_id in ({ids}) and capture_id is not null
"""
