"""Whole drafts: numbers, references, personal data, secrecy, figures and traces, each with its weight."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.checking.check import check_draft
from dashboard.checking.model import WEIGHTS
from dashboard.words import catalogue
from tests.checking.conftest import ENGLISH, RULES, Check, item, kinds
from tests.dashboard.papers import FIRST_DAY, SECOND_DAY
from warehouse.publication import Publication

D = f"[^d{RULES.document_id}]"
E = f"[^d{ENGLISH.document_id}]"
FINE = f"""# 养老服务周报

## 一、综述

5月25日，省民政厅印发《云河省养老服务补贴办法》（云民规〔2026〕2号），补贴标准为每人每月二百元，高龄老人另加20%{D}。

1. 年收入超过55000元的家庭不享受高龄补贴{D}；
2. 主管部门须在15个工作日内作出决定{D}。

## 二、下期关注

- 办法自7月1日起施行，有效期5年{D}。

| 项目 | 标准 |
| --- | ---: |
| 基本补贴 | 200元{D} |
"""


def test_a_true_brief_has_nothing_to_mend_and_nothing_to_look_at(check: Check) -> None:
    assert kinds(check(FINE)) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("每人每月二百元", "每人每月三百元"),
        ("另加20%", "另加25%"),
        ("超过55000元", "超过5.6万元"),
        ("15个工作日", "51个工作日"),
        ("7月1日", "8月1日"),
        ("有效期5年", "有效期8年"),
        ("〔2026〕2号", "〔2026〕9号"),
        ("| 200元", "| 260元"),
    ],
)
def test_a_number_without_a_source_stops(check: Check, was: str, now: str) -> None:
    report = check(FINE.replace(was, now))
    assert [one.kind for one in report.stops] == ["number-unsourced"]


def test_another_unit_is_looked_at(check: Check) -> None:
    assert kinds(check(FINE.replace("15个工作日", "15日"))) == ["number-unit"]


def test_a_paragraph_that_states_something_without_a_source_is_looked_at_once(check: Check) -> None:
    report = check(
        "全省已有养老机构1200家，床位35000张。\n\n建议进一步加强统筹。\n\n按照《云河省养老服务条例》办理。"
    )
    assert kinds(report) == ["citation-missing", "citation-missing"]
    assert [one.block for one in report.findings] == [0, 2]
    assert report.stops == ()


def test_what_the_report_says_of_itself_needs_no_source(check: Check) -> None:
    text = "本期汇总2026年5月25日至31日的文件，见附件2和表1。"
    assert kinds(check(text, own=("2026年5月25日", "2026-05-31"))) == []
    assert kinds(check(text)) == ["citation-missing"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("见[^e99]。", "item-unknown"),
        ("见[^dno-such-document]。", "source-unknown"),
        ("联系人电话13912345678。", "personal-data"),
        ("机密★1年", "secrecy-mark"),
        ("密级：秘密", "secrecy-mark"),
        ("```figure\nkind = \"pie\"\n```", "figure-unknown"),
        ("```figure\nkind = \n```", "figure-unknown"),
        ("甲\n\n<<<<<<< 甲稿\n乙\n=======\n丙\n>>>>>>> 乙稿", "conflict-left"),
    ],
)  # fmt: skip
def test_what_must_not_stand_in_a_draft_stops(check: Check, text: str, kind: str) -> None:
    assert kind in [one.kind for one in check(text).stops]


@pytest.mark.parametrize(
    "text", ["要保守国家秘密和商业秘密。", "涉及机密的，依法处理。", "The file is kept secret."]
)
def test_words_about_secrecy_are_no_mark(check: Check, text: str) -> None:
    assert check(text).stops == ()


def test_a_place_left_open_is_looked_at_but_not_one_of_the_source(check: Check) -> None:
    assert kinds(check("〔待写：本周概况，三百字以内。〕")) == ["gap-left"]
    assert kinds(check("TODO: the summary", language="en")) == ["gap-left"]
    assert "gap-left" not in kinds(check("用语“×××市”不规范。"))


def test_an_invented_sentence_that_names_a_source_is_looked_at(check: Check) -> None:
    report = check(f"各地要组织力量对河道采砂开展联合巡查，严厉打击违法运输砂石行为{D}。")
    assert kinds(report) == ["claim-unlike"]
    english = check(
        f"Fishing vessels must renew their licences before leaving the northern harbour{E}.", language="en"
    )
    assert kinds(english) == ["claim-unlike"]


def test_sources_that_ended_or_changed_are_told(second_day: Publication, first_day: Publication) -> None:
    changed = item(first_day, 3, RULES, 3, "应当自受理之日起15个工作日内作出决定")
    same = item(first_day, 4, RULES, 2, "不得以任何名义强制消费")
    text = f"消防{_mark(1)}，5G{_mark(2)}，时限[^e3]，收费[^e4]，废止{f'[^d{SECOND_DAY[0].document_id}]'}。"
    report = check_draft(second_day, text, {3: changed, 4: same}, "zh")
    assert [one.kind for one in report.findings] == [
        "source-repealed-by",
        "source-withdrawn",
        "source-changed",
    ]
    assert report.findings[0].values["by"] == SECOND_DAY[0].title


def test_the_same_draft_gives_the_same_report(check: Check) -> None:
    assert check(FINE) == check(FINE)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="“”\"「」'‘’>-#|[^e1]d 甲。，,.5%年…`*\n〔《》", max_size=60))
def test_no_text_makes_the_check_fail(first_day: Publication, text: str) -> None:
    check_draft(first_day, text, {}, "zh")
    check_draft(first_day, f"{text}{D}", {}, "en")


def test_twelve_pages_are_checked_in_well_under_a_second(check: Check) -> None:
    text = FINE + f"\n\n办法规定：“主管部门应当自受理之日起15个工作日内作出决定。”{D}" * 60
    began = time.process_time()
    report = check(text)
    assert time.process_time() - began < 1
    assert len(report.quotes) == 60


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_has_its_words(language: str) -> None:
    told = catalogue(language)
    assert [kind for kind in WEIGHTS if f"checking.{kind}" not in told] == []


def _mark(number: int) -> str:
    return f"[^d{FIRST_DAY[number].document_id}]"
