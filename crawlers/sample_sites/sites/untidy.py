"""The published values of a page, as untidy as the document's habits ask: disclosure labels and meta tags."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.sample_sites.answers import escape, posted_at
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import Column, SampleDocument, SiteCard

_PAD = {"plain": ("", ""), "nbsp": ("&nbsp;", "&nbsp;"), "wide": ("　　", " ")}  # two characters, more

# What a style prints for each value; a style with other words gives its own.
LABELS: Mapping[str, str] = {
    "index_number": "索引号",
    "topic": "主题分类",
    "issuer": "发文机关",
    "written": "成文日期",
    "title": "标题",
    "doc_number": "发文字号",
    "published": "发布日期",
    "validity": "有效性",
}


def disclosed(document: SampleDocument, labels: Mapping[str, str] = LABELS) -> list[tuple[str, str]]:
    """Padded label and HTML value of every line of the disclosure block, in the order of `labels`.

    Omissions and overrides may name the label as the style prints it or as `LABELS` does.
    """
    values = {
        "index_number": document.index_number or "",
        "topic": document.topic,
        "issuer": "、".join(document.departments),
        "written": f"{document.written:%Y-%m-%d}" if document.written else "",
        "title": document.title,
        "doc_number": document.doc_number or "",
        "published": f"{document.published:%Y-%m-%d}",
        "validity": document.validity or "",
    }
    usual = {LABELS[field]: labels[field] for field in labels}
    printed = untidy("table:", {LABELS[field]: values[field] for field in labels}, document)
    lines = untidy("table:", {usual.get(name, name): value for name, value in printed.items()}, document)
    two, more = _PAD[document.habits.labels]
    return [((two if len(label) == 2 else more).join(label), escape(value)) for label, value in lines.items()]


def site_tags(card: SiteCard, column: Column) -> dict[str, str]:
    """The meta tags of site and column that the national guideline asks for."""
    return {
        "SiteName": card.name,
        "SiteDomain": card.host,
        "SiteIDCode": card.site_code,
        "ColumnName": column.name,
        "ColumnType": column.note or column.name,
    }


def article_tags(item: Present) -> dict[str, str]:
    """The meta tags of an article."""
    document = item.document
    tags = {
        "ArticleTitle": document.title,
        "PubDate": f"{posted_at(item):%Y-%m-%d %H:%M}",
        "ContentSource": document.source_line or "、".join(document.departments),
        "Keywords": "",
    }
    return untidy("meta:", tags, document)


def untidy(prefix: str, values: Mapping[str, str], document: SampleDocument) -> dict[str, str]:
    """The values with the document's overrides put in and its omissions left out."""
    printed = {
        name.removeprefix(prefix): value
        for name, value in document.habits.override
        if name.startswith(prefix)
    }
    return {
        name: value
        for name, value in {**values, **printed}.items()
        if prefix + name not in document.habits.omit
    }


def tags_html(tags: Mapping[str, str], swapped: bool = False) -> str:
    """Meta tags one a line; some systems write the content before the name."""
    form = '<meta content="{value}" name="{name}">' if swapped else '<meta name="{name}" content="{value}" />'
    return "\n".join(form.format(name=name, value=escape(value)) for name, value in tags.items())
