"""`bench pages`: our page reader beside trafilatura and resiliparse on the recorded pages, in one run."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from crawlers.bench_pages_readers import READERS, read_alone
from crawlers.bench_pages_truth import Judged, PageTruth, judge, recorded_pages

Progress = Callable[[str, int, int], None]

TIMES, MORE_DATES = 3, 2  # the bars: how often as fast as trafilatura, how many more dates right
GERMAN_DATES, GERMAN_PAGES, GERMAN_PASSAGES = 12, 11, 0.95  # of 14, of 15, of 92
_ROUNDS = 5
_OURS, _TEXT_ONLY = "ours", "ours text only"
_ALONE = "ours without platform and language"
_SAME_WORK = f"ratio: trafilatura with metadata over {_ALONE}"
_TRAFILATURA, _RESILIPARSE = "trafilatura with metadata", "resiliparse"
HALVES = ("open", "held", "both")


def bench_pages(
    data_folder: Path | None = None,
    progress: Progress | None = None,
    *,
    parts: Sequence[str] = HALVES,
    rounds: int = _ROUNDS,
) -> dict[str, Any]:
    """Stated passages, dates and titles that each reader gets right, and its processor time, as flat figures.

    `parts` names the halves to report (open, held, both); a held page is not read unless one asks for it.
    Pages of the open half that are not all right are named, those of the held half are only counted.
    """
    halves = set(parts) - {"both"} or {"open", "held"}
    pages = [
        page for page in recorded_pages(data_folder, held="held" in halves) if page.held or "open" in halves
    ]
    judged = {
        name: [judge(page, read(page.url, page.body)) for page in pages] for name, read in READERS.items()
    }
    figures: dict[str, Any] = {}
    for part in parts:
        chosen = [n for n, page in enumerate(pages) if part == "both" or page.held == (part == "held")]
        figures |= _of_part(part, [pages[n] for n in chosen], _at(judged, chosen))
    figures |= _speed(pages, rounds, progress)
    figures |= _bars(figures, parts)
    if "open" in halves:
        figures["open pages not all right"] = [
            f"{page.name}: {'; '.join(one.faults)}"
            for page, one in zip(pages, judged[_OURS], strict=True)
            if one.faults and not page.held
        ]
    return figures


def _at(judged: Mapping[str, list[Judged]], places: Iterable[int]) -> dict[str, list[Judged]]:
    chosen = list(places)
    return {name: [answers[n] for n in chosen] for name, answers in judged.items()}


def _of_part(part: str, pages: list[PageTruth], judged: Mapping[str, list[Judged]]) -> dict[str, Any]:
    """The figures of one half: the pages with hand-picked passages, then those whose whole text is known."""
    figures: dict[str, Any] = {}
    picked = [n for n, page in enumerate(pages) if page.picked]
    whole = [n for n, page in enumerate(pages) if page.language == "zh"]
    for name, answers in judged.items():
        german = [answers[n] for n in picked]
        if name == "htmldate":
            figures |= _dates(f"{part}: German-language: {name}", german)
            figures |= _dates(f"{part}: Chinese: {name}", [answers[n] for n in whole])
            continue
        passages = [one for one in german if one.passages]
        key = f"{part}: German-language: {name}"
        figures[f"{key}: kept"] = _share(sum(one.kept for one in german), sum(one.to_keep for one in german))
        figures[f"{key}: dropped"] = _share(
            sum(one.dropped for one in german), sum(one.to_drop for one in german)
        )
        figures[f"{key}: pages all right"] = _share(
            sum(one.kept == one.to_keep and one.dropped == one.to_drop for one in passages), len(passages)
        )
        figures |= _dates(key, german)
        if whole:
            chinese = [answers[n] for n in whole]
            key = f"{part}: Chinese: {name}"
            figures[f"{key}: lines kept"] = _share(
                sum(one.kept for one in chinese), sum(one.to_keep for one in chinese)
            )
            figures[f"{key}: text that is not the body's"] = round(
                sum(one.foreign for one in chinese) / max(1, sum(one.characters for one in chinese)), 4
            )
            figures |= _dates(key, chinese)
        titles = [one.title for one in answers if one.title is not None]
        if any(one.names_title for one in answers):
            figures[f"{part}: {name}: titles right"] = _share(sum(titles), len(titles))
    return figures


def _dates(key: str, answers: list[Judged]) -> dict[str, str]:
    dated = [one for one in answers if one.date is not None]
    if not any(one.names_date for one in answers):
        return {}
    return {
        f"{key}: dates right": _share(sum(bool(one.date) for one in dated), len(dated)),
        f"{key}: dates wrong": _share(sum(one.date is False and one.gave_date for one in dated), len(dated)),
    }


def _share(count: int, of: int) -> str:
    return f"{count} of {of}"


def _count(figure: str) -> int:
    return int(figure.split(" ", 1)[0])


def _speed(pages: list[PageTruth], rounds: int, progress: Progress | None) -> dict[str, Any]:
    """Processor milliseconds a page: the readers take turns, and of each page the shortest time counts."""
    western = [page for page in pages if page.language != "zh"]
    readers: dict[str, Callable[[str, bytes], object]] = {**READERS, _ALONE: read_alone}
    best = {name: [math.inf] * len(western) for name in readers}
    for number in range(rounds):
        for name, read in readers.items():
            times = [_time(read, page) for page in western]
            best[name] = [min(pair) for pair in zip(best[name], times, strict=True)]
            if progress:
                progress(name, number + 1, rounds)
    spent = {name: sum(times) for name, times in best.items()}
    if not rounds or not western:
        return {}
    return {
        **{
            f"milliseconds a page: {name}": round(1000 * one / len(western), 2) for name, one in spent.items()
        },
        _SAME_WORK: round(spent[_TRAFILATURA] / spent[_ALONE], 2),
        "ratio: trafilatura with metadata over ours": round(spent[_TRAFILATURA] / spent[_OURS], 2),
        "ratio: trafilatura text over ours text only": round(spent["trafilatura"] / spent[_TEXT_ONLY], 2),
        "ratio: resiliparse over ours text only": round(spent[_RESILIPARSE] / spent[_TEXT_ONLY], 2),
    }


def _time(read: Callable[[str, bytes], object], page: PageTruth) -> float:
    begin = time.process_time()
    read(page.url, page.body)
    return time.process_time() - begin


def _bars(figures: Mapping[str, Any], parts: Sequence[str]) -> dict[str, str]:
    """Every bar of the page reader with its verdict; those of 14, 15 and 92 need both halves."""
    bars: dict[str, bool] = {}
    for part in parts:
        german = f"{part}: German-language"
        for what in ("kept", "dropped"):
            better = max(
                _count(figures[f"{german}: {name}: {what}"]) for name in (_TRAFILATURA, _RESILIPARSE)
            )
            bars[f"{part}: passages {what} not below the better"] = (
                _count(figures[f"{german}: {_OURS}: {what}"]) >= better
            )
    if "both" in parts:
        key = f"both: German-language: {_OURS}"
        right = _count(figures[f"{key}: kept"]) + _count(figures[f"{key}: dropped"])
        of = sum(int(figures[f"{key}: {what}"].rsplit(" ", 1)[1]) for what in ("kept", "dropped"))
        bars["both: German-language dates at least 12 of 14"] = (
            _count(figures[f"{key}: dates right"]) >= GERMAN_DATES
        )
        bars["both: German-language pages all right at least 11 of 15"] = (
            _count(figures[f"{key}: pages all right"]) >= GERMAN_PAGES
        )
        bars["both: German-language passages at least 0.95"] = right >= GERMAN_PASSAGES * of
        bars["both: dates at least 2 more than the better"] = _all_dates(figures, _OURS) >= MORE_DATES + max(
            _all_dates(figures, name) for name in (_TRAFILATURA, "htmldate")
        )
    if _SAME_WORK in figures:
        bars["at least 3 times as fast as trafilatura with metadata"] = figures[_SAME_WORK] >= TIMES
    return {f"bar: {name}": "met" if met else "not met" for name, met in bars.items()}


def _all_dates(figures: Mapping[str, Any], name: str) -> int:
    return sum(
        _count(figures[key])
        for language in ("German-language", "Chinese")
        if (key := f"both: {language}: {name}: dates right") in figures
    )
