"""The sections of a report, each a function from a briefing; `SECTIONS` is their order, that of the page.

A section that has nothing to say is None where silence says nothing (follow-ups), else a heading with "none".
To add one, write a function and name it in `SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard.briefing.model import Briefing, DueItem, Item
from dashboard.report import beside, figures
from dashboard.report.blocks import section_of, table_of, title_of
from dashboard.report.model import Block, Entry, Paragraph, Point, Section
from dashboard.report.references import Sources
from dashboard.report.words import Words

MakeSection = Callable[[Briefing, Words, Sources], Section | None]


def new(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """The documents published in the period, and how many more there are than listed."""
    blocks: list[Block] = _entries(briefing.new, words, sources)
    if briefing.new_total > len(briefing.new):
        blocks.append(Paragraph(words.say("more", more=briefing.new_total - len(briefing.new))))
    return section_of(words.say("new", total=briefing.new_total), blocks, words)


def changed(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Documents whose site changed them in the period."""
    return section_of(words.say("changed"), _entries(briefing.changed, words, sources), words)


def ended(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """What was repealed, ran out or was taken away."""
    return section_of(words.say("ended"), _entries(briefing.ended, words, sources), words)


def due(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Duties that fall due, each with the sentence that says so and, where it was looked for, its state."""
    extras = briefing.extras
    seen = dict(extras.due_seen) if extras else {}
    blocks: list[Block] = []
    for one in briefing.due:
        proof = seen.get(one.fact_id)
        blocks.append(_duty(one, words, sources, "due" if extras else ""))
        if proof:  # before its day it may be a plan for it as well as the deed
            blocks.append(beside.later_line(proof, words, sources))
    return section_of(words.say("due"), blocks, words)


def elsewhere(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """One line each: the documents stand among the new ones with all particulars."""
    points = [
        Point(
            words.say("of_region", region=item.region or "—", title=title_of(item, words)),
            sources.number(item),
        )
        for item in briefing.elsewhere
    ]
    return section_of(words.say("elsewhere"), points, words)


def follow_ups(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Left out when there are none: that nothing was found says nothing."""
    if not briefing.follow_ups:
        return None
    entries: list[Block] = [
        Entry(
            title_of(one.item, words),
            (
                words.say(
                    "follow_up",
                    parent=words.titled(one.parent_title),
                    relation=words.code("relations", one.relation) or one.relation,
                    days=one.lag_days,
                    sure=f"{one.confidence:.2f}",
                ),
            ),
            sources.number(one.item),
        )
        for one in briefing.follow_ups
    ]
    return Section(words.say("follow_ups"), (*entries, Paragraph(words.say("follow_note"))))


def actors(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """Who published on the subject in the period."""
    rows = tuple(
        (words.listed([one.name]), words.listed([one.region]), str(one.documents), str(one.latest or ""))
        for one in briefing.actors
    )
    tables = [table_of(words.say("actor_head"), rows, (2,))] if rows else []
    return section_of(words.say("actors"), tables, words)


def weeks(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """How much came out week by week; left out where months are told."""
    if briefing.extras is not None:
        return None
    rows = tuple(
        (f"{week.week}{'' if week.complete else words.say('running')}", str(week.documents))
        for week in briefing.weeks
    )
    tables = [table_of(words.say("week_head"), rows, (1,))] if rows else []
    return section_of(words.say("weeks"), tables, words)


SECTIONS: tuple[MakeSection, ...] = (
    beside.summary, new, changed, ended, beside.findings, due, beside.carried, beside.disputed, figures.force,
    elsewhere, follow_ups, figures.joint, figures.lineage, figures.months, actors, weeks, figures.matrix,
    beside.key_documents, figures.related,
)  # fmt: skip


def _entries(items: Iterable[Item], words: Words, sources: Sources) -> list[Block]:
    return [_entry(item, words, sources) for item in items]


def _entry(item: Item, words: Words, sources: Sources) -> Entry:
    lines = [_facts(item, words), words.say("reason", reason=words.reason(item.reason))]
    if item.evidence and item.evidence.sentence:
        lines.append(words.say("evidence", proof=words.proof(item.evidence)))
    return Entry(title_of(item, words), tuple(line for line in lines if line), sources.number(item))


def _facts(item: Item, words: Words) -> str:
    """Day, issuer, number, region where the issuer's name does not say it, validity, number of sources."""
    elsewhere_said = (item.region or "\0") in (item.issuer or "")
    told = words.listed(
        (
            words.day(item.published),
            item.issuer,
            item.doc_number,
            None if elsewhere_said else item.region,
            words.code("validity", item.validity),
            words.say("sources_held", n=item.sources) if item.sources > 1 else None,
        )
    )
    return told + words.say("stop") if told else ""


def _duty(duty: DueItem, words: Words, sources: Sources, state: str) -> Entry:
    key = "due_line" if duty.days_left > 0 else "due_past" if duty.days_left < 0 else "due_today"
    when = words.say(key, due=words.day(duty.due), days=abs(duty.days_left))
    who = words.beside(duty.who)
    lines = [words.say("due_from", titled=words.titled(duty.item.title))]
    if duty.item.proof:
        lines.append(words.say("duty_text", proof=words.proof(duty.item.proof)))
    if state:
        lines.append(words.say("due_state", state=words.code("states", state)))
    title = words.say("due_title" if who else "due_nobody", when=when, who=who, what=duty.what)
    return Entry(title, tuple(lines), sources.number(duty.item))
