"""Parts that the pages of all systems have: frame, meta tags, disclosure table, text, links to files."""

from __future__ import annotations

from tests.breakages.answers import Ask, posted, safe
from tests.breakages.papers import Paper
from tests.breakages.site import COLUMNS, Site


def frame(ask: Ask, title: str, middle: str, head: str = "") -> str:
    """A whole page: navigation, what is different on each, and the foot that all share."""
    site = ask.site
    menu = "".join(
        f'<li><a href="/{key}/">{name}</a></li>'
        for key, name in (
            *(("jggk", "机构概况"), ("ldjs", "领导介绍"), ("zxft", "在线访谈"), ("bsfw", "办事服务")),
            ("hdjl", "互动交流"),
        )
    )
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{safe(title)}_{site.name}</title>'
        f'<meta name="SiteName" content="{site.name}"><meta name="SiteDomain" content="{site.host}">{head}'
        '<link rel="stylesheet" href="/images/site.css"></head><body>'
        f'<div class="top"><a href="/">网站首页</a><ul class="menu">{menu}</ul></div>'
        f'<div class="main">{middle}</div>{site.noise(ask)}'
        '<div class="foot">'
        f"主办单位：{site.name}　承办单位：{site.place}大数据中心"
        f"　网站标识码：33{len(site.id):02d}000017"
        "　建议使用1024以上分辨率浏览　<a href='/wzdt/'>网站地图</a></div></body></html>"
    )


def column_name(site: Site, column: int) -> str:
    """What a list is called."""
    return COLUMNS[column][1]


def tags(ask: Ask, paper: Paper) -> str:
    """The national meta tags of a document page."""
    if not ask.site.habits.meta:
        return ""
    named = {
        "ArticleTitle": paper.title,
        "PubDate": f"{posted(paper):%Y-%m-%d %H:%M}",
        "ContentSource": ask.site.name,
        "ColumnName": COLUMNS[paper.column][1],
    }
    return "".join(f'<meta name="{name}" content="{safe(said)}">' for name, said in named.items())


def disclosed(ask: Ask, paper: Paper) -> list[tuple[str, str]]:
    """Labels and values of the disclosure table."""
    rows = [
        ("索引号", paper.index_number),
        ("发布机构", ask.site.name),
        ("文号", paper.doc_number or ""),
        ("成文日期", f"{paper.day:%Y-%m-%d}"),
        ("发布日期", f"{paper.day:%Y-%m-%d}"),
    ]
    return rows if ask.site.habits.table else []


def table(ask: Ask, paper: Paper, name: str) -> str:
    """The disclosure table, two pairs a row."""
    cells = [f"<th>{label}</th><td>{safe(value)}</td>" for label, value in disclosed(ask, paper)]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    return f'<table class="{name}"><tbody>{rows}</tbody></table>' if rows else ""


def text(ask: Ask, paper: Paper, style: str = "text-indent:2em") -> str:
    """The paragraphs of a document; one whose text lies in its file says so."""
    if paper.text_in_file:
        return f'<p style="{style}">全文详见附件。</p>'
    lines = paper.text(ask.today)
    return "\n".join(f'<p style="{style}">{safe(line)}</p>' for line in lines)


def links(paper: Paper, paths: list[str], name: str = "fj") -> str:
    """The block of links to files, nothing when there are none."""
    rows = "".join(
        f'<li><a href="{path}">{safe(file.name)}.{file.kind}</a></li>'
        for file, path in zip(paper.files, paths, strict=True)
    )
    return f'<ul class="{name}">{rows}</ul>' if rows else ""


def mark(paper: Paper) -> str:
    """What stands before the title of a pinned document."""
    return '<i class="top">[置顶]</i>' if paper.pinned else ""
