"""A city's disclosure platform: an index page with its category tree, JSON lists, pages with the text as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from crawlers.sample_sites.answers import (
    Answer,
    body_html,
    data,
    escape,
    missing,
    modified_at,
    moved,
    page,
    posted_at,
)
from crawlers.sample_sites.files import MEDIA_TYPES, docx_bytes, pdf_bytes
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, ZONE

SID = "9901"


class GkmlptSite:
    """Lists over a JSON interface, one page a document."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address the interface gives, without the fragment that names the category."""
        return f"http://{self.card.host}{self._path(shown)}"

    def attachment_url(self, shown: Present, attachment: SampleAttachment) -> str:
        """Files lie in a folder numbered like the post."""
        number = shown.document.site_id
        return f"http://{self.card.host}/attachment/0/{number[:3]}/{number}/{attachment.file}"

    def answer(self, path: str, query: Mapping[str, list[str]], day: int) -> Answer:
        """The index page, the interface, document pages and files."""
        shown = present(self.card.folder, day)
        if path == "/":
            return moved(f"http://{self.card.host}/gkmlpt/index")
        if path == "/gkmlpt/index":
            return self._index(day)
        if path.startswith("/gkmlpt/api/all/"):
            return self._listing(path.rsplit("/", 1)[-1], query, shown)
        for item in shown:
            if path == self._path(item):
                return self._detail(item)
            for attachment in item.document.attachments:
                if f"http://{self.card.host}{path}" == self.attachment_url(item, attachment):
                    make = pdf_bytes if attachment.kind == "pdf" else docx_bytes
                    body = make(attachment.name, attachment.paragraphs)
                    return Answer(200, MEDIA_TYPES[attachment.kind], body, posted_at(item))
        return missing()

    def _path(self, shown: Present) -> str:
        number = shown.document.site_id
        return f"/gkmlpt/content/{number[:2]}/{number[:5]}/post_{number}.html"

    def _tree(self, shown: tuple[Present, ...]) -> list[dict[str, Any]]:
        """Two columns stand alone, the rest are children of 法定主动公开内容, one node only jumps elsewhere."""
        nodes = [
            self._node(column, sum(item.column == column.key for item in shown))
            for column in self.card.columns
        ]
        parent = {
            "id": 100,
            "name": "法定主动公开内容",
            "post_count": 0,
            "jump_url": "",
            "children": nodes[:-1],
        }
        jump = {
            "id": 199,
            "name": "依申请公开",
            "post_count": 0,
            "jump_url": "/ysqgk/index.html",
            "children": [],
        }
        return [parent, nodes[-1], jump]

    @staticmethod
    def _node(column: Column, count: int) -> dict[str, Any]:
        return {
            "id": int(column.path),
            "name": column.name,
            "post_count": count,
            "jump_url": "",
            "children": [],
        }

    def _index(self, day: int) -> Answer:
        shown = present(self.card.folder, day)
        newest = max((modified_at(item) for item in shown), default=DAY_ZERO)
        return page(self._shell("政府信息公开", f"<div id='app'></div>{self._config(shown, None)}"), newest)

    def _config(self, shown: tuple[Present, ...], detail: dict[str, Any] | None) -> str:
        tree = json.dumps(self._tree(shown), ensure_ascii=False)
        ending = f",\n    DETAIL: {self._script_json(detail)}" if detail else ""
        return f"""<script>
window._CONFIG = {{
    BASE_URL: '/gkmlpt',
    SID: '{SID}',
    SITE_NAME: '{self.card.name}',
    TREE: {tree},
    SERVICE_AREA_ID: '{self.card.site_code}'{ending}
}};
</script>"""

    @staticmethod
    def _script_json(value: dict[str, Any]) -> str:
        """JSON as such pages embed it: ASCII only, angle brackets as escapes."""
        text = json.dumps(value)
        return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")

    def _listing(self, category: str, query: Mapping[str, list[str]], shown: tuple[Present, ...]) -> Answer:
        column = next((c for c in self.card.columns if c.path == category), None)
        number = query.get("page", ["1"])[0]
        if column is None or query.get("sid") != [SID] or not number.isdigit() or int(number) < 1:
            return data({"message": "参数错误"}, DAY_ZERO, status=400)
        rows = [item for item in shown if item.column == column.key]
        size = self.card.page_size
        start = (int(number) - 1) * size
        answer = {
            "classify": self._node(column, len(rows)),
            "total": len(rows),
            "page": int(number),
            "articles": [self._article(item) for item in rows[start : start + size]],
        }
        return data(answer, max((modified_at(item) for item in rows), default=DAY_ZERO))

    def _article(self, item: Present) -> dict[str, Any]:
        """One row; instants are epoch seconds, `publisher` is the page's publisher, not always the issuer."""
        document, column = item.document, self.card.column(item.column)
        printed = dict(document.habits.override)
        omit = document.habits.omit
        posted = int(posted_at(item).timestamp())
        written = datetime.combine(document.written, time(), ZONE).timestamp() if document.written else 0
        number = document.site_id
        return {
            "id": int(number),
            "title": document.title,
            "url": f"{self.url(item)}#{column.path}",
            "post_url": f"http://{self.card.host}/zwgk/post_{number}.html",
            "document_number": "" if "api:document_number" in omit else document.doc_number or "",
            "identifier": document.index_number or "",
            "publisher": printed.get("api:publisher", "、".join(document.departments)),
            "source": document.source_line or "本网",
            "keywords": "",
            "abstract": document.summary,
            "date": int(written),
            "created_at": f"{posted_at(item):%Y-%m-%d %H:%M:%S}",
            "create_time": posted,
            "first_publish_time": posted,
            "display_publish_time": posted,
            "classify_main": int(column.path),
            "classify_main_name": column.name,
            "classify_genre_name": document.kind,
            "classify_theme_name": "" if "api:classify_theme_name" in omit else document.topic,
            "is_expired": int(document.validity == "失效"),
            "is_abolished": int(document.validity == "废止"),
            "attachments": [
                {"name": f"{a.name}.{a.kind}", "url": self.attachment_url(item, a)}
                for a in document.attachments
            ],
            "relation": [],
        }

    def _detail(self, item: Present) -> Answer:
        document = item.document
        style = "text-indent: 2em; text-align: justify;"
        content = body_html(document.paragraphs, style)
        detail = {**self._article(item), "content": content}
        rows = "".join(
            f"<tr><td>{label}:</td><td>{escape(value)}</td></tr>"
            for label, value in self._disclosed(
                detail, document.written.isoformat() if document.written else ""
            )
        )
        files = "".join(
            f'<li><a class="nfw-cms-attachment" href="{escape(a["url"])}">{escape(a["name"])}</a></li>'
            for a in detail["attachments"]
        )
        text = f"""<div class="article-content"><table class="classify"><tbody>{rows}</tbody></table>
<h1 class="title document-number">{escape(document.title)}</h1>
<div class="date-row">发布日期：{posted_at(item):%Y-%m-%d %H:%M:%S} 来源：{escape(document.source_line or self.card.name)}</div>
<div class="content article-content"><noscript>请打开脚本后阅读</noscript></div><ul class="attachments">{files}</ul></div>
{self._config((), detail)}"""
        return page(self._shell(document.title, text), modified_at(item))

    @staticmethod
    def _disclosed(detail: dict[str, Any], written: str) -> list[tuple[str, str]]:
        return [
            ("索引号", detail["identifier"]),
            ("分类", detail["classify_theme_name"]),
            ("发布机构", detail["publisher"]),
            ("成文日期", written),
            ("名称", detail["title"]),
            ("文号", detail["document_number"]),
            ("发布日期", detail["created_at"][:10]),
        ]

    def _shell(self, title: str, middle: str) -> str:
        return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)} - {escape(self.card.name)}</title>
<meta name="SiteName" content="{escape(self.card.name)}"><meta name="SiteIDCode" content="{self.card.site_code}"></head>
<body><div class="top"><a href="/gkmlpt/index">政府信息公开目录</a></div>
{middle}
<div class="bottom">{escape(self.card.name)}　示例数据：本站及其全部文件均为虚构。</div></body></html>"""
