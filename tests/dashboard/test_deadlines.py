"""The duty calendar: states of planted duties, filters, links, and the files that people take along."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.deadlines.ledger import Ledger, Line, working_days_left
from dashboard.deadlines.routes import deadline_routes
from dashboard.deadlines.wish import UnknownValue, Wish, known_of, read_wish
from tests.dashboard.calendar_reader import Component, read_calendar
from tests.dashboard.conftest import Open, Served, html_of
from tests.dashboard.deadline_papers import (
    ABROAD,
    ANSWER,
    DUE,
    ENDED,
    NOBODY,
    OVERDUE,
    PAPERS,
    PROVEN,
    REPEAL,
    TODAY,
    UNDATED,
    YEARLY,
)
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.identity import fact_id
from warehouse.publication import Publication
from warehouse.working_days import official

NOW = date(2026, 6, 1)
NAMES = {paper.document_id: paper.name for paper in PAPERS}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The library of the planted duties; tests only read it."""
    made = library(tmp_path_factory.mktemp("deadlines"))
    publish_first(made, PAPERS)
    return made


def ledger(home: Home) -> Ledger:
    publication = Publication.current(home)
    assert publication is not None
    return Ledger(lambda query, *given: query(publication, *given), home, NOW)


def told(home: Home, **wish: Any) -> dict[str, Line]:
    """Lines by the name of their paper."""
    lines = ledger(home).lines(Wish(**wish), 100)
    return {NAMES[line.row["document_id"]]: line for line in lines}


def test_each_planted_duty_has_its_state(home: Home) -> None:
    lines = told(home, state="all")
    assert {name: line.state for name, line in lines.items()} == {
        OVERDUE.name: "overdue",
        NOBODY.name: "unnamed",
        PROVEN.name: "evidence",
        ENDED.name: "ended",
        DUE.name: "due",
        TODAY.name: "due",
        ABROAD.name: "due",
    }


def test_evidence_is_the_later_paper_of_the_bearer_and_no_other(home: Home) -> None:
    (proof,) = told(home, state="evidence")[PROVEN.name].proofs
    assert proof.document_id == ANSWER.document_id
    assert (proof.relation, proof.how, proof.late) == ("mentions", "group", 3)
    assert told(home, state="overdue")[OVERDUE.name].proofs == ()


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("due", {DUE.name, TODAY.name, ABROAD.name}),
        ("past", {OVERDUE.name, PROVEN.name, NOBODY.name}),
        ("overdue", {OVERDUE.name, NOBODY.name}),
        ("evidence", {PROVEN.name}),
        ("ended", {ENDED.name}),
    ],
)
def test_a_state_lists_its_duties_alone(home: Home, state: str, names: set[str]) -> None:
    assert set(told(home, state=state)) == names


def test_days_are_counted_in_working_days_too(home: Home) -> None:
    lines = told(home, state="all")
    assert (lines[TODAY.name].days, lines[TODAY.name].working_days) == (0, 0)
    # 19 to 21 June 2026 is the Dragon Boat Festival: the 20th adds nothing after the 18th
    assert (lines[DUE.name].days, lines[DUE.name].working_days) == (19, 13)
    assert (lines[OVERDUE.name].days, lines[OVERDUE.name].working_days) == (-21, -15)
    assert lines[ABROAD.name].working_days == 4  # weekends alone


@pytest.mark.parametrize(
    ("today", "due", "counted"),
    [
        (date(2025, 9, 30), date(2025, 10, 9), 1),  # National Day and Mid-Autumn, 1 to 8 October
        (date(2025, 10, 9), date(2025, 9, 30), -1),
        (date(2025, 4, 25), date(2025, 5, 6), 5),  # Sunday 27 April is worked
        (date(2024, 2, 9), date(2024, 2, 18), 1),  # Spring Festival, Sunday 18 February is worked
        (date(2026, 2, 13), date(2026, 2, 24), 2),  # Saturday 14 February is worked
        (date(2026, 12, 30), date(2027, 1, 8), None),  # the notice for 2027 is not out
    ],
)
def test_working_days_follow_the_holiday_notices(today: date, due: date, counted: int | None) -> None:
    assert working_days_left(official(), today, due) == counted


def test_a_home_may_bring_the_days_of_a_further_year(tmp_path: Path) -> None:
    own = tmp_path / "holidays.toml"
    own.write_text('[2027]\nholidays = [["2027-01-01", "2027-01-03"]]\n', encoding="utf-8")
    assert working_days_left(official(own), date(2026, 12, 30), date(2027, 1, 8)) == 6


def test_own_region_comes_first_then_the_day(home: Home) -> None:
    assert list(told(home, state="due")) == [TODAY.name, DUE.name, ABROAD.name]


