"""Queries of the board of problems, as readers and analysts ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from warehouse.board_ranking import BEGIN
from warehouse.publication import Publication
from warehouse.queries import board
from warehouse.queries.board import BoardWish

if TYPE_CHECKING:
    from warehouse.bench.pages import Usual

_LISTED, _JUDGED = 10, 200


def board_queries(publication: Publication, usual: Usual) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """The board whole and narrowed, with some hundred pairs judged, and the cards of a page."""
    pairs = tuple(
        (str(row["problem_id"]), str(row["measure_id"]))
        for row in publication.rows(f"select problem_id, measure_id from board_match limit {_JUDGED}")
    )
    wishes = {
        "all": BoardWish(),
        "a region": BoardWish(region=usual.region),
        "a theme": BoardWish(theme=usual.theme),
        "a topic": BoardWish(topic=usual.topic),
        "a body": BoardWish(department=usual.department),
        "audits": BoardWish(origin="audit"),
    }
    for name, wish in wishes.items():
        asked = (publication, wish, None, pairs)
        yield "board", f"{name}: count_cards", partial(board.count_cards, *asked)
        yield "board", f"{name}: cards", partial(board.cards, *asked, BEGIN, _LISTED, 0)
    told = (publication, BoardWish(), pairs, ())
    yield "board", "confirmed: count_cards", partial(board.count_cards, *told)
    yield "board", "confirmed: cards", partial(board.cards, *told, BEGIN, _LISTED, 0)
    shown = board.cards(publication, BoardWish(), None, (), BEGIN, _LISTED, 0)
    yield "board", "problems", partial(board.problems, publication, shown)
    yield "board", "precedents", partial(board.precedents, publication, shown)
    yield "board", "places", partial(board.places, publication)
    yield "board", "held_pairs", partial(board.held_pairs, publication)
    yield "board", "pairs_held", partial(board.pairs_held, publication, pairs)
