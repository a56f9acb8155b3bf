"""Letters of people are told from papers by the source file and by the column they stand in."""

from __future__ import annotations

import pytest

from crawlers.extraction.read import read_capture
from crawlers.source_tables import tables_fault
from tests.extraction.helpers import capture, source

PAGE = """<html><head><meta name="ArticleTitle" content="请问社保如何转移">
<meta name="ColumnName" content="{column}">
</head><body><div id="zoom"><p>我在外地工作，请问社保关系如何转移到云河？</p>
<p>答复：请到窗口办理。</p></div></body></html>"""


@pytest.mark.parametrize(
    ("column", "options", "unit"),
    [
        ("局长信箱", {}, "letter"),
        ("来信选登", {}, "letter"),
        ("通知公告", {}, "document"),
        ("信访工作", {}, "document"),
        ("通知公告", {"letters": "/ldxx/"}, "letter"),
        ("通知公告", {"letters": "/other/"}, "document"),
    ],
)
def test_a_page_is_a_letter_by_its_column_or_its_address(
    column: str, options: dict[str, str], unit: str
) -> None:
    url = "http://a.example/ldxx/202605/t20260506_1012.html"
    body = PAGE.format(column=column).encode()
    own = source("trs", options=options)
    read = read_capture(capture(url), body, own)
    assert [one.unit for one in read.documents] == [unit]


def test_a_pattern_for_letters_that_is_none_is_refused() -> None:
    assert "letters is no pattern" in str(tables_fault("trs", {}, {}, {"letters": "("}))
