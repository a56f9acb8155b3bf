"""A published home once more, for a test that writes to it: copying takes a tenth of publishing."""

from __future__ import annotations

from pathlib import Path

from tests.copying import copied
from warehouse.home import SETTINGS_FILE, Home


def copy_of(home: Home, folder: Path, extra: str = "") -> Home:
    """The home under `folder`, with `extra` lines of settings at the end."""
    copied(home.root, folder)
    settings = folder / SETTINGS_FILE
    settings.write_text(settings.read_text(encoding="utf-8") + extra, encoding="utf-8")
    return Home.open(folder)
