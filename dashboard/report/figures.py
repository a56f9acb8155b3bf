"""Sections of a report that are tables: validity, months, regions by measure, classes and bodies beside."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.briefing.extras import Extras
from dashboard.briefing.matrix import Cell, Column, MatrixRow
from dashboard.briefing.model import Briefing
from dashboard.briefing.questions import AHEAD
from dashboard.briefing.trend import MonthCount
from dashboard.report.beside import called
from dashboard.report.blocks import table_of
from dashboard.report.model import Block, Paragraph, Point, Section, Table
from dashboard.report.references import Sources
from dashboard.report.words import Words

ABREAST = 5  # columns of a matrix that one table of a page can hold


def force(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Documents by validity, the state nobody stated as readily as the others, and what takes force."""
    extras = briefing.extras
    if extras is None:
        return None
    rows = ((words.code("standing", state), str(n)) for state, n in extras.states)
    blocks: list[Block] = [table_of(words.say("force_head"), rows, (1,))]
    blocks += [
        Point(words.say("taking", day=words.day(day), titled=words.titled(item.title)), sources.number(item))
        for day, item in extras.taking_force
    ]
    if not extras.taking_force:
        blocks.append(Paragraph(words.say("taking_none", days=AHEAD)))
    return Section(words.say("force"), (*blocks, Paragraph(words.say("force_note"))))


def joint(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """With whom a body issues together."""
    extras = briefing.extras
    if extras is None or not extras.joint:
        return None
    rows = ((words.listed([called(extras, words, code, name)]), str(n)) for code, name, n in extras.joint)
    return Section(words.say("joint"), (table_of(words.say("joint_head"), rows, (1,)),))


def lineage(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """What a body was made of and what became of it, with the act that decided it."""
    extras = briefing.extras
    if extras is None or not extras.lineage:
        return None
    steps = (
        words.say(
            "step",
            day=words.day(one.day),
            kind=words.code("steps", one.kind) or one.kind,
            before=_of(one.before, words),
            after=_of(one.after, words),
            told=words.listed((one.what, one.act)),
        )
        for one in extras.lineage
    )
    return Section(words.say("lineage"), tuple(Paragraph(step) for step in steps))


def _of(names: tuple[str, str], words: Words) -> str:
    zh, en = names
    return (en or zh) if words.language == "en" else (zh or en)


def months(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """Twenty-four months beside those of the year before; a month nobody was heard in is no nought."""
    extras = briefing.extras
    if extras is None or not any(one.documents or one.a_year_before for one in extras.months):
        return None
    rows = [
        (
            f"{one.month:%Y-%m}{'' if one.complete else words.say('running_month')}",
            "—" if one.is_gap else str(one.documents),
            str(one.a_year_before),
            _heard(one, words),
        )
        for one in reversed(extras.months)
    ]
    whole = [one for one in extras.months if one.complete][-12:]
    told = words.say(
        "months_told", n=sum(one.documents for one in whole), before=sum(one.a_year_before for one in whole)
    )
    table = table_of(words.say("months_head"), rows, (1, 2))
    return Section(words.say("months"), (Paragraph(told), table, Paragraph(words.say("months_note"))))


def _heard(one: MonthCount, words: Words) -> str:
    if one.heard == "unknown":
        return words.say("heard_unknown")
    return f"{one.sources - len(one.silent)}/{one.sources}"


def matrix(briefing: Briefing, words: Words, sources: Sources) -> Section | None:
    """Region by measure in tables that fit a page; each 'there is none' with its sentence below."""
    extras = briefing.extras
    if extras is None or not extras.columns or len(extras.rows) < 2:
        return None
    columns = extras.columns
    blocks: list[Block] = [
        _part(extras, range(at, min(at + ABREAST, len(columns))), words)
        for at in range(0, len(columns), ABREAST)
    ]
    for one in extras.lacking:
        assert one.item.proof is not None
        measure = called(extras, words, one.column)
        told = words.say("lacking", region=one.region, measure=measure, proof=words.proof(one.item.proof))
        blocks.append(Point(told, sources.number(one.item)))
    return Section(words.say("matrix"), (*blocks, Paragraph(words.say("matrix_note"))))


def _part(extras: Extras, places: Sequence[int], words: Words) -> Table:
    heads = [words.say("matrix_region"), *(_measure(extras, extras.columns[n], words) for n in places)]
    rows = tuple((_region(row, words), *(_cell(row.cells[n], words) for n in places)) for row in extras.rows)
    return Table(tuple(heads), rows)


def _measure(extras: Extras, column: Column, words: Words) -> str:
    name = called(extras, words, column.key) if column.kind == "topic" else column.key
    return words.listed([name])


def _region(row: MatrixRow, words: Words) -> str:
    key = "matrix_home" if row.home else "matrix_place"
    return words.say(key, region=row.region, n=row.sources)


def _cell(one: Cell, words: Words) -> str:
    told = words.code("cells", one.state)
    return told if one.state == "not-found" else f"{told} {one.documents}"


def related(briefing: Briefing, words: Words, _sources: Sources) -> Section | None:
    """Topic classes that stand beside the subject in the documents of a year; of a region, its own."""
    extras = briefing.extras
    if extras is None or not extras.related:
        return None
    kind = "topics" if briefing.subject.kind == "region" else "related"
    rows = ((words.listed([called(extras, words, code)]), str(n)) for code, n in extras.related)
    table = table_of(words.say("related_head"), rows, (1,))
    return Section(words.say(kind), (table, Paragraph(words.say(f"{kind}_note"))))
