"""Sites whose list pages are numbered from the oldest, with documents under info/."""

from __future__ import annotations

import re

from tests.breakages.answers import Answer, Ask, changed, missing, page, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, newest, pages_of
from tests.breakages.styles import parts

_LIST = re.compile(r"/(\w+?)(?:/(\d+))?\.htm$")
_DETAIL = re.compile(r"/info/(\d+)/(\d+)\.htm$")
_FILE = re.compile(r"/__local/(\d+)_(\d)\.\w+$")
_KEYS = [key for key, _ in COLUMNS]


def starts(columns: int) -> list[str]:
    """Addresses of the lists."""
    return [f"/{key}.htm" for key in _KEYS[:columns]]


def path(paper: Paper) -> str:
    """The address of a document."""
    return f"/info/{1031 + paper.column}/{paper.number}.htm"


def answer(ask: Ask) -> Answer:
    """Lists, documents and files."""
    detail, listed, file = (pattern.match(ask.path) for pattern in (_DETAIL, _LIST, _FILE))
    paper = ask.site.paper(detail[2], ask.today) if detail else None
    if paper and path(paper) == ask.path:
        return _detail(ask, paper)
    if listed and listed[1] in _KEYS[: ask.site.columns]:
        return _list(ask, _KEYS.index(listed[1]), int(listed[2]) if listed[2] else None)
    holder = ask.site.paper(file[1], ask.today) if file else None
    return ask.site.file(holder, int(file[2])) if holder and file else missing()


def _list(ask: Ask, column: int, stated: int | None) -> Answer:
    """The column's own page is the newest; the others are cut from the oldest document on."""
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    pages = pages_of(rows, size)
    number = 1 if stated is None else pages - stated + 1
    if stated is not None and not 1 <= stated < pages:
        return missing()
    end = len(rows) - (pages - number) * size
    lines = "\n".join(_row(ask, paper) for paper in rows[max(0, end - size) : end])
    name = parts.column_name(ask.site, column)
    middle = (
        f'<div class="weizhi">当前位置: <a href="/index.htm">首页</a> &gt;&gt; {name}</div>'
        f'<div class="list_r"><ul>{lines}</ul><div class="pages"><div class="pb_sys_common pb_sys_normal">'
        f"{_pager(_KEYS[column], len(rows), number, pages)}</div></div></div>"
    )
    return page(parts.frame(ask, name, middle), "list", newest(rows, ask.today))


def _row(ask: Ask, paper: Paper) -> str:
    day = f"<span>{paper.day:%Y-%m-%d}</span>" if ask.site.habits.list_dates else ""
    title = safe(paper.title)
    pin = parts.mark(paper)
    return (
        f'<li id="line_u8_{paper.number}">{day}{pin}<a href="{path(paper)}" title="{title}">{title}</a></li>'
    )


def _pager(key: str, total: int, number: int, pages: int) -> str:
    following = '<span class="p_next_d p_fun_d">下页</span>'
    if number < pages:
        following = f'<span class="p_next p_fun"><a href="/{key}/{pages - number}.htm">下页</a></span>'
    return (
        f'<span class="p_t">共{total}条</span> <span class="p_pages"><span class="p_no_d">{number}</span>'
        f'{following}</span> <span class="p_t">{number}/{pages}</span>'
    )


def _detail(ask: Ask, paper: Paper) -> Answer:
    paths = [f"/__local/{paper.number}_{place}.{file.kind}" for place, file in enumerate(paper.files)]
    middle = (
        f'<form name="_newscontent_fromname"><div class="show01">{parts.table(ask, paper, "zw_table")}'
        f'<h2 class="con_bt">{safe(paper.title)}</h2><p class="xx">发布日期：{paper.day:%Y年%m月%d日} 09:30　'
        f"来源：{ask.site.name}</p>"
        f'<div id="vsb_content"><div class="v_news_content">{parts.text(ask, paper)}</div></div>'
        f'<div id="div_vote_id"></div>{parts.links(paper, paths)}</div></form>'
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return page(text, "detail", changed(paper, ask.today), paper)
