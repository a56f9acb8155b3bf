"""Papers of drafts: references by first mention, headings numbered once, marks of state, terms of sources."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from dashboard.drafting.grammar import parse
from dashboard.drafting.paper import PaperHead, paper_json, period_said, written_paper
from dashboard.drafting.paper_sources import PaperSources
from dashboard.drafting.rights import refuse_closed_quotations
from dashboard.report.as_json import as_dict
from dashboard.report.markdown import as_markdown
from dashboard.report.model import Report
from dashboard.report.numerals import numbered
from dashboard.report.prose import Heading, Prose, Quote, bare
from dashboard.report.words import Words
from tests.commands.test_json import differences, documented
from tests.drafting.papers import CITY, ENGLISH, GUIDANCE, NOTICE, SAFETY, basket, paper, publication_of
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.passages import MOST_OF_EXCERPT


@pytest.fixture(scope="module")
def report(drafting_home: Home) -> Report:
    return paper(drafting_home)


def test_sources_are_numbered_by_first_mention_and_listed_once(report: Report) -> None:
    assert [one.document_id for one in report.references] == [
        NOTICE.document_id, SAFETY.document_id, CITY.document_id,
    ]  # fmt: skip
    lead = report.sections[0].blocks[0]
    assert isinstance(lead, Prose)
    assert [piece.text for piece in lead.pieces if piece.cited] == ["[1]第2段", "[1]第3段[2]第1段"]
    assert bare(lead.pieces) == "本期关注居家养老，两项要求即将到期。"


def test_a_reference_says_places_document_copy_and_day(report: Report) -> None:
    first = report.references[0]
    assert first.text.startswith(
        "云河省民政厅. 云河省民政厅关于推进居家养老服务的通知：云民发〔2026〕12号[EB/OL]. （2026-05-20）"
    )
    assert first.url == NOTICE.url
    assert first.archive_hash
    assert first.archive_hash[:16] in first.note
    assert "引用第2、3段" in first.note
    assert NOTICE.document_id in first.note
    assert "2026年6月1日08:00采集" in first.note
    assert "来源只允许摘录" in report.references[2].note


def test_an_english_paper_names_its_sources_by_name_and_year(drafting_home: Home) -> None:
    told = paper(drafting_home, ENGLISH, "en")
    text = as_markdown(told)
    assert "(子午群岛卫生部, 2026, para. 2; 子午群岛卫生部, 2026, para. 1)" in text
    assert not re.search(r"\\\[\d", text)
    assert [one.document_id for one in told.references] == [NOTICE.document_id, GUIDANCE.document_id]
    first = told.references[1]
    (start, end), *_ = first.italics
    assert first.text[start:end] == "Home care for older people: guidance"


def test_another_style_numbers_an_english_paper(drafting_home: Home) -> None:
    told = paper(drafting_home, ENGLISH, "en", style="gb7714-2015-numeric")
    assert "\\[1, para. 2\\]" in as_markdown(told)
    with pytest.raises(UserError, match="no citation style 'vancouver'"):
        paper(drafting_home, style="vancouver")


def test_a_number_that_the_author_wrote_is_not_doubled(report: Report) -> None:
    assert [one.heading for one in report.sections] == ["", "总体情况", "数据", "下期关注"]
    told = as_dict(report)["sections"]
    numbered(told, "zh")
    heads = [one["number"] for section in told for one in section["blocks"] if one["kind"] == "heading"]
    assert [section["number"] for section in told] == ["", "一", "二", "三"]
    assert heads == ["（一）", "1．", "（二）"]
    text = as_markdown(report)
    for line in (
        "## 一、总体情况",
        "### （一）通知要求",
        "#### 1．报送方案",
        "### （二）消防安全",
        "## 三、下期关注",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("二、标题", "标题"), ("（三）标题", "标题"), ("(3) 标题", "标题"), ("3. 标题", "标题"),
        ("3、标题", "标题"), ("第五部分 标题", "标题"), ("2026年工作", "2026年工作"),
        ("3.5万亿元", "3.5万亿元"), ("一老一小", "一老一小"), ("第一季度", "第一季度"), ("（三）", "（三）"),
    ],
)  # fmt: skip
def test_only_numbers_are_taken_off_chinese_headings(drafting_home: Home, written: str, printed: str) -> None:
    assert paper(drafting_home, f"## {written}\n\n文").sections[0].heading == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2. Title", "Title"),
        ("2) Title", "Title"),
        ("10 measures", "10 measures"),
        ("1.5 million", "1.5 million"),
    ],
)
def test_only_numbers_are_taken_off_english_headings(drafting_home: Home, written: str, printed: str) -> None:
    assert paper(drafting_home, f"## {written}\n\ntext", "en").sections[0].heading == printed


def test_no_level_of_headings_is_left_out(drafting_home: Home) -> None:
    told = paper(drafting_home, "## 甲\n\n#### 乙\n\n文")
    (heading, _) = told.sections[0].blocks
    assert isinstance(heading, Heading)
    assert heading.level == 2


def test_the_title_given_goes_before_that_of_the_text(drafting_home: Home) -> None:
    assert paper(drafting_home, "# 甲\n\n文").title == "甲"
    told = paper(drafting_home, "# 甲\n\n文", title="乙")
    assert told.title == "乙"
    assert "甲" not in as_markdown(told)


def test_a_draft_is_marked_and_a_signed_paper_bears_names(drafting_home: Home, report: Report) -> None:
    draft = as_markdown(paper(drafting_home, draft=True, signed=(), head=PaperHead()))
    assert "**草稿，未签发**" in draft
    assert "签发：" not in draft
    signed = as_markdown(report)
    assert "草稿" not in signed
    assert "撰稿：王馆员（2026年5月31日）" in signed
    assert "签发：李主任（2026年6月1日）" in signed
    assert "内部资料 · 养老周报 · 第12期（总第87期） · 云河省图书馆" in signed
    assert "示例数据" in signed


def test_a_mark_that_means_nothing_is_shown_in_a_draft_and_refused_in_a_signed_paper(
    drafting_home: Home,
) -> None:
    assert "\\[?\\]" in as_markdown(paper(drafting_home, "甲[^e99]乙[^ddoc-none]", draft=True))
    for mark in ("[^e99]", "[^ddoc-none]"):
        with pytest.raises(UserError, match=re.escape(mark)):
            paper(drafting_home, f"甲{mark}乙")


def test_a_document_that_left_the_publication_is_cited_from_the_basket(drafting_home: Home) -> None:
    items = basket(publication_of(drafting_home))
    gone = replace(items[1], passage=replace(items[1].passage, document_id="doc-gone"), title="旧通知")
    told = paper(drafting_home, "甲[^e1]", items={1: gone})
    (one,) = told.references
    assert "旧通知" in one.text
    assert "已没有这篇文献" in one.note


@pytest.mark.parametrize("field", ["series", "unit", "mark"])
def test_a_degree_of_secrecy_is_refused_over_a_paper(drafting_home: Home, field: str) -> None:
    with pytest.raises(UserError, match="published documents only"):
        paper(drafting_home, head=PaperHead(**{field: "机密"}))


def test_quotations_are_kept_and_a_mark_of_an_organ_is_only_configured(report: Report) -> None:
    assert report.masthead.red_head == ""
    quotes = [one for part in report.sections for one in part.blocks if isinstance(one, Quote)]
    assert [bare(one.pieces) for one in quotes] == [NOTICE.lines[2]]


def test_more_than_an_excerpt_is_not_quoted_from_a_source_that_allows_one(drafting_home: Home) -> None:
    long = "推进智慧养老" * 40
    for text in (f"> {long}[^e6]", f"“{long}”[^e6]", f"「{long}」说得清楚[^e6]"):
        with pytest.raises(UserError, match=rf"shorten them to {MOST_OF_EXCERPT}"):
            paper(drafting_home, text)
    several = "\n\n".join(f"“{'推进智慧养老' * 15}”[^e6]" for _ in range(3))
    with pytest.raises(UserError, match="270 characters"):
        paper(drafting_home, several)
    paper(drafting_home, f"> {long}[^e1]")  # of a source that allows all


def test_nothing_is_quoted_from_a_source_that_allows_a_link_only(drafting_home: Home) -> None:
    publication = publication_of(drafting_home)
    draft = parse("> 推进智慧养老\n\n“加快5G网络建设，推进智慧养老。”[^e6]")
    sources = PaperSources(
        publication, draft, basket(publication), "gb7714-2025-numeric", Words("zh"), strict=True
    )
    refuse_closed_quotations(draft, sources)
    sources._documents[CITY.document_id].reuse = "link"
    with pytest.raises(UserError, match=r"\[\^e6\] is quoted, but its source allows a link only"):
        refuse_closed_quotations(draft, sources)
    assert "来源只允许链接" in sources.references()[0].note
    refuse_closed_quotations(parse("称为“智慧养老”[^e6]"), sources)  # a name is no quotation


def test_the_json_holds_figures_as_tables_and_says_what_the_paper_is(report: Report) -> None:
    answer = json.loads(paper_json(report))
    kinds = {block["kind"] for part in answer["sections"] for block in part["blocks"]}
    assert kinds == {"prose", "heading", "quote", "listed", "figure", "grid"}
    figure = next(one for part in answer["sections"] for one in part["blocks"] if one["kind"] == "figure")
    assert "chart" not in figure
    assert differences(documented("report export DRAFT --format json"), answer) == []
    assert figure["rows"]
    assert answer["paper"] == {
        "draft": "", "numbered": True, "signers": [*report.paper.signers] if report.paper else [],
        "style": "gb7714-2025-numeric",
    }  # fmt: skip


def test_the_same_paper_is_the_same_file(drafting_home: Home, report: Report) -> None:
    for format in ("md", "json", "pdf"):
        first = written_paper(drafting_home, report, format).data
        assert first == written_paper(drafting_home, paper(drafting_home), format).data
    with pytest.raises(UserError, match="no format 'odt'"):
        written_paper(drafting_home, report, "odt")


def test_the_time_told_is_said_when_both_ends_are_known() -> None:
    assert period_said("2026-05-25", "2026-05-31", "zh") == "2026年5月25日至2026年5月31日"
    assert period_said("2026-05-25", "2026-05-31", "en") == "2026-05-25 to 2026-05-31"
    assert period_said("", "2026-05-31", "zh") == ""
