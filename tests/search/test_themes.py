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
