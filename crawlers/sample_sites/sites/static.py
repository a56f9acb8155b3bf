"""A county's static site: plain lists with 下一页 and 尾页, old bytes under a new label, no honest 404."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from crawlers.sample_sites.answers import HTML, Answer, escape, page
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import Column, SampleDocument
from crawlers.sample_sites.sites.paged import PagedSite, in_column
from crawlers.sample_sites.sites.parts import fill, newest
from crawlers.sample_sites.sites.untidy import site_tags


class StaticSite(PagedSite):
    """Lists index.shtml, index_2.shtml, ...; documents by column, month and number."""

    name = "static"
    style = "text-indent:2em;font-size:16px"
    forms: Mapping[str, str] = {"table": "table", "dl": "li"}

    def path(self, document: SampleDocument, column: str) -> str:
        """The column stands in the address, so a move changes it."""
        return f"/{self.card.column(column).path}/{document.published:%Y%m}/{document.site_id}.shtml"

    def column_path(self, column: Column) -> str:
        """The first page of a column's list."""
        return f"/{column.path}/index.shtml"

    def unknown(self) -> Answer:
        """A page that says the page does not exist, with status 200: what a careless server does."""
        middle = (
            "<div class='tip'><h1>页面不存在</h1><p>您访问的页面不存在或已删除，5秒后返回首页。</p></div>"
        )
        return Answer(200, HTML, self.framed("页面不存在", middle).encode())

    def listing(self, path: str, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer | None:
        """The front page of pictures, and the numbered lists."""
        if path in ("/", "/index.shtml"):
            return page(self.framed("首页", self._front(shown)), newest(shown))
        for place, column in enumerate(self.card.columns):
            number = _list_number(column, path)
            rows = in_column(shown, column)
            if number is not None and number <= self._pages(rows):
                return self._list(column, rows, number, "gb18030" if place % 3 == 1 else "utf-8")
        return None

    def _pages(self, rows: Sequence[Present]) -> int:
        return max(1, -(-len(rows) // self.card.page_size))

    def _front(self, shown: Sequence[Present]) -> str:
        """Banners and pictures whose links have no text; news as pictures too."""
        banners = "".join(
            f'<a href="{self.column_path(c)}"><img src="/images/banner_{c.key}.jpg" alt=""></a>'
            for c in self.card.columns
        )
        slides = "".join(
            f'<li><a href="{self.path(one.document, one.column)}">'
            f'<img src="/images/{one.document.site_id}.jpg" alt="{escape(one.document.title)}"></a></li>'
            for one in shown[:4]
        )
        return f'<div class="banner">{banners}</div><ul class="slide">{slides}</ul>'

    def _list(self, column: Column, rows: Sequence[Present], number: int, charset: str) -> Answer:
        size, pages = self.card.page_size, self._pages(rows)
        shown = rows[(number - 1) * size : number * size]
        middle = fill(
            "static_list.html",
            column=column.name,
            rows="\n".join(self._row(item) for item in shown),
            pager=_pager(number, pages),
        )
        text = self.framed(column.name, middle, site_tags(self.card, column))
        return page(text, newest(rows), charset)

    def _row(self, item: Present) -> str:
        document = item.document
        link = f'<a href="{self.path(document, item.column)}">{escape(document.title)}</a>'
        return f"<li><span>[{document.published:%Y-%m-%d}]</span>{link}</li>"


def _pager(number: int, pages: int) -> str:
    """首页 上一页 下一页 尾页; on the last page the words stand without a link."""
    places = {"首页": 1, "上一页": number - 1, "下一页": number + 1, "尾页": pages}
    linked = (
        f'<a href="{_file(place)}">{word}</a>' if 1 <= place <= pages and place != number else word
        for word, place in places.items()
    )
    return f"共{pages}页 第{number}页 {' '.join(linked)}"


def _file(number: int) -> str:
    return "index.shtml" if number == 1 else f"index_{number}.shtml"


def _list_number(column: Column, path: str) -> int | None:
    """1 for the column's index.shtml, n for index_n.shtml, None for other addresses."""
    folder, name = posixpath.split(path)
    if folder != f"/{column.path}":
        return None
    digits = name.removeprefix("index_").removesuffix(".shtml")
    number = 1 if name in ("", "index.shtml") else int(digits) if digits.isdigit() else 0
    return number if name in ("", _file(number)) and number >= 1 else None
