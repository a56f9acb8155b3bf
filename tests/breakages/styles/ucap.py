"""Sites with list pages common_list.shtml and documents numbered in hexadecimal."""

from __future__ import annotations

import hashlib
import re

from tests.breakages.answers import Answer, Ask, changed, missing, page, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, Site, newest, pages_of
from tests.breakages.styles import parts

_LIST = re.compile(r"/(\w+)/common_list(?:_(\d+))?\.shtml$")
_DETAIL = re.compile(r"/(c\d+)/\d{6}/([0-9a-f]{32})\.shtml$")
_FILE = re.compile(r"/(c\d+)/files/(\d+)_(\d)\.\w+$")
_KEYS = [key for key, _ in COLUMNS]


def starts(columns: int) -> list[str]:
    """Addresses of the lists."""
    return [f"/{key}/common_list.shtml" for key in _KEYS[:columns]]


def path(site: Site, paper: Paper) -> str:
    """The address of a document."""
    return f"/c10{paper.column:03d}/{paper.day:%Y%m}/{_hex(site, paper)}.shtml"


def answer(ask: Ask) -> Answer:
    """Lists, documents and files."""
    listed, detail, file = (pattern.match(ask.path) for pattern in (_LIST, _DETAIL, _FILE))
    if listed and listed[1] in _KEYS[: ask.site.columns]:
        return _list(ask, _KEYS.index(listed[1]), int(listed[2] or 1))
    if detail:
        shown = (paper for paper in ask.site.papers if paper.shown(ask.today))
        paper = next((paper for paper in shown if path(ask.site, paper) == ask.path), None)
        return _detail(ask, paper) if paper else missing()
    holder = ask.site.paper(file[2], ask.today) if file else None
    return ask.site.file(holder, int(file[3])) if holder and file else missing()


def _hex(site: Site, paper: Paper) -> str:
    return hashlib.md5(f"{site.id}/{paper.number}".encode()).hexdigest()


def _list(ask: Ask, column: int, number: int) -> Answer:
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    pages = pages_of(rows, size)
    if not 1 <= number <= pages:
        return missing()
    lines = "\n".join(_row(ask, paper) for paper in rows[(number - 1) * size : number * size])
    name = parts.column_name(ask.site, column)
    total = ask.site.total(column, ask.today)
    middle = (
        f'<div class="crumb">首页 &gt; {name}</div><ul class="UCAP_list">{lines}</ul>'
        '<div id="page_div"></div>'
        f"<script>createPageHTML('page_div',{pages}, {number},'common_list','shtml',{total});</script>"
    )
    return page(parts.frame(ask, name, middle), "list", newest(rows, ask.today))


def _row(ask: Ask, paper: Paper) -> str:
    day = f'<span class="date">{paper.day:%Y-%m-%d}</span>' if ask.site.habits.list_dates else ""
    title = safe(paper.title)
    return f'<li>{parts.mark(paper)}<a href="{path(ask.site, paper)}" title="{title}">{title}</a>{day}</li>'


def _detail(ask: Ask, paper: Paper) -> Answer:
    paths = [f"/c10{paper.column:03d}/files/{paper.number}_{at}.{f.kind}" for at, f in enumerate(paper.files)]
    middle = (
        f'<h1 id="ti">{safe(paper.title)}</h1><div class="pages-date">{paper.day:%Y-%m-%d} 10:05　'
        f"<span>来源：{ask.site.name}</span></div>{parts.table(ask, paper, 'bd1')}"
        f'<div class="pages_content" id="UCAP-CONTENT">{parts.text(ask, paper)}</div>'
        f"{parts.links(paper, paths, 'annex')}"
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return page(text, "detail", changed(paper, ask.today), paper)
