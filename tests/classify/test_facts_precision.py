"""What looks like a fact and is none: conditions, plans, the past, words cut at the wrong place."""

from __future__ import annotations

import pytest

from classify.components.anchors import Anchors
from classify.components.money import sums
from tests.classify.write import ISSUED, classified, document
from warehouse.records import Classification


def facts(*paragraphs: str, title: str = "云河省养老办法", **fields: object) -> Classification:
    return classified(document(title, *paragraphs, **{"written": ISSUED, **fields}))


def relations(text: str, title: str = "云河省养老办法") -> list[tuple[str, str | None]]:
    return [(one.kind, one.target_title) for one in facts(text, title=title).citations]


@pytest.mark.parametrize(
    "text",
    [
        "对违反《甲条例》的单位，由县水利局责令改正。",
        "应当对申请是否符合《甲条例》作出说明。",
        "对属于《甲条例》所列情形的项目，不予批准。",
        "我局对你单位提交的《甲条例》进行了审查。",
        "定期对《甲条例》进行修改，报省水利厅批准。",
        "适时修订《甲条例》，完善配套标准。",
        "我部正在抓紧修改完善《甲条例》。",
        "发生在此之前的行为，适用修改前的《甲条例》。",
        "及时按照《甲条例》修订各项管理程序。",
        "我部对《甲条例》进行了修订，现公开征求意见。",
    ],
)
def test_speaking_of_an_amendment_amends_nothing(text: str) -> None:
    assert [kind for kind, _ in relations(text)] != ["amends"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("现对《甲条例》作如下修改：", "云河省养老办法"),
        ("将《甲条例》第三条第二款修改为：“县人民政府负责养老工作。”", "云河省养老办法"),
        ("省人民政府决定对《甲条例》部分条款予以修改。", "云河省养老办法"),
        ("三、修改《甲条例》", "云河省人民政府关于修改部分规章的决定"),
        ("五、删去《甲条例》第九条。", "云河省人民政府关于修改部分规章的决定"),
        ("根据本决定，《甲条例》作相应修改，重新公布。", "云河省人民政府关于修改部分规章的决定"),
    ],
)
def test_an_act_amends(text: str, title: str) -> None:
    assert relations(text, title) == [("amends", "甲条例")]


def test_both_members_of_a_list_are_amended() -> None:
    text = "现对省民政厅《甲办法》、省财政厅《乙办法》作如下补充、修改："
    assert relations(text) == [("amends", "甲办法"), ("amends", "乙办法")]


def test_an_article_quoted_in_a_decision_is_not_amended_by_it() -> None:
    text = "“当事人对民法典第五百条规定的责任有异议的，可以起诉。”"
    assert [kind for kind, _ in relations(text, "云河省人民政府关于修改部分规章的决定")] == ["mentions"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("坚决撤销违反《甲条例》的文件。", "mentions"),
        ("依照《甲条例》的规定不受保护的，可以另行申请。", "mentions"),
        ("撤销省民政厅印发的《甲条例》。", "repeals"),
    ],
)
def test_conditions_are_neither_repeal_nor_basis(text: str, kind: str) -> None:
    assert [one for one, _ in relations(text)] == [kind]


def test_a_form_among_papers_is_no_document() -> None:
    assert relations("申请材料：原《养老待遇核定表》原件；委托书。") == []


