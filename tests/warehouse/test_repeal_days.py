"""A repeal counts from its day on and means the earlier act of its title; extensions count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.warehouse.make import citation, document, fact
from tests.warehouse.test_citations import (  # noqa: F401
    NEW,
    OLD,
    add,
    home,
    stated,
    targets,
    validity,
)
from warehouse.home import Home
from warehouse.publish import publish
from warehouse.records import Document

# What a later paper says of the one whose number stands for N, and what is then said of that one.
REPEALS = {
    "《甲》（N）自2090年1月1日起废止。": "unknown",
    "自2090年1月起，《甲》（N）停止执行。": "unknown",
    "《甲》（N）自二〇九〇年一月一日起废止。": "unknown",
    "本办法自2020年1月1日起施行，《甲》（N）同时废止。": "repealed",
    "宣布《甲》（N）失效。": "expired",
    "二、宣布失效的文件：1.《甲》（N）": "expired",
    "《甲》（N）自2020年5月1日起不再执行。": "repealed",
}
EXTENSIONS = {
    "《甲》（N）有效期延长至2090年12月31日。": "in-force",
    "《甲》（N）有效期延长三年。": "unknown",
    "《甲》（N）有效期延长至2021年12月31日。": "expired",
    "按照《甲》（N）执行。": "expired",
}


def pair(place: int) -> tuple[Document, Document]:
    """An act and a later paper, both of their own names and numbers."""
    old = document(
        place, title=f"云河省第{place}号管理办法", published=OLD.published, effective=date(2019, 3, 1)
    )
    return old, document(100 + place, published=NEW.published)


def test_a_repeal_counts_from_its_day_on(home: Home) -> None:  # noqa: F811
    held = {}
    for place, said in enumerate(REPEALS, 11):
        old, new = pair(place)
        held[said] = add(home, replace(old, effective=None))
        sentence = said.replace("N", str(old.doc_number))
        add(home, new, citation(new, sentence, "repeals", to=old.doc_number))
    publish(home)
    assert {said: stated(home, one)[0] for said, one in held.items()} == REPEALS


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


def test_an_extension_by_a_later_paper_wins(home: Home) -> None:  # noqa: F811
    held = {}
    for place, said in enumerate(EXTENSIONS, 11):
        old, new = pair(place)
        held[said] = add(home, old, facts=(fact("expiry", "2020-12-31", 1, 0, 2),))
        sentence = said.replace("N", str(old.doc_number))
        add(home, new, citation(new, sentence, "mentions", to=old.doc_number))
    publish(home)
    assert {said: stated(home, one)[0] for said, one in held.items()} == EXTENSIONS
