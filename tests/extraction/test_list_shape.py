"""The shape of a list is the same on every day of a healthy site and another after a redesign."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from crawlers.platforms import PLATFORMS
from crawlers.platforms.base import ListPage
from crawlers.platforms.shape import list_shape
from tests.extraction.helpers import hints

HOME = "http://a.example/zc/"
FIRST = date(2026, 5, 6)


def shape(platform: str, body: str | bytes, url: str = HOME) -> str:
    raw = body.encode() if isinstance(body, str) else body
    return list_shape(raw, url, PLATFORMS[platform].parse_list(raw, url, hints(platform)))


def days(start: int, count: int = 8) -> list[tuple[int, date]]:
    return [(number, FIRST + timedelta(days=number)) for number in range(start, start + count)]


def trs(start: int, box: str = "news-list", row: str = "<li{c}>{a}<span>{d}</span></li>") -> str:
    rows = []
    for place, (number, day) in enumerate(days(start)):
        state = ' class="first"' if place == 0 else ' class="odd"' if place % 2 else ""
        link = f"./{day:%Y%m}/t{day:%Y%m%d}_{number}.html"
        anchor = f"<a href='{link}'>关于第{number}件事的通知</a>"
        pinned = f"<b><font color=red>{anchor}</font></b>" if place == start % 3 else anchor
        rows.append(row.format(c=state, a=pinned, d=day.isoformat()))
    menu = "<ul class='nav'>" + "".join(f"<li><a href='/m{n}/'>栏目{n}</a></li>" for n in range(30)) + "</ul>"
    listed = f"<div id='box_{start}'><ul class='{box} on'>{''.join(rows)}</ul></div>"
    return f"<html><body>{menu}{listed}</body></html>"


def gkmlpt(start: int, keys: Sequence[str] = ()) -> str:
    rows = [
        {"id": n, "title": f"关于第{n}件事的通知", "url": f"http://a.example/post_{n}.html"}
        | {"display_publish_time": 1_780_000_000 + n}
        | dict.fromkeys(keys, n)
        | ({"relation": [1]} if n % 4 == 0 else {})
        for n, _ in days(start)
    ]
    return json.dumps({"articles": rows, "total": 8, "classify": {"post_count": 8}})


def datastore(start: int, inner: str = "<li><a href='{u}'>{t}</a><span>{d}</span></li>") -> str:
    rows = (
        inner.format(u=f"/art/{d.year}/{d.month}/{d.day}/art_1_{n}.html", t=f"关于第{n}件事的通知", d=d)
        for n, d in days(start)
    )
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
    held = f"<totalrecord>8</totalrecord><recordset>{records}</recordset>"
    return f"<?xml version='1.0'?><datastore>{held}</datastore>"


def jpaas(start: int, box: str = "list") -> str:
    rows = "".join(
        f"<li><a href='/art/2026/art_{n:032x}.html'>关于第{n}件事的通知</a><b>{d}</b></li>"
        for n, d in days(start)
    )
    markup = f"<div class='{box}' count='8'><ul>{rows}</ul></div>"
    return json.dumps({"code": 200, "data": {"html": markup}})


def govcn(start: int) -> str:
    rows = [
        {"title": f"关于<em>第{n}件</em>事的通知", "url": f"http://www.gov.cn/content_{5_000_000 + n}.htm"}
        | {"pubtimeStr": f"{d:%Y.%m.%d}", "pcode": "国发〔2026〕1号" if n % 3 else ""}
        for n, d in days(start)
    ]
    groups = {"gongwen": rows, "bumenfile": []} if start % 2 else {"gongwen": [], "bumenfile": rows}
    held = {name: {"listVO": found, "totalCount": len(found)} for name, found in groups.items()}
    return json.dumps({"searchVO": {"catMap": held, "totalCount": 0}})


def rss(start: int) -> str:
    items = "".join(
        f"<item><title>关于第{n}件事</title><link>http://a.example/{n}.html</link><pubDate>{d}</pubDate></item>"
        for n, d in days(start)
    )
    return f"<rss version='2.0'><channel><title>新闻</title>{items}</channel></rss>"


def atom(start: int) -> str:
    items = "".join(
        f"<entry><title>关于第{n}件事</title><link href='http://a.example/{n}.html'/><updated>{d}T00:00:00Z"
        "</updated></entry>"
        for n, d in days(start)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{items}</feed>"


PROXY = "http://a.example/module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=45&perpage=15&columnid=1"
UNIT = "http://a.example/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=77"
SEARCH = "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary&p=1&n=5"
API = "http://a.example/gkmlpt/api/all/1?page=1&sid=1"
HEALTHY: dict[str, tuple[Callable[[int], str], str, str, str]] = {
    "trs": (trs, "trs", HOME, "html:div#box_0>ul.news-list>li>a dated"),
    "gkmlpt": (gkmlpt, "gkmlpt", API, "json:articles[display_publish_time,id,title,url] dated"),
    "hanweb_dataproxy": (datastore, "hanweb_dataproxy", PROXY, "records:li>a dated"),
    "hanweb_jpaas": (jpaas, "hanweb_jpaas", UNIT, "json:data.html:div.list>ul>li>a dated"),
    "govcn": (govcn, "govcn", SEARCH, "json:searchVO.catMap.*.listVO[pcode,pubtimeStr,title,url] dated"),
    "rss": (rss, "feed", HOME, "xml:rss/item dated"),
    "atom": (atom, "feed", HOME, "xml:feed/entry dated"),
}


@pytest.mark.parametrize("name", HEALTHY)
def test_the_shape_says_where_the_entries_stand_and_stays_for_a_month(name: str) -> None:
    made, platform, url, expected = HEALTHY[name]
    assert {shape(platform, made(start), url) for start in range(1, 31)} == {expected}


REDESIGNS = {
    "another class": (trs(1, box="m-items"), "trs", HOME),
    "a table": (trs(1, row="<tr{c}><td>{a}</td><td>{d}</td></tr>"), "trs", HOME),
    "a block between": (trs(1, row="<li{c}><div class='t'>{a}</div>{d}</li>"), "trs", HOME),
    "records built anew": (
        datastore(1, "<div><h3><a href='{u}'>{t}</a></h3>{d}</div>"),
        "hanweb_dataproxy",
        PROXY,
    ),
    "another unit": (jpaas(1, box="page"), "hanweb_jpaas", UNIT),
    "further keys": (gkmlpt(1, keys=("siteLabel",)), "gkmlpt", API),
}


@pytest.mark.parametrize(("body", "platform", "url"), REDESIGNS.values(), ids=REDESIGNS.keys())
def test_a_redesigned_list_has_another_shape(body: str, platform: str, url: str) -> None:
    usual = next(expected for _, known, _, expected in HEALTHY.values() if known == platform)
    found = shape(platform, body, url)
    assert found
    assert found != usual


def test_a_list_whose_days_are_gone_is_told_from_one_with_days() -> None:
    rows = "".join(f"<li><a href='/info/1012/{n}.htm'>关于第{n}件事的通知</a>{{d}}</li>" for n in range(9))
    dated = f"<div id='_sitegray'><ul class='l'>{rows.replace('{d}', '<i>2026-05-06</i>')}</ul></div>"
    undated = f"<div id='_sitegray'><ul class='l'>{rows.replace('{d}', '')}</ul></div>"
    assert (shape("vsb", dated), shape("vsb", undated)) == (
        "html:div#_sitegray>ul.l>li>a dated",
        "html:div#_sitegray>ul.l>li>a undated",
    )


def test_nothing_is_said_of_a_page_without_entries_or_that_cannot_be_read() -> None:
    assert list_shape(b"<html><body>nothing</body></html>", HOME, ListPage()) == ""
    page = PLATFORMS["trs"].parse_list(trs(1).encode(), HOME, hints("trs"))
    assert list_shape(b"\x00\x01\x02", HOME, page) == ""
    assert list_shape(b"{not json", HOME, page) == ""


def test_entries_that_only_a_script_holds_are_said_to_stand_there() -> None:
    rows = [{"title": f"关于第{n}件事的通知", "url": f"/zc/{n}.html", "date": "2026-05-06"} for n in range(9)]
    body = f"<html><body><div id='list'></div><script>var rows = {json.dumps(rows)};</script></body></html>"
    assert shape("generic", body) == "html:script dated"
