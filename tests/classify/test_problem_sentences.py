"""Sentences that tell of a problem or a measure: what names one, and what only looks like it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from classify.components.anchors import Anchors
from classify.components.candidate import candidates, english_candidates
from classify.components.findings_told import LEAST, sentences_told
from classify.measures.sentences import Row, kappa, marked_rows, sentence_counts, sentence_figures
from classify.pipeline import build_classifier
from tests.classify.write import document
from warehouse.errors import UserError
from warehouse.records import StoredDocument


def kinds(text: str, letter: bool = False) -> set[str]:
    found = english_candidates(text) if text.isascii() else candidates(text, Anchors(text), letter)
    return {kind for _, _, kind, *_ in found if kind != "requirement"}


@pytest.mark.parametrize(
    "text",
    [
        "养老床位仍有较大缺口。",
        "一些企业经营困难，消费、投资增长动力不足；",
        "农村电网结构薄弱，安全运行存在隐患；",
        "区县城综合承载力不强，农业农村现代化水平仍需提高。",
        "Many buildings in the city lack sufficient loading docks and cause congestion.",
        "The report found serious failings rooted in poor planning.",
        "Rents are soaring and rising costs hit families.",
        "专49路车辆老旧，舒适度极差。",
        "个别弃渣场未完成相关工程即投入使用。",
        "该煤矿擅自按照2000万吨/年规模开工建设，违反了有关规定。",
        "我们也清醒看到，堵点卡点不少。",
        "Bureaucratic procedures have put unnecessary hurdles in the way and hampered local authorities.",
        "Street works are a significant cause of delay and disruption.",
    ],
)
def test_what_is_wrong_is_a_problem(text: str) -> None:
    assert "problem" in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "现将问题清单印发给你们。",
        "着力防范化解重点领域风险隐患。",
        "加快补齐养老、托幼等民生短板。",
        "关于若干问题的决定。",
        "对存在违法违规行为的单位，依法处理。",
        "检查中未发现安全隐患。",
        "实施社会救助扩围增效工程，关心关爱困难群体。",
        "本次事件对机组功能无实际影响，未对环境造成不良影响。",
        'The term "hazard" means an unsafe condition.',
        "We will reduce congestion and remove barriers to growth.",
        "The closure of the project poses no risk to safety.",
        "（六）未安装治污设施的。",
        "3.在规定的时间内未达到整改要求的。",
        "含水层为白垩系孔隙裂隙承压含水层。",
        "The rules are there to help, not hampered by anybody.",
        "Are councils struggling to build?",
    ],
)
def test_an_object_a_case_or_a_denial_is_no_problem(text: str) -> None:
    assert "problem" not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "深入实施水污染防治行动。",
        "新建保障房2万套，改造老旧小区300个。",
        "各地要加快完善应急救援体系。",
        "（一）严格落实生态流量下泄措施。",
        "持续推进信访工作法治化，集中化解信访问题。",
        "Requires the Secretary to establish a grant program.",
        "Clean Air Act of 2008 - Amends the Code to require reports.",
        "This bill would require the Department to create a watch list.",
        "Today I am announcing 20 million of new funding.",
        "——强化创新引领。",
        "●扩内需、促消费，改造商圈30个。",
        "Views sought from operators on emissions of buses.",
        "The Government is reforming the planning rules.",
    ],
)
def test_what_is_done_is_a_measure(text: str) -> None:
    assert kinds(text) == {"measure"}


@pytest.mark.parametrize(
    "text",
    [
        "任何单位和个人不得侵占公共绿地。",
        "本办法所称重点单位，是指纳入名录的单位。",
        "你公司的请示收悉。",
        "地区生产总值增长5%左右。",
        "处五万元以上十万元以下的罚款。",
        "联系人：生态环境部办公厅，电话另告。",
        "Be it enacted by the Council as follows:",
        "让我们团结一心，奋力开创新局面！",
        "（二）构筑物和核安全设备。",
    ],
)
def test_rules_formulas_and_results_are_no_measure(text: str) -> None:
    assert "measure" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("部分企业未按要求建设治污设施。", "problem"),
        ("我部会同有关部门，积极推进土壤环境信息统一管理和共享。", "measure"),
        ("地铁3号线建成投用。", "measure"),
    ],
)
def test_the_words_alone_tell_what_learnt_weights_doubt_without_a_document(text: str, kind: str) -> None:
    (told,) = sentences_told(text, Anchors(text))
    assert getattr(told, kind) >= LEAST


def test_a_sentence_may_tell_both() -> None:
    text = "针对部分站点设施老化、管理不规范的突出短板，市里启动改造工程，组织开展专项整治，完善巡查制度。"
    assert kinds(text) == {"problem", "measure"}


def test_what_follows_a_lead_is_rather_a_problem() -> None:
    alone = "产业结构单一的矛盾。"
    assert "problem" not in kinds(alone)
    assert "problem" in kinds(f"我们也清醒看到存在的问题：{alone}")


def test_a_law_gives_measures_to_public_bodies_alone() -> None:
    law = "第一条 为了保护环境，制定本条例。\n"
    law += "第二条 县级以上人民政府应当建立补偿机制，加强宣传。\n"
    law += "第三条 企业应当建立台账。"
    found = [law[start:end] for start, end, kind, *_ in candidates(law, Anchors(law)) if kind == "measure"]
    assert found == ["第二条 县级以上人民政府应当建立补偿机制，加强宣传"]


def test_a_letter_asks_and_commits_nobody() -> None:
    assert kinds("路口没有红绿灯，经常拥堵。建议增加站点。", letter=True) == {"problem"}


def test_a_fact_is_known_by_its_sentence_not_by_its_confidence() -> None:
    twice = document("通报", "养老床位仍有较大缺口。", "养老床位仍有较大缺口。")
    (found,) = build_classifier().classify([StoredDocument(twice, "rea-1", None)])
    facts = [one for one in found.facts if one.kind == "problem"]
    assert [one.sentence for one in facts] == ["养老床位仍有较大缺口。"]
    assert 0.5 <= float(facts[0].value) <= 1


@pytest.mark.parametrize(
    "hostile", ["深入" * 100_000, "问题、" * 60_000, "应当" * 100_000, "a act - " * 60_000, "(" * 200_000]
)
def test_hostile_text_takes_bounded_time(hostile: str) -> None:
    started = time.process_time()
    list(candidates(hostile, Anchors(hostile)))
    list(english_candidates(hostile))
    assert time.process_time() - started < 20


def _row(start: int, end: int, *readers: str) -> Row:
    text = "养老床位仍有较大缺口。\n加快推进养老床位建设。\n现予公布。"
    return Row({"id": "a", "title": "通报", "text": text, "lang": "zh"}, start, end, "zh-test", readers)


def test_a_sentence_that_stands_twice_is_found_at_both_places() -> None:
    text = "养老床位仍有较大缺口。\n新建养老床位600张。\n养老床位仍有较大缺口。"
    document = {"id": "a", "title": "通报", "text": text, "lang": "zh"}
    rows = [Row(document, at, at + 11, "zh-test", ("problem", "problem")) for at in (0, 23)]
    counts = sentence_counts(rows)
    assert (counts["problem", ""].right, counts["problem", ""].missed) == (2, 0)


def test_figures_rest_on_rows_on_which_the_readers_agree() -> None:
    rows = [
        _row(0, 11, "problem", "problem"),
        _row(12, 23, "measure", "measure"),
        _row(24, 29, "measure", "measure"),
        _row(24, 29, "none", "problem"),
    ]
    counts = sentence_counts(rows)
    assert (counts["problem", ""].right, counts["problem", ""].wrong, counts["problem", ""].missed) == (
        1,
        0,
        0,
    )
    assert (counts["measure", "zh-test"].right, counts["measure", "zh-test"].missed) == (1, 1)
    figures = {one.name: one for one in sentence_figures(rows, "2026-11-22")}
    assert figures["sentences-measure-recall"].value == 0.5
    assert "3 of 4 sentences on which they agree" in figures["sentences-problem-precision"].note
    assert "marked by two machine readers" in figures["sentences-problem-precision"].note
    assert kappa(rows, "measure") == 1.0
    assert 0 < kappa(rows, "problem") < 1


def test_a_text_other_than_was_marked_is_refused_by_name(tmp_path: Path) -> None:
    mark = {"id": "a", "start": 0, "end": 3, "sha256": "0", "stratum": "zh", "readers": ["none", "none"]}
    (tmp_path / "marks.jsonl").write_text(json.dumps(mark), encoding="utf-8")
    with pytest.raises(UserError, match="the text of a is not the one"):
        marked_rows([{"id": "a", "text": "另文"}], tmp_path / "marks.jsonl")
