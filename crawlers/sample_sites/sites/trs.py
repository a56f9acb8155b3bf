"""A site of numbered static lists: index.html, index_1.html, ... and ./YYYYMM/tYYYYMMDD_ID.html pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from crawlers.sample_sites.answers import Answer, body_html, escape, modified_at, moved, page, posted_at
from crawlers.sample_sites.files import shown_name
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.settings import day_date
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest
from crawlers.sample_sites.sites.untidy import article_tags, disclosed, site_tags, tags_html

_STYLE = "text-indent: 2em; line-height: 2;"
_TITLE_ROOM = 28  # characters of a title that fit the list; the title attribute keeps it whole


class TrsSite:
    """Static pages as a content system writes them out."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address of a document's page in its present column."""
        return f"http://{self.card.host}{self._path(shown.document, shown.column)}"

    def own_id(self, shown: Present) -> str:
        """The identifier that stays when the address changes."""
        return shown.document.site_id

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie beside the page."""
        return posixpath.join(posixpath.dirname(self.url(shown)), attachment.file)

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Home page, lists, documents, files; a moved document's old address redirects."""
        shown = present(self.card.folder, day)
        if path in ("/", "/index.html"):
            links = "".join(
                f'<li><a href="/{c.path}/index.html">{c.name}</a></li>' for c in self.card.columns
            )
            return page(self._page("首页", {}, f"<ul>{links}</ul>"), newest(shown))
        for column in self.card.columns:
            number = _list_number(column, path)
            if number is not None:
                return self._list(column, [item for item in shown if item.column == column.key], number)
        answers = (self._of_document(item, path, day) for item in shown)
        return next((answer for answer in answers if answer is not None), missing())

    def _of_document(self, item: Present, path: str, day: int) -> Answer | None:
        if path == self._path(item.document, item.column):
            return self._detail(item, day)
        if path in {self._path(item.document, column) for column in item.former_columns}:
            return moved(self.url(item))
        return attached_file(item, f"http://{self.card.host}{path}", self.attachment_url)

    def _path(self, document: SampleDocument, column: str) -> str:
        return f"/{self.card.column(column).path}/{document.published:%Y%m}/{document.site_id}.html"

    def _list(self, column: Column, shown: Sequence[Present], number: int) -> Answer:
        size = self.card.page_size
        pages = max(1, -(-len(shown) // size))
        if number >= pages:
            return missing()
        part = shown[number * size : (number + 1) * size]
        rows = "\n".join(self._row(column, item) for item in part)
        middle = fill("trs_list.html", column=column.name, rows=rows, pages=pages, number=number)
        return page(self._page(column.name, site_tags(self.card, column), middle), newest(shown))

    def _row(self, column: Column, item: Present) -> str:
        document = item.document
        href = self._path(document, item.column).removeprefix(f"/{column.path}")
        title, room = document.title, _TITLE_ROOM
        short = title if len(title) <= room else title[:room] + "…"
        link = f'<a href=".{href}" title="{escape(title)}" target="_blank">{escape(short)}</a>'
        return f"<li>{link}<span>{document.published.isoformat()}</span></li>"

    def _detail(self, item: Present, day: int) -> Answer:
        document = item.document
        column = self.card.column(item.column)
        middle = fill(
            "trs_detail.html",
            column=column.name,
            disclosure=_disclosure(document),
            title=escape(document.title),
            posted=f"{posted_at(item):%Y-%m-%d %H:%M}",
            source=escape(document.source_line or "、".join(document.departments)),
            body=body_html(document.paragraphs, _STYLE, document.habits.markup),
            attachments=_attachment_list(document),
        )
        tags = site_tags(self.card, column) | article_tags(item)
        noise = f"<p>您访问的时间是{day_date(day):%Y年%m月%d日}</p>" if document.habits.noise else ""
        return page(
            self._page(document.title, tags, middle, noise), modified_at(item), document.habits.charset
        )

    def _page(self, title: str, tags: Mapping[str, str], middle: str, extra: str = "") -> str:
        return fill(
            "trs_page.html",
            title=escape(title),
            site=self.card.name,
            code=self.card.site_code,
            tags=tags_html(tags),
            nav="".join(f'<a href="/{c.path}/">{c.name}</a>' for c in self.card.columns),
            middle=middle,
            extra=extra,
        )


def _list_number(column: Column, path: str) -> int | None:
    """0 for the column's index.html, n for index_n.html, None for other addresses."""
    folder, name = posixpath.split(path)
    if folder != f"/{column.path}":
        return None
    if name in ("", "index.html"):
        return 0
    number = name.removeprefix("index_").removesuffix(".html")
    return int(number) if number.isdigit() and name == f"index_{number}.html" and number[0] != "0" else None


def _attachment_list(document: SampleDocument) -> str:
    if not document.attachments:
        return ""
    links = "".join(
        f'<p><a href="./{escape(a.file)}" target="_blank">{number}.{escape(shown_name(a))}</a></p>'
        for number, a in enumerate(document.attachments, start=1)
    )
    return f'<div class="fujian"><strong>附件：</strong>{links}</div>'


def _disclosure(document: SampleDocument) -> str:
    """The disclosure block: a table of two pairs a row, a definition list, or nothing."""
    style, pairs = document.habits.table, disclosed(document)
    if style == "none":
        return ""
    if style == "dl":
        rows = "".join(f"<dt>{label}:</dt><dd>{value}</dd>" for label, value in pairs)
        return f'<dl class="xxgk_head">{rows}</dl>'
    cells = [f"<td><b>{label}：</b></td><td>{value}</td>" for label, value in pairs]
    rows = "".join(f"<tr>{''.join(cells[start : start + 2])}</tr>\n" for start in range(0, len(cells), 2))
    return f'<table class="xxgk_table" width="100%">\n{rows}</table>'
