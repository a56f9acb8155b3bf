"""A Hanweb site whose lists come as XML: the column's page holds only the pager's numbers and parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from crawlers.sample_sites.answers import Answer, escape
from crawlers.sample_sites.library import Present, documents, is_present
from crawlers.sample_sites.model import Column, SampleAttachment
from crawlers.sample_sites.sites.hanweb import PROXY, WEB_ID, HanwebSite, datastore, xml_answer
from crawlers.sample_sites.sites.parts import fill, newest

_GROUP = 3  # pages that one call brings


class DataproxySite(HanwebSite):
    """Lists over the list interface, by GET or POST; files through a download script."""

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files come from a script that is told their name."""
        name = quote(f"{shown.document.site_id}_{attachment.file}")
        return f"http://{self.card.host}/module/download/downfile.jsp?classid=0&filename={name}"

    def attachments(self, item: Present) -> str:
        """Links below the text; a scanned file is only shown by a viewer that a script opens."""
        address = self.attachment_url(item, item.document.attachments[0]) if item.document.attachments else ""
        if len(item.document.attachments) == 1 and item.document.attachments[0].kind == "scan":
            path = address.removeprefix(f"http://{self.card.host}")
            return f'<div id="pdfviewer"></div><script>var pdfurl = "{path}"; showPdf(pdfurl);</script>'
        return super().attachments(item)

    def column_page(self, column: Column, shown: Sequence[Present], day: int) -> str:
        """An empty place and the script that fills it."""
        return fill(
            f"dataproxy_list{self.new}.html",
            column=column.name,
            number=column.path,
            unit=_unit(column),
            web=WEB_ID,
            total=self._total(column, shown, day),
            size=self.card.page_size,
            proxy=PROXY,
            site=self.card.name,
        )

    def proxy(self, query: Mapping[str, list[str]], shown: Sequence[Present], day: int) -> Answer:
        """The records asked for, three pages at most; wrong numbers get an envelope without records."""
        column = next((c for c in self.card.columns if query.get("columnid", [""])[0] == c.path), None)
        start, end, size = (_number(query, name) for name in ("startrecord", "endrecord", "perpage"))
        known = column is not None and query.get("unitid", [""])[0] == _unit(column)
        if column is None or not known or not 0 < start <= end or size < 1:
            return super().proxy(query, shown, day)
        rows = [item for item in shown if item.column == column.key]
        last = min(end, start + _GROUP * size - 1, start + _GROUP * self.card.page_size - 1)
        part, total = rows[start - 1 : last], self._total(column, rows, day)
        printed = "null" if rows and last >= len(rows) else str(total)  # the last group forgets the total
        counts = f"<totalrecord>{printed}</totalrecord><totalpage>{-(-total // size)}</totalpage>"
        following = f"{PROXY}?page={last // size + 1}&columnid={column.path}&unitid={_unit(column)}"
        return xml_answer(datastore(map(self._record, part), following, counts), newest(rows))

    def _total(self, column: Column, shown: Sequence[Present], day: int) -> int:
        """The site's own count, in which documents that were taken down still stand."""
        own = (d for d in documents() if d.site == self.card.folder and d.column == column.key)
        return len(shown) + sum(1 for d in own if d.appears <= day and not is_present(d, day))

    def _record(self, item: Present) -> str:
        document = item.document
        day = document.published
        href = self.url(item).removeprefix(f"http://{self.card.host}")
        if self.new:
            return (
                f'<dl class="zc_item"><dt><a href="{href}">{escape(document.title)}</a></dt>'
                f"<dd>{escape(document.doc_number or '')}</dd><dd>发布日期：{day:%Y.%m.%d}</dd></dl>"
            )
        short = document.title if len(document.title) <= 30 else document.title[:30] + "..."
        return (
            f"<li><a target='_blank' title='{escape(document.title)}' href='{href}'>{escape(short)}</a>"
            f'<span class="bt_time">\n    {day:%Y}-\n    {day:%m}-\n    {day:%d}\n</span></li>'
        )


def _unit(column: Column) -> str:
    """The number of the list's place on its page, which the interface asks for beside the column's."""
    return str(340_000 + int(column.path) * 7)


def _number(query: Mapping[str, list[str]], name: str) -> int:
    value = query.get(name, ["0"])[0]
    return int(value) if value.isdigit() else 0
