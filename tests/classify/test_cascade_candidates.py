"""Follow-ups without a telling citation: named by number, told by the text, a government's department."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from classify.networks.cascades import Link, cascades
from tests.classify.test_network import PLAN, PROVINCE, add, cited, home, published
from tests.warehouse.make import citation, document, label
from warehouse.home import Home
from warehouse.publication import Publication

__all__ = ["home"]  # a fixture

CLAUSES = (
    "到2027年底，每千名老年人拥有养老护理员不少于六名，护理员全部持证上岗并按年度复训。",
    "新建居住小区按照每百户不低于三十平方米配建养老服务用房，与住宅同步规划同步验收。",
    "社区助餐点每日公布菜品价格和食材来源，监控录像保存不少于九十日，随时接受家属查看。",
    "经济困难的失能老年人入住机构的，由财政按照每人每月不低于八百元给予护理补贴。",
    "对虚报人数套取补贴的机构全额追回资金，三年内不得再次申请各类扶持资金。",
)
UPPER = document(
    21, "mca", title="民政部关于健全基本养老服务的意见", doc_number=None, published=date(2025, 1, 10),
    paragraphs=("各省民政厅：", *CLAUSES, "各省民政厅应当在2025年底前报送进展情况并附统计数据。"),
)  # fmt: skip
LOWER = document(
    22, title="云河省老年人照护工作要点", doc_number=None, published=date(2025, 6, 9),
    paragraphs=("各市民政局：", *(one.replace("不少于", "不低于") for one in CLAUSES[:4]),
                "山区乡镇可以由邻里互助员每周上门探访独居老人两次并做好记录。"),
)  # fmt: skip


def rows(publication: Publication) -> list[tuple[Any, ...]]:
    asked = "select parent_document_id, document_id, relation, confidence from follow_up order by 3, 1, 2"
    return [tuple(row.values()) for row in publication.rows(asked)]


def test_shared_clauses_without_a_citation_make_a_candidate(home: Home) -> None:
    add(home, UPPER)
    add(home, LOWER)
    _, publication = published(home)
    ((parent, child, relation, sure),) = rows(publication)
    assert (parent, child, relation) == (UPPER.document_id, LOWER.document_id, "clauses")
    assert 0.3 < sure <= 0.6


def test_a_text_of_another_matter_or_of_a_foreign_place_makes_none(home: Home) -> None:
    add(home, LOWER)  # of another province
    add(home, replace(UPPER, paragraphs=("各省民政厅：", "现将殡葬服务收费公示工作有关事项通知如下。")))
    far = document(23, "far", title="海东市照护要点", doc_number=None, published=date(2025, 7, 1))
    add(home, replace(far, paragraphs=LOWER.paragraphs))
    _, publication = published(home)
    assert [row[1] for row in rows(publication)] == []


def test_a_citation_tells_more_than_shared_clauses(home: Home) -> None:
    add(home, UPPER)
    add(home, LOWER, cited(LOWER, "implements", UPPER))
    _, publication = published(home)
    assert [row[2] for row in rows(publication)] == ["implements"]


def test_a_number_among_the_first_paragraphs_makes_a_candidate_and_findings_make_none(home: Home) -> None:
    plan = replace(PLAN, doc_number="民发〔2025〕3号")
    report = document(
        24, "mca", title="民政部关于养老机构检查情况的通报", doc_number="民函〔2025〕4号",
        published=date(2025, 2, 1),
    )  # fmt: skip
    lower = replace(PROVINCE, title="云河省养老护理员培训办法")
    add(home, plan)
    add(home, report)
    add(
        home,
        lower,
        citation(lower, "对照民发〔2025〕3号下达的任务", "mentions", to="民发〔2025〕3号"),
        citation(lower, "民函〔2025〕4号指出了问题", "mentions", to="民函〔2025〕4号"),
    )
    _, publication = published(home)
    assert [row[:3] for row in rows(publication)] == [(plan.document_id, lower.document_id, "mentions")]


def test_a_department_follows_the_government_of_its_own_place_and_not_the_other_way(home: Home) -> None:
    government = (label("xs-10-gov", "云河省人民政府办公厅", field="department", basis="published"),)
    order = document(
        25, title="云河省人民政府办公厅关于养老服务的意见", doc_number=None, issuer="云河省人民政府办公厅"
    )
    order = replace(order, published=date(2025, 3, 1))
    step = document(26, title="关于养老服务清单的通知", doc_number=None, published=date(2025, 4, 1))
    back = document(
        27, title="云河省人民政府关于养老服务补贴的通知", doc_number=None, issuer="云河省人民政府"
    )
    add(home, order, departments=government)
    add(home, step, cited(step, "implements", order))
    add(
        home,
        replace(back, published=date(2025, 5, 1)),
        cited(back, "implements", step),
        departments=government,
    )
    _, publication = published(home)
    assert [row[:3] for row in rows(publication)] == [(order.document_id, step.document_id, "implements")]


def test_a_draft_that_asks_for_opinions_follows_nothing(home: Home) -> None:
    draft = replace(PROVINCE, title="云河省民政厅关于征求《养老服务条例（征求意见稿）》意见的函")
    add(home, PLAN)
    add(home, draft, cited(draft, "implements", PLAN))
    _, publication = published(home)
    assert rows(publication) == []


CLEAN_AIR = document(
    31, "mca", title="中华人民共和国大气污染防治法", doc_number=None, published=date(2015, 1, 1)
)
NAMED = document(  # a law of every matter
    32, "mca", title="中华人民共和国行政处罚法", doc_number=None, published=date(2025, 1, 1)
)
PERMIT = document(33, "mca", title="排污许可管理条例", doc_number=None, published=date(2025, 1, 1))


LAWS = [  # title of the lower one, what it says, the upper one, has a topic, follows
    # ten years later, on its own subject
    ("云河省扬尘污染防治条例", "根据《{}》《噪声法》，制定本条例。", CLEAN_AIR, True, True),
    # of another subject: named first on one topic, after another one, or with no topic in common
    ("云河省煤炭利用办法", "根据《{}》《能源法》，制定本办法。", PERMIT, True, True),
    ("云河省煤炭运输办法", "根据《能源法》《{}》，制定本办法。", PERMIT, True, False),
    ("云河省煤炭储存办法", "根据《{}》《能源法》，制定本办法。", PERMIT, False, False),
    # what it is made by alone
    ("云河省煤炭检验办法", "根据《{}》，制定本办法。", PERMIT, False, True),
    # alone, and of every matter all the same; the whole subject of such a law
    ("云河省煤炭销售办法", "根据《{}》，制定本办法。", NAMED, True, False),
    ("云河省行政处罚听证办法", "根据《{}》，制定本办法。", NAMED, True, True),
    # old, and of another subject
    ("云河省煤炭洗选办法", "根据《{}》《能源法》，制定本办法。", CLEAN_AIR, True, False),
    # named far below the opening: its whole subject, or a part of it
    ("云河省排污许可条例", "按照《{}》执行。", PERMIT, True, True),
    ("云河省排污管理条例", "按照《{}》执行。", PERMIT, True, False),
]


def test_a_law_is_followed_on_its_own_subject(home: Home) -> None:
    expected = set()
    for upper in (CLEAN_AIR, NAMED, PERMIT):
        add(home, upper)
    for number, (title, sentence, upper, topic, follows) in enumerate(LAWS, 40):
        lower = document(number, title=title, doc_number=None, published=date(2025, 6, 1))
        given = citation(lower, sentence.format(upper.title), "basis", title=upper.title)
        if sentence.startswith("按照"):
            given = replace(given, paragraph=40)
        add(home, lower, given, topics=(label("13-02", "某类"),) if topic else ())
        if follows:
            expected.add((upper.document_id, lower.document_id))
    _, publication = published(home)
    assert {row[:2] for row in rows(publication) if row[2] == "basis"} == expected


def test_no_chain_goes_on_over_a_candidate_and_none_is_changed_by_it() -> None:
    day = date(2025, 1, 1)
    sure = Link("province", "city", "implements", day, day, 0.9)
    weak = Link("nation", "province", "mentions", day, day, 0.45)
    known = Link("province", "city", "clauses", day, day, 0.5)
    below = Link("nation", "city", "mentions", day, date(2024, 1, 1), 0.9)
    found = cascades([sure, weak, known, below])
    assert [(one.root, one.document, one.step, one.relation) for one in found] == [
        ("province", "city", 1, "implements"),
        ("nation", "province", 1, "mentions"),
    ]


@pytest.mark.parametrize("confidence", [0.29, 0.3])
def test_a_candidate_that_is_not_sure_enough_is_not_told(confidence: float) -> None:
    link = Link("above", "below", "clauses", date(2025, 1, 1), date(2025, 2, 1), confidence)
    assert len(cascades([link])) == (confidence >= 0.3)
