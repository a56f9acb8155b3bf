"""Filling the sections of a draft: each line from a document ends with its reference, figures are blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from dashboard.briefing.model import Item
from dashboard.drafting.grammar import mark_text
from dashboard.drafting.lines import (
    document_line,
    figure_block,
    gap,
    plain,
    quoted,
    sentence_line,
    source,
    spoken_day,
    titled,
)
from dashboard.drafting.material import Material
from dashboard.drafting.model import Mark
from dashboard.drafting.templates import Fill, Section, Template
from dashboard.words import known, say
from warehouse.desk.drafts.merging import refreshed
from warehouse.desk.drafts.units import joined, units
from warehouse.desk.searches import SavedSearch
from warehouse.errors import UserError

FIGURES = {
    "trend": "trend", "matrix": "matrix", "actors": "actors", "targets": "targets", "due-table": "due",
}  # fmt: skip
_TELLING = 12  # new documents of which a sentence is told; the others by their title alone
_HEADING = re.compile(r"^ {0,3}#{1,2} +(?P<said>.*?)[ #]*$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
MakeLines = Callable[[Material, Fill], Iterable[str]]


def begun(template: Template, material: Material) -> tuple[str, dict[str, str]]:
    """The first text of a draft, and what was put into each section."""
    fills = {section.key: filled(section, material) for section in template.sections}
    parts = (f"## {section.heading}\n\n{fills[section.key]}" for section in template.sections)
    return "\n\n".join(parts) + "\n", fills


def filled(section: Section, material: Material) -> str:
    """The text of one section; where nothing was found it says so, and what a person writes is a gap."""
    language = material.language
    if not section.fills:
        return gap(language, section.guidance[1 if language == "en" else 0])
    blocks: list[str] = []
    told: set[str] = set()
    for fill in section.fills:
        lines = [one for one in dict.fromkeys(_lines(material, fill)) if one not in told][: fill.most]
        told.update(lines)
        if lines:
            blocks.append(("\n\n" if any("\n" in one for one in lines) else "\n").join(lines))
    return "\n\n".join(blocks) or say(language, "filled.nothing")


def refilled(text: str, section: Section, before: str, new: str) -> str:
    """The draft's text with a section filled anew; what a person wrote or took out in it stays so.

    `before` is what the program last put there. A UserError when the text has no such section any more.
    """
    place = section_place(text, section.heading)
    if place is None:
        raise UserError(
            f"section '{section.heading}': the draft has no such heading; write '## {section.heading}'."
        )
    start, end = place
    lines = text.split("\n")
    now = "\n".join(lines[start:end]).strip("\n")
    made = new if now.strip() == before.strip() else _without_nothing(refreshed(before, now, new))
    middle = ["", *made.strip("\n").split("\n"), ""] if made.strip() else [""]
    return "\n".join([*lines[:start], *middle, *lines[end:]]).rstrip("\n") + "\n"


def _without_nothing(text: str) -> str:
    """A section in which something stands does not say that nothing was found."""
    nothing = {say(language, "filled.nothing") for language in ("zh", "en")}
    kept = [one for one in units(text) if one.content not in nothing]
    return joined(kept) or text


def section_place(text: str, heading: str) -> tuple[int, int] | None:
    """The lines between a heading and the next one of its level or above; None when it is not there."""
    start, fence = None, ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        marks = _FENCE.match(line)
        if marks and (not fence or marks[1] == fence):
            fence = "" if fence else marks[1]
        found = None if fence else _HEADING.match(line)
        if found and start is not None:
            return start, number
        if found and found["said"].strip() == heading:
            start = number + 1
    return (start, len(lines)) if start is not None else None


def _lines(material: Material, fill: Fill) -> Iterable[str]:
    if fill.search:
        return _found(material, fill, material.named(fill.search))
    if fill.part in FIGURES:
        return [figure_block(FIGURES[fill.part], material.briefing.subject.key)]
    return _MAKERS[fill.part](material, fill)


def _summary(material: Material, _fill: Fill) -> Iterator[str]:
    for item in material.extras.summary:
        if item.proof and material.may_quote(item.document_id, item.proof.sentence):
            yield sentence_line(material.language, item.document_id, item.proof.sentence)


def _new(material: Material, fill: Fill) -> Iterator[str]:
    for place, item in enumerate(material.briefing.new[: fill.most]):
        said = material.telling(item.document_id) if place < _TELLING else None
        yield document_line(material.language, item, said)


def _changed(material: Material, _fill: Fill) -> Iterator[str]:
    before = say(material.language, "filled.changed")
    return (document_line(material.language, item, before=before) for item in material.briefing.changed)


def _ended(material: Material, _fill: Fill) -> Iterator[str]:
    for item in material.briefing.ended:
        state = "withdrawn" if item.status == "withdrawn" else item.validity
        called = say(material.language, f"state.{state}")
        before = say(material.language, "filled.state", state=called)
        yield document_line(material.language, item, before=before)


def _due(material: Material, _fill: Fill) -> Iterator[str]:
    """Without the computed day: a report prints days as the document has them, the table has the others."""
    for one in material.briefing.due:
        if one.item.proof is not None:
            yield from _duty(material, one.item, one.who, "")


def _carried(material: Material, _fill: Fill) -> Iterator[str]:
    for one in material.extras.carried:
        state = known(material.language, f"filled.carried-{one.state}", "")
        yield from _duty(material, one.item, one.who, state)
        if one.seen is not None:
            yield document_line(material.language, one.seen, before=say(material.language, "filled.seen"))


def _duty(material: Material, item: Item, who: tuple[str, ...], state: str) -> Iterator[str]:
    language = material.language
    assert item.proof is not None
    bearers = say(language, "filled.between").join(plain(one) for one in who)
    before = say(language, "filled.who", who=bearers) if bearers else ""
    if state:
        before = say(language, "filled.state", state=state) + before
    if material.may_quote(item.document_id, item.proof.sentence):
        yield sentence_line(language, item.document_id, item.proof.sentence, before)
    else:
        yield document_line(language, item, before=before)


def _open_points(material: Material, _fill: Fill) -> Iterator[str]:
    return (f"- {' '.join(point.split())}" for point in material.points)


def _disputed(material: Material, _fill: Fill) -> Iterator[str]:
    language = material.language
    for one in material.extras.disputed:
        about = say(language, "filled.disputed", what=plain(one.indicator), region=plain(one.region))
        said = [
            f"{titled(language, item.title)}{quoted(item.proof.sentence)}{source(item.document_id)}"
            for _, item in one.figures
            if item.proof and material.may_quote(item.document_id, item.proof.sentence)
        ]
        if len(said) > 1:
            yield f"- {about}{say(language, 'filled.semicolon').join(said)}"


def _findings(kind: str) -> MakeLines:
    def lines(material: Material, _fill: Fill) -> Iterator[str]:
        before = say(material.language, f"filled.{kind}")
        for one in material.extras.findings:
            proof = one.item.proof
            if one.kind == kind and proof and material.may_quote(one.item.document_id, proof.sentence):
                yield sentence_line(material.language, one.item.document_id, proof.sentence, before)

    return lines


def _key_documents(material: Material, _fill: Fill) -> Iterator[str]:
    return (document_line(material.language, one.item) for one in material.extras.key_documents)


def _elsewhere(material: Material, _fill: Fill) -> Iterator[str]:
    for item in material.briefing.elsewhere:
        before = say(material.language, "filled.region", region=plain(item.region)) if item.region else ""
        yield document_line(material.language, item, before=before)


def _texts(material: Material, fill: Fill) -> Iterator[str]:
    """Each document under a heading of its own: what it is, whether it holds, and what it says."""
    for item in material.briefing.new[: fill.most]:
        yield _text(material, item)


def _text(material: Material, item: Item) -> str:
    language = material.language
    rows = (
        ("issuer", plain(item.issuer)),
        ("number", plain(item.doc_number)),
        ("day", spoken_day(language, item.published)),
        ("force", say(language, f"state.{item.validity}")),
    )
    facts = [say(language, f"filled.of-{name}", told=told) for name, told in rows if told]
    said = material.telling(item.document_id)
    excerpt = f"\n\n> {plain(said)}{source(item.document_id)}" if said else ""
    told = say(language, "filled.semicolon").join(facts) + say(language, "filled.stop")
    return f"### {plain(item.title)}\n\n{told}{source(item.document_id)}{excerpt}"


def _basket(material: Material, _fill: Fill) -> Iterator[str]:
    """Passages that are fit to be quoted; those that must be looked at again are left to a person."""
    for item in material.basket:
        if item.state == "held":
            mark = mark_text(Mark(0, "evidence", str(item.item_id)))
            yield f"- {quoted(item.passage.text)}{mark}"


def _searches(material: Material, fill: Fill) -> Iterator[str]:
    told: set[str] = set()
    for saved in material.searches:
        for line in _found(material, fill, saved):
            if line not in told:
                told.add(line)
                yield line


def _found(material: Material, fill: Fill, saved: SavedSearch) -> Iterator[str]:
    return (document_line(material.language, item) for item in material.hits(saved, fill.most))


_MAKERS: Mapping[str, MakeLines] = {
    "summary": _summary, "new": _new, "changed": _changed, "ended": _ended, "due": _due, "carried": _carried,
    "open-points": _open_points, "disputed": _disputed, "problems": _findings("problem"),
    "measures": _findings("measure"), "key-documents": _key_documents, "elsewhere": _elsewhere,
    "texts": _texts, "basket": _basket, "searches": _searches,
}  # fmt: skip
