"""Recorded pages with the passages, dates and titles their sources state, and how an answer is judged."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawlers.bench_halves import is_held
from crawlers.bench_pages_readers import Answer
from crawlers.extraction.plain import safe, squeeze

_LEAST_LINE = 8  # characters of a line of a known body that counts as a passage
_GRAM = 4


@dataclass(frozen=True, slots=True)
class PageTruth:
    """One recorded page: its bytes, passages to `keep` and to `drop`, white space left out."""

    name: str
    url: str
    body: bytes
    language: str
    held: bool
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    whole: str = ""  # the complete text where it is known
    date: date | None = None
    title: str | None = None
    title_part: bool = False  # the stated title is a name that the page's title holds

    @property
    def picked(self) -> bool:
        """Whether it is a page with hand-picked passages or a stated day of publication."""
        return bool(self.drop) or (self.language == "de" and self.date is not None)


@dataclass(frozen=True, slots=True)
class Judged:
    """What of one answer is right; None where nothing is stated or nothing is given."""

    kept: int
    to_keep: int
    dropped: int
    to_drop: int
    foreign: int  # characters of the text that are not the known body's
    characters: int
    date: bool | None
    title: bool | None
    gave_date: bool
    names_date: bool
    names_title: bool
    faults: tuple[str, ...]

    @property
    def passages(self) -> int:
        """Stated passages of either kind."""
        return self.to_keep + self.to_drop


def judge(page: PageTruth, answer: Answer) -> Judged:
    """Compare without white space and invisible characters, as no reader's own way with them is meant."""
    text = squeeze(safe(answer.text))
    lost = [passage for passage in page.keep if passage not in text]
    leaked = [passage for passage in page.drop if passage in text]
    right = answer.date == page.date if page.date is not None else None
    named = _named(page, answer.title) if page.title is not None else None
    faults = [f"lost {one[:30]}" for one in lost[:5]] + [f"not dropped {one[:30]}" for one in leaked]
    faults += [f"date {answer.date}, stated {page.date}"] if right is False else []
    faults += [f"title {answer.title}"] if named is False else []
    return Judged(
        len(page.keep) - len(lost), len(page.keep), len(page.drop) - len(leaked), len(page.drop),
        _foreign(text, page.whole) if page.whole else 0, len(text) if page.whole else 0,
        right, named, answer.date is not None, answer.gives_date, answer.gives_title, tuple(faults),
    )  # fmt: skip


def _named(page: PageTruth, title: str | None) -> bool:
    own, stated = squeeze(safe(title or "")).casefold(), squeeze(page.title or "").casefold()
    return stated in own if page.title_part else stated == own


def _foreign(text: str, whole: str) -> int:
    """Characters whose every four-gram the known body lacks."""
    known = {whole[at : at + _GRAM] for at in range(len(whole) - _GRAM + 1)}
    own = bytearray(len(text))
    for at in range(len(text) - _GRAM + 1):
        if text[at : at + _GRAM] in known:
            own[at : at + _GRAM] = b"\x01" * _GRAM
    return own.count(0)


def recorded_pages(folder: Path | None, *, held: bool = True) -> Iterator[PageTruth]:
    """The recorded detail pages with truth; a city's day of meeting is no day of publication and left out.

    Without `held` the files of the held half are not even opened.
    """
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = folder or Path(os.environ.get("GOVBRIEF_SHARED_DATA", default))
    for row in _rows(data / "sites" / "manifest.jsonl"):
        if row["kind"] == "detail" and row["truth"] and (held or not is_held(row["file"].split("/")[0])):
            yield _of_site(row, (data / "sites" / row["file"]).read_bytes())
    for row in _rows(data / "zh" / "html" / "truth.jsonl"):
        yield _of_chinese(row, (data / "zh" / "html" / row["file"]).read_bytes())


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.is_file() else []


def _of_site(row: dict[str, Any], body: bytes) -> PageTruth:
    truth, name = row["truth"], row["file"]
    german = row["lang"] == "de"
    return PageTruth(
        name, row["url"] or "http://unknown.example/", body, row["lang"], is_held(name.split("/")[0]),
        tuple(map(squeeze, truth.get("text_contains") or ())),
        tuple(map(squeeze, truth.get("text_excludes") or ())),
        date=date.fromisoformat(truth["date"]) if german and truth.get("date") else None,
        title=truth.get("title"), title_part=True,
    )  # fmt: skip


def _of_chinese(row: dict[str, Any], body: bytes) -> PageTruth:
    """A page of the open half: these have been looked at since the first reader was written."""
    lines = [squeeze(line) for line in (row["body"] or "").split("\n")]
    return PageTruth(
        row["file"], row["url"], body, "zh", False,
        tuple(line for line in lines if len(line) >= _LEAST_LINE),
        whole=squeeze(row["body"] or ""),
        date=date.fromisoformat(row["published"]) if row.get("published") else None,
        title=row.get("title"),
    )  # fmt: skip
