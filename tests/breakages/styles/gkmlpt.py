"""The disclosure platform whose lists are JSON and whose pages hold their text as JSON."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from tests.breakages.answers import ZONE, Answer, Ask, changed, missing, page, posted, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, newest
from tests.breakages.styles import parts

SID = "4407"
_API = re.compile(r"/gkmlpt/api/all/(\d+)$")
_DETAIL = re.compile(r"/gkmlpt/content/\d+/\d+/post_(\d+)\.html$")
_FILE = re.compile(r"/attachment/0/(\d+)/(\d)\.\w+$")


def starts(columns: int) -> list[str]:
    """The index page, which names the categories."""
    return ["/gkmlpt/index"]


def path(paper: Paper) -> str:
    """The address of a document."""
    number = str(paper.number)
    return f"/gkmlpt/content/{number[:2]}/{number[:4]}/post_{number}.html"


def answer(ask: Ask) -> Answer:
    """Index, lists, documents and files."""
    listed, detail, file = (pattern.match(ask.path) for pattern in (_API, _DETAIL, _FILE))
    if ask.path == "/gkmlpt/index":
        rows = [paper for paper in ask.site.papers if paper.shown(ask.today)]
        middle = f"<div id='app'></div>{_config(ask, '')}"
        return page(parts.frame(ask, "政府信息公开", middle), "list", newest(rows, ask.today))
    if listed and 301 <= int(listed[1]) < 301 + ask.site.columns and ask.query.get("sid") == SID:
        return _list(ask, int(listed[1]) - 301)
    paper = ask.site.paper(detail[1], ask.today) if detail else None
    if paper:
        return _detail(ask, paper)
    holder = ask.site.paper(file[1], ask.today) if file else None
    return ask.site.file(holder, int(file[2])) if holder and file else missing()


def _config(ask: Ask, detail: str) -> str:
    tree = [
        {"id": 301 + at, "name": COLUMNS[at][1], "post_count": 9, "jump_url": "", "children": []}
        for at in range(ask.site.columns)
    ]
    said = json.dumps(tree, ensure_ascii=False)
    return (
        f"<script>\nwindow._CONFIG = {{ BASE_URL: '/gkmlpt', SID: '{SID}', SITE_NAME: '{ask.site.name}',"
        f" TREE: {said}{detail} }};\n</script>"
    )


def _list(ask: Ask, column: int) -> Answer:
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    number = int(ask.query.get("page", "1"))
    part = rows[(number - 1) * size : number * size]
    said = {
        "classify": {"id": 301 + column, "name": COLUMNS[column][1]},
        "total": ask.site.total(column, ask.today),
        "page": number,
        "articles": [_article(ask, paper) for paper in part],
    }
    body = json.dumps(said, ensure_ascii=False).encode()
    return Answer(200, "application/json; charset=utf-8", body, "list", newest(rows, ask.today))


def _article(ask: Ask, paper: Paper) -> dict[str, Any]:
    when = int(posted(paper).timestamp())
    written = int(datetime(paper.day.year, paper.day.month, paper.day.day, tzinfo=ZONE).timestamp())
    files = [
        {"name": f"{file.name}.{file.kind}", "url": f"/attachment/0/{paper.number}/{at}.{file.kind}"}
        for at, file in enumerate(paper.files)
    ]
    return {
        "id": paper.number,
        "title": paper.title,
        "url": f"http://{ask.site.host}{path(paper)}#{301 + paper.column}",
        "document_number": paper.doc_number or "",
        "identifier": paper.index_number,
        "publisher": ask.site.name,
        "keywords": "",
        "date": written,
        "create_time": when,
        "first_publish_time": when,
        "display_publish_time": when,
        "classify_main_name": COLUMNS[paper.column][1],
        "classify_theme_name": "",
        "is_expired": 0,
        "is_abolished": 0,
        "attachments": files,
    }


def _detail(ask: Ask, paper: Paper) -> Answer:
    held = json.dumps({**_article(ask, paper), "content": parts.text(ask, paper)})
    held = held.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    files = "".join(
        f'<li><a href="/attachment/0/{paper.number}/{at}.{file.kind}">{safe(file.name)}.{file.kind}</a></li>'
        for at, file in enumerate(paper.files)
    )
    middle = (
        f'<div class="article-content">{parts.table(ask, paper, "classify")}'
        f'<h1 class="title document-number">{safe(paper.title)}</h1>'
        f'<div class="date-row">发布日期：{posted(paper):%Y-%m-%d %H:%M:%S} 来源：{ask.site.name}</div>'
        f'<div class="content"></div><ul class="attachments">{files}</ul></div>'
        f"{_config(ask, f', DETAIL: {held}')}"
    )
    return page(parts.frame(ask, paper.title, middle), "detail", changed(paper, ask.today), paper)
