"""Duties go on behind their first act, and a clause that names nobody has the bearer of its text."""

from __future__ import annotations

import pytest

from tests.classify.write import ISSUED, classified, document
from warehouse.records import Duty


def duties(title: str, *paragraphs: str) -> tuple[Duty, ...]:
    return classified(document(title, *paragraphs, written=ISSUED)).duties


def asked(title: str, *paragraphs: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.who, one.what) for one in duties(title, *paragraphs)]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("第一条 渡口应当公布电话，登记举报，并将结果告知船员。", ["公布电话", "登记举报", "将结果告知船员"]),
        ("第一条 渡口应当公布电话，确保船员知晓。", ["公布电话，确保船员知晓"]),
        ("第一条 渡口应当按照船主的要求，公布电话。", ["按照船主的要求，公布电话"]),
        ("第一条 渡口应当公布电话，可以登记举报，组织演练。", ["公布电话，可以登记举报，组织演练"]),
        ("第一条 渡口应当公布电话；定期检查缆绳。", ["公布电话", "定期检查缆绳"]),
        ("第一条 渡口应当公布电话；逾期的，依法处以罚款。", ["公布电话"]),
    ],
)
def test_each_act_behind_a_comma_is_a_duty_and_an_aim_is_none(text: str, acts: list[str]) -> None:
    found = duties("云河省渡口条例", text)
    assert [one.what for one in found] == acts
    assert {one.who for one in found} == {("渡口",)} or not found[0].who


def test_items_under_a_list_of_duties_have_its_bearer() -> None:
    found = asked(
        "云河省渡口条例",
        "第一条 渡口管理单位应当履行下列职责：",
        "（一）检查缆绳，公示结果；",
        "（二）培训船员。",
        "第二条 船主可以查阅账簿。",
    )
    assert found[1:] == [(("渡口管理单位",), what) for what in ("检查缆绳", "公示结果", "培训船员")]


def test_a_work_report_promises_for_its_government() -> None:
    found = asked(
        "2026年云河省政府工作报告",
        "一、工作回顾",
        "加强渡口管理，新建码头三座。",
        "二、2026年工作安排",
        "加强渡口管理，支持船厂发展。",
    )
    assert found == [(("云河省政府",), "加强渡口管理"), (("云河省政府",), "支持船厂发展")]


def test_a_letter_binds_its_addressee() -> None:
    found = duties(
        "关于整改渡口问题的函",
        "云河市人民政府，东港县人民政府：",
        "我厅决定督办渡口问题。请在20个工作日内，公开整改情况，接受社会监督。",
    )
    assert [(one.what, one.due_printed) for one in found] == [
        ("公开整改情况", "20个工作日内"),
        ("接受社会监督", None),
    ]
    assert {one.who for one in found} == {("云河市人民政府", "东港县人民政府")}


def test_a_thing_that_has_to_be_so_has_no_bearer_of_the_letter() -> None:
    found = asked("关于渡口工程的批复", "云河渡口公司：", "缆绳应当结实耐用。")
    assert found == [((), "结实耐用")]


def test_acts_of_one_sentence_have_names_of_their_own() -> None:
    found = duties("关于做好渡口工作的通知", "健全制度，培训船员，检查缆绳（省交通运输厅负责）。")
    assert len({one.fact_id for one in found}) == len(found) == 3
