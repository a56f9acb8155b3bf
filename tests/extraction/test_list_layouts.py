"""The list reader on one register in many layouts, date formats and frames; every page is made by hand."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawlers.extraction.answer_pages import following
from crawlers.extraction.dates import find_date
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.hints import Hints
from tests.extraction.list_frames import FRAMES
from tests.extraction.list_layouts import FORMATS, LAYOUTS, register

HOST = "https://court.example"


def read(body: str, url: str = f"{HOST}/opinions") -> ListPage:
    page = f"<html><head><title>Opinions</title></head><body>{body}</body></html>"
    hints = Hints("made", "en", "America/New_York", url)
    return PLATFORMS["generic"].parse_list(page.encode(), url, hints)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_entries_come_out_of_every_layout(layout: str) -> None:
    for at, said in enumerate(FORMATS):
        cases = register(f"{layout} {at}")
        page = FRAMES[(at + len(layout)) % len(FRAMES)](LAYOUTS[layout](cases, said))
        found = {entry.url.removeprefix(HOST): entry.published for entry in read(page).entries}
        stated = {case.file: case.day for case in cases}
        assert found == stated, said(cases[0].day)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_list_without_days_is_found_in_every_frame(frame: object) -> None:
    cases = register("without days")
    rows = "".join(f"<li>{case.number}: <a href='{case.file}'>{case.name}</a></li>" for case in cases)
    entries = read(FRAMES[FRAMES.index(frame)](f"<ul>{rows}</ul>")).entries
    assert [entry.url for entry in entries] == [f"{HOST}{case.file}" for case in cases]


@pytest.mark.parametrize(
    "name", ["Minutes_{0:%m-%d-%Y}", "{0:%Y%m%d}-board", "_{0:%m%d%Y}-12", "{0:%B}-{0.day}-{0.year}-agenda"]
)
def test_a_day_may_stand_in_the_name_of_the_file_alone(name: str) -> None:
    cases = register(name)
    files = [f"/docs/{at}/{name.format(case.day)}.pdf" for at, case in enumerate(cases)]
    rows = "".join(
        f"<li><a href='{file}'>{case.name}</a></li>" for file, case in zip(files, cases, strict=True)
    )
    days = [entry.published for entry in read(f"<ul>{rows}</ul>").entries]
    assert days == [case.day for case in cases]


def test_agenda_and_minutes_of_one_meeting_are_two_entries_of_its_day() -> None:
    rows = "".join(
        f"<tr><td>March {n}, 2026</td><td><a href='/a{n}.pdf'>Agenda</a></td>"
        f"<td><a href='/m{n}.pdf'>Minutes</a></td><td><a href='https://video.example/{n}'>Video</a></td></tr>"
        for n in range(3, 8)
    )
    found = {
        entry.url.removeprefix(HOST): entry.published for entry in read(f"<table>{rows}</table>").entries
    }
    assert found == {f"/{kind}{n}.pdf": date(2026, 3, n) for n in range(3, 8) for kind in "am"}


def test_minutes_in_a_menu_are_found_where_the_page_lists_nothing_else() -> None:
    papers = "".join(
        f"<li>March {n}<ul><li><a href='/march-{n}-2026.pdf'>Minutes</a></li></ul></li>" for n in (2, 9)
    )
    about = "<p><a href='/one'>What we do</a> <a href='/two'>Who we are</a></p>"
    page = f"<div class='sidebar'><ul>{papers}</ul></div>{about}"
    assert [entry.published for entry in read(page).entries] == [date(2026, 3, 2), date(2026, 3, 9)]


def test_a_meeting_that_labels_its_day_is_told_though_it_stands_alone() -> None:
    page = "<h1>Board Meeting</h1><div><h2>When</h2>Wednesday, September 16, 2026<br>1:00 PM - 4:00 PM</div>"
    assert [row.published for row in read(page).unlinked] == [date(2026, 9, 16)]


def test_a_cell_that_says_no_day_takes_none_from_the_row_above() -> None:
    rows = "".join(
        f"<tr><td>{'--' if n == 3 else f'{n}/5/2026'}</td><td><a href='/d{n}.html'>Order on lot {n}</a></td>"
        for n in range(1, 7)
    )
    assert [entry.published is None for entry in read(f"<table>{rows}</table>").entries][2:4] == [True, False]


def test_the_month_before_is_the_next_page_while_months_have_entries() -> None:
    row = "".join(f"<li>May {n}, 2026 <a href='/p{n}.pdf'>Agenda of board {n}</a></li>" for n in (4, 9, 6))
    back = "<a href='/agendas?month=2026-04'>&laquo; Previous Month</a>"
    page = read(f"<p>{back}</p><ul>{row}</ul>")
    assert [request.url for request in page.next] == [f"{HOST}/agendas?month=2026-04"]
    assert [entry.published.day for entry in page.entries if entry.published] == [9, 6, 4]
    assert not read(f"<p>{back}</p><p>No meetings.</p>", f"{HOST}/agendas?month=2026-05").next


def test_an_index_of_years_leads_to_their_lists_newest_first() -> None:
    years = "".join(
        f"<tr><td><a href='{year}/list.htm'>Rulings {year}</a></td></tr>" for year in (1999, 2001, 2000)
    )
    news = "<h4>New!</h4><a href='/level.htm'>Gauge read hourly</a> (9/1/2001)<br>"
    news += "<a href='https://fair.example/'>Fair</a> 8/2/2001"
    page = read(f"<table>{years}</table><div>{news}</div>", f"{HOST}/rulings/index.htm")
    assert [request.url for request in page.next] == [
        f"{HOST}/rulings/{y}/list.htm" for y in (2001, 2000, 1999)
    ]
    assert page.leads_on


def test_beside_a_list_the_year_before_the_one_shown_is_the_next_page() -> None:
    years = " | ".join(f"<a href='/opinions?year={year}'>{year}</a>" for year in range(2026, 2019, -1))
    rows = "".join(f"<li>3/{n}/2024 <a href='/r{n}.pdf'>Ruling {n} on the weir</a></li>" for n in range(1, 6))
    page = read(f"<p>{years}</p><ul>{rows}</ul>", f"{HOST}/opinions?year=2024")
    assert [request.url for request in page.next] == [f"{HOST}/opinions?year=2023"]
    assert len(page.entries) == 5


@pytest.mark.parametrize(
    ("answer", "asked", "turned"),
    [
        ({"total": 30}, "?page=1&size=10", "?page=2&size=10"),
        ({"total": 30}, "?page=3&size=10", None),
        ({"meta": {"totalPages": 4}}, "?page=3", "?page=4"),
        ({"total": 30}, "?offset=10&limit=10", "?offset=20&limit=10"),
        ({"total": 30}, "?offset=20&limit=10", None),
        ({"hasMore": True}, "?page=2", "?page=3"),
        ({"hasMore": True}, "", None),
        ({"links": {"next": {"href": "?after=9"}}}, "", "?after=9"),
    ],
)
def test_pages_of_an_answer_are_counted_on_only_where_it_says_that_more_follow(
    answer: dict[str, object], asked: str, turned: str | None
) -> None:
    url = f"{HOST}/api"
    assert following(answer, f"{url}{asked}", 10) == (f"{url}{turned}" if turned else None)


def test_an_answer_may_be_rows_without_names_or_a_piece_of_markup() -> None:
    cases = register("answers")
    rows = [[case.number, f"<a href='{case.file}'>{case.name}</a>", f"{case.day:%m/%d/%Y}"] for case in cases]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    hints = Hints("made", "en", "America/New_York", HOST)
    for answer in ({"draw": 1, "data": rows}, {"ok": True, "html": f"<table>{table}</table>"}):
        entries = PLATFORMS["generic"].parse_list(json.dumps(answer).encode(), f"{HOST}/api", hints).entries
        found = [(entry.url, entry.title, entry.published) for entry in entries]
        assert found == [(f"{HOST}{case.file}", case.name, case.day) for case in cases]


@pytest.mark.parametrize("number", ["2023-{0}", "{0}"])
def test_numbers_of_cases_are_no_index_of_years_or_pages(number: str) -> None:
    rows = "".join(
        f"<li><a href='/case?id={n}'>{number.format(30 + 17 * n)}</a> State v. Alder, 3/{n}/2024</li>"
        for n in range(1, 7)
    )
    assert len(read(f"<ul>{rows}</ul>").entries) == 6


def test_a_range_of_days_is_known_by_its_first() -> None:
    assert find_date("March 30 - April 2, 2026") == date(2026, 3, 30)
    assert find_date("Sept. 5-7, 2026") == date(2026, 9, 5)
    assert find_date("Jan. 5, '24") == date(2024, 1, 5)
