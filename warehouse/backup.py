"""A checked copy of a whole home while everything goes on: crawls, a run, dashboards and people writing.

The order makes the copy one that could have been: under `work.lock`, crawl state first (no capture counts as
read whose document the warehouse copy lacks), then the warehouse; after that the desk and the archive, up to
the last committed record that the copied crawl state knows.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.archive.writer import fsync_folder
from warehouse.backup_list import (
    LIST,
    PART,
    BackupList,
    backups_in,
    new_part,
    remove_backup,
    sweep_parts,
    write_list,
)
from warehouse.copying import all_files, copy_database, copy_file, file_digest, link_or_copy
from warehouse.errors import EnvironmentProblem
from warehouse.home import Home
from warehouse.locks import keeping_lock, work_lock

CRAWL_STATE, DESK = "crawl_state.sqlite", "desk.sqlite"
IMMUTABLE = ("published", "bodies", "index", "past-index")  # under work.lock; files never change, they go
_LEFT_OUT = ("locks", "logs", "cache", "tmp", "backups")  # traces, what can be made again, former schemas
_TORN = (".partial-", ".old-", ".CURRENT.new", ".tantivy-")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Copy:
    """What a backup made; `new_files` and `new_bytes` are what the backup before it did not hold."""

    folder: Path
    files: int
    bytes: int
    new_files: int
    new_bytes: int
    reused_from: str | None  # the backup whose unchanged files it shares
    damaged: tuple[str, ...]  # archive files shorter than the crawl state says: copied as they are
    removed: tuple[str, ...]  # older backups that `keep` let go
    copied_anew: tuple[str, ...] = ()  # files of the backup before that are not what was written there


def back_up(home: Home, target: Path, progress: Progress | None = None, keep: int | None = None) -> Copy:
    """Copy the home into a new folder below `target`; until it is complete its name ends in .part.

    Files that the newest backup of this home in `target` holds already get a second name instead of a copy,
    once they were read and still have their checksum: damage of one backup never passes into the next.
    Nobody is kept waiting but writers of the warehouse, while that file is copied. With `keep`, older backups
    of this home beyond that number are removed afterwards. LockHeld when another backup or purge is at work.
    """
    with keeping_lock(home, home.settings.warehouse.patience_seconds), _disk_errors(target):
        sweep_parts(target)
        earlier = [one for one in backups_in(target) if one.home == str(home.root)]
        part, handle = new_part(target, home.clock.now())
        made = _Copying(home, part, earlier[0] if earlier else None, progress or _silent)
        try:
            made.copy()
            write_list(part, made.digests, str(home.root), home.clock.now())
            folder = part.with_name(part.name.removesuffix(PART))
            os.replace(part, folder)
            fsync_folder(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        finally:
            os.close(handle)
        doomed = [one.folder for one in earlier[keep - 1 :]] if keep else []
        for one in doomed:
            remove_backup(one)
    return made.told(folder, tuple(one.name for one in doomed))


@dataclass(slots=True)
class _Copying:
    """One backup under way."""

    home: Home
    part: Path
    before: BackupList | None
    report: Progress
    digests: dict[str, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    rotten: list[str] = field(default_factory=list)
    bytes: int = 0
    new_files: int = 0
    new_bytes: int = 0
    _copied: dict[tuple[int, int], str] = field(default_factory=dict)  # inode -> the name it was copied to
    _done: int = 0
    _total: int = 0

    def copy(self) -> None:
        """Everything, in the order that the head of this module explains."""
        root = self.home.root
        with staging(self.home) as staged:
            with work_lock(self.home):
                copy_database(root / CRAWL_STATE, self.part / CRAWL_STATE)
                for name in _under_the_lock(root):
                    copy_file(root / name, self.part / name)
                stage(self.home, staged)
            copy_database(root / DESK, self.part / DESK)
            ends = committed_ends(self.part / CRAWL_STATE)
            rest = [name for name in all_files(root) if _is_rest(name, root, ends)]
            shared = all_files(staged)
            self._total = len(rest) + len(shared) + len(ends or ())
            for copied in all_files(self.part):
                self._settle_database(copied.as_posix())
            for file, end in sorted((ends or {}).items()):
                self._archive_file(f"archive/{file}", end)
            for folder, files in ((staged, shared), (root, rest)):
                for relative in files:
                    self._file(folder / relative, relative.as_posix())

    def told(self, folder: Path, removed: tuple[str, ...]) -> Copy:
        """What was done, as the answer of `back_up`."""
        before = self.before.folder.name if self.before else None
        return Copy(
            folder, len(self.digests), self.bytes, self.new_files, self.new_bytes, before,
            tuple(self.damaged), removed, tuple(self.rotten),
        )  # fmt: skip

    def _settle_database(self, name: str) -> None:
        """A database is copied anew each time; one that did not change shares the copy before it."""
        file, digest = self.part / name, file_digest(self.part / name)
        if self.before and self.before.files.get(name) == digest and self._is_sound(name, digest):
            file.unlink()
            link_or_copy(self.before.folder / name, file)
            self._count(name, digest, file, new=False)
        else:
            self._count(name, digest, file, new=True)

    def _archive_file(self, name: str, end: int) -> None:
        source = self.home.root / name
        try:
            there = source.stat().st_size
        except FileNotFoundError:
            self.damaged.append(f"{name}: it is missing; the crawl state knows {end} bytes of it")
            return
        if there < end:
            self.damaged.append(f"{name}: it holds {there} of {end} bytes")
        self._file(source, name, min(there, end))

    def _file(self, source: Path, name: str, size: int | None = None) -> None:
        """Share the file with the backup before, or with this one under another name, or copy it."""
        try:
            stat = source.stat()
            length = stat.st_size if size is None else size
            inode = (stat.st_dev, stat.st_ino)
            target = self.part / name
            if (digest := self._unchanged(name, length, stat.st_mtime_ns)) is not None:
                assert self.before is not None
                link_or_copy(self.before.folder / name, target)
                self._count(name, digest, target, new=False)
            elif size is None and inode in self._copied:
                first = self._copied[inode]
                link_or_copy(self.part / first, target)
                self._count(name, self.digests[first], target, new=False)
            else:
                copy_file(source, target, size)
                self._count(name, file_digest(target), target, new=True)
            if size is None:
                self._copied.setdefault(inode, name)
        except FileNotFoundError:
            return  # a report or a draft that somebody removed or renamed meanwhile
        finally:
            self._done += 1
            self.report("backup", self._done, self._total)

    def _unchanged(self, name: str, size: int, mtime: int) -> str | None:
        """The checksum in the backup before, when it holds the file with the same length and time."""
        digest = self.before.files.get(name) if self.before else None
        if digest is None or self.before is None:
            return None
        try:
            stat = (self.before.folder / name).stat()
        except FileNotFoundError:
            return None
        same = (stat.st_size, stat.st_mtime_ns) == (size, mtime)
        return digest if same and self._is_sound(name, digest) else None

    def _is_sound(self, name: str, digest: str) -> bool:
        """Whether the file in the backup before is what was written there: length and time do not say."""
        assert self.before is not None
        file = self.before.folder / name
        if not file.is_file():
            return False
        try:
            if file_digest(file) == digest:
                return True
        except OSError:  # a block that cannot be read any more
            pass
        self.rotten.append(name)
        return False

    def _count(self, name: str, digest: str, file: Path, new: bool) -> None:
        size = file.stat().st_size
        self.digests[name] = digest
        self.bytes += size
        if new:
            self.new_files += 1
            self.new_bytes += size


def committed_ends(crawl_state: Path) -> dict[str, int] | None:
    """How far each archive file is committed, by a copy of the crawl state; None when there is no copy."""
    if not crawl_state.is_file():
        return None
    with closing(sqlite3.connect(crawl_state)) as connection:
        rows = connection.execute("select file, committed_end from warc_file where committed_end > 0")
        return {str(file): int(end) for file, end in rows}


@contextmanager
def staging(home: Home) -> Iterator[Path]:
    """A folder of the home for second names of files that may go meanwhile; left-overs of kills go first."""
    for old in (home.root / "tmp").glob("backup-*"):
        shutil.rmtree(old, ignore_errors=True)
    folder = home.root / "tmp" / f"backup-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stage(home: Home, folder: Path) -> None:
    """Give every file of publications, body segments and index a second name; the caller holds work.lock."""
    for name in IMMUTABLE:
        for file in all_files(home.root / name):
            if not any(part.startswith(_TORN) for part in file.parts):
                link_or_copy(home.root / name / file, folder / name / file)


def _under_the_lock(root: Path) -> list[str]:
    """The warehouse with its log, and whatever else of DuckDB's lies at the top of the home."""
    return sorted(file.name for file in root.glob("*.duckdb*") if file.is_file() and not file.is_symlink())


def _is_rest(name: Path, root: Path, ends: dict[str, int] | None) -> bool:
    """Settings, sources, themes, models, reports and a person's own files, beside the stores."""
    first, last = name.parts[0], name.name
    if first in (*_LEFT_OUT, *IMMUTABLE) or last == LIST or ".part-" in last:
        return False
    if len(name.parts) == 1 and (last.startswith((CRAWL_STATE, DESK)) or ".duckdb" in last):
        return False
    return not (first == "archive" and ends is not None and last.endswith(".warc.gz"))


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise EnvironmentProblem(
            f"{target}: the copy failed ({said}); nothing was left there, make room or choose another folder."
        ) from error


def _silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