def test_limits_that_return_have_their_next_day_and_others_stay_listed(home: Home) -> None:
    returning, undated = told(home, of="returning"), told(home, of="undated")
    assert {name: line.row["due"] for name, line in returning.items()} == {YEARLY.name: date(2027, 3, 31)}
    assert returning[YEARLY.name].working_days is None  # no notice for 2027 yet
    assert list(undated) == [UNDATED.name]
    assert ledger(home).count(Wish(of="undated")) == 1


def test_a_body_finds_what_it_bears_by_name_and_as_one_of_many(home: Home) -> None:
    borne = told(home, state="all", bearer="xs-1001-gov")
    assert set(borne) == {OVERDUE.name, PROVEN.name, ENDED.name, DUE.name, TODAY.name}
    assert told(home, state="all", bearer="xm-health") == {}
    assert set(told(home, state="all", issuer="xm-health")) == {ABROAD.name}
    assert set(told(home, state="all", topic="14")) == {ABROAD.name}
    assert set(told(home, state="all", region="云河省")) >= {OVERDUE.name, DUE.name}


def test_the_page_shows_sentence_document_and_evidence_with_links(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "deadlines", state="past"))
    fact = fact_id(OVERDUE.document_id, "duty", str(OVERDUE.duty))
    assert f'href="/doc?id={OVERDUE.document_id}&amp;para=2&amp;fact={fact}"' in shown
    assert f'href="/doc?id={ANSWER.document_id}"' in shown
    assert "在所收文献中没有找到" in shown
    assert "原句没有写明责任单位" in shown
    assert all(words in shown for words in ("云民发〔2026〕4号", "效力未标注", "候选"))
    assert 'data-count="3"' in shown
    ended = html_of(open_page(home, "deadlines", state="ended", lang="en"))
    assert f'href="/doc?id={REPEAL.document_id}&amp;lang=en"' in ended
    assert "Document ended" in ended


def test_a_link_of_a_duty_marks_its_sentence(open_page: Open, home: Home) -> None:
    fact = fact_id(OVERDUE.document_id, "duty", str(OVERDUE.duty))
    shown = html_of(open_page(home, "doc", id=OVERDUE.document_id, para="2", fact=fact))
    assert f"<mark>{OVERDUE.duty}</mark>" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "given",
    [
        {}, {"state": "overdue"}, {"state": "evidence"}, {"state": "all", "days": "365"}, {"of": "returning"},
        {"of": "undated"}, {"from": "2026-06-01", "to": "2026-06-01"}, {"who": "xs-1001-gov"},
        {"theme": "elderly-care"}, {"state": "ended", "topic": "14"},
    ],
)  # fmt: skip
def test_every_view_opens_in_both_languages(
    open_page: Open, home: Home, given: dict[str, str], language: str
) -> None:
    shown = html_of(open_page(home, "deadlines", lang=language, **given))
    assert "gb-found" in shown
    assert "gb-prov" in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("state", "late"), ("of", "all"), ("days", "0"), ("days", "viele"), ("from", "June"), ("p", "2"),
        ("p", "x"), ("who", "nobody"), ("d", "nobody"), ("theme", "x"), ("topic", "x"), ("region", "火星"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused_by_name(open_page: Open, home: Home, name: str, value: str) -> None:
    shown = html_of(open_page(home, "deadlines", **{name: value}))
    assert value in shown
    assert 'role="alert"' in shown
    assert "gb-due" not in shown


def test_the_heat_table_opens_a_day(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "deadlines", state="all"))
    assert 'href="/deadlines?state=all&amp;from=2026-05-11&amp;to=2026-05-11"' in shown
    one = html_of(open_page(home, "deadlines", state="all", **{"from": "2026-05-11", "to": "2026-05-11"}))
    assert re.findall(r'data-state="(\w+)"', one) == ["overdue"]


def test_an_address_restores_what_was_chosen() -> None:
    wish = Wish(state="all", days=30, first=date(2026, 1, 1), bearer="b", issuer="d", theme="t", page=3)
    given = {name: str(value) for name, value in wish.parameters(page=3).items()}
    known = type("All", (), {"__contains__": lambda _self, _name: True})()
    from dashboard.deadlines.wish import Known

    assert read_wish(given, Known(known, known, known, known)) == wish


def test_a_span_turned_round_is_refused(home: Home) -> None:
    publication = Publication.current(home)
    assert publication is not None
    with pytest.raises(UnknownValue):
        read_wish({"from": "2026-06-02", "to": "2026-06-01"}, known_of(publication))


def client(home: Home) -> TestClient:
    return TestClient(Starlette(routes=deadline_routes(home)))


