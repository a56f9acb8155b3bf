"""What both Hanweb styles share: column and document addresses, document pages, the proxy's XML envelope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from crawlers.sample_sites.answers import Answer, body_html, escape, modified_at, moved, page, posted_at
from crawlers.sample_sites.files import shown_name
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest
from crawlers.sample_sites.sites.untidy import LABELS, article_tags, disclosed, site_tags, tags_html

PROXY = "/module/web/jpage/dataproxy.jsp"
WEB_ID = "1"
_STYLE = "text-indent: 2em; font-family: 宋体;"
_WORDS = {**LABELS, "written": "生成日期", "title": "名称", "doc_number": "文号", "published": "公开日期"}
_TEXT_XML = "text/xml; charset=utf-8"
_EMPTY = "<datastore><nextgroup/><recordset></recordset></datastore>"


class HanwebSite:
    """Columns by number, documents by date, column and number; a style adds its lists and files."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card
        self.new = "_new" if card.look == "new" else ""  # ending of the second set of templates

    def url(self, shown: Present) -> str:
        """The address of a document's page in its present column."""
        return f"http://{self.card.host}{self._path(shown.document, shown.column)}"

    def list_url(self, column: Column) -> str:
        """The address of a column."""
        return f"http://{self.card.host}/col/col{column.path}/index.html"

    def own_id(self, shown: Present) -> str:
        """The document's number, which stays when the address changes."""
        return shown.document.site_id

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie in a folder numbered like their document."""
        return f"http://{self.card.host}/attach/0/{shown.document.site_id}/{attachment.file}"

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Home page, columns, the list interface, documents and files; old columns' addresses redirect."""
        shown = present(self.card.folder, day)
        if path in ("/", "/index.html"):
            return page(self._page("首页", {}, self._home()), newest(shown))
        if path == PROXY:
            return self.proxy(query, shown, day)
        for column in self.card.columns:
            if path in (f"/col/col{column.path}/index.html", f"/col/col{column.path}/"):
                rows = [item for item in shown if item.column == column.key]
                middle = self.column_page(column, rows, day)
                return page(self._page(column.name, site_tags(self.card, column), middle), newest(rows))
        asked = f"http://{self.card.host}{path}"
        if "filename" in query:
            asked += f"?classid=0&filename={quote(query['filename'][0])}"
        answers = (self._of_document(item, asked, day) for item in shown)
        return next((answer for answer in answers if answer is not None), missing())

    def column_page(self, column: Column, shown: Sequence[Present], day: int) -> str:
        """The middle of a column's page."""
        raise NotImplementedError

    def proxy(self, query: Mapping[str, list[str]], shown: Sequence[Present], day: int) -> Answer:
        """What the list interface answers."""
        return Answer(200, _TEXT_XML, _EMPTY.encode())

    def attachments(self, item: Present) -> str:
        """The list of files below the text."""
        links = "".join(
            f'<p><a href="{escape(self.attachment_url(item, a))}">{escape(shown_name(a))}</a></p>'
            for a in item.document.attachments
        )
        return f'<div class="fjxz">{links}</div>' if links else ""

    def _of_document(self, item: Present, asked: str, day: int) -> Answer | None:
        if asked == self.url(item):
            return self._detail(item, day)
        former = (f"http://{self.card.host}{self._path(item.document, c)}" for c in item.former_columns)
        if asked in former:
            return moved(self.url(item))
        return attached_file(item, asked, self.attachment_url)

    def _path(self, document: SampleDocument, column: str) -> str:
        day, number = document.published, self.card.column(column).path
        return f"/art/{day.year}/{day.month}/{day.day}/art_{number}_{document.site_id}.html"

    def _detail(self, item: Present, day: int) -> Answer:
        document, column = item.document, self.card.column(item.column)
        middle = fill(
            f"hanweb_detail{self.new}.html",
            column=column.name,
            column_path=column.path,
            disclosure=self._disclosure(document),
            title=escape(document.title),
            posted=f"{posted_at(item):%Y-%m-%d %H:%M}",
            source=escape(document.source_line or "、".join(document.departments)),
            body=body_html(document.paragraphs, _STYLE, document.habits.markup),
            attachments=self.attachments(item),
        )
        tags = site_tags(self.card, column) | article_tags(item)
        noise = f"<p>本页已被浏览{day * 17 + 203}次</p>" if document.habits.noise else ""
        text = self._page(document.title, tags, middle, noise)
        return page(text, modified_at(item), document.habits.charset)

    def _disclosure(self, document: SampleDocument) -> str:
        """The disclosure block: a table with or without a frame around it, a definition list, or nothing."""
        style, pairs = document.habits.table, disclosed(document, _WORDS)
        if style == "none":
            return ""
        if style == "dl" or self.new:
            rows = "".join(f"<dt>{label}：</dt><dd>{value}</dd>" for label, value in pairs)
            return f'<div class="xxgk_info{self.new}"><dl>{rows}</dl></div>'
        cells = [f"<th>{label}</th><td>{value}</td>" for label, value in pairs]
        rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>\n" for at in range(0, len(cells), 2))
        return f'<div class="xxgk_top"><table class="xxgk_table"><tbody>\n{rows}</tbody></table></div>'

    def _home(self) -> str:
        links = (f'<li><a href="/col/col{c.path}/index.html">{c.name}</a></li>' for c in self.card.columns)
        return f"<ul>{''.join(links)}</ul>"

    def _page(self, title: str, tags: Mapping[str, str], middle: str, extra: str = "") -> str:
        return fill(
            f"hanweb_page{self.new}.html",
            title=escape(title),
            site=self.card.name,
            code=self.card.site_code,
            tags=tags_html(tags, swapped=True),
            nav="".join(f'<a href="/col/col{c.path}/index.html">{c.name}</a>' for c in self.card.columns),
            middle=middle,
            extra=extra,
        )


def datastore(records: Iterable[str], next_group: str, counts: str = "") -> str:
    """The XML in which the list interface wraps rows of HTML."""
    wrapped = "\n".join(f"<record><![CDATA[\n{record}\n]]></record>" for record in records)
    group = f'<nextgroup><![CDATA[<a href="{next_group}"></a>]]></nextgroup>'
    return f"<datastore>{group}{counts}<recordset>{wrapped}</recordset></datastore>"


def xml_answer(text: str, modified: datetime) -> Answer:
    """An answer of the list interface."""
    return Answer(200, _TEXT_XML, f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode(), modified)
