"""Who bears a duty: the one whom a modal or a limit binds, by its whole name, and who acts with it."""

from __future__ import annotations

import pytest

from tests.classify.write import ISSUED, classified, document
from warehouse.records import Duty


def duties(*paragraphs: str) -> tuple[Duty, ...]:
    return classified(document("云河省养老办法", *paragraphs, written=ISSUED)).duties


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("在批准方案前，应当由省民政厅告知申请人。", ("省民政厅",)),
        ("养老机构应当自变更之日起三十日内到原登记机关办理手续。", ("养老机构",)),
        ("督促和检查养老服务单位在开业前完成消防验收。", ("养老服务单位",)),
        ("对外护理合作企业应当自登记之日起五日内备案。", ("对外护理合作企业",)),
        ("经营性护理机构应当在每年二月底前提交年度报告。", ("经营性护理机构",)),
        ("受托护理机构应当在十日内答复。", ("受托护理机构",)),
        ("对巡查组提出的要求，云河护理院应将改进情况在2026年11月15日前报送省民政厅。", ("云河护理院",)),
        ("民政部门对捐赠机构提出的申请，应当在五日内答复。", ("民政部门",)),
        ("养老机构变更名称和法定代表人，应当自变更之日起十日内备案。", ("养老机构",)),
        ("房屋改造应当由施工单位按照方案进行，改造后三年内的维修费用由产权单位承担。", ("产权单位",)),
        ("养老机构开业前，应当向民政部门备案。", ("养老机构",)),
        ("民政部门应当通知养老机构在三日内补正。", ("养老机构",)),
        ("北山镇于2026年6月10日前完成摸底。", ("北山镇",)),
        ("县卫生健康局牵头，2026年6月10日前公布机构名单。", ("县卫生健康局",)),
        ("2026年10月10日前各村把独居老人名单报送民政局。", ("各村",)),
        ("考生2026年5月20日前登录系统核对信息。", ("考生",)),
        ("北山县人民政府承诺在2026年9月底前建成。", ("北山县人民政府",)),
        ("街道办事处应当成立筹备组，并在任期届满前，由筹备组召开会议。", ("筹备组",)),
        ("养老机构应当公开收费标准，并在变动后五日内告知老年人。", ("养老机构",)),
        ("养老机构可以先行收住，但是应当在五日内补办手续。", ("养老机构",)),
        (
            "各级人民政府及其有关部门，企业、学校和其他组织应当每年开展敬老活动。",
            ("各级人民政府及其有关部门", "企业", "学校和其他组织"),
        ),
    ],
)
def test_a_limit_binds_the_one_who_acts(text: str, who: tuple[str, ...]) -> None:
    assert duties(text)[-1].who == who


@pytest.mark.parametrize(
    "text",
    [
        "投诉属于其他部门职责的，应当在三日内转办。",
        "审查结果应当自作出之日起五日内公布。",
        "设立护理服务机构，应当在设立后十五日内备案。",
        "特殊情况需要延长的，延长期限最长不得超过十日。",
        "权利人可以依照前条的规定，在期满前十日内申请保全证据。",
        "标准编制单位已完成初稿，现印送你们，请研究提出意见，于2026年8月15日前反馈。",
    ],
)
def test_nobody_is_named_where_nobody_is(text: str) -> None:
    assert duties(text)[-1].who == ()


@pytest.mark.parametrize(
    "text",
    [
        "当事人对处罚决定不服的，可以自收到决定书之日起十五日内申请复议。",
        "情况复杂的，经负责人批准，可延长三十日。",
    ],
)
def test_the_limit_of_a_right_or_a_power_is_a_deadline_and_no_duty(text: str) -> None:
    answer = classified(document("云河省养老办法", text))
    assert answer.duties == ()
    assert [fact.kind for fact in answer.facts if fact.kind == "deadline"] == ["deadline"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("市民政局应当会同市财政局制定办法。", ("市民政局", "市财政局")),
        ("由市民政局会同市财政局、市教育局制定办法。", ("市民政局", "市财政局", "市教育局")),
        ("出租方在出租前必须会同有关部门清点资产。", ("出租方", "有关部门")),
    ],
)
def test_who_acts_together_is_several_bodies_lead_first(text: str, who: tuple[str, ...]) -> None:
    assert duties(text)[0].who == who


@pytest.mark.parametrize(
    ("paragraphs", "who", "what"),
    [
        (
            ("完善养老服务制度。牵头单位：市民政局、市财政局；配合单位：市教育局。",),
            ("市民政局", "市财政局", "市教育局"),
            "完善养老服务制度",
        ),
        (("建立养老台账，推动数据共享", "责任部门：市民政局、市公安局"), ("市民政局", "市公安局"),
         "建立养老台账，推动数据共享"),
        (("（一）推进数据共享。【市民政局牵头，市财政局配合】",), ("市民政局", "市财政局"), "推进数据共享"),
        (("推进养老床位建设。（市民政局）",), ("市民政局",), "推进养老床位建设"),
        (("推进养老床位建设（负责部门：民政部）。",), ("民政部",), "推进养老床位建设"),
    ],
)  # fmt: skip
def test_labels_and_brackets_put_bodies_in_charge(
    paragraphs: tuple[str, ...], who: tuple[str, ...], what: str
) -> None:
    (duty,) = duties(*paragraphs)
    assert (duty.who, duty.what) == (who, what)


def test_a_limit_and_a_label_are_one_duty() -> None:
    (duty,) = duties("在2026年12月31日前完成改造。责任单位：市民政局；配合单位：市财政局")
    assert (duty.who, duty.what) == (("市民政局", "市财政局"), "完成改造")
    assert str(duty.due) == "2026-12-31"


def test_who_organises_an_event_is_in_charge_of_no_measure() -> None:
    assert all(duty.who == () for duty in duties("开展敬老评选活动", "主办单位：市文联"))


def test_a_hostile_sentence_is_read_in_time() -> None:
    text = "由" * 300 + "人民政府部门" * 3000 + "应当在" * 300 + "三十日内、" * 500
    assert isinstance(duties(text), tuple)
