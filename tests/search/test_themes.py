"""Themes are read strictly, and say why a document belongs to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.records import Theme
from warehouse.themes.load import check_organs, check_topics, load_themes
from warehouse.themes.members import MemberInput, theme_members

CARE = Theme(
    "care", "养老", "Care", "", topics=("17-03",), terms=("养老服务", "养老", "助餐"), exclude=("养老保险",)
)


def reasons(theme: Theme, title: str, text: str, *codes: str, department: str | None = None) -> list[str]:
    document = MemberInput("d1", title, text, codes, department)
    return [reason for _, _, reason in theme_members([theme], [document])]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home.create(tmp_path / "home", "")
    made.themes.mkdir()
    return made


def test_packaged_themes_are_complete() -> None:
    themes = load_themes()
    assert len(themes) >= 15
    assert {"elderly-care", "business-environment", "ecology", "employment", "childcare"} <= {
        theme.theme_id for theme in themes
    }
    assert all(theme.name_zh and theme.name_en and theme.note and len(theme.terms) >= 10 for theme in themes)


def test_home_theme_changes_the_keys_it_gives_and_leaves_the_others(home: Home) -> None:
    (home.themes / "elderly-care.toml").write_text(
        'name_zh = "我馆的养老"\nterms = ["养老"]\n', encoding="utf-8"
    )
    (home.themes / "本馆专题.toml").write_text('name_zh = "本馆专题"\ntopics = ["12"]\n', encoding="utf-8")
    themes = {theme.theme_id: theme for theme in load_themes(home)}
    assert themes["elderly-care"].name_zh == "我馆的养老"
    packaged = {theme.theme_id: theme for theme in load_themes()}["elderly-care"]
    assert themes["elderly-care"].terms == ("养老",)
    assert themes["elderly-care"].topics == packaged.topics
    assert themes["elderly-care"].name_en == packaged.name_en
    assert themes["本馆专题"].topics == ("12",)
    assert len(themes) == len(load_themes()) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name_zh = "x"\ntermz = ["养老"]', "bad.toml: unknown key 'termz'; known are name_zh"),
        ("name_zh = x", "bad.toml: not readable as TOML.*mend that line"),
        ('terms = ["养老"]', "bad.toml: the theme has no name"),
        ('name_zh = "x"', "bad.toml: the theme finds nothing"),
        ('name_zh = "x"\nterms = "养老"', "bad.toml: terms must be a list"),
        ('name_zh = 3\nterms = ["养老"]', "bad.toml: name_zh must be text"),
        ('name_zh = "x"\nterms = ["老"]', "single character"),
        ('name_zh = "x"\nterms = [""]', "must be a list of texts"),
    ],
)
def test_unfit_theme_is_named_with_its_key(home: Home, text: str, message: str) -> None:
    (home.themes / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_themes(home)


def test_topic_code_outside_the_scheme_is_refused() -> None:
    organs = Theme("own", "养老", "Care", "", topics=(), terms=("养老",), organs=("xs-nobody",))
    with pytest.raises(UserError, match=r"own\.toml: organs names 'xs-nobody'"):
        check_organs([organs], {"xs-mz"})
    check_organs([organs], {"xs-nobody"})
    with pytest.raises(UserError, match=r"care\.toml: topics names '17-03'"):
        check_topics([CARE], {"17", "17-01"})


@pytest.mark.parametrize(
    ("title", "text", "codes", "expected"),
    [
        ("关于养老的通知", "", (), ["term:养老"]),
        ("通知", "养老一次", (), []),
        ("通知", "养老和助餐，还是养老", (), ["term:养老"]),
        ("通知", "养老和助餐", (), []),  # named in passing
        ("通知", "助餐、助餐、助餐", (), []),  # one term alone, however often
        ("通知", "养老和助餐和养老" + "别的事" * 2000, (), []),
        ("通知", "养老服务一次", (), []),  # 养老 stands inside 养老服务: one occurrence
        ("通知", "养老一次", ("17-03",), ["topic:17-03"]),
        ("通知", "无关", ("17-03",), []),
        ("养老保险缴费通知", "养老和助餐和养老服务", (), []),
        ("通知", "养老保险、养老保险、养老保险", ("17-03",), []),
        ("养老保险与养老服务", "", (), ["term:养老服务"]),
    ],
)
def test_membership_follows_topic_title_and_body(
    title: str, text: str, codes: tuple[str, ...], expected: list[str]
) -> None:
    assert reasons(CARE, title, text, *codes) == expected


FINANCE = Theme(
    "finance", "财政", "Finance", "", topics=("04-01",), terms=("转移支付", "预算", "国库"),
    weak=("专项资金",), names=("预算法",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "codes", "expected"),
    [
        ("专项资金的通知", "专项资金、专项资金、专项资金", (), []),  # weak terms alone say nothing,
        ("专项资金的通知", "拨付", ("04-01",), ["topic:04-01"]),  # but in a title of the leading class
        ("专项资金的通知", "拨付", ("17-01", "04-01"), []),
        ("通知", "预算和国库，专项资金、专项资金", (), ["term:预算"]),
        ("通知", "预算、专项资金、专项资金、专项资金", (), []),
        ("通知", "根据预算法、预算法和预算法，国库", (), []),  # a law that is named is no subject
        ("预算法的通知", "国库和预算和国库", (), ["term:国库"]),
        ("通知", "预算", ("17-01", "04-01"), []),  # a second class asks for more than the leading one
        ("通知", "预算和预算", ("17-01", "04-01"), ["topic:04-01"]),
        ("通知", "另一件事" * 300 + "预算", ("04-01",), []),
        ("通知", "为了管好预算" + "另一件事" * 1000, ("04-01",), ["topic:04-01"]),  # the law's own purpose
        ("条例", "另一件事" * 3000 + "预算和国库" * 5 + "另一件事" * 3000, (), ["term:预算"]),  # a chapter
        ("条例", ("另一件事" * 600 + "预算和国库") * 5, (), []),  # the same words strewn over it
        (
            "2026年政府工作报告",
            "别的" * 9000 + "预算、国库、转移支付、专项资金" + "别的" * 9000,
            (),
            ["term:转移支付"],
        ),
        ("2026年工作要点", "别的" * 9000 + "预算、国库、转移支付、专项资金" + "别的" * 9000, (), []),
    ],
)
def test_weak_terms_names_and_parts_are_weighed(
    title: str, text: str, codes: tuple[str, ...], expected: list[str]
) -> None:
    assert reasons(FINANCE, title, text, *codes) == expected


def test_english_texts_may_be_longer_for_the_same_terms() -> None:
    theme = Theme("t", "", "Energy", "", terms=("net zero", "wind farm"))
    text = "The net zero plan names a wind farm and another wind farm. " + "More words follow here. " * 100
    assert 2000 < len(text) < 2600
    assert reasons(theme, "Plan", text) == ["term:wind farm"]
    assert reasons(theme, "Plan", text + "More words follow here. " * 100) == []


@pytest.mark.parametrize(
    ("theme", "title", "text", "belongs"),
    [
        ("ecology", "关于批准核电厂在役检查大纲的通知", "抄送：生态环境部华南核与辐射安全监督站。", False),
        ("ecology", "关于水库工程环境影响报告书的批复", "落实生态环境保护措施。", True),
        ("rural-revitalisation", "某市动物防疫条例", "本市对生猪实行定点屠宰。", False),
        ("rural-revitalisation", "某市农业机械化促进条例", "农业机械。", True),
        ("digital-government", "某局政府信息公开指南", "政府信息公开申请表。", False),
        ("digital-government", "某市政务服务条例", "政务服务事项。", True),
    ],
)
def test_packaged_themes_know_what_they_are_not_about(
    theme: str, title: str, text: str, belongs: bool
) -> None:
    packaged = {one.theme_id: one for one in load_themes()}[theme]
    assert bool(reasons(packaged, title, text, *packaged.topics)) is belongs


def test_topic_alone_makes_a_member_when_there_are_no_terms() -> None:
    theme = Theme("t", "民政", "", "", topics=("17",))
    assert reasons(theme, "通知", "任何", "17-05") == ["topic:17-05"]
    assert reasons(theme, "通知", "任何", "18-01") == []


def test_organs_narrow_and_never_make_a_member() -> None:
    theme = Theme("t", "养老", "", "", terms=("养老",), organs=("cn-mca",))
    assert reasons(theme, "养老通知", "", department="cn-mca") == ["term:养老"]
    assert reasons(theme, "养老通知", "", department="cn-mof") == []
    assert reasons(theme, "别的通知", "", department="cn-mca") == []


def test_latin_terms_are_whole_words_in_any_case() -> None:
    theme = Theme("t", "", "Care", "", terms=("care home",))
    assert reasons(theme, "New Care Homes for the islands", "") == ["term:care home"]
    assert reasons(theme, "Childcare homeland", "") == []
