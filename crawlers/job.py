"""The order that a crawl gives to its fetching process, as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """What to fetch, for which run, into which home."""

    run_id: str
    home: str
    sample: bool
    sources: tuple[str, ...]
    resolve: Mapping[str, tuple[str, int]] = field(default_factory=dict)  # host -> where it answers
    max_documents: int | None = None  # detail pages a source in this run
    connections: int = 1  # to one host; more only on loopback, by benchmarks and tests
    budgets: Mapping[str, int] = field(default_factory=dict)  # requests a source may get
    watch: bool = False  # only start lists and what is new there, in the hours of [watch]
    replay: str | None = None  # folder of recorded answers

    def to_json(self) -> str:
        """One line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """The order of a line."""
        raw: dict[str, Any] = json.loads(text)
        raw["sources"] = tuple(raw["sources"])
        raw["resolve"] = {host: (place[0], int(place[1])) for host, place in raw["resolve"].items()}
        return cls(**raw)

    @property
    def home_folder(self) -> Path:
        """The home's root."""
        return Path(self.home)
