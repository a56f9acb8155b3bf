"""Whose working days a source goes by: the official calendar of China, or weekends alone."""

from __future__ import annotations

from crawlers.source import SourceFile
from warehouse.home import Home
from warehouse.working_days import WEEKENDS_ONLY, Calendar, official

HOME_FILE = "holidays.toml"


def calendar_of(source: SourceFile, home: Home | None = None) -> Calendar:
    """The calendar a source's offices go by; the sample's fictional places keep the Chinese one."""
    chinese = source.language == "zh" and source.jurisdiction.split("-")[0] in {"CN", "XS"}
    return official(home.root / HOME_FILE if home else None) if chinese else WEEKENDS_ONLY
