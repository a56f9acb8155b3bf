"""Numbers that lists name and whose pages were never fetched: the site has them, the archive has not."""

from __future__ import annotations

from sqlalchemy import select

from warehouse.crawl_state.cards import read_entry
from warehouse.crawl_state.engine import open_reader
from warehouse.crawl_state.tables import frontier
from warehouse.home import Home
from warehouse.sqlite_file import reading

Listed = tuple[str, str, str, str | None, str | None]


def listed_numbers(home: Home) -> list[Listed]:
    """Source, address, number, title and day of each list entry with a number and no answer yet.

    Empty where nothing was ever crawled.
    """
    if not home.crawl_state_file.is_file():
        return []
    engine = open_reader(home.crawl_state_file)
    waiting = (
        select(frontier.c.source_id, frontier.c.url, frontier.c.entry)
        .where(frontier.c.state != "fetched", frontier.c.role == "detail")
        .where(frontier.c.last_fetched_at.is_(None), frontier.c.entry.contains('"doc_number"'))
        .order_by(frontier.c.source_id, frontier.c.url)
    )
    try:
        with reading(engine) as connection:
            rows = connection.execute(waiting).all()
    finally:
        engine.dispose()
    return [listed for row in rows if (listed := _listed(row.source_id, row.url, row.entry)) is not None]


def _listed(source_id: str, url: str, text: str) -> Listed | None:
    entry = read_entry(text)
    if entry is None or not entry.doc_number:
        return None
    day = entry.published.isoformat() if entry.published else None
    return source_id, url, entry.doc_number, entry.title, day
