"""The page of requests: list, chain with what is missing, forms, products, the figures of a year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.frame import Frame
from dashboard.service.chain import chain_of_request
from dashboard.service.year import Figure, Line, as_csv, desk_figures
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk import Desk
from warehouse.desk.service.model import NewRequest
from warehouse.home import Home

TODAY = date(2026, 6, 1)  # of the fixture's first day
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A published home with three requests: one answered in time, one overdue, one without a day."""
    home = library(tmp_path_factory.mktemp("service"))
    publish_first(home)
    with Desk.open(home) as desk:
        for need, due in (
            ("各市养老补贴<script>标准", date(2026, 5, 31)),
            ("5G 建设进度", date(2026, 5, 20)),
            ("长期照护", None),
        ):
            desk.requests.ask(NewRequest("省政府办公厅", need, date(2026, 5, 10), due, "local"), "local")
        answers = desk.requests.answers
        answers.link(1, "source", "t-civil", "云河省民政厅", "local", found=3, publication_id="p")
        answers.link(1, "query", "养老", "养老", "local", found=2, publication_id="p")
        answers.deliver(1, "对照表", date(2026, 5, 30), "local")
    return home


@pytest.fixture
def desk(asked: Home) -> Iterator[Desk]:
    with Desk.open(asked) as desk:
        yield desk


def test_the_list_says_what_waits_and_what_is_overdue(asked: Home, open_page: Open) -> None:
    page = html_of(open_page(asked, "service"))
    assert "待办 2 项，其中逾期 1 项。" in page
    assert page.index("5G 建设进度") < page.index("长期照护") < page.index("各市养老补贴")
    assert "<script>标准" not in page


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [("overdue", "5G 建设进度", "长期照护"), ("delivered", "各市养老补贴", "5G 建设进度")],
)
def test_a_state_narrows_the_list(asked: Home, open_page: Open, state: str, shown: str, hidden: str) -> None:
    page = html_of(open_page(asked, "service", state=state))
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"view": "x"},
        {"request": "99"},
        {"request": "abc"},
        {"issue": "7"},
        {"view": "year", "year": "1900"},
        {"view": "year", "of": "x"},
    ],
)
def test_an_address_that_names_nothing_is_refused(
    asked: Home, open_page: Open, wrong: dict[str, str]
) -> None:
    assert 'role="alert"' in html_of(open_page(asked, "service", **wrong))


def test_a_request_is_told_as_a_chain_with_what_is_missing(asked: Home, desk: Desk, open_page: Open) -> None:
    assert chain_of_request(desk, desk.requests.get(1)).missing == ("evidence", "product", "outcome")
    page = html_of(open_page(asked, "service", request="1"))
    assert "还缺：证据，产品，结果。" in page
    assert "当时找到 3 篇" in page
    english = html_of(open_page(asked, "service", request="1", lang="en"))
    assert "Missing: Evidence, Product, Outcome." in english


def test_a_request_is_taken_down_linked_and_closed_on_the_page(tmp_path_factory, open_page: Open) -> None:  # type: ignore[no-untyped-def]
    home = library(tmp_path_factory.mktemp("service-forms"))
    publish_first(home)
    at = open_page(home, "service")
    at.text_area(key="new-need").set_value("需要什么")
    at.text_input(key="new-department").set_value("省政府")
    at.button[0].click().run()
    with Desk.open(home) as desk:
        assert [(one.need, one.responsible) for one in desk.requests.listed()] == [("需要什么", "local")]
    at = open_page(home, "service", request="1")
    at.selectbox(key="link-kind").select("query").run()
    at.text_input(key="link-query").set_value("养老")
    next(one for one in at.button if one.label == "记录").click().run()
    at.selectbox(key="request-state-1").select("closed")
    at.text_area(key="outcome-1").set_value("口头答复")
    next(one for one in at.button if one.label == "保存").click().run()
    with Desk.open(home) as desk:
        (link,) = desk.requests.answers.links(1)
        assert (link.kind, link.found is not None) == ("query", True)
        assert (desk.requests.get(1).state, desk.requests.get(1).outcome) == ("closed", "口头答复")


@pytest.mark.parametrize(("field", "form"), [("change-1-need", "request-change-1"), ("outcome-1", "state")])
def test_what_was_written_meanwhile_is_not_written_over(
    tmp_path_factory: pytest.TempPathFactory, open_page: Open, field: str, form: str
) -> None:
    home = library(tmp_path_factory.mktemp("service-meanwhile"))
    publish_first(home)
    with Desk.open(home) as desk:
        request = desk.requests.ask(NewRequest("省政府", "需要什么", date(2026, 5, 10), None, "甲"), "local")
        at = open_page(home, "service", request="1")
        at.text_area(key=field).set_value("我的话")
        desk.requests.change(1, NewRequest("省政府", "她的话", date(2026, 5, 10), None, "甲"), "local")
        desk.requests.set_state(1, request.state, TODAY, "local", "她的话")
        for expected in ("她的话", "我的话"):  # refused with her words shown, then written knowingly
            next(one for one in at.button if one.form_id == form).click().run()
            kept = desk.requests.get(1)
            assert (kept.outcome if form == "state" else kept.need) == expected


def test_a_refused_request_says_why(asked: Home, open_page: Open) -> None:
    at = open_page(asked, "service")
    at.button[0].click().run()
    assert "没有保存" in html_of(at)


def test_the_figures_of_a_year_count_what_is_listed_behind_them(desk: Desk) -> None:
    figures = {one.name: one for one in desk_figures(desk, 2026, TODAY, ZONE)}
    assert (figures["requests"].value, len(figures["requests"].lines)) == (3, 3)
    assert (figures["in-time"].value, figures["in-time"].of) == (1, 2)
    assert (figures["handed"].value, figures["products"].value, figures["adopted"].of) == (1, 0, 0)
    last = {one.name: one.value for one in desk_figures(desk, 2025, TODAY, ZONE)}
    assert (last["requests"], last["handed"], last["sources"]) == (0, 0, 0)


def test_the_page_of_a_year_leads_to_what_is_counted(asked: Home, open_page: Open) -> None:
    page = html_of(open_page(asked, "service", view="year"))
    assert "of=requests" in page
    assert "1</a> / 2 (50%)" in page
    behind = html_of(open_page(asked, "service", view="year", year="2026", of="in-time"))
    assert "各市养老补贴" in behind
    assert "5G 建设进度" not in behind


def test_documents_collected_are_those_of_the_listing_behind_the_figure(asked: Home, open_page: Open) -> None:
    page = html_of(open_page(asked, "service", view="year"))
    assert "till=2026-12-31T16%3A00" in page
    start = datetime(2025, 12, 31, 16, tzinfo=UTC).isoformat()
    listed = html_of(open_page(asked, "listing", of="new", seen=start, till=start))
    assert 'data-count="0"' in listed


def test_a_table_of_figures_holds_no_formula() -> None:
    figure = Figure("products", 2, series="=HYPERLINK(1)", lines=(Line("x"),))
    text = as_csv(2026, [figure], "20260601-1", True).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["series"], row["value"]) == ("'=HYPERLINK(1)", "2")


def test_readers_see_no_request(asked: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Frame, "may", lambda frame, role: role == "reader")
    for parameters in ({}, {"request": "1"}, {"view": "year"}):
        page = html_of(open_page(asked, "service", **parameters))
        assert "只有分析人员及以上角色可以查看" in page
        assert "5G 建设进度" not in page
        assert "各市养老补贴" not in page
