"""Former versions are published masked, found by search, and told with the day when words first appeared."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    classification,
    copy_of,
    document,
    fact,
    later,
    make_home,
    read,
    source,
)
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.labelling import store_classifications
from warehouse.past_bodies import FormerText, masked_versions
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Document
from warehouse.search.past import PAST_INDEX, past_text
from warehouse.search.query import search

FIRST = document(1, paragraphs=("各市民政局：", "每床每月补助八百元。", "联系人：王小花，电话13812345678。"))
SECOND = replace(FIRST, paragraphs=("各市民政局：", "每床每月补助一千元。", "联系电话另行通知。"))
THIRD = replace(FIRST, paragraphs=("各市民政局：", "每床每月补助一千元。", "特此通知，请认真执行。"))
OTHER = document(2)


def seen(home: Home, *documents: Document, day: float) -> None:
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [read(one, at=later(day), run_id=f"run-{day}") for one in documents])


def current(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


@pytest.fixture(scope="module")
def three_versions(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("versions"))
    seen(made, FIRST, OTHER, day=0)
    seen(made, SECOND, day=1)
    seen(made, THIRD, day=2)
    publish(made)
    return made


@pytest.fixture
def home(three_versions: Home, tmp_path: Path) -> Home:
    return copy_of(three_versions, tmp_path)


def versions(home: Home, query: str, **changes: Any) -> list[tuple[str, int | None, int | None]]:
    """Of each hit its document, the first version with the words and the first without them again."""
    answer = search(current(home), query, versions=True, **changes)
    assert answer.total == len(answer.hits)
    return [
        (hit.document_id, hit.first_seen_version, hit.appearance.gone_version if hit.appearance else None)
        for hit in answer.hits
    ]


def test_words_that_went_are_found_with_the_version_and_day_they_came_and_went(home: Home) -> None:
    assert search(current(home), "八百元").total == 0
    assert versions(home, "八百元") == [(FIRST.document_id, 1, 2)]
    (hit,) = search(current(home), "八百元", versions=True).hits
    assert hit.appearance is not None
    assert (hit.appearance.observed_at, hit.appearance.gone_at) == (later(0), later(1))
    assert (hit.snippet, hit.appearance.paragraph, hit.paragraph) == ("每床每月补助八百元。", 1, None)
    assert hit.appearance.capture_id == read(FIRST, at=later(0)).capture.capture_id


def test_words_that_stand_today_say_since_when(home: Home) -> None:
    assert versions(home, "一千元") == [(FIRST.document_id, 2, None)]
    assert versions(home, "特此通知") == [(FIRST.document_id, 3, None)]
    every = versions(home, "各市民政局")
    assert sorted(every) == sorted([(FIRST.document_id, 1, None), (OTHER.document_id, 1, None)])


def test_each_version_is_asked_for_all_that_the_query_asks(home: Home) -> None:
    assert versions(home, "八百元 一千元") == []
    assert versions(home, "一千元 -特此通知") == [(FIRST.document_id, 2, 3)]
    assert versions(home, "标题:养老服务 八百元") == [(FIRST.document_id, 1, 2)]
    assert versions(home, "八百元", level="provincial") == [(FIRST.document_id, 1, 2)]
    assert versions(home, "八百元", region="云河省", until=later(-90).date()) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("八百元 -有附件:否", False),
        ("八百元 -有附件:是", True),
        ("八百元 (有附件:否 OR 标题:没有)", True),
        ("八百元 (有附件:是 OR 标题:没有)", False),
        ("八百元 (-附件:pdf OR 标题:没有)", True),
        ("(八百元 -有效于:1999-01-01) OR 没有", True),
        ("(八百元 有效于:1999-01-01) OR 没有", False),
    ],
)
def test_conditions_hold_by_what_a_document_is_today_wherever_they_stand(
    home: Home, query: str, found: bool
) -> None:
    assert versions(home, query) == ([(FIRST.document_id, 1, 2)] if found else [])


def test_filters_facets_and_total_count_documents_of_former_versions_too(home: Home) -> None:
    answer = search(current(home), "八百元", versions=True)
    assert answer.total == 1
    assert [count for _, _, count in answer.facets["source"]] == [1]


def test_personal_data_of_a_former_version_is_masked_wherever_it_stands(home: Home) -> None:
    publication = current(home)
    text = "\n".join(past_text(publication, FIRST.document_id, 1))
    assert "13812345678" not in text
    assert "＊" * 11 in text
    assert len(text) == len("\n".join(FIRST.paragraphs))
    assert versions(home, "13812345678") == []


def test_what_is_personal_today_is_masked_in_every_former_version(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    one = document(1, paragraphs=("受理编号甲乙丙丁戊的事项。", "原件八份。"))
    seen(home, one, day=0)
    two = replace(one, paragraphs=("受理编号甲乙丙丁戊的事项。", "原件九份。"))
    seen(home, two, day=1)
    publish(home)
    assert "甲乙丙丁戊" in past_text(current(home), one.document_id, 1)[0]
    found = classification(home, two, facts=(fact("personal:name", "甲乙丙丁戊", 0, 4, 9),))
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [found])
    publish(home)
    assert "甲乙丙丁戊" not in "\n".join(past_text(current(home), one.document_id, 1))


def test_only_what_changed_is_written_and_segments_and_index_are_shared(home: Home) -> None:
    before = current(home)
    names = set(before.manifest["segments"])
    publish(home, force=True)
    seen(home, replace(OTHER, paragraphs=("另一份的新内容。",)), day=3)
    publish(home)
    after = current(home)
    past = {name for name in after.manifest["segments"] if "-past" in name}
    assert len(past) == 2
    assert past & names
    assert past_text(after, FIRST.document_id, 1) == past_text(before, FIRST.document_id, 1)
    assert versions(home, "请认真执行") == sorted(
        [(FIRST.document_id, 3, None), (OTHER.document_id, 1, 2)], key=lambda one: one[1] != 3
    )
    assert (after.folder / PAST_INDEX).is_dir()


def test_a_home_without_former_versions_needs_no_index_for_them(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    seen(home, OTHER, day=0)
    publish(home)
    assert not (current(home).folder / PAST_INDEX).exists()
    assert versions(home, "认真执行") == [(OTHER.document_id, 1, None)]


def test_a_paragraph_that_the_site_blanked_stays_away_in_all_versions_before() -> None:
    told = [
        FormerText(1, "来信", "来信人王小花反映路灯不亮。\n已转有关部门。"),
        FormerText(2, "来信", "来信人王小花反映路灯不亮了。\n已转有关部门办理。"),
        FormerText(3, "来信", "来信人王某反映路灯不亮了。\n已转有关部门办理。"),
    ]
    masked = masked_versions(told, (), blanked_somewhere=True)
    assert [masked[number][1][0].strip("＊") for number in (1, 2)] == ["", ""]
    assert masked[1][1][1] == "已转有关部门。"
    assert masked[3][1][0] == "来信人王某反映路灯不亮了。"


def test_a_lost_index_of_former_versions_is_made_again(home: Home) -> None:
    shutil.rmtree(home.root / PAST_INDEX)
    seen(home, document(5), day=4)
    publish(home)
    assert versions(home, "八百元") == [(FIRST.document_id, 1, 2)]
