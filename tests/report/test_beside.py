"""What a paper tells beside the lists: in the order of the page, each line with the source it rests on."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from dashboard.briefing.render_json import render as render_json
from dashboard.report.make import report_of
from dashboard.report.markdown import as_markdown
from dashboard.report.model import Entry, Paragraph, Point, Report, Section, Table
from tests.report.briefings import BRIEFING, FULL, HELD


def section(report: Report, heading: str) -> Section:
    (found,) = (one for one in report.sections if one.heading == heading)
    return found


def test_the_parts_stand_in_the_order_of_the_page() -> None:
    assert [one.heading for one in report_of(FULL, "zh").sections] == [
        "摘要", "新文件（14篇）", "有变动的文件", "修改、废止、失效或撤下", "问题与措施", "即将到期",
        "上期事项的结果", "口径不一致，请核对", "效力", "其他地区同类文件", "跟进上级文件的",
        "联合发文", "沿革", "24个月的发布数量",
        "谁在行动", "各地有无", "重点文件", "相关主题",
    ]  # fmt: skip


def test_every_line_leads_to_its_source() -> None:
    report = report_of(FULL, "zh", None, HELD)
    by_number = {one.number: one.document_id for one in report.references}
    blocks = [block for one in report.sections for block in one.blocks]
    unproven = [block for block in blocks if isinstance(block, (Entry, Point)) and block.reference is None]
    assert not unproven
    used = {block.reference for block in blocks if not isinstance(block, Table) and block.reference}
    assert used == set(by_number)
    proofs = {by_number[block.reference] for block in section(report, "上期事项的结果").blocks
              if not isinstance(block, Table) and block.reference}  # fmt: skip
    assert proofs == {"doc-40", "doc-41", "doc-45"}
    assert re.search(r"佐证：《.*第41批.*》.*。 \\\[\d+\\\]", as_markdown(report))


def test_points_carried_over_are_counted_by_state_and_those_left_out_are_told() -> None:
    told = [getattr(block, "text", "") for block in section(report_of(FULL), "上期事项的结果").blocks]
    assert told[0] == "已过期，未找到佐证9项，找到佐证1项。"
    assert "另有2项未列出。" in told


def test_duties_to_come_are_open_whatever_speaks_of_them() -> None:
    blocks = section(report_of(FULL), "即将到期").blocks
    entries = [one for one in blocks if isinstance(one, Entry)]
    assert ["状态：未到期。" in one.lines for one in entries] == [True, True]
    assert [one.text[:5] for one in blocks if isinstance(one, Paragraph)] == ["后续文件："]


def test_in_markdown_the_evidence_of_a_duty_stays_within_its_point_and_bearers_are_listed_as_such() -> None:
    two = replace(FULL.due[0], who=("省民政厅", "各市（州）人民政府"))
    told = as_markdown(report_of(replace(FULL, due=(two, *FULL.due[1:]))))
    (line,) = (one for one in told.splitlines() if one.startswith("  佐证：") and "第41批" in one)
    above = told.splitlines()[told.splitlines().index(line) - 1]
    assert above.startswith("  ")
    assert above.endswith("  ")
    assert "省民政厅、各市（州）人民政府：" in told
    assert not [one for one in told.splitlines() if one.startswith("佐证：")]


def test_a_wide_matrix_is_told_in_tables_that_fit_a_page() -> None:
    blocks = section(report_of(FULL), "各地有无").blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [len(one.heads) for one in tables] == [6, 3]
    assert tables[0].rows[0] == ("云河省（本地，2个来源）", "有 1", "有 2", "有 3", "有 4", "有 5")
    assert tables[1].heads == ("地区", "措施5", "社会福利")
    assert tables[1].rows[1] == ("青石省（1个来源）", "未找到", "无 1")
    (lacking,) = (block for block in blocks if isinstance(block, Point))
    assert lacking.text == "青石省，社会福利：无。“尚未建立长期护理制度。”（第5段）"


def test_a_month_that_nobody_was_heard_in_is_no_nought() -> None:
    (table,) = (one for one in section(report_of(FULL), "24个月的发布数量").blocks if isinstance(one, Table))
    assert table.rows == (
        ("2026-06（未完）", "1", "0", "不知道"),
        ("2026-05", "5", "2", "2/2"),
        ("2026-04", "—", "1", "0/2"),
    )


def test_a_briefing_of_lists_alone_tells_the_lists_alone() -> None:
    headings = [one.heading for one in report_of(BRIEFING, "zh").sections]
    assert "上期事项的结果" not in headings
    assert "按周篇数" in headings
    lists = json.loads(render_json(FULL, report_of(FULL)))
    assert lists.keys() == {*json.loads(render_json(BRIEFING)).keys(), "report"}
