"""Duties say what is asked, of whom: prohibitions stay prohibitions, and bodies in charge are all named."""

from __future__ import annotations

import pytest

from classify.components.anchors import Anchors
from classify.components.contact import contact_units
from classify.components.english_duty import english_deadlines
from tests.classify.write import ISSUED, classified, document
from warehouse.records import Duty


def duties(*paragraphs: str) -> tuple[Duty, ...]:
    return classified(document("云河省养老办法", *paragraphs, written=ISSUED)).duties


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("任何单位和个人不得挪用养老资金。", ("任何单位和个人",), "不得挪用养老资金"),
        ("养老机构不应拒绝探视。", ("养老机构",), "不应拒绝探视"),
        ("禁止在库区捕鱼。", (), "禁止在库区捕鱼"),
        ("严禁携带火种入林。", (), "严禁携带火种入林"),
        ("经营单位不准擅自停业。", ("经营单位",), "不准擅自停业"),
        ("自然资源主管部门应当公示规划。", ("自然资源主管部门",), "公示规划"),
        ("养老机构应当公示收费。", ("养老机构",), "公示收费"),
        ("任何企业不得在2026年12月31日前开工建设新项目。", ("任何企业",), "不得开工建设新项目"),
    ],
)
def test_a_prohibition_stays_one(text: str, who: tuple[str, ...], what: str) -> None:
    (duty,) = duties(text)
    assert duty.what == what
    assert not who or duty.who == who


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The owner shall not cut trees.", "shall not cut trees"),
        ("Owners must not cut trees.", "must not cut trees"),
        ("Owners may not cut trees.", "may not cut trees"),
        ("Owners are prohibited from cutting trees.", "prohibited from cutting trees"),
        ("Prohibits any person from cutting trees.", "prohibited from cutting trees"),
        ("Directs the Secretary not to cut trees.", "not to cut trees"),
        ("Directs the Secretary to not cut trees.", "not to cut trees"),
        ("Prohibits the sale of ponds.", "Prohibits the sale of ponds"),
        ("No person shall cut trees.", "No person shall cut trees"),
        ("The owner shall water trees.", "water trees"),
    ],
)
def test_an_english_prohibition_stays_one(text: str, what: str) -> None:
    (duty,) = english_deadlines(text, None)
    assert duty.what == what
    assert " not" not in " ".join(duty.who)


@pytest.mark.parametrize(
    "text",
    [
        "完善制度（教育部牵头；财政部、民政部参与）（2027年底前完成）。",
        "完善制度。（教育部牵头；财政部、民政部参与）（2027年底前完成）",
        "完善制度（2027年底前完成，教育部、财政部、民政部负责）。",
        "完善制度（牵头单位：教育部；配合单位：财政部、民政部，2027年底前完成）。",
    ],
)
def test_brackets_side_by_side_are_one_duty(text: str) -> None:
    (duty,) = duties(text)
    assert (duty.who, duty.what) == (("教育部", "财政部", "民政部"), "完善制度")
    assert str(duty.due) == "2027-12-31"


@pytest.mark.parametrize("text", ["本通知自印发之日起施行，有效期5年。", "继续施行《甲办法》，不予废止。"])
def test_validity_is_no_duty(text: str) -> None:
    assert classified(document("云河省民政厅关于做好工作的通知", text, written=ISSUED)).duties == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("联系科室：社会保险科", ["社会保险科"]),
        ("如有疑问，请与市财政局社保处联系。", ["市财政局社保处"]),
        ("联 系 人：养老服务司 王某", ["养老服务司"]),
        ("联系单位：评选办公室李小明生态环境部生态司", ["评选办公室"]),
        ("请与我局联系。", []),
    ],
)
def test_a_contact_is_an_office(text: str, unit: list[str]) -> None:
    assert [one[2] for one in contact_units(text, Anchors(text))] == unit


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "市水务主管部门应当会同市文物主管部门自收到方案之日起三个月内提出审查意见。",
            ("市水务主管部门", "市文物主管部门"),
        ),
        ("组织编制机关应当公示规划草案。", ("组织编制机关",)),
        ("督促养老机构应当公示收费。", ("养老机构",)),
    ],
)
def test_a_bearer_keeps_its_whole_name_and_no_verb(text: str, who: tuple[str, ...]) -> None:
    assert duties(text)[0].who == who


def test_who_is_encouraged_bears_no_duty() -> None:
    named = [one.who for one in duties("鼓励志愿组织、养老机构在2026年12月31日前完成能力评估。")]
    assert all(not any("志愿" in name or "鼓励" in name for name in who) for who in named)
