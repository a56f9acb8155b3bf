"""The contract of a source: what its sound runs teach about lists, documents and rhythm."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from crawlers.health.document_measure import FIELDS
from crawlers.health.list_measure import ListMeasure
from warehouse.run_records import Observation

TAUGHT_BY = 60  # latest sound runs
RELEASED = "released"  # of a run that a person took for sound
_TAKEN_OVER = 2  # runs in a row after which a new form that reads well is the usual one


@dataclass(frozen=True, slots=True)
class ListContract:
    """What one list page used to be like; `rows` are its sound measures, newest first."""

    rows: tuple[ListMeasure, ...] = ()
    recent: tuple[ListMeasure, ...] = ()  # of the last runs, sound or not

    @property
    def last(self) -> ListMeasure | None:
        """As the last sound run left it."""
        return self.rows[0] if self.rows else None

    def usual(self, name: str) -> float:
        """The median of a number."""
        return float(median(getattr(row, name) for row in self.rows)) if self.rows else 0.0

    def least(self, name: str) -> float:
        """The smallest value of a number."""
        return float(min(getattr(row, name) for row in self.rows)) if self.rows else 0.0

    def known_values(self, name: str) -> frozenset[str]:
        """Values of a text that sound runs had, or that stood for the last runs in a row."""
        values = {str(getattr(row, name)) for row in self.rows}
        latest = [str(getattr(row, name)) for row in self.recent[:_TAKEN_OVER]]
        if len(latest) == _TAKEN_OVER and len(set(latest)) == 1:
            values.update(latest)
        return frozenset(values)


@dataclass(frozen=True, slots=True)
class Contract:
    """What is usual of a source. Without sound runs nothing is, and only absolute rules hold."""

    runs: int = 0
    lists: Mapping[str, ListContract] = field(default_factory=dict)
    tries: Mapping[str, int] = field(default_factory=dict)  # pages a field could be judged on
    hits: Mapping[str, int] = field(default_factory=dict)  # pages on which it was well
    by_weekday: tuple[float, ...] = (0.0,) * 7  # new documents on such a working day, Monday first
    weak: frozenset[str] = frozenset()  # signs of the run before this one that did not suffice alone
    texts: Mapping[str, str] = field(default_factory=dict)  # digest of text -> address, of the run before
    previous: Mapping[str, Any] = field(default_factory=dict)  # all measures of the run before

    def accepted(self, name: str) -> frozenset[str]:
        """What a text of any list of the source has become for good: lists of a site are built alike."""
        return frozenset(value for one in self.lists.values() for value in one.known_values(name))

    def usual_share(self, name: str) -> float:
        """The share of pages on which the field is well."""
        return self.hits.get(name, 0) / self.tries[name] if self.tries.get(name) else 0.0


def learn(sound: Sequence[Observation], recent: Sequence[Observation]) -> Contract:
    """The contract that sound observations teach; `recent` are the last ones of any kind, newest first."""
    rows: dict[str, list[ListMeasure]] = {}
    for one in sound:
        for measure in lists_of(one.measures):
            rows.setdefault(measure.key, []).append(measure)
    latest: dict[str, list[ListMeasure]] = {}
    for one in _one_a_day(recent):
        for measure in lists_of(one.measures):
            latest.setdefault(measure.key, []).append(measure)
    previous = recent[0].measures if recent else {}
    return Contract(
        runs=len(sound),
        lists={
            key: ListContract(tuple(rows.get(key, ())), tuple(latest.get(key, ())))
            for key in rows.keys() | latest.keys()
        },
        tries={name: _sum(_since_release(sound, name), f"tried_{name}") for name in FIELDS},
        hits={name: _sum(_since_release(sound, name), f"filled_{name}") for name in FIELDS},
        by_weekday=_by_weekday(sound),
        weak=frozenset(str(previous.get("weak") or "").split(",")) - {""},
        texts=json.loads(str(previous.get("texts") or "{}")),
        previous=previous,
    )


def lists_of(measures: Mapping[str, Any]) -> list[ListMeasure]:
    """The list pages that an observation keeps."""
    return [ListMeasure.from_json(raw) for raw in json.loads(str(measures.get("lists") or "[]"))]


def _one_a_day(recent: Sequence[Observation]) -> list[Observation]:
    """The latest run of each day: what is repeated within a day has not lasted."""
    by_day: dict[str, Observation] = {}
    for one in recent:
        by_day.setdefault(str(one.measures.get("day")), one)
    return list(by_day.values())


def _since_release(observations: Sequence[Observation], name: str) -> Sequence[Observation]:
    """Newest first, down to the latest released run whose pages lacked the field: it is learned anew."""
    for place, one in enumerate(observations):
        lacked = float(one.measures.get(f"tried_{name}") or 0) - float(
            one.measures.get(f"filled_{name}") or 0
        )
        if one.measures.get(RELEASED) and lacked > 0:
            return observations[: place + 1]
    return observations


def _sum(observations: Sequence[Observation], name: str) -> int:
    return int(sum(float(one.measures.get(name) or 0) for one in observations))


def _by_weekday(observations: Sequence[Observation]) -> tuple[float, ...]:
    news: list[list[float]] = [[] for _ in range(7)]
    for one in observations:
        told = str(one.measures.get("day") or "")
        if told and one.measures.get("works"):
            news[date.fromisoformat(told).weekday()].append(float(one.measures.get("new") or 0))
    return tuple(round(sum(day) / len(day), 2) if day else 0.0 for day in news)
