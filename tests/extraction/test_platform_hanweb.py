"""Hanweb lists and pages from hand-made answers: the documented shapes, and what goes wrong on real ones."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

COLUMN = "http://a.example/col/col282/index.html"
PROXY = "http://a.example/module/web/jpage/dataproxy.jsp"
ASKED = "columnid=282&unitid=4236&webid=39&col=1&appid=1&path=%2F&sourceContentType=1&permissiontype=0"


def answer_url(first: int, last: int, size: int = 20) -> str:
    return f"{PROXY}?startrecord={first}&endrecord={last}&perpage={size}&{ASKED}"


def line(number: int, when: str = "2026-05-06") -> str:
    return (
        f"<li><a target='_blank' title='关于第{number}件事的通知' href='/art/2026/5/6/art_282_{number}.html'>"
        f"关于第{number}件…</a><span>{when}</span></li>"
    )


def store(*records: str, head: str = "") -> str:
    wrapped = "".join(f"<record><![CDATA[\n{record}\n]]></record>" for record in records)
    return f"<datastore>{head}<recordset>{wrapped}</recordset></datastore>"


def column_page(total: str = "41", size: str = "20", inside: str = "") -> bytes:
    script = f"""$("#4236").jpage({{ totalRecord:{total}, perPage:{size},
    proxyUrl:'/module/web/jpage/dataproxy.jsp', ajaxParam:{{col:1,appid:1,webid:39,path:'/',columnid:282,
    sourceContentType:1,unitid:'4236',permissiontype:0}} }});"""
    data = f'<script type="text/xml">{inside}</script>' if inside else ""
    return f"<html><body><div id='4236'></div>{data}<script>{script}</script></body></html>".encode()


def dataproxy(body: str | bytes, url: str) -> ListPage:
    raw = body if isinstance(body, bytes) else body.encode()
    return PLATFORMS["hanweb_dataproxy"].parse_list(raw, url, hints("hanweb_dataproxy"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_a_column_leads_to_the_first_three_pages_of_its_interface() -> None:
    page = dataproxy(column_page(), COLUMN)
    assert (page.entries, page.total, [request.url for request in page.next]) == (
        (),
        41,
        [answer_url(1, 60)],
    )


def test_a_column_with_its_first_records_asks_for_those_behind_them() -> None:
    page = dataproxy(column_page(inside=store(line(1), line(2))), COLUMN)
    assert [entry.site_id for entry in page.entries] == ["1", "2"]
    assert parse_qs(urlsplit(page.next[0].url).query)["startrecord"] == ["3"]


def test_a_column_that_holds_all_its_records_asks_for_nothing() -> None:
    assert dataproxy(column_page("2", inside=store(line(1), line(2))), COLUMN).next == ()


@pytest.mark.parametrize("total", ["null", "''", "undefined"])
def test_a_pager_without_a_total_is_followed(total: str) -> None:
    page = dataproxy(column_page(total), COLUMN)
    assert (page.total, len(page.next)) == (None, 1)


def test_quoted_names_and_values_are_read_as_well() -> None:
    body = b"""<script>new jpage({"perPage":"10","totalRecord":"31","proxyUrl":"/module/jpage/dataproxy.jsp",
    "ajaxParam":{"unitid":"77","columnid":"5,6","webid":"1"}})</script>"""
    page = dataproxy(body, COLUMN)
    assert page.next[0].url.startswith(
        "http://a.example/module/jpage/dataproxy.jsp?startrecord=1&endrecord=30"
    )
    assert parse_qs(urlsplit(page.next[0].url).query)["columnid"] == ["5,6"]


def test_a_list_of_several_columns_is_asked_with_all_that_its_script_sends() -> None:
    body = b"""<script>new jpage({perPage:15,totalRecord:400,
    proxyUrl:'/module/web/jpage/morecolumndataproxy.jsp',
    ajaxParam:{col:1,appid:'1',webid:3,path:'/',columnid:'1,2,3',sourceContentType:'1',unitid:'90',
    keyWordCount:'',webname:'x'}})</script>"""
    request = dataproxy(body, COLUMN).next[0]
    asked = parse_qs(urlsplit(request.url).query)
    assert urlsplit(request.url).path == "/module/web/jpage/morecolumndataproxy.jsp"
    assert (asked["columnid"], asked["webname"], asked["endrecord"]) == (["1,2,3"], ["x"], ["45"])
    page = dataproxy(
        store(*map(line, range(1, 46)), head="<totalrecord>400</totalrecord>").encode(), request.url
    )
    assert (len(page.entries), page.total) == (45, 400)
    assert parse_qs(urlsplit(page.next[0].url).query)["startrecord"] == ["46"]


def test_an_interface_on_another_host_is_not_asked() -> None:
    body = column_page().replace(b"'/module", b"'http://evil.example/module")
    assert dataproxy(body, COLUMN).next == ()


def test_by_post_the_numbers_are_sent_as_a_form() -> None:
    row = hints("hanweb_dataproxy", options={"method": "post"})
    request = PLATFORMS["hanweb_dataproxy"].parse_list(column_page(), COLUMN, row).next[0]
    assert (request.method, request.body) == ("POST", ASKED.encode())
    assert request.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    follow = PLATFORMS["hanweb_dataproxy"].parse_list(store(*map(line, range(60))).encode(), request.url, row)
    assert (follow.next[0].method, follow.next[0].body) == ("POST", ASKED.encode())


def test_the_columns_of_a_source_may_be_given_by_number() -> None:
    row = hints("hanweb_dataproxy", options={"columns": "282 283"})
    assert [request.url for request in PLATFORMS["hanweb_dataproxy"].start(row)] == [
        COLUMN,
        "http://a.example/col/col283/index.html",
    ]


def test_a_column_made_into_plain_pages_is_turned() -> None:
    rows = "".join(
        f"<tr><td><a href='/art/2026/5/{day}/art_1_{day}.html'>关于做好第{day}项工作的通知</a></td>"
        f"<td>2026-05-{day}</td></tr>"
        for day in range(11, 17)
    )
    page = dataproxy(
        f"<table>{rows}</table><a href='list_2.html'>下一页</a>", "http://a.example/col/a/list.html"
    )
    assert len(page.entries) == 6
    assert [one.url for one in page.next] == ["http://a.example/col/a/list_2.html"]


ROWS = {
    "list item": line(7),
    "swapped attributes": line(7).replace("target='_blank' ", ""),
    "date over several lines": line(7, "\n    2026-\n    05-\n    06\n"),
    "table row": "<tr><td>000014349/2026-00001<td><a href='/art/2026/5/6/art_282_7.html' "
    "title='关于第7件事的通知'>关于第7件…</a><td>苏政发〔2026〕7号<td>[2026-05-06]</tr>",
    "definition list": "<dl><dt><a href='/art/2026/5/6/art_282_7.html'>关于第7件事的通知</a></dt>"
    "<dd>苏政发〔2026〕7号</dd><dd>发布日期：2026.05.06</dd></dl>",
    "written before posted": "<li><a href='/art/2026/5/6/art_282_7.html'>关于第7件事的通知</a>"
    "<span>2026-02-00018</span><span>成文 2026-04-30</span><span>2026-05-06</span></li>",
    "no date in the row": "<li><a href='/art/2026/5/6/art_282_7.html'>关于第7件事的通知</a></li>",
    "picture and title": "<li><a href='/art/2026/5/6/art_282_7.html'><img src=1.png></a>"
    "<a href='/art/2026/5/6/art_282_7.html'>关于第7件事的通知</a><i>2026年5月6日</i></li>",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_rows_of_every_build_give_title_date_and_number(row: str) -> None:
    page = dataproxy(store(row, line(8)), answer_url(1, 60))
    assert [(e.title, e.published, e.site_id) for e in page.entries] == [
        ("关于第7件事的通知", date(2026, 5, 6), "7"),
        ("关于第8件事的通知", date(2026, 5, 6), "8"),
    ]
    assert page.entries[0].doc_number in (None, "苏政发〔2026〕7号")
    assert ("苏政发" in row) == (page.entries[0].doc_number is not None)


def test_escaped_records_and_hexadecimal_addresses() -> None:
    row = "&lt;li&gt;&lt;a href='/art/2026/art_9_0a1b2c.html'&gt;关于某事的公告&lt;/a&gt;&lt;/li&gt;"
    page = dataproxy(
        f"<datastore><recordset><record>{row}</record></recordset></datastore>", answer_url(1, 60)
    )
    assert [(entry.url, entry.site_id) for entry in page.entries] == [
        ("http://a.example/art/2026/art_9_0a1b2c.html", "0a1b2c")
    ]


def test_a_record_that_points_elsewhere_has_no_number_of_this_site() -> None:
    page = dataproxy(store("<li><a href='http://b.example/1.html'>转载的通知</a></li>"), answer_url(1, 60))
    assert [(entry.url, entry.site_id) for entry in page.entries] == [("http://b.example/1.html", None)]


@pytest.mark.parametrize(
    ("head", "held", "following"),
    [
        ("<totalrecord>99</totalrecord>", 60, 61),
        ("<totalrecord>60</totalrecord>", 60, None),
        ("<totalrecord>99</totalrecord>", 20, 21),  # the site gives less than was asked for
        ("<totalrecord>null</totalrecord>", 60, 61),
        ("<totalrecord></totalrecord>", 59, None),
        ("<totalrecord>0</totalrecord>", 60, 61),
        ("<totalrecord>0</totalrecord>", 59, None),
        ("", 60, 61),
        ("", 3, None),
    ],
)
def test_groups_follow_each_other_until_the_total_or_a_short_one(
    head: str, held: int, following: int | None
) -> None:
    page = dataproxy(store(*map(line, range(held)), head=head), answer_url(1, 60))
    assert len(page.entries) == held
    assert [request.url for request in page.next] == (
        [answer_url(following, following + 59)] if following else []
    )


def test_an_answer_that_looks_like_no_hits_is_throttling_when_many_are_promised() -> None:
    held_back = dataproxy(store(head="<totalrecord>500</totalrecord>"), answer_url(61, 120))
    busy = dataproxy("<html><body>您的访问过于频繁，请稍后再试</body></html>", answer_url(1, 60))
    assert (codes(held_back), codes(busy)) == (["throttled"], ["throttled"])


def test_an_empty_answer_is_the_end_of_a_list_whose_total_counts_removed_documents() -> None:
    page = dataproxy(store(head="<totalrecord>63</totalrecord>"), answer_url(61, 120))
    assert (page.entries, page.next, codes(page)) == ((), (), [])


def test_a_page_and_more_that_is_missing_at_the_end_is_lost() -> None:
    page = dataproxy(store(head="<totalrecord>90</totalrecord>"), answer_url(76, 120, 15))
    assert (page.next, codes(page)) == ((), ["lost-pages"])
    few = dataproxy(store(head="<totalrecord>89</totalrecord>"), answer_url(76, 120, 15))
    assert codes(few) == []


@pytest.mark.parametrize("total", ["0", "'0'"])
def test_a_column_that_counts_nothing_beside_its_records_is_followed(total: str) -> None:
    page = dataproxy(column_page(total, inside=store(line(1), line(2))), COLUMN)
    assert (page.total, parse_qs(urlsplit(page.next[0].url).query)["startrecord"]) == (None, ["3"])


def test_an_empty_first_answer_is_named_unless_the_site_says_none() -> None:
    assert codes(dataproxy(store(), answer_url(1, 60))) == ["empty-list"]
    assert codes(dataproxy(store(head="<totalrecord>0</totalrecord>"), answer_url(1, 60))) == []
    assert codes(dataproxy("<html>404</html>", answer_url(1, 60))) == ["no-records"]


def test_a_cut_answer_keeps_its_whole_records_and_says_so() -> None:
    body = store(line(1), line(2))[:-60]
    page = dataproxy(body, answer_url(1, 60))
    assert ([entry.site_id for entry in page.entries], page.next, codes(page)) == (["1"], (), ["cut-off"])


def recordset(body: str) -> ListPage:
    return PLATFORMS["hanweb_recordset"].parse_list(body.encode(), COLUMN, hints("hanweb_recordset"))


MORE = "/module/web/jpage/dataproxy.jsp?page=1&columnid=8f3a9c&unitid=c9a3f8"
OPAQUE = f"<nextgroup><![CDATA[<a href='{MORE}'></a>]]></nextgroup>"


def test_a_record_set_is_read_and_its_next_group_is_not_followed() -> None:
    page = recordset(
        f"<div></div><script type='text/xml'>{store(line(1), ROWS['table row'], head=OPAQUE)}</script>"
    )
    assert [entry.site_id for entry in page.entries] == ["1", "7"]
    assert (page.next, page.problems) == ((), ())


def test_an_empty_record_set_and_a_stub_page_are_named() -> None:
    assert codes(recordset(f"<script>{store(head=OPAQUE)}</script>")) == ["empty-list"]
    assert codes(recordset("<html><body></body></html>")) == ["empty-list"]


def test_a_column_written_out_as_plain_rows_is_read_too() -> None:
    assert [entry.site_id for entry in recordset(f"<ul>{line(1)}{line(2)}</ul>").entries] == ["1", "2"]


def test_a_site_that_changed_its_system_is_read_by_the_new_one_and_says_so() -> None:
    body = """<script src="_sitegray/_sitegray.js"></script><link href="style.vsb.css">
    <ul><li><a href="../info/1012/17010.htm">云河省审计厅公告</a><span>2025-06-18</span></li></ul>"""
    page = recordset(body)
    assert [entry.site_id for entry in page.entries] == ["17010"]
    assert codes(page) == ["other-platform"]


DETAIL = """<html><head><meta content="关于第7件事的通知" name="ArticleTitle">
<meta content="2026-05-06 10:12" name="PubDate"></head><body>
<table class="xxgk_table"><tr><th>索 引 号</th><td>014000335/2026-00007</td><th>分类</th><td>水利</td></tr>
<tr><th>文&nbsp;&nbsp;号</th><td>苏政发〔2026〕7号</td><th>生成日期</th><td>2026-04-30</td></tr></table>
<div class="tit">发布时间：2026-05-06</div><div id="zoom"><p>各市人民政府：</p>
<p class=MsoNormal><span>自</span><span lang=EN-US>2026<o:p></o:p></span><span>年起执行。</span>
<p>补贴标准由省财政厅会同省水利厅另行制定，附件随文印发。</div>{more}</body></html>"""


def test_a_document_page_gives_table_body_number_and_identity() -> None:
    card = capture("http://a.example/art/2026/5/6/art_282_7.html", role="detail")
    one = read_capture(card, DETAIL.format(more="").encode(), source("hanweb_dataproxy")).documents[0]
    assert one.paragraphs == (
        "各市人民政府：",
        "自2026年起执行。",
        "补贴标准由省财政厅会同省水利厅另行制定，附件随文印发。",
    )
    assert (one.doc_number, one.index_number, one.site_id) == (
        "苏政发〔2026〕7号",
        "014000335/2026-00007",
        "7",
    )
    assert (one.published, one.written) == (date(2026, 5, 6), date(2026, 4, 30))


def test_a_document_is_the_same_in_another_column_and_in_the_new_system() -> None:
    row = source("hanweb_recordset")
    addresses = ("/art/2026/5/6/art_282_7.html", "/art/2026/5/6/art_300_7.html", "/info/1012/7.htm")
    body = DETAIL.format(more="").encode()
    ids = {
        read_capture(capture(f"http://a.example{path}", role="detail"), body, row).documents[0].document_id
        for path in addresses
    }
    assert len(ids) == 1


def test_files_behind_the_download_script_are_offered_also_when_only_a_script_names_them() -> None:
    script = "/module/download/downfile.jsp?classid=0&filename="
    more = f'<p><a href="{script}1a.pdf">目录</a></p><script>var pdfurl = "{script}2b.pdf";</script>'
    card = capture("http://a.example/art/2026/5/6/art_282_7.html", role="detail")
    one = read_capture(card, DETAIL.format(more=more).encode(), source("hanweb_dataproxy")).documents[0]
    assert [(link.name, link.url.rpartition("=")[2]) for link in one.attachments] == [
        ("目录", "1a.pdf"),
        ("2b.pdf", "2b.pdf"),
    ]


@pytest.mark.parametrize(
    ("body", "url", "name"),
    [
        (column_page(), COLUMN, "hanweb_dataproxy"),
        (store(line(1)).encode(), answer_url(1, 60), "hanweb_dataproxy"),
        (f"<html>{store(line(1), head=OPAQUE)}</html>".encode(), COLUMN, "hanweb_recordset"),
        (b"<html></html>", "http://a.example/art/2026/5/6/art_282_7.html", "hanweb_dataproxy"),
    ],
)
def test_hanweb_sites_are_detected(body: bytes, url: str, name: str) -> None:
    assert detect(body, url) == name
