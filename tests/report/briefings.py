"""Briefings made by hand: long enough for several pages, with all that is hard to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

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
    )
