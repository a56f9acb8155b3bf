"""Briefings made by hand: long enough for several pages, with all that is hard to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from dashboard.briefing.extras import Carried, Dispute, Extras, Finding, KeyDocument, Lacking, Step
from dashboard.briefing.matrix import Cell, Column, MatrixRow
from dashboard.briefing.model import (
    Actor,
    Briefing,
    Coverage,
    DueItem,
    FollowUp,
    Item,
    Proof,
    Subject,
    WeekCount,
)
from dashboard.briefing.trend import MonthCount

TODAY = date(2026, 6, 1)
MOMENT = datetime(2026, 6, 1, tzinfo=UTC)
HELD = {"doc-0": {"sha256": "0123456789abcdef" * 4, "fetched_at": MOMENT}}


def item(number: int, title: str = "", sentence: str = "") -> Item:
    """A document of the fictional province with a sentence that proves it."""
    return Item(
        document_id=f"doc-{number}",
        title=title
        or f"云河省人民政府办公厅关于进一步推进第{number}批基本养老服务体系建设（试行）的“实施意见”",
        issuer="云河省人民政府办公厅",
        issuer_code="xs-10-government-office",
        published=TODAY - timedelta(days=number + 1),
        doc_number=f"云政办发〔2026〕{number + 3}号",
        url=f"http://www.yunhe.example/zwgk/2026/06/{number}/a_long_name_of_a_page_{number}.html?from=list&n={number}",
        region="云河省",
        level="provincial",
        source_id="sample-yunhe-gov",
        reason="topic:17-03",
        proof=Proof(
            sentence or "各市（州）应当于2026年9月30日前公布清单（含“一老一小”项目），并报省民政厅。",
            4,
            "paragraph",
        ),
        sources=2,
        validity="amended",
        status="active",
        at=None,
        sample=True,
    )


NEW = tuple(item(n) for n in range(12))
BRIEFING = Briefing(
    subject=Subject("theme", "elderly-care", "养老服务", "Care for older people"),
    since=TODAY - timedelta(days=30),
    today=TODAY,
    publication_id="20260601-000000-1",
    created_at=MOMENT,
    sample=True,
    home_region="云河省",
    coverage=Coverage(3, 2, ("澜江市人民政府",), 60, 10, MOMENT),
    new=NEW,
    new_total=14,
    changed=(replace(NEW[0], reason="changed"),),
    ended=(replace(item(20), reason="repealed", proof=Proof("本意见施行后原意见废止。", None, "metadata")),),
    due=(
        DueItem("fac-1", NEW[1], ("省民政厅",), "公布清单", TODAY + timedelta(days=29), "6月30日前", 29),
        DueItem("fac-2", NEW[2], (), "报送总结", TODAY, None, 0),
    ),
    elsewhere=(replace(item(30), region="青石省"),),
    actors=(Actor("x", "云河省人民代表大会常务委员会执法检查组", "云河省", "provincial", 12, TODAY),),
    weeks=tuple(WeekCount(TODAY - timedelta(weeks=back), back, back > 0) for back in range(11, -1, -1)),
    follow_ups=(FollowUp(NEW[3], "doc-9", "关于推进《养老服务条例》实施的意见", "implements", 40, 0.86),),
    names=(("17-03", "民政、扶贫、救灾\\社会福利"),),
)

POINT = Carried(item(40), ("省民政厅",), "报送总结", TODAY - timedelta(days=9), "evidence", item(41))
EXTRAS = Extras(
    summary=(item(0, sentence="全省新增护理型床位三千张。"),),
    findings=(
        Finding("problem", item(42, sentence="部分县护理床位不足。")),
        Finding("measure", item(43, sentence="改造闲置校舍为养老院。")),
    ),
    findings_since=TODAY - timedelta(days=90),
    due_seen=(("fac-1", item(44)),),
    carried=(
        POINT,
        *(replace(POINT, item=item(45), who=(), state="overdue", seen=None) for _ in range(9)),
    ),
    disputed=(Dispute("护理型床位占比", "2025", "云河省", (("55%", item(46)), ("60%", item(47)))),),
    states=(("in-force", 6), ("unknown", 4)),
    taking_force=((TODAY + timedelta(days=3), item(48)),),
    joint=(("xs-10-finance", "省财政厅", 2),),
    lineage=(
        Step(date(2018, 3, 17), "merged", ("省老龄办", "Ageing"), ("省民政厅", "Civil"), "", "机构改革方案"),
    ),
    months=(
        MonthCount(date(2026, 4, 1), 0, 1, True, 2, ("甲", "乙")),
        MonthCount(date(2026, 5, 1), 5, 2, True, 2, ()),
        MonthCount(date(2026, 6, 1), 1, 0, False, 0, ()),
    ),
    columns=(*(Column("term", f"措施{n}") for n in range(6)), Column("topic", "17-03")),
    rows=(
        MatrixRow("云河省", True, 2, tuple(Cell("found", n + 1) for n in range(7))),
        MatrixRow("青石省", False, 1, (*(Cell("not-found", 0) for _ in range(6)), Cell("lacking", 1, ({},)))),
    ),
    lacking=(Lacking("青石省", "17-03", item(49, sentence="尚未建立长期护理制度。")),),
    key_documents=(KeyDocument(item(50), "basis", 3, 7),),
    related=(("17-03", 4),),
    names=(("17-03", "社会福利", "Social welfare"), ("xs-10-finance", "云河省财政厅", "Finance")),
)
FULL = replace(BRIEFING, extras=EXTRAS)


def hostile(text: str) -> Briefing:
    """The briefing with `text` wherever a site decides what stands there."""
    bad = replace(
        item(0, text, text),
        issuer=text,
        doc_number=text,
        region=text,
        url=f"javascript:{text}",
        proof=Proof(text, 0, "paragraph"),
    )
    return replace(
        BRIEFING,
        new=(bad,),
        changed=(),
        ended=(),
        due=(DueItem("fac-1", bad, (text,), text, TODAY, text, 0),),
        elsewhere=(bad,),
        actors=(Actor("x", text, text, "provincial", 1, TODAY),),
        follow_ups=(FollowUp(bad, "doc-9", text, "implements", 1, 0.5),),
        coverage=replace(BRIEFING.coverage, silent=(text,)),
        extras=_hostile_extras(text, bad),
    )


def _hostile_extras(text: str, bad: Item) -> Extras:
    return replace(
        EXTRAS,
        summary=(bad,),
        due_seen=(("fac-1", bad),),
        taking_force=((TODAY, bad),),
        findings=(Finding("problem", bad),),
        carried=(Carried(bad, (text,), text, TODAY, "evidence", bad),),
        disputed=(Dispute(text, text, text, ((text, bad),)),),
        joint=(("x", text, 1),),
        lineage=(Step(TODAY, text, (text, text), (text, text), text, text),),
        columns=(Column("term", text),),
        rows=tuple(MatrixRow(text, home, 1, (Cell("found", 1),)) for home in (True, False)),
        lacking=(Lacking(text, text, bad),),
        key_documents=(KeyDocument(bad, text, 1, 2),),
        related=((text, 1),),
    )
