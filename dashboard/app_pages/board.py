"""问题—先例—对策: problems that inspections, audits, hearings and reports tell, and what others did
about them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dashboard.board.card import precedent_part, problem_part
from dashboard.board.form import filters, pages_nav, switch
from dashboard.board.judging import Judged, buttons, judged, may_judge
from dashboard.board.wish import EACH, Asked, read_asked
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Markup, element
from dashboard.pieces import basis_of, quiet, section, table
from warehouse.board_ranking import BEGIN
from warehouse.queries import board
from warehouse.queries.board import features_of


def page() -> None:
    """Draw the page."""
    frame = open_frame("board")
    asked = read_asked(frame)
    known = judged(frame)
    show(
        element("h1", frame.say("nav.board")),
        element("p", frame.say("board.lead"), cls="gb-coverage"),
        switch(frame, asked),
    )
    filters(frame, asked)
    shown = (None if asked.candidates else known.pairs("confirmed"), known.pairs("rejected"))
    total = frame.read(board.count_cards, asked.wish, *shown)
    if asked.page > max(1, -(-total // EACH)):
        refuse(frame, "unknown.page", str(asked.page))
    show(_counted(frame, asked, total, known))
    if asked.candidates and total:
        show(element("p", frame.say("board.candidates-note"), cls="gb-notice", role="note"))
    documents = _cards(frame, asked, known, shown)
    if not total:
        show(quiet(_nothing(frame, asked)))
    show(pages_nav(frame, asked, total), basis_of(frame, documents), _learnt(frame, known))
    close(frame)


def _cards(frame: Frame, asked: Asked, known: Judged, shown: tuple[Any, Any]) -> set[str]:
    """Draw the cards of the page; the documents they rest on."""
    order = frame.read(
        board.cards, asked.wish, *shown, dict(known.ranking.weights), EACH, (asked.page - 1) * EACH
    )
    problems = frame.read(board.problems, tuple(order))
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.read(board.precedents, tuple(order)):
        rows[row["problem_id"]].append(row)
    documents: set[str] = set()
    for number in order:
        found = [(known.ranking.score(features_of(row)), row) for row in rows[number]]
        found = [one for one in found if _wanted(asked, known, one[1])]
        found.sort(key=lambda one: (-one[0], one[1]["measure_id"]))
        documents |= {problems[number]["document_id"], *(row["document_id"] for _, row in found)}
        _card(frame, asked, known, problems[number], found)
    return documents


def _wanted(asked: Asked, known: Judged, row: dict[str, Any]) -> bool:
    said = known.holding.get((row["problem_id"], row["measure_id"]))
    return asked.candidates or (said is not None and said.verdict == "confirmed")


def _card(
    frame: Frame,
    asked: Asked,
    known: Judged,
    problem: dict[str, Any],
    found: list[tuple[float, dict[str, Any]]],
) -> None:
    show(element("section", problem_part(frame, problem, asked), cls="gb-card", id=problem["passage_id"]))
    judges = may_judge(frame)
    for score, row in found:
        said = known.holding.get((row["problem_id"], row["measure_id"]))
        show(precedent_part(frame, row, said, score))
        if judges:
            buttons(frame, problem, row, said)


def _counted(frame: Frame, asked: Asked, total: int, known: Judged) -> Markup:
    told = frame.say("board.count-candidates" if asked.candidates else "board.count", n=f"{total:,}")
    confirmed = known.pairs("confirmed")
    gone = len(confirmed) - frame.read(board.pairs_held, confirmed) if confirmed else 0
    return element(
        "p", told, frame.say("board.gone", n=gone) if gone else None, cls="gb-found", data_count=total
    )


def _nothing(frame: Frame, asked: Asked) -> str:
    if not frame.read(board.held_pairs):
        return frame.say("board.none-held")
    if asked.candidates:
        return frame.say("board.none")
    return frame.say("board.none-confirmed")


def _learnt(frame: Frame, known: Judged) -> Markup:
    """What the judgements did to the ranking."""
    ranking = known.ranking
    heads = [frame.say(f"board.head-{name}") for name in ("feature", "begin", "now", "moved")]
    moved = ranking.moved()
    rows = (
        (
            frame.say(f"board.feature-{name}"),
            f"{BEGIN[name]:.2f}",
            f"{value:.2f}",
            f"{moved.get(name, 0.0):+.2f}",
        )
        for name, value in ranking.weights.items()
    )
    told = (
        frame.say("board.learnt", n=ranking.learnt_from)
        if ranking.learnt_from
        else frame.say("board.unlearnt")
    )
    return section(
        frame.say("board.ranking"),
        element("p", told),
        table(heads, rows, frame.say("board.ranking"), frozenset({1, 2, 3})),
        note=frame.say("board.ranking-note"),
    )


page()
