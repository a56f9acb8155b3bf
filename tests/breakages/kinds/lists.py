"""What happens to lists: redesigned, emptied, turned in circles, cut off behind their first page."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from tests.breakages.answers import Answer, Ask, missing, page, safe
from tests.breakages.kinds.change import html_page, inside, on, rewritten
from tests.breakages.styles import SYSTEMS, hanweb, parts

_SERVICES = (
    *("居民身份证补领", "不动产登记预约", "公积金提取", "社会保障卡申领", "食品经营许可办理", "新生儿落户"),
    *("企业开办一日办结", "老年人优待证", "机动车检验预约", "护照换发", "医保异地备案", "个体工商户注销"),
)


@on("list")
def scripted(ask: Ask, answer: Answer) -> Answer:
    """The list became an application: an empty frame, whose script asks an interface for the rows."""
    script = '<script src="/static/js/chunk-vendors.7f2.js"></script>'
    middle = f'<div id="app" class="v-list" data-channel="8841"></div>{script}'
    return page(parts.frame(ask, "信息列表", middle), "list", ask.moment)


def migrated(ask: Ask, answer: Answer) -> Answer:
    """A new system: rows lead to new addresses, the old addresses lead to the home page."""
    if ask.path == "/gov/detail" and ask.query.get("aid", "").isdigit():
        paper = ask.site.paper(ask.query["aid"], ask.today)
        old = healthy(ask, hanweb.path(paper)) if paper else missing()
        return replace(old, modified=ask.moment) if old.status == 200 else old
    if answer.kind == "detail":
        return replace(html_page(ask, "", 302), headers=(("Location", f"http://{ask.site.host}/"),))
    if ask.path == "/":
        words = "".join(f'<li><a href="/s/{at}">{name}</a></li>' for at, name in enumerate(_SERVICES))
        return html_page(ask, parts.frame(ask, "首页", f"<ul>{words}</ul>"))
    if answer.kind != "list" or answer.status != 200:
        return answer
    column = int(re.findall(r"col(\d+)", ask.path)[0]) - hanweb.FIRST
    rows = "".join(
        f'<div class="item"><a href="/gov/detail?cid={column}&amp;aid={paper.number}">'
        f"<h4>{safe(paper.title)}</h4>"
        f'<p class="t">{paper.day:%Y-%m-%d}</p></a></div>'
        for paper in ask.site.shown(column, ask.today)[:15]
    )
    return page(parts.frame(ask, "信息公开", f'<div class="items">{rows}</div>'), "list", ask.moment)


def tiles(ask: Ask, answer: Answer) -> Answer:
    """The list shows tiles of popular services; the documents come from a script below them."""
    if ask.path == "/bsfw/item.aspx":
        name = _SERVICES[int(ask.query.get("no", "0")) % len(_SERVICES)]
        steps = "".join(
            f"<p>第{step}步：携带有效证件到政务服务大厅{step}号窗口办理。</p>" for step in range(1, 6)
        )
        return html_page(ask, parts.frame(ask, name, f'<h3>{name}</h3><div class="guide">{steps}</div>'))
    if answer.kind != "list" or answer.status != 200:
        return answer
    cells = "".join(
        f'<td><a href="/bsfw/item.aspx?no={at}">{name}办事指南</a></td>'
        + ("</tr><tr>" if at % 4 == 3 else "")
        for at, name in enumerate(_SERVICES)
    )
    script = '<div id="zwlist"></div><script>loadList("zwlist", 1);</script>'
    middle = f'<div class="hot"><b>热门服务</b><table class="tiles"><tr>{cells}</tr></table></div>{script}'
    return page(parts.frame(ask, "信息公开", middle), "list", ask.moment)


@on("list")
def one_column_empty(ask: Ask, answer: Answer) -> Answer:
    """One of the two columns lost its documents when it was moved; the other is as before."""
    if not ask.path.startswith("/tzgg/"):
        return answer
    if "_" in ask.path.rsplit("/", 1)[-1].removeprefix("common_list"):
        return missing()
    text = inside(answer.text, '<ul class="UCAP_list">', "</ul>", '<li class="none">暂无数据</li>')
    text = re.sub(r"createPageHTML\([^)]*\)", "createPageHTML('page_div',1, 1,'common_list','shtml',0)", text)
    return rewritten(answer, text, ask)


@on("list")
def interface_empty(ask: Ask, answer: Answer) -> Answer:
    """The list interface lost its index and gives no articles, politely."""
    if "json" not in answer.media:
        return answer
    said = {**json.loads(answer.text), "total": 0, "articles": []}
    return rewritten(answer, json.dumps(said, ensure_ascii=False), ask)


@on("list")
def rows_gone(ask: Ask, answer: Answer) -> Answer:
    """The template runs, its loop finds nothing: heading, pager and foot around an empty list."""
    text = inside(answer.text, '<ul class="list">', "</ul>", "\n")
    return rewritten(answer, re.sub(r"size:\d+,current:\d+", "size:1,current:0", text), ask)


@on("list")
def first_page_again(ask: Ask, answer: Answer) -> Answer:
    """A rewrite rule of the front server sends every page of a list to its first one."""
    first = re.sub(r"index_\d+\.html$", "index.html", ask.path)
    return replace(healthy(ask, first), modified=answer.modified)


@on("list")
def next_is_here(ask: Ask, answer: Answer) -> Answer:
    """The next link of every page leads to the page itself, by its bare address."""
    text = re.sub(r'(<span class="p_next p_fun"><a href=")[^"]*', rf"\g<1>{ask.path}", answer.text)
    return rewritten(answer, text, ask)


@on("list")
def query_ignored(ask: Ask, answer: Answer) -> Answer:
    """A cache in front forgets the query string: page 2 and every later one are page 1."""
    if "json" not in answer.media:
        return answer
    return healthy(ask, ask.path, {**ask.query, "page": "1"})


@on("list")
def pager_gone(ask: Ask, answer: Answer) -> Answer:
    """The script that draws the pager was taken out; the first page is all there is to see."""
    if "_" in ask.path:
        return missing()
    return rewritten(answer, inside(answer.text, '<div class="page">', "</div>", ""), ask)


@on("list")
def total_capped(ask: Ask, answer: Answer) -> Answer:
    """The interface counts and gives only the first page of a column."""
    size = ask.site.per_page
    if ask.path != hanweb.PROXY:
        return rewritten(answer, re.sub(r"totalRecord:\d+", f"totalRecord:{size}", answer.text), ask)
    records = re.findall(r"<record>.*?</record>", answer.text, re.S)[:size]
    if int(ask.query.get("startrecord", "1")) > 1:
        records = []
    counts = f"<totalrecord>{size}</totalrecord><totalpage>1</totalpage>"
    store = f"<datastore><nextgroup></nextgroup>{counts}<recordset>{''.join(records)}</recordset></datastore>"
    return rewritten(answer, f'<?xml version="1.0" encoding="utf-8"?>{store}', ask)


@on("list")
def deeper_missing(ask: Ask, answer: Answer) -> Answer:
    """Only the first page of a list was generated anew; the pager still counts the others, which are gone."""
    return answer if ask.path.endswith("/common_list.shtml") else missing()


def healthy(ask: Ask, path: str, query: dict[str, str] | None = None) -> Answer:
    """What the site would say at another address had nothing happened."""
    return SYSTEMS[ask.site.style].answer(
        replace(ask, path=path, query=ask.query if query is None else query)
    )
