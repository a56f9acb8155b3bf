"""Limits that an event, an order or a year sets, and numbers in less usual shapes."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classify.components.deadline import chinese_deadlines
from classify.components.english_deadline import english_limits
from classify.components.english_number import english_numbers, is_bill
from classify.components.number_places import find_numbers
from tests.classify.write import ISSUED


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("建桥单位应当在开工前向河道管理机构报送图纸。", ["开工前"]),
        ("第八条　船闸停用前，养护单位应当告知船主。", ["船闸停用前"]),
        ("批准机关在作出决定之前，必须听取渔民意见。", ["作出决定之前"]),
        ("蓄水前对库底进行清理。", ["蓄水前"]),
        ("证书有效期届满前90日至30日期间应当提出换发申请。", ["证书有效期届满前90日至30日期间"]),
        ("请各校于开学前5个工作日登录填报。", ["开学前5个工作日"]),
        ("渡口管理单位应当提前两日通知乘客。", ["提前两日"]),
        ("船主应当在休息日前结清费用。", ["休息日前"]),
    ],
)
def test_an_event_sets_a_limit(text: str, limits: list[str]) -> None:
    found = list(chinese_deadlines(text, ISSUED))
    assert [one.printed for one in found] == limits
    assert [text[one.start : one.end] for one in found] == limits
    assert all(one.due is None for one in found)


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("船主应在收到书面整改要求的次日起20日内答复。", ["收到书面整改要求的次日起20日内"]),
        ("第九条 县、区渡口管理部门应当在收到船主申请之日起十二日内批复。", ["收到船主申请之日起十二日内"]),
        ("第九条　收到船主申请之日起十二日内，渡口应当批复。", ["收到船主申请之日起十二日内"]),
        ("取得捕捞许可后十日内，渔民应当备案。", ["取得捕捞许可后十日内"]),
        ("渔民从事养殖后十日内应当备案。", ["渔民从事养殖后十日内"]),
        ("自知道或者应当知道停航之日起九日内提出。", ["自知道或者应当知道停航之日起九日内"]),
        ("船主知道或者应当知道停航之日起九日内提出。", ["船主知道或者应当知道停航之日起九日内"]),
        ("编制单位应当在报请核准前征求渔民意见。", ["报请核准前"]),
        (
            "海湾渔场、临港船坞、沿江渡口、内河船闸等航运设施的建造方案按照国家规定的程序报请核准前，应当征求意见。",
            ["报请核准前"],
        ),
        ("两船合并前应当清点货物。", ["两船合并前"]),
        ("船票款应当日结清。", ["当日"]),
        ("并且在停航后三日内报告。", ["停航后三日内"]),
        ("但应当在事后三日内报告。", ["事后三日内"]),
        ("港口管理部门应当会同渔政在接到船主申请之日起八日内验收。", ["接到船主申请之日起八日内"]),
        (
            "船主应当自接到通知之日起五日内，未接到通知的自公告之日起六日内申报。",
            ["自接到通知之日起五日内", "自公告之日起六日内"],
        ),
        ("旧码头应于2031年启动改造。", ["2031年"]),
        ("保管期限内及其后的两年内，船主应当留存航海日志。", ["保管期限内及其后的两年内"]),
    ],
)
def test_a_limit_begins_with_a_whole_word_and_without_who_is_bound(text: str, limits: list[str]) -> None:
    found = list(chinese_deadlines(text, ISSUED))
    assert [one.printed for one in found] == limits
    assert [text[one.start : one.end] for one in found] == limits


@pytest.mark.parametrize(
    "text",
    [
        "五日内未回填的沟槽应当加盖。",
        "一个月内仍未完成的工程应当公示。",
        "渔港垃圾应当日产日清。",
        "第二期船闸论坛将于2031年启动，2033年结束。",
        "在渔具监管期限内及其后的四年内，渔政可以检查账簿。",
    ],
)
def test_announcements_powers_and_what_was_left_undone_set_none(text: str) -> None:
    assert list(chinese_deadlines(text, ISSUED)) == []


@pytest.mark.parametrize(
    "text",
    [
        "水闸验收前不得蓄水。",
        "交付表决前，提案人要求撤回的，应当说明理由。",
        "本条例施行前已经修建的船坞，应当保留。",
        "渔民可以申请，登记前，申请人可以撤回。",
        "目前，船只应当停靠东岸。",
        "学前教育机构应当备案。",
        "要点应当包括举办前报告和人员资质。",
        "渡口管理机构成立前，由镇政府承担管理。",
        "未在施工前报备的，由主管部门责令改正。",
        "新码头开放前，工作人员应当对图纸保密。",
        "有效期限至：2029年12月24日",
        "2030年内蒙古的船只应当登记。",
        "依照规定，2012年1月1日以前领取的船票，应当换发。",
    ],
)
def test_bans_conditions_and_plain_words_set_none(text: str) -> None:
    assert list(chinese_deadlines(text, ISSUED)) == []


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("受理机关应当于收到图纸的当日发给回执。", ["收到图纸的当日"]),
        ("警报收到后应当即时播发，最迟不得超过十五分钟。", ["最迟不得超过十五分钟"]),
        ("可以延长，但延长的期限不得超过三十日。", ["延长的期限不得超过三十日"]),
        ("船检机构应当在规定的期限内作出结论。", ["规定的期限内"]),
        ("船检机构在规定的期限内未作出结论的，视为同意。", []),
        ("力争用３～５年时间，建成三座船闸。", ["用３～５年时间"]),
    ],
)
def test_limits_of_other_shapes(text: str, limits: list[str]) -> None:
    assert [one.printed for one in chinese_deadlines(text, ISSUED)] == limits


def test_a_year_with_what_is_reached_is_a_limit_and_history_is_none() -> None:
    (year,) = chinese_deadlines("2028年建成三座船闸。", date(2026, 1, 5))
    assert (year.printed, year.due) == ("2028年", date(2028, 12, 31))
    assert list(chinese_deadlines("2024年建成三座船闸。", date(2026, 1, 5))) == []
    assert list(chinese_deadlines("2026年完成了三座船闸的维修。", date(2026, 1, 5))) == []


def test_an_old_paper_keeps_its_limits() -> None:
    (limit,) = chinese_deadlines("各船队一九八〇年以前都要改用柴油。", date(2018, 4, 13))
    assert limit.due is not None
    assert limit.due.year < 1981


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("The owner shall clean the boat before selling it to anyone.", ["before selling it"]),
        ("The owner shall not sail before obtaining a permit.", []),
        ("The harbor board must give at least 14 days written notice.", ["at least 14 days written notice"]),
        ("Owners must pay within [three] 6 years after the sale.", ["within [three] 6 years after the sale"]),
        ("Not later than October first of each year, the board shall report.",
         ["Not later than October first of each year"]),
        ("No later than August 1, 2023, the board shall post the list.", ["No later than August 1, 2023"]),
        ("Boats built on or before March 1, 2027 are old.", []),
        ("The list was printed by August 1, 2023.", []),
    ],
)  # fmt: skip
def test_english_limits(text: str, limits: list[str]) -> None:
    assert [one.printed for one in english_limits(text, date(2026, 5, 21))] == limits


def test_a_long_list_is_one_sentence_and_us_ends_none() -> None:
    text = "Requires the U.S. Board to: (1) " + "count the boats; " * 40 + "and (2) report within 60 days."
    assert [one.printed for one in english_limits(text, None)] == ["within 60 days"]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("船队应当在每年年初向港务局报告。", ["每年年初"]),
        ("船队应当在每年4月、7月和10月召开会议。", ["每年4月、7月和10月"]),
        ("每年6月是护船月，每年3月12日为植树节，应当植树。", []),
        ("船闸验收后满五年应组织评价。", ["船闸验收后满五年"]),
        ("船员工作满三年的，应当晋升。", []),
        ("航道计划一般不迟于当年第三季度末提出。", ["不迟于当年第三季度末"]),
        ("经港务局批准，可以再延长三个工作日。", ["延长三个工作日"]),
        ("办结时限：船检登记十个工作日，变更登记，五个工作日。", ["十个工作日", "五个工作日"]),
        ("船检登记十个工作日。", []),
        ("被告应当在一审答辩期内提出异议。", ["一审答辩期内"]),
        ("船主应当在补偿决定确定的搬迁期限内搬迁。", ["补偿决定确定的搬迁期限内"]),
        ("船主应当在证书有效期限内使用。", []),
        ("港务局应在FCD前进一步加强检查。", ["FCD前"]),
        ("船证有效期截止2026年12月31日。", []),
    ],
)
def test_limits_that_neither_qian_nor_nei_closes(text: str, limits: list[str]) -> None:
    assert [one.printed for one in chinese_deadlines(text, ISSUED)] == limits


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("请于6月15日（星期四）下班前报送。", (2024, 6, 15)),
        ("请于2024/6/30前报送。", (2024, 6, 30)),
        ("请于2024.6.30前报送。", (2024, 6, 30)),
        ("请于2024年6月30日报送。", (2024, 6, 30)),
        ("“十四五”末，船闸达到三座。", (2025, 12, 31)),
        ("2024年上半年完成验收。", (2024, 6, 30)),
        ("国庆节前完成整改。", (2024, 9, 30)),
        ("完成时限：2024年12月底", (2024, 12, 31)),
        ("今年9月底前完成。", (2024, 9, 30)),
        ("本月底前完成。", (2024, 3, 31)),
        ("下月10日前报送。", (2024, 4, 10)),
        ("请在本通知印发之日起半年内整改。", (2024, 9, 5)),
    ],
)
def test_days_counted_from_issue(text: str, due: tuple[int, int, int]) -> None:
    (limit,) = chinese_deadlines(text, date(2024, 3, 5))
    assert limit.due == date(*due)


@pytest.mark.parametrize(
    ("text", "printed", "due"),
    [
        ("Applications close on 30 June 2025.", "Applications close on 30 June 2025", (2025, 6, 30)),
        ("You have until 31 January 2026.", "have until 31 January 2026", (2026, 1, 31)),
        ("Deadline: 30 June 2025", "Deadline: 30 June 2025", (2025, 6, 30)),
        ("The survey closes at 11:45pm on 30 June.", "closes at 11:45pm on 30 June", None),
        ("The form must be sent by 06/30/2025.", "by 06/30/2025", (2025, 6, 30)),
        ("The form must be sent by 06/05/2025.", "by 06/05/2025", None),
        ("Cut energy use by 20% by 2030.", "by 2030", (2030, 12, 31)),
        ("The board shall have 60 days from the sale to comment.", "shall have 60 days from the sale", None),
        ("It shall report on May 1 of each year.", "on May 1 of each year", None),
    ],
)
def test_english_limits_of_notices(text: str, printed: str, due: tuple[int, int, int] | None) -> None:
    (limit,) = english_limits(text, date(2024, 3, 5))
    assert limit.printed == printed
    assert limit.due == (date(*due) if due is not None else None)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("原局以环审〔2014〕206号文件批复。", ["环审〔2014〕206号"]),
        ("见（环办环监〔2018〕25号）。", ["环办环监〔2018〕25号"]),
        ("回函（江船［2019］字第007号）为证。", ["江船〔2019〕7号"]),
        ("依照规定(〔1993〕江船管发第15号)办理。", ["〔1993〕江船管发第15号"]),
        ("执行国务院一九八○年275号文件。", ["1980年第275号"]),
        ("广告批准文号：江药广审〔2019〕第12号。", []),
        ("刑监字〔1998〕第3号", []),
    ],
)
def test_numbers_of_less_usual_shapes(text: str, numbers: list[str]) -> None:
    assert [one.number.normal for one in find_numbers(text)] == numbers


@pytest.mark.parametrize(
    "number",
    ["Local Law 129", "Local Law 37/2005", "Res. #0528-2024", "Int. #0101-2024", "Resolution No. 1004",
     "introduction number 1897-A for the year 2020", "local law number 51 of the laws of 2009", "S287/A1643"],
)  # fmt: skip
def test_numbers_of_a_city_council(number: str) -> None:
    assert [found[2] for found in english_numbers(f"As told in {number}, it goes on.")] == [number]
    assert is_bill("S287/A1643")
    assert not is_bill("Local Law 129")


@pytest.mark.parametrize(
    "text",
    ["应在施工前" * 20_000, "应每年1月、" * 15_000, "自满5年后" * 15_000,
     "不迟于1月" * 15_000, "十个工作日" * 15_000, "在规定期限内应" * 15_000, "前" * 100_000,
     "当日应" * 30_000, "〔2019〕字第号字" * 9_000,
     "by 2030 " * 9_000, "A. by 2030 " * 9_000, "before making " * 7_000, "within 5 days of " * 6_000],
)  # fmt: skip
def test_hostile_repetition_takes_bounded_time(text: str) -> None:
    begun = time.process_time()
    sum(1 for _ in chinese_deadlines(text, ISSUED))
    sum(1 for _ in english_limits(text, ISSUED))
    sum(1 for _ in find_numbers(text))
    assert time.process_time() - begun < 6
