"""Citations, duties, dates of force and personal data, each at its place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.classify.write import ISSUED, classified, document, source
from warehouse.personal.finder import find_personal, masked
from warehouse.records import Citation, Classification, Duty


def facts(
    *paragraphs: str, title: str = "云河省民政厅关于做好工作的通知", language: str = "zh"
) -> Classification:
    site = source("XM" if language == "en" else "XS-10")
    one = document(title, *paragraphs, written=ISSUED, published=ISSUED, language=language)
    answer = classified(one, site)
    for item in (*answer.citations, *answer.duties):
        assert 0 <= item.start < item.end <= len(one.paragraphs[item.paragraph])
    return answer


def cited(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    return [(c.kind, c.target_title, c.target_number) for c in facts(*paragraphs).citations]


def test_relations_by_the_words_around() -> None:
    assert cited(
        "为贯彻落实《甲意见》（国发〔2013〕35号）和《乙条例》，根据《丙法》，现将《丁办法》印发给你们，请认真执行。"
    ) == [
        ("implements", "甲意见", "国发〔2013〕35号"),
        ("implements", "乙条例", None),
        ("basis", "丙法", None),
        ("prints", "丁办法", None),
    ]


def test_a_repeal_takes_every_title_of_its_list() -> None:
    assert cited("《甲办法》（云民发[2010]3号）和《乙办法》同时废止。") == [
        ("repeals", "甲办法", "云民发〔2010〕3号"),
        ("repeals", "乙办法", None),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("现将《甲意见》转发给你们。", "forwards"),
        ("决定对《甲条例》作如下修改：", "amends"),
        ("废止《甲规定》。", "repeals"),
        ("《甲通知》不予废止。", "mentions"),
        ("可参阅《甲指南》的说明。", "mentions"),
        ("按照《甲规划》要求推进。", "basis"),
    ],
)
def test_single_relations(sentence: str, kind: str) -> None:
    assert [one[0] for one in cited(sentence)] == [kind]


def test_the_own_title_is_no_citation_and_a_short_form_is_resolved() -> None:
    answer = facts(
        "根据《云河省养老服务条例》（以下简称《条例》），制定本办法。",
        "《条例》有规定的，从其规定。",
        "《云河省养老办法》由省民政厅解释。",
        title="云河省养老办法",
    )
    assert [(c.paragraph, c.target_title) for c in answer.citations] == [
        (0, "云河省养老服务条例"),
        (0, "云河省养老服务条例"),  # where the short form is defined
        (1, "云河省养老服务条例"),
    ]


def test_the_sentence_and_the_place_of_a_citation() -> None:
    citation: Citation = facts("第一段。", "前文。根据《甲法》第三条，制定本规定。").citations[0]
    assert (citation.paragraph, citation.sentence) == (1, "根据《甲法》第三条，制定本规定。")


def duties(*paragraphs: str) -> tuple[Duty, ...]:
    return facts(*paragraphs).duties


def test_deadlines_are_resolved() -> None:
    found = duties(
        "到2027年底前，养老床位达到30万张。（省民政厅、省财政厅负责）",
        "各市应于2026年9月30日前完成排查。",
        "请于6月底前上报。",
        "3月底前完成整改。",
        "自本通知印发之日起30日内备案。",
    )
    assert [duty.due for duty in found] == [
        date(2027, 12, 31),
        date(2026, 9, 30),
        date(2026, 6, 30),
        date(2027, 3, 31),
        date(2026, 6, 19),
    ]
    assert found[0].who == ("省民政厅", "省财政厅")
    assert found[0].value == "30万张"
    assert found[0].what == "养老床位达到30万张"


@pytest.mark.parametrize(
    "sentence",
    [
        "2010年12月1日以前作出的决定仍然有效。",
        "截至2026年12月31日前累计发放补贴。",
        "2020年底前已经办理。",
        "2026年前期工作进展顺利。",
    ],
)
def test_conditions_and_status_are_no_deadlines(sentence: str) -> None:
    assert duties(sentence) == ()


def test_working_days_stay_open() -> None:
    (duty,) = duties("自收到申请之日起15个工作日内答复。")
    assert (duty.due, duty.due_printed) == (None, "自收到申请之日起15个工作日内")


def test_bodies_in_charge_make_a_duty_without_a_day() -> None:
    (duty,) = duties("建立台账。（省教育厅牵头，省财政厅、省卫生健康委员会按职责分工负责）")
    assert duty.who == ("省教育厅", "省财政厅", "省卫生健康委员会")
    assert (duty.due, duty.what) == (None, "建立台账")


def test_direct_responsibility_of_a_person_is_no_duty_of_a_body() -> None:
    assert duties("对直接负责的主管人员依法给予处分。") == ()


def test_an_english_deadline_with_its_subject() -> None:
    (duty,) = facts(
        "Every landlord must register the home by 30 September 2026.", title="Rules", language="en"
    ).duties
    assert (duty.due, duty.who, duty.due_printed) == (
        date(2026, 9, 30),
        ("Every landlord",),
        "by 30 September 2026",
    )


def test_force_and_lapse() -> None:
    answer = facts("本办法自2026年6月1日起施行，有效期5年。")
    assert [(f.kind, f.value) for f in answer.facts] == [
        ("effective", "2026-06-01"),
        ("expiry", "2031-05-31"),
    ]
    assert [f.value for f in facts("本通知自印发之日起施行，有效期至2028年12月31日。").facts] == [
        "2026-05-20",
        "2028-12-31",
    ]


@pytest.mark.parametrize(
    ("title", "text", "days"),
    [
        (
            "云河省公安厅关于燃放管理的通告",
            "本通告自2026年2月10日起施行，至2026年3月5日止。",
            [("effective", "2026-02-10"), ("expiry", "2026-03-05")],
        ),
        (
            "云河省人民政府关于森林防火的命令",
            "自2026年3月10日至2026年4月30日为高火险期。",
            [("effective", "2026-03-10"), ("expiry", "2026-04-30")],
        ),
        (
            "云河省民政厅关于提高标准的通知",
            "经研究，决定自2026年7月1日起提高标准。",
            [("effective", "2026-07-01")],
        ),
        ("云河省民政厅关于检查的通知", "自2026年3月10日至2026年4月30日开展检查。", []),
    ],
)
def test_force_said_in_other_ways(title: str, text: str, days: list[tuple[str, str]]) -> None:
    assert [(f.kind, f.value) for f in facts(text, title=title).facts] == days


def test_a_licence_or_another_paper_does_not_date_this_one() -> None:
    assert facts("许可证有效期5年。", "《甲法》自2020年1月1日起施行。").facts == ()


def test_english_force() -> None:
    answer = facts("This order comes into force on 1 July 2026.", title="Order", language="en")
    assert [(f.kind, f.value) for f in answer.facts] == [("effective", "2026-07-01")]


def test_personal_data_is_found_checked_and_never_quoted() -> None:
    paragraph = "联系人手机13812345678，身份证11010519491231002X，邮箱wang.li@qq.com，到2026年9月30日前报送。"
    answer = facts(paragraph)
    kinds = [f.kind for f in answer.facts]
    assert kinds == ["personal:mobile", "personal:identity", "personal:email", "deadline"]
    quoted = "".join([*(f.sentence + f.value for f in answer.facts), *(d.sentence for d in answer.duties)])
    assert "13812345678" not in quoted
    assert "11010519491231002X" not in quoted
    first = answer.facts[0]
    assert paragraph[first.start : first.end] == "13812345678"


def test_private_addresses_and_cards_but_not_offices_and_wrong_checks() -> None:
    text = "a.b@qq.com；xx@mca.gov.cn；件号6222020000000000008；编号110105194912310021。"
    assert [(text[a:b], kind) for a, b, kind in find_personal(text)] == [("a.b@qq.com", "email")]
    assert len(masked(text, find_personal(text))) == len(text)


def test_a_luhn_number_is_a_card() -> None:
    assert [kind for *_, kind in find_personal("账号4111 1111 1111 1111。")] == ["bank-card"]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("市财政局、市民政局于2026年8月31日前完成清算。", ("市财政局", "市民政局")),
        ("各县（市、区）教育局应当于2026年8月31日前公布电话。", ("各县（市、区）教育局",)),
        ("方案由省水利厅于2026年8月31日前印发。", ("省水利厅",)),
        ("2026年8月31日前，省医疗保障局完成系统改造。", ("省医疗保障局",)),
        ("各企业对照清单逐条自查，于2026年8月31日前上报。", ("各企业",)),
        ("全省床位于2026年8月31日前达到标准。", ()),
        ("市发展和改革委员会会同市财政局于2026年8月31日前印发。", ("市发展和改革委员会", "市财政局")),
        ("各市（州）、县级应当于2026年8月31日前报送。", ("各市（州）", "县级")),
        ("请各省份于2026年8月31日前报送名单。", ("各省份",)),
        ("2026年8月31日前，设区的市应当完成普查。", ("设区的市",)),
        ("在2026年8月31日前由各县（区）人民政府清偿完毕。", ("各县（区）人民政府",)),
        ("界线由省民政厅组织勘定，于2026年8月31日前完成埋设。", ("省民政厅",)),
        ("各单位先自查，于2026年8月31日前填报自查表。", ("各单位",)),
        ("会议要求市水利局倒排工期，确保2026年8月31日前完成加固。", ("市水利局",)),
        ("调查结果于2026年8月31日前发布。", ()),
    ],
)
def test_who_acts_is_read_near_the_deadline(sentence: str, who: tuple[str, ...]) -> None:
    (duty,) = duties(sentence)
    assert duty.who == who


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("在本通报印发后十日内封堵。", date(2026, 5, 30)),
        ("自收到本通知之日起三日内建立日报。", date(2026, 5, 23)),
        ("自施行之日起九十日内清理。\n本办法自2026年7月1日起施行。", date(2026, 9, 29)),
        ("于2026年11月15日前公布，在次年4月底前完成。", date(2027, 4, 30)),
        ("报名截止2026年6月8日。", date(2026, 6, 8)),
        ("系统6月6日18时关闭。", date(2026, 6, 6)),
    ],
)
def test_other_ways_to_set_a_day(text: str, due: date) -> None:
    assert due in [duty.due for duty in duties(text)]


def test_what_was_done_by_a_day_is_no_duty() -> None:
    assert duties("该市已将欠款于4月29日前全部付清。") == ()


def test_a_paper_named_by_number_alone_is_cited() -> None:
    assert cited("根据云政办发〔2026〕14号文件要求，建立清单。") == [("basis", None, "云政办发〔2026〕14号")]


def test_a_list_under_a_heading_shares_what_the_heading_says() -> None:
    assert cited(
        "根据《丁规定》，省政府决定废止下列两件：",
        "一、《甲办法》（云政办发〔2024〕26号）。该办法已经不符。",
        "二、《乙措施》（云政发〔2024〕9号）。",
        "三、继续有效的目录另行公布。",
        "《丙办法》仍可参考。",
    ) == [
        ("basis", "丁规定", None),
        ("repeals", "甲办法", "云政办发〔2024〕26号"),
        ("repeals", "乙措施", "云政发〔2024〕9号"),
        ("mentions", "丙办法", None),
    ]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("根据环水发〔2025〕12号第三条，制定本方案。", ("basis", None, "环水发〔2025〕12号")),
        ("结果见云河省审计厅公告2025年第4号。", ("mentions", None, "云河省审计厅公告2025年第4号")),
        ("《甲公告》（2022年第5号）同时停止执行。", ("repeals", "甲公告", "2022年第5号")),
        ("按DB10 0201—2025《公共数据元》编码。", ("basis", "公共数据元", "DB10 0201—2025")),
        ("依照《甲条例》第三条的规定处罚。", ("mentions", "甲条例", None)),
        ("对照《甲方案》下达的任务推进。", ("mentions", "甲方案", None)),
        ("省审计厅《甲意见》已经省人民政府同意，现转发给你们。", ("forwards", "甲意见", None)),
        ("水利厅以云水函〔2025〕6号批复。", ("mentions", None, "云水函〔2025〕6号")),
        ("省政府同意《甲报告》，现转发给你们。", ("forwards", "甲报告", None)),
        ("决定对《甲办法》（云数发〔2024〕7号）修改如下：", ("amends", "甲办法", "云数发〔2024〕7号")),
    ],
)
def test_numbers_and_relations_of_other_shapes(
    text: str, citation: tuple[str, str | None, str | None]
) -> None:
    assert cited(text) == [citation]


def test_a_list_goes_on_behind_short_names_and_the_state_council() -> None:
    text = "根据《甲法》（以下简称甲法）、《乙法》和国务院《丙条例》，制定本办法。"
    assert [one[0] for one in cited(text)] == ["basis"] * 3


def test_a_short_form_beside_the_number_and_the_number_said_once() -> None:
    assert cited(
        "贯彻《甲意见》（云政办发〔2026〕14号，以下简称《实施意见》）。",
        "《实施意见》提出目标。",
        "修订后的《甲意见》另行公布。",
    ) == [
        ("implements", "甲意见", "云政办发〔2026〕14号"),
        *[("mentions", "甲意见", "云政办发〔2026〕14号")] * 3,
    ]


def test_what_somebody_else_printed_is_only_mentioned() -> None:
    assert [one[0] for one in cited("近日，省政府印发了《甲意见》。")] == ["mentions"]


def test_an_english_request_with_a_day_is_a_duty() -> None:
    (duty,) = facts("Reply online by 7 August 2026.", title="Consultation", language="en").duties
    assert duty.due == date(2026, 8, 7)
