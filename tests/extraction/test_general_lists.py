"""Lists of unknown make in the shapes of court registers and meeting calendars; all made by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from crawlers.bench_lists import bench_lists
from crawlers.extraction.link_template import fault_of, filled
from crawlers.extraction.list_next import next_page
from crawlers.extraction.page import open_page
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.hints import Hints
from crawlers.source_tables import tables_fault

URL = "https://court.example/opinions/list.html"


def read(body: str, **selectors: str) -> ListPage:
    hints = Hints("made", "en", "America/New_York", URL, list_selectors=selectors)
    return PLATFORMS["generic"].parse_list(body.encode(), URL, hints)


def table(rows: str, head: str = "<tr><th>Name</th><th>Filed</th></tr>") -> str:
    return f"<html><head><title>Rulings</title></head><body><table>{head}{rows}</table></body></html>"


def test_papers_beside_a_meeting_belong_to_its_page() -> None:
    rows = "".join(
        f'<li><b>1{n} May 2021</b> <a href="/meetings/{n}/">Harbour dues, part {n}</a>'
        f' <a href="/media/{n}/agenda.pdf">Agenda</a> <a href="/media/{n}/minutes.pdf">Minutes</a></li>'
        for n in range(1, 6)
    )
    assert [entry.url for entry in read(f"<ul>{rows}</ul>").entries] == [
        f"https://court.example/meetings/{n}/" for n in range(1, 6)
    ]


def test_the_day_of_a_table_is_that_of_its_column() -> None:
    rows = "".join(
        f'<tr><td><a href="r{n}.pdf">Alder v. Birch {n}</a> <i>posted again 08/0{n}/2021</i></td>'
        f"<td>07/1{n}/2021</td></tr>"
        for n in range(1, 6)
    )
    assert [entry.published for entry in read(table(rows)).entries] == [
        date(2021, 7, 10 + n) for n in range(1, 6)
    ]


def test_links_without_a_day_are_no_rows_of_a_dated_list() -> None:
    rows = "".join(
        f'<tr><td><a href="r{n}.pdf">Alder v. Birch {n}</a></td><td>07/1{n}/2021</td></tr>' for n in range(6)
    )
    rows = f'<tr><td><a href="how.html">How to open these files</a></td><td></td></tr>{rows}'
    found = read(table(rows))
    assert [entry.url for entry in found.entries] == [
        f"https://court.example/opinions/r{n}.pdf" for n in range(6)
    ]
    assert found.confidence >= 0.5
    assert found.reason == "6 rows in table rows, 6 with a day."


def test_a_row_with_page_and_file_is_its_file_but_keeps_the_title() -> None:
    rows = "".join(
        f'<li><h3><a href="case/{n}">Cedar Mills v. Dogwood {n}</a></h3> March 1{n}, 2022'
        f' <div><a class="icon" href="case/{n}.pdf"><img src="pdf.gif"></a></div></li>'
        for n in range(4)
    )
    found = read(f"<body><ul>{rows}</ul></body>").entries
    assert [entry.url for entry in found] == [
        f"https://court.example/opinions/case/{n}.pdf" for n in range(4)
    ]
    assert found[0].title == "Cedar Mills v. Dogwood 0"


def test_a_feed_whose_items_only_link_to_a_file_leads_to_the_file() -> None:
    item = (
        "<item><title>21-10: Elm v. Fir</title><link>https://court.example/p/21-10/</link>"
        "<pubDate>Fri, 21 Jan 2022 16:00:05 +0000</pubDate>"
        "<description>&lt;p&gt;&lt;a href=&quot;/files/21-10.pdf&quot;&gt;Elm v. Fir&lt;/a&gt;&lt;/p&gt;"
        "</description>"
        "</item>"
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'
    assert [entry.url for entry in read(feed).entries] == ["https://court.example/files/21-10.pdf"]


def test_values_of_old_serialisers_are_no_addresses() -> None:
    rows = [{"Title": f"Gum v. Holly {n}", "heard": f"/Date(14193504{n}0000)/"} for n in range(5)]
    assert {entry.url for entry in read(json.dumps(rows)).entries} == {URL}


def test_an_address_that_all_rows_share_is_not_the_rows_own() -> None:
    rows = [
        {
            "Name": {"label": f"Board of Parks {n}", "url": "https://court.example/body/7"},
            "Agenda": {"label": "Agenda", "url": f"https://court.example/agenda/{n}"},
            "Date": f"2022-03-0{n + 1}",
        }
        for n in range(5)
    ]
    urls = [entry.url for entry in read(json.dumps(rows)).entries]
    assert urls == [f"https://court.example/agenda/{n}" for n in range(5)]


def test_a_template_makes_addresses_of_a_rows_fields() -> None:
    rows = [
        {"caption": f"Iris v. Juniper {n}", "no": f"22-{n}", "files": [{"id": f"a b{n}"}]} for n in range(3)
    ]
    found = read(json.dumps({"hits": rows}), link_template="https://court.example/{no}/{files.0.id}/get")
    assert [entry.url for entry in found.entries] == [
        f"https://court.example/22-{n}/a%20b{n}/get" for n in range(3)
    ]


def test_a_row_without_a_field_of_the_template_has_no_address() -> None:
    assert filled("https://court.example/{a}/{b}", {"a": "1", "b": None}) is None
    assert filled("https://court.example/{x.y}", {"x.y": 7}) == "https://court.example/7"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("/files/{id}", "complete address"),
        ("https://{host}/x", "host without braces"),
        ("https://court.example/files", "names no field"),
        ("https://court.example/{id}/{}", "no field name"),
    ],
)
def test_a_faulty_template_is_named(template: str, said: str) -> None:
    assert said in str(fault_of(template))
    assert "link_template" in str(tables_fault("generic", {"link_template": template}, {}, {}))


def test_meetings_without_a_page_are_told_and_are_no_entries() -> None:
    days = "".join(f"<p>Tuesday, March {n}, 2021 @ 8:30 a.m.</p>" for n in (2, 9, 16))
    found = read(f"<body><h1>Meetings of the board</h1><div>{days}</div></body>")
    assert [row.published for row in found.unlinked] == [date(2021, 3, n) for n in (2, 9, 16)]
    assert {row.title for row in found.unlinked} == {"Meetings of the board"}
    assert found.entries == ()


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("31Dec22", date(2022, 12, 31)),
        ("the 1st day of May, 2026", date(2026, 5, 1)),
    ],
)
def test_days_that_registers_print(printed: str, day: date) -> None:
    rows = "".join(
        f'<tr><td><a href="{n}.pdf">Kale v. Lime {n}</a></td><td>{printed}</td></tr>' for n in "abcd"
    )
    assert {entry.published for entry in read(table(rows)).entries} == {day}


def test_an_hour_after_a_day_without_year_is_no_year() -> None:
    rows = "".join(
        f'<li><a href="{n}.html">Finance committee {n}</a> 18 Sep 10:00 am, September 18, 2019</li>'
        for n in "abcd"
    )
    assert {entry.published for entry in read(f"<ul>{rows}</ul>").entries} == {date(2019, 9, 18)}


def test_the_next_page_is_the_number_after_the_open_one() -> None:
    numbers = '<li class="active">2</li><li><a href="?p=1">1</a></li><li><a href="?p=3">3</a></li>'
    pager = f'<ul class="pager">{numbers}</ul>'
    assert next_page(open_page(f"<body>{pager}</body>", URL), None) == f"{URL}?p=3"


def test_links_without_any_day_leave_the_reader_unsure() -> None:
    links = "".join(f'<p><a href="/about/{n}">Our history part {n}</a></p>' for n in range(4))
    assert read(f"<body><div>{links}</div></body>").confidence < 0.5


def test_the_day_that_a_label_names_goes_before_others_in_the_row() -> None:
    rows = "".join(
        f'<li><a href="{n}.html">Maple v. Nutmeg {n}</a> Argued: 05/01/2021 Filed: 06/1{n}/2021</li>'
        for n in range(4)
    )
    days = [entry.published for entry in read(f"<ul>{rows}</ul>").entries]
    assert days == [date(2021, 6, 10 + n) for n in range(4)]


def test_midnight_of_an_answer_is_a_day_without_a_time() -> None:
    rows = [
        {"title": f"Oak v. Pine {n}", "url": f"/o/{n}", "filed": "/Date(1419292800000)/"} for n in range(3)
    ]
    assert {entry.published for entry in read(json.dumps(rows)).entries} == {date(2014, 12, 23)}


def test_recordings_and_pictures_are_no_entries() -> None:
    rows = "".join(
        f'<li><a href="{n}.pdf">Quince v. Rowan {n}</a> June {n}, 2021</li>'
        f'<li><a href="{n}.mp3">Quince v. Rowan {n}</a> May {n}, 2021</li>'
        for n in range(1, 5)
    )
    assert all(entry.url.endswith(".pdf") for entry in read(f"<ul>{rows}</ul>").entries)


def test_lists_of_unknown_make_are_read_as_on_the_day_this_was_measured(shared_data: Path) -> None:
    """The open half, whose figures are floors a little below the measured ones."""
    figures = bench_lists(shared_data, parts=("open",))
    assert figures["passed"], figures["bars"]
    bare, filed = "open: no source file", "open: with source file"
    assert figures[f"{bare}: recall"] >= 0.88
    assert figures[f"{bare}: precision"] >= 0.96
    assert figures[f"{bare}: dates"] >= 0.98
    assert figures[f"{filed}: recall"] >= 0.99
    assert figures[f"{filed}: precision"] >= 0.97
    assert figures[f"{bare}: recall"] > figures["open: naive detector: recall"]


def test_absent_data_is_said(tmp_path: Path) -> None:
    assert "absent" in bench_lists(tmp_path)["data"]
