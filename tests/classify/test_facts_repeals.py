"""What ends a paper and what only speaks of it: a wrong "repealed" is the worst error."""

from __future__ import annotations

import pytest

from tests.classify.write import ISSUED, classified, document, source

Cited = list[tuple[str, str | None, str | None]]


def cited(*paragraphs: str, title: str = "云河省民政厅关于做好工作的通知") -> Cited:
    one = document(title, *paragraphs, written=ISSUED, published=ISSUED)
    return [(c.kind, c.target_title, c.target_number) for c in classified(one, source("XS-10")).citations]


def ended(*paragraphs: str, title: str = "云河省民政厅关于做好工作的通知") -> list[str | None]:
    return [name or number for kind, name, number in cited(*paragraphs, title=title) if kind == "repeals"]


@pytest.mark.parametrize(
    "text",
    [
        "某公司请求：撤销《情况通报》（云民〔2020〕1号）中对其的认定。",
        "申请人的请求：废止《甲办法》（云民〔2020〕1号）。",
        "问：《甲办法》（云民〔2020〕1号）废止了吗？答：没有废止。",
        "《甲办法》（云民〔2020〕1号）废止没有？",
        "任何单位不得擅自废止《甲办法》（云民〔2020〕1号）。",
        "撤销《甲办法》（云民〔2020〕1号）设立的评审委员会。",
        "停止执行《甲办法》（云民〔2020〕1号）中的收费标准。",
        "根据《甲办法》（云民〔2020〕1号），废止下列收费项目：",
        "待新条例施行时，《甲办法》（云民〔2020〕1号）废止。",
        "自新办法出台之日起，《甲办法》废止。",
        "建议废止《甲办法》。",
        "《甲办法》第三条同时废止。",
        "撤销《行政处罚决定书》（云罚〔2020〕1号）。",
        "常务委员会可以决定撤销《甲办法》。",
    ],
)
def test_what_only_speaks_of_a_repeal(text: str) -> None:
    assert ended(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("恢复执行《甲办法》（云民〔2020〕1号），《乙办法》同时废止。", ["乙办法"]),
        ("根据《甲法》，《乙办法》同时废止。", ["乙办法"]),
        ("《甲办法》（云民〔2020〕1号）自2021年5月1日起失效。", ["甲办法"]),
        ("《甲办法》第三条和《乙办法》同时废止。", ["乙办法"]),
        ("宣布《甲办法》（云民〔2020〕1号）失效。", ["甲办法"]),
        ("《甲办法》自本办法公布之日起不再执行。", ["甲办法"]),
        ("云民〔2015〕55号文件自2020年1月1日起停止执行。", ["云民〔2015〕55号"]),
        ("一、废止《甲条例》（1992年9月19日省人大常委会通过）", ["甲条例"]),
        ("现决定废止省民政厅2003年5月1日发布的《甲办法》。", ["甲办法"]),
        ("废止《甲办法》、《乙办法》和《丙办法》等3件规章。", ["甲办法", "乙办法", "丙办法"]),
    ],
)
def test_what_ends_a_paper(text: str, names: list[str]) -> None:
    assert ended(text) == names


def test_the_earlier_act_of_the_same_title_is_ended_never_the_document_itself() -> None:
    title = "养老机构管理办法"
    assert ended("2013年6月28日云河省民政厅发布的《养老机构管理办法》同时废止。", title=title) == [title]
    assert cited("《养老机构管理办法》（云河省民政厅令第49号）同时废止。", title=title) == [
        ("repeals", title, "云河省民政厅令第49号")
    ]
    assert cited("《养老机构管理办法》由省民政厅解释。", title=title) == []


def test_a_review_decision_and_an_answer_repeal_nothing() -> None:
    said = "废止《甲办法》（云民〔2020〕1号）。"
    assert ended(said, title="行政复议决定书") == ended(said, title="对第5号提案的答复") == []


def test_lists_by_number_and_by_what_their_heading_says() -> None:
    one = document(
        "云河省民政厅关于废止和宣布失效部分文件的决定",
        "一、决定废止下列文件：",
        "1. 殡葬管理试行办法（云民〔1983〕1号）",
        "2.《乙办法》（云民〔1990〕2号）",
        "3.《丁办法》（云民〔1990〕9号）中的收费标准",
        "二、宣布失效的文件：",
        "1.《丙办法》（云民〔1990〕3号）",
    )
    found = classified(one, source("XS-10")).citations
    assert [(c.kind, c.target_title, c.target_number) for c in found] == [
        ("repeals", "殡葬管理试行办法", "云民〔1983〕1号"),
        ("repeals", "乙办法", "云民〔1990〕2号"),
        ("mentions", "丁办法", "云民〔1990〕9号"),
        ("repeals", "丙办法", "云民〔1990〕3号"),
    ]
    assert found[3].sentence == "二、宣布失效的文件：1.《丙办法》（云民〔1990〕3号）"


def test_numbers_of_one_list_share_their_relation() -> None:
    assert cited("根据国办发[2019]5号、云民(2020)3号精神，做好工作。") == [
        ("basis", None, "国办发〔2019〕5号"),
        ("basis", None, "云民〔2020〕3号"),
    ]
    assert cited("根据《甲意见》（云民〔2013〕6号、云财〔2013〕7号），开展工作。") == [
        ("basis", "甲意见", "云民〔2013〕6号"),
        ("basis", None, "云财〔2013〕7号"),
    ]


def test_a_basis_reaches_over_articles_and_bodies() -> None:
    assert [one[0] for one in cited("依据《甲法》第1043条、《乙法》第一百条，开展工作。")] == [
        "basis",
        "basis",
    ]
    assert [one[0] for one in cited("根据省委、省政府《关于甲的意见》要求，开展工作。")] == ["basis"]
