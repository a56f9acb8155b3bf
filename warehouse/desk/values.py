"""What a correction may say: the fields people correct and the shape of each value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from warehouse.content import text_mark
from warehouse.errors import UserError
from warehouse.records import Correction

CLASS_FIELDS = ("department", "topic")
DATE_FIELDS = ("published", "written")
TEXT_FIELDS = ("title", "issuer", "doc_number", "doc_type")
FIELDS = (*CLASS_FIELDS, *TEXT_FIELDS, *DATE_FIELDS)
LONGEST_TEXT = 200_000  # characters of a file's text that people can correct
_LONGEST = 500
_LONGEST_KIND = 40
_FILE_TEXT = re.compile(r"text:[0-9a-f]{64}")


def checked(field: str, value: Any) -> Any:
    """The value in the form it is kept; a UserError names the field and what it takes."""
    if field in CLASS_FIELDS:
        return _checked_class(field, value)
    if field in DATE_FIELDS:
        return _checked_date(field, value)
    if field in TEXT_FIELDS:
        longest = _LONGEST_KIND if field == "doc_type" else _LONGEST
        return " ".join(checked_text(field, value, longest).split())
    if is_text(field):
        return _checked_file_text(value)
    raise UserError(f"Field '{field}' cannot be corrected; correct one of {', '.join(FIELDS)}.")


def is_text(field: str) -> bool:
    """Whether a correction is of the recognised text of a file, named by the SHA-256 of its bytes."""
    return bool(_FILE_TEXT.fullmatch(field))


def checked_text(name: str, value: Any, longest: int = _LONGEST, empty: bool = False) -> str:
    """A line or a note of text, trimmed; a UserError when empty, too long or holding control characters."""
    if not isinstance(value, str):
        raise UserError(f"{name}: text is wanted, not {type(value).__name__}.")
    text = value.strip()
    if not text and not empty:
        raise UserError(f"{name}: nothing was written; write it, or leave the whole change out.")
    if len(text) > longest:
        raise UserError(f"{name}: {len(text)} characters are too many; at most {longest} are kept.")
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise UserError(f"{name}: control characters cannot be kept; type the text again.")
    return text


def overlaid(row: Mapping[str, Any], corrections: Sequence[Correction]) -> dict[str, Any]:
    """A document row with corrected values in place of its own; `corrected` names the fields.

    Of a correction that was undone since the row was published the earlier value shows; `restored` names it.
    """
    changed = dict(row)
    restored = set()
    for correction in corrections:
        for column, value in _columns(correction).items():
            if column in changed:
                if correction.undone_at is not None and changed[column] != value:
                    restored.add(correction.field)
                changed[column] = value
    changed["corrected"] = tuple(
        sorted({one.field for one in corrections if one.undone_at is None and one.previous != one.value})
    )
    return {**changed, "restored": tuple(sorted(restored))} if restored else changed


def _columns(correction: Correction) -> dict[str, Any]:
    field, value = correction.field, correction.value
    if is_text(field):
        return {}  # no column of a row; the page of the document shows it
    if field in CLASS_FIELDS:
        columns = _class_columns(field, value or {"code": None, "name": None})
        basis = ("librarian", 1.0) if correction.undone_at is None else (None, None)
        return {**columns, f"{field}_basis": basis[0], f"{field}_score": basis[1]}
    return {field: date.fromisoformat(value) if field in DATE_FIELDS and value else value}


def _class_columns(field: str, value: Mapping[str, Any]) -> dict[str, Any]:
    code, name = value["code"], value["name"]
    if field == "department":
        return {"department_code": code, "department_name": name}
    return {
        "topic_code": code,
        "topic_path": name,
        "topic1_code": code.split("-")[0] if code else None,
        "topic1_name": name.split("\\")[0] if name else None,
    }


def _checked_class(field: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or set(value) != {"code", "name"}:
        raise UserError(
            f"{field}: give a code and a name, as in {{'code': '17', 'name': '民政、扶贫、救灾'}}."
        )
    return {key: checked_text(f"{field} {key}", value[key]) for key in ("code", "name")}


def _checked_file_text(value: Any) -> str:
    """Paragraphs, one a line, without empty ones; a text with a secrecy mark is not kept anywhere."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
    text = checked_text("text", plain, longest=LONGEST_TEXT)
    paragraphs = tuple(line.rstrip() for line in text.split("\n") if line.strip())
    mark = text_mark(paragraphs)
    if mark:
        raise UserError(
            f"text: it carries a secrecy mark ({mark}) and is not kept; hand the file to the office that"
            " keeps classified papers."
        )
    return "\n".join(paragraphs)


def _checked_date(field: str, value: Any) -> str:
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError as error:
        raise UserError(f"{field}: '{value}' is no date; write it as 2026-06-01.") from error
