"""The list of a backup: its files with their checksums; and which backups a folder holds."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.files import write_whole
from warehouse.home import SETTINGS_FILE

LIST = "backup.json"
FORMAT = 1
PART = ".part"
_NAME = re.compile(r"^govbrief-(\d{8}-\d{6})(?:-(\d+))?$")


@dataclass(frozen=True, slots=True)
class BackupList:
    """What a complete backup says of itself."""

    folder: Path
    files: Mapping[str, str]  # path -> SHA-256
    home: str  # the folder it was made from; empty in lists of earlier versions
    made_at: str


def is_backup(folder: Path) -> bool:
    """Whether the folder is a complete backup (or says so)."""
    return (folder / LIST).is_file()


def read_list(folder: Path) -> BackupList:
    """The list of a backup; a UserError when there is none that this version can use."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            f"{folder} is no backup: its {LIST} cannot be read; name a folder that 'govbrief backup' made."
        ) from error
    files = found.get("files") if isinstance(found, dict) else None
    if (
        not isinstance(files, dict)
        or found.get("format") != FORMAT
        or SETTINGS_FILE not in files
        or any(_escapes(name) for name in files)
    ):
        raise UserError(f"{folder / LIST} is not a list this version can use.")
    return BackupList(folder, files, str(found.get("home", "")), str(found.get("made_at", "")))


def write_list(folder: Path, files: Mapping[str, str], home: str, made_at: datetime) -> None:
    """Write the list, which makes the folder a backup."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "home": home,
        "made_at": made_at.astimezone(UTC).isoformat(),
        "files": dict(sorted(files.items())),
    }
    write_whole(folder / LIST, json.dumps(told, ensure_ascii=False, indent=1))


def backups_in(target: Path) -> list[BackupList]:
    """The complete backups of a folder, newest first; what cannot be read is passed over."""
    if not target.is_dir():
        return []
    named = [(match, entry) for entry in target.iterdir() if (match := _NAME.match(entry.name))]
    named.sort(key=lambda pair: (pair[0][1], int(pair[0][2] or 1)), reverse=True)
    found = []
    for _, folder in named:
        try:
            found.append(read_list(folder))
        except UserError:
            continue  # not ours, or damaged: nothing is taken from it, nothing of it removed
    return found


def new_part(target: Path, at: datetime) -> tuple[Path, int]:
    """A new folder for a backup under a name ending in .part, and the handle by which it counts as alive."""
    stamp = f"govbrief-{at:%Y%m%d-%H%M%S}"
    target.mkdir(parents=True, exist_ok=True)
    for number in range(1, 10_000):
        folder = target / (stamp if number == 1 else f"{stamp}-{number}")
        part = folder.with_name(folder.name + PART)
        if folder.exists():
            continue
        try:
            part.mkdir()
        except FileExistsError:
            continue
        handle = os.open(part, os.O_RDONLY)
        _lock(handle)
        return part, handle
    raise EnvironmentProblem(f"{target} holds too many backups of this minute; choose another folder.")


def sweep_parts(target: Path) -> int:
    """Remove what killed backups left; one that is still being written stays. How many went."""
    if not target.is_dir():
        return 0
    swept = 0
    for entry in target.iterdir():
        if not (entry.name.endswith(PART) and _NAME.match(entry.name.removesuffix(PART)) and entry.is_dir()):
            continue
        handle = os.open(entry, os.O_RDONLY)
        try:
            if _lock(handle):
                shutil.rmtree(entry, ignore_errors=True)
                swept += 1
        finally:
            os.close(handle)
    return swept


def remove_backup(folder: Path) -> None:
    """Remove a backup: a kill in the middle leaves a .part, which the next backup sweeps."""
    doomed = folder.with_name(folder.name + PART)
    os.replace(folder, doomed)
    shutil.rmtree(doomed)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def _escapes(name: object) -> bool:
    path = Path(str(name))
    return path.is_absolute() or ".." in path.parts
