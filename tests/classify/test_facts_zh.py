"""Chinese facts with their places: laws without brackets, numbers, limits, duties, targets, money."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classify.components.anchors import Anchors
from classify.components.candidate import candidates
from classify.components.contact import contact_units
from classify.components.deadline import chinese_deadlines
from classify.components.law_names import bare_laws
from classify.components.money import sums
from classify.components.number_places import find_numbers
from classify.components.obligation import obligations
from classify.components.target import targets
from tests.classify.write import ISSUED, classified, document, source
from warehouse.records import Classification


def answer(
    *paragraphs: str, title: str = "云河省民政厅关于做好工作的通知", unit: str = "document"
) -> Classification:
    one = document(title, *paragraphs, written=ISSUED, published=ISSUED, unit=unit)
    found = classified(one, source("XS-10"))
    for item in (*found.citations, *found.duties, *found.facts):
        assert 0 <= item.start < item.end <= len(one.paragraphs[item.paragraph])
    return found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("根据宪法，制定本法。", ["宪法"]),
        ("依照行政处罚法第二十三条、治安管理处罚法的规定处理。", ["行政处罚法", "治安管理处罚法"]),
        ("依照中华人民共和国刑法第二百条追究。", ["中华人民共和国刑法"]),
        ("违反云河流域管理条例第三条的，限期改正。", ["云河流域管理条例"]),
        ("有本条例第三条所列行为，依法处理；办法另行制定。", []),
        ("根据《行政处罚法》第三条，结合行政执法实际。", []),
        ("用人单位吸纳本条例第四条规定的人员。", []),
    ],
)
def test_laws_named_without_brackets(text: str, names: list[str]) -> None:
    assert [name for _, _, name in bare_laws(text, Anchors(text))] == names


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (
            "根据国办发 〔２０２１〕 第11号和环办监测函[2017]1063号文。",
            ["国办发 〔２０２１〕 第11号", "环办监测函[2017]1063号"],
        ),
        ("《甲办法》（国务院令第682号）和主席令第十一号", ["国务院令第682号", "主席令第十一号"]),
        ("你部(85)煤财字第817号报告收悉。", ["(85)煤财字第817号"]),
        (
            "依照国发〔一九九三〕85号、公告2018年第9号、第48号令。",
            ["国发〔一九九三〕85号", "公告2018年第9号", "第48号"],
        ),
        ("按照（2019）云01民终12号判决和第3号机组许可。", []),
        ("云河省生态环境厅办公厅函云环函〔2026〕7号", ["云环函〔2026〕7号"]),
        ("国药准字第123号，国核安证字第1913号", []),
    ],
)
def test_numbers_at_every_place(text: str, printed: list[str]) -> None:
    assert [one.number.printed for one in find_numbers(text)] == printed


@pytest.mark.parametrize(
    "brackets",
    ["（国办发（2024）5号）", "(国办发(2024)5号)", "（国办发<2024>5号）", "（国办发《2024》5号）",
     "（国办发{2024}5号）", "（国办发2024年5号）", "（国办发2024第5号）",
     "（国办发〔2024〕5号，以下简称办法）"],
)  # fmt: skip
def test_a_title_keeps_its_number_in_every_bracket(brackets: str) -> None:
    found = answer("", f"根据《云河省养老服务办法》{brackets}制定。")
    assert [(one.target_title, one.target_number) for one in found.citations] == [
        ("云河省养老服务办法", "国办发〔2024〕5号")
    ]


def test_a_document_does_not_cite_itself_by_its_number_behind_the_order() -> None:
    found = answer("云河省人民政府令第9号", "本办法由云河省人民政府第9号令发布，依据国务院第706号令制定。")
    assert [one.target_number for one in found.citations] == ["国务院令第706号"]


def test_every_number_is_a_fact_and_the_own_one_too() -> None:
    found = answer("云民发〔2026〕8号", "根据云政发〔2020〕3号，现通知如下。")
    assert [fact.value for fact in found.facts if fact.kind == "number"] == [
        "云民发〔2026〕8号",
        "云政发〔2020〕3号",
    ]
    assert found.number is not None
    assert found.number.normal == "云民发〔2026〕8号"


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("每年3月底前报送，每季度终了后15日内汇总。", ["每年3月底前", "每季度终了后15日内"]),
        ("应当自收到建议、批评和意见之日起两个月内答复。", ["自收到建议、批评和意见之日起两个月内"]),
        ("请在我部公开问题后5个工作日内上报。", ["我部公开问题后5个工作日内"]),
        ("应当提前五个工作日书面报告。", ["提前五个工作日"]),
        ("应当在有效期届满90日前申请延续。", ["有效期届满90日前"]),
        ("到2030年，非化石能源占比达到25%左右。", ["到2030年"]),
        ("请于次月5日前报，年内完成整改。", ["次月5日前", "年内"]),
        ("两年内不得再次申请。", []),
        ("收到之日起六个月内未提起诉讼的，终止审查。", []),
        ("近三年内没有违法记录。", []),
        ("本办法自2026年6月1日起施行，有效期5年。", []),
        ("会前准备充分，前三名获奖，按前款办理。", []),
    ],
)
def test_time_limits_and_what_is_none(text: str, limits: list[str]) -> None:
    assert [one.printed for one in chinese_deadlines(text, ISSUED)] == limits


def test_a_limit_of_an_event_of_others_stays_open() -> None:
    (limit,) = chinese_deadlines("应当自缴纳税款之日起1年内提出。", ISSUED)
    assert limit.due is None


def clauses(text: str, orders: bool = False) -> list[str]:
    return [text[one.start : one.end] for one in obligations(text, Anchors(text), orders)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第三条 县级人民政府应当加强领导，建立协调机制。", ["县级人民政府应当加强领导", "建立协调机制"]),
        ("任何单位不得侵占；禁止在库区捕鱼。", ["任何单位不得侵占", "禁止在库区捕鱼"]),
        ("应当申报而不申报的，由主管部门责令改正，处五千元罚款。", []),
        ("本办法由云河省民政厅负责解释。", []),
        ("各地要主要做好应急应对工作。", ["各地要主要做好应急应对工作"]),
        ("供应商的反应、相应措施、重要要求。", []),
        ("业主应当交费，物业服务人须公示账目。", ["业主应当交费", "物业服务人须公示账目"]),
        ("直接负责的主管人员依法给予处分。", []),
    ],
)
def test_clauses_that_oblige(text: str, found: list[str]) -> None:
    assert clauses(text) == found


def test_imperatives_count_in_notices_and_an_aim_belongs_to_its_act() -> None:
    assert clauses("加强组织领导，落实责任，确保按期完成。已完成整改。", orders=True) == [
        "加强组织领导",
        "落实责任，确保按期完成",
    ]
    assert clauses("为加强管理，规范秩序，提高水平，我部制定本办法。", orders=True) == []


def test_a_rule_has_a_bearer_and_falls_due_never() -> None:
    (duty,) = answer("第一条 建设单位应当公开信息。").duties
    assert (duty.strength, duty.who, duty.what, duty.due) == ("rule", ("建设单位",), "公开信息", None)


def test_a_bare_bracket_of_known_bodies_puts_them_in_charge() -> None:
    (duty,) = answer("完善应急预案。（工业和信息化部、应急管理部）").duties
    assert (duty.strength, duty.who) == ("assigned", ("工业和信息化部", "应急管理部"))


def test_a_letter_obliges_nobody() -> None:
    assert answer("请领导要求他们必须整改。", unit="letter").duties == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("到2030年，非化石能源占比达到25%左右。", "非化石能源占比|25|%|2030"),
        ("力争养老床位达到30万张以上。", "养老床位|≥30|万张|"),
        ("去年非化石能源占比达到20%。", None),
        ("执法人员不得少于2人。", None),
    ],
)
def test_a_target_needs_an_aim(text: str, value: str | None) -> None:
    assert [one[2] for one in targets(text, Anchors(text))] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("处五万元以上二十万元以下罚款。", "money:fine", "CNY 50000-200000"),
        ("给予每户2000元补助。", "money:subsidy", "CNY 2000"),
        ("项目总投资3.5亿元。", "money:investment", "CNY 350000000"),
        ("注册资本不低于100万元。", "money:limit", "CNY 1000000"),
        ("每件收取费用25元。", "money:fee", "CNY 25"),
    ],
)
def test_money_is_typed_by_its_verb(text: str, kind: str, value: str) -> None:
    assert [one[2:] for one in sums(text, Anchors(text))] == [(kind, value)]


def test_the_contact_is_the_unit_never_the_person() -> None:
    text = "联系人：云河省民政厅养老服务处 王某，电话另告。联系人：张三。元旦、单元楼。"
    assert [one[2] for one in contact_units(text, Anchors(text))] == ["云河省民政厅养老服务处"]


def test_candidates_carry_a_confidence() -> None:
    text = "当前仍存在短板，能力不足。应当建立健全长效机制，加强督导。企业应当具备下列条件。"
    found = {kind: float(value) for _, _, kind, value, _ in candidates(text, Anchors(text))}
    assert set(found) == {"problem", "measure", "requirement"}
    assert all(0.5 <= score <= 1 for score in found.values())


@pytest.mark.parametrize(
    "hostile",
    ["（" * 100_000, "《" * 100_000, "应" * 100_000, "第一号" * 40_000, "一元" * 60_000, "自日内前" * 30_000,
     "要加强，" * 30_000, "2026年" * 30_000, "达到1%" * 30_000, "[2020]" * 30_000],
)  # fmt: skip
def test_hostile_text_takes_bounded_time(hostile: str) -> None:
    started = time.process_time()
    answer(hostile)
    assert time.process_time() - started < 20


def test_ten_megabytes_in_one_line() -> None:
    line = (
        "各市应当于2026年9月30日前完成《甲办法》（云政发〔2026〕3号）规定的任务，力争达到80%以上；" * 70_000
    )
    started = time.process_time()
    found = answer(line[:3_400_000])  # ten megabytes of UTF-8
    assert time.process_time() - started < 60
    assert found.duties[0].due == date(2026, 9, 30)
