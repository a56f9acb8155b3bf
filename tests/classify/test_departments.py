"""The authority file: names, number prefixes, places, and the order of the issuer rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.components.kind import english_kind, kind_of_title
from classify.departments.authority import authority
from classify.strict import check_keys, read_toml
from tests.classify.write import classified, document, source
from warehouse.errors import UserError


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("国家卫生健康委", "cn-nhc"),
        ("中华人民共和国农业农村部办公厅", "cn-mara-office"),
        ("税务总局", "cn-sta"),
        ("广东省民政厅", "cn-44-civil-affairs"),
        ("杭州市人民政府办公厅", "cn-3301-government-office"),
        ("国家税务总局广东省税务局", "cn-44-tax"),
        ("云河省民政厅", "xs-10-civil-affairs"),
        ("浙江省杭州市教育局", "cn-3301-education"),
        ("中共广东省委", "cn-44-party-committee"),
    ],
)
def test_printed_names_reach_their_body(printed: str, code: str) -> None:
    body = authority().resolve(printed)
    assert body is not None
    assert body.code == code


def test_a_county_office_is_made_from_its_name() -> None:
    body = authority().resolve("平安县民政局")
    assert body is not None
    assert (body.level, body.name_zh) == ("county", "平安县民政局")


def test_a_bare_name_means_the_office_of_the_source() -> None:
    here, there = authority().resolve("省民政厅", "CN-33"), authority().resolve("省民政厅", "XS-1001")
    assert here is not None
    assert there is not None
    assert (here.code, there.code) == ("cn-33-civil-affairs", "xs-10-civil-affairs")
    assert authority().resolve("省民政厅") is None


@pytest.mark.parametrize(
    ("organ", "home", "code"),
    [
        ("国办发", None, "cn-state-council-office"),
        ("财税", None, "cn-mof"),
        ("粤民发", None, "cn-44-civil-affairs"),
        ("工信厅联节函", None, "cn-miit-office"),
        ("云民发", "XS-10", "xs-10-civil-affairs"),
        ("澜政办发", "XS-1001", "xs-1001-government-office"),
        ("云政发", None, "cn-53-government"),
        ("国发", "XS-10", "cn-state-council"),
        ("国家税务总局公告", None, "cn-sta"),
    ],
)
def test_number_prefixes_reach_their_body(organ: str, home: str | None, code: str) -> None:
    body = authority().by_number(organ, home)
    assert body is not None
    assert body.code == code


def test_a_reform_leads_from_the_old_body_to_its_successors() -> None:
    old = authority().resolve("国家食品药品监督管理总局")
    assert old is not None
    assert old.successors == ("cn-samr", "cn-nmpa")
    assert str(old.valid_to) == "2018-03-17"


def test_codes_are_found_again_and_sample_bodies_can_be_left_out() -> None:
    assert authority().body("cn-4403-health") is not None
    assert authority().body("cn-99-health") is None
    codes = {body.code for body in authority().bodies(sample=False)}
    assert "cn-44-civil-affairs" in codes
    assert not any(code.startswith(("xs-", "xm-")) for code in codes)


def test_the_published_issuer_outranks_the_title() -> None:
    answer = classified(document("民政部关于做好救助工作的通知", issuer="云河省民政厅"), source("XS-10"))
    assert [(one.code, one.basis) for one in answer.departments] == [("xs-10-civil-affairs", "published")]


def test_hiding_published_labels_leaves_the_title() -> None:
    one = document("民政部 财政部关于做好救助工作的通知", departments=("外交部",), topics=("国防\\国防动员",))
    answer = classified(one, hide_published=True)
    assert [label.code for label in answer.departments] == ["cn-mca", "cn-mof"]
    assert answer.topics[0].code[:2] == "17"


def test_a_joint_issue_takes_its_partners_from_the_signature() -> None:
    one = document(
        "工业和信息化部等三部门关于推进绿色制造的通知",
        "请认真执行。",
        "工业和信息化部",
        "财政部 生态环境部",
        "2026年3月2日",
    )
    assert [label.code for label in classified(one).departments] == ["cn-miit", "cn-mof", "cn-mee"]


def test_without_a_name_in_the_title_the_number_speaks() -> None:
    answer = classified(document("关于做好防汛工作的通知", doc_number="云水发〔2026〕3号"), source("XS-10"))
    assert answer.departments[0].code == "xs-10-water"
    assert answer.departments[0].evidence[0].where == "number"


def test_the_adoption_note_names_the_congress() -> None:
    note = "（2024年5月1日广东省第十四届人民代表大会常务委员会第九次会议通过）"
    answer = classified(document("广东省湿地保护条例", note, "第一条 为了保护湿地，制定本条例。"))
    assert answer.departments[0].name == "广东省人民代表大会常务委员会"


def test_a_date_line_signs_and_a_flat_text_too() -> None:
    lines = document("关于公布名单的通知", "名单见附件。", "云河省教育厅", "2026年4月3日")
    flat = document("关于公布名单的通知", "各市：名单见附件，请遵照执行。 云河省教育厅 2026年4月3日")
    for one in (lines, flat):
        assert classified(one, source("XS-10")).departments[0].code == "xs-10-education"


def test_a_site_named_as_one_office_speaks_last() -> None:
    answer = classified(document("领导活动"), source("XS-10", "云河省民政厅"))
    assert answer.departments[0].score < 0.95
    assert answer.departments[0].code == "xs-10-civil-affairs"


def test_the_portal_of_a_government_speaks_for_nobody_though_its_body_is_known() -> None:
    portal = source("XS-10", "云河省人民政府", "xs-10-government")
    assert not classified(document("领导活动"), portal).departments


def test_an_office_unknown_to_the_file_keeps_its_printed_name() -> None:
    answer = classified(document("云河大桥建设指挥部关于封闭施工的通告"))
    assert answer.departments[0].name == "云河大桥建设指挥部"


def test_transmitting_a_paper_does_not_make_its_authors_the_issuer() -> None:
    title = "澜江市人民政府办公室转发市财政局市民政局关于救助资金管理意见的通知"
    assert [x.name for x in classified(document(title), source("XS-1001")).departments] == [
        "澜江市人民政府办公室"
    ]


def test_no_issuer_is_an_answer_with_a_reason() -> None:
    answer = classified(document("年度工作要点"))
    assert answer.departments == ()
    assert any(reason.startswith("department:") for reason in answer.reasons)


def test_an_english_office_is_known_only_at_home() -> None:
    title = "Department of Health: winter plan"
    assert classified(document(title, language="en"), source("XM")).departments[0].code == "xm-health"
    assert classified(document(title, language="en"), source("GB")).departments[0].code == "gb-dh"
    assert classified(document(title, language="en"), source("IN")).departments == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于印发计划的通知", "通知"),
        ("关于同意设立的批复", "批复"),
        ("关于征求意见的函", "函"),
        ("民政部令（第12号）", "令"),
        ("十四五发展规划", "规划"),
        ("关于调整标准的通知（试行）", "通知"),
        ("养老服务条例", None),
        ("《办法》政策解读", "解读"),
    ],
)
def test_kinds_by_the_last_word(title: str, kind: str | None) -> None:
    assert kind_of_title(title) == kind


def test_english_kinds() -> None:
    assert english_kind("School transport: statutory guidance") == "guidance"
    assert english_kind("Ferry fares") is None


def test_an_unknown_key_and_a_wrong_line_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="unknown key 'colour'"):
        check_keys("kinds.toml: kind x", {"key": "x", "colour": "red"}, {"key": str}, {})
    file = tmp_path / "bad.toml"
    file.write_text("key = [", encoding="utf-8")
    with pytest.raises(UserError, match="not readable as TOML"):
        read_toml(file)


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("云河省人民政府侨务办公室关于走访慰问归侨的通知", "云河省人民政府侨务办公室"),
        ("云河省人民政府乡村建设领导小组关于表扬的通报", "云河省人民政府乡村建设领导小组"),
        ("云河省人大常委会法制工作委员会关于征求意见的公告", "云河省人民代表大会常务委员会法制工作委员会"),
        ("云河省第十四届人民代表大会常务委员会公告第31号", "云河省人民代表大会常务委员会"),
        ("云河省民政厅养老服务处关于报送数据的通知", "云河省民政厅"),
        ("澜江市公安局望川分局关于烟花管理的通告", "澜江市公安局望川分局"),
    ],
)
def test_a_longer_printed_name_is_a_body_of_its_own_but_a_room_of_an_office_is_not(
    title: str, lead: str
) -> None:
    answer = classified(document(title), source("XS-10"), hide_published=True)
    assert answer.departments[0].name == lead


@pytest.mark.parametrize(
    ("title", "paragraph", "lead"),
    [
        ("关于井盖冒水的来信及答复", "答复单位：澜江市住房和城乡建设局", "澜江市住房和城乡建设局"),
        ("关于随军家属就业的回信", "市退役军人事务局答复：", "澜江市退役军人事务局"),
        ("盘活闲置房屋政策问答", "市住房和城乡建设局有关负责人回答了提问。", "澜江市住房和城乡建设局"),
        ("一图读懂营商环境方案", "市政府办公室日前印发方案。", "澜江市人民政府办公室"),
        ("澜江市2025年国民经济和社会发展统计公报", "全年生产总值增长。", "澜江市统计局"),
        ("农村危桥改造计划", "市交通运输局负责本计划，各县配合市交通运输局。", "澜江市交通运输局"),
    ],
)
def test_who_speaks_in_an_unsigned_text_of_a_government_site(title: str, paragraph: str, lead: str) -> None:
    answer = classified(document(title, paragraph), source("XS-1001", "澜江市人民政府"), hide_published=True)
    assert [label.name for label in answer.departments] == [lead]
    assert answer.departments[0].evidence


def test_a_paper_that_cites_others_gets_no_issuer_from_its_head() -> None:
    text = "省民政厅、省财政厅印发的办法同时废止，由省教育厅、省审计厅监督。"
    answer = classified(document("若干事项", text), source("XS-10", "云河省人民政府"), hide_published=True)
    assert answer.departments == ()


def test_a_signature_that_no_file_knows_is_kept_as_printed() -> None:
    one = document("关于停课的紧急事项", "正文。", "石桥县校园安全工作专班", "2026年3月2日")
    answer = classified(one, source("XS-100101", "石桥县人民政府"), hide_published=True)
    assert answer.departments[0].name == "石桥县校园安全工作专班"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云河省审计厅公告2025年第1号", "公告"),
        ("2025年第三季度专题通报：电梯", "通报"),
        ("关于村里水窖的来信答复", "信件"),
        ("对省人大第0317号建议的答复", "函"),
        ("《实施方案》问答", "解读"),
        ("大中型灌区改造项目审计结果", "公告"),
    ],
)
def test_kinds_that_no_last_word_tells(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


def test_bodies_to_choose_from_are_the_same_whatever_was_met_before() -> None:
    before = authority().bodies(region="云河省")
    assert authority().body("cn-4401-tax") is not None  # an office that documents name, of a city elsewhere
    assert authority().body("cn-4402-history") is not None
    assert authority().bodies(region="云河省") == before
    assert "cn-4401-tax" not in {body.code for body in before}
