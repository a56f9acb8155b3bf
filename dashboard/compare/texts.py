"""The chosen texts clause by clause, figures that differ first; how much is taken over; who was first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.compare.sides import Side, not_found
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, day, quiet, section, table
from warehouse.clauses import Clause, differing
from warehouse.queries import compare
from warehouse.side_by_side import REUSED, ClauseRow, Reuse, SideBySide, first_of

_OPEN, _FOLDED, _ALONE, _FIRST = 12, 60, 25, 15
_SHORTEST = 10  # characters of a passage whose first day is told: headings are everybody's
_SIDES = "gb-changes gb-clauses"
Text = dict[str, Any] | None


def clauses_section(
    frame: Frame, sides: Sequence[Side], texts: Sequence[Text], found: SideBySide | str
) -> Markup:
    """The aligned clauses as a table with a column a side, then what stands in one text alone."""
    title = frame.say("sides.clauses-title")
    ids = [row["document_id"] for row in texts if row]
    heads = [side.name for side in sides]
    shown = table(heads, [[_title(frame, row) for row in texts]], frame.say("sides.laid"))
    laid = element("div", shown, cls=_SIDES)
    if isinstance(found, str):
        return section(title, laid, quiet(frame.say(found)), basis_of(frame, ids), anchor="clauses")
    ordered = sorted(found.rows, key=lambda row: (not row.moved, row.same, -len(row.held)))
    moved = sum(row.moved for row in ordered)
    told = frame.say("sides.clauses", n=len(ordered), moved=moved, same=sum(row.same for row in ordered))
    lines = [[_clause(frame, row, at, texts) for at in range(len(texts))] for row in ordered]
    rest = lines[_OPEN : _OPEN + _FOLDED]
    more = element(
        "details", element("summary", frame.say("cascade.more", n=len(rest))), table(heads, rest, title)
    )
    return section(
        title,
        laid,
        element("p", told, data_rows=len(ordered), data_moved=moved),
        element("p", frame.say("cascade.left-out", n=found.left_out), cls="gb-note")
        if found.left_out
        else None,
        element("div", table(heads, lines[:_OPEN], title), more if rest else None, cls=_SIDES)
        if lines
        else quiet(frame.say("sides.no-clauses")),
        *(_alone(frame, side, row, some) for side, row, some in zip(sides, texts, found.alone, strict=True)),
        basis_of(frame, ids),
        note=frame.say("sides.clauses-note"),
        anchor="clauses",
    )


def reuse_section(frame: Frame, sides: Sequence[Side], texts: Sequence[Text], found: SideBySide) -> Markup:
    """How much of each text stands in each other, and the passages with the day they were first held."""
    title = frame.say("sides.reuse-title")
    shares = {(one.of, one.other): one for one in found.reuse}
    heads = [frame.say("sides.head-text"), *(frame.say("sides.in", name=side.name) for side in sides)]
    lines = [
        [side.name, *(_share(frame, shares.get((at, other)), at == other) for other in range(len(sides)))]
        for at, side in enumerate(sides)
    ]
    numeric = frozenset(range(1, len(heads)))
    days = [row["published"] if row else None for row in texts]
    passages = [
        (row, order)
        for row in found.rows
        if row.likeness >= REUSED and _longest(row) >= _SHORTEST and len(order := first_of(row, days)) > 1
    ]
    passages.sort(key=lambda one: (-len(one[1]), -_longest(one[0])))
    ids = [row["document_id"] for row in texts if row]
    return section(
        title,
        table(heads, lines, title, numeric),
        element("h3", frame.say("sides.first-title", n=len(passages))),
        _passages(frame, sides, texts, passages[:_FIRST])
        if passages
        else quiet(frame.say("sides.no-passages")),
        element("p", frame.say("sides.first-note"), cls="gb-note"),
        _copies(frame, sides),
        basis_of(frame, ids),
        note=frame.say("sides.reuse-note", share=f"{REUSED:.0%}"),
        anchor="reuse",
    )


def _copies(frame: Frame, sides: Sequence[Side]) -> Markup | None:
    """Documents of two sides that publication found to be nearly the same text; None without any."""
    of = {row["document_id"]: (side, row) for side in sides for row in side.documents}
    pairs = [
        one
        for one in frame.read(compare.near_pairs, tuple(sorted(of)))
        if of[one["document_id"]][0] is not of[one["other_id"]][0]
    ]
    if not pairs:
        return None
    items = []
    for one in pairs[:_FIRST]:
        (side, row), (other_side, other) = of[one["document_id"]], of[one["other_id"]]
        first = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])
        second = frame.link(other["title"] or frame.say("word.untitled"), "doc", id=other["document_id"])
        told = frame.say("sides.near", share=f"{one['similarity']:.0%}")
        items.append(element("li", side.name, " ", first, " — ", other_side.name, " ", second, " ", told))
    return join((element("h3", frame.say("sides.near-title", n=len(pairs))), element("ul", *items)))


def to_clause(frame: Frame, document_id: str, one: Clause) -> Markup:
    """A link to the clause in the original, marked there."""
    number = one.paragraph + 1
    at = f"{one.start}-{one.start + len(one.text)}"
    return frame.link(
        frame.say("doc.paragraph", n=number), "doc", "gb-at", id=document_id, para=number, at=at
    )


def _passages(
    frame: Frame, sides: Sequence[Side], texts: Sequence[Text],
    passages: Sequence[tuple[ClauseRow, list[tuple[int, int]]]],
) -> Markup:  # fmt: skip
    lines: list[list[Child]] = []
    for row, order in passages:
        first = order[0][0]
        clause, text = row.clauses[first], texts[first]
        assert clause is not None
        assert text is not None
        later = [element("li", *_later(frame, sides, texts, row, at, lag)) for at, lag in order[1:]]
        where = [
            sides[first].name,
            " ",
            day(frame, text["published"]),
            " ",
            to_clause(frame, text["document_id"], clause),
        ]
        lines.append(
            [element("span", "“", clause.text, "”"), join(where), element("ul", *later, cls="gb-citations")]
        )
    heads = [frame.say(f"sides.head-{name}") for name in ("passage", "first", "later")]
    return element("div", table(heads, lines, frame.say("sides.first-title", n=len(lines))), cls=_SIDES)


def _later(
    frame: Frame, sides: Sequence[Side], texts: Sequence[Text], row: ClauseRow, at: int, lag: int
) -> list[Child]:
    clause, text = row.clauses[at], texts[at]
    assert clause is not None
    assert text is not None
    told = frame.say("sides.lag", n=lag) if lag else frame.say("sides.same-day")
    return [sides[at].name, " ", told, " ", to_clause(frame, text["document_id"], clause)]


def _share(frame: Frame, one: Reuse | None, itself: bool) -> Child:
    if itself:
        return element("span", "—", cls="gb-quiet")
    if one is None:
        return not_found(frame)
    return frame.say("sides.share", share=f"{one.share:.0%}", n=one.clauses)


def _title(frame: Frame, row: Text) -> Child:
    if row is None:
        return not_found(frame)
    title = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])
    return join((title, " ", element("span", day(frame, row["published"]), cls="gb-remark")))


def _clause(frame: Frame, row: ClauseRow, at: int, texts: Sequence[Text]) -> Child:
    """One text's clause; what it alone has against the first of the row is marked."""
    one, text = row.clauses[at], texts[at]
    if one is None or text is None:
        return not_found(frame)
    first = row.held[0]
    shown: list[Child] = [one.text]
    if at != first:
        base = row.clauses[first]
        assert base is not None
        shown = [
            words if kind == "equal" else element("ins", words)
            for kind, words in differing(base.text, one.text)
            if kind != "gone"
        ]
    return join((to_clause(frame, text["document_id"], one), " ", element("span", *shown, cls="gb-compared")))


def _alone(frame: Frame, side: Side, text: Text, some: Sequence[Clause]) -> Markup | None:
    if text is None or not some:
        return None
    items = (
        element("li", to_clause(frame, text["document_id"], one), " ", one.text) for one in some[:_ALONE]
    )
    told = frame.say("sides.alone", name=side.name, n=len(some))
    cut = element("p", frame.say("sides.alone-cut", n=_ALONE), cls="gb-note") if len(some) > _ALONE else None
    return element("details", element("summary", told), element("ul", *items, cls="gb-changes"), cut)


def _longest(row: ClauseRow) -> int:
    return max(len(one.text) for one in row.clauses if one is not None)
