"""Briefings: sections from a publication, hostile titles, names and dates as people type them."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.briefing.assemble import assemble
from dashboard.briefing.model import Actor, Briefing, Coverage, DueItem, Item, Proof, Subject, WeekCount
from dashboard.briefing.render_json import render as render_json
from dashboard.briefing.render_md import escape, render, safe_link
from dashboard.briefing.subjects import find_subject, theme_subjects
from dashboard.report.model import plain
from tests.search.shelf import Shelf
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

TODAY = date(2026, 6, 1)
ITEM = Item(
    document_id="doc-1",
    title="关于养老服务的通知",
    issuer="云河省民政厅",
    issuer_code="xs-10-civil-affairs",
    published=date(2026, 5, 20),
    doc_number="云民发〔2026〕1号",
    url="http://mzt.yunhe.example/1.html",
    region="云河省",
    level="provincial",
    source_id="sample-yunhe-mzt",
    reason="topic:17-03",
    proof=Proof("发展养老服务。", 4, "paragraph"),
    sources=2,
    validity="repealed",
    status="active",
    at=None,
    sample=True,
)
BRIEFING = Briefing(
    subject=Subject("theme", "elderly-care", "养老服务", "Care for older people"),
    since=date(2026, 5, 2),
    today=TODAY,
    publication_id="20260601-000000-1",
    created_at=datetime(2026, 6, 1, tzinfo=UTC),
    sample=True,
    home_region="云河省",
    coverage=Coverage(3, 2, ("澜江市人民政府",), 60, 10, datetime(2026, 6, 1, tzinfo=UTC)),
    new=(ITEM,),
    new_total=7,
    changed=(),
    ended=(),
    due=(DueItem("fac-1", ITEM, ("省民政厅",), "公布清单", date(2026, 6, 30), "2026年6月30日前", 29),),
    elsewhere=(),
    actors=(Actor("xs-10-civil-affairs", "云河省民政厅", "云河省", "provincial", 1, date(2026, 5, 20)),),
    weeks=(WeekCount(date(2026, 6, 1), 0, False),),
    names=(("17-03", "民政、扶贫、救灾\\社会福利"),),
)


@pytest.fixture(scope="module")
def publication(published_home: Path) -> Publication:
    found = Publication.current(Home.open(published_home))
    assert found is not None
    return found


def test_markdown_tells_reason_evidence_coverage_and_publication() -> None:
    text = render(BRIEFING)
    for words in (
        "示例数据",
        "2/3个来源",
        "未正常答复的来源：澜江市人民政府",
        "20260601-000000-1",
        "新文件（7篇）",
        "另有6篇未列出",
    ):
        assert words in text
    assert "主题分类民政、扶贫、救灾/社会福利" in text
    assert "“发展养老服务。”（第5段）" in text
    assert "已废止" in text
    assert "2个来源" in text
    assert "2026年6月30日（还有29天）" in text
    assert "数据截至2026年6月1日08:00" in text


def test_imported_collections_say_that_no_source_is_visited() -> None:
    text = render(replace(BRIEFING, coverage=Coverage(0, 0, (), 45417, 25, None)))
    assert "所收均为导入文献" in text
    assert "0/0" not in text


def test_both_languages_have_the_same_words() -> None:
    words = tomllib.loads(
        (resources.files("dashboard") / "briefing" / "words.toml").read_text(encoding="utf-8")
    )
    places = {
        language: {
            key: sorted(re.findall(r"{(\w+)}", str(text))) for key, text in _flat(words[language]).items()
        }
        for language in ("zh", "en")
    }
    assert places["zh"] == places["en"]


def _flat(words: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in words.items():
        flat |= _flat(value, f"{key}.") if isinstance(value, dict) else {f"{prefix}{key}": value}
    return flat


def test_english_headings_leave_the_documents_in_their_language() -> None:
    text = render(BRIEFING, "en")
    assert "# Care for older people: briefing" in text
    assert "关于养老服务的通知" in text
    assert "Sample data" in text


def test_a_quiet_period_says_what_silence_means() -> None:
    quiet = replace(BRIEFING, new=(), new_total=0, due=())
    assert quiet.quiet
    assert "不说明有关部门没有行动" in render(quiet)


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "<img src=x>",
        "# heading",
        "a | b",
        "`code`",
    ],
)
def test_a_hostile_title_stays_text(hostile: str) -> None:
    text = render(replace(BRIEFING, new=(replace(ITEM, title=hostile, issuer=hostile, doc_number=hostile),)))
    assert escape(hostile) in text
    assert not re.search(r"(?<!\\)(!\[|<img|`code)", text)
    assert re.findall(r"\]\((.*?)\)", text.replace("\\]", "")) == [f"<{ITEM.url}>"] * 2
    assert re.findall(r"(?<!\()<(.*?)>", re.sub(r"\\.", "", text)) == [ITEM.url]
    assert len(re.findall(r"^#", text, re.MULTILINE)) == len(
        re.findall(r"^#", render(BRIEFING), re.MULTILINE)
    )


@pytest.mark.parametrize(
    ("start", "kept"), [("- item", "\\- item"), ("+ item", "\\+ item"), ("1. item", "1\\. item")]
)
def test_a_title_begins_no_list(start: str, kept: str) -> None:
    assert escape(start) == kept


@given(st.text(max_size=200))
def test_escaped_text_is_one_printable_line_that_says_the_same(text: str) -> None:
    escaped = escape(text)
    assert not any(category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") for sign in escaped)
    assert escaped.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == plain(text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/", "", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert safe_link(url) is None


def test_a_link_cannot_leave_its_brackets() -> None:
    assert ">" not in str(safe_link("http://x.example/a>b) ![](http://evil.example"))


def test_json_counts_paragraphs_from_one() -> None:
    answer = json.loads(render_json(BRIEFING))
    assert answer["new"][0]["proof"]["paragraph"] == 5
    assert answer["due"][0]["item"]["proof"]["paragraph"] == 5
    assert answer["due"][0]["due"] == "2026-06-30"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("called", "kind", "key"),
    [
        ("养老服务", "theme", "elderly-care"),
        ("elderly-care", "theme", "elderly-care"),
        ("care for OLDER people", "theme", "elderly-care"),
        ("17-03", "topic", "17-03"),
        ("民政、扶贫、救灾/社会福利", "topic", "17-03"),
        ("云河省民政厅", "department", "xs-10-civil-affairs"),
    ],
)
def test_a_subject_is_found_by_id_code_name_or_path(
    publication: Publication, called: str, kind: str, key: str
) -> None:
    subject = find_subject(publication, called)
    assert (subject.kind, subject.key) == (kind, key)


@pytest.mark.slow
def test_an_unknown_subject_is_a_users_error_with_the_nearest(publication: Publication) -> None:
    with pytest.raises(UserError, match="养老服务"):
        find_subject(publication, "养老服")
    with pytest.raises(UserError, match="govbrief themes"):
        find_subject(publication, "")


def test_a_name_of_several_subjects_is_refused_with_their_codes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for code, path in (
        ("01-01", "国务院组织机构\\国务院"),
        ("01-10", "国务院组织机构\\其他"),
        ("22", "其他"),
    ):
        name = path.split("\\")[-1]
        shelf.insert("topic_class", [{"scheme": "gov", "code": code, "name_zh": name, "path": path}])
    shelf.insert("body", [{"code": "cn-state-council", "name_zh": "国务院"}])
    with pytest.raises(UserError, match=r"国务院组织机构\\国务院 \(01-01\); name one by its code"):
        find_subject(shelf, "国务院")
    with pytest.raises(UserError, match=r"国务院组织机构\\其他 \(01-10\) and the topic 其他 \(22\)"):
        find_subject(shelf, "其他", ("topic",))
    assert find_subject(shelf, "01-01").kind == "topic"
    assert find_subject(shelf, "国务院组织机构/国务院").key == "01-01"
    assert find_subject(shelf, "国务院", ("department",)).key == "cn-state-council"


@pytest.mark.slow
def test_every_theme_can_be_briefed_and_its_parts_agree(publication: Publication) -> None:
    since = TODAY - timedelta(days=365)
    for subject in theme_subjects(publication):
        briefing = assemble(publication, subject, since, TODAY, home_region="云河省")
        assert len(briefing.new) == min(briefing.new_total, 50)
        assert all(item.published and item.published >= since for item in briefing.new)
        assert all(item.reason and item.proof for item in briefing.new)
        assert {item.document_id for item in briefing.elsewhere} <= {
            item.document_id for item in briefing.new
        }
        assert all(item.region not in ("云河省", "澜江市") for item in briefing.elsewhere)
        assert all(duty.due >= TODAY for duty in briefing.due)
        assert len(briefing.weeks) == 12
        assert not briefing.weeks[-1].complete
        assert render(briefing).startswith("# ")


@pytest.mark.slow
def test_the_evidence_of_a_briefing_stands_in_its_document(publication: Publication) -> None:
    subject = find_subject(publication, "养老服务")
    briefing = assemble(publication, subject, TODAY - timedelta(days=365), TODAY)
    proofs = [
        (item.document_id, item.proof) for item in (*briefing.new, *(duty.item for duty in briefing.due))
    ]
    quoted = [(document, proof) for document, proof in proofs if proof and proof.paragraph is not None]
    assert quoted
    for document, proof in quoted:
        assert proof.paragraph is not None
        assert proof.sentence in publication.body(document)[proof.paragraph]


@pytest.mark.slow
def test_a_duty_told_by_two_copies_is_told_once(publication: Publication) -> None:
    briefing = assemble(publication, find_subject(publication, "养老服务"), TODAY - timedelta(days=90), TODAY)
    told = [(duty.item.proof.sentence if duty.item.proof else "", duty.what) for duty in briefing.due]
    assert len(told) == len(set(told))
