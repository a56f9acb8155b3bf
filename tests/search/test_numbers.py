"""A document number is found in every spelling: who bears it and who cites it, however either is written."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf
from tests.search.test_search import ids
from warehouse.search.query import search
from warehouse.search.spellings import asked_keys, numbered, spellings

WRITTEN = [
    "国办发〔2024〕5号", "国办发[2024]5号", "国办发（2024）5号", "国办发(2024)5号", "国办发【2024】5号",
    "国办发(2024) 5号", "国办发[2024] 5 号", "国办发( 2024 )5号", "国办发 (2024) 5号", "国办发〔2024〕第5号",
    "国办发〔2024〕05号", "国办发〔2024〕第005号", "国办发2024年5号", "国办发2024年第5号",
    "国办发 2024 年第 5 号",
    "国办发〔2024年〕5号", "国办发《2024》5号", "国办发〈2024〉5号", "国办发<2024>5号",
    "国办发〔２０２４〕５号",
    "国办发2024-5号", "国办发{2024}5号", "國辦發〔2024〕5號", "国办发‹2024›5号", "国办发⟨2024⟩5号",
]  # fmt: skip
OTHERS = ["国办发〔2024〕15号", "国办发〔2024〕50号", "国办发〔2023〕5号", "国办函〔2024〕5号"]
ASKED = [
    *WRITTEN, "「国办发[2024]第5号」", "《国办发〔2024〕5号》", "“国办发〔2024〕5号”", '"国办发（2024）5号"',
    "国办发〔2024〕5号文", "国办发〔2024〕5号文件", "根据国办发〔2024〕5号",
    "国办发 2024 年 5 号", "国办发2024 5号",
]  # fmt: skip
ORDERS = ["国务院令第706号", "国务院第706号令", "国务院706号令", "国务院令 第 706 号", "国务院令（第706号）",
          "国务院令第七百零六号", "中华人民共和国国务院令第706号"]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("numbers"))
    for at, written in enumerate(WRITTEN):
        made.add(f"cites-{at:02}", "转发", f"按照《意见》（{written}）办理。")
    for at, written in enumerate(OTHERS):
        made.add(f"other-{at}", "转发", f"按照《意见》（{written}）办理。")
    made.add("bears", "意见", "正文。", doc_number="国办发〔2024〕5号", number_normal="国办发〔2024〕5号")
    for at, written in enumerate(ORDERS):
        made.add(f"order-{at}", "废止", f"依据《条例》（{written}）。")
    made.add("decree", "条例", "正文。", doc_number="国务院令第706号", number_normal="国务院令第706号")
    made.add("reverse", "办法", "正文。", doc_number="云河省人民政府第12号令")
    made.add("notice", "公告", "正文。", doc_number="财政部公告2024年第10号")
    made.add("council", "条例", "正文。", doc_number="云河省人大常委会公告第14号")
    made.add("house", "Report", "Text.", "It amends H.R. 1234, as reported.")
    made.add("houses", "Report", "Text.", "It amends H.R. 12345 and 5 U.S. 12340.")
    made.add("spaced", "Report", "See HR 1234", "(S. 77) was read; H. Res. 5.")
    made.add("order", "Notice", "Executive Order No. 14,110 is revoked.", "Public Law 110-5; S.I. 2021/123.")
    made.add("eir", "Report", "Text.", doc_number="eir7358")
    return made.publish()


CITED = sorted(["bears", *(f"cites-{at:02}" for at in range(len(WRITTEN)))])


@pytest.mark.parametrize("query", ASKED)
def test_every_spelling_finds_who_bears_and_who_cites(shelf: Shelf, query: str) -> None:
    answer = search(shelf, query, limit=100)
    assert sorted(hit.document_id for hit in answer.hits) == CITED
    assert answer.hits[0].document_id == "bears"


@pytest.mark.parametrize("query", ORDERS)
def test_an_order_is_found_wherever_its_kind_stands(shelf: Shelf, query: str) -> None:
    assert ids(shelf, query) == ["decree", *(f"order-{at}" for at in range(len(ORDERS)))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("云河省人民政府令第12号", ["reverse"]),
        ("云河省人民政府第12号令", ["reverse"]),
        ("财政部2024年第10号公告", ["notice"]),
        ("云河省人大常委会第14号公告", ["council"]),
        ("文号:国务院第706号令", ["decree"]),
        ("HR 1234", ["house", "spaced"]),
        ("hr1234", ["house", "spaced"]),
        ("H.R. 1234", ["house", "spaced"]),
        ('"H.R. 1234"', ["house", "houses", "spaced"]),
        ("S. 77", ["spaced"]),
        ("hres 5", ["spaced"]),
        ("EO 14110", ["order"]),
        ("E.O. 14,110", ["order"]),
        ("Pub. L. 110-5", ["order"]),
        ("SI 2021 No. 123", ["order"]),
        ("国办发〔2024〕5号、国务院令第706号", []),
        ("国办发〔2024〕50号 OR 国办发〔2024〕15号", ["other-0", "other-1"]),
        ("国办函[2024]5号、国办函2024年第5号", ["other-3"]),
        ("标题:国办发〔2024〕5号", []),
        ('"s 77"', []),  # a piece of words as well
        ('"函〔2024〕5"', ["other-3"]),
        ('"函[2024]5号"', []),
        ("public law 110 act", []),
        ("house bill 1234 text", ["house"]),
        ('"ir"', ["eir"]),  # characters that stand in a number alone
        ("正文:国办函[2024]5号", ["other-3"]),
    ],
)
def test_number_finds(shelf: Shelf, query: str, expected: list[str]) -> None:
    assert ids(shelf, query) == expected


def test_the_passage_marks_the_number_as_the_text_writes_it(shelf: Shelf) -> None:
    marked = {
        hit.document_id: [hit.snippet[start:end] for start, end in hit.marks]
        for hit in search(shelf, "国办发〔2024〕5号", limit=100).hits
        if hit.document_id != "bears"
    }
    assert marked == {f"cites-{at:02}": [written] for at, written in enumerate(WRITTEN)}


def test_what_is_no_number_has_no_spellings() -> None:
    for written in ("养老服务", "2024年", "第45号", "养老2024", "5号", "国务院706号", "a 5"):
        assert spellings(written) == ()
    assert numbered("关于养老") is None
    assert "和平区政发|2024|5" in asked_keys("和平区政发〔2024〕5号")
    assert "环发|2012|11" in asked_keys("和环发〔2012〕11号")
