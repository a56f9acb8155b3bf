"""A Hanweb site whose column page holds its newest records itself, with a link to more that does not work."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.sample_sites.answers import escape
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import Column
from crawlers.sample_sites.sites.hanweb import PROXY, WEB_ID, HanwebSite, datastore
from crawlers.sample_sites.sites.parts import fill
from warehouse.identity import digest

_IN_PAGE = 45  # records that a column's page holds
_TITLE_ROOM = 26


class RecordsetSite(HanwebSite):
    """Lists stand in the page; the interface behind them answers strangers with an empty envelope."""

    def column_page(self, column: Column, shown: Sequence[Present], day: int) -> str:
        """The records in a script tag, and the pager that turns them over in the browser."""
        as_rows = self.card.columns.index(column) % 2 == 1
        records = [self._row(item) if as_rows else self._line(item) for item in shown[:_IN_PAGE]]
        secret = digest(self.card.source_id, column.key, length=32)
        more = (
            f"{PROXY}?page=1&webid={WEB_ID}&path=/&columnid={secret}&unitid={secret[::-1]}&permissiontype=0"
        )
        return fill(
            "recordset_list.html",
            column=column.name,
            unit=secret[:6],
            size=self.card.page_size,
            store=datastore(records, more),
        )

    def _line(self, item: Present) -> str:
        document = item.document
        return (
            f'<li class="clearfix">{self._link(item)}<span>{escape(document.index_number or "")}</span>'
            f"<span>{escape(document.doc_number or '')}</span><span>{document.published}</span></li>"
        )

    def _row(self, item: Present) -> str:
        document = item.document
        return (
            f"<tr><td width=120>{escape(document.index_number or '')}<td>{self._link(item)}"
            f"<td>{escape(document.doc_number or '')}<td align=center>[{document.published}]</tr>"
        )

    def _link(self, item: Present) -> str:
        title, href = item.document.title, self.url(item).removeprefix(f"http://{self.card.host}")
        short = title if len(title) <= _TITLE_ROOM else title[:_TITLE_ROOM] + "…"
        return f'<a href="{href}" target="_blank" title="{escape(title)}">{escape(short)}</a>'
