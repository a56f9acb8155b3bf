"""`bench files`: statuses and passages of the recorded PDF and office files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.bench_extract import Progress
from crawlers.bench_halves import is_held
from crawlers.extraction.files import read_file
from crawlers.extraction.sniff import sniff
from warehouse.errors import UserError

_KINDS = ("pdf", "office")
_SPACES = re.compile(r"\s+")
# Where the truth names neither encryption nor a scan nor damage, what the bytes are decides.
_NO_READER = {"wpd": "unsupported"}
_DAMAGED = ("damaged", "no_text_layer")  # a repaired page that holds a picture alone is a scan


@dataclass(frozen=True, slots=True)
class FileFigure:
    """One recorded file: the status it got, those that are right, and its stated passages."""

    file: str
    held: bool
    status: str
    right: tuple[str, ...]
    passages: int
    found: int
    pages: int | None

    @property
    def is_right(self) -> bool:
        """Whether the status is one of the right ones."""
        return self.status in self.right


def bench_files(
    data_folder: Path | None = None, progress: Progress | None = None, size: int | None = None
) -> dict[str, Any]:
    """Statuses right and passages found, in all and per half, then a line a file; UserError without the data.

    Text recognition is off, so that a scan is measured as a scan. A passage counts as found when it stands in
    the text in one piece, whatever white space is between its words; a page count that is stated counts too.
    """
    sites = _sites(data_folder)
    with _without_recognition():
        figures = list(_figures(sites, progress, size))
    if not figures:
        raise UserError(f"{sites} holds no PDF or office files; give the folder of shared data with --data.")
    told: dict[str, Any] = dict(_sums("all", figures))
    for name, held in (("open", False), ("held", True)):
        told |= _sums(name, [one for one in figures if one.held == held])
    told |= {one.file: _said(one) for one in figures}
    return {**told, "passed": all(one.is_right and one.found == one.passages for one in figures)}


run = bench_files


def _sites(folder: Path | None) -> Path:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return (folder or Path(os.environ.get("GOVBRIEF_SHARED_DATA", default))) / "sites"


class _without_recognition:
    """Switches recognition off for a while."""

    def __enter__(self) -> None:
        self._before = os.environ.get("GOVBRIEF_OCR")
        os.environ["GOVBRIEF_OCR"] = "off"

    def __exit__(self, *raised: object) -> None:
        if self._before is None:
            del os.environ["GOVBRIEF_OCR"]
        else:
            os.environ["GOVBRIEF_OCR"] = self._before


def _figures(sites: Path, progress: Progress | None, size: int | None) -> Iterator[FileFigure]:
    manifest = sites / "manifest.jsonl"
    if not manifest.is_file():
        return
    rows = [json.loads(line) for line in manifest.read_text("utf-8").splitlines()]
    wanted = [row for row in rows if row["kind"] in _KINDS][: size or None]
    for number, row in enumerate(wanted, start=1):
        yield _figure(sites, row)
        if progress:
            progress("files", number, len(wanted))


def _figure(sites: Path, row: Mapping[str, Any]) -> FileFigure:
    body = (sites / row["file"]).read_bytes()
    kind = sniff(body, row["content_type"], row["file"])
    read = read_file(body, kind, row["content_type"]).attachment
    assert read is not None
    truth = row["truth"] or {}
    passages = _passages(truth)
    text = _squeezed(read.text)
    found = sum(_squeezed(one) in text for one in passages)
    if "page_count" in truth:
        passages.append("")
        found += read.pages == truth["page_count"]
    return FileFigure(
        row["file"], is_held(row["file"].split("/")[0]), read.status, right_statuses(row, kind),
        len(passages), found, read.pages,
    )  # fmt: skip


def right_statuses(row: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """What the source repository's statement means as a status; a file without one is a text.

    Scans are said by `text_layer`, by the note, or by the flag that the collection gave after its bytes.
    """
    truth = row["truth"] or {}
    note = str(truth.get("note", "")).lower()
    if row["bytes"] == 0:
        return ("empty",)
    if truth.get("encrypted") or "encrypted" in row["flags"]:
        return ("encrypted",)
    if (
        truth.get("text_layer") is False
        or "scanned" in row["flags"]
        or note.startswith(("scan", "needs ocr"))
    ):
        return ("no_text_layer",)
    if note.startswith("damaged"):
        return _DAMAGED
    return (_NO_READER.get(kind, "text"),)


def _passages(truth: Mapping[str, Any]) -> list[str]:
    """The stated passages; a layout text is one passage, its lines in their order."""
    stated = list(truth.get("text_contains", ()))
    return [*stated, *(truth[name] for name in ("text", "text_starts_with") if name in truth)]


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _sums(name: str, figures: list[FileFigure]) -> dict[str, int]:
    return {
        f"{name}: files": len(figures),
        f"{name}: statuses right": sum(one.is_right for one in figures),
        f"{name}: passages": sum(one.passages for one in figures),
        f"{name}: passages found": sum(one.found for one in figures),
    }


def _said(one: FileFigure) -> str:
    verdict = "right" if one.is_right else f"WRONG, should be {' or '.join(one.right)}"
    return f"{one.status} ({verdict}), passages {one.found}/{one.passages}, pages {one.pages}"
