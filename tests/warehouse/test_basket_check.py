"""After a publication the basket's pins follow changed readings, and changed documents are marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.make import copy_of, document, later, make_home, read, source
from warehouse.basket_check import check_basket
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.desk.basket import BasketItem
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.ingest import ingest_notices, ingest_reads, ingest_sources
from warehouse.passages import MOST_OF_EXCERPT, passage_of, words_at
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Document

LINES = (
    "各市民政局：",
    "一、每床每月补助八百元。二、每年新增护理员二千名。",
    "三、加强监督。",
    "请认真执行。",
)
FIRST = document(1, paragraphs=LINES)
BEDS, NURSES = (0, 12), (12, len(LINES[1]))


def seen(home: Home, one: Document, day: float, extractor: str = "x1", like: Document | None = None) -> None:
    """The document in one capture of a day; `like` gives a second reading of that very capture."""
    made = read(like or one, at=later(day), run_id=f"run-{day}", extractor=extractor)
    if like is not None:
        made = replace(made, extraction=replace(made.extraction, documents=(one,)))
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [made])


def shown(home: Home) -> Publication:
    publish(home)
    return current(home)


def current(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("published"))
    seen(made, FIRST, day=0)
    publish(made)
    return made


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return copy_of(published, tmp_path)


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk.open(home) as opened:
        yield opened


def kept(desk: Desk, publication: Publication, place: tuple[int, int] = BEDS) -> BasketItem:
    passage = passage_of(publication, FIRST.document_id, 1, *place)
    return desk.basket.add("养老", passage, FIRST.title, "", [], "local")


def test_a_changed_reader_moves_the_pin_and_the_log_keeps_the_old_one(home: Home, desk: Desk) -> None:
    item = kept(desk, current(home))
    lines = ("首页", LINES[0], "一、每床每月补助八百元。", "二、每年新增护理员 二千名。", *LINES[2:])
    seen(home, replace(FIRST, paragraphs=lines), day=0, extractor="x2", like=FIRST)
    publication = shown(home)
    done = check_basket(publication, desk)
    assert (done.items, done.moved, done.attention) == (1, 1, 0)
    (after,) = desk.basket.items("养老")
    assert (after.passage.paragraph, after.state, after.passage.version_no) == (2, "held", 1)
    assert words_at(publication.body(FIRST.document_id), after.passage) == after.passage.text
    (pin,) = desk.basket.pins.log(item.item_id)
    assert (pin.outcome, pin.old, pin.new) == ("moved", item.passage, after.passage)
    assert pin.new
    assert item.passage.reading_id != pin.new.reading_id
    assert check_basket(publication, desk).moved == 0
    assert len(desk.basket.pins.log(item.item_id)) == 1


def test_words_that_a_changed_reader_lost_are_marked_and_come_back(home: Home, desk: Desk) -> None:
    item = kept(desk, current(home))
    seen(home, replace(FIRST, paragraphs=(LINES[0], *LINES[2:])), day=0, extractor="x2", like=FIRST)
    check_basket(shown(home), desk)
    (lost,) = desk.basket.items("养老")
    assert (lost.state, lost.concern, lost.passage) == ("attention", "lost", item.passage)
    seen(home, replace(FIRST, paragraphs=("首页", *LINES)), day=0, extractor="x3", like=FIRST)
    check_basket(shown(home), desk)
    (back,) = desk.basket.items("养老")
    assert (back.state, back.passage.paragraph) == ("held", 2)
    assert [pin.outcome for pin in desk.basket.pins.log(item.item_id)] == ["lost", "back"]


def test_a_new_version_is_told_while_the_pin_stays_in_the_one_that_was_quoted(home: Home, desk: Desk) -> None:
    publication = current(home)
    beds, nurses = kept(desk, publication, BEDS), kept(desk, publication, NURSES)
    changed = ("各市民政局：", "前言。", "一、每床每月补助一千元。二、每年新增护理员二千名。", *LINES[2:])
    seen(home, replace(FIRST, paragraphs=changed), day=1)
    later_one = shown(home)
    check_basket(later_one, desk)
    first, second = desk.basket.items("养老")
    assert (first.state, first.concern, first.said) == ("attention", "version", "2 gone")
    assert (second.state, second.concern, second.said) == ("attention", "version", "2 same 3")
    assert first.passage == beds.passage
    assert passage_of(later_one, FIRST.document_id, 1, *BEDS, version_no=1) == first.passage

    let = desk.basket.pins.settle(first.item_id, "local")
    assert (let.state, let.concern) == ("held", "")
    again = passage_of(later_one, FIRST.document_id, 2, *NURSES)
    renewed = desk.basket.pins.renew(second.item_id, again, "local")
    assert (renewed.state, renewed.passage.version_no) == ("held", 2)
    assert check_basket(later_one, desk).attention == 0
    seen(home, replace(FIRST, paragraphs=(*changed, "附件")), day=2)
    check_basket(shown(home), desk)
    assert [one.said for one in desk.basket.items("养老")] == ["3 gone", "3 same 3"]
    assert nurses.item_id == second.item_id


def test_a_withdrawn_document_is_marked(home: Home, desk: Desk) -> None:
    kept(desk, current(home))
    with Warehouse.open(home) as w:
        ingest_notices(w, [(FIRST.source_id, str(FIRST.url), "withdrawn", later(1), "run-1")])
    check_basket(shown(home), desk)
    (item,) = desk.basket.items("养老")
    assert (item.state, item.concern, item.said) == ("attention", "ended", "withdrawn")
    desk.basket.pins.settle(item.item_id, "local")
    check_basket(shown(home), desk)
    assert desk.basket.items("养老")[0].state == "held"


def test_what_nobody_marked_cannot_be_settled_and_a_pin_stays_with_its_document(
    home: Home, desk: Desk
) -> None:
    item = kept(desk, current(home))
    with pytest.raises(UserError, match="Nothing about passage"):
        desk.basket.pins.settle(item.item_id, "local")
    with pytest.raises(UserError, match="another document"):
        desk.basket.pins.renew(item.item_id, replace(item.passage, document_id="doc-2"), "local")


def test_places_outside_a_text_are_refused_by_name(home: Home) -> None:
    publication = current(home)
    with pytest.raises(UserError, match="No document 'doc-9'"):
        passage_of(publication, "doc-9", 0)
    with pytest.raises(UserError, match="no paragraph 9; its text has 4"):
        passage_of(publication, FIRST.document_id, 8)
    with pytest.raises(UserError, match="no words from 3 to 99"):
        passage_of(publication, FIRST.document_id, 1, 3, 99)
    with pytest.raises(UserError, match="version 7"):
        passage_of(publication, FIRST.document_id, 1, version_no=7)


@pytest.mark.parametrize(
    ("reuse", "said"), [("link", "none of its text"), ("excerpt", "short excerpts only")]
)
def test_the_terms_of_the_source_bind_what_may_be_kept(tmp_path: Path, reuse: str, said: str) -> None:
    home = make_home(tmp_path)
    long = document(1, paragraphs=("长" * (MOST_OF_EXCERPT + 1), "短句。"))
    with Warehouse.open(home) as w:
        ingest_sources(w, [source(reuse=reuse)])
        ingest_reads(w, [read(long)])
    publication = shown(home)
    with pytest.raises(UserError, match=said):
        passage_of(publication, long.document_id, 0)
    if reuse == "excerpt":
        assert passage_of(publication, long.document_id, 1).text == "短句。"
