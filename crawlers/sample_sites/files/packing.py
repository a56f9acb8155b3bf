"""Zip containers without compression and with one fixed date: the same parts are always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping


def stored_zip(parts: Mapping[str, str]) -> bytes:
    """The container of these parts, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for name, text in parts.items():
            bundle.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()
