"""Withdrawals, returns and unchanged visits that a crawl noticed and ingestion takes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, select, update

from warehouse.crawl_state.cards import instant
from warehouse.crawl_state.settling import parts
from warehouse.crawl_state.tables import frontier, notice
from warehouse.crawl_state.work import Notice
from warehouse.sqlite_file import reading, writing


class NoticeTable:
    """Notices by run and source; each is taken once, in the order in which they were made."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def to_take(self) -> list[Notice]:
        """What ingestion has not taken yet; withdrawals that are held wait."""
        query = select(notice).where(notice.c.taken.is_(False), notice.c.held.is_(False))
        with reading(self._engine) as connection:
            return [
                Notice(r["source_id"], r["url"], r["kind"], instant(r["at"]), r["run_id"], r["notice_no"])
                for r in connection.execute(query.order_by(notice.c.notice_no)).mappings()
            ]

    def mark_taken(self, notices: Sequence[Notice]) -> None:
        """Remember that ingestion has taken these."""
        with writing(self._engine) as connection:
            for part in parts([item.notice_no for item in notices]):
                connection.execute(update(notice).where(notice.c.notice_no.in_(part)).values(taken=True))

    def hold_withdrawals(self, run_id: str, source_id: str) -> None:
        """Keep what a run below its contract took for gone from being withdrawn for now."""
        with writing(self._engine) as connection:
            connection.execute(
                update(notice)
                .where(notice.c.run_id == run_id, notice.c.source_id == source_id)
                .where(notice.c.kind == "withdrawn", notice.c.taken.is_(False))
                .values(held=True)
            )

    def settle_withdrawals(self, source_id: str) -> None:
        """What was held and is gone still may be withdrawn; what came back never was."""
        gone = select(frontier.c.url).where(frontier.c.source_id == source_id, frontier.c.state == "gone")
        held = update(notice).where(notice.c.source_id == source_id, notice.c.held.is_(True))
        with writing(self._engine) as connection:
            connection.execute(held.where(notice.c.url.not_in(gone)).values(held=False, taken=True))
            connection.execute(held.values(held=False))
