"""What a platform module is told about the source it reads: plain values from the source's TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hints:
    """The part of a source's TOML that a pure reader needs; the network never sees it."""

    source_id: str
    language: str  # zh | en
    timezone: str  # IANA name; list dates with a time of day are read in it
    home_url: str
    department_name: str | None = None  # full official name, when the site speaks for one body
    list_selectors: Mapping[str, str] = field(default_factory=dict)  # [list] item, title, date, next, ...
    field_selectors: Mapping[str, str] = field(default_factory=dict)  # [fields] title, body, published, ...
    options: Mapping[str, str | int] = field(default_factory=dict)  # [options] channel, sid, ...
