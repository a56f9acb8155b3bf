"""The labels behind which papers print their numbers, of printed_number.toml as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("printed_number.toml")
_NAMED = r"(?P<before>(?:[^\W\d_][\w'’.-]*\s){0,3}?)"  # up to three words


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Every word by table and name."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _any(*names: str) -> str:
    listed = {word for name in names for word in words()["labels"][name]}
    return "|".join(re.escape(word) for word in sorted(listed, key=lambda one: (-len(one), one)))


@cache
def a_label() -> re.Pattern[str]:
    """A label: a sure one, one of a word with its number, a kind with or without the word, the word alone."""
    return re.compile(_alternatives(""), re.I)


@cache
def a_labelled_line() -> re.Pattern[str]:
    """A label at the beginning of a line; before a kind its body's name may stand (Planning Circular)."""
    return re.compile(rf"[(\[*]?{_alternatives(_NAMED)}\s*[:#.]?\s*", re.I)


def _alternatives(before: str) -> str:
    between = rf"(?:\s(?:{_any('between')}))?"  # arrêté préfectoral n°
    kind = rf"{before}(?P<kind>{_any('kinds')}){between}(?:\s*(?P<word>{_any('number')}))?"
    sure = rf"(?P<sure>{_any('sure')})(?:\s*(?:{_any('number')}))?"
    end = r"(?=$|[\s:.#\d(\[])"
    return rf"(?:(?P<joined>{_any('joined')})|{sure}|{kind}|(?P<bare>{_any('number')})){end}"
