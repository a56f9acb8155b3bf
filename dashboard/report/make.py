"""From a briefing to the report that is printed: masthead, lead, sections, provenance, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.briefing.model import Briefing
from dashboard.report.model import Masthead, Report
from dashboard.report.references import Sources
from dashboard.report.sections import SECTIONS
from dashboard.report.words import Words
from warehouse.home import ReportLook


def report_of(
    briefing: Briefing,
    language: str = "zh",
    look: ReportLook | None = None,
    held: Mapping[str, Mapping[str, Any]] | None = None,
    issue: str = "",
) -> Report:
    """The report on a briefing. `held` has `sha256` and `fetched_at` of the archived copy by document id.

    UserError when a mark, unit or series claims a degree of secrecy.
    """
    words = Words(language, briefing.names, briefing.timezone)
    sources = Sources(words, held or {})
    sections = tuple(section for make in SECTIONS if (section := make(briefing, words, sources)) is not None)
    return Report(
        language=words.language,
        title=words.say("title", name=briefing.subject.name(words.language)),
        dateline=words.say("period", since=words.day(briefing.since), today=words.day(briefing.today)),
        day=briefing.today,
        masthead=_masthead(look or ReportLook(), issue, words),
        sample=words.say("sample") if briefing.sample else "",
        sample_mark=words.say("sample_mark") if briefing.sample else "",
        lead=(_lead(briefing, words),),
        sections=sections,
        provenance=tuple(_provenance(briefing, words)),
        reference_heading=words.say("references"),
        references=sources.all,
        publication_id=briefing.publication_id,
        subject=words.listed([briefing.subject.name(words.language)]),
    )


def _masthead(look: ReportLook, issue: str, words: Words) -> Masthead:
    number = words.say("issue", n=issue) if issue.isdigit() else words.listed([issue])
    return Masthead(
        series=words.listed([look.series]),
        issue=number,
        unit=words.listed([look.unit]),
        mark=words.listed([look.mark]),
        red_head=words.listed([look.red_head]),
    )


def _lead(briefing: Briefing, words: Words) -> str:
    """What the period brought, in one sentence of counts; that nothing was found is said with its meaning."""
    if briefing.quiet:
        return words.say("nothing")
    counts = {
        "new": briefing.new_total,
        "changed": len(briefing.changed),
        "ended": len(briefing.ended),
        "due": len(briefing.due),
    }
    told = words.listed(words.say(f"lead_{name}", n=count) for name, count in counts.items() if count)
    return words.say("lead", told=told)


def _provenance(briefing: Briefing, words: Words) -> list[str]:
    coverage = briefing.coverage
    told = [
        words.say(
            "coverage" if coverage.sources else "imported",
            ok=coverage.sources_ok,
            sources=coverage.sources,
            members=coverage.members,
            documents=coverage.documents,
            until=words.moment(coverage.data_until),
            publication=briefing.publication_id,
        )
    ]
    if coverage.silent:
        told.append(words.say("silent", names=words.listed(coverage.silent)))
    return [*told, words.say("footer")]
