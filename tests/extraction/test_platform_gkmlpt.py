"""The Guangdong platform beyond its own pages: pages by NFCMS, bare containers, rows of other systems."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

API = "http://b.example/gkmlpt/api/all/12?page={}&sid=7601"
PAGE = "http://b.example/zwgk/tzgg/post_8800.html"
TEXT = "<p>各镇人民政府：</p><p>现将二〇二六年度水稻种植补贴发放安排予以公布，请遵照执行。</p>"


def read(answer: dict[str, Any], number: int = 1) -> ListPage:
    body = json.dumps(answer, ensure_ascii=False).encode()
    return PLATFORMS["gkmlpt"].parse_list(body, API.format(number), hints("gkmlpt", timezone="Asia/Shanghai"))


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "title": f"关于第{number}件事的通知", "url": f"/c/post_{number}.html"} | more


@pytest.mark.parametrize("box", ["news_cont_d_wrap", "tyxxy_main", "article-content"])
def test_a_page_without_its_article_object_is_read_by_its_container(box: str) -> None:
    head = "<title>关于发放补贴的通知</title><meta name='ArticleTitle' content='关于发放补贴的通知'>"
    head += "<meta content='2026-05-06 09:00' name='PubDate'>"
    menu = "".join(f"<li><a href='/m{number}/'>栏目{number}</a></li>" for number in range(12))
    body = f"<html><head>{head}</head><body><ul>{menu}</ul><div class='{box}'>{TEXT}</div></body></html>"
    one = read_capture(capture(PAGE, role="detail"), body.encode(), source("gkmlpt")).documents[0]
    assert (one.path, one.site_id, one.published) == (f"container:.{box}", "8800", date(2026, 5, 6))
    assert one.paragraphs[0] == "各镇人民政府："
    assert len(one.paragraphs) == 2


def test_an_article_object_that_does_not_parse_leaves_it_to_the_page() -> None:
    script = '<script>window._CONFIG = { SID: \'7601\', DETAIL: {"content": "<p>断 };</script>'
    body = (
        f"<html><body><div class='news_cont_d_wrap'><h1>关于补贴的通知</h1>{TEXT}</div>{script}</body></html>"
    )
    one = read_capture(capture(PAGE, role="detail"), body.encode(), source("gkmlpt")).documents[0]
    assert "各镇人民政府：" in one.paragraphs
    assert one.path == "container:.news_cont_d_wrap"


def test_rows_of_other_systems_and_other_sites_keep_their_address() -> None:
    page = read(
        {
            "total": 3,
            "articles": [
                row(
                    1, url="", post_url="http://c.example/zwgk/post_1.html", first_publish_time=1_777_910_400
                ),
                row(2, url="https://mp.example/s/abc", display_publish_time=0, create_time="1777910400"),
                row(3, title="", url="/c/post_3.html"),
            ],
        }
    )
    assert [(entry.url, entry.published) for entry in page.entries] == [
        ("http://c.example/zwgk/post_1.html", date(2026, 5, 5)),
        ("https://mp.example/s/abc", date(2026, 5, 5)),
    ]
    assert [problem.code for problem in page.problems] == ["rows-left-out"]


@pytest.mark.parametrize(
    ("flag", "said"), [("is_abolished", "废止"), ("is_expired", "失效"), ("relation", None)]
)
def test_a_list_says_what_is_no_longer_in_force(flag: str, said: str | None) -> None:
    entry = read({"total": 1, "articles": [row(1, **{flag: 1})]}).entries[0]
    assert dict(entry.fields).get("validity") == said


def test_a_full_page_leads_on_and_the_last_one_ends_the_list() -> None:
    full = [row(number) for number in range(100)]
    assert read({"total": 101, "articles": full}).next[0].url == API.format(2)
    assert read({"total": 200, "articles": full}, 2).next == ()


def test_pages_and_interface_are_detected() -> None:
    index = b"<script>window._CONFIG = { SID: '7601', TREE: [] };</script>"
    assert detect(index, "http://b.example/gkmlpt/index") == "gkmlpt"
    assert detect(b"{}", API.format(1)) == "gkmlpt"
