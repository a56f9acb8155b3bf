"""Upper and lower text beside each other: what was kept, in which words and figures, what came or went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.cascade.follower import may_show
from dashboard.folding import folded, folded_list
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, quiet, section, table
from warehouse.clauses import Alignment, Clause, Pair, differing
from warehouse.queries import cascades

_UNFOLDED = 12  # clauses of a list that stand open


def texts_section(frame: Frame, upper: Mapping[str, Any], lower: Mapping[str, Any]) -> Markup:
    """One follower beside the document of this page, bounded in work and length."""
    one, other = str(upper["document_id"]), str(lower["document_id"])
    title = frame.say("cascade.texts-title")
    head = element(
        "p",
        frame.link(upper["title"] or frame.say("word.untitled"), "doc", id=one),
        " → ",
        frame.link(lower["title"] or frame.say("word.untitled"), "doc", id=other),
    )
    if upper["language"] != lower["language"]:
        return section(title, head, quiet(frame.say("cascade.other-language")), anchor="texts")
    if not may_show(frame, one, other):
        return section(title, head, quiet(frame.say("cascade.not-shown")), anchor="texts")
    found = frame.read(cascades.side_by_side, one, other)
    if not (found.pairs or found.added or found.dropped):
        return section(title, head, quiet(frame.say("cascade.no-text")), anchor="texts")
    moved = sum(1 for pair in found.pairs if any(pair.figures))
    told = frame.say(
        "cascade.texts",
        kept=len(found.pairs),
        moved=moved,
        added=len(found.added),
        dropped=len(found.dropped),
    )
    cut = element("p", frame.say("cascade.left-out", n=found.left_out), cls="gb-note")
    return section(
        title,
        head,
        element("p", told, **_counts(found)),
        cut if found.left_out else None,
        _kept(frame, one, other, found.pairs),
        _only(frame, "added", other, found.added),
        _only(frame, "dropped", one, found.dropped),
        basis_of(frame, (one, other)),
        note=frame.say("cascade.texts-note"),
        anchor="texts",
    )


def _counts(found: Alignment) -> dict[str, int]:
    """The figures for whoever reads the page by program."""
    return {
        "data_kept": len(found.pairs), "data_added": len(found.added), "data_dropped": len(found.dropped)
    }  # fmt: skip


def _kept(frame: Frame, upper: str, lower: str, pairs: Sequence[Pair]) -> Markup | None:
    """Those whose figures moved first: they are what a reader looks for."""
    if not pairs:
        return None
    ordered = sorted(pairs, key=lambda one: (not any(one.figures), one.upper.paragraph, one.upper.start))
    heads = [frame.say(f"cascade.head-{name}") for name in ("upper", "lower", "figures")]
    rows = [
        (
            join((_place(frame, upper, one.upper), " ", _words(one, "gone"))),
            join((_place(frame, lower, one.lower), " ", _words(one, "come"))),
            _figures(frame, one),
        )
        for one in ordered
    ]
    title = frame.say("cascade.kept", n=len(pairs))
    shown = folded(frame, rows, _UNFOLDED, lambda some: table(heads, some, title))
    return join((element("h3", title), element("div", *shown, cls="gb-changes gb-clauses gb-figures")))


def _words(pair: Pair, shown: str) -> Markup:
    """One side of a pair: what it shares with the other plain, what it alone has marked."""
    tag = "del" if shown == "gone" else "ins"
    parts: list[Child] = [
        words if kind == "equal" else element(tag, words)
        for kind, words in differing(pair.upper.text, pair.lower.text)
        if kind in ("equal", shown)
    ]
    return element("span", *parts, cls="gb-compared")


def _figures(frame: Frame, pair: Pair) -> Markup | str:
    if not any(pair.figures):
        return frame.say("cascade.same") if pair.same else frame.say("cascade.reworded")
    none = frame.say("cascade.none")
    was, now = ("、".join(one) or none for one in pair.figures)
    return element("strong", was, " → ", now)


def _only(frame: Frame, kind: str, document_id: str, clauses: Sequence[Clause]) -> Markup:
    """Clauses of one text alone: `added` below, `dropped` above."""
    title = element("h3", frame.say(f"cascade.{kind}", n=len(clauses)))
    if not clauses:
        return join((title, quiet(frame.say(f"cascade.none-{kind}"))))
    tag = "ins" if kind == "added" else "del"
    items = [
        element("li", _place(frame, document_id, one), " ", element(tag, one.text, cls="gb-compared"))
        for one in clauses
    ]
    return join((title, *folded_list(frame, items, _UNFOLDED, "gb-changes")))


def _place(frame: Frame, document_id: str, one: Clause) -> Markup:
    number = one.paragraph + 1
    marked = f"{one.start}-{one.start + len(one.text)}"
    return frame.link(
        frame.say("doc.paragraph", n=number), "doc", "gb-at", id=document_id, para=number, at=marked
    )
