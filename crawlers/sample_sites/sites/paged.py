"""What the styles feed, sitemap and static share: addresses, document pages, the disclosure block, files."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from crawlers.sample_sites.answers import Answer, body_html, escape, modified_at, moved, page, posted_at
from crawlers.sample_sites.files import shown_name
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest
from crawlers.sample_sites.sites.untidy import article_tags, disclosed, site_tags, tags_html

_FORMS = {  # how a disclosure block is marked up: around all, around a line
    "table": ('<table class="xxgk_table">{}</table>', "<tr><th>{}：</th><td>{}</td></tr>"),
    "dl": ('<dl class="info">{}</dl>', "<dt>{}：</dt><dd>{}</dd>"),
    "li": ('<ul class="xxgk_list">{}</ul>', "<li><b>{}：</b>{}</li>"),
}


class PagedSite:
    """A site of pages with addresses of their own; a style adds its lists and its templates."""

    name = ""  # of the style, and what its templates' names begin with
    style = "text-indent: 2em;"  # of a paragraph
    forms: Mapping[str, str] = {"table": "table", "dl": "dl"}  # markup for the habit `table`

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def path(self, document: SampleDocument, column: str) -> str:
        """The path of a document's page while it stands in a column."""
        raise NotImplementedError

    def listing(self, path: str, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer | None:
        """The home page, a list, a feed or a sitemap; None for other addresses."""
        raise NotImplementedError

    def url(self, shown: Present) -> str:
        """The address of a document's page in its present column."""
        return self.full(self.path(shown.document, shown.column))

    def own_id(self, shown: Present) -> str:
        """The identifier that stays when the address changes."""
        return shown.document.site_id

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie beside the page."""
        return posixpath.join(posixpath.dirname(self.url(shown)), attachment.file)

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Lists, documents and files; a moved document's old address redirects."""
        shown = present(self.card.folder, day)
        listed = self.listing(path, query, shown)
        if listed is not None:
            return listed
        answers = (self._of_document(item, path, day) for item in shown)
        return next((answer for answer in answers if answer is not None), self.unknown())

    def unknown(self) -> Answer:
        """The answer to an address that leads nowhere."""
        return missing()

    def full(self, path: str) -> str:
        """A path with the site's host."""
        return f"http://{self.card.host}{path}"

    def framed(
        self, title: str, middle: str, tags: Mapping[str, str] | None = None, extra: str = "", head: str = ""
    ) -> str:
        """A whole page of the site around its middle."""
        return fill(
            f"{self.name}_page.html",
            title=escape(title),
            site=self.card.name,
            code=self.card.site_code,
            head=f"{tags_html(tags or {})}\n{head}",
            nav="".join(f'<a href="{self.column_path(c)}">{c.name}</a>' for c in self.card.columns),
            middle=middle,
            extra=extra,
        )

    def column_path(self, column: Column) -> str:
        """Where the site's bar of links leads for a column."""
        return f"/{column.path}/"

    def _of_document(self, item: Present, path: str, day: int) -> Answer | None:
        if path == self.path(item.document, item.column):
            return self._detail(item, day)
        if path in {self.path(item.document, column) for column in item.former_columns}:
            return moved(self.url(item))
        return attached_file(item, self.full(path), self.attachment_url)

    def _detail(self, item: Present, day: int) -> Answer:
        document, column = item.document, self.card.column(item.column)
        middle = fill(
            f"{self.name}_detail.html",
            column=column.name,
            column_path=self.column_path(column),
            disclosure=self._disclosure(document),
            title=escape(document.title),
            posted=f"{posted_at(item):%Y-%m-%d %H:%M}",
            source=escape(document.source_line or "、".join(document.departments)),
            body=body_html(document.paragraphs, self.style, document.habits.markup),
            attachments=self._attachments(item),
        )
        tags = site_tags(self.card, column) | article_tags(item)
        noise = f"<p>今日访问{day * 31 + 517}人次</p>" if document.habits.noise else ""
        text = self.framed(document.title, middle, tags, noise)
        return page(text, modified_at(item), document.habits.charset)

    def _disclosure(self, document: SampleDocument) -> str:
        form = self.forms.get(document.habits.table)
        if form is None:
            return ""
        around, line = _FORMS[form]
        return around.format("\n".join(line.format(label, value) for label, value in disclosed(document)))

    def _attachments(self, item: Present) -> str:
        links = (
            f'<li><a href="{escape(a.file)}" target="_blank">{escape(shown_name(a))}</a></li>'
            for a in item.document.attachments
        )
        return f"<p>附件：</p><ul>{''.join(links)}</ul>" if item.document.attachments else ""


def in_column(shown: Sequence[Present], column: Column) -> list[Present]:
    """The documents that a column holds now, newest first."""
    return [item for item in shown if item.column == column.key]


def changed_at(shown: Sequence[Present]) -> str:
    """When the latest of the documents was changed, as feeds and sitemaps write it."""
    return newest(shown).isoformat()
