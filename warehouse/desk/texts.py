"""Corrected texts of files: keeping one with what it replaced, what holds for which bytes, what shows now.

A correction of a text belongs to the bytes of a file, so it holds wherever the same file hangs. The log keeps
the new text and of the old one only the lines that were replaced; together they give the old text back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from warehouse.desk.desk import Desk
from warehouse.desk.values import checked, is_text
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.masking import mask_text
from warehouse.records import Correction

_MOST_LINES = 3000  # texts of more lines are compared as two blocks, so that no text costs minutes
State = Literal["published", "waits", "taken-back"]


@dataclass(frozen=True, slots=True)
class ShownText:
    """What a page shows of a file's text, and how that stands to the publication."""

    paragraphs: tuple[str, ...]
    state: State = "published"
    correction: Correction | None = None  # the one that holds


def text_field(sha256: str) -> str:
    """The field that a correction of the text of these bytes has."""
    return f"text:{sha256}"


def payload_of(field: str) -> str | None:
    """The SHA-256 of the file whose text the field is, None for any other field."""
    return field.removeprefix("text:") if is_text(field) else None


def correct_text(
    desk: Desk, document_id: str, sha256: str, value: str, shown: str, note: str, account: str
) -> Correction:
    """Keep `value` as the text of a file of the document; `shown` is the text it replaces."""
    field = text_field(sha256)
    kept = checked(field, value)
    replaced = difference(shown, kept)
    if not replaced["lines"]:
        raise UserError("text: the file already says this; nothing was corrected.")
    return desk.correct(document_id, field, kept, replaced, note, account)


def held_texts(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """The correction that holds for each file, by SHA-256; of several documents' the newest."""
    newest: dict[str, Correction] = {}
    for one in sorted(corrections, key=lambda correction: correction.correction_id):
        payload = payload_of(one.field)
        if payload is not None and one.undone_at is None:
            newest[payload] = one
    return newest


def texts_of(home: Home) -> dict[str, Correction]:
    """The corrected texts that the desk of a home keeps; a home without a desk gets none."""
    if not home.desk_file.exists():
        return {}
    with Desk.open(home) as desk:
        return held_texts(desk.corrections())


def shown_text(
    desk: Desk, sha256: str | None, published: Sequence[str], correction_id: int | None
) -> ShownText:
    """The text of a file as people corrected it since it was published with (or without) a correction."""
    if not sha256:
        return ShownText(tuple(published))
    log = desk.corrections(active=False, field=text_field(sha256))
    held = held_texts(log).get(sha256)
    if held is not None and held.correction_id != correction_id:
        return ShownText(_paragraphs(mask_text(held.value)), "waits", held)
    if held is None and correction_id is not None:
        return ShownText(_before(log, correction_id) or tuple(published), "taken-back")
    return ShownText(tuple(published), "published", held)


def difference(old: str, new: str) -> dict[str, Any]:
    """How many lines changed, and the old lines with the places of the new ones that stand for them."""
    before, after = old.split("\n"), new.split("\n")
    changed = [code for code in _opcodes(before, after) if code[0] != "equal"]
    return {
        "lines": sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in changed),
        "was": [[j1, j2, before[i1:i2]] for _, i1, i2, j1, j2 in changed],
    }


def text_before(value: str, previous: Mapping[str, Any]) -> str:
    """The text that a correction replaced, out of the new text and what `difference` kept."""
    lines = value.split("\n")
    for start, end, old in reversed(previous["was"]):
        lines[start:end] = old
    return "\n".join(lines)


def lines_changed(correction: Correction) -> int:
    """How many lines a correction of a text changed."""
    previous = correction.previous
    return int(previous["lines"]) if isinstance(previous, Mapping) else correction.value.count("\n") + 1


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > _MOST_LINES:
        return [] if old == new else [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _before(log: Sequence[Correction], correction_id: int) -> tuple[str, ...]:
    """The text before a published correction that was taken back since, as far back as corrections reach."""
    text: str | None = None
    for one in sorted(log, key=lambda correction: correction.correction_id, reverse=True):
        told = isinstance(one.previous, Mapping) and one.correction_id <= correction_id
        if told and (text is None or mask_text(one.value) == text):
            text = mask_text(text_before(one.value, one.previous))
    return _paragraphs(text or "")


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
