"""A checked copy of a whole home, and back: nothing is half copied, nothing is overwritten."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from warehouse.errors import EnvironmentProblem, NothingUsable, UserError
from warehouse.files import write_whole
from warehouse.home import SETTINGS_FILE, Home
from warehouse.locks import run_lock, work_lock

LIST = "backup.json"
FORMAT = 1
# Databases that people or crawls may write at any moment go first, by SQLite's own copying; the archive after
# the crawl state, so that every capture card in the copy finds its record there.
DATABASES = ("crawl_state.sqlite", "desk.sqlite")
LEFT_OUT = (
    "locks",
    "logs",
    "cache",
    "tmp",
    *DATABASES,
    *(f"{name}{end}" for name in DATABASES for end in ("-wal", "-shm")),
)
BLOCK = 1 << 20
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Copy:
    """What a backup or a restore made."""

    folder: Path
    files: int
    bytes: int


def back_up(home: Home, target: Path, progress: Progress | None = None) -> Copy:
    """Copy the home into a new folder below `target`; until it is complete its name ends in .part.

    No run and no warehouse writer may be at work (LockHeld); crawls and people's writing may go on.
    """
    stamp = f"{home.clock.now():%Y%m%d-%H%M%S}"
    folder = _unused(target, f"govbrief-{stamp}")
    part = folder.with_name(folder.name + ".part")
    with run_lock(home), work_lock(home):
        try:
            part.mkdir(parents=True)
            for name in DATABASES:
                _copy_database(home.root / name, part / name)
            files = [file for file in _files(home.root) if not _left_out(file)]
            for done, relative in enumerate(files, start=1):
                _copy(home.root / relative, part / relative)
                if progress:
                    progress("backup", done, len(files))
            size = _write_list(part)
        except OSError as error:
            shutil.rmtree(part, ignore_errors=True)
            raise EnvironmentProblem(
                f"{part}: the copy failed ({error.strerror}); nothing was left there."
            ) from error
    os.replace(part, folder)
    return Copy(folder, len(_listed(folder)), size)


def restore(copy: Path, root: Path, progress: Progress | None = None) -> Copy:
    """Make the home `root` from a backup; the folder must be new or empty, and every checksum must fit."""
    listed = _listed(copy)
    if root.exists() and any(root.iterdir()):
        raise UserError(f"{root} is not empty; name a new folder, nothing is overwritten.")
    for done, (name, expected) in enumerate(listed.items(), start=1):
        if _digest(copy / name) != expected:
            raise NothingUsable(
                f"{copy / name} differs from its checksum; nothing was restored, take another backup."
            )
        if progress:
            progress("checked", done, len(listed))
    try:
        for done, name in enumerate(listed, start=1):
            _copy(copy / name, root / name)
            if progress:
                progress("restore", done, len(listed))
    except OSError as error:
        raise EnvironmentProblem(
            f"{root}: the copy failed ({error.strerror}); empty the folder and try again."
        ) from error
    return Copy(root, len(listed), sum((root / name).stat().st_size for name in listed))


def _listed(copy: Path) -> dict[str, str]:
    try:
        found = json.loads((copy / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            f"{copy} is no backup: its {LIST} cannot be read; name a folder that 'govbrief backup' made."
        ) from error
    files: dict[str, str] = found["files"]
    if found.get("format") != FORMAT or SETTINGS_FILE not in files or any(_escapes(name) for name in files):
        raise UserError(f"{copy / LIST} is not a list this version can use.")
    return files


def _escapes(name: str) -> bool:
    path = Path(name)
    return path.is_absolute() or ".." in path.parts


def _write_list(folder: Path) -> int:
    digests, size = {}, 0
    for relative in _files(folder):
        digests[relative.as_posix()] = _digest(folder / relative)
        size += (folder / relative).stat().st_size
    text = json.dumps({"format": FORMAT, "files": digests}, ensure_ascii=False, indent=1)
    write_whole(folder / LIST, text)
    return size


def _unused(target: Path, name: str) -> Path:
    candidates: Iterator[Path] = (target / (name if n == 1 else f"{name}-{n}") for n in range(1, 10_000))
    for folder in candidates:
        if not folder.exists() and not folder.with_name(folder.name + ".part").exists():
            return folder
    raise EnvironmentProblem(f"{target} holds too many backups of this minute; choose another folder.")


def _files(root: Path) -> list[Path]:
    return sorted(
        file.relative_to(root) for file in root.rglob("*") if file.is_file() and not file.is_symlink()
    )


def _left_out(relative: Path) -> bool:
    return relative.parts[0] in LEFT_OUT or relative.name == LIST


def _copy_database(source: Path, target: Path) -> None:
    if not source.is_file():
        return
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _digest(file: Path) -> str:
    digest = sha256()
    try:
        with file.open("rb") as handle:
            while block := handle.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return "missing"
    return digest.hexdigest()
