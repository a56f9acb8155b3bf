"""Names and homes of private persons are masked; officials, offices and nobody in particular stay."""

from __future__ import annotations

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
