"""Limits that return, lists of days, and days that close a paper's force and nothing else."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classify.components.deadline import chinese_deadlines
from tests.classify.write import ISSUED, classified, document


def printed(text: str) -> list[str]:
    return [one.printed for one in chinese_deadlines(text, ISSUED)]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("船闸管理单位应当每三年检测一次闸门。", ["每三年"]),
        ("渡口应当至少每半年组织一次演练。", ["至少每半年"]),
        ("镇船务员巡查航道，每月不少于两次。", ["每月"]),
        ("船主应当每年向渔政机构报告捕捞情况。", ["每年"]),
        ("渔政机构应当将检查结果每季度向社会公布。", ["每季度"]),
        ("市人民代表大会常务委员会每年第三季度听取船闸维修情况的报告。", ["每年第三季度"]),
        ("在每季度末，应当根据水情修改调度计划。", ["每季度末"]),
        ("渡口应当在每年的第一季度内公布上年客流。", ["每年的第一季度内"]),
    ],
)
def test_how_often_an_act_is_due_is_a_limit(text: str, limits: list[str]) -> None:
    found = list(chinese_deadlines(text, ISSUED))
    assert [one.printed for one in found] == limits
    assert [text[one.start : one.end] for one in found] == limits
    assert all(one.due is None for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "逾期不缴的，每日加收千分之一的滞纳金。",
        "船员每年可以享受三次免费体检。",
        "航道维护经费应当每年递增百分之三。",
        "每年农历三月为开渔月，各镇应当组织宣传。",
        "全市每年新增渔船二十艘，应当重视。",
        "船闸论坛每两年举行一次。",
        "每年的检修由渡口安排。",
    ],
)
def test_rates_rights_and_habits_are_none(text: str) -> None:
    assert printed(text) == []


def test_each_day_of_a_list_is_a_limit_and_takes_the_year_of_the_one_before() -> None:
    text = "各港要在2027年3月31日、6月30日和9月30日前分别报送进度。"
    found = list(chinese_deadlines(text, ISSUED))
    assert [one.printed for one in found] == ["2027年3月31日", "6月30日", "9月30日前"]
    assert [one.due for one in found] == [date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30)]
    text = "各港要做好清理，并于2026年底和2027年6月底将进展报市渔政局。"
    assert [one.due for one in chinese_deadlines(text, ISSUED)] == [date(2026, 12, 31), date(2027, 6, 30)]
    assert printed("我港已于2026年3月31日将清册报送市渔政局，请查收。") == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("船员就业前或者上岗前应当接受培训。", ["船员就业前", "上岗前"]),
        ("建港单位应当在开工前提请渔政机构查明鱼道。", ["开工前"]),
        ("代理人应当在船舶到达以前，尽早通知检疫机关。", ["船舶到达以前"]),
        ("应当落实补救措施，确保港池启用前腾出泊位。", ["港池启用前"]),
        ("业主应当在合同届满两个月前书面通知船厂。", ["合同届满两个月前"]),
        ("拟升放浮标的，应当在1天前作出批准或者不予批准的决定。", ["1天前"]),
        ("医疗船应当在接到指令后四分钟内开航,不得拖延。", ["接到指令后四分钟内"]),
        ("需要延期的，应当提前半年申请。", ["提前半年"]),
        ("已经投用的渡船，应当自本条例施行之日起90日内补办登记。", ["自本条例施行之日起90日内"]),
        ("“十五五”期间要培训三千名船员。", ["“十五五”期间"]),
        ("养护期限届满前六个月，渔港办应当公布名册。", ["养护期限届满前六个月"]),
        ("经批准，检验期限可以延长到三十日。", ["延长到三十日"]),
        ("复审期限自受理之日起，不超过三个月。", ["复审期限自受理之日起，不超过三个月"]),
        ("由渔港办在渔汛来临前完成清淤。", ["渔汛来临前"]),
        ("各港并于听证三日前进行公告，应当留档。", ["听证三日前"]),
    ],
)
def test_limits_that_were_lost(text: str, limits: list[str]) -> None:
    assert printed(text) == limits


@pytest.mark.parametrize(
    "text",
    [
        "对本通知下发前开办的船厂要进行清理。",
        "在船闸改革上走在前，建设示范航道，要出成果。",
        "船籍证书灭失的，应当补发，但判决以前取得该证书的除外。",
    ],
)
def test_what_was_before_a_paper_and_phrases_set_none(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "本办法有效期截止2029年12月31日。",
        "有效期的截止时间为2029年12月31日。",
        "捕捞证有效期（截止2029年12月31日）。",
        "本补贴执行期限截止2029年12月31日。",
        "本办法有效期三年，至2029年12月31日截止。",
    ],
)
def test_until_when_a_paper_holds_is_no_limit_to_act(text: str) -> None:
    assert printed(text) == []
    assert printed("渔船补贴申报截止2029年12月31日。") == ["截止2029年12月31日"]


@pytest.mark.parametrize(
    ("text", "issued", "due"),
    [
        ("渡口应当自本批复之日起30个工作日内送交图纸。", date(2022, 5, 10), date(2022, 6, 22)),
        ("你局应在收到本批复后20个工作日内报送。", date(2021, 9, 15), date(2021, 10, 19)),
        ("应当自本通知印发之日起五个工作日内公布。", date(2026, 9, 29), date(2026, 10, 12)),
        ("应当自本通知印发之日起五个工作日内公布。", date(2011, 9, 29), None),
        ("应当自本通知印发之日起五个工作日内公布。", date(2026, 12, 30), None),
        ("应当自收到申请之日起五个工作日内公布。", date(2026, 9, 29), None),
    ],
)
def test_working_days_from_a_known_day_end_on_a_day_of_a_known_calendar(
    text: str, issued: date, due: date | None
) -> None:
    (limit,) = chinese_deadlines(text, issued)
    assert limit.due == due


def test_the_term_of_a_paper_is_its_expiry_and_no_duty() -> None:
    answer = classified(document("渔港办法", "船主应当登记。", "本办法有效期截止2029年12月31日。"))
    assert [fact.value for fact in answer.facts if fact.kind == "expiry"] == ["2029-12-31"]
    assert [duty.due_printed for duty in answer.duties] == [None]


def test_the_last_of_the_days_on_which_somebody_may_act_is_a_limit() -> None:
    (limit,) = chinese_deadlines("《渔港办法》公示时间为2026年6月1日至10日。", ISSUED)
    assert (limit.printed, limit.due) == ("公示时间为2026年6月1日至10日", date(2026, 6, 10))
    assert printed("培训时间为2026年6月1日至10日。") == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("2030年岸电使用率达到80%，2035年渔港污水处理率提高到95%。", ["2030年", "2035年"]),
        ("2030年和2035年，岸电使用率占比分别提升至80%、95%以上。", ["2030年", "2035年"]),
        ("到2030年远岛的供水水平接近全市平均水平。", ["到2030年"]),
        ("2035年9月底是船闸改造完成期限，各港要抓紧施工。", ["2035年9月底"]),
    ],
)
def test_a_coming_year_with_its_target_is_a_limit(text: str, limits: list[str]) -> None:
    found = list(chinese_deadlines(text, ISSUED))
    assert [one.printed for one in found] == limits
    assert all(one.due is not None for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "2030年、2035年码头供水分别为三万立方米和五万立方米。",
        "预测2030年岸电使用率达到80%。",
        "本会促进2030年和2035年岸电目标的实现。",
        "1990年岸电使用率达到3%。",
        "中止检修的期限最长不得超过三十日。",
        "缆绳间距应当均匀，一般不超过三十米。",
        "盐场进展很快，一年内就实现投产。",
        "禁止其1至5年内从事水产养殖。",
        "两艘渔船在6个月内未能售出，视为滞销。",
        "对招领公告后三个工作日内无人认领的渔具，可以拍卖。",
        "本办法施行之日前建成的码头，应当登记。",
    ],
)
def test_forecasts_pauses_and_conditions_are_none(text: str) -> None:
    assert printed(text) == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("船证应当在验船后及时颁发，一般不超过二十日。", ["一般不超过二十日"]),
        ("双方商议泊位的协商时间最长不得超过四十日。", ["最长不得超过四十日"]),
        ("船闸标准的复审周期一般不超过四年。", ["不超过四年"]),
        ("渔政所应当于次年年初召开一次船东会。", ["次年年初"]),
        ("渔政局应当每年年初审议上年检查报告。", ["每年年初"]),
        ("各渡口每月上旬报送上月客流。", ["每月上旬"]),
        ("造船厂每年二月份向渔政局提交上年排放报告。", ["每年二月份"]),
        ("监测结果每半年向渔政局报告一次。", ["每半年"]),
        ("各渡口应当在汛前检修船闸。", ["汛前"]),
        ("船坞正式运营5年后，按规定开展环境影响后评价。", ["运营5年后"]),
        ("船员由船东在24小时（海岛72小时）内到渔政所登记。", ["24小时（海岛72小时）内"]),
        ("渔港应当在每个会计年度结束时编制财务报告。", ["每个会计年度结束时"]),
        ("船坞投产后3至5年内开展环境影响后评价。", ["船坞投产后3至5年内"]),
        ("船坞投产一年内，淤泥全部运往填埋场。", ["投产一年内"]),
        ("三年内，全港基本消除黑臭水体。", ["三年内"]),
        ("用两到三年时间完成船闸整治。", ["用两到三年时间"]),
        (
            "渡口应当于收到意见书后两个月内作出答复；一年内，将整改情况书面报告渔政局。",
            ["收到意见书后两个月内", "一年内"],
        ),
        ("船东应当在签订租船合同之日前至少十日，向租船人出示船证。", ["签订租船合同之日前至少十日"]),
        (
            "船只下水满两个月后十日内或者旧船证有效期届满前，船东应当申请检验。",
            ["船只下水满两个月后十日内", "旧船证有效期届满前"],
        ),
    ],
)
def test_the_most_an_act_may_take_and_limits_joined_by_or(text: str, limits: list[str]) -> None:
    assert printed(text) == limits


def test_each_of_two_limits_in_one_clause_has_a_duty() -> None:
    text = "船只下水满两个月后十日内或者旧船证有效期届满前，船东应当申请检验。"
    duties = classified(document("船证办法", text)).duties
    assert {one.due_printed for one in duties} == {"船只下水满两个月后十日内", "旧船证有效期届满前"}


def test_the_places_of_two_limits_of_one_clause_are_apart() -> None:
    text = "渔政局应当自受理之日起五日内登记，并于登记后三日内将船证送交船东。"
    duties = [one for one in classified(document("船证办法", text)).duties if one.due_printed]
    assert [text[one.start : one.end] for one in duties] == [
        "渔政局应当自受理之日起五日内登记",
        "于登记后三日内将船证送交船东",
    ]


def test_a_day_that_a_late_published_paper_asks_for_is_a_limit() -> None:
    text = "请各港填写回执，并于2026年1月5日前传真至渔政局。"
    assert [one.printed for one in chinese_deadlines(text, date(2026, 1, 8))] == ["2026年1月5日前"]


@pytest.mark.parametrize(
    "unit", ["每年", "应每年至少", "2026年3月1日、", "船前或", "时间为3月1日至", "于2026年底和"]
)
def test_hostile_repetition_takes_bounded_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    assert len(list(chinese_deadlines(text, ISSUED))) <= 200_000
    assert time.process_time() - began < 5
