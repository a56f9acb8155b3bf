"""Canary documents: three pages of a source that every run must find and read as they were read before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from crawlers.health.document_measure import DocumentMeasure
from crawlers.health.kinds import Found, Value
from warehouse.run_records import Canary

NUMBER = 3
GONE_FOR_GOOD = 2  # runs in a row without it
_SHRUNK = 0.6  # of the text that may stay in an amendment
_State = Literal["same", "amended", "odd", "broken", "gone", "unseen"]


@dataclass(frozen=True, slots=True)
class Sight:
    """A canary as this run met it."""

    canary: Canary
    state: _State
    what: str = ""
    page: DocumentMeasure | None = None


def sights(
    canaries: Sequence[Canary],
    pages: Mapping[str, DocumentMeasure],
    failed: Mapping[str, str],
    visited: frozenset[str],
    *,
    new_reader: bool,
) -> list[Sight]:
    """How each canary was met; `pages` holds what came with other bytes, `visited` what answered at all.

    After a change of the source's file or of our readers (`new_reader`) a sound page is what is expected.
    """
    found = []
    for canary in canaries:
        page = pages.get(canary.url)
        if page is not None and new_reader and page.sound:
            found.append(Sight(canary, "amended", page=page))
        elif page is not None:
            state, what = compare(canary.reading, page)
            found.append(Sight(canary, state, what, page))
        elif failed.get(canary.url, "").startswith("gone"):
            found.append(Sight(canary, "gone", "gone"))
        else:
            found.append(Sight(canary, "same" if canary.url in visited else "unseen"))
    return found


def compare(expected: Mapping[str, str], page: DocumentMeasure) -> tuple[_State, str]:
    """What has become of an expected reading: same, amended, odd (a field is another), or broken."""
    had = set(expected.get("filled", "").split(","))
    if not page.readable:
        return "broken", "no text"
    lost = had - page.filled
    for name, what in (("clear", "garbled"), ("whole", "cut"), ("place", "read from another place")):
        if name in lost:
            return "broken", what
    if "text" in lost or "title" in lost:
        return "broken", "no text" if "text" in lost else "no title"
    now = page.reading
    odd = [f"no {name}" for name in ("published", "number", "issuer", "files", "agrees") if name in lost]
    still = [name for name in ("title", "published", "number") if name not in lost]
    odd += [name for name in still if _other(expected, now, name)]
    odd += [
        f"{name.removesuffix('_by')} from {now.get(name) or '?'}"
        for name in ("dated_by", "titled_by")
        if expected.get(name) and now.get(name) != expected[name]
    ]
    if page.length < _SHRUNK * int(expected.get("length") or 0):
        odd.append("text shorter")
    if odd:
        return "odd", ", ".join(odd)
    same = all(now.get(name) == expected.get(name) for name in ("text", "files"))
    return ("same" if same else "amended"), ""


def check_canaries(met: Sequence[Sight], weak: frozenset[str]) -> tuple[list[Found], list[str]]:
    """Findings of canaries, and signs that count when the next run shows them too.

    One broken page suffices; one odd field may be the site's own correction, two at once are not.
    """
    judged = [one for one in met if one.state != "unseen"]
    broken = [one for one in judged if one.state == "broken"]
    odd = [one for one in judged if one.state == "odd"]
    gone = [one for one in judged if one.state == "gone"]
    found, signs = [], []
    if broken or len(odd) >= 2 or (odd and len(judged) == 1 and "canary" in weak):
        worst = (broken or odd)[0]
        values: dict[str, Value] = {"changed": len(broken) + len(odd), "canaries": len(met)}
        values |= {"what": worst.what, "url": worst.canary.url}
        bad = worst.page.capture_id if worst.page else None
        found.append(Found("canary-changed", values, good=worst.canary.capture_id, bad=bad))
    elif odd and len(judged) == 1:
        signs.append("canary")
    if len(gone) >= 2:
        values = {"missing": len(gone), "canaries": len(met), "url": gone[0].canary.url}
        found.append(Found("canary-missing", values, good=gone[0].canary.capture_id))
    return found, signs


def kept(met: Sequence[Sight], at: datetime, *, sound: bool) -> list[Canary]:
    """The canaries from now on: amended ones with their new reading, those gone for good left out."""
    found = []
    for one in met:
        if one.state == "gone":
            missed = one.canary.missed + 1
            if missed < GONE_FOR_GOOD:
                found.append(replace(one.canary, missed=missed))
        elif sound and one.page is not None and one.state in ("same", "amended", "odd"):
            found.append(canary_of(one.canary.source_id, one.page, at))
        else:
            found.append(replace(one.canary, missed=0 if one.state == "same" else one.canary.missed))
    return found


def chosen(
    source_id: str, present: Sequence[Canary], candidates: Sequence[DocumentMeasure], at: datetime
) -> list[Canary]:
    """The present canaries filled up to three: sound pages, fields filled, from other folders and days."""
    taken = list(present)
    pages = {one.url: one for one in candidates if one.sound}
    for canary in present:
        pages.pop(canary.url, None)
    while len(taken) < NUMBER and pages:
        best = max(pages.values(), key=lambda page: (_worth(page, taken), page.url))
        taken.append(canary_of(source_id, best, at))
        del pages[best.url]
    return taken


def canary_of(source_id: str, page: DocumentMeasure, at: datetime) -> Canary:
    """A page as a canary: its reading is what is expected from now on."""
    return Canary(source_id, page.url, page.capture_id, page.reading, at)


def _other(expected: Mapping[str, str], now: Mapping[str, str], name: str) -> bool:
    return bool(expected.get(name)) and now.get(name) != expected[name]


def _worth(page: DocumentMeasure, taken: Sequence[Canary]) -> tuple[int, int, int, int]:
    """How much a page adds: text from a known place, the first files, another folder, another day."""
    folders = {_folder(one.url) for one in taken}
    days = {one.reading.get("published") for one in taken}
    files = any(one.reading.get("file_count", "0") != "0" for one in taken)
    new_file = "files" in page.filled and not files
    apart = (_folder(page.url) not in folders) + (page.reading.get("published") not in days)
    return "place" in page.filled, int(new_file), apart, len(page.filled)


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0]
