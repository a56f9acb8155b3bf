"""What is true across the sample's documents: cascades, series and gaps, findings, lineage, validity."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from crawlers.sample_sites.library import documents, is_present
from crawlers.sample_sites.model import SampleDocument, SampleFinding
from crawlers.sample_sites.settings import day_date

NORMATIVE = frozenset({"通知", "意见", "决定", "令", "命令", "通告", "规划", "决议"})
_BELOW = {"national": "provincial", "provincial": "municipal", "municipal": "county"}


def world(day: int) -> dict[str, Any]:
    """The blocks of the truth that no single document holds, as they stand on a day."""
    return {
        "threads": [_thread(raw, day) for raw in _world()["thread"]],
        "cascades": [_cascade(upper, day) for upper in _followed(day)],
        "series": [_series(raw, day) for raw in _world()["series"]],
        "findings": _findings(day),
        "reprints": [[d.key, original_of(d, day)] for d in _there(day) if d.reprint_of],
        "interpretations": [[d.key, held(d.interprets, day)] for d in _there(day) if d.interprets],
        "lineage": [
            {**raw, "date": raw["date"].isoformat(), "basis": held(raw["basis"], day)}
            for raw in _world()["lineage"]
        ],
    }


def held(name: str | None, day: int) -> str | None:
    """The key of the document with this number or title; None when the sample does not hold it that day."""
    found = _named(name) if name else None
    return found.key if found is not None and found.appears <= day else None


def original_of(document: SampleDocument, day: int) -> str | None:
    """The key of what a document reprints, None when it reprints nothing or the original is not held."""
    found = held(document.reprint_of, day)
    return found if found != document.key else None


def validity_on(document: SampleDocument, day: int) -> dict[str, Any]:
    """State on that day: repealed, expired, amended, not-yet, in-force or unknown, and by which document."""
    today = day_date(day)
    for relation, state in (("repeals", "repealed"), ("amends", "amended")):
        for other in _acting_on(document.key, relation):
            start = other.effective or other.written or other.published
            if other.appears <= day and start <= today:
                if state == "amended" and document.expires and document.expires < today:
                    break
                lapsed = state == "repealed" and document.doc_number in other.lapses
                return {"state": "expired" if lapsed else state, "by": other.key}
    if document.expires is not None and document.expires < today:
        return {"state": "expired", "by": None}
    if document.effective is not None and document.effective > today:
        return {"state": "not-yet", "by": None}
    certain = document.effective is not None or document.validity in ("有效", "现行有效")
    return {"state": "in-force" if certain and document.kind in NORMATIVE else "unknown", "by": None}


def place_of(document: SampleDocument) -> str:
    """The region whose body issued the document; 全国 for a ministry's."""
    lead = document.departments[0]
    names = sorted((raw["name"] for raw in _world()["region"]), key=len, reverse=True)
    return next((name for name in names if lead.startswith(name)), "全国")


def second_topic(document: SampleDocument) -> str | None:
    """The class that a second cataloguer gave, reading title and text without the writer's label."""
    return _second_topics().get(document.key)


