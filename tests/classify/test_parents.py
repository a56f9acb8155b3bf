"""Who stands above whom: derived for local offices, stated for the others, without holes and circles."""

from __future__ import annotations

import pytest

from classify.departments.authority import authority
from classify.departments.load import authority_data
from classify.departments.parents import check_kinds, check_parents
from classify.departments.places import Kind
from classify.run import lineage_steps
from warehouse.errors import UserError


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("cn-4401-education", ["cn-4401-government", "cn-44-government", "cn-state-council"]),
        ("cn-11-government", ["cn-state-council"]),
        ("cn-4401-government-office", ["cn-4401-government", "cn-44-government", "cn-state-council"]),
        ("cn-4401-court", ["cn-44-court", "cn-spc", "cn-npc"]),
        ("cn-4401-tax", ["cn-44-tax", "cn-sta", "cn-state-council"]),
        ("cn-33-party-committee", ["cn-ccp"]),
        ("cn-44-propaganda", ["cn-44-party-committee", "cn-ccp"]),
        ("cn-33-congress-standing-committee", ["cn-33-congress"]),
        ("cn-44-survey", ["cn-stats", "cn-state-council"]),
        ("cn-44-customs-guangzhou", ["cn-customs", "cn-state-council"]),
        ("cn-44-environment-2018", ["cn-44-government", "cn-state-council"]),
        ("xs-1001-government", ["xs-10-government"]),
    ],
)
def test_the_bodies_above_one_another(code: str, chain: list[str]) -> None:
    known, found = authority(), []
    body = known.body(code)
    while body is not None and body.parent is not None:
        found.append(body.parent)
        body = known.body(body.parent)
    assert found == chain


def test_an_office_of_a_county_stands_below_its_government() -> None:
    known = authority()
    office = known.resolve("广州市天河区民政局")
    assert office is not None
    government = known.body(office.parent or "")
    assert government is not None
    assert (government.name_zh, government.parent) == ("广州市天河区人民政府", "cn-4401-government")


def test_every_body_to_choose_from_has_those_above_it_among_them() -> None:
    bodies = {body.code: body for body in authority().bodies(region="广东省")}
    for body in bodies.values():
        seen, above = {body.code}, body.parent
        while above is not None:
            assert above in bodies, (body.code, above)
            assert above not in seen, body.code
            seen.add(above)
            above = bodies[above].parent
    governments = [body for body in bodies.values() if body.code.endswith("-government") and body.name_zh]
    assert all(body.parent for body in governments if body.jurisdiction.startswith("CN"))


@pytest.mark.parametrize(
    ("parents", "sentence"),
    [
        ({"a": "b"}, "'a' names 'b', which no body has"),
        ({"a": "b", "b": "c", "c": "a"}, "stands above itself"),
        ({"a": "a"}, "stands above itself"),
    ],
)
def test_a_hole_or_a_circle_is_named(parents: dict[str, str | None], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        check_parents(parents)
    check_parents({"a": "cn-44-government"}, frozenset({"cn-44-government"}))


@pytest.mark.parametrize(
    ("above", "sentence"), [("nobody", "no other kind"), ("cn-nobody", "no national body")]
)
def test_a_kind_below_nobody_is_named(above: str, sentence: str) -> None:
    kind = Kind("court", "法院", "法院", "法院", "法院", None, (), (), frozenset(), "Court", above)
    with pytest.raises(UserError, match=sentence):
        check_kinds([kind], frozenset({"cn-spc"}))


def test_local_reforms_are_published_with_the_bodies_they_join() -> None:
    bodies = {body.code: body for body in authority().bodies(sample=False, region="广东省")}
    steps = list(lineage_steps(sample=False, region="广东省"))
    joined = {(step.before_code, step.after_code): step for step in steps}
    assert len(joined) == len(steps)  # no step twice
    local = joined["cn-44-environment-2018", "cn-44-environment"]
    assert (local.kind, local.on_day.year) == ("renamed", 2018)
    assert "约数" in local.act
    assert ("cn-4401-agriculture-2018", "cn-4401-agriculture") in joined  # a city of the home's province
    assert ("cn-3301-agriculture-2018", "cn-3301-agriculture") not in joined  # one of another is not shown
    assert ("cn-33-agriculture-2018", "cn-33-agriculture") in joined
    assert all(code in bodies for pair in joined for code in pair)
    assert bodies["cn-44-environment-2018"].name_zh == "广东省环境保护厅"
    assert bodies["cn-44-environment-2018"].successors == ("cn-44-environment",)
    assert authority_data().formers
