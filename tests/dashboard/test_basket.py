"""The evidence basket on pages: one click keeps a passage, its page shows where it is and what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.accounts.asking import form_token
from dashboard.basket.range import around, asked_range, fitting, sentences
from dashboard.basket.routes import basket_routes
from tests.copying import copied
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication

PAPER = FIRST_DAY[0]
CITY = next(one for one in FIRST_DAY if one.source == "t-city")  # its source allows excerpts only


@pytest.fixture
def home(untouched_library: Path, tmp_path: Path) -> Home:
    """A library of its own, so that what is kept stays in this test."""
    return Home.open(copied(untouched_library, tmp_path / "home"))


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk.open(home) as opened:
        yield opened


class Clicks:
    """The buttons of the pages, as app.js presses them."""

    def __init__(self, home: Home) -> None:
        self._client = TestClient(Starlette(routes=basket_routes(home)), base_url="http://127.0.0.1")
        self._token = form_token({}, home)

    def __call__(self, act: str, *, status: int = 200, token: str | None = None, **fields: object) -> str:
        headers = {"X-Govbrief-Token": self._token if token is None else token}
        data = {name: str(value) for name, value in {"lang": "zh", **fields}.items()}
        answer = self._client.post(f"/basket/{act}", data=data, headers=headers)
        assert answer.status_code == status, answer.text
        return str(answer.json()["told"]) if "json" in answer.headers["content-type"] else answer.text


@pytest.fixture
def click(home: Home) -> Clicks:
    return Clicks(home)


def test_one_click_keeps_a_paragraph_with_its_paper(click: Clicks, desk: Desk) -> None:
    assert click("add", doc=PAPER.document_id, para=1) == "已收入素材篮，编号 1；本专题共 1 条。"
    (item,) = desk.basket.items("")
    assert (item.passage.text, item.title, item.number) == (PAPER.lines[0], PAPER.title, PAPER.number)
    assert (item.issued_on, item.account, item.state) == (str(PAPER.published), "local", "held")


def test_the_same_click_again_says_that_the_words_are_there(click: Clicks, desk: Desk) -> None:
    click("add", doc=PAPER.document_id, para=1)
    assert "合为一条" in click("add", doc=PAPER.document_id, para=1, at="0-4")
    assert desk.basket.count("") == 1


def test_a_range_is_kept_in_code_points_and_for_the_chosen_theme(click: Clicks, desk: Desk) -> None:
    desk.basket.choose("local", "养老")
    click("add", doc=PAPER.document_id, para=1, at="1-5", version=1)
    (item,) = desk.basket.items("养老")
    assert item.passage.text == PAPER.lines[0][1:5]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"doc": "doc-none", "para": 1}, "没有发布"),
        ({"doc": PAPER.document_id, "para": 99}, "没有第 99 段"),
        ({"doc": PAPER.document_id, "para": "x"}, "应为数字"),
        ({"doc": PAPER.document_id, "para": 1, "at": "5-999"}, "没有这个位置"),
        ({"doc": PAPER.document_id, "para": 1, "version": 7}, "没有第 1 段"),
    ],
)
def test_what_cannot_be_kept_is_said_in_the_readers_language(
    click: Clicks, desk: Desk, fields: dict[str, object], said: str
) -> None:
    assert said in click("add", status=400, **fields)
    assert desk.basket.themes() == []


def test_another_site_and_a_wrong_token_change_nothing(click: Clicks, desk: Desk) -> None:
    click("add", status=403, token="", doc=PAPER.document_id, para=1)
    click("add", status=403, token="0" * 64, doc=PAPER.document_id, para=1)
    assert desk.basket.themes() == []


def test_of_a_source_that_allows_excerpts_a_short_passage_is_kept(click: Clicks, desk: Desk) -> None:
    click("add", doc=CITY.document_id, para=1)
    (item,) = desk.basket.items("")
    assert len(item.passage.text) <= 200


def test_the_page_shows_words_place_mark_and_note(
    home: Home, desk: Desk, click: Clicks, open_page: Open
) -> None:
    click("add", doc=PAPER.document_id, para=1)
    desk.basket.note(1, "用于第二部分", "local")
    desk.basket.tag(1, ["床位"], "local")
    html = html_of(open_page(home, "basket"))
    assert "[^e1]" in html
    assert "用于第二部分" in html
    assert f"/doc?id={PAPER.document_id}&amp;para=1&amp;at=0-{len(PAPER.lines[0])}" in html
    assert "不分专题：1 条" in html
    assert 'data-post="/basket/remove"' in html


def test_removed_and_put_back_on_the_page(home: Home, desk: Desk, click: Clicks, open_page: Open) -> None:
    click("add", doc=PAPER.document_id, para=1)
    assert "已移出素材 1" in click("remove", item=1)
    html = html_of(open_page(home, "basket"))
    assert "还没有素材" in html
    assert 'data-post="/basket/restore"' in html
    click("restore", item=1)
    assert desk.basket.count("") == 1


def test_order_changes_by_one_place(desk: Desk, click: Clicks) -> None:
    for paragraph in (1, 2):
        click("add", doc=PAPER.document_id, para=paragraph)
    assert "现排第 1" in click("up", item=2)
    assert [item.item_id for item in desk.basket.items("")] == [2, 1]
    click("down", item=2)
    assert [item.item_id for item in desk.basket.items("")] == [1, 2]


def test_tags_filter_the_page_and_the_form_changes_note_tags_and_theme(
    home: Home, desk: Desk, click: Clicks, open_page: Open
) -> None:
    for paragraph in (1, 2):
        click("add", doc=PAPER.document_id, para=paragraph)
    at = open_page(home, "basket", edit="1")
    at.text_area(key="basket-note-1").set_value("甲")
    at.text_input(key="basket-tags-1").set_value("床位、护理")
    next(one for one in at.button if one.label == "保存").click()
    at.run()
    assert desk.basket.by_ids([1])[1].tags == ("床位", "护理")
    assert desk.basket.by_ids([1])[1].note == "甲"
    html = html_of(open_page(home, "basket", theme="-", tag="护理"))
    assert "[^e1]" in html
    assert "[^e2]" not in html


def test_a_note_written_meanwhile_is_not_written_over(
    home: Home, desk: Desk, click: Clicks, open_page: Open
) -> None:
    click("add", doc=PAPER.document_id, para=1)
    at = open_page(home, "basket", edit="1")
    at.text_area(key="basket-note-1").set_value("我的话")
    desk.basket.note(1, "她的话", "local")
    for kept in ("她的话", "我的话"):  # refused with her words shown, then written knowingly
        next(one for one in at.button if one.label == "保存").click()
        at.run()
        assert desk.basket.by_ids([1])[1].note == kept


@pytest.mark.parametrize(("name", "value"), [("theme", "没有"), ("tag", "没有"), ("edit", "9"), ("p", "2")])
def test_an_unknown_value_is_refused_by_name(home: Home, open_page: Open, name: str, value: str) -> None:
    assert f"“{value}”" in html_of(open_page(home, "basket", **{name: value}))


def test_what_changed_is_told_with_what_can_be_done(
    home: Home, desk: Desk, click: Clicks, open_page: Open
) -> None:
    from dataclasses import replace

    from warehouse.desk.basket.pins import Verdict

    click("add", doc=PAPER.document_id, para=1)
    (seen,) = desk.basket.pins.watched()
    passage = replace(seen.item.passage, version_no=0)
    verdict = Verdict(1, passage, "", None, "version", "1 same 1", "version")
    desk.basket.pins.keep("20260601-000000-1", [verdict], [seen])
    html = html_of(open_page(home, "basket"))
    assert "文件已改为第 1 版；这段文字未变，见新版第 1 段。" in html
    assert "改引第 1 版" in click("renew", item=1)
    assert desk.basket.items("")[0].state == "held"


def test_every_page_says_how_much_was_kept(home: Home, desk: Desk, click: Clicks, open_page: Open) -> None:
    for paragraph in (1, 2):
        click("add", doc=PAPER.document_id, para=paragraph)
    for page in ("today", "docs"):
        html = html_of(open_page(home, page))
        assert re.search(r'href="/basket[^"]*"[^>]*>素材篮 2<', html)


def test_search_document_and_briefing_have_the_button(home: Home, open_page: Open) -> None:
    found = html_of(open_page(home, "docs", s="养老"))
    assert 'data-post="/basket/add"' in found
    document = html_of(open_page(home, "doc", id=PAPER.document_id, para="1", at="0-4"))
    assert f'data-keep="{PAPER.document_id}"' in document
    assert 'data-para="1"' in document
    assert 'data-at="0-4"' in document


def test_sentences_are_those_of_the_text_without_gaps() -> None:
    line = "一、到2027年达到十万张。二、新增护理员！“好。”结束"
    parts = sentences(line)
    assert [line[start:end] for start, end in parts] == [
        "一、到2027年达到十万张。", "二、新增护理员！", "“好。”", "结束",
    ]  # fmt: skip
    english = "Beds rise to 4.5 per 1,000. Staff follow."
    assert [english[start:end] for start, end in sentences(english)] == [
        "Beds rise to 4.5 per 1,000. ", "Staff follow.",
    ]  # fmt: skip


def test_of_a_long_paragraph_whole_sentences_around_the_found_word_are_kept() -> None:
    line = "".join(f"第{n}句写了一些别的内容而已。" for n in range(60))
    start, end = around(line, "第30句", 60)
    assert "第30句" in line[start:end]
    assert end - start <= 60
    assert line[end - 1] == "。"
    assert fitting("长" * 500, 300, 100) == (275, 375)
    assert around("短句。", "") == (0, 3)
    assert asked_range("12-4") is None


def test_the_publication_and_the_basket_agree(home: Home, desk: Desk, click: Clicks) -> None:
    click("add", doc=PAPER.document_id, para=1)
    publication = Publication.current(home)
    assert publication is not None
    passage = desk.basket.items("")[0].passage
    assert publication.body(PAPER.document_id)[passage.paragraph][passage.start : passage.end] == passage.text
