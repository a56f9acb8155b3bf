"""Citations find the document they mean, and "repealed" is said only when it is certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    citation,
    classification,
    copy_of,
    document,
    fact,
    label,
    number,
    read,
)
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.labelling import store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Citation, Document, Fact

OLD = document(1, title="云河省养老机构管理办法", published=date(2019, 3, 1))
NEW = document(2, title="关于修订养老机构管理的通知", published=date(2026, 5, 1))
REPEAL = "《云河省养老机构管理办法》（云民发〔2026〕1号）同时废止。"


@pytest.fixture
def home(citing: Home, tmp_path: Path) -> Home:
    return copy_of(citing, tmp_path)


def add(
    home: Home,
    one: Document,
    *citations: Citation,
    facts: tuple[Fact, ...] = (),
    numbered: bool = True,
    body: str = "",
) -> Document:
    """The document in the warehouse, read and classified."""
    found = {
        "number": number(one.doc_number) if numbered and one.doc_number else None,
        "departments": (label(body, body, field="department"),) if body else (),
    }
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(one)])
        done = classification(w, one, citations=citations, facts=facts, **found)
        store_classifications(w, CLASSIFIER, [done])
    return one


def targets(home: Home) -> list[str | None]:
    publish(home)
    return [
        row["target_document_id"]
        for row in shown(home).rows("select target_document_id from citation order by all")
    ]


def shown(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


def validity(home: Home, one: Document) -> tuple[Any, ...]:
    publish(home)
    return stated(home, one)


def stated(home: Home, one: Document) -> tuple[Any, ...]:
    """What the current publication says of the document: validity, its basis, and by whom."""
    columns = "validity, validity_basis, validity_by"
    row = shown(home).rows(f"select {columns} from document where document_id = '{one.document_id}'")[0]
    return tuple(row.values())


def test_a_number_finds_its_document(home: Home) -> None:
    add(home, OLD)
    add(home, NEW, citation(NEW, "按照云民发〔2026〕1号", "basis", to="云民发〔2026〕1号"))
    assert targets(home) == [OLD.document_id]


def test_a_title_finds_its_document_in_other_dress(home: Home) -> None:
    add(home, OLD, numbered=False)
    add(
        home,
        NEW,
        citation(NEW, "根据《云河省养老机构管理办法》", "basis", title="《云河省 养老机构管理办法》"),
    )
    assert targets(home) == [OLD.document_id]


def test_a_number_that_is_not_held_is_not_guessed_from_a_numbered_title(home: Home) -> None:
    add(home, OLD)
    add(home, NEW, citation(NEW, "…", "basis", title=OLD.title, to="云民发〔2012〕7号"))
    assert targets(home) == [None]


def test_among_namesakes_the_issuing_body_then_the_latest_older_one(home: Home) -> None:
    same: dict[str, Any] = {"title": "养老服务补贴办法", "doc_number": None}
    ministry = add(home, document(3, published=date(2025, 1, 1), **same), body="xs-mca")
    older = add(home, document(4, published=date(2020, 1, 1), **same, paragraphs=("一",)), body="xs-10-mzt")
    newer = add(home, document(5, published=date(2027, 1, 1), **same, paragraphs=("二",)), body="xs-10-mzt")
    add(home, NEW, citation(NEW, "…", "basis", title="养老服务补贴办法"), body="xs-10-mzt")
    assert targets(home) == [older.document_id]
    assert ministry.document_id != newer.document_id


def test_the_work_that_a_notice_prints_is_found_under_its_own_name(home: Home) -> None:
    notice = document(
        3, title="云河省民政厅关于印发《云河省社会组织年度检查办法》的通知", published=date(2023, 1, 1)
    )
    add(home, notice)
    said = "《云河省社会组织年度检查办法》同时废止。"
    add(home, NEW, citation(NEW, said, "repeals", title="云河省社会组织年度检查办法"))
    assert targets(home) == [notice.document_id]
    assert validity(home, notice) == ("repealed", said, NEW.document_id)


def test_a_title_without_its_organ_is_found_but_repeals_nothing(home: Home) -> None:
    held = add(home, document(3, title="云河省民政厅关于规范养老机构收费的意见", doc_number=None))
    add(
        home,
        NEW,
        citation(NEW, "《关于规范养老机构收费的意见》废止。", "repeals", title="关于规范养老机构收费的意见"),
    )
    assert targets(home) == [held.document_id]
    assert validity(home, held)[0] == "unknown"


def test_a_law_is_found_by_its_short_name_from_anywhere_in_the_country(home: Home) -> None:
    law = add(home, document(3, source_id="mca", title="中华人民共和国水法", doc_number=None))
    add(
        home,
        NEW,
        citation(NEW, "根据《水法》", "basis", title="水法"),
        citation(NEW, "办法", "basis", title="办法"),
    )
    add(home, document(4, source_id="mca", title="办法", doc_number=None))
    assert targets(home) == [law.document_id, None]


def test_a_copy_of_the_repealing_document_is_not_repealed(home: Home) -> None:
    elsewhere: dict[str, Any] = {
        "document_id": "doc-copy",
        "url": "http://mzt.yunhe.example/copy",
        "doc_number": None,
    }
    copy = add(home, replace(NEW, **elsewhere, published=date(2026, 4, 28), paragraphs=("略有不同的转载。",)))
    sentence = f"2016年发布的《{NEW.title}》同时废止。"
    add(home, NEW, citation(NEW, sentence, "repeals", title=NEW.title))
    assert validity(home, copy)[0] == "unknown"


def test_another_provinces_namesake_is_not_meant(home: Home) -> None:
    add(home, document(3, source_id="other", title="养老服务补贴办法", doc_number=None))
    add(home, NEW, citation(NEW, "…", "basis", title="养老服务补贴办法"))
    assert targets(home) == [None]


def test_a_reprint_citing_its_own_number_does_not_cite_itself(home: Home) -> None:
    own = citation(NEW, "云民发〔2026〕2号", "mentions", to="云民发〔2026〕2号")
    add(home, NEW, own)
    assert targets(home) == [None]


def test_a_repeal_by_number_is_repealed_with_its_sentence(home: Home) -> None:
    add(home, OLD)
    add(home, NEW, citation(NEW, REPEAL, "repeals", title=OLD.title, to="云民发〔2026〕1号"))
    assert validity(home, OLD) == ("repealed", REPEAL, NEW.document_id)
    assert validity(home, NEW) == ("unknown", None, None)


@pytest.mark.parametrize(
    "sentence",
    [
        "《云河省养老机构管理办法》第三条同时废止。",
        "《云河省养老机构管理办法》有关规定与本通知不一致的，同时废止。",
    ],
)
def test_a_partial_repeal_is_not_a_repeal(home: Home, sentence: str) -> None:
    add(home, OLD)
    add(home, NEW, citation(NEW, sentence, "repeals", to="云民发〔2026〕1号"))
    assert validity(home, OLD) == ("unknown", None, None)


def test_a_repeal_that_has_not_taken_effect_is_not_one_yet(home: Home) -> None:
    add(home, OLD)
    coming = replace(NEW, effective=date(2099, 1, 1))
    add(home, coming, citation(coming, REPEAL, "repeals", to="云民发〔2026〕1号"))
    assert validity(home, OLD)[0] == "unknown"


def test_a_repeal_from_below_or_from_before_does_not_count(home: Home) -> None:
    ministry = add(home, document(3, source_id="mca", published=date(2019, 1, 1)), body="xs-mca")
    add(home, NEW, citation(NEW, "…废止", "repeals", to=ministry.doc_number), body="xs-10-mzt")
    later_one = add(home, document(4, published=date(2026, 5, 20)))
    early = document(5, published=date(2010, 1, 1))
    add(home, early, citation(early, "…废止", "repeals", to=later_one.doc_number))
    assert validity(home, ministry)[0] == "unknown"
    assert validity(home, later_one)[0] == "unknown"


def test_a_repeal_by_an_ambiguous_title_does_not_count(home: Home) -> None:
    same: dict[str, Any] = {"title": "养老服务补贴办法", "doc_number": None}
    one = add(home, document(3, published=date(2018, 1, 1), **same, paragraphs=("一",)))
    two = add(home, document(4, published=date(2020, 1, 1), **same, paragraphs=("二",)))
    add(home, NEW, citation(NEW, "《养老服务补贴办法》废止。", "repeals", title="养老服务补贴办法"))
    assert {validity(home, one)[0], validity(home, two)[0]} == {"unknown"}


def test_the_site_says_valid_and_a_title_says_repealed_stays_unknown(home: Home) -> None:
    held = add(home, replace(OLD, validity="有效", doc_number=None))
    add(home, NEW, citation(NEW, "《云河省养老机构管理办法》废止。", "repeals", title=held.title))
    assert validity(home, held) == ("unknown", None, None)


PRINTED = {
    "有效": "in-force", "已失效": "expired", "全文废止": "repealed", "已修改": "amended",
    "部分失效": "unknown", "继续有效": "in-force", "有效期至2030年": "unknown", "拟废止": "unknown",
    "Withdrawn": "expired", "Revoked": "repealed", "尚未生效": "unknown", "？": "unknown", None: "unknown",
}  # fmt: skip


def test_the_printed_validity_is_taken_as_it_says(home: Home) -> None:
    held = {
        printed: add(home, document(place, title=f"云河省第{place}号管理办法", validity=printed))
        for place, printed in enumerate(PRINTED, 11)
    }
    publish(home)
    told = {printed: stated(home, one) for printed, one in held.items()}
    assert told == {
        printed: (value, printed if value != "unknown" else None, None) for printed, value in PRINTED.items()
    }


def test_a_stated_end_expires_a_document_and_holds_it_until_then(home: Home) -> None:
    gone = add(home, document(3), facts=(fact("expiry", "2020-12-31", 1, 0, 2),))
    good = add(home, document(4, effective=date(2020, 1, 1)), facts=(fact("expiry", "2099-12-31", 1, 0, 2),))
    vague = add(home, document(5), facts=(fact("expiry", "五年", 1, 0, 2),))
    assert validity(home, gone) == ("expired", "2020-12-31", None)
    assert validity(home, good) == ("in-force", "2099-12-31", None)
    assert validity(home, vague) == ("unknown", None, None)


def test_an_amendment_is_named(home: Home) -> None:
    add(home, OLD)
    sentence = "将《云河省养老机构管理办法》第三条修改为……"
    add(home, NEW, citation(NEW, sentence, "amends", title=OLD.title, to="云民发〔2026〕1号"))
    assert validity(home, OLD) == ("amended", sentence, NEW.document_id)


def test_a_paper_declared_lapsed_is_expired_not_repealed(home: Home) -> None:
    add(home, OLD)
    said = "宣布失效的文件：《云河省养老机构管理办法》（云民发〔2026〕1号）"
    add(home, NEW, citation(NEW, said, "repeals", to="云民发〔2026〕1号"))
    assert validity(home, OLD) == ("expired", said, NEW.document_id)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("云河省养老服务条例（征求意见稿）", REPEAL),
        ("关于养老工作的通知", "拟废止《云河省养老机构管理办法》（云民发〔2026〕1号）。"),
    ],
)
def test_a_draft_or_an_intention_ends_nothing(home: Home, title: str, sentence: str) -> None:
    add(home, OLD)
    draft = replace(NEW, title=title)
    add(home, draft, citation(draft, sentence, "repeals", to="云民发〔2026〕1号"))
    assert validity(home, OLD) == ("unknown", None, None)


def test_of_two_versions_only_the_older_one_is_repealed(home: Home) -> None:
    same: dict[str, Any] = {"title": "养老服务补贴办法", "doc_number": None}
    older = add(home, document(3, published=date(2018, 1, 1), **same, paragraphs=("一",)))
    newer = add(home, document(4, published=date(2026, 5, 20), **same, paragraphs=("二",)))
    early = document(5, published=date(2022, 1, 1))
    add(home, early, citation(early, "《养老服务补贴办法》废止。", "repeals", title="养老服务补贴办法"))
    assert [validity(home, one)[0] for one in (older, newer)] == ["repealed", "unknown"]


def test_a_law_named_in_passing_is_neither_repealed_nor_amended(home: Home) -> None:
    add(home, OLD)
    for kind, said in (
        ("repeals", "撤销其依据养老机构管理办法作出的决定"),
        ("amends", "对符合《办法》的，予以批准"),
    ):
        add(home, NEW, citation(NEW, said, kind, title=OLD.title))
        assert validity(home, OLD) == ("unknown", None, None)
