"""One report in four formats: the same sentences, no degree of secrecy, numbers, sources, words."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from docx import Document

from dashboard.briefing.model import Briefing, Proof
from dashboard.briefing.render_json import render as render_json
from dashboard.report.as_json import as_dict
from dashboard.report.fonts import faces_of
from dashboard.report.index import Line, index_text
from dashboard.report.make import report_of
from dashboard.report.markdown import as_markdown
from dashboard.report.model import Entry, Masthead, Report, Table, plain
from dashboard.report.numerals import han
from dashboard.report.pdf import as_pdf
from dashboard.report.sections import changed, new
from dashboard.report.word import as_docx
from tests.report.briefings import BRIEFING, FULL, HELD
from tests.report.paper import whole_text
from warehouse.errors import UserError
from warehouse.home import ReportLook


def sentences(report: Report) -> list[str]:
    """Everything a reader is told, piece by piece."""
    said = [report.title, report.dateline, report.sample, *report.lead, *report.provenance]
    for section in report.sections:
        said.append(section.heading)
        for block in section.blocks:
            if isinstance(block, Table):
                said += [*block.heads, *(cell for row in block.rows for cell in row)]
            elif isinstance(block, Entry):
                said += [block.title, *block.lines]
            else:
                said.append(block.text)
    return [*said, *(one.text for one in report.references)]


def bare(text: str) -> str:
    """Without spaces, line ends and marks of sources, which every format has its own way with."""
    return re.sub(r"\s|\u2060|\[\d+\]", "", text)


def docx_text(data: bytes) -> str:
    paper = Document(io.BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return bare("".join([*(line.text for line in paper.paragraphs), *cells]))


@pytest.mark.parametrize("briefing", [BRIEFING, FULL], ids=["lists", "whole"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_formats_say_the_same(language: str, briefing: Briefing) -> None:
    look = ReportLook(unit="云河省图书馆", series="决策参考")
    report = report_of(briefing, language, look, HELD)
    markdown = bare(re.sub(r"\\(.)", r"\1", as_markdown(report)))
    held = bare(json.dumps(as_dict(report), ensure_ascii=False).replace('\\"', '"'))
    word = docx_text(as_docx(report, look))
    pdf = whole_text(as_pdf(report, faces_of(None, look)).data) if language == "zh" else None
    for sentence in map(bare, sentences(report)):
        assert sentence in markdown
        assert sentence in held
        assert sentence in word
        assert pdf is None or sentence in pdf


def test_the_json_of_a_briefing_holds_its_report() -> None:
    report = report_of(BRIEFING, "zh", None, HELD)
    answer = json.loads(render_json(BRIEFING, report))
    assert answer["report"]["title"] == "养老服务：简报"
    assert {block["kind"] for one in answer["report"]["sections"] for block in one["blocks"]} == {
        *("entry", "paragraph", "point", "table")
    }
    first = answer["report"]["references"][0]
    assert first["archive_hash"] == HELD["doc-0"]["sha256"]
    assert first["retrieved"] == "2026-06-01T00:00:00+00:00"
    assert "report" not in json.loads(render_json(BRIEFING))


@pytest.mark.parametrize(
    "mark",
    [
        "秘密",
        "机密",
        "绝密",
        "绝密★30年",
        "机 密",
        "【秘密】",
        "機密",
        "ＳＥＣＲＥＴ",
        "Top Secret",
        "confidential",
    ],
)
@pytest.mark.parametrize("field", ["mark", "series", "unit", "red_head", "issue"])
def test_a_degree_of_secrecy_is_refused_wherever_it_stands(mark: str, field: str) -> None:
    with pytest.raises(UserError, match="published documents only"):
        Masthead(**{field: mark})


def test_a_distribution_mark_is_taken_and_titles_may_speak_of_secrecy() -> None:
    about = replace(BRIEFING.new[0], title="关于保守国家秘密的规定")
    report = report_of(replace(BRIEFING, new=(about,)), "zh", ReportLook(mark="内部资料"))
    assert report.masthead.mark == "内部资料"
    assert "关于保守国家秘密的规定" in as_markdown(report)


def test_a_source_is_numbered_once_and_holds_what_finds_it_again() -> None:
    report = report_of(BRIEFING, "zh", None, HELD)
    assert [one.number for one in report.references] == list(range(1, len(report.references) + 1))
    assert len({one.document_id for one in report.references}) == len(report.references)
    first = report.references[0]
    for told in (
        "云政办发〔2026〕3号",
        "2026年5月31日发布",
        "2026年6月1日08:00采集",
        "doc-0",
        "0123456789abcdef",
    ):
        assert told in first.text
    used = {
        block.reference
        for section in report.sections
        for block in section.blocks
        if not isinstance(block, Table) and block.reference
    }
    assert used == {one.number for one in report.references}


def test_the_lead_counts_and_silence_is_said_with_its_meaning() -> None:
    assert report_of(BRIEFING).lead == (
        "本期新文件14篇，有变动的文件1篇，修改、废止、失效或撤下1篇，将到期事项2项。",
    )
    quiet = replace(BRIEFING, new=(), new_total=0, changed=(), ended=(), due=())
    assert "不说明有关部门没有行动" in report_of(quiet).lead[0]


def test_a_new_section_is_one_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.report.make.SECTIONS", [new, changed])
    assert [one.heading for one in report_of(BRIEFING).sections] == ["新文件（14篇）", "有变动的文件"]


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (45, "四十五"), (100, "100")]
)
def test_chinese_numerals(number: int, said: str) -> None:
    assert han(number) == said


def test_plain_text_keeps_rare_characters_and_drops_controls() -> None:
    assert plain("甲\x00\u202e乙\n丙\u200b丁\ufffe") == "甲 乙 丙 丁"
    assert plain("\U00031350\ue5e5𠮷") == "\U00031350\ue5e5𠮷"


def test_the_index_of_a_morning_names_every_file() -> None:
    text = index_text([Line(BRIEFING, ("elderly-care.pdf", "elderly-care.docx"))], "zh")
    assert "| 养老服务 | 14 | 1 | 1 | 2 |" in text
    assert "[pdf](<elderly-care.pdf>) · [docx](<elderly-care.docx>)" in text
    assert "20260601-000000-1" in text


def test_evidence_of_a_region_names_the_region_or_is_not_shown() -> None:
    def lines(sentence: str, reason: str) -> str:
        told = replace(BRIEFING.new[0], reason=reason, proof=Proof(sentence, 3, "paragraph"))
        (entry, *_) = report_of(replace(BRIEFING, new=(told,))).sections[0].blocks
        assert isinstance(entry, Entry)
        return "".join(entry.lines)

    assert "依据" not in lines("油烟", "region:云河省")
    assert "依据：“云河省餐饮油烟排放标准”" in lines("云河省餐饮油烟排放标准", "region:云河省")
    assert "依据：“油烟”" in lines("油烟", "topic:17-03")
