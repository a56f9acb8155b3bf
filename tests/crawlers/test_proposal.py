"""Claims about a new source: what a survey of a site finds, and what file it proposes."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.probing.field_report import inspect
from crawlers.probing.identity import Knowledge
from crawlers.probing.proposal import Proposal, propose
from crawlers.probing.samples import SamplePages, save_sample
from crawlers.probing.saved import SavedPages
from crawlers.probing.source_text import source_text
from crawlers.probing.survey import Survey, survey
from crawlers.recordings import read_recordings
from crawlers.source import SourceFile
from tests.crawlers.loopback import HOST, Answer, Site, make_home
from tests.crawlers.polite import client
from warehouse.errors import NothingUsable, UserError

LIST = f"http://{HOST}/wj/index.html"
TODAY = date(2026, 5, 31)
PLACES = {"44": "广东省", "4403": "深圳市", "13": "河北省", "1304": "邯郸市", "11": "北京市"}


def rows(pattern: str, count: int = 8) -> str:
    return "".join(
        f"<li><a href='{pattern.format(n=n, day=10 + n, hex=f'{n:032x}')}'>关于做好第{n}项重点工作的通知</a>"
        f"<span class='time'>2026-05-{10 + n}</span></li>"
        for n in range(count)
    )


def page(body: str, name: str = "深圳市民政局", code: str = "4403000052") -> str:
    head = f"<meta content='{name}' name='SiteName'><meta name='siteidcode' content='{code}'>"
    return f"<html><head>{head}<title>政策文件 - {name}</title></head><body>{body}</body></html>"


def document(box: str) -> str:
    head = "<meta name='ArticleTitle' content='关于做好第7项重点工作的通知'>"
    head += "<meta name='PubDate' content='2026-05-17 09:00'>"
    text = "<p>各有关单位：请认真做好有关工作，并于2026年底前报送总结材料，重大情况及时报告。</p>" * 6
    nav = "<div class='nav'><a href='/'>首页</a></div>"
    return f"<html><head>{head}</head><body>{nav}<h1>通知</h1><div class='{box}'>{text}</div></body></html>"


def look(folder: Path, url: str, listed: str, document_url: str, shown: str) -> Survey:
    """A survey of two saved pages."""
    (folder / "list.html").write_text(listed, encoding="utf-8")
    (folder / "page.html").write_text(shown, encoding="utf-8")
    pages = SavedPages(url, [str(folder / "list.html"), f"{document_url}={folder / 'page.html'}"])
    return survey(pages, url)


def file_of(proposal: Proposal) -> SourceFile:
    return SourceFile(**tomllib.loads(source_text(proposal, "Proposed in a test")))


CASES = {
    "ucap": (
        "http://www.a.gov.cn/x/c100028/common_list.shtml",
        f"<ul>{rows('/x/c100028/202605/{hex}.shtml')}</ul>"
        "<script>createPageHTML('page_div',21,1,'common_list','shtml',300);</script>",
        f"http://www.a.gov.cn/x/c100028/202605/{7:032x}.shtml",
    ),
    "trs": (
        "http://www.a.gov.cn/zcfb/",
        f"<ul>{rows('./202605/t202605{day}_{n}.html')}</ul>"
        "<script>createPageHTML(9, 0, 'index', 'html');</script>",
        "http://www.a.gov.cn/zcfb/202605/t20260517_7.html",
    ),
    "vsb": (
        "http://www.a.gov.cn/zwgk.htm",
        f"<script src='/_sitegray/_sitegray.js'></script><ul>{rows('info/1012/20{n}.htm')}</ul>"
        "<span class='p_pages'><span class='p_next p_fun'><a href='zwgk/10.htm'>下页</a></span></span>",
        "http://www.a.gov.cn/info/1012/207.htm",
    ),
    "hanweb_recordset": (
        "http://www.a.gov.cn/col/col282/index.html",
        "<script type='text/xml'><datastore><recordset>"
        + "".join(
            f"<record><![CDATA[<li><a href='/art/2026/5/1{n}/art_282_88{n}.html'>关于第{n}件事的通知</a>"
            f"<span>2026-05-1{n}</span></li>]]></record>"
            for n in range(8)
        )
        + "</recordset></datastore></script>",
        "http://www.a.gov.cn/art/2026/5/17/art_282_887.html",
    ),
    "numbered": (
        "http://www.a.gov.cn/lyj/1/lczc/index.html",
        f"<ul>{rows('/lyj/1/lczc/202605{day}/12345{n}.html')}</ul>",
        "http://www.a.gov.cn/lyj/1/lczc/20260517/123457.html",
    ),
    "generic": (
        "http://www.a.gov.cn/list.asp?id=3",
        f"<ul class='news_list'>{rows('show.asp?id={n}77')}</ul><a href='list.asp?id=3&p=2'>下一页</a>",
        "http://www.a.gov.cn/show.asp?id=777",
    ),
}


@pytest.mark.parametrize("platform", CASES)
def test_a_list_of_each_platform_becomes_a_source_that_reads_it(tmp_path: Path, platform: str) -> None:
    url, body, document_url = CASES[platform]
    found = look(tmp_path, url, page(body), document_url, document("zwnr"))
    proposal = propose(found, Knowledge(places=PLACES), TODAY)
    source = file_of(proposal)
    assert source.platform == platform
    assert not source.enabled
    assert (source.jurisdiction, source.region, source.level) == ("CN-4403", "深圳市", "municipal")
    home = make_home(tmp_path / "home")
    folder = save_sample(home, source.id, found.answers, datetime(2026, 6, 1, tzinfo=UTC))
    report = inspect(source, SamplePages(folder), "sample")
    assert len(report.list.entries) == 8
    assert report.exit_code == 0, report.advice
    assert [row.role for row in read_recordings(folder)] == ["list", "detail"]


def test_a_list_of_a_wordpress_stays_the_list_and_its_interface_is_named(tmp_path: Path) -> None:
    mark = "<link rel='https://api.w.org/' href='https://www.blog.example/wp-json/'>"
    listed = page(f"<ul class='list'>{rows('/2026/05/notice-{n}/')}</ul>").replace("<head>", f"<head>{mark}")
    url = "https://www.blog.example/notices/"
    shown = document("entry-content").replace("<head>", f"<head>{mark}")
    found = look(tmp_path, url, listed, "https://www.blog.example/2026/05/notice-7/", shown)
    proposal = propose(found, Knowledge(), TODAY)
    written = file_of(proposal)
    assert (written.platform, [one.url for one in written.start]) == ("generic", [url])
    assert 'platform = "wordpress" without [[start]]' in source_text(proposal, "test")


def test_a_generic_site_gets_selectors_that_were_tried(tmp_path: Path) -> None:
    url, body, document_url = CASES["generic"]
    found = look(tmp_path, url, page(body), document_url, document("zwnr"))
    source = file_of(propose(found, Knowledge(), TODAY))
    assert source.list == {"item": "ul.news_list li", "link": "a[href]", "date": "span.time"}
    assert source.fields == {"body": "div.zwnr"}


@pytest.mark.parametrize(
    ("days", "order", "newest"),
    [
        (("06/24/2025", "06/12/2025", "05/09/2025"), "mdy", "2025-06-24"),
        (("24/06/2025", "12/06/2025", "09/05/2025"), "dmy", "2025-06-24"),
        (("06/12/2025", "06/09/2025", "05/09/2025"), None, "2025-12-06"),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_list(
    tmp_path: Path, days: tuple[str, ...], order: str | None, newest: str
) -> None:
    listed = "".join(
        f"<tr><td><a href='/o/view.aspx?id={n}'>Order in the matter of ship {n}</a></td><td>{day}</td></tr>"
        for n, day in enumerate(days)
    )
    url = "http://orders.example.org/o/list.aspx"
    found = look(
        tmp_path, url, f"<table>{listed}</table>", "http://orders.example.org/o/view.aspx?id=1", document("t")
    )
    proposal = propose(found, Knowledge(), TODAY)
    assert proposal.options.get("day_order") == order
    assert max(str(one.published) for one in found.lists[0].entries) == newest
    assert file_of(proposal).hints().options.get("day_order") == order


def test_a_jpaas_column_leads_to_its_unit(tmp_path: Path) -> None:
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    asked = '{"webId":"a1","tplSetId":"b2","pageId":"c3","tagId":"内容列表","pageType":"column"}'
    (tmp_path / "list.html").write_text(
        page(f"<script url='{unit}' querydata='{asked}'></script>"), encoding="utf-8"
    )
    url = "http://www.a.gov.cn/zw/zjwj/index.html"
    found = survey(SavedPages(url, [str(tmp_path / "list.html")]), url)
    source = file_of(propose(found, Knowledge(places=PLACES), TODAY))
    assert (source.platform, source.start[0].url) == ("hanweb_jpaas", url)
    assert "was not saved" in found.remarks[0]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("4400000012", ("CN-44", "广东省", "provincial")),
        ("1304000009", ("CN-1304", "邯郸市", "municipal")),
        ("4403050003", ("CN-440305", "南山区", "county")),
        ("1100000088", ("CN-11", "北京市", "provincial")),
        ("bm29000002", ("CN", "全国", "national")),
    ],
)
def test_the_site_code_tells_place_and_level(
    tmp_path: Path, code: str, expected: tuple[str, str, str]
) -> None:
    url, body, document_url = CASES["generic"]
    name = "深圳市南山区民政局" if code.startswith("440305") else "某局"
    found = look(tmp_path, url, page(body, name, code), document_url, document("zwnr"))
    who = propose(found, Knowledge(places=PLACES), TODAY).who
    assert (who.jurisdiction, who.region, who.level) == expected


def test_the_rhythm_is_taken_from_the_dates(tmp_path: Path) -> None:
    url, body, document_url = CASES["generic"]
    rhythm = propose(
        look(tmp_path, url, page(body), document_url, document("zwnr")), Knowledge(), TODAY
    ).rhythm
    assert (rhythm.documents_min, rhythm.new_per_month, rhythm.silent_days) == (6, 35, 30)


def test_a_json_list_is_described_with_its_paging(tmp_path: Path) -> None:
    rows = [
        {"id": n, "title": f"关于第{n}件事的通知", "url": f"/d/{n}.html", "publishTime": f"2026-05-{n:02}"}
        for n in range(1, 11)
    ]
    (tmp_path / "list.json").write_text(json.dumps({"data": {"total": 25, "rows": rows}}), encoding="utf-8")
    url = "http://www.a.gov.cn/api/list?pageNo=1&pageSize=10&channel=7"
    source = file_of(propose(survey(SavedPages(url, [str(tmp_path / "list.json")]), url), Knowledge(), TODAY))
    assert source.platform == "single_api"
    assert source.options["address"] == "/api/list?pageNo={page}&pageSize={size}&channel=7"
    told = {key: source.options[key] for key in ("rows", "total", "title", "url", "date", "key")}
    assert told == {
        "rows": "data.rows",
        "total": "data.total",
        "title": "title",
        "url": "url",
        "date": "publishTime",
        "key": "id",
    }


def test_a_page_whose_script_asks_a_ucap_interface_leads_to_it(tmp_path: Path) -> None:
    """No other mark of the platform stands in the page."""
    channel = f"/common/search/{'c0ffee00' * 4}"
    asked = "page=1&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
    script = f"<ul id='rows'></ul><script>$.get('{channel}?_isJson=true&page=1', show)</script>"
    urls = [f"http://{HOST}/x/c100/202605/{number:032x}.shtml" for number in range(5)]
    listed = [
        {"title": f"关于第{n}项工作的通知", "url": url, "publishedTimeStr": f"2026-05-1{n} 09:00:00"}
        for n, url in enumerate(urls)
    ]
    answer = json.dumps({"data": {"total": 5, "page": 1, "rows": 15, "results": listed}}).encode()
    html = {"Content-Type": "text/html; charset=utf-8"}
    with Site() as site:
        site.faults["/zwgk/zc/"] = Answer(200, page(script).encode(), html)
        site.faults[f"{channel}?{asked}"] = Answer(200, answer, {"Content-Type": "application/json"})
        for url in urls:
            site.faults[url.removeprefix(f"http://{HOST}")] = Answer(200, document("zoom").encode(), html)
        found = survey(client(site), f"http://{HOST}/zwgk/zc/")
    source = file_of(propose(found, Knowledge(places=PLACES), TODAY))
    assert (source.platform, [one.url for one in found.lists[0].entries]) == ("ucap_channel", urls)
    folder = save_sample(make_home(tmp_path), source.id, found.answers, datetime(2026, 6, 1, tzinfo=UTC))
    report = inspect(source, SamplePages(folder), "sample")
    assert (len(report.list.entries), report.exit_code) == (5, 0)


def test_a_front_door_that_forwards_is_passed() -> None:
    with Site() as site:
        door = "<meta http-equiv='refresh' content='0;url=/main/'>"
        links = "<a href='/wj/index.html'>规范性文件</a>"
        for path, body in (("/", door), ("/main/", page(links))):
            site.faults[path] = Answer(200, body.encode(), {"Content-Type": "text/html"})
        found = survey(client(site), f"http://{HOST}/")
    assert [one.look.answer.url for one in found.lists] == [LIST]


def test_a_home_page_leads_to_its_columns() -> None:
    with Site() as site:
        links = "<a href='/wj/index.html'>政策文件</a><a href='/jd/'>政策解读</a><a href='/x'>领导之窗</a>"
        site.faults["/"] = Answer(200, page(links).encode(), {"Content-Type": "text/html"})
        found = survey(client(site), f"http://{HOST}/")
    assert [(one.title, one.look.answer.url) for one in found.lists] == [("政策文件", LIST)]
    assert found.document is not None
    assert "/t2026" in found.document.url
    assert site.paths()[:4] == ["/robots.txt", "/", "/wj/index.html", "/jd/"]


def test_a_page_without_a_list_says_what_to_give_instead() -> None:
    with Site() as site:
        site.faults["/"] = Answer(200, page("<p>欢迎</p>").encode(), {"Content-Type": "text/html"})
        with pytest.raises(NothingUsable, match="no list of documents was found"):
            survey(client(site), f"http://{HOST}/")


def test_words_of_a_site_cannot_write_keys_into_the_file(tmp_path: Path) -> None:
    url, body, document_url = CASES["generic"]
    evil = "坏&#10;enabled = true&#10;&quot;\\u0022"
    found = look(tmp_path, url, page(body, evil), document_url, document("zwnr"))
    assert file_of(propose(found, Knowledge(), TODAY)).enabled is False


def test_a_further_saved_page_must_tell_its_address(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<html></html>", encoding="utf-8")
    with pytest.raises(UserError, match="write --page ADDRESS="):
        SavedPages(LIST, [str(tmp_path / "a.html"), str(tmp_path / "b.html")])


def test_a_sample_is_what_replay_reads(tmp_path: Path) -> None:
    url, body, document_url = CASES["trs"]
    found = look(tmp_path, url, page(body), document_url, document("TRS_Editor"))
    folder = save_sample(make_home(tmp_path / "home"), "x", found.answers, datetime(2026, 6, 1, tzinfo=UTC))
    lines = [json.loads(line) for line in (folder / "manifest.jsonl").read_text("utf-8").splitlines()]
    assert [line["url"] for line in lines] == [url, document_url]
    assert all(row.fault(row.read(folder)) is None for row in read_recordings(folder))
