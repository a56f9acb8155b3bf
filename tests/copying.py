"""A folder made once and copied for each test that changes it, cheaper than making it each time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def copied(folder: Path, target: Path) -> Path:
    """Copy a folder; what was one file under two names is one file there too, as in a home."""
    names: dict[int, str] = {}

    def place(source: str, name: str) -> None:
        known = names.setdefault(os.stat(source).st_ino, name)
        if known == name:
            shutil.copy2(source, name)
        else:
            os.link(known, name)

    return shutil.copytree(folder, target, copy_function=place)
