"""Sections of what a briefing tells beside its lists, as the page shows it; each rests on `Briefing.extras`.

A section is None where the briefing was made of lists alone, and where silence says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.briefing.extras import Carried, Extras, Finding
from dashboard.briefing.model import Briefing, Item
from dashboard.report.blocks import section_of, title_of
from dashboard.report.model import Block, Entry, Paragraph, Point, Section
from dashboard.report.references import Sources
from dashboard.report.words import Words

CARRIED = 8  # points that are listed of those carried over; all are counted
_STATES = ("overdue", "unnamed", "moved", "ended", "evidence", "due")


def summary(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Sentences out of the period's own documents, each with its place."""
    extras = briefing.extras
    if extras is None or not extras.summary:
        return None
    points = [
        Point(words.proof(one.proof), sources.number(one)) for one in extras.summary if one.proof is not None
    ]
    return Section(words.say("summary"), (*points, Paragraph(words.say("summary_note"))))


def findings(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Sentences that name a problem or a measure; candidates, and called so."""
    extras = briefing.extras
    if extras is None or not extras.findings:
        return None
    blocks = [_finding(one, words, sources) for one in extras.findings]
    note = words.say("findings_note", since=words.day(extras.findings_since))
    return Section(words.say("findings"), (*blocks, Paragraph(note)))


def _finding(one: Finding, words: Words, sources: Sources) -> Point:
    assert one.item.proof is not None
    told = words.say("finding", kind=words.code("kinds", one.kind), proof=words.proof(one.item.proof))
    return Point(told, sources.number(one.item))


def carried(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """What the briefing before listed as open or due, counted by what became of it."""
    extras = briefing.extras
    if extras is None:
        return None
    if not extras.carried:
        return section_of(words.say("carried"), (Paragraph(words.say("carried_none")),), words)
    counted = words.listed(
        words.say("carried_count", state=words.code("states", state), n=n)
        for state in _STATES
        if (n := sum(one.state == state for one in extras.carried))
    )
    blocks: list[Block] = [Paragraph(counted + words.say("stop"))]
    for one in extras.carried[:CARRIED]:
        blocks += _point(one, words, sources)
    if len(extras.carried) > CARRIED:
        blocks.append(Paragraph(words.say("more_points", more=len(extras.carried) - CARRIED)))
    note = words.say("carried_note", issued=words.day(briefing.since))
    return Section(words.say("carried"), (*blocks, Paragraph(note)))


def _point(one: Carried, words: Words, sources: Sources) -> Iterator[Block]:
    """The point with its sentence, then what was seen of it, each with its own source."""
    who = words.beside(one.who)
    state = words.code("states", one.state)
    key = "carried_title" if who else "carried_nobody"
    title = words.say(key, due=words.day(one.due), who=who, what=one.what, state=state)
    lines = [words.say("due_from", titled=words.titled(one.item.title))]
    if one.item.proof:
        lines.append(words.say("duty_text", proof=words.proof(one.item.proof)))
    yield Entry(title, tuple(lines), sources.number(one.item))
    if one.seen is not None:
        yield _paper("seen" if one.state == "evidence" else "later", one.seen, words, sources)


def later_line(seen: Item, words: Words, sources: Sources) -> Paragraph:
    """A later document of a bearer that speaks of its duty, whose day is still to come."""
    return _paper("later", seen, words, sources)


def _paper(key: str, seen: Item, words: Words, sources: Sources) -> Paragraph:
    told = words.say(key, titled=words.titled(seen.title), day=words.day(seen.published))
    return Paragraph(told, sources.number(seen))


def disputed(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Figures that differ for one aim: a request to look."""
    extras = briefing.extras
    if extras is None or not extras.disputed:
        return None
    blocks: list[Block] = []
    for one in extras.disputed:
        told = words.say("dispute", indicator=one.indicator, year=one.year, region=one.region)
        blocks.append(Paragraph(told))
        blocks += [
            Point(words.say("stated", figure=figure, titled=words.titled(item.title),
                            day=words.day(item.published),
                            proof=words.proof(item.proof) if item.proof else ""), sources.number(item))
            for figure, item in one.figures
        ]  # fmt: skip
    return Section(words.say("disputed"), (*blocks, Paragraph(words.say("disputed_note"))))


def key_documents(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """What the others rest on, most often cited first."""
    extras = briefing.extras
    if extras is None or not extras.key_documents:
        return None
    entries = [
        Entry(
            title_of(one.item, words),
            (words.say("cited", n=one.cited_by, place=f"{one.place:,}",
                       relation=words.code("relations", one.relation) or one.relation),),
            sources.number(one.item),
        )
        for one in extras.key_documents
    ]  # fmt: skip
    return Section(words.say("key"), (*entries, Paragraph(words.say("key_note"))))


def called(extras: Extras, words: Words, code: str, printed: str = "") -> str:
    """A class or body by its code in the paper's language."""
    for known, zh, en in extras.names:
        if known == code:
            return (en or zh) if words.language == "en" else (zh or en)
    return printed or code
