"""Templates of reports are data: ours are whole, those of a home stand beside them, a wrong one is told."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.drafting.begin import period_of
from dashboard.drafting.templates import read_template, template_of, templates
from warehouse.errors import UserError
from warehouse.home import Home

OURS = {"flash", "special", "decision", "weekly", "monthly", "compilation", "research", "policy-brief"}
OWN = """
zh = "舆情专报"
en = "Opinion report"
series = "舆情专报"
language = "zh"
title = "{theme}舆情"
least = 200
most = 2000
shape = { zh = "多严重，接下来怎样？", en = "How bad, what next?" }

[[section]]
id = "state"
heading = "概况"
guidance = { zh = "两百字以内。", en = "Up to two hundred characters." }
fill = [{ search = "舆情", most = 3 }]
"""
_FILL = '{ search = "舆情", most = 3 }'


def test_the_eight_kinds_of_report_are_there() -> None:
    found = templates(None)
    assert set(found) == OURS
    assert {one.zh for one in found.values()} >= {
        "要情快报", "信息专报", "决策参考", "周报", "月报", "政策汇编", "调研报告",
    }  # fmt: skip
    assert [one.name for one in found.values() if one.language == "en"] == ["policy-brief"]
    assert found["flash"].most == 800
    assert [one.heading for one in found["research"].sections] == [
        "摘要", "方法", "现状", "问题与成因", "建议", "附件",
    ]  # fmt: skip


def test_a_template_of_the_home_stands_beside_ours_and_in_the_place_of_one(home: Home) -> None:
    folder = home.root / "templates"
    folder.mkdir()
    (folder / "opinion.toml").write_text(OWN, encoding="utf-8")
    (folder / "weekly.toml").write_text(OWN, encoding="utf-8")
    found = templates(home)
    assert set(found) == OURS | {"opinion"}
    assert (found["weekly"].zh, found["weekly"].own, found["monthly"].own) == ("舆情专报", True, False)
    assert template_of(home, "opinion").sections[0].fills[0].search == "舆情"
    with pytest.raises(UserError, match=r"no template 'nothing'; choose one of .*opinion"):
        template_of(home, "nothing")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('zh = "舆情专报"', 'zh = "舆情专报', "this is no TOML"),
        ('series = "舆情专报"', "", "series is missing; write a text"),
        ('language = "zh"', 'language = "fr"', "language is 'fr'; write zh or en"),
        ("least = 200", "least = 3000", "least is 3000 and most is 2000"),
        ("most = 2000", 'most = "2000"', "most is a number, 0 for none"),
        ('"{theme}舆情"', '"{name}舆情"', "takes {theme} and no other braces"),
        ("least = 200", 'least = 200\nperiod = "fortnight"', "period is 'fortnight'; write day, week"),
        ("least = 200", 'least = 200\nlenght = "x"', "there is no key 'lenght'; known are"),
        (_FILL, '{ part = "weather" }', "part 'weather' is unknown; choose one of summary"),
        (_FILL, '{ part = "new", search = "x" }', "names either a part or a search"),
        (_FILL, '{ part = "new", most = 0 }', "most is a number from 1 to 50"),
        (', en = "How bad, what next?" }', " }", "shape has a Chinese and an English text"),
        ('id = "state"', "", "section 1: id is missing"),
        ('heading = "概况"', 'heading = "# 概况"', "section 1: heading is one line without #"),
        ("[[section]]", "[section]", r"there is no \[\[section\]\]"),
    ],
)  # fmt: skip
def test_a_wrong_template_is_told_in_one_sentence(old: str, new: str, told: str) -> None:
    assert old in OWN
    with pytest.raises(UserError, match=f"^templates/own.toml: .*{told}"):
        read_template("own", OWN.replace(old, new))


def test_two_sections_of_one_heading_are_refused() -> None:
    twice = OWN + OWN[OWN.index("[[section]]") :].replace('"state"', '"other"')
    with pytest.raises(UserError, match="two sections have the heading '概况'"):
        read_template("own", twice)


@pytest.mark.parametrize(
    ("template", "day", "period"),
    [
        ("weekly", "2026-06-05", ("2026-06-01", "2026-06-05")),  # a Friday: the running week
        ("weekly", "2026-06-01", ("2026-05-25", "2026-05-31")),  # a Monday: the week before
        ("monthly", "2026-06-25", ("2026-06-01", "2026-06-25")),
        ("monthly", "2026-01-03", ("2025-12-01", "2025-12-31")),
        ("special", "2026-06-05", ("2026-03-01", "2026-06-05")),
        ("compilation", "2026-06-05", ("2025-06-01", "2026-06-05")),
        ("flash", "2026-06-05", ("2026-06-05", "2026-06-05")),
    ],
)
def test_the_period_of_a_draft_is_the_running_one_or_the_last_while_it_is_young(
    template: str, day: str, period: tuple[str, str]
) -> None:
    found = period_of(template_of(None, template), date.fromisoformat(day))
    assert tuple(map(str, found)) == period
