"""What the site changed from one version of a document to the next: fields, and paragraphs side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from warehouse.database import Warehouse
from warehouse.rows import sql, stage_like

MOST = 120  # changed paragraphs listed of one version; the rest is counted
LONGEST = 2_000  # characters of a paragraph that are kept
_ALIKE = 0.4  # paragraphs less alike than this were taken away and added, not changed
_BATCH = 200
_SPACE = re.compile(r"\s+")
_BLANKED = re.compile(r"某|[×＊*]{1,}|[Xx]{2,}")  # what a site writes where it took a name or a number out
_FIELDS = ("title", "doc_number", "index_number", "issuer", "published", "written", "effective", "doc_type",
           "validity")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One paragraph that is new, gone, or reads differently; places count from 0, None where it is not."""

    kind: str  # added | removed | changed | anonymised (the site blanked something: the old text stays away)
    old_at: int | None
    new_at: int | None
    old: str | None
    new: str | None


def update_changes(w: Warehouse) -> int:
    """Compare each version of the `selected` documents with the one before, where that was not done yet.

    The latest readings of both are compared, so a better extractor is compared anew; gives their number.
    """
    due = w.connection.execute(sql("views", "version_pairs")).fetchall()
    for start in range(0, len(due), _BATCH):
        rows = list(_compared(due[start : start + _BATCH]))
        with w.transaction() as connection:
            stage_like(connection, "new_change", "version_change", rows)
            connection.execute("insert or replace into version_change select * from new_change")
    return len(due)


def field_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str | None]]:
    """Published values that differ, in the order of the document page."""
    pairs = ((name, _said(old.get(name)), _said(new.get(name))) for name in _FIELDS)
    return [{"field": name, "old": was, "new": now} for name, was, now in pairs if was != now]


def paragraph_changes(old: Sequence[str], new: Sequence[str]) -> list[ParagraphChange]:
    """The paragraphs that differ, in reading order; white space does not count."""
    before, after = [_plain(one) for one in old], [_plain(one) for one in new]
    changes: list[ParagraphChange] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "replace":
            changes += _replaced(old, new, range(i, i_end), range(j, j_end))
        elif kind == "delete":
            changes += [_removed(old, at) for at in range(i, i_end)]
        elif kind == "insert":
            changes += [_added(new, at) for at in range(j, j_end)]
    return changes


def _compared(pairs: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
    for document_id, version_no, before, after, old, new, old_text, new_text in pairs:
        found = paragraph_changes(_split(old_text), _split(new_text))
        shown = [asdict(one) for one in found[:MOST]]
        fields = field_changes(json.loads(old), json.loads(new))
        yield (
            document_id, version_no, before, after, json.dumps(fields, ensure_ascii=False),
            json.dumps(shown, ensure_ascii=False), len(found) - len(shown),
        )  # fmt: skip


def _replaced(old: Sequence[str], new: Sequence[str], gone: range, come: range) -> list[ParagraphChange]:
    """Pairs of like paragraphs, in order; what has no like was removed or added."""
    changes: list[ParagraphChange] = []
    rest = list(come)
    for at in gone:
        like = next((to for to in rest if _alike(old[at], new[to])), None)
        if like is None:
            changes.append(_removed(old, at))
            continue
        changes += [_added(new, to) for to in rest if to < like]
        rest = [to for to in rest if to > like]
        changes.append(_changed(old, new, at, like))
    return changes + [_added(new, to) for to in rest]


def _alike(old: str, new: str) -> bool:
    matcher = SequenceMatcher(None, old[:LONGEST], new[:LONGEST], autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _changed(old: Sequence[str], new: Sequence[str], at: int, to: int) -> ParagraphChange:
    blanked = len(_BLANKED.findall(new[to])) > len(_BLANKED.findall(old[at]))
    kind, was = ("anonymised", None) if blanked else ("changed", cut_short(old[at]))
    return ParagraphChange(kind, at, to, was, cut_short(new[to]))


def _removed(old: Sequence[str], at: int) -> ParagraphChange:
    return ParagraphChange("removed", at, None, cut_short(old[at]), None)


def _added(new: Sequence[str], at: int) -> ParagraphChange:
    return ParagraphChange("added", None, at, None, cut_short(new[at]))


def cut_short(text: str) -> str:
    """As much of a paragraph as is listed."""
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def _plain(text: str) -> str:
    return _SPACE.sub("", text)


def _said(value: Any) -> str | None:
    return None if value in (None, "") else str(value)


def _split(text: str | None) -> list[str]:
    return text.split("\n") if text else []
