"""TRS lists in their dialects: pagers, page ids, rows inside links, rows by script, stub pages."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

FOLDER = "http://a.example/zc/"
SECOND = "<li><a href='./202605/t20260507_43.html'>关于第二件事的公告</a><span>2026-05-07</span></li>"
ROW = "<li><a href='./202605/t20260506_42.html'>关于第一件事的通知</a><span>2026-05-06</span></li>"


def read(body: str, url: str = FOLDER) -> ListPage:
    return PLATFORMS["trs"].parse_list(body.encode(), url, hints("trs"))


def listed(script: str, rows: str = ROW) -> str:
    return f"<html><body><ul>{rows}</ul><script>{script}</script></body></html>"


def following(page: ListPage) -> str | None:
    return page.next[0].url.removeprefix(FOLDER) if page.next else None


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


PAGERS = {
    "Chongqing": ('createPage(9, 0, "index", "html")', "", "index_1.html"),
    "Chongqing's last": ('createPage(9, 8, "index", "html")', "index_8.html", None),
    "element in front": ("createPageHTML('page_div', 25, 3, 'index', 'shtml', 480);", "", "index_4.shtml"),
    "in another folder": ('createPageHTML(3, 0, "../tz/index", "htm")', "", "../tz/index_1.htm"),
    "Beijing": ("Pager({size:266, current:0, prefix:'index', suffix:'html'});", "", "index_1.html"),
    "Beijing, quoted and turned": (
        "new Pager({'suffix':'shtml','prefix':'index','current':'1','size':'3'})",
        "index_1.shtml",
        "index_2.shtml",
    ),
    "Beijing's last": ("Pager({size:2,current:1,prefix:'index',suffix:'html'})", "index_1.html", None),
    "page id": (
        'var countPage = 34; var currentPage = 0; var next = "index_8597_" + (n+1) + ".shtml";',
        "index.shtml",
        "index_8597_1.shtml",
    ),
    "page id, deeper": (
        "var countPage = 34; var url='index_8597_33.shtml';",
        "index_8597_2.shtml",
        "index_8597_3.shtml",
    ),
    "page id, last": ("var countPage=3; 'index_8597_1.shtml'", "index_8597_2.shtml", None),
    "counted without id": ("var countPage = 3, currentPage = 1;", "index_1.htm", "index_2.htm"),
    "counted, file unknown": ("var countPage = 3;<a href='index.shtml'>", "", "index_1.shtml"),
    "widget": ("pagination_script_config = { pageNumber: '0', total: '4' }", "", "index_1.html"),
    "one page": ('createPageHTML(1, 0, "index", "html")', "", None),
    "no page": ('createPageHTML(0, 0, "index", "html")', "", None),
    "commented out": ('\n  //createPageHTML(9, 0, "index", "html")\n', "", None),
    "null": ("var countPage = null; var currentPage = null;", "", None),
    "only defined": ("function createPageHTML(total, current, name, ext) {}", "", None),
}


@pytest.mark.parametrize(("script", "file", "expected"), PAGERS.values(), ids=PAGERS.keys())
def test_the_next_file_follows_from_the_pages_own_words(script: str, file: str, expected: str | None) -> None:
    page = read(listed(script), FOLDER + file)
    wanted = "http://a.example/tz/index_1.htm" if expected == "../tz/index_1.htm" else expected
    assert following(page) == wanted
    assert len(page.entries) == 1


def test_a_plain_link_to_the_next_page_is_followed_where_there_is_no_pager() -> None:
    rows = ROW + SECOND
    assert following(read(f"<ul>{rows}</ul><a href='index_1.html'>下一页</a>")) == "index_1.html"


def test_a_deeper_page_that_is_the_first_again_ends_the_list_and_says_so() -> None:
    page = read(listed('createPageHTML(9, 0, "index", "html")'), FOLDER + "index_3.html")
    assert (len(page.entries), page.next, codes(page)) == (1, (), ["repeated-page"])


@pytest.mark.parametrize(
    ("stub", "code"),
    [
        ("<html><body></body></html>", "stub-page"),
        ("<html><head><title>列表</title></head><body><div id='page'></div></body></html>", "stub-page"),
        ('<html><body><script>createPageHTML(8, 7, "index", "html")</script></body></html>', "stub-page"),
        ('<html><body><script>createPageHTML(40, 7, "index", "html")</script></body></html>', "lost-pages"),
        ("<html><body><script>var countPage = 0;</script></body></html>", "stub-page"),
    ],
)
def test_a_stub_ends_the_list_and_says_when_its_pager_promises_more(stub: str, code: str) -> None:
    page = read(stub, FOLDER + "index_7.html")
    assert (page.entries, page.next, codes(page)) == ((), (), [code])


@pytest.mark.parametrize("first", [FOLDER, FOLDER + "index.html"])
def test_scripts_that_count_from_one_skip_no_page(first: str) -> None:
    walked, url = [], first
    for current in (1, 2, 3):
        page = read(listed(f'createPageHTML(3, {current}, "index", "html")'), url)
        walked.append((following(page), codes(page)))
        url = page.next[0].url if page.next else url
    assert walked == [("index_1.html", []), ("index_2.html", []), (None, [])]


def test_another_page_than_was_asked_for_ends_the_list_and_says_so() -> None:
    page = read(listed('createPageHTML(40, 3, "index", "html")'), FOLDER + "index_7.html")
    assert (page.next, codes(page)) == ((), ["repeated-page"])


def test_a_list_that_shrank_while_it_was_read_just_ends() -> None:
    page = read(listed('createPageHTML(5, 7, "index", "html")'), FOLDER + "index_7.html")
    assert (len(page.entries), page.next, codes(page)) == (1, (), [])


def test_a_pager_that_counts_no_page_leaves_it_to_the_plain_link() -> None:
    rows = f"<ul>{ROW}{SECOND}</ul><a href='index_1.html'>下一页</a><script>var countPage = 0;</script>"
    assert following(read(rows)) == "index_1.html"


MANY = "".join(
    f"<li><a href='./202605/t20260506_{n}.html'>关于第{n}件事的通知</a><span>2026-05-06</span></li>"
    for n in range(10, 25)
)


@pytest.mark.parametrize(
    "script",
    [
        'createPageHTML(null, 0, "index", "html")',
        'createPageHTML("null", "0", "index", "html")',
        "createPageHTML('', '', 'index', 'html')",
        'createPageHTML(undefined, null, "index", "html")',
        'createPageHTML(0, 0, "index", "html")',
        'createPageHTML("page", null, 0, "index", "html")',
        "Pager({size:null, current:0, prefix:'index', suffix:'html'})",
        "Pager({size:'', current:0, prefix:'index', suffix:'html'})",
        "var countPage = null; var currentPage = null; //",
        'var countPage = 0, currentPage = 0; var shown = "index.html";',
    ],
)
def test_a_pager_that_counts_nothing_goes_on_behind_a_full_page_only(script: str) -> None:
    assert following(read(listed(script, MANY))) == "index_1.html"
    assert following(read(listed(script))) is None


@pytest.mark.parametrize("current", ["1", "null", "''"])
def test_a_list_without_a_count_is_followed_from_deeper_pages_too(current: str) -> None:
    script = f'createPageHTML(null, {current}, "index", "html")'
    assert following(read(listed(script, MANY), FOLDER + "index_1.html")) == "index_2.html"


@pytest.mark.parametrize("script", ["createPageHTML(pages, now, 'index', 'html')", "var countPage = pages;"])
def test_a_count_that_only_the_script_knows_is_no_pager(script: str) -> None:
    assert following(read(listed(script, MANY))) is None


def test_a_quoted_pager_is_read() -> None:
    script = 'createPageHTML("25","{}","index","html")'
    assert following(read(listed(script.format(0)))) == "index_1.html"
    assert following(read(listed(script.format(24)), FOLDER + "index_24.html")) is None


def test_a_page_that_asks_to_wait_is_throttling() -> None:
    assert codes(read("<html><body>访问过于频繁，请稍后再试</body></html>")) == ["throttled"]


def test_foreign_and_relative_links_keep_their_address() -> None:
    rows = (
        "<li><a href='../../yw/202605/t20260508_44.html'>关于第三件事的意见</a></li>"
        "<li><a href='http://b.example/x/202605/t20260509_45.shtml'>转载的通知</a></li>"
        "<li><a href='javascript:void(0)'>更多</a></li>"
    )
    assert [(entry.url, entry.published) for entry in read(listed("", rows)).entries] == [
        ("http://a.example/yw/202605/t20260508_44.html", date(2026, 5, 8)),
        ("http://b.example/x/202605/t20260509_45.shtml", date(2026, 5, 9)),
    ]


def test_a_row_inside_its_link_gives_title_number_and_both_days() -> None:
    row = """<table><tr class="zcwjk-list-c"><td class="num">1</td><td class="title">
    <a href="./202605/t20260506_42.html"><p class="tit">云河省行政规范性文件管理办法</p>
    <p class="info"><i>(</i><span>发文字号：云府发〔2026〕3号</span>
    <span class="time">成文日期 ：2026-04-30</span><i>)</i></p></a></td></tr></table>"""
    entry = read(listed('createPage(9, 0, "index", "html")', row)).entries[0]
    assert (entry.title, entry.doc_number, entry.published) == (
        "云河省行政规范性文件管理办法",
        "云府发〔2026〕3号",
        date(2026, 5, 6),
    )
    assert dict(entry.fields) == {"written": "2026-04-30"}


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("成文日期：2026-04-30", date(2026, 5, 6)),  # the day in the address
        ("成文日期：2026年4月30日 发布日期：2026年5月8日", date(2026, 5, 8)),
        ("发布日期：2026-05-08 施行日期：2026-06-01", date(2026, 5, 8)),
    ],
)
def test_another_day_in_the_row_is_not_the_posting(told: str, day: date) -> None:
    row = f"<li><a href='./202605/t20260506_42.html'>关于第一件事的通知</a><span>{told}</span></li>"
    assert read(listed("", row)).entries[0].published == day


def test_a_link_around_list_items_takes_the_whole_title() -> None:
    row = """<a class="listpc-item" href="./202605/t20260506_42.html">
    <li class="fbjg-val" title="省政府">省政府</li>
    <li class="file-title" title="云河省渔港管理规定（修订）">云河省渔港管理规定…</li>
    <li class="file-code">云府令〔2026〕301号</li><li class="pub-time">2026-05-08</li></a>"""
    entry = read(listed("", row)).entries[0]
    assert (entry.title, entry.doc_number, entry.published) == (
        "云河省渔港管理规定（修订）",
        "云府令〔2026〕301号",
        date(2026, 5, 8),
    )


def test_rows_that_only_a_script_writes_are_read() -> None:
    rows = """<script>
    var url = "./202605/t20260506_42.shtml"; var title = "";
    if (title == "") { title = "关于第一件&quot;事&quot;的通知"; }
    var FILENUM = "云政规〔2026〕4号"; document.writeln("<a href="+url+">");
    document.writeln("2026-05-07 17:32");
    var url = "./202605/t20260506_42.shtml"; var title = "同一件事";
    var url = "./202605/t20260508_43.shtml"; title = '关于第二件事的公告'; var FILENUM = "无";
    createPageHTML(25, 0, "index", "shtml");</script>"""
    page = read(f"<html><body><ul>{rows}</ul></body></html>", FOLDER + "index.shtml")
    assert [(e.title, e.doc_number, e.published, e.site_id) for e in page.entries] == [
        ('关于第一件"事"的通知', "云政规〔2026〕4号", date(2026, 5, 7), "t20260506_42"),
        ("关于第二件事的公告", None, date(2026, 5, 8), "t20260508_43"),
    ]
    assert following(page) == "index_1.shtml"


def test_a_list_of_another_system_is_read_by_it_and_says_so() -> None:
    body = """<script src="_sitegray/_sitegray.js"></script><link href="style.vsb.css">
    <ul><li><a href="../info/1012/17010.htm">云河省审计厅公告</a><span>2026-05-06</span></li></ul>"""
    page = read(body)
    assert ([entry.site_id for entry in page.entries], codes(page)) == (["17010"], ["other-platform"])


SENTENCE = "现将管理办法印发给你们，请结合本地区实际认真贯彻执行，执行中的问题及时报告。"
FORMS = {
    "list items": "<ul><li>索&nbsp;引&nbsp;号：K28044908/2026-04277</li><li>发文机构：云河省人民政府</li>"
    "<li>发文字号： 云政规〔2026〕4号</li><li>主题分类：科技</li><li>成文日期：2026年04月30日</li>"
    "<li>发布日期：2026年05月06日</li><li>有效性：有效</li></ul>",
    "definition list": "<dl><dt>索　引　号</dt><dd>K28044908/2026-04277</dd>"
    "<dt>发文机关</dt><dd>云河省人民政府</dd><dt>文　　号</dt><dd>云政规〔2026〕4号</dd>"
    "<dt>分　　类</dt><dd>科技</dd>"
    "<dt>成文日期</dt><dd>2026-04-30</dd>"
    "<dt>发布日期</dt><dd>2026-05-06</dd><dt>有 效 性</dt><dd>有效</dd></dl>",
    "table": "<table><tr><td>信息索引：</td><td>K28044908/2026-04277</td>"
    "<td>发文机构：</td><td>云河省人民政府</td></tr>"
    "<tr><td>发文字号：</td><td>云政规〔2026〕4号</td><td>信息类别：</td><td>科技</td></tr>"
    "<tr><td>生成日期：</td><td>2026-04-30</td><td>发布日期：</td><td>2026-05-06</td></tr>"
    "<tr><td>有效性：</td><td>有效</td></tr></table>",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_the_disclosure_form_is_read_however_it_is_built(form: str) -> None:
    text = f"<p>各市人民政府：</p><p>{SENTENCE}</p>"
    body = f"<html><body><h1>管理办法</h1>{form}<div class='TRS_Editor'>{text}</div></body></html>"
    card = capture(FOLDER + "202605/t20260506_42.html", role="detail")
    one = read_capture(card, body.encode(), source("trs")).documents[0]
    assert (one.index_number, one.issuer, one.doc_number, one.topics) == (
        "K28044908/2026-04277",
        "云河省人民政府",
        "云政规〔2026〕4号",
        ("科技",),
    )
    assert (one.written, one.published, one.validity) == (date(2026, 4, 30), date(2026, 5, 6), "有效")
    assert one.paragraphs == ("各市人民政府：", SENTENCE)


@pytest.mark.parametrize(
    "script",
    [
        "createPage(9, 0, 'index', 'html')",
        "Pager({size:9,current:0})",
        "var countPage=9;'index_8597_1.shtml'",
    ],
)
def test_the_dialects_are_detected(script: str) -> None:
    assert detect(listed(script, "<li>x</li>").encode(), FOLDER) == "trs"
