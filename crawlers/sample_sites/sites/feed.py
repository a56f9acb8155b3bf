"""A ministry that offers feeds: Atom a column, paged by RFC 5005; the last column still speaks RSS 2.0.

The feeds have the faults of real ones: dates are instants (often midnight, which is the day before in UTC),
titles hold escaped HTML, links are relative, an entry stands twice, identifiers are no addresses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from email.utils import format_datetime

from crawlers.sample_sites.answers import Answer, escape, modified_at, page, posted_at
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import Column, SampleDocument
from crawlers.sample_sites.settings import ZONE
from crawlers.sample_sites.sites.paged import PagedSite, in_column
from crawlers.sample_sites.sites.parts import fill, newest

_ATOM = "application/atom+xml; charset=utf-8"
_RSS = "application/rss+xml; charset=utf-8"


class FeedSite(PagedSite):
    """Feeds of columns, pages by date and number."""

    name = "feed"
    style = "text-indent: 2em; line-height: 1.8;"
    forms: Mapping[str, str] = {"table": "dl", "dl": "li"}

    def path(self, document: SampleDocument, column: str) -> str:
        """Pages carry no column: a move does not change their address."""
        return f"/n/{document.published:%Y%m%d}/{document.site_id}.html"

    def own_id(self, shown: Present) -> str:
        """The identifier of the feeds, which is no address."""
        return f"tag:{self.card.host},2024:{shown.document.site_id}"

    def feed_path(self, column: Column) -> str:
        """The address of a column's feed."""
        return f"/{column.path}/{self._kind(column)}.xml"

    def _kind(self, column: Column) -> str:
        return "rss" if column == self.card.columns[-1] else "atom"

    def listing(self, path: str, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer | None:
        """The home page names the feeds; a column's page for people shows its newest documents."""
        if path in ("/", "/index.html"):
            feeds = "".join(f'<li><a href="{self.feed_path(c)}">{c.name}</a></li>' for c in self.card.columns)
            middle = f"<h2>订阅</h2><ul>{feeds}</ul>"
            return page(self.framed("首页", middle, head=self._alternates()), newest(shown))
        for column in self.card.columns:
            rows = in_column(shown, column)
            if path == self.column_path(column):
                return page(self.framed(column.name, _newest_rows(self, rows)), newest(rows))
            if path == self.feed_path(column):
                number = query.get("page", ["1"])[0]
                return self._feed(column, rows, int(number) if number.isdigit() else 0)
        return None

    def _alternates(self) -> str:
        return "\n".join(
            f'<link rel="alternate" type="application/{self._kind(c)}+xml" '
            f'title="{c.name}" href="{self.feed_path(c)}">'
            for c in self.card.columns
        )

    def _feed(self, column: Column, rows: Sequence[Present], number: int) -> Answer:
        size = self.card.page_size
        pages = max(1, -(-len(rows) // size))
        if not 1 <= number <= pages:
            return self.unknown()
        part = list(rows[(number - 1) * size : number * size])
        is_rss = self._kind(column) == "rss"
        entries = [(_rss_item if is_rss else _atom_entry)(self, item) for item in part]
        if number == 1 and entries:
            entries.append(entries[0])  # the newest one once more, at the end
        text = fill(
            "feed_rss.xml" if is_rss else "feed_atom.xml",
            host=self.card.host,
            site=self.card.name,
            column=column.name,
            links=self._paging(column, number, pages),
            updated=_instant(newest(rows)),
            entries="\n".join(entries),
        )
        return Answer(200, _RSS if is_rss else _ATOM, text.encode(), newest(rows))

    def _paging(self, column: Column, number: int, pages: int) -> str:
        """Links of RFC 5005; in RSS they are Atom's in its namespace."""
        path = self.feed_path(column)
        prefix = "atom:" if self._kind(column) == "rss" else ""
        places = {"self": number, "first": 1, "last": pages, "previous": number - 1, "next": number + 1}
        return "\n".join(
            f'<{prefix}link rel="{relation}" href="{path}?page={place}"/>'
            for relation, place in places.items()
            if 1 <= place <= pages
        )


def _newest_rows(site: FeedSite, rows: Sequence[Present]) -> str:
    shown = (
        f'<li><a href="{site.path(item.document, item.column)}">{escape(item.document.title)}</a></li>'
        for item in rows[:5]
    )
    return f'<ul class="newest">{"".join(shown)}</ul><p>更多文件请通过订阅获取。</p>'


def _atom_entry(site: FeedSite, item: Present) -> str:
    """Every third entry says its title as escaped HTML; every other link is relative."""
    document, dice = item.document, _dice(item)
    title = f"<title>{escape(document.title)}</title>"
    if dice % 3 == 0:
        title = f'<title type="html">{escape(f"<b>{escape(document.title)}</b>&nbsp;")}</title>'
    path = site.path(document, item.column)
    return (
        f"<entry>{title}<id>{site.own_id(item)}</id>"
        f'<link rel="alternate" type="text/html" href="{path if dice % 2 else site.full(path)}"/>'
        f'<link rel="enclosure" href="/images/{document.site_id}.jpg"/>'
        f"<published>{_instant(_published(item))}</published><updated>{_instant(modified_at(item))}</updated>"
        f"<summary>{escape(document.summary or document.paragraphs[0])}</summary></entry>"
    )


def _rss_item(site: FeedSite, item: Present) -> str:
    document, dice = item.document, _dice(item)
    path = site.path(document, item.column)
    title = escape(document.title)
    shown = f"<![CDATA[{document.title}]]>" if dice % 2 else escape(f"<span>{title}</span>")
    return (
        f"<item><title>{shown}</title><link>{path if dice % 3 else site.full(path)}</link>"
        f'<guid isPermaLink="false">{site.own_id(item)}</guid>'
        f"<pubDate>{format_datetime(_published(item).astimezone(UTC), usegmt=True)}</pubDate>"
        f"<description>{escape(document.summary or document.paragraphs[0])}</description></item>"
    )


def _published(item: Present) -> datetime:
    """The minute of posting, or for every other document midnight: its editor gave a day only."""
    if _dice(item) % 2:
        return datetime.combine(item.document.published, time(), ZONE)
    return posted_at(item)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dice(item: Present) -> int:
    return hashlib.sha256(item.document.site_id.encode()).digest()[0]
