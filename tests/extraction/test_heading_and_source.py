"""A heading that stands in several lines, and sources that name no body."""

from __future__ import annotations

import pytest

from crawlers.extraction.heuristics import heading_values
from crawlers.extraction.metadata import HEAD_TAGS, read_metadata
from crawlers.extraction.page import open_page


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("关于做好<br/>2026年度防汛工作的通知", "关于做好2026年度防汛工作的通知"),
        ("<p>临溪县财政局</p><p>关于调整收费的公告</p>", "临溪县财政局关于调整收费的公告"),
        ("Notice of a meeting<br>of the council", "Notice of a meeting of the council"),
        ("国办发 2026 年第3号公报", "国办发 2026 年第3号公报"),
    ],
)
def test_chinese_runs_on_where_a_line_of_the_heading_ends(markup: str, title: str) -> None:
    page = open_page(f"<html><body><h1>{markup}</h1></body></html>", "http://www.prueba.example/1.html")
    assert [value.value for value in heading_values(page) if value.origin == "heading"] == [title]


@pytest.mark.parametrize(
    ("said", "issuer"), [("本站原创", []), ("网络", []), ("县水利局", ["县水利局"]), ("原创办", ["原创办"])]
)
def test_a_source_that_is_no_body_is_no_issuer(said: str, issuer: list[str]) -> None:
    page = open_page(f'<meta name="ContentSource" content="{said}"><h1>a</h1>', "http://www.prueba.example/1")
    read = read_metadata(page.tree.css(HEAD_TAGS))
    assert [value.value for value in read if value.field == "issuer"] == issuer
