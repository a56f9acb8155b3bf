"""Sites of no known system: lists as tables with a next link, pages asked by number."""

from __future__ import annotations

from tests.breakages.answers import Answer, Ask, changed, missing, page, safe
from tests.breakages.papers import Paper
from tests.breakages.site import newest, pages_of
from tests.breakages.styles import parts


def starts(columns: int) -> list[str]:
    """Addresses of the lists."""
    return [f"/zwgk/list.aspx?lm={column + 1}" for column in range(columns)]


def path(paper: Paper) -> str:
    """The address of a document."""
    return f"/zwgk/show.aspx?id={paper.number}"


def answer(ask: Ask) -> Answer:
    """Lists, documents and files."""
    column, number = ask.query.get("lm", ""), ask.query.get("page", "1")
    known = column.isdigit() and 1 <= int(column) <= ask.site.columns and number.isdigit()
    if ask.path == "/zwgk/list.aspx" and known:
        return _list(ask, int(column) - 1, int(number))
    asked = ask.query.get("id", "")
    paper = ask.site.paper(asked, ask.today) if asked.isdigit() else None
    if paper and ask.path == "/zwgk/show.aspx":
        return _detail(ask, paper)
    if ask.path.startswith("/upfile/"):
        name = ask.path.removeprefix("/upfile/").partition(".")[0]
        owner, _, place = name.partition("-")
        paper = ask.site.paper(owner, ask.today) if owner.isdigit() else None
        return ask.site.file(paper, int(place)) if paper and place.isdigit() else missing()
    return missing()


def _list(ask: Ask, column: int, number: int) -> Answer:
    rows, size = ask.site.shown(column, ask.today), ask.site.per_page
    pages = pages_of(rows, size)
    if not 1 <= number <= pages:
        return missing()
    lines = "\n".join(_row(ask, paper) for paper in rows[(number - 1) * size : number * size])
    name = parts.column_name(ask.site, column)
    where = f"/zwgk/list.aspx?lm={column + 1}&amp;page="
    following = f'<a href="{where}{number + 1}">下一页</a>' if number < pages else "下一页"
    before = f'<a href="{where}{number - 1}">上一页</a>' if number > 1 else "上一页"
    day = "<th>发布日期</th>" if ask.site.habits.list_dates else ""
    middle = (
        f'<div class="wz">{name}</div><table class="zwlist" width="100%">'
        f"<tr><th>标题</th><th>文号</th>{day}</tr>{lines}</table>"
        f'<div class="pager">第{number}页/共{pages}页 {before} {following}</div>'
    )
    return page(parts.frame(ask, name, middle), "list", newest(rows, ask.today))


def _row(ask: Ask, paper: Paper) -> str:
    day = f"<td>{paper.day:%Y-%m-%d}</td>" if ask.site.habits.list_dates else ""
    link = f'<a href="{path(paper)}" target="_blank">{safe(paper.title)}</a>'
    return f"<tr><td>{parts.mark(paper)}{link}</td><td>{paper.doc_number or ''}</td>{day}</tr>"


def _detail(ask: Ask, paper: Paper) -> Answer:
    paths = [f"/upfile/{paper.number}-{place}.{file.kind}" for place, file in enumerate(paper.files)]
    middle = (
        f'<div class="xq"><h3 class="xqbt">{safe(paper.title)}</h3>{parts.table(ask, paper, "gkb")}'
        f'<div class="sj">发布日期：{paper.day:%Y-%m-%d}</div>'
        f'<div id="zoomcon">{parts.text(ask, paper, "line-height:2")}</div>{parts.links(paper, paths)}</div>'
    )
    text = parts.frame(ask, paper.title, middle, parts.tags(ask, paper))
    return page(text, "detail", changed(paper, ask.today), paper)
