"""When a passage is one that the basket has already, and what then becomes of both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.passages import Passage

MOST_TAGS = 20
_LONGEST_TAG = 40


def same_place(rows: Sequence[Any], passage: Passage) -> Any | None:
    """The row whose passage holds this one or is held by it; passages that only overlap are two.

    Of several such rows it is the widest, so that collecting a sentence again never makes a third.
    """
    found = [row for row in rows if _nested(row, passage)]
    return max(found, key=lambda row: (row.end_at - row.start_at, -row.item_id), default=None)


def wider(row: Any, passage: Passage) -> bool:
    """Whether the new passage says more than the one that is there."""
    return passage.end - passage.start > int(row.end_at) - int(row.start_at)


def joined_notes(one: str, other: str) -> str:
    """Both notes, one below the other; the same words once."""
    if not other or other in one:
        return one
    return other if not one or one in other else f"{one}\n{other}"


def joined_tags(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """All tags in their order, each once; at most `MOST_TAGS`."""
    return tuple(dict.fromkeys((*one, *other)))[:MOST_TAGS]


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """The tags trimmed, each once; a UserError for too many, or for one that is empty or too long."""
    kept = tuple(dict.fromkeys(checked_text("tag", tag, longest=_LONGEST_TAG) for tag in tags))
    if len(kept) > MOST_TAGS:
        raise UserError(f"{len(kept)} tags are too many for a passage; at most {MOST_TAGS} are kept.")
    if any("\n" in tag or "\t" in tag for tag in kept):
        raise UserError("A tag is one line without tabulators.")
    return kept


def as_json(tags: Iterable[str]) -> str:
    """Tags as they are stored."""
    return json.dumps(list(tags), ensure_ascii=False)


def _nested(row: Any, passage: Passage) -> bool:
    if (row.pinned_document, row.version_no) != (passage.document_id, passage.version_no):
        return False
    if row.paragraph != passage.paragraph:
        return False
    start, end = int(row.start_at), int(row.end_at)
    inside = start <= passage.start and passage.end <= end
    around = passage.start <= start and end <= passage.end
    return inside or around
