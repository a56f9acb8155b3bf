"""Sites with numbered columns: records in the column's page, or from the list interface behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.breakages.answers import HTML, Answer, Ask, changed, missing, page, safe
from tests.breakages.papers import Paper
from tests.breakages.site import newest, pages_of
from tests.breakages.styles import parts

PROXY = "/module/web/jpage/dataproxy.jsp"
FIRST = 2201  # number of the first column
IN_PAGE = 45
_COLUMN = re.compile(r"/col/col(\d+)/(?:index\.html)?$")
_DETAIL = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_(\d+)_(\d+)\.html$")
_FILE = re.compile(r"/attach/0/(\d+)_(\d)\.\w+$")


def starts(columns: int) -> list[str]:
    """Addresses of the lists."""
    return [f"/col/col{FIRST + column}/index.html" for column in range(columns)]


def with_records(ask: Ask) -> Answer:
    """The newest records stand in the column's page; there are no further pages."""
    column = _column(ask)
    if column is None:
        return _document(ask)
    rows = ask.site.shown(column, ask.today)[:IN_PAGE]
    store = datastore([_record(ask, paper) for paper in rows], "")
    script = f'jpage("u1", {{dataStore:"s1", perPage:{ask.site.per_page}, showMode:"full"}});'
    place = f'<div id="u1"></div><script type="text/xml" id="s1">{store}</script><script>{script}</script>'
    return _column_page(ask, column, place)


def with_interface(ask: Ask) -> Answer:
    """The column's page holds only numbers; the records come from the list interface."""
    if ask.path == PROXY:
        return _records(ask)
    column = _column(ask)
    if column is None:
        return _document(ask)
    total, unit = ask.site.total(column, ask.today), _unit(column)
    script = (
        f"$('#{unit}').jpage({{ showMode:'full', totalRecord:{total}, perPage:{ask.site.per_page}, "
        f"proxyUrl:'{PROXY}', ajaxParam:{{col:1,appid:1,webid:3,path:'/',columnid:{FIRST + column},"
        f"sourceContentType:1,unitid:'{unit}',webname:'{ask.site.name}',permissiontype:0}} }});"
    )
    return _column_page(ask, column, f'<div id="{unit}"></div><script>{script}</script>')


def datastore(records: Sequence[str], counts: str) -> str:
    """The envelope of the list interface."""
    wrapped = "\n".join(f"<record><![CDATA[{record}]]></record>" for record in records)
    return f"<datastore><nextgroup></nextgroup>{counts}<recordset>{wrapped}</recordset></datastore>"


def path(paper: Paper) -> str:
    """The address of a document."""
    day = f"{paper.day.year}/{paper.day.month}/{paper.day.day}"
    return f"/art/{day}/art_{FIRST + paper.column}_{paper.number}.html"


def _unit(column: int) -> str:
    return str(70_400 + column)


def _column(ask: Ask) -> int | None:
    found = _COLUMN.match(ask.path)
    number = int(found[1]) - FIRST if found else -1
    return number if 0 <= number < ask.site.columns else None


def _column_page(ask: Ask, column: int, place: str) -> Answer:
    name = parts.column_name(ask.site, column)
    where = f'<div class="wz">您现在的位置：<a href="/">首页</a> &gt;&gt; {name}</div>'
    middle = f'{where}<div class="lb">{place}</div>'
    rows = ask.site.shown(column, ask.today)
    return page(parts.frame(ask, name, middle), "list", newest(rows, ask.today))


def _records(ask: Ask) -> Answer:
    asked = {name: int(said) for name, said in ask.query.items() if said.isdigit()}
    column = asked.get("columnid", 0) - FIRST
    if not 0 <= column < ask.site.columns or ask.query.get("unitid") != _unit(column):
        return Answer(200, "text/xml; charset=utf-8", datastore([], "").encode(), "list")
    rows = ask.site.shown(column, ask.today)
    first, size = asked.get("startrecord", 1), asked.get("perpage", ask.site.per_page)
    part = rows[first - 1 : min(asked.get("endrecord", first + 3 * size), first + 3 * size - 1)]
    total = ask.site.total(column, ask.today)
    counts = f"<totalrecord>{total}</totalrecord><totalpage>{pages_of(rows, size)}</totalpage>"
    text = datastore([_record(ask, paper) for paper in part], counts)
    whole = f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
    return Answer(200, "text/xml; charset=utf-8", whole, "list", newest(rows, ask.today))


def _record(ask: Ask, paper: Paper) -> str:
    title = safe(paper.title)
    short = title if len(title) < 32 else title[:32] + "..."
    day = f"<b>{paper.day:%Y-%m-%d}</b>" if ask.site.habits.list_dates else ""
    link = f'<a href="{path(paper)}" target="_blank" title="{title}">{short}</a>'
    return f"<li>{parts.mark(paper)}{link}{day}</li>"


def _document(ask: Ask) -> Answer:
    detail, file = _DETAIL.match(ask.path), _FILE.match(ask.path)
    paper = ask.site.paper(detail[2], ask.today) if detail else None
    if paper and path(paper) == ask.path:
        return _detail(ask, paper)
    holder = ask.site.paper(file[1], ask.today) if file else None
    return ask.site.file(holder, int(file[2])) if holder and file else missing()


def _detail(ask: Ask, paper: Paper) -> Answer:
    paths = [f"/attach/0/{paper.number}_{place}.{file.kind}" for place, file in enumerate(paper.files)]
    middle = (
        f'{parts.table(ask, paper, "xxgk_table")}<div class="tit"><h1>{safe(paper.title)}</h1></div>'
        f'<div class="xx"><span>发布时间：{paper.day:%Y-%m-%d} 16:20</span>'
        f"<span>来源：{ask.site.name}</span></div>"
        f'<div id="zoom" class="nr">{parts.text(ask, paper, "text-indent:2em;font-family:宋体")}</div>'
        f"{parts.links(paper, paths)}<div class='dy'><a href='javascript:window.print()'>打印本页</a></div>"
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return Answer(200, HTML, text.encode(), "detail", changed(paper, ask.today), paper)
