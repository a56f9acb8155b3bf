"""A repeal counts from its day on and means the earlier act of its title; extensions count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.warehouse.make import citation, document, fact
from tests.warehouse.test_citations import NEW, OLD, add, home, targets, validity  # noqa: F401
from warehouse.home import Home
from warehouse.records import Document

NUMBER = "云民发〔2026〕1号"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (f"《甲》（{NUMBER}）自2090年1月1日起废止。", "unknown"),
        (f"自2090年1月起，《甲》（{NUMBER}）停止执行。", "unknown"),
        (f"《甲》（{NUMBER}）自二〇九〇年一月一日起废止。", "unknown"),
        (f"本办法自2020年1月1日起施行，《甲》（{NUMBER}）同时废止。", "repealed"),
        (f"宣布《甲》（{NUMBER}）失效。", "expired"),
        (f"二、宣布失效的文件：1.《甲》（{NUMBER}）", "expired"),
        (f"《甲》（{NUMBER}）自2020年5月1日起不再执行。", "repealed"),
    ],
)
def test_a_repeal_counts_from_its_day_on(home: Home, sentence: str, told: str) -> None:  # noqa: F811
    add(home, OLD)
    add(home, NEW, citation(NEW, sentence, "repeals", to=NUMBER))
    assert validity(home, OLD)[0] == told


def test_the_earlier_act_of_the_same_title_is_the_one_of_the_printed_day(home: Home) -> None:  # noqa: F811
    title = "云河省养老机构收费办法"
    first = document(3, title=title, doc_number=None, published=date(2013, 6, 30), paragraphs=("一",))
    second = document(4, title=title, doc_number=None, published=date(2018, 6, 30), paragraphs=("二",))
    now = document(5, title=title, doc_number=None, published=date(2024, 6, 30), paragraphs=("三",))
    said = f"2013年6月28日云河省民政厅发布的《{title}》同时废止。"
    held = [add(home, one) for one in (first, second)]
    add(home, now, citation(now, said, "repeals", title=title))
    assert targets(home) == [held[0].document_id]
    assert [validity(home, one)[0] for one in (first, second, now)] == ["repealed", "unknown", "unknown"]


def test_an_earlier_act_that_is_not_held_is_not_guessed(home: Home) -> None:  # noqa: F811
    title = "云河省养老机构收费办法"
    other: Document = document(
        4, title=title, doc_number=None, published=date(2018, 6, 30), paragraphs=("二",)
    )
    now = document(5, title=title, doc_number=None, published=date(2024, 6, 30), paragraphs=("三",))
    add(home, other)
    add(home, now, citation(now, f"2013年6月28日发布的《{title}》同时废止。", "repeals", title=title))
    assert targets(home) == [None]
    assert validity(home, other)[0] == "unknown"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (f"《甲》（{NUMBER}）有效期延长至2090年12月31日。", "in-force"),
        (f"《甲》（{NUMBER}）有效期延长三年。", "unknown"),
        (f"《甲》（{NUMBER}）有效期延长至2021年12月31日。", "expired"),
        (f"按照《甲》（{NUMBER}）执行。", "expired"),
    ],
)
def test_an_extension_by_a_later_paper_wins(home: Home, sentence: str, told: str) -> None:  # noqa: F811
    old = replace(OLD, effective=date(2019, 3, 1))
    add(home, old, facts=(fact("expiry", "2020-12-31", 1, 0, 2),))
    add(home, NEW, citation(NEW, sentence, "mentions", to=NUMBER))
    assert validity(home, old)[0] == told
