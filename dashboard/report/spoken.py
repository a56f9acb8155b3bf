"""A briefing with bodies, regions, sources and classes by their English names, as the pages tell them.

What documents say stays in their own language: titles, numbers, quoted sentences, words looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from dashboard.briefing.model import Actor, Briefing, Item, Subject
from dashboard.words import known, without_sample_mark
from warehouse.publication import Publication
from warehouse.queries import pages_overview

Speak = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class EnglishNames:
    """What bodies, classes and sources are called in English, by code and by Chinese name."""

    by_code: Mapping[str, str]
    by_name: Mapping[str, str]

    def body(self, code: str | None, printed: str | None) -> str | None:
        """An office by its code, else by the name it is printed with; as printed where none is held."""
        return self.by_code.get(code or "") or self.by_name.get(printed or "") or printed


def spoken(publication: Publication, briefing: Briefing, language: str) -> Briefing:
    """The briefing as a paper in `language` tells it; unchanged in Chinese."""
    if language != "en":
        return briefing
    names = _names(publication)
    told = _in_english(briefing, names)
    regions = (
        (part.partition(":")[2], region_in_english(part.partition(":")[2]))
        for item in (*briefing.new, *briefing.elsewhere)
        for part in item.reason.split("; ")
        if part.startswith("region:")
    )
    codes = ((code, names.by_code.get(code) or name) for code, name in briefing.names)
    answer: Briefing = replace(
        told,
        subject=subject_in_english(briefing.subject),
        coverage=replace(
            briefing.coverage, silent=tuple(names.by_name.get(one, one) for one in briefing.coverage.silent)
        ),
        names=tuple(sorted({**dict(codes), **dict(regions)}.items())),
    )
    return answer


def subject_in_english(subject: Subject) -> Subject:
    """A region by its English name; other subjects have one of their own."""
    if subject.kind != "region":
        return subject
    return replace(subject, name_en=region_in_english(subject.name_en or subject.name_zh))


def region_in_english(region: str) -> str:
    """A place's English name, as printed where none is held."""
    return known("en", f"region.{region}", region)


def _in_english(value: Any, names: EnglishNames) -> Any:
    """All dataclasses within, their `region`, `who` and the names of offices in English."""
    if isinstance(value, tuple):
        return tuple(_in_english(one, names) for one in value)
    if not is_dataclass(value) or isinstance(value, (type, Subject)):
        return value
    told = {one.name: _in_english(getattr(value, one.name), names) for one in fields(value)}
    if told.get("region"):
        told["region"] = region_in_english(told["region"])
    if "who" in told:
        told["who"] = tuple(names.body(None, one) for one in told["who"])
    if isinstance(value, Item):
        told["issuer"] = names.body(value.issuer_code, value.issuer)
    if isinstance(value, Actor):
        told["name"] = names.body(value.code, value.name)
    return replace(value, **told)


def _names(publication: Publication) -> EnglishNames:
    """English names held, an office of a place with the place's English name, without the sample's mark."""
    bodies = pages_overview.body_names(publication)
    codes = {**pages_overview.topic_names(publication), **bodies}
    sources = [(row["name_zh"], row["name_en"]) for row in pages_overview.sources(publication)]
    plain = without_sample_mark if publication.sample else str
    return EnglishNames(
        {code: plain(_placed(en)) for code, (_, en) in codes.items() if en},
        {zh: plain(_placed(en)) for zh, en in (*sources, *bodies.values()) if zh and en},
    )


def _placed(name: str) -> str:
    office, comma, place = name.rpartition(", ")
    return f"{office}, {region_in_english(place)}" if comma else name
