"""What an address asks of the board: filters, one card, candidates too, a page; values nobody knows are
named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboard.frame import Frame, refuse
from warehouse.queries import board, pages_overview
from warehouse.queries.board import BoardWish

EACH = 8  # cards of a page
ORIGINS = ("inspection", "audit", "hearing", "report", "letter", "other")
NOWHERE = "-"  # in an address: of no place


@dataclass(frozen=True, slots=True)
class Asked:
    """The wish with how it is shown."""

    wish: BoardWish
    candidates: bool = False  # candidates beside what people confirmed
    page: int = 1

    def parameters(self, **changed: Any) -> dict[str, object]:
        """The address parameters of this view's first page, or of one that differs in some of them."""
        wish = self.wish
        given: dict[str, object] = {
            "region": NOWHERE if wish.region == "" else wish.region, "theme": wish.theme, "topic": wish.topic,
            "d": wish.department, "origin": wish.origin, "card": wish.card,
            "candidates": 1 if self.candidates else None, "p": None,
        }  # fmt: skip
        return given | changed


def read_asked(frame: Frame) -> Asked:
    """The view that the address asks for; one that names something unknown is refused by name."""
    given = frame.parameters
    held = frame.read(board.places)
    themes = {str(row["theme_id"]) for row in frame.read(pages_overview.themes, frame.today)}
    region = _one_of(frame, "region", {str(row["region"]) or NOWHERE for row in held})
    wish = BoardWish(
        region="" if region == NOWHERE else region,
        theme=_one_of(frame, "theme", themes),
        topic=_one_of(frame, "topic", frame.topic_names),
        department=_one_of(frame, "d", frame.body_names),
        origin=_one_of(frame, "origin", ORIGINS),
    )
    card = given.get("card")
    if card and not frame.read(board.problems, (card,)):
        refuse(frame, "board-unknown.card", card)
    if given.get("candidates") not in (None, "1"):
        refuse(frame, "board-unknown.candidates", given["candidates"])
    page = given.get("p", "1")
    if not (page.isascii() and page.isdigit() and 1 <= int(page) < 100_000):
        refuse(frame, "unknown.page", page)
    return Asked(replace(wish, card=card or None), given.get("candidates") == "1", int(page))


def _one_of(frame: Frame, name: str, known: Mapping[str, Any] | set[str] | tuple[str, ...]) -> str | None:
    value = frame.parameters.get(name) or None
    if value is not None and value not in known:
        refuse(frame, f"board-unknown.{name}", value)
    return value
