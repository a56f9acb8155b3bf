"""Files are found wherever a page offers them: in the text, in a list beside it, in a frame, in a script."""

from __future__ import annotations

import pytest

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source

URL = "http://a.example/zwgk/202605/t20260506_42.html"
NOTICE = "<p>现将《云河省水网建设规划（2026—2035年）》予以公布，全文见附件。</p>"
OPAQUE = (
    "/api-gateway/jpaas-publish-server/front/document/download?fileUrl=q9Zx%2F0aB%3D%3D&name=%E8%A7%84.pdf"
)
PLACES = {
    "in the text": ("<a href='./P020260506.pdf'>规划全文</a>", "", "zwgk/202605/P020260506.pdf"),
    "in a list beside the text": (
        "",
        "<ul class='fj'><li><a href='/f/gh.ofd'>附件</a></li></ul>",
        "f/gh.ofd",
    ),
    "a link without quotes": ("<a href=/f/gh.wps>附件</a>", "", "f/gh.wps"),
    "an archive": ("", "<div><a href='/f/gh.RAR' title='附件'></a></div>", "f/gh.RAR"),
    "an embedded frame": ("<iframe src='/f/gh.pdf'></iframe>", "", "f/gh.pdf"),
    "named by a script only": (
        "",
        '<script>var pdfurl = "/module/download/downfile.jsp?filename=gh.pdf&classid=0";</script>',
        "module/download/downfile.jsp?filename=gh.pdf&classid=0",
    ),
    "behind an opaque address": ("", f"<a href='{OPAQUE}'>规划.pdf</a>", OPAQUE[1:]),
    "in the store of a Visual SiteBuilder": (
        "<a href='/__local/A/0B/gh.docx'>附件</a>",
        "",
        "__local/A/0B/gh.docx",
    ),
    "before the number of its version": (
        "<a href='/documents/20121/36/gh.pdf/8f00c1d0-77aa-4e2b-9c31-5d0018202600?t=1'>附件</a>",
        "",
        "documents/20121/36/gh.pdf/8f00c1d0-77aa-4e2b-9c31-5d0018202600?t=1",
    ),
    "by its number alone": ("<a href='/media/4711/download'>附件</a>", "", "media/4711/download"),
    "by what the link says": ("<a href='/blob/4711'>Plan (PDF, 120 KB)</a>", "", "blob/4711"),
    "behind its download page": (
        "<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77'>附件</a>",
        "",
        "system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77",
    ),
}


@pytest.mark.parametrize(("inside", "beside", "found"), PLACES.values(), ids=PLACES.keys())
def test_a_short_notice_names_the_file_that_holds_the_whole_text(
    inside: str, beside: str, found: str
) -> None:
    head = "<title>关于公布云河省水网建设规划的通知</title>"
    box = f"<div class='TRS_Editor'>{NOTICE}{inside}</div>"
    body = f"<html><head>{head}</head><body>{box}{beside}<a href='/about.html'>关于</a></body></html>"
    one = read_capture(capture(URL, role="detail"), body.encode(), source("trs")).documents[0]
    assert [link.url for link in one.attachments] == [f"http://a.example/{found}"]
    assert one.paragraphs[0].endswith("全文见附件。")


def test_a_page_that_holds_nothing_but_its_file_says_so() -> None:
    head = "<html><head><title>云河省水网建设规划</title></head>"
    body = f"{head}<body><div id='zoom'><a href='/f/gh.pdf'></a></div></body></html>"
    read = read_capture(capture(URL, role="detail"), body.encode(), source("trs"))
    assert [problem.code for problem in read.problems] == ["no-body"]
    assert [link.url for link in read.documents[0].attachments] == ["http://a.example/f/gh.pdf"]


def test_a_line_that_points_to_the_files_beside_its_box_is_the_whole_body() -> None:
    page = (
        "<html><body><div class='top'><a href='/'>首页</a></div><div class='xq'><h3>关于公布名单的公告</h3>"
        "<div id='zoomcon'><p>全文详见附件。</p></div><p><a href='/up/1.pdf'>名单.pdf</a></p></div>"
        "<div class='visit'>您是第 2486 位访问者</div></body></html>"
    )
    one = read_capture(capture("http://a.example/1.html", role="detail"), page.encode(), source("generic"))
    assert one.documents[0].paragraphs == ("全文详见附件。",)
