"""A Visual SiteBuilder site: list pages numbered from the oldest, so that a full page never changes again."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from crawlers.sample_sites.answers import Answer, body_html, escape, modified_at, moved, page, posted_at
from crawlers.sample_sites.files import shown_name
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest
from crawlers.sample_sites.sites.untidy import article_tags, disclosed, site_tags, tags_html
from warehouse.identity import digest

_STYLE = "text-indent: 2em; margin: 0 0 10px;"
_FIRST_TREE = 1011  # number of the first column in document addresses


class VsbSite:
    """Static pages; documents lie under info/, files under __local/."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card
        self.owner = str(int(digest(card.source_id, length=8), 16))

    def url(self, shown: Present) -> str:
        """The address of a document's page in its present column."""
        return f"http://{self.card.host}{self._path(shown.document, shown.column)}"

    def list_url(self, column: Column) -> str:
        """The address of a column's first page."""
        return f"http://{self.card.host}/{_folder(column)}.htm"

    def own_id(self, shown: Present) -> str:
        """The document's number, which stays when the address changes."""
        return shown.document.site_id

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie in folders named by a hash of theirs."""
        name = digest(shown.document.key, attachment.file, length=32).upper()
        folder = f"{name[0]}/{name[1:3]}/{name[3:5]}"
        return f"http://{self.card.host}/__local/{folder}/{name[5:]}_{attachment.file}"

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Home page, lists, documents, files; the column addresses of a former system redirect."""
        shown = present(self.card.folder, day)
        if path in ("/", "/index.htm"):
            return page(self._page("首页", "/index.htm", {}, self._home()), newest(shown))
        for column in self.card.columns:
            rows = [item for item in shown if item.column == column.key]
            number = _page_number(column, path, self._pages(rows))
            if number is not None:
                return self._list(column, rows, number, path)
            if path == f"/col/col{column.path}/index.html":
                return moved(self.list_url(column))
        answers = (self._of_document(item, path, day) for item in shown)
        return next((answer for answer in answers if answer is not None), missing())

    def _of_document(self, item: Present, path: str, day: int) -> Answer | None:
        if path == self._path(item.document, item.column):
            return self._detail(item, path, day)
        if path in {self._path(item.document, column) for column in item.former_columns}:
            return moved(self.url(item))
        return attached_file(item, f"http://{self.card.host}{path}", self.attachment_url)

    def _path(self, document: SampleDocument, column: str) -> str:
        number = _FIRST_TREE + self.card.columns.index(self.card.column(column))
        return f"/info/{number}/{document.site_id}.htm"

    def _pages(self, rows: Sequence[Present]) -> int:
        return max(1, -(-len(rows) // self.card.page_size))

    def _list(self, column: Column, rows: Sequence[Present], number: int, path: str) -> Answer:
        """Page `number` from the front; the later ones are cut from the oldest document on."""
        pages, size = self._pages(rows), self.card.page_size
        end = len(rows) - (pages - number) * size
        part = rows[max(0, end - size) : end]
        middle = fill(
            "vsb_list.html",
            column=column.name,
            rows="\n".join(self._row(item, path) for item in part),
            pager=_pager(column, len(rows), number, pages, path),
            clicks=",".join(item.document.site_id for item in part),
            owner=self.owner,
        )
        return page(self._page(column.name, path, site_tags(self.card, column), middle), newest(rows))

    def _row(self, item: Present, path: str) -> str:
        document, title = item.document, escape(item.document.title)
        href = posixpath.relpath(self._path(document, item.column), posixpath.dirname(path))
        return (
            f'<li id="line_u8_{document.site_id}"><span>{document.published:%Y-%m-%d}</span>'
            f'<a href="{href}" target="_blank" title="{title}">{title}</a></li>'
        )

    def _detail(self, item: Present, path: str, day: int) -> Answer:
        document, column = item.document, self.card.column(item.column)
        middle = fill(
            "vsb_detail.html",
            column=column.name,
            column_path=f"/{_folder(column)}.htm",
            disclosure=_disclosure(document),
            title=escape(document.title),
            posted=f"{posted_at(item):%Y年%m月%d日 %H:%M}",
            source=escape(document.source_line or "、".join(document.departments)),
            clicks=f'_showDynClicks("wbnews", {self.owner}, {document.site_id})',
            body=body_html(document.paragraphs, _STYLE, document.habits.markup),
            attachments=self._attachments(item),
        )
        tags = site_tags(self.card, column) | article_tags(item)
        noise = f"<p>今日访问：{day * 31 + 457}</p>" if document.habits.noise else ""
        text = self._page(document.title, path, tags, middle, noise)
        return page(text, modified_at(item), document.habits.charset)

    def _attachments(self, item: Present) -> str:
        links = "".join(
            f'<li>附件【<a href="{escape(self.attachment_url(item, a).partition(self.card.host)[2])}" '
            f'target="_blank">{escape(shown_name(a))}</a>】</li>'
            for a in item.document.attachments
        )
        return f'<ul style="list-style-type:none;">{links}</ul>' if links else ""

    def _home(self) -> str:
        links = (f'<li><a href="{_folder(c)}.htm">{c.name}</a></li>' for c in self.card.columns)
        return f"<ul>{''.join(links)}</ul>"

    def _page(self, title: str, path: str, tags: Mapping[str, str], middle: str, extra: str = "") -> str:
        return fill(
            "vsb_page.html",
            title=escape(title),
            site=self.card.name,
            code=self.card.site_code,
            base=posixpath.relpath("/", posixpath.dirname(path)),
            tags=tags_html(tags),
            nav="".join(f'<a href="/{_folder(c)}.htm">{c.name}</a>' for c in self.card.columns),
            middle=middle,
            extra=extra,
        )


def _folder(column: Column) -> str:
    """The column's folder; a column that a former system numbered is filed under its key."""
    return f"xxgk/{column.key}" if column.path.isdigit() else column.path


def _page_number(column: Column, path: str, pages: int) -> int | None:
    """1 for the column's own page, then 2 for `{pages - 1}.htm` down to the last for `1.htm`."""
    if path == f"/{_folder(column)}.htm":
        return 1
    folder, name = posixpath.split(path)
    file = name.removesuffix(".htm")
    if folder != f"/{_folder(column)}" or not file.isdigit() or not 1 <= int(file) < pages:
        return None
    return pages - int(file) + 1


def _pager(column: Column, total: int, number: int, pages: int, path: str) -> str:
    """The bar below a list: 共N条, first, previous, next and last, and the page of all pages."""

    def step(name: str, words: str, wanted: int) -> str:
        if not 1 <= wanted <= pages or wanted == number:
            return f'<span class="{name}_d p_fun_d">{words}</span>'
        file = f"{_folder(column)}/{pages - wanted + 1}.htm" if wanted > 1 else f"{_folder(column)}.htm"
        href = posixpath.relpath(f"/{file}", posixpath.dirname(path))
        return f'<span class="{name} p_fun"><a href="{href}">{words}</a></span>'

    steps = step("p_first", "首页", 1) + step("p_prev", "上页", number - 1)
    steps += f'<span class="p_no_d">{number}</span>'
    steps += step("p_next", "下页", number + 1) + step("p_last", "尾页", pages)
    count, place = f'<span class="p_t">共{total}条</span>', f'<span class="p_t">{number}/{pages}</span>'
    return f'{count} <span class="p_pages">{steps}</span> {place}'


def _disclosure(document: SampleDocument) -> str:
    """The disclosure block: a table of two pairs a row, a list of labelled lines, or nothing."""
    style, pairs = document.habits.table, disclosed(document)
    if style == "none":
        return ""
    if style == "dl":
        rows = "".join(f'<li class="fl"><b>{label}：</b>{value}</li>' for label, value in pairs)
        return f'<ul class="ov">{rows}</ul>'
    cells = [f'<td class="zl">{label}:</td><td class="zr">{value}</td>' for label, value in pairs]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>\n" for at in range(0, len(cells), 2))
    return f'<table class="zw_table" border="0">\n{rows}</table>'
