"""Document numbers in every bracket and width."""

from __future__ import annotations

import pytest

from classify.components.number import chinese_integer, find_numbers, own_number, parse_number


@pytest.mark.parametrize(
    "printed",
    [
        "国办发〔2021〕11号",
        "国办发[2021]11号",
        "国办发（2021）11号",
        "国办发【2021】11号",
        "国办发﹝2021﹞11号",
        "国办发〔２０２１〕１１号",
        "国办发 〔2021〕 第11号",
        "国办发［2021］11号",
        "国办发{2021}11号",
        "国办发｛2021｝11号",
        "国办发<2021>11号",
        "国办发《2021》11号",
        "国办发「2021」第011号",
        "国办发2021年11号",
        "国办发2021年第11号",
    ],
)
def test_every_bracket_and_width_reads_the_same(printed: str) -> None:
    number = parse_number(printed)
    assert number is not None
    assert (number.normal, number.organ, number.year, number.serial) == (
        "国办发〔2021〕11号",
        "国办发",
        2021,
        11,
    )


def test_an_order_and_an_announcement_keep_their_form() -> None:
    order, announcement = parse_number("国令第718号"), parse_number("国家税务总局公告2021年第15号")
    assert order is not None
    assert announcement is not None
    assert (order.normal, order.serial, order.year) == ("国令第718号", 718, None)
    assert (announcement.organ, announcement.year, announcement.serial) == ("国家税务总局公告", 2021, 15)


def test_an_english_number_is_taken_apart() -> None:
    number = parse_number("DTP/2026/14")
    assert number is not None
    assert (number.organ, number.year, number.serial) == ("DTP", 2026, 14)


def test_what_is_no_number_is_none() -> None:
    assert parse_number("见附件") is None
    assert parse_number("") is None


def test_a_number_run_into_the_title_is_cut_free() -> None:
    found = [one.number.normal for one in find_numbers("关于防汛工作的紧急通知国发〔2004〕32号")]
    assert found == ["国发〔2004〕32号"]


def test_a_cited_number_in_the_head_is_not_the_own_one() -> None:
    head = ("各市民政局：", "根据省政府文件（云政发〔2020〕3号），现通知如下。")
    assert own_number(None, "关于开展检查的通知", head) is None


def test_a_line_directly_under_the_title_is_the_own_number() -> None:
    number = own_number(None, "关于开展检查的通知", ("云民发〔2026〕8号", "各市民政局："))
    assert number is not None
    assert number.normal == "云民发〔2026〕8号"


@pytest.mark.parametrize(
    ("written", "value"), [("15", 15), ("十五", 15), ("一百二十", 120), ("二〇", 20), ("甲", None)]
)
def test_chinese_integers(written: str, value: int | None) -> None:
    assert chinese_integer(written) == value


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("符合教云厅〔2016〕7号文件的条件", "教云厅〔2016〕7号"),
        ("适用云税〔2016〕36号的规定", "云税〔2016〕36号"),
        ("此类机场按国办发〔1995〕9号办理", "国办发〔1995〕9号"),
        ("教育部民政部财政部教基〔2020〕6号", "教基〔2020〕6号"),
        ("云河县水利局云水发〔2020〕6号", "云水发〔2020〕6号"),
        ("财政部国家税务总局公告〔2020〕3号", "财政部国家税务总局公告〔2020〕3号"),
        ("生态环境部令〔2020〕3号", "生态环境部令〔2020〕3号"),
        ("环办环监〔2020〕3号", "环办环监〔2020〕3号"),
        ("1994年8月17日市人民政府第17号令发布", "市人民政府令第17号"),
        ("1998年4月30日修订云河省人民政府第9号令", "云河省人民政府令第9号"),
        ("按照日照市人民政府第9号令", "日照市人民政府令第9号"),
        ("由财政部2007年第12号公告公布", "财政部公告2007年第12号"),
        ("依据国务院第706号令", "国务院令第706号"),
        ("依据财政部第12号部令", "财政部令第12号"),
        ("依据第706号国务院令", "国务院令第706号"),
        ("依照第12号令执行", "第12号令"),
    ],
)
def test_an_organ_holds_neither_verb_nor_letterhead(text: str, normal: str) -> None:
    assert {one.number.normal for one in find_numbers(text)} == {normal}


@pytest.mark.parametrize(
    ("behind", "before"),
    [
        ("国务院第706号令", "国务院令第706号"),
        ("第706号国务院令", "国务院令第706号"),
        ("财政部第12号部令", "财政部令第12号"),
        ("财政部2007年第12号公告", "财政部公告2007年第12号"),
        ("主席令第八号", "主席令第8号"),
    ],
)
def test_an_order_is_the_same_on_either_side_of_its_number(behind: str, before: str) -> None:
    one, other = parse_number(behind), parse_number(before)
    assert one is not None
    assert other is not None
    assert (one.normal, one.organ, one.serial) == (other.normal, other.organ, other.serial)
    assert one.normal == before


@pytest.mark.parametrize("printed", ["见《2023》第5号", "印发2024年5号", "见<2024>5号", "2024年5号"])
def test_a_year_in_odd_brackets_or_none_is_no_number_without_an_organ(printed: str) -> None:
    number = parse_number(printed)
    assert number is None or "〔" not in number.normal


def test_a_conjunction_between_two_numbers_belongs_to_neither() -> None:
    said = "《通知》（环水发〔2025〕12号）和云环发〔2025〕18号文件，云政发〔2025〕1号及青政发〔2025〕2号"
    assert [one.number.organ for one in find_numbers(said)] == ["环水发", "云环发", "云政发", "青政发"]
    assert [one.number.organ for one in find_numbers("落实和政发〔2025〕18号")] == ["和政发"]
