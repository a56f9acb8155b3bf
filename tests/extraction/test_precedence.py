"""Which of several printed days of publication is believed (decision 0008)."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.compose import Setting, compose
from crawlers.extraction.gathered import Gathered, Value
from tests.extraction.helpers import capture
from warehouse.records import Document, Entry


def composed(values: dict[str, str], listed: date | None = None) -> Document:
    url = "http://mzt.yunhe.example/a/1.html"
    gathered = Gathered(
        (
            Value("title", "关于开展检查的通知", "heading"),
            *(Value("published", v, o) for o, v in values.items()),
        ),
        ("各市民政局：",),
        "container:#zoom",
    )
    document = compose(gathered, capture(url, entry=Entry(url, None, listed)), Setting("prueba"))
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("values", "listed", "believed"),
    [
        ({"meta:PubDate": "2025-07-04", "table:发布日期": "2025-07-03"}, date(2025, 7, 3), "2025-07-03"),
        ({"meta:PubDate": "2025-07-04", "table:发布日期": "2025-07-03"}, None, "2025-07-04"),
        ({"meta:PubDate": "2025-07-04", "table:发布日期": "2025-07-03"}, date(2025, 7, 4), "2025-07-04"),
        ({"meta:PubDate": "2025-07-04"}, date(2025, 7, 3), "2025-07-04"),
    ],
)
def test_a_lone_tag_loses_against_table_and_list(
    values: dict[str, str], listed: date | None, believed: str
) -> None:
    document = composed(values, listed)
    assert str(document.published) == believed
    assert {origin.value for origin in document.origins if origin.field == "published"} >= set(
        values.values()
    )


def test_a_window_title_that_frames_the_title_is_no_other_title() -> None:
    heading = "关于开展检查的通知"
    frames = ("云河省民政厅_政策文件_关于开展检查的通知", "关于开展检查的通告")
    values = (Value("title", heading, "heading"), *(Value("title", one, "window") for one in frames))
    document = compose(Gathered(values, ("各市民政局：",), "container:#zoom"), capture(), Setting("prueba"))
    assert document is not None
    assert [origin.value for origin in document.origins if origin.field == "title"] == [heading, frames[1]]
