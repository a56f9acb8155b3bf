"""Static sites with numbered list files, t-date addresses, and one of two pagers."""

from __future__ import annotations

import re

from tests.breakages.answers import Answer, Ask, changed, missing, page, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, newest, pages_of
from tests.breakages.styles import parts

_LIST = re.compile(r"/(\w+)/(?:index(?:_(\d+))?\.html)?$")
_DETAIL = re.compile(r"/(\w+)/\d{6}/t\d{8}_(\d+)\.html$")
_FILE = re.compile(r"/(\w+)/\d{6}/P(\d+)_(\d)\.\w+$")
_KEYS = [key for key, _ in COLUMNS]


def starts(columns: int) -> list[str]:
    """Addresses of the lists."""
    return [f"/{key}/index.html" for key in _KEYS[:columns]]


def with_script(ask: Ask) -> Answer:
    """Lists whose script calls createPageHTML."""
    return _answer(ask, 'createPageHTML({pages}, {number}, "index", "html");')


def with_pager(ask: Ask) -> Answer:
    """Lists whose script makes a Pager."""
    return _answer(ask, "var p = new Pager({{size:{pages},current:{number},prefix:'index',suffix:'html'}});")


def _answer(ask: Ask, pager: str) -> Answer:
    listed, detail, file = (pattern.match(ask.path) for pattern in (_LIST, _DETAIL, _FILE))
    if listed and listed[1] in _KEYS[: ask.site.columns]:
        return _list(ask, _KEYS.index(listed[1]), int(listed[2] or 0), pager)
    paper = ask.site.paper(detail[2], ask.today) if detail else None
    if paper and paper.column == _KEYS.index(detail[1] if detail else ""):
        return _detail(ask, paper)
    holder = ask.site.paper(file[2], ask.today) if file else None
    return ask.site.file(holder, int(file[3])) if holder and file else missing()


def path(paper: Paper) -> str:
    """The address of a document."""
    return f"/{_KEYS[paper.column]}/{paper.day:%Y%m}/t{paper.day:%Y%m%d}_{paper.number}.html"


def _list(ask: Ask, column: int, number: int, pager: str) -> Answer:
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    pages = pages_of(rows, size)
    if number >= pages:
        return missing()
    lines = "\n".join(_row(ask, paper) for paper in rows[number * size : (number + 1) * size])
    name = parts.column_name(ask.site, column)
    middle = (
        f'<div class="wz">当前位置：<a href="/">首页</a> &gt; {name}</div><ul class="list">{lines}</ul>'
        f'<div class="page"><script>{pager.format(pages=pages, number=number)}</script></div>'
    )
    return page(parts.frame(ask, name, middle), "list", newest(rows, ask.today))


def _row(ask: Ask, paper: Paper) -> str:
    day = f"<span>{paper.day:%Y-%m-%d}</span>" if ask.site.habits.list_dates else ""
    href = "." + path(paper).removeprefix(f"/{_KEYS[paper.column]}")
    title = safe(paper.title)
    return f'<li>{parts.mark(paper)}<a href="{href}" target="_blank" title="{title}">{title}</a>{day}</li>'


def _detail(ask: Ask, paper: Paper) -> Answer:
    folder = f"./P{paper.number}"
    paths = [f"{folder}_{place}.{file.kind}" for place, file in enumerate(paper.files)]
    middle = (
        f'{parts.table(ask, paper, "xxgk")}<h1 class="bt">{safe(paper.title)}</h1>'
        f'<div class="ly">发布时间：{paper.day:%Y-%m-%d}　来源：{ask.site.name}</div>'
        f'<div class="TRS_Editor">{parts.text(ask, paper)}</div>{parts.links(paper, paths)}'
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return page(text, "detail", changed(paper, ask.today), paper)
