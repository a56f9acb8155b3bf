"""Names and homes of private persons are masked; officials, offices and nobody in particular stay."""

from __future__ import annotations

from time import perf_counter

import pytest

from warehouse.personal.finder import find_personal, masked


def shown(text: str, title: str = "关于来信的答复") -> str:
    """The text as readers see it, of the same length."""
    answer = masked(text, find_personal(text, title))
    assert len(answer) == len(text)
    return answer


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("来信人：陶砚秋", "来信人：＊＊＊"),
        ("写信人葛小满（手机略）：您好", "写信人＊＊＊（手机略）：您好"),
        ("我叫欧阳青禾，今年六十岁。", "我叫＊＊＊＊，今年六十岁。"),
        ("尊敬的陶砚秋女士：您好！", "尊敬的＊＊＊女士：您好！"),
        ("市民葛小满反映路灯不亮。", "市民＊＊＊反映路灯不亮。"),
        ("望尽快解决，谢谢。\n葛小满\n2026年5月1日", "望尽快解决，谢谢。\n＊＊＊\n2026年5月1日"),
        ("来信人：陶砚秋\n经查，陶砚秋所述属实。", "来信人：＊＊＊\n经查，＊＊＊所述属实。"),
        ("家住柳林镇河湾村3组18号，路不通。", "家住＊＊＊＊＊＊＊＊＊＊＊，路不通。"),
        ("我住东风路7号院2栋402室，漏水。", "我住＊＊＊＊＊＊＊＊＊＊＊＊，漏水。"),
        ("锦绣小区3号楼2单元1103室噪声大。", "＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊噪声大。"),
    ],
)
def test_a_letter_hides_who_wrote_it_and_where_they_live(text: str, readable: str) -> None:
    assert shown(text) == readable


@pytest.mark.parametrize(
    "text",
    [
        "市民王先生反映路灯不亮。",
        "网友李某某咨询医保。",
        "市民向我局反映，居民安全咨询会已召开。",
        "来信人：柳林镇河湾村村民",
        "行政中心3号楼512室设有窗口，地址：江北路88号。",
        "行业主管部门反映进度偏慢。",
        "信访人查询、评价办理情况。",
        "农村集体经济组织的户籍管理。",
    ],
)
def test_offices_and_nobody_in_particular_stay(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于陶砚秋等同志职务任免的通知", "任命陶砚秋为市民政局局长。"),
        ("拟聘用人员名单公示", "姓名\t准考证号\t岗位\n陶砚秋\t0012\t文员"),
        ("关于报送材料的通知", "联系人：陶砚秋，电话（0000）8215566，邮箱 office@institute.org.cn"),
        ("关于征求意见的公告", "意见请发送至邮箱yijian@163.com。"),
    ],
)
def test_office_and_appointment_are_public(title: str, text: str) -> None:
    assert shown(text, title) == text


def test_a_list_of_people_helped_hides_names_and_homes() -> None:
    text = "姓名\t家庭住址\t补助金额\n陶砚秋\t河湾村3组\t300元\n葛小满\t石桥村5组\t280元"
    assert shown(text, "2026年4月临时救助名单") == (
        "姓名\t家庭住址\t补助金额\n＊＊＊\t＊＊＊＊＊\t300元\n＊＊＊\t＊＊＊＊＊\t280元"
    )


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        ("陶砚秋，男，72岁，住柳林镇河湾村3组。", "＊＊＊，男，72岁，住＊＊＊＊＊＊＊＊。"),
        ("当事人：葛小满，身份证住址不详。", "当事人：＊＊＊，身份证住址不详。"),
        ("当事人：青溪纸业有限公司", "当事人：青溪纸业有限公司"),
    ],
)
def test_a_person_described_with_a_home_is_hidden_anywhere(text: str, readable: str) -> None:
    assert shown(text, "关于有关情况的通报") == readable


