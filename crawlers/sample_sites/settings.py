"""The sample's own present: day 0, the instants of later days, and the settings of a sample home."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8))  # both the province and the islands keep UTC+8
DAY_ZERO = datetime(2026, 6, 1, 8, 0, tzinfo=ZONE)
LAST_DAY = 60  # truth.json is written for day 0 to this day


def instant(day: int) -> datetime:
    """Eight in the morning of sample day `day`."""
    return DAY_ZERO + timedelta(days=day)


def day_date(day: int) -> date:
    """The calendar date of sample day `day`."""
    return instant(day).date()


def sample_settings(day: int = 0) -> str:
    """The text of `govbrief.toml` for a home of the sample province whose clock stands on `day`."""
    return f'''# A home of the sample province (示例数据). The clock stands still; a real home has none.

[place]
region = "云河省"
timezone = "Asia/Shanghai"
language = "zh"

[crawl]
contact = "sample@yunhe.example"
delay_seconds = 0.0
quiet_hours = ""

[clock]
now = "{instant(day).isoformat()}"
'''
