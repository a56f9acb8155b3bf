"""Captures and sources as the tests need them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawlers.platforms.hints import Hints
from crawlers.source import SourceFile
from warehouse.records import ArchivePlace, Capture, CaptureKind, Entry

AT = datetime(2026, 6, 1, tzinfo=UTC)


def capture(
    url: str = "http://a.example/x",
    *,
    media_type: str = "text/html",
    role: str = "unknown",
    status: int = 200,
    kind: CaptureKind = "fetched",
    entry: Entry | None = None,
    source_id: str = "s",
) -> Capture:
    """A capture card whose bytes are handed over separately."""
    place = ArchivePlace("", 0, 0)
    return Capture(
        "cap-1", source_id, "run", url, url, AT, status, media_type, "", 0, place, kind, role, entry
    )


def source(platform: str, home: str = "http://a.example/", **values: Any) -> SourceFile:
    """A catalogue row of a platform."""
    row: dict[str, Any] = {
        "id": "s",
        "name_zh": "示例",
        "name_en": "Example",
        "jurisdiction": "XS",
        "region": "云河省",
        "level": "provincial",
        "language": "zh",
        "platform": platform,
        "home": home,
    }
    return SourceFile(**(row | values))


def hints(platform: str = "generic", home: str = "http://a.example/", **values: Any) -> Hints:
    """What a platform module is told about such a source."""
    return source(platform, home, **values).hints()
