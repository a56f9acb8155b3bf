"""Putting a publication together out of what a bundle carries and what is held here, by its signed hashes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

from warehouse.bundle_manifest import BadBundle, BundledFile, BundleManifest, block_count, block_span
from warehouse.copying import BLOCK, all_files, file_digest, link_or_copy
from warehouse.errors import EnvironmentProblem
from warehouse.folders import publication_ids
from warehouse.home import Home

Progress = Callable[[str, int, int], None]


def unpack(
    home: Home, bundle: IO[bytes], manifest: BundleManifest, partial: Path, progress: Progress | None
) -> None:
    """Write every file of the manifest into `partial`; BadBundle at the first that is not as signed."""
    here = _files_here(home)
    needed = sum(one.bytes for one in manifest.files if one.carried != "none")
    if needed > shutil.disk_usage(home.published).free:
        raise EnvironmentProblem(f"{home.published}: the bundle needs {needed:,} bytes; make room.")
    for done, one in enumerate(manifest.files, start=1):
        target = partial / one.path
        target.parent.mkdir(parents=True, exist_ok=True)
        if one.carried == "none":
            link_or_copy(_same_here(here, one.bytes, one.sha256, one.path), target)
        elif one.carried == "whole":
            _write_whole(bundle, target, one.bytes)
        else:
            _write_blocks(bundle, target, one, here)
        if file_digest(target) != one.sha256:
            raise BadBundle(f"{one.path} in the bundle differs from its signed hash; nothing was taken in.")
        if progress:
            progress("receive", done, len(manifest.files))
    if bundle.read(1):
        raise BadBundle("The bundle holds more than it says; nothing was taken in.")


def _files_here(home: Home) -> dict[int, list[Path]]:
    """Files of all publications here by their length, to look for one of a hash among few."""
    found: dict[int, list[Path]] = {}
    for publication_id in publication_ids(home.published):
        folder = home.published / publication_id
        for name in all_files(folder):
            found.setdefault((folder / name).stat().st_size, []).append(folder / name)
    return found


def _same_here(here: dict[int, list[Path]], size: int | None, digest: str, name: str) -> Path:
    candidates = here.get(size, []) if size is not None else [one for some in here.values() for one in some]
    named = [one for one in candidates if one.name == Path(name).name]
    for file in dict.fromkeys([*named, *candidates]):
        if file_digest(file) == digest:
            return file
    raise BadBundle(
        f"The bundle leaves out {name}, which is not held here; ask for a whole one, or for one made"
        " with --for of what 'govbrief receive --have' prints."
    )


def _write_whole(bundle: IO[bytes], target: Path, size: int) -> None:
    with target.open("xb") as handle:
        for start in range(0, size, BLOCK):
            handle.write(exactly(bundle, min(BLOCK, size - start)))
        handle.flush()
        os.fsync(handle.fileno())


def _write_blocks(bundle: IO[bytes], target: Path, one: BundledFile, here: dict[int, list[Path]]) -> None:
    """The file out of the blocks that came and those of the file it builds on."""
    changed = set(one.changed)
    with _same_here(here, None, str(one.base), one.path).open("rb") as old, target.open("xb") as handle:
        for number in range(block_count(one.bytes)):
            start, length = block_span(number, one.bytes)
            if number in changed:
                handle.write(exactly(bundle, length))
            else:
                old.seek(start)
                handle.write(old.read(length))
        handle.flush()
        os.fsync(handle.fileno())


def exactly(bundle: IO[bytes], size: int) -> bytes:
    """The next bytes of a bundle; BadBundle when it ends before."""
    content = bundle.read(size)
    if len(content) < size:
        raise BadBundle("The bundle ends too early; carry it over again.")
    return content