def test_a_number_called_identity_is_masked_even_with_a_wrong_check_digit() -> None:
    assert shown("身份证号999201199204170020。", "公示") == "身份证号" + "＊" * 18 + "。"


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("手机+86 13812345678。", "mobile", "+86 13812345678"),
        ("电话：138-1234-5678", "mobile", "138-1234-5678"),
        ("手机１３８１２３４５６７８", "mobile", "１３８１２３４５６７８"),
        ("护照号：E12345678", "passport", "E12345678"),
        ("银行卡号：6222 0212 3456 7890 123", "bank-card", "6222 0212 3456 7890 123"),
        ("微信号：abc_12345", "account", "abc_12345"),
        ("那个司机叫李岩。", "name", "李岩"),
    ],
)
def test_private_numbers_in_every_dress(text: str, kind: str, hidden: str) -> None:
    assert [(text[start:end], what) for start, end, what in find_personal(text, letter=True)] == [
        (hidden, kind)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "受理编号：13812345678", "共计13812345678元", "http://a.example/13812345678.html", "拨打400-000-9966",
        "电话（010）64472605", "统一社会信用代码：911101011990031234", "云民发〔2026〕13812345678号",
    ],
)  # fmt: skip
def test_serials_sums_and_office_telephones_are_not_private(text: str) -> None:
    assert find_personal(text, letter=True) == []


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("联系139.1234.0003", "mobile", "139.1234.0003"),
        ("电话138－1234－5678", "mobile", "138－1234－5678"),
        ("tel13812345678", "mobile", "13812345678"),
        ("手机=13812345678", "mobile", "13812345678"),
        ("手机138\u00a01234\u00a05678", "mobile", "138\u00a01234\u00a05678"),
        ("手机138\u30001234\u30005678", "mobile", "138\u30001234\u30005678"),
        ("手机1381\u200b2345678", "mobile", "1381\u200b2345678"),
        ("拨打13812345678号", "mobile", "13812345678"),
        ("身份证号码：440106 19900307 1231。", "identity", "440106 19900307 1231"),
        ("身份证440106-19900307-1231", "identity", "440106-19900307-1231"),
        ("编号：11010519491231002X", "identity", "11010519491231002X"),
        ("身份证号440106900307123", "identity", "440106900307123"),
        ("银行账号6222020000000000008", "bank-card", "6222020000000000008"),
        ("户名：李岩，开户行：中国银行，账号：440012345678901", "bank-card", "440012345678901"),
        ("收款账号：4400 1234 5678 9012 345", "bank-card", "4400 1234 5678 9012 345"),
        ("通讯地址：云河市柳林路3号楼2单元501", "address", "云河市柳林路3号楼2单元501"),
        ("地址：云河市柳林路12号502房", "address", "云河市柳林路12号502房"),
        ("个人邮箱：li@company.com", "email", "li@company.com"),
        ("李岩（liyan@college.edu.cn）", "email", "liyan@college.edu.cn"),
    ],
)
def test_common_forms_are_found_outside_letters(text: str, kind: str, hidden: str) -> None:
    found = find_personal(text, "关于有关情况的通知")
    assert [(text[start:end], what) for start, end, what in found] == [(hidden, kind)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("通知", "户名：云河市财政局，开户行：中国银行，账号：440012345678901"),
        ("通知", "单位\t银行账号\n青溪公司\t44001234567890123"),
        ("通知", "联系单位：云河市民政局，地址：云河市柳林路12号502房，邮编100000"),
        ("通知", "GB 12345-2020，〔2026〕13812345678号，http://a.example/?id=13812345678，电话0755-83123456"),
        ("年鉴", "2015 2016 2017 2018 4100 2000 3000 4000 138 1234 5678 9012"),
        ("关于公布2026年12345热线服务办法的通知", "您好热线：联系人：李岩，邮箱li@institute.org.cn"),
        ("关于开展法律咨询服务活动的通知", "联系人：李岩，邮箱li@institute.org.cn，地址：江北路8号楼501室"),
        ("对十三届全国人大一次会议第8107号建议的答复", "联系人：李岩，邮箱li@institute.org.cn"),
    ],
)
def test_what_an_office_publishes_stays(title: str, text: str) -> None:
    assert find_personal(text, title) == []


def test_a_letter_is_known_by_its_question_and_hides_the_messenger() -> None:
    text = "请问社保如何转移？我在外地。陈大文，微信chen_dawen"
    assert shown(text, "请问社保如何转移") == "请问社保如何转移？我在外地。＊＊＊，微信＊＊＊＊＊＊＊＊＊＊"


def test_a_home_is_masked_from_its_street_to_its_room() -> None:
    assert shown("我家住石牌东路33号大院5栋301，漏水。") == "我家住" + "＊" * 14 + "，漏水。"


def test_a_list_with_identity_numbers_hides_the_names_beside_them() -> None:
    table = "姓名\t身份证号\n李岩\t440106199003071232\n陈大文\t440106900307123"
    hidden = f"姓名\t身份证号\n＊＊\t{'＊' * 18}\n＊＊＊\t{'＊' * 15}"
    assert shown(table, "名单") == hidden
    assert shown("李岩 440106900307123", "名单") == "＊＊ " + "＊" * 15


ENGLISH = """Jane Whitfield
Flat 3, 12 Elm Grove, Leeds LS6 2AB
Tel: 0113 496 0123
My name is Jane Whitfield. My National Insurance number is QQ 12 34 56 C, my passport number is 123456789.
Call 07700 900123 or (555) 123-4567. SSN 123-45-6789. I stay at 45 Maple Street, Springfield, IL 62704.
The Housing Act 1985 and the Department for Work and Pensions, 1 April 2024; write to jane@company.com.
Yours faithfully,
J. Whitfield"""


def test_an_english_letter_hides_who_wrote_it_and_how_to_reach_them() -> None:
    answer = masked(ENGLISH, find_personal(ENGLISH, "Damp", letter=True, language="en"))
    whole = "Jane|Whitfield|Elm|LS6|0113|QQ|1234|07700|555|Maple|62704|@"
    for private in whole.split("|"):
        assert private not in answer, private
    assert "The Housing Act 1985 and the Department for Work and Pensions, 1 April 2024" in answer


def test_outside_english_letters_only_numbers_of_persons_go() -> None:
    text = "Contact: John Smith, press office, 020 7946 0958 or 07700 900123; "
    text += "SSN 123-45-6789; card 4111 1111 1111 1111."
    found = find_personal(text, "Notice", letter=False, language="en")
    assert [(text[start:end], kind) for start, end, kind in found] == [
        ("07700 900123", "mobile"), ("123-45-6789", "identity"), ("4111 1111 1111 1111", "bank-card"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece",
    [
        "1 ", "138 ", "1.", "4", "手机138-", "身份证\t1\n", "姓名\t身份证号\n", "地址：", "12号", "李岩 ",
        "我住5栋", "12 Elm Grove ", "AB1 2CD ", "a@",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_texts_take_bounded_time(piece: str, language: str) -> None:
    text = piece * (200_000 // len(piece))
    started = perf_counter()
    find_personal(text, "请问", letter=True, language=language)
    assert perf_counter() - started < 5
