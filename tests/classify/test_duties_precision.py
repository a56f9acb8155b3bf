"""Duties say what is asked, of whom: prohibitions stay prohibitions, and bodies in charge are all named."""

from __future__ import annotations

import pytest

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
