"""Lineage of bodies: forty questions across the reforms, what holds on a day, what a search should find."""

from __future__ import annotations

from datetime import date

import pytest

from classify.departments.authority import authority
from classify.departments.lineage import KINDS, read_steps
from classify.departments.load import authority_data
from classify.measures.departments import answer_of, lineage_figure, lineage_precision, queries
from warehouse.errors import UserError


def test_forty_questions_across_the_reforms_are_answered() -> None:
    asked = queries()
    reforms = {query["reform"] for query in asked}
    missing = {query["of"]: set(query["answer"]) - answer_of(query) for query in asked}
    print({name: left for name, left in missing.items() if left})
    assert len(asked) >= 40
    assert reforms >= {2003, 2008, 2013, 2018, 2023}
    assert lineage_figure("2026-11-21").value >= 0.98
    assert lineage_precision("2026-11-21").value >= 0.98


def test_facts_of_the_reforms_with_day_and_basis() -> None:
    steps = authority_data().lineage.steps
    told = {(one.before, one.after, one.kind, one.day.year) for one in steps}
    assert {
        (("cn-poverty",), ("cn-rural-revitalisation",), "renamed", 2021),
        (("cn-rural-revitalisation",), ("cn-mara",), "merged", 2023),
        (("cn-cbirc",), ("cn-nfra",), "merged", 2023),
        (("cn-cac",), ("cn-data",), "functions", 2023),
        (("cn-hkmao",), ("cn-central-hkmao",), "name-kept", 2023),
        (("cn-letters",), ("cn-social-work",), "functions", 2023),
        (("cn-samr",), ("cn-cnipa",), "functions", 2023),
        (("cn-moh", "cn-npfpc"), ("cn-nhfpc",), "merged", 2013),
        (("cn-mor",), ("cn-nra", "cn-railway-corporation"), "split", 2013),
        (("cn-central-finance-work-1998",), ("cn-cbrc",), "functions", 2003),
        (("cn-pbc",), ("cn-circ",), "functions", 1998),
    } <= told
    joined = {what for one in steps if "cn-rural-revitalisation" in one.before for what in [one.what]}
    assert joined == {"不再单设，在农业农村部加挂国家乡村振兴局牌子"}


def test_every_step_of_every_country_has_its_day_and_basis() -> None:
    steps = [step for lineage in authority().lineages() for step in lineage.steps]
    assert len(steps) > 200
    for step in steps:
        assert step.kind in KINDS
        assert len(step.basis) > 5
        assert date(1949, 10, 1) < step.day < date(2027, 1, 1)
        assert all(authority().body(code) is not None for code in (*step.before, *step.after))


def test_bodies_end_and_begin_around_the_steps_that_change_them() -> None:
    known = authority()
    for lineage in known.lineages():
        for step in lineage.steps:
            for code in step.after if step.kind in ("renamed", "merged") else ():
                begun = known.body(code)
                assert begun is not None
                assert begun.valid_from is None or (begun.valid_from - step.day).days < 800, (code, step)
            for code in step.before if step.kind == "merged" else ():
                ended = known.body(code)
                assert ended is not None
                assert ended.valid_to is None or abs((ended.valid_to - step.day).days) < 800, (code, step)


@pytest.mark.parametrize(
    ("of", "on", "names"),
    [
        ("生态环境部", date(2005, 6, 1), {"国家环境保护总局"}),
        ("国家环境保护总局", None, {"生态环境部"}),
        ("文化部", date(2020, 1, 1), {"文化和旅游部"}),
        ("文化和旅游部", date(2010, 1, 1), {"文化部", "国家旅游局"}),
        ("国家新闻出版广电总局", None, {"国家广播电视总局", "国家新闻出版署", "国家电影局"}),
        ("教育部", date(1999, 1, 1), {"教育部"}),
        ("国务院侨务办公室", None, {"国务院侨务办公室"}),
        ("国家外国专家局", date(2024, 1, 1), {"国家外国专家局"}),
        ("国务院扶贫办", date(2022, 1, 1), {"国家乡村振兴局"}),
        ("国务院扶贫办", None, {"农业农村部"}),
        ("国家粮食局", date(2019, 1, 1), {"国家粮食和物资储备局"}),
        ("铁道部", date(2015, 1, 1), {"国家铁路局", "中国铁路总公司"}),
        ("卫生部", date(2015, 1, 1), {"国家卫生和计划生育委员会"}),
    ],
)
def test_who_holds_a_bodys_work_on_a_day(of: str, on: date | None, names: set[str]) -> None:
    body = authority().resolve(of)
    assert body is not None
    assert {one.name_zh for one in authority().current(body.code, on)} == names