def targets_of(text: str, title: str = "云河省人民政府关于做好工作的通知") -> list[str]:
    return [one.value for one in facts(text, title=title).facts if one.kind == "target"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年，全省医疗废物处置能力达到20万吨。",  # issued in 2026: the past
        "五年来，居民收入年均增长5%。",
        "企业应当每年从利润中提取不少于10%的数额。",
        "主管部门应当将保证金降低50%。",
        "补偿标准由每亩5元提高到10元。",
        "力争新增2家研发中心。",
        "比2020年下降30%，成效显著。",
    ],
)
def test_the_past_and_what_a_rule_takes_are_no_targets(text: str) -> None:
    assert targets_of(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("到2030年，全员劳动生产率达到30万元/人左右。", "全员劳动生产率|30|万元/人|2030"),
        ("今年主要预期目标是：地区生产总值增长5%以上。", "地区生产总值|≥+5|%|"),
        ("到2030年，单位产值能耗比2025年降低20%。", "单位产值能耗|-20|%|2030"),
        ("力争研发经费投入年均增长4.5%—5%。", "研发经费投入年均|+4.5-5|%|"),
        ("（一）造林成活率应当达到85%以上。", "造林成活率|≥85|%|"),
    ],
)
def test_a_target_keeps_its_edges(text: str, value: str) -> None:
    assert targets_of(text) == [value]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("项目总投资一亿一千万元。", "money:investment", "CNY 110000000"),
        ("项目总投资1亿2000万元。", "money:investment", "CNY 120000000"),
        ("处以罚款二万五千元。", "money:fine", "CNY 25000"),
        ("给予警告或者五十元罚款。", "money:fine", "CNY 50"),
        ("造成直接经济损失1亿元以上不足2亿元的，报省政府。", "money:amount", "CNY 100000000-200000000"),
        ("公司的注册资本为人民币100亿元。", "money:amount", "CNY 10000000000"),
    ],
)
def test_a_sum_is_read_whole_and_typed_by_its_own_words(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in facts(text).facts if one.kind.startswith("money")] == [
        (kind, value)
    ]


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("（1994年3月2日省人民政府发布 根据2015年6月1日《关于修改部分规章的决定》修正）", ["1994-03-02"]),
        ("（1994年3月2日省人大通过 根据2015年6月1日《关于修改部分法规的决定》第一次修正）", []),
        ("（1994年3月2日省人民政府发布 2026年5月20日省政府第3次常务会议修订）", ["2026-05-20"]),
    ],
)
def test_an_amended_law_took_effect_when_it_was_first_made_known(note: str, day: list[str]) -> None:
    found = facts(note, "第一条 为了养老，制定本办法。", "第九条 本办法自发布之日起施行。")
    assert [one.value for one in found.facts if one.kind == "effective"] == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("（1994年1月28日中华人民共和国国务院令第142号发布）", "中华人民共和国国务院令第142号"),
        ("关于一起事故的通报国办发〔2006〕55号各省人民政府：", "国办发〔2006〕55号"),
    ],
)
def test_a_number_begins_with_its_organ(text: str, number: str) -> None:
    assert [one.value for one in facts(text).facts if one.kind == "number"] == [number]


@pytest.mark.parametrize(
    "text",
    [
        "办好《云河问政》品牌栏目。",
        "推出《云上》《河边》等优秀电视节目。",
        "组织观看电影《云河往事》。",
        "创作《大河谣》舞剧。",
    ],
)
def test_a_show_is_no_document(text: str) -> None:
    assert relations(text) == []


def test_a_title_of_rules_beside_a_show_stays_one() -> None:
    assert relations("按照《广播节目管理办法》节目应当备案。") != []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("根据民法典、民事诉讼法等有关法律的规定，现就适用问题解释如下。", ["basis", "basis"]),
        ("根据宪法、立法法和刑法的规定，制定本解释。", ["basis", "basis", "basis"]),
        ("擅自占地的，依照刑法、土地管理法的规定处罚。", ["mentions"]),
    ],
)
def test_each_law_of_a_list_is_a_basis(text: str, kinds: list[str]) -> None:
    found = [kind for kind, _ in relations(text)]
    assert found[-len(kinds) :] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("可以建议给予行政处分或者处以三百元以下的罚款。", "money:fine"),
        ("骗取出口退税款80万元以上的，为数额巨大。", "money:amount"),
        ("以挪用公款6000元至2万元为追究责任的起点。", "money:amount"),
        ("年度支持资金总额达到70亿元。", "money:subsidy"),
        ("中央财政下达转移支付资金5亿元。", "money:subsidy"),
        ("对骗取补贴的，处2000元罚款。", "money:fine"),
        ("给予一次性补贴2000元。", "money:subsidy"),
        ("全县工业产值达到70亿元。", "money:output"),
    ],
)
def test_the_governing_words_type_a_sum(text: str, kind: str) -> None:
    assert [one[2] for one in sums(text, Anchors(text))] == [kind]
