"""Lists of unknown make that hold a single line: the line is the list, the menu beside it is none."""

from __future__ import annotations

from datetime import date

from crawlers.extraction.lists import find_list
from crawlers.extraction.page import open_page

MENU = "".join(
    f'<li><a href="/{key}/">{name}</a></li>'
    for key, name in (("jgsz", "机构设置"), ("ldzc", "领导之窗"), ("bsdt", "办事大厅"), ("gzcy", "公众参与"))
)
ROW = '<tr><td><a href="show.aspx?id=7">关于做好汛期值守的通知</a></td><td>{}</td></tr>'


def entries(middle: str) -> list[tuple[str, date | None]]:
    html = f"<html><body><ul>{MENU}</ul>{middle}<p>主办单位：试点县水利局</p></body></html>"
    found = find_list(open_page(html, "http://www.shidian.example/list.aspx?lm=2"))
    return [(entry.title or "", entry.published) for entry in found.entries]


def test_the_only_line_of_a_table_is_the_list() -> None:
    head = "<table><tr><th>标题</th><th>发布日期</th></tr>"
    assert entries(f"{head}{ROW.format('2026-05-11')}</table>") == [
        ("关于做好汛期值守的通知", date(2026, 5, 11))
    ]


def test_a_link_without_a_day_makes_no_list_of_one() -> None:
    assert len(entries(f"<table>{ROW.format('')}</table>")) == 4


def test_two_lines_are_a_list_as_ever() -> None:
    rows = ROW.format("2026-05-11") + ROW.format("2026-05-09").replace("id=7", "id=6")
    assert [day for _, day in entries(f"<table>{rows}</table>")] == [date(2026, 5, 11), date(2026, 5, 9)]