def events(home: Home, **given: str) -> dict[str, Component]:
    answer = client(home).get("/deadlines/duties.ics", params=given)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = read_calendar(answer.content)
    assert (calendar.name, calendar.raw("VERSION")) == ("VCALENDAR", "2.0")
    return {one.raw("UID"): one for one in calendar.inside}


def uid(paper: Any) -> str:
    return f"{fact_id(paper.document_id, 'duty', paper.duty)}@govbrief"


def test_the_calendar_file_reads_back_as_all_day_events(home: Home) -> None:
    found = events(home, state="all", alarm="3")
    assert len(found) == 7
    one = found[uid(DUE)]
    assert (one.raw("DTSTART"), one.parameters("DTSTART")) == ("20260620", "VALUE=DATE")
    assert one.raw("DTEND") == "20260621"
    assert one.text("SUMMARY") == "【示例】澜江市人民政府：报送居家养老服务实施方案"
    assert str(DUE.duty) in one.text("DESCRIPTION")
    assert one.raw("URL") == DUE.url
    assert re.fullmatch(r"\d{8}T\d{6}Z", one.raw("DTSTAMP"))
    assert [(ring.name, ring.raw("TRIGGER")) for ring in one.inside] == [("VALARM", "-P3D")]
    assert found[uid(ENDED)].raw("STATUS") == "CANCELLED"
    assert one.raw("STATUS") == "TENTATIVE"  # nobody has confirmed it
    assert found[uid(OVERDUE)].inside == []
    assert ANSWER.title in found[uid(PROVEN)].text("DESCRIPTION")
    assert "large, small; must" in found[uid(ABROAD)].text("DESCRIPTION")


def test_the_same_publication_gives_the_same_file_and_returning_limits_their_next_day(home: Home) -> None:
    files = [client(home).get("/deadlines/duties.ics", params={"state": "all"}).content for _ in range(2)]
    assert files[0] == files[1]
    assert events(home, of="returning")[uid(YEARLY)].raw("DTSTART") == "20270331"


def test_what_a_person_rejected_leaves_the_calendar_and_is_marked_in_the_table(tmp_path: Path) -> None:
    home = library(tmp_path / "judged")
    publish_first(home, PAPERS)
    with Desk.open(home) as desk:
        fact = fact_id(DUE.document_id, "duty", str(DUE.duty))
        desk.judge(DUE.document_id, fact, "confirmed", desk.current_user().name)
    assert events(home, state="due")[uid(DUE)].raw("STATUS") == "CONFIRMED"
    with Desk.open(home) as desk:
        desk.judge(DUE.document_id, fact, "rejected", desk.current_user().name)
    assert uid(DUE) not in events(home, state="due")
    rows = table(home, state="due")
    assert {row["judged"] for row in rows if row["document_id"] == DUE.document_id} == {"rejected"}


def table(home: Home, **given: str) -> list[dict[str, str]]:
    answer = client(home).get("/deadlines/duties.csv", params=given)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_table_holds_every_duty_and_no_formula(home: Home) -> None:
    rows = {NAMES[row["document_id"]]: row for row in table(home, state="all")}
    assert len(rows) == 7
    assert rows[PROVEN.name]["evidence_ids"] == ANSWER.document_id
    assert rows[OVERDUE.name]["days_left"] == "-21"
    assert rows[DUE.name]["who"] == "澜江市人民政府"
    assert rows[ABROAD.name]["title"].startswith("'=HYPERLINK")
    assert rows[DUE.name]["sample"] == "true"
    assert {row["document_id"] for row in table(home, of="undated")} == {UNDATED.document_id}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/deadlines/duties.ics?state=late", 400), ("/deadlines/duties.csv?who=nobody", 400),
        ("/deadlines/duties.ics?alarm=x", 400), ("/deadlines/duties.ics?alarm=9999", 400),
        ("/deadlines/duties.ics?of=undated", 404), ("/deadlines/duties.exe", 404),
    ],
)  # fmt: skip
def test_files_that_cannot_be_are_refused_in_words(home: Home, path: str, status: int) -> None:
    answer = client(home).get(path)
    assert (answer.status_code, len(answer.text) > 5) == (status, True)


def test_the_gate_lets_the_files_through_with_its_headers(home: Home) -> None:
    served = Served(home)
    try:
        status, headers, text = served.get("/deadlines/duties.ics?state=due")
        assert (status, text.splitlines()[0]) == (200, "BEGIN:VCALENDAR")
        assert headers["content-disposition"] == 'attachment; filename="duties.ics"'
        assert "script-src 'self'" in headers["content-security-policy"]
        assert served.get("/deadlines")[0] == 200
    finally:
        served.stop()
