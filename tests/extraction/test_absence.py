"""Claims about soft 404s: a short page that denies itself is gone, a document about such pages is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawlers.extraction.charset import decode
from crawlers.extraction.obstacles import missing_page

SHARED = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
PAGE = "<html><head><title>石桥县</title></head><body><nav><a>首页</a></nav><p>{}</p></body></html>"


@pytest.mark.parametrize(
    "said",
    [
        "很抱歉，您要访问的页面已被移除。",
        "该信息已删除。",
        "该页面已下线",
        "链接已失效",
        "您查看的文章不存在",
        "对不起，页面无法访问，请稍后",
        "抱歉，找不到您要的页面",
        "The page you requested could not be found.",
        "This document is no longer available.",
    ],
)
def test_a_bare_page_that_denies_itself_is_gone(said: str) -> None:
    assert missing_page(PAGE.format(said).encode()) is not None


@pytest.mark.parametrize(
    "said",
    [
        "本文件已废止。",
        "本文件已失效，自即日起不再执行。",
        "原公告内容已删除第三款，其余不变。",
        "经研究，决定将该企业移除经营异常名录。",
        "该页面不存在。</p><p>石桥县数据局 2026年3月2日",
        "该页面不存在。</p><table><tr><td>索引号</td></tr></table><p>",
        "该页面不存在。</p><a href='/f/notice.pdf'>下载</a><p>",
        f"该页面不存在。{'请各单位自查网站链接并报送结果。' * 14}",
    ],
)
def test_a_short_document_in_such_words_is_a_document(said: str) -> None:
    assert missing_page(PAGE.format(said).encode()) is None


@pytest.mark.realdata
def test_no_recorded_document_is_taken_for_a_missing_page() -> None:
    if not (SHARED / "zh" / "html").is_dir():
        pytest.skip(f"no recorded pages under {SHARED}")
    for file in sorted((SHARED / "zh" / "html").rglob("*.html*")):
        body = file.read_bytes()
        assert len(body) > 40_000 or missing_page(decode(body).encode()) is None, file
