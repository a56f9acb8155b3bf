"""A standing committee whose pages are found by sitemaps alone: an index, a child a period, one packed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence

from crawlers.sample_sites.answers import Answer, escape, modified_at, page
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import Column, SampleDocument
from crawlers.sample_sites.settings import DAY_ZERO
from crawlers.sample_sites.sites.paged import PagedSite, changed_at
from crawlers.sample_sites.sites.parts import fill, newest

_XML = "application/xml; charset=utf-8"
_ABOUT = "/about/index.html"


class SitemapSite(PagedSite):
    """Pages by column and number; `/sitemap.xml` leads to them and to pages that are no documents."""

    name = "sitemap"
    style = "text-indent: 2em; text-align: justify;"
    forms: Mapping[str, str] = {"table": "table", "dl": "dl"}

    def path(self, document: SampleDocument, column: str) -> str:
        """The column stands in the address, so a move changes it."""
        return f"/content/{self.card.column(column).path}/{document.site_id}.html"

    def column_path(self, column: Column) -> str:
        """A column's page, which a script fills: it lists nothing itself."""
        return f"/channel/{column.path}.html"

    def listing(self, path: str, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer | None:
        """The sitemaps, and the pages without documents that they name too."""
        sitemaps = self._sitemaps(shown)
        if path == "/sitemap.xml":
            children = "".join(
                f"<sitemap><loc>{self.full(name)}</loc><lastmod>{changed_at(part)}</lastmod></sitemap>"
                for name, (_, part) in sitemaps.items()
            )
            text = fill("sitemap_index.xml", rows=children)
            return Answer(200, _XML, text.encode(), newest(shown))
        if path in sitemaps:
            rows, part = sitemaps[path]
            body = fill("sitemap_urls.xml", rows="\n".join(rows)).encode()
            if path.endswith(".gz"):
                return Answer(200, "application/x-gzip", gzip.compress(body, mtime=0), newest(part))
            return Answer(200, _XML, body, newest(part))
        for address, middle in self._other_pages().items():
            if path in (address, address.removesuffix("index.html")):
                return page(self.framed(self.card.name, middle), DAY_ZERO)
        return None

    def _sitemaps(self, shown: Sequence[Present]) -> dict[str, tuple[list[str], Sequence[Present]]]:
        """Rows and documents of every child: this year, what is older (packed), pages without documents."""
        year = DAY_ZERO.year
        now = [item for item in shown if item.document.published.year >= year]
        older = [item for item in shown if item.document.published.year < year]
        others = [_row(self.full(path), "") for path in self._other_pages()]
        return {
            f"/sitemap/{year}.xml": ([self._document_row(item) for item in now], now),
            "/sitemap/archive.xml.gz": ([self._document_row(item) for item in older], older),
            "/sitemap/pages.xml": (others, ()),
        }

    def _document_row(self, item: Present) -> str:
        """Some rows say the day, some the instant; some carry a picture with an address of its own."""
        number, moment = int(item.document.site_id), modified_at(item)
        when = moment.date().isoformat() if number % 3 == 0 else moment.isoformat()
        picture = f"<image:image><image:loc>{self.full(f'/images/{number}.jpg')}</image:loc></image:image>"
        return _row(self.url(item), when, picture if number % 4 == 0 else "")

    def _other_pages(self) -> dict[str, str]:
        scripted = '<div id="list" data-src="/api/list"></div><noscript>请打开脚本后浏览</noscript>'
        columns = {self.column_path(c): f"<h1>{c.name}</h1>{scripted}" for c in self.card.columns}
        about = f"<h1>本站介绍</h1><p>{self.card.name}公布地方性法规、决议决定和代表建议办理情况。</p>"
        return {"/index.html": f"<h1>{self.card.name}</h1>{scripted}", _ABOUT: about, **columns}


def _row(address: str, when: str, more: str = "") -> str:
    lastmod = f"<lastmod>{when}</lastmod>" if when else ""
    return f"<url><loc>{escape(address)}</loc>{lastmod}{more}</url>"
