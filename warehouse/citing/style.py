"""The styles by name: what each prints where, read from styles.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from warehouse.errors import UserError
from warehouse.exchange.reference_record import ReferenceRecord

DEFAULT = "gb7714-2025-numeric"  # in force since 2026-07-01
Punctuation = Literal["wide", "narrow", "own"]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs that part the elements of an entry."""

    comma: str
    colon: str
    opened: str
    closed: str
    semicolon: str


WIDE = Signs("，", "：", "（", "）", "；")
NARROW = Signs(", ", ": ", "(", ")", "; ")


@dataclass(frozen=True, slots=True)
class Style:
    """One style; the meaning of each field stands at the head of styles.toml."""

    name: str
    zh: str
    en: str
    family: Literal["gb7714", "apa"]
    system: Literal["numeric", "author-date"]
    punctuation: Punctuation
    capitals: bool = False
    gap: str = ""
    number_first: bool = False
    access: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        """Whether works are numbered by their first mention."""
        return self.system == "numeric"

    def signs(self, record: ReferenceRecord) -> Signs:
        """The signs for the entry of a record."""
        wide = self.punctuation == "wide" or (self.punctuation == "own" and is_chinese(record))
        return WIDE if wide else NARROW

    def mark(self, record: ReferenceRecord) -> str:
        """The document type of a record with its carrier: `EB/OL` where it has an address, else `Z`."""
        kind = record.kind.name
        if record.url:
            return f"{self.marks[kind]}/OL"
        return self.printed.get(kind, self.marks[kind])


def is_chinese(record: ReferenceRecord) -> bool:
    """Whether the words of an entry (等, 佚名) are Chinese: it is entered in the document's language."""
    return record.language.startswith("zh")


def style_named(name: str) -> Style:
    """The style of that name; UserError names those that exist."""
    styles = all_styles()
    if name not in styles:
        raise UserError(f"There is no citation style {name!r}; use one of {', '.join(styles)}.")
    return styles[name]


@cache
def all_styles() -> Mapping[str, Style]:
    """Every style by name, in the order of the file."""
    text = (resources.files("warehouse.citing") / "styles.toml").read_text(encoding="utf-8")
    return {entry["name"]: _style(entry) for entry in tomllib.loads(text)["style"]}


def _style(entry: Mapping[str, Any]) -> Style:
    sets = {key: frozenset(entry.get(key, ())) for key in ("access", "dated")}
    return Style(**{**entry, **sets})
