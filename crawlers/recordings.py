"""Recorded answers on disk: a folder with manifest.jsonl (or truth.jsonl), one line a file."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warehouse.errors import UserError

MANIFESTS = ("manifest.jsonl", "truth.jsonl")
_ROLES = {
    "list": "list", "detail": "detail", "api": "api", "feed": "feed",
    "pdf": "attachment", "office": "attachment", "attachment": "attachment",
}  # fmt: skip
_TYPES = {
    ".html": "text/html", ".htm": "text/html", ".json": "application/json", ".xml": "application/xml",
    ".pdf": "application/pdf", ".txt": "text/plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recording:
    """One manifest row; its file name is its key, because two rows may share an address."""

    row: str  # folder and file
    file: str
    url: str | None
    address: str  # the url, or one that says where the recording lies
    media_type: str
    role: str
    length: int | None  # bytes the manifest promises

    def read(self, folder: Path) -> bytes:
        """The recorded bytes; OSError when the file is not there or lies outside the folder."""
        path = (folder / self.file).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise PermissionError(1, "the file lies outside the recorded folder")
        return path.read_bytes()

    def fault(self, body: bytes) -> str | None:
        """What is wrong with the recording as a sentence with its code, None when nothing is."""
        if self.length is not None and len(body) != self.length:
            return f"the recorded file holds {len(body)} of {self.length} bytes (truncated-file)"
        return None


def read_recordings(folder: Path) -> Iterator[Recording]:
    """The rows of the folder's manifest in order; a UserError names the line that cannot be read."""
    manifest = find_manifest(folder)
    with manifest.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield _recording(folder, json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise UserError(
                    f"{manifest}: line {number} is no JSON object with a 'file' ({error}); mend that line."
                ) from error


def find_manifest(folder: Path) -> Path:
    """The manifest of a recorded folder; a UserError says what is expected."""
    for name in MANIFESTS:
        if (folder / name).is_file():
            return folder / name
    raise UserError(
        f"{folder}: holds no {MANIFESTS[0]} or {MANIFESTS[1]}; give a folder of recorded answers."
    )


def _recording(folder: Path, row: dict[str, Any]) -> Recording:
    file = str(row["file"])
    url = row.get("url") or None
    suffix = Path(file).suffix.lower()
    guessed = _TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    kind = row.get("kind") or ("detail" if suffix in {".html", ".htm"} else "unknown")
    length = row.get("bytes")
    return Recording(
        row=f"{folder.name}/{file}",
        file=file,
        url=url,
        address=url or f"http://replay.invalid/{quote(folder.name)}/{quote(file)}",
        media_type=row.get("content_type") or guessed,
        role=_ROLES.get(kind, "unknown"),
        length=length if isinstance(length, int) else None,
    )
