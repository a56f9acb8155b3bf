"""Addresses made of a row's fields, for answers that name documents but not where they lie."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

_FIELD = re.compile(r"\{([\w@$\-]+(?:\.[\w@$\-]+)*)\}")


def fault_of(template: str) -> str | None:
    """What is wrong with a template, as a sentence without its full stop; None when it can be used."""
    plain = _FIELD.sub("x", template)
    parts = urlsplit(_FIELD.sub("", template))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.netloc != urlsplit(plain).netloc:
        return "link_template must be a complete address, its host without braces"
    if not _FIELD.search(template):
        return "link_template names no field of a row; write one in braces, as in {id}"
    if "{" in plain or "}" in plain:
        return (
            "link_template has braces that hold no field name; write {id}, or {document.id} for a nested one."
        )
    return None


def filled(template: str, row: dict[str, Any]) -> str | None:
    """The address of a row; None when a field is missing or empty."""
    lacking = False

    def value(match: re.Match[str]) -> str:
        nonlocal lacking
        found = _at(row, match[1])
        lacking = lacking or found is None
        return quote(found or "", safe="/-._~")

    address = _FIELD.sub(value, template)
    return None if lacking else address


def _at(row: Any, path: str) -> str | None:
    """The text or number at a dotted path; a key that itself holds dots is tried first."""
    if isinstance(row, dict) and path in row:
        found = row[path]
        if isinstance(found, bool) or not isinstance(found, str | int):
            return None
        return str(found).strip() or None
    step, _, rest = path.partition(".")
    if not rest and isinstance(row, list) and step.isdigit() and int(step) < len(row):
        rest_of = row[int(step)]
        return str(rest_of).strip() or None if isinstance(rest_of, str | int) else None
    if isinstance(row, dict) and step in row:
        return _at(row[step], rest)
    if isinstance(row, list) and step.isdigit() and int(step) < len(row):
        return _at(row[int(step)], rest)
    return None
