"""Regions: the index, the briefing of one in both languages, and names that nobody knows."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import parse_qsl

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from warehouse.home import Home


def test_every_number_of_the_index_equals_the_rows_behind_it(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "regions"))
    links = re.findall(r'<a href="/listing\?([^"]*)" data-go class="gb-number">([\d,]+)</a>', shown)
    assert len(links) == 3
    for query, printed in links:
        listed = html_of(open_page(published, "listing", **_parameters(query)))
        assert f'data-count="{printed}"' in listed


def test_the_home_region_is_marked_and_opens_its_briefing(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "regions"))
    home = shown[shown.index(">云河省</a>") :].partition("</li>")[0]
    assert catalogue("zh")["matrix.home"] in home
    briefing = html_of(open_page(published, "regions", r="云河省", since="365d"))
    assert "<h1>云河省</h1>" in briefing
    assert catalogue("zh")["brief.kind-region"] in briefing
    assert "云河省民政厅关于推进居家养老服务的通知" in briefing
    assert "澜江市人民政府关于加快5G建设的意见" not in briefing


@pytest.mark.parametrize(("language", "name"), [("zh", "澜江市"), ("en", "Lanjiang City")])
def test_a_region_is_called_by_its_name_in_both_languages(
    open_page: Open, published: Home, language: str, name: str
) -> None:
    shown = html_of(open_page(published, "regions", r="澜江市", lang=language, since="365d"))
    assert f"<h1>{name}</h1>" in shown
    assert catalogue(language)["part.force"] in shown
    assert escape(catalogue(language)["part.carried"]) in shown


@pytest.mark.parametrize(
    ("parameters", "value"),
    [
        ({"r": "火星"}, "火星"),
        ({"r": "云河省", "since": "3y"}, "3y"),
        ({"r": "云河省", "view": "wall"}, "wall"),
    ],
)
def test_what_nobody_knows_is_named(
    open_page: Open, published: Home, parameters: dict[str, str], value: str
) -> None:
    shown = html_of(open_page(published, "regions", **parameters))
    assert "没有这一项" in shown
    assert f"“{value}”" in shown
    assert "居家养老" not in shown


def _parameters(query: str) -> dict[str, str]:
    return dict(parse_qsl(query.replace("&amp;", "&")))


@pytest.mark.parametrize(("language", "name"), [("zh", "子午群岛"), ("en", "Lanjiang City")])
def test_a_region_is_found_by_the_name_the_index_prints(
    open_page: Open, published: Home, language: str, name: str
) -> None:
    index = html_of(open_page(published, "regions", lang=language))
    assert f">{name}</a>" in index
    shown = html_of(open_page(published, "regions", r=name, lang=language, since="365d"))
    assert f"<h1>{name}</h1>" in shown
