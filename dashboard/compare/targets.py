"""The target table, indicator by side, and figures of one indicator that are told differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dashboard.compare.sides import Side, not_found
from dashboard.compare.wish import Wish
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, day, quiet, section, table
from warehouse.targets import Target, told_differently

_MOST_ROWS = 60
_MOST_HINTS = 20
What = tuple[str, str, str]
Cells = dict[int, list[dict[str, Any]]]


def table_rows(sides: Sequence[Side]) -> list[tuple[What, Cells]]:
    """Indicators with the targets of each side by its place; what most sides set comes first."""
    found: dict[What, Cells] = defaultdict(lambda: defaultdict(list))
    for at, side in enumerate(sides):
        for row in side.targets:
            found[row["target"].what][at].append(row)
    return sorted(found.items(), key=lambda one: (-len(one[1]), -sum(map(len, one[1].values())), one[0]))


def targets_section(frame: Frame, wish: Wish, sides: Sequence[Side]) -> Markup:
    """Indicators that two sides and more set; those of one alone fold away."""
    title = frame.say("sides.targets-title")
    rows = table_rows(sides)
    ids = [row["document_id"] for side in sides for row in side.documents]
    if not rows:
        return section(title, quiet(frame.say("sides.no-targets")), basis_of(frame, ids))
    shared = [one for one in rows if len(one[1]) > 1][:_MOST_ROWS]
    single = [one for one in rows if len(one[1]) == 1][:_MOST_ROWS]
    heads = [frame.say("sides.head-indicator"), *(side.name for side in sides)]

    def shown(some: Sequence[tuple[What, Cells]]) -> Markup:
        lines = [[_name(frame, what), *(_cell(frame, what, cells.get(at, [])) for at in range(len(sides)))]
                 for what, cells in some]  # fmt: skip
        return element("div", table(heads, lines, title), cls="gb-matrix gb-changes")

    folded = element(
        "details", element("summary", frame.say("sides.of-one-side", n=len(single))), shown(single)
    )
    return section(
        title,
        shown(shared) if shared else quiet(frame.say("sides.no-shared-target")),
        folded if single else None,
        element("p", frame.say("sides.targets-method"), cls="gb-note"),
        element("p", frame.say("sides.targets-quality"), cls="gb-note"),
        basis_of(frame, ids),
        note=frame.say("sides.targets-note"),
        anchor="targets",
    )


def figure(frame: Frame, target: Target) -> str:
    """A target in words: not less than 66%, up 5%, by 2027."""
    told = target.printed.lstrip("≥≤+-").replace("％", "%")
    if target.change:
        told = frame.say("sides.up" if target.change == "+" else "sides.down", figure=told)
    if target.bound:
        told = frame.say(f"sides.{target.bound}", figure=told)
    return told


def _name(frame: Frame, what: What) -> Markup:
    key, measure, change = what
    moved = frame.say("sides.change") if change else None
    remark = " · ".join(one for one in (measure, moved) if one)
    return join((element("strong", key), " ", element("span", remark, cls="gb-remark") if remark else None))


def _cell(frame: Frame, what: What, rows: Sequence[dict[str, Any]]) -> Child:
    if not rows:
        return not_found(frame)
    return element("ul", *(element("li", *_value(frame, what, row)) for row in rows), cls="gb-citations")


def _value(frame: Frame, what: What, row: dict[str, Any]) -> list[Child]:
    target: Target = row["target"]
    year = frame.say("sides.year", year=target.year) if target.year else frame.say("sides.no-year")
    document = row["document"]
    printed = frame.say("sides.printed-as", name=target.indicator) if target.indicator != what[0] else None
    return [
        to_sentence(frame, figure(frame, target), row),
        " ",
        element("span", year, cls="gb-remark"),
        element(
            "details",
            element("summary", frame.say("sides.sentence")),
            element("span", "“", row["sentence"], "”", cls="gb-quote"),
            element(
                "span", printed, document["title"] or frame.say("word.untitled"), " ",
                day(frame, document["published"]), cls="gb-remark",
            ),
        ),
    ]  # fmt: skip


def to_sentence(frame: Frame, label: Child, row: dict[str, Any]) -> Markup:
    """A link to the place in the original, marked there."""
    place = {"id": row["document_id"], "para": row["paragraph"] + 1}
    place |= {"fact": row["fact_id"]} if row.get("fact_id") else {"at": f"{row['start_at']}-{row['end_at']}"}
    return frame.link(label, "doc", **place)


def hints(sides: Sequence[Side]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of figures of one region, indicator and year that differ; copies of one paper are no second."""
    rows = [row for side in sides for row in side.targets]
    placed = [(str(row["document"]["region"] or ""), str(row["document_id"]), row["target"]) for row in rows]
    pairs = ((rows[i], rows[j]) for i, j in told_differently(placed) if placed[i][0])
    return [pair for pair in pairs if not _one_paper(*pair)][:_MOST_HINTS]


def hints_section(frame: Frame, sides: Sequence[Side]) -> Markup | None:
    """口径不一致: both sentences, each with its link; None where nothing is told differently."""
    found = hints(sides)
    if not found:
        return None
    items = (
        element(
            "li",
            element("strong", one["target"].key, " ", frame.say("sides.year", year=one["target"].year)),
            " ",
            frame.region_name(one["document"]["region"]),
            element("ul", *(element("li", *_told(frame, row)) for row in (one, other)), cls="gb-citations"),
        )
        for one, other in found
    )
    ids = [row["document_id"] for pair in found for row in pair]
    return section(
        frame.say("sides.hints-title"),
        element("ul", *items, data_hints=len(found)),
        basis_of(frame, ids),
        note=frame.say("sides.hints-note"),
        anchor="hints",
    )


def _told(frame: Frame, row: dict[str, Any]) -> list[Child]:
    document = row["document"]
    return [
        to_sentence(frame, figure(frame, row["target"]), row),
        " “",
        row["sentence"],
        "” ",
        element("span", document["title"], " ", day(frame, document["published"]), cls="gb-remark"),
    ]


def _one_paper(one: dict[str, Any], other: dict[str, Any]) -> bool:
    group = one["document"]["duplicate_group"]
    same = one["document_id"] == other["document_id"]
    return not same and group is not None and group == other["document"]["duplicate_group"]
