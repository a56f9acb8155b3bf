"""An inbox: documents routed to one body or theme, with what people said of each, for pages and the CLI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from warehouse.desk import Desk
from warehouse.desk.routing import STATES, RoutingAct
from warehouse.publication import Publication
from warehouse.queries.routing import InboxChoice, count_inbox, list_inbox

ALL = "all"
BOXES = (*STATES, ALL)


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the desk knows of one inbox; the publication is asked with it."""

    code: str
    states: dict[str, RoutingAct]  # by document; one without a state is unseen
    placed: dict[str, RoutingAct]  # given to the body by hand, or taken from it

    @classmethod
    def of(cls, desk: Desk, code: str) -> Inbox:
        """The inbox of a body's code or of theme:ID."""
        return cls(code, desk.routing.states(code), desk.routing.placed(code))

    def choice(self, box: str, since: date | None = None, reason: str | None = None) -> InboxChoice:
        """The documents of one box: a state, or all. What was taken away by hand is in none."""
        gone = tuple(name for name, one in self.placed.items() if one.act == "withdraw")
        also = tuple(name for name, one in self.placed.items() if one.act == "assign")
        choice = InboxChoice(self.code, since, reason, None, gone, also)
        if box == ALL:
            return choice
        if box == "unseen":
            handled = (name for name, one in self.states.items() if one.value != "unseen")
            return replace(choice, but=(*gone, *handled))
        return replace(choice, only=tuple(name for name, one in self.states.items() if one.value == box))

    def state(self, document_id: str) -> str:
        """How far a document is here."""
        held = self.states.get(document_id)
        return held.value if held is not None else "unseen"

    def rows(
        self, publication: Publication, choice: InboxChoice, limit: int, offset: int = 0
    ) -> list[dict[str, Any]]:
        """Documents of the choice with `state`, by whom and when, and who gave it by hand."""
        found = list_inbox(publication, choice, limit, offset)
        return [{**row, **self._said(str(row["document_id"]))} for row in found]

    def counts(
        self, publication: Publication, since: date | None = None, reason: str | None = None
    ) -> dict[str, int]:
        """How many documents each box holds; boxes that nobody put anything into are not asked for."""
        used = {one.value for one in self.states.values()} | {"unseen", ALL}
        return {
            box: count_inbox(publication, self.choice(box, since, reason)) if box in used else 0
            for box in BOXES
        }

    def _said(self, document_id: str) -> dict[str, Any]:
        state, placed = self.states.get(document_id), self.placed.get(document_id)
        told: dict[str, Any] = {
            "state": state.value if state else "unseen",
            "state_by": state.account if state else None,
            "state_at": state.at if state else None,
        }
        if placed is not None and placed.act == "assign":
            told |= {"reason": "by-hand", "given_by": placed.account, "given_at": placed.at}
        return told
