"""The sides of a comparison with the documents that are looked at, and which texts are laid side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.cascade.follower import may_show
from dashboard.compare.wish import Wish, known_sides
from dashboard.frame import Frame, refuse
from dashboard.markup import Markup, element
from dashboard.pieces import listing_parameters
from warehouse.publication import Publication
from warehouse.queries import compare
from warehouse.queries.pages_listing import Selection
from warehouse.side_by_side import SideBySide, choose, side_by_side

_CANDIDATES = 40  # documents of a side whose titles are compared
# Documents that carry no policy of their own: they explain, answer, announce or ask.
_NO_POLICY = re.compile(
    r"解读|问答|图解|一图|答复|复函|批复|公示|公告|通报|征求|评选|会议|名单|结果|招聘"
    r"|(?i:consultation|minutes|notice of|questions)"
)


@dataclass(frozen=True, slots=True)
class Side:
    """One region or body."""

    key: str
    name: str
    documents: tuple[dict[str, Any], ...]  # newest first, at most those looked at
    total: int
    targets: tuple[dict[str, Any], ...]


def read_sides(frame: Frame, wish: Wish) -> list[Side]:
    """Each side with its documents on the subject and the targets they set."""
    names = known_sides(frame, wish.kind)
    found = []
    for key in wish.of:
        rows = frame.read(compare.documents_of_side, wish.kind, key, wish.about)
        total = frame.read(compare.count_of_side, wish.kind, key, wish.about)
        targets = frame.read(_targets, wish.kind, key, wish.about)
        found.append(Side(key, names[key], tuple(rows), total, tuple(targets)))
    return found


def chosen_texts(frame: Frame, wish: Wish, sides: Sequence[Side]) -> list[dict[str, Any] | None]:
    """One document a side: that of the address, else the one whose title is like those of the others."""
    by_id = {row["document_id"]: (at, row) for at, side in enumerate(sides) for row in side.documents}
    for one in wish.docs:
        if one not in by_id:
            refuse(frame, "sides.unknown-document", one)
    asked = {by_id[one][0]: by_id[one][1] for one in wish.docs}
    candidates = [[asked[at]] if at in asked else _candidates(side) for at, side in enumerate(sides)]
    places = choose([[_weighed(row, sides[at]) for row in rows] for at, rows in enumerate(candidates)])
    return [
        asked.get(at) or (rows[place] if place is not None else None)
        for at, (rows, place) in enumerate(zip(candidates, places, strict=True))
    ]


def compared(frame: Frame, texts: Sequence[Mapping[str, Any] | None]) -> SideBySide | str:
    """The texts clause by clause, or the key of the sentence that says why they are not compared."""
    held = [row for row in texts if row is not None]
    if len(held) < 2:
        return "sides.no-texts"
    if len({row["language"] for row in held}) > 1:
        return "cascade.other-language"
    if not may_show(frame, *(str(row["document_id"]) for row in held)):
        return "cascade.not-shown"
    return frame.read(_aligned, tuple(str(row["document_id"]) if row else None for row in texts))


def number_of(frame: Frame, wish: Wish, side: Side) -> Markup:
    """How many documents a side has on the subject, open to them."""
    region, body = (side.key, None) if wish.kind == "region" else (None, side.key)
    selection = Selection(theme=wish.theme, topic=wish.topic, told_once=True, region=region, department=body)
    return frame.link(f"{side.total:,}", "listing", "gb-number", **listing_parameters(selection))


def not_found(frame: Frame) -> Markup:
    """Nothing of the kind among what is held; never a finding that there is none."""
    return element("span", frame.say("matrix.not-found"), cls="gb-cell gb-cell-not-found")


def _targets(
    publication: Publication, kind: compare.Kind, key: str, about: tuple[str, str] | None
) -> list[dict[str, Any]]:
    rows = compare.documents_of_side(publication, kind, key, about)
    by_id = {row["document_id"]: row for row in rows}
    return [{**row, "document": by_id[row["document_id"]]} for row in compare.targets_of(publication, rows)]


def _aligned(publication: Publication, ids: tuple[str | None, ...]) -> SideBySide:
    return side_by_side([publication.body(one) if one else () for one in ids])


def _candidates(side: Side) -> list[dict[str, Any]]:
    return [row for row in side.documents if row["unit"] == "document"][:_CANDIDATES]


def _weighed(row: Mapping[str, Any], side: Side) -> dict[str, object]:
    """A document that sets targets speaks for itself; one that explains or announces does not."""
    sets = any(one["document_id"] == row["document_id"] for one in side.targets)
    weight = -0.7 if _NO_POLICY.search(row["title"] or "") else 0.4 if sets else 0.0
    return {"title": row["title"], "weight": weight}