def test_a_family_reaches_both_ways_but_not_to_cousins() -> None:
    known = authority()
    assert known.family("cn-mee") == {"cn-urban-environment", "cn-nepa", "cn-sepa", "cn-mep", "cn-mee"}
    assert "cn-mct" in known.family("cn-tourism")
    assert "cn-culture" not in known.family("cn-tourism")
    assert known.family("cn-44-education") == {"cn-44-education"}


def test_moved_functions_are_told_from_succession_and_followed_on() -> None:
    links = {link.code: link for link in authority().lineage("cn-pbc").successors}
    assert links["cn-cbrc"].step.kind == "functions"
    assert links["cn-cbrc"].step.what
    assert links["cn-nfra"].distance >= 1
    assert "cn-cbrc" not in authority().family("cn-pbc")
    data = {link.code: link.step for link in authority().lineage("cn-data").predecessors}
    assert {"cn-cac", "cn-ndrc"} <= set(data)
    assert all(step.day == date(2023, 3, 10) for code, step in data.items() if code in ("cn-cac", "cn-ndrc"))


@pytest.mark.parametrize(
    ("name", "home", "on", "code"),
    [
        ("国家药品监督管理局", None, date(2001, 5, 1), "cn-sda"),
        ("国家药品监督管理局", None, date(2020, 5, 1), "cn-nmpa"),
        ("国家药品监督管理局", None, None, "cn-nmpa"),
        ("国家广电总局", None, date(2010, 5, 1), "cn-sarft"),
        ("国家广电总局", None, date(2020, 5, 1), "cn-nrta"),
        ("Department for Culture, Media & Sport", "GB", date(2012, 1, 1), "gb-dcms"),
        ("Department for Culture, Media and Sport", "GB", date(2024, 1, 1), "gb-dcms-2023"),
        ("MHCLG", "GB", date(2019, 1, 1), "gb-mhclg-2018"),
        ("中央金融工作委员会", None, date(2000, 5, 1), "cn-central-finance-work-1998"),
        ("中央金融工委", None, date(2024, 5, 1), "cn-central-finance-work"),
        ("国家核安全局", None, date(2006, 5, 1), "cn-sepa"),
        ("国家核安全局", None, date(2012, 5, 1), "cn-mep"),
        ("国家核安全局", None, None, "cn-mee"),
        ("国家公园管理局", None, date(2022, 5, 1), "cn-nfga"),
        ("国家反垄断局", None, None, "cn-samr"),
    ],
)
def test_a_name_used_again_means_the_body_of_its_day(
    name: str, home: str | None, on: date | None, code: str
) -> None:
    body = authority().resolve(name, home, on)
    assert body is not None
    assert body.code == code


def test_the_lineage_of_other_countries() -> None:
    known = authority()
    assert {one.code for one in known.current("gb-bis")} == {"gb-dbt", "gb-desnz", "gb-dsit"}
    assert {one.code for one in known.current("nyc-consumer-affairs", date(2023, 1, 1))} == {
        "nyc-consumer-worker"
    }
    assert known.family("in-niti") == {"in-planning", "in-niti"}


def test_a_step_that_does_not_fit_is_named() -> None:
    codes = frozenset({"a", "b"})
    basis = {"act": {"date": date(2020, 1, 1), "act": "A decision"}}
    step = {"kind": "renamed", "from": ["a"], "to": ["b"], "basis": "act"}
    assert len(read_steps("x.toml", {"steps": [step], "basis": basis}, codes)) == 1
    for wrong, sentence in (
        ({**step, "basis": "none"}, "stands nowhere"),
        ({**step, "kind": "sold"}, "the kind is one of"),
        ({**step, "to": ["c"]}, "'c' is the code of no body"),
    ):
        with pytest.raises(UserError, match=sentence):
            read_steps("x.toml", {"steps": [wrong], "basis": basis}, codes)


@pytest.mark.parametrize(
    ("name", "code", "now"),
    [
        ("广东省环境保护厅", "cn-44-environment-2018", "广东省生态环境厅"),
        ("四川省国土资源厅", "cn-51-natural-resources-2018", "四川省自然资源厅"),
        ("广东省卫生厅", "cn-44-health-2013", "广东省卫生健康委员会"),
        ("上海市经济和信息化委员会", "cn-31-industry", "上海市经济和信息化委员会"),
    ],
)
def test_a_local_office_under_its_old_name_leads_to_the_present_one(name: str, code: str, now: str) -> None:
    known = authority()
    body = known.resolve(name)
    assert body is not None
    assert body.code == code
    assert known.body(code) == body
    assert [one.name_zh for one in known.current(code)] == [now]
    assert all("约数" in link.step.basis for link in known.lineage(code).successors)
