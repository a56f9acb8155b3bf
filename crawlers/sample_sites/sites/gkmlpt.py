"""A city's disclosure platform: an index page with its category tree, JSON lists, texts as JSON in pages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from crawlers.sample_sites.answers import Answer, body_html, data, escape, modified_at, moved, page, posted_at
from crawlers.sample_sites.files import shown_name
from crawlers.sample_sites.library import Present, present
from crawlers.sample_sites.model import Column, SampleAttachment, SiteCard
from crawlers.sample_sites.settings import DAY_ZERO, ZONE
from crawlers.sample_sites.sites.parts import attached_file, fill, missing, newest

SID = "9901"
_STYLE = "text-indent: 2em; text-align: justify;"


class GkmlptSite:
    """Lists over a JSON interface, one page a document."""

    def __init__(self, card: SiteCard) -> None:
        self.card = card

    def url(self, shown: Present) -> str:
        """The address the interface gives, without the fragment that names the category."""
        return f"http://{self.card.host}{_path(shown)}"

    def own_id(self, shown: Present) -> str:
        """The identifier that stays when the address changes."""
        return shown.document.site_id

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
            return page(
                self._page("政府信息公开", f"<div id='app'></div>{self._config(shown, None)}"), newest(shown)
            )
        if path.startswith("/gkmlpt/api/all/"):
            return self._listing(path.rsplit("/", 1)[-1], query, shown)
        for item in shown:
            if path == _path(item):
                return self._detail(item)
            file = attached_file(item, f"http://{self.card.host}{path}", self.attachment_url)
            if file is not None:
                return file
        return missing()

    def _tree(self, shown: Sequence[Present]) -> list[dict[str, Any]]:
        """The last column stands alone, the others have a parent, and one node only jumps elsewhere."""
        nodes = [_node(c, sum(item.column == c.key for item in shown)) for c in self.card.columns]
        parent = {"id": 100, "name": "法定主动公开内容", "post_count": 0, "jump_url": ""}
        jump = {"id": 199, "name": "依申请公开", "post_count": 0, "jump_url": "/ysqgk/index.html"}
        return [{**parent, "children": nodes[:-1]}, nodes[-1], {**jump, "children": []}]

    def _config(self, shown: Sequence[Present], detail: dict[str, Any] | None) -> str:
        tree = json.dumps(self._tree(shown), ensure_ascii=False)
        ending = f",\n    DETAIL: {_script_json(detail)}" if detail else ""
        return f"""<script>
window._CONFIG = {{
    BASE_URL: '/gkmlpt',
    SID: '{SID}',
    SITE_NAME: '{self.card.name}',
    TREE: {tree},
    SERVICE_AREA_ID: '{self.card.site_code}'{ending}
}};
</script>"""

    def _listing(self, category: str, query: Mapping[str, list[str]], shown: Sequence[Present]) -> Answer:
        column = next((c for c in self.card.columns if c.path == category), None)
        number = query.get("page", ["1"])[0]
        if column is None or query.get("sid") != [SID] or not number.isdigit() or int(number) < 1:
            return data({"message": "参数错误"}, DAY_ZERO, status=400)
        rows = [item for item in shown if item.column == column.key]
        start = (int(number) - 1) * self.card.page_size
        answer = {
            "classify": _node(column, len(rows)),
            "total": len(rows),
            "page": int(number),
            "articles": [self._article(item) for item in rows[start : start + self.card.page_size]],
        }
        return data(answer, newest(rows))

    def _article(self, item: Present) -> dict[str, Any]:
        """One row; instants are epoch seconds, `publisher` is the page's publisher, not always the issuer."""
        document, column, number = item.document, self.card.column(item.column), item.document.site_id
        printed, omit = dict(document.habits.override), document.habits.omit
        posted = int(posted_at(item).timestamp())
        written = datetime.combine(document.written, time(), ZONE).timestamp() if document.written else 0
        return {
            "id": int(number),
            "title": document.title,
            "url": f"{self.url(item)}#{column.path}",
            "post_url": f"http://{self.card.host}/zwgk/post_{number}.html",
            "document_number": document.doc_number or "",
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
            "attachments": self._files(item),
            "relation": [],
        }

    def _files(self, item: Present) -> list[dict[str, str]]:
        files = item.document.attachments
        return [{"name": shown_name(a), "url": self.attachment_url(item, a)} for a in files]

    def _detail(self, item: Present) -> Answer:
        document = item.document
        content = body_html(document.paragraphs, _STYLE, document.habits.markup)
        detail = {**self._article(item), "content": content}
        written = document.written.isoformat() if document.written else ""
        rows = (f"<tr><td>{label}:</td><td>{escape(v)}</td></tr>" for label, v in _disclosed(detail, written))
        files = (
            f'<li><a class="nfw-cms-attachment" href="{escape(a["url"])}">{escape(a["name"])}</a></li>'
            for a in self._files(item)
        )
        middle = fill(
            "gkmlpt_detail.html",
            rows="".join(rows),
            title=escape(document.title),
            posted=detail["created_at"],
            source=escape(document.source_line or self.card.name),
            files="".join(files),
            config=self._config((), detail),
        )
        return page(self._page(document.title, middle), modified_at(item))

    def _page(self, title: str, middle: str) -> str:
        card = self.card
        return fill(
            "gkmlpt_page.html", title=escape(title), site=card.name, code=card.site_code, middle=middle
        )


def _path(shown: Present) -> str:
    number = shown.document.site_id
    return f"/gkmlpt/content/{number[:2]}/{number[:5]}/post_{number}.html"


def _node(column: Column, count: int) -> dict[str, Any]:
    return {"id": int(column.path), "name": column.name, "post_count": count, "jump_url": "", "children": []}


def _script_json(value: dict[str, Any]) -> str:
    """JSON as such pages embed it: ASCII only, angle brackets as escapes."""
    text = json.dumps(value)
    return text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")


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
