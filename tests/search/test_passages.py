"""The passage shown of a hit says where it stands: paragraph of the body, or page, sheet, row of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.search.shelf import Shelf
from warehouse.places import Spot, places_of
from warehouse.records import HitPlace, SearchHit
from warehouse.search import passages
from warehouse.search.nodes import Word
from warehouse.search.query import search
from warehouse.search.snippets import patterns

SHEETS = "说明\n数据由各市报送\n汇总\n市\t机构\n澜江市\t明德敬老院\n石桥县\t清河福利院"
SPOTS = [
    Spot(sheet=0), Spot(sheet=0, row=1), Spot(sheet=2), Spot(sheet=2, row=1), Spot(sheet=2, row=12),
    Spot(sheet=2, row=40),
]  # fmt: skip
REPORT = "第一页的文字\n第二页写着康复辅具租赁\n第二页的其他文字"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.add("doc-1", "关于机构名单的通知", "各市民政局：", "现将名单印发，见附件。")
    made.insert("attachment", [
        {"document_id": "doc-1", "url": "http://a/2.xlsx", "name": "附件2.xlsx", "text": SHEETS,
         "places": places_of(SPOTS)},
        {"document_id": "doc-1", "url": "http://a/3.pdf", "name": "annex.pdf", "text": REPORT,
         "places": places_of([Spot(page=1), Spot(page=2), Spot(page=2)])},
        {"document_id": "doc-1", "url": "http://a/4.doc", "name": "", "text": "旧文件里的话"},
    ])  # fmt: skip
    return made.publish()


def hit(shelf: Shelf, query: str) -> SearchHit:
    (found,) = search(shelf, query).hits
    return found


def test_a_row_of_a_sheet_is_named_as_the_workbook_counts_it(shelf: Shelf) -> None:
    found = hit(shelf, "敬老院")
    assert found.place == HitPlace("http://a/2.xlsx", "附件2.xlsx", sheet="汇总", row=12, line=4, column=2)
    assert found.snippet == "澜江市\t明德敬老院"
    assert found.paragraph is None


def test_a_page_of_a_pdf_is_named(shelf: Shelf) -> None:
    assert hit(shelf, "康复辅具").place == HitPlace("http://a/3.pdf", "annex.pdf", page=2, line=1)


def test_an_old_text_without_a_map_names_only_its_file(shelf: Shelf) -> None:
    assert hit(shelf, "旧文件里的话").place == HitPlace("http://a/4.doc", "http://a/4.doc", line=0)


def test_body_and_title_come_before_files(shelf: Shelf) -> None:
    body = hit(shelf, "名单")  # also the title's
    assert (body.place, body.paragraph) == (None, 1)
    title = hit(shelf, "机构名单")
    assert (title.place, title.paragraph, title.marks) == (None, None, ())


def test_a_term_that_only_a_file_holds_is_shown_from_there(shelf: Shelf) -> None:
    assert hit(shelf, "名单 清河福利院").place == HitPlace(
        "http://a/2.xlsx", "附件2.xlsx", sheet="汇总", row=40, line=5, column=2
    )
    assert hit(shelf, "名单 OR 清河福利院").paragraph == 1
    assert hit(shelf, "清河福利院 OR 没有的词").place is not None


def test_what_is_asked_of_a_field_is_shown_from_there(shelf: Shelf) -> None:
    shelf.add("doc-2", "名单的说明", "正文里也有名单。", "名单在此。", attachment="第一行\n名单两行")
    shelf.publish()
    file = hit(shelf, "附件:名单 附件:第一行").place
    assert file == HitPlace("http://a/1.pdf", "附件", line=0)
    found = {one.document_id: one for one in search(shelf, "附件:名单").hits}["doc-2"]
    assert (found.snippet, found.place) == ("名单两行", HitPlace("http://a/1.pdf", "附件", line=1))
    titled = {one.document_id: one for one in search(shelf, "标题:名单").hits}["doc-2"]
    assert (titled.snippet, titled.marks, titled.paragraph) == ("名单的说明", ((0, 2),), None)
    body = {one.document_id: one for one in search(shelf, "正文:(名单 OR 没有)").hits}["doc-2"]
    assert (body.snippet, body.paragraph, body.place) == ("正文里也有名单。", 0, None)


def test_a_hit_by_a_files_name_names_the_file(shelf: Shelf) -> None:
    found = hit(shelf, "附件:xlsx")
    assert found.place == HitPlace("http://a/2.xlsx", "附件2.xlsx")
    assert (found.snippet, found.marks) == ("附件2.xlsx", ((4, 8),))
    assert hit(shelf, "附件:annex").place == HitPlace("http://a/3.pdf", "annex.pdf")
    assert hit(shelf, "附件:敬老院").place == HitPlace(
        "http://a/2.xlsx", "附件2.xlsx", sheet="汇总", row=12, line=4, column=2
    )


def test_a_hit_costs_a_bounded_part_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf(tmp_path)
    shelf.add("doc-1", "标题", "正文", attachment="长" * 2_000 + "\n末尾的话")
    monkeypatch.setattr(passages, "MOST_CHARACTERS", 1_000)
    assert hit(shelf.publish(), "末尾的话").place is None


def test_the_line_with_the_most_terms_is_shown_and_no_match_runs_over_a_line() -> None:
    text = "养老\n服务\n养老与服务\n养老"
    wanted = patterns([Word("养老"), Word("服务")])
    found = passages.look(text, wanted)
    assert (found.number, found.line, found.shown, found.missing) == (2, "养老与服务", 2, ())
    crossing = patterns([Word("老服")])
    assert passages.look(text, crossing).missing == tuple(crossing)
