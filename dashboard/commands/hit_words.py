"""What a list of hits says below a passage: where in a file it stands, since when its words are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.found_places import told_places
from dashboard.words import say
from warehouse.home import Home
from warehouse.records import HitPlace, SearchHit


def told_lines(home: Home, hit: SearchHit) -> Iterator[str]:
    """One line for the place in an attached file, one for the versions that hold the words."""
    language = home.settings.place.language
    if hit.place is not None:
        yield place_words(language, hit.place)
    since = hit.appearance
    if since is None:
        return
    zone = ZoneInfo(home.settings.place.timezone)
    told = [say(language, "search.first-seen", version=since.version_no, day=_day(since.observed_at, zone))]
    if since.gone_version is not None:
        gone = _day(since.gone_at, zone) if since.gone_at else ""
        told.append(say(language, "search.words-gone", version=since.gone_version, day=gone))
    yield say(language, "word.comma").join(told)


def place_words(language: str, place: HitPlace) -> str:
    """`附件《2.xlsx》，工作表“汇总”，第 12 行`, or in English `attachment “annex.pdf”, page 3`."""
    told = [say(language, f"search.place-{name}", **values) for name, values in told_places(place)]
    return " ".join(say(language, "word.comma").join(told).split())


def _day(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat()
