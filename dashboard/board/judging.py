"""What people said of precedents, the ranking that learnt from it, and the buttons with which they say
more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import element
from warehouse.board_ranking import Ranking, learnt
from warehouse.desk.board import BoardJudgement, Pair
from warehouse.errors import UserError
from warehouse.queries.board import features_of


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements that hold, by pair, and the ranking after them."""

    holding: Mapping[Pair, BoardJudgement]
    ranking: Ranking

    def pairs(self, verdict: str) -> tuple[Pair, ...]:
        """The pairs with this verdict, in a fixed order."""
        return tuple(sorted(pair for pair, one in self.holding.items() if one.verdict == verdict))


def judged(frame: Frame) -> Judged:
    """What holds now; the same judgements give the same ranking."""
    holding = frame.desk.board.holding()
    in_order = sorted(holding.values(), key=lambda one: one.judgement_id)
    return Judged(holding, learnt((one.features, one.verdict == "confirmed") for one in in_order))


def may_judge(frame: Frame) -> bool:
    """Whether this reader may confirm and reject."""
    return frame.may("analyst")


def buttons(
    frame: Frame, problem: Mapping[str, Any], row: Mapping[str, Any], said: BoardJudgement | None
) -> None:
    """Confirm, reject with a reason, or take back what holds."""
    pair = (str(row["problem_id"]), str(row["measure_id"]))
    key = f"{pair[0]}-{pair[1]}"
    desk = frame.desk
    account = frame.user.name

    def give(verdict: str) -> None:
        documents = (str(problem["document_id"]), str(row["document_id"]))
        reason = str(st.session_state.get(f"why-{key}") or "")
        try:
            desk.board.give(pair, documents, verdict, reason, features_of(row), account)  # type: ignore[arg-type]
        except UserError:
            st.session_state[f"wrong-{key}"] = True
        else:
            st.session_state.pop(f"wrong-{key}", None)

    with st.container(horizontal=True, gap="small"):
        if said is not None:
            st.button(
                frame.say("board.take-back"), key=f"back-{key}", type="tertiary",
                on_click=lambda: desk.board.undo(said.judgement_id, account),
            )  # fmt: skip
            return
        why = frame.say("board.reason")
        st.text_input(why, key=f"why-{key}", max_chars=500, placeholder=why, label_visibility="collapsed")
        st.button(frame.say("board.confirm"), key=f"confirm-{key}", on_click=give, args=("confirmed",))
        st.button(frame.say("board.reject"), key=f"reject-{key}", on_click=give, args=("rejected",))
    if st.session_state.get(f"wrong-{key}"):
        show(element("p", frame.say("board.reason-missing"), cls="gb-notice", role="alert"))
