"""Whom the printed bearer of a duty means."""

from __future__ import annotations

import pytest

from warehouse.bearers import BodyNames, fit, in_reach

PROVINCE = BodyNames("p", "云河省人民政府", "Yunhe Government", "省政府", "XS-10", "云河省", "provincial")
CIVIL = BodyNames("c", "云河省民政厅", "Yunhe Civil Affairs", "省民政厅", "XS-10", "云河省", "provincial")
PLANNING = BodyNames("f", "云河省发展和改革委员会", "", "", "XS-10", "云河省", "provincial")
MARKET = BodyNames("m", "澜江市市场监督管理局", "", "", "XS-1001", "澜江市", "municipal")
CITY_CIVIL = BodyNames("d", "澜江市民政局", "", "市民政局", "XS-1001", "澜江市", "municipal")
CITY = BodyNames("g", "澜江市人民政府办公室", "", "", "XS-1001", "澜江市", "municipal")
COUNTY = BodyNames("q", "石桥县人民政府", "", "县政府", "XS-100101", "石桥县", "county")
MINISTRY = BodyNames("n", "民生保障部", "Ministry of Livelihood", "民生部", "XS", "全国", "national")


@pytest.mark.parametrize(
    ("printed", "body", "how"),
    [
        ("云河省民政厅", CIVIL, "name"),
        ("the Ministry of Livelihood", MINISTRY, "name"),
        ("澜江市人民政府", CITY, "name"),  # its office signs for it
        ("省民政厅", CIVIL, "short"),
        ("省发展改革委", PLANNING, "short"),
        ("市市场监管局", MARKET, "short"),
        ("各市（州）人民政府", CITY, "group"),
        ("市（州）人民政府", CITY, "group"),
        ("各市民政局", CITY_CIVIL, "group"),
        ("各市民政部门", CITY_CIVIL, "group"),
        ("民政部门", CITY_CIVIL, "group"),
        ("县级以上人民政府", COUNTY, "group"),
        ("县级以上地方人民政府民政部门", CITY_CIVIL, "group"),
        ("各省（区、市）", PROVINCE, "group"),
        ("省级民政部门", CIVIL, "group"),
        ("各市（州）、县（市、区）", COUNTY, "group"),
        ("各市场监管局", MARKET, "group"),
        ("各部门", CIVIL, "group"),
        ("各地", COUNTY, "below"),
    ],
)
def test_these_words_mean_the_body(printed: str, body: BodyNames, how: str) -> None:
    assert fit(printed, body) == how


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("各市人民政府", CITY_CIVIL),
        ("各市民政局", CIVIL),
        ("各县（区）人民政府", CITY),
        ("各省（区、市）", CITY),
        ("省民政厅", CITY_CIVIL),
        ("省财政厅", CIVIL),
        ("县级民政部门", CITY_CIVIL),
        ("有关部门", CIVIL),
        ("各有关部门", CIVIL),
        ("各省级主管部门", CIVIL),
        ("各部门", PROVINCE),
        ("养老机构", CITY_CIVIL),
        ("学校", COUNTY),
        ("市", CITY),
        ("", CITY),
        ("各", CITY),
    ],
)
def test_these_words_do_not(printed: str, body: BodyNames) -> None:
    assert fit(printed, body) is None


def test_a_short_name_holds_in_its_own_place_and_a_kind_of_bodies_below_the_document() -> None:
    assert in_reach("name", None, CIVIL)
    assert in_reach("short", "XS-1001", CIVIL)
    assert not in_reach("short", "XS-11", CIVIL)
    assert not in_reach("short", "XS", CIVIL)  # 省民政厅 in a paper of the nation is any province's
    assert in_reach("group", "XS-10", CITY)
    assert in_reach("group", "XS", CITY)
    assert not in_reach("group", "XS-11", CITY)
    assert in_reach("below", "XS-10", CITY)
    assert not in_reach("below", "XS-10", PROVINCE)
    assert not in_reach("group", None, CITY)
