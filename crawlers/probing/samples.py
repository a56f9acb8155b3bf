"""Saved pages of a source: a folder with manifest.jsonl, as `crawl --replay` reads it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crawlers.platforms import PageRequest
from crawlers.probing.client import Answer
from crawlers.probing.errors import NotFetched
from crawlers.probing.reading import kind_of
from crawlers.recordings import Recording, read_recordings
from warehouse.files import write_whole
from warehouse.home import Home

FOLDER = "samples"
MANIFEST = "manifest.jsonl"
_SUFFIXES = {"html": ".html", "json": ".json", "feed": ".xml", "xml": ".xml", "pdf": ".pdf", "ics": ".ics"}
_KINDS = {"list": "list", "detail": "detail", "feed": "feed", "api": "api"}


def sample_folder(home: Home, source_id: str) -> Path:
    """Where a source's sample lies."""
    return home.root / FOLDER / source_id


def save_sample(home: Home, source_id: str, answers: Sequence[Answer], at: datetime) -> Path:
    """Write the pages as they came, and their manifest last; a former sample's pages are replaced."""
    folder = sample_folder(home, source_id)
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, answer in enumerate(answers, 1):
        name = f"{number:02}-{answer.role}{_SUFFIXES.get(kind_of(answer), '.bin')}"
        (folder / name).write_bytes(answer.body)
        row = {
            "file": name,
            "url": answer.url,
            "final_url": answer.final_url,
            "kind": _KINDS.get(answer.role, "unknown"),
            "content_type": answer.media_type.split(";")[0].strip() or None,
            "bytes": len(answer.body),
            "fetched_at": at.isoformat(timespec="seconds"),
        }
        rows.append(json.dumps(row, ensure_ascii=False))
    write_whole(folder / MANIFEST, "\n".join(rows) + "\n")
    return folder


class SamplePages:
    """The saved pages of a source, by the address that asked for them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows = {row.url: row for row in read_recordings(folder) if row.url}

    def get(self, request: PageRequest) -> Answer:
        """The saved page, or NotFetched `not-saved`."""
        row = self._rows.get(request.url)
        if row is None:
            raise NotFetched("not-saved", f"{request.url} is not among the saved pages in {self._folder}.")
        return _answer(self._folder, row, request.role)

    def sitemaps(self, url: str) -> list[str]:
        """None: nobody is asked."""
        return []

    def documents(self) -> list[str]:
        """Addresses of the saved document pages."""
        return [url for url, row in self._rows.items() if row.role == "detail"]


def has_sample(home: Home, source_id: str) -> bool:
    """Whether pages of the source were saved."""
    return (sample_folder(home, source_id) / MANIFEST).is_file()


def sampled_at(home: Home, source_id: str) -> datetime | None:
    """When the youngest of the saved pages was fetched; None where no manifest says so."""
    times: list[datetime] = []
    try:
        for line in (sample_folder(home, source_id) / MANIFEST).read_text(encoding="utf-8").splitlines():
            told = datetime.fromisoformat(str(json.loads(line).get("fetched_at")))
            times += [told] if told.tzinfo else []
    except (OSError, ValueError, AttributeError):
        return None  # written by hand; whoever reads the pages names a line that cannot be read
    return max(times, default=None)


def _answer(folder: Path, row: Recording, role: str) -> Answer:
    try:
        body = row.read(folder)
    except OSError as error:
        raise NotFetched("not-saved", f"{folder / row.file} cannot be read ({error.strerror}).") from error
    return Answer(row.address, row.address, row.media_type, body, role)
