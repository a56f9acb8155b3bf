"""A home made again from a backup: every checksum first, the settings last, so that half a home is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.backup import IMMUTABLE, Progress
from warehouse.backup_list import read_list
from warehouse.copying import copy_file, file_digest, link_or_copy
from warehouse.errors import EnvironmentProblem, NothingUsable, UserError
from warehouse.home import SETTINGS_FILE

MARK = ".govbrief-restoring"  # stands in a folder that a restore has not finished


@dataclass(frozen=True, slots=True)
class Restored:
    """The home that was made."""

    folder: Path
    files: int
    bytes: int


def restore(copy: Path, root: Path, progress: Progress | None = None) -> Restored:
    """Make the home `root` from a backup; the folder must be new or empty, and every checksum must fit.

    A restore that was killed or ran out of room is started again in the same folder and goes over it anew.
    """
    listed = read_list(copy)
    if root.exists() and not (root / MARK).is_file() and any(root.iterdir()):
        raise UserError(f"{root} is not empty; name a new folder, nothing is overwritten.")
    for done, (name, expected) in enumerate(listed.files.items(), start=1):
        if file_digest(copy / name) != expected:
            raise NothingUsable(
                f"{copy / name} differs from its checksum; nothing was restored, take another backup."
            )
        if progress:
            progress("checked", done, len(listed.files))
    try:
        return Restored(root, len(listed.files), _copy_all(copy, root, dict(listed.files), progress))
    except OSError as error:
        raise EnvironmentProblem(
            f"{root}: the copy failed ({error.strerror}); make room and restore into the same folder again."
        ) from error


def _copy_all(copy: Path, root: Path, files: dict[str, str], progress: Progress | None) -> int:
    root.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text(str(copy), encoding="utf-8")
    first: dict[str, str] = {}  # checksum -> the name under which an unchanging file was restored
    size = 0
    for done, name in enumerate(sorted(files, key=lambda one: (one == SETTINGS_FILE, one)), start=1):
        target, shared = root / name, first.get(files[name])
        target.unlink(missing_ok=True)
        if shared is not None:
            link_or_copy(root / shared, target)
        else:
            copy_file(copy / name, target)
        if name.split("/", 1)[0] in IMMUTABLE and not name.endswith((".json", "CURRENT")):
            first.setdefault(files[name], name)
        size += target.stat().st_size
        if progress:
            progress("restore", done, len(files))
    (root / MARK).unlink()
    return size
