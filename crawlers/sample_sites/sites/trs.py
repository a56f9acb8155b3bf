"""A site of numbered static lists: index.html, index_1.html, ... and ./YYYYMM/tYYYYMMDD_ID.html pages."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from datetime import datetime

from crawlers.sample_sites.answers import (
    Answer,
    body_html,
    escape,
    missing,
    modified_at,
    moved,
    page,
    posted_at,
)
from crawlers.sample_sites.files import MEDIA_TYPES, docx_bytes, pdf_bytes
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SampleDocument, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, day_date

_PAD = {"plain": ("", ""), "nbsp": ("&nbsp;", "&nbsp;"), "wide": ("　　", " ")}
_TITLE_ROOM = (
    28  # characters of a title that fit the list; the rest is cut, the title attribute keeps it whole
)


class TrsSite:
    """Static pages as a content system writes them out."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address of a document's page in its present column."""
        return f"http://{self.card.host}{self._path(shown.document, shown.column)}"

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie beside the page."""
        return posixpath.join(posixpath.dirname(self.url(shown)), attachment.file)

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """Home page, lists, documents, files; a moved document's old address redirects."""
        shown = present(self.card.folder, day)
        if path in ("/", "/index.html"):
            return self._home(day)
        for column in self.card.columns:
            number = self._list_number(column, path)
            if number is not None:
                return self._list(column, [s for s in shown if s.column == column.key], number, day)
        for item in shown:
            answer = self._of_document(item, path, day)
            if answer is not None:
                return answer
        return missing()

    def _of_document(self, item: Present, path: str, day: int) -> Answer | None:
        if path == self._path(item.document, item.column):
            return self._detail(item, day)
        if path in {self._path(item.document, column) for column in item.former_columns}:
            return moved(self.url(item))
        for attachment in item.document.attachments:
            if f"http://{self.card.host}{path}" == self.attachment_url(item, attachment):
                make = pdf_bytes if attachment.kind == "pdf" else docx_bytes
                body = make(attachment.name, attachment.paragraphs)
                return Answer(200, MEDIA_TYPES[attachment.kind], body, posted_at(item))
        return None

    def _path(self, document: SampleDocument, column: str) -> str:
        month = document.published.strftime("%Y%m")
        return f"/{self.card.column(column).path}/{month}/{document.site_id}.html"

    @staticmethod
    def _list_number(column: Column, path: str) -> int | None:
        """0 for index.html, n for index_n.html, None for other addresses."""
        folder, name = posixpath.split(path)
        if folder != f"/{column.path}":
            return None
        if name in ("", "index.html"):
            return 0
        number = name.removeprefix("index_").removesuffix(".html")
        return (
            int(number) if number.isdigit() and name == f"index_{int(number)}.html" and int(number) else None
        )

    def _list(self, column: Column, shown: list[Present], number: int, day: int) -> Answer:
        size = self.card.page_size
        pages = max(1, -(-len(shown) // size))
        if number >= pages:
            return missing()
        rows = "\n".join(self._row(column, item) for item in shown[number * size : (number + 1) * size])
        text = f"""{self._head(column.name, self._site_tags(column))}
<div class="position">当前位置：<a href="/">首页</a> &gt; {escape(column.name)}</div>
<ul class="list_con">
{rows}
</ul>
<div class="page"><script type="text/javascript">createPageHTML({pages}, {number},"index","html");</script></div>
{self._foot()}"""
        return page(text, self._newest(day))

    def _row(self, column: Column, item: Present) -> str:
        document = item.document
        href = self._path(document, item.column).removeprefix(f"/{column.path}")
        short = document.title if len(document.title) <= _TITLE_ROOM else document.title[:_TITLE_ROOM] + "…"
        return (
            f'<li><a href=".{href}" title="{escape(document.title)}" target="_blank">{escape(short)}</a>'
            f"<span>{document.published.isoformat()}</span></li>"
        )

    def _detail(self, item: Present, day: int) -> Answer:
        document, habits = item.document, item.document.habits
        column = self.card.column(item.column)
        tags = self._site_tags(column) | self._article_tags(item)
        source = document.source_line or "、".join(document.departments)
        text = f"""{self._head(document.title, tags)}
<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="../">{escape(column.name)}</a> &gt; 正文</div>
{self._disclosure(item)}
<h1 class="art_title">{escape(document.title)}</h1>
<div class="art_info"><span>发布时间：{posted_at(item):%Y-%m-%d %H:%M}</span> <span>来源：{escape(source)}</span> \
<span class="print"><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></span></div>
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">
{body_html(document.paragraphs, "text-indent: 2em; line-height: 2;")}
</div>
{self._attachment_list(item)}
{self._foot(f"<p>您访问的时间是{day_date(day):%Y年%m月%d日}</p>" if habits.noise else "")}"""
        return page(text, modified_at(item), habits.charset)

    def _attachment_list(self, item: Present) -> str:
        if not item.document.attachments:
            return ""
        links = "".join(
            f'<p><a href="./{escape(a.file)}" target="_blank">{number}.{escape(a.name)}.{a.kind}</a></p>'
            for number, a in enumerate(item.document.attachments, start=1)
        )
        return f'<div class="fujian"><strong>附件：</strong>{links}</div>'

    def _disclosure(self, item: Present) -> str:
        style = item.document.habits.table
        pairs = self._disclosed(item)
        if style == "none":
            return ""
        if style == "dl":
            rows = "".join(f"<dt>{label}:</dt><dd>{value}</dd>" for label, value in pairs)
            return f'<dl class="xxgk_head">{rows}</dl>'
        rows = ""
        for start in range(0, len(pairs), 2):
            cells = "".join(
                f"<td><b>{label}：</b></td><td>{value}</td>" for label, value in pairs[start : start + 2]
            )
            rows += f"<tr>{cells}</tr>\n"
        return f'<table class="xxgk_table" width="100%">\n{rows}</table>'

    @staticmethod
    def _disclosed(item: Present) -> list[tuple[str, str]]:
        """Label and value of every line of the disclosure block, as untidy as the page's habits say."""
        document, habits = item.document, item.document.habits
        values = {
            "索引号": document.index_number or "",
            "主题分类": document.topic,
            "发文机关": "、".join(document.departments),
            "成文日期": f"{document.written:%Y-%m-%d}" if document.written else "",
            "标题": document.title,
            "发文字号": document.doc_number or "",
            "发布日期": f"{document.published:%Y-%m-%d}",
            "有效性": document.validity or "",
        }
        values |= {
            name.removeprefix("table:"): value for name, value in habits.override if name.startswith("table:")
        }
        two, many = _PAD[habits.labels]
        kept = [(label, value) for label, value in values.items() if f"table:{label}" not in habits.omit]
        return [((two if len(label) == 2 else many).join(label), escape(value)) for label, value in kept]

    def _site_tags(self, column: Column) -> dict[str, str]:
        return {
            "SiteName": self.card.name,
            "SiteDomain": self.card.host,
            "SiteIDCode": self.card.site_code,
            "ColumnName": column.name,
            "ColumnType": column.note or "政策文件",
        }

    @staticmethod
    def _article_tags(item: Present) -> dict[str, str]:
        document = item.document
        tags = {
            "ArticleTitle": document.title,
            "PubDate": f"{posted_at(item):%Y-%m-%d %H:%M}",
            "ContentSource": document.source_line or "、".join(document.departments),
            "Keywords": "",
        }
        tags |= {k.removeprefix("meta:"): v for k, v in document.habits.override if k.startswith("meta:")}
        return {name: value for name, value in tags.items() if f"meta:{name}" not in document.habits.omit}

    def _home(self, day: int) -> Answer:
        links = "".join(
            f'<li><a href="/{c.path}/index.html">{escape(c.name)}</a></li>' for c in self.card.columns
        )
        return page(f"{self._head('首页', {})}<ul>{links}</ul>{self._foot()}", self._newest(day))

    def _newest(self, day: int) -> datetime:
        return max((modified_at(item) for item in present(self.card.folder, day)), default=DAY_ZERO)

    def _head(self, title: str, tags: Mapping[str, str]) -> str:
        metas = "\n".join(f'<meta name="{name}" content="{escape(value)}" />' for name, value in tags.items())
        return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{escape(title)}_{escape(self.card.name)}</title>
{metas}
<script src="/images/createpage.js"></script>
</head>
<body>
<div class="header"><a href="/">{escape(self.card.name)}</a>
<div class="nav">{"".join(f'<a href="/{c.path}/">{escape(c.name)}</a>' for c in self.card.columns)}</div></div>"""

    def _foot(self, extra: str = "") -> str:
        return (
            f'<div class="footer">{extra}<p>主办：{escape(self.card.name)} 网站标识码：{self.card.site_code}</p>'
            '<p>示例数据：本站及其全部文件均为虚构。<a href="/xxgk/nbwj/index.html">内部文件查询</a></p></div></body></html>'
        )