@lru_cache(maxsize=1)
def _second_topics() -> dict[str, str]:
    text = (files("crawlers.sample_sites") / "documents" / "second_cataloguer.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in text.splitlines())


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    text = (files("crawlers.sample_sites") / "documents" / "world.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4096)
def _named(name: str) -> SampleDocument | None:
    """The document with this number or title, or whose title carries this name (印发《…》的通知).

    An original is preferred to its reprint, the document itself to what explains or amends it.
    """
    exact = [d for d in documents() if name in (d.doc_number, d.title)]
    carried = [d for d in documents() if name in d.title and d.interprets is None and d.kind != "决定"]
    found = exact or carried
    return min(found, key=lambda d: d.reprint_of is not None) if found else None


def _there(day: int) -> list[SampleDocument]:
    return [d for d in documents() if is_present(d, day)]


@lru_cache(maxsize=4096)
def _acting_on(key: str, relation: str) -> tuple[SampleDocument, ...]:
    """The originals that repeal or amend the document."""
    return tuple(
        d
        for d in documents()
        if d.reprint_of is None
        for c in d.citations
        if c.relation == relation and key in (held(c.number, 999), held(c.title, 999)) and d.key != key
    )


def _followers(upper: str, day: int) -> list[SampleDocument]:
    """Documents that implement the upper one: they cite it so, or say what they add and drop."""
    return [
        d
        for d in _there(day)
        if d.reprint_of is None
        and (
            any(
                c.relation == "implements" and upper in (held(c.number, day), held(c.title, day))
                for c in d.citations
            )
            or any(held(f.number, day) == upper for f in d.follows)
        )
    ]


def _followed(day: int) -> list[SampleDocument]:
    """Documents that another implements, or that stand in a thread above somebody, oldest first."""
    in_threads = {key for raw in _world()["thread"] for key in _keys_of(raw, day)}
    found = [
        d
        for d in documents()
        if d.reprint_of is None
        and is_present(d, day)
        and (_followers(d.key, day) or (d.key in in_threads and _regions_below(d)))
    ]
    return sorted(found, key=lambda d: (d.written or d.published, d.key))


def _regions_below(document: SampleDocument) -> list[str]:
    """The places one level below the document's own that belong to it."""
    own = place_of(document)
    regions = _world()["region"]
    below = _BELOW.get(next((raw["level"] for raw in regions if raw["name"] == own), "national"))
    return [
        raw["name"] for raw in regions if raw["level"] == below and raw.get("parent", "全国") in (own, "全国")
    ]


def _cascade(upper: SampleDocument, day: int) -> dict[str, Any]:
    steps = [_step(upper, lower) for lower in _followers(upper.key, day)]
    seen = {step["place"] for step in steps}
    return {
        "upper": upper.key,
        "number": upper.doc_number,
        "followers": steps,
        "not_seen": [name for name in _regions_below(upper) if name not in seen],
    }


def _step(upper: SampleDocument, lower: SampleDocument) -> dict[str, Any]:
    own = next((f for f in lower.follows if f.number == upper.doc_number), None)
    start, end = upper.written or upper.published, lower.written or lower.published
    return {
        "key": lower.key,
        "place": place_of(lower),
        "days": (end - start).days,
        "added": list(own.added) if own else [],
        "dropped": list(own.dropped) if own else [],
    }


def _thread(raw: dict[str, Any], day: int) -> dict[str, Any]:
    """Every document below the root, however many levels down."""
    found = _keys_of(raw, day)
    return {"id": raw["id"], "name": raw["name"], "root": next(iter(found), None), "below": found[1:]}


def _keys_of(raw: dict[str, Any], day: int) -> list[str]:
    """The documents of a thread by key, the root first."""
    root = held(raw["root"], day)
    found = [root] if root else []
    for upper in found:  # grows while it is walked
        found += [d.key for d in _followers(upper, day) if d.key not in found]
    return found


def _series(raw: dict[str, Any], day: int) -> dict[str, Any]:
    year = raw.get("year")
    holding = {}
    for document in _there(day):
        number = _place_in_series(document.doc_number or "", raw["name"], year)
        if number is not None and document.reprint_of is None:
            holding[number] = document.key
    return {
        "name": raw["name"],
        "year": year,
        "held": {str(number): holding[number] for number in sorted(holding)},
        "gaps": [gap for gap in raw["gaps"] if gap["number"] not in holding],
    }


def _place_in_series(printed: str, name: str, year: int | None) -> int | None:
    """6 of 石政办发〔2025〕6号, 云河省审计厅公告2025年第6号 or 青禾市人民政府令第6号."""
    wanted = rf"{re.escape(name)}\s*(?:〔?(?P<year>\d{{4}})〕?年?)?\s*第?(?P<number>\d+)号"
    found = re.fullmatch(wanted, printed)
    if found is None or (year is not None and found["year"] != str(year)):
        return None
    return int(found["number"])


def _findings(day: int) -> list[dict[str, Any]]:
    tags: dict[str, dict[str, list[dict[str, str]]]] = {}
    for document in _there(day):
        for kind, found in (("problems", document.problems), ("measures", document.measures)):
            for one in found:
                tags.setdefault(one.tag, {"problems": [], "measures": []})[kind].append(
                    _passage(document, one)
                )
    return [{"tag": tag, **tags[tag]} for tag in sorted(tags)]


def _passage(document: SampleDocument, one: SampleFinding) -> dict[str, str]:
    return {"key": document.key, "where": one.where, "passage": one.passage}
