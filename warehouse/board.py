"""The board of problems: which sentences of a publication stand on it, and what other places did about
the like.

Both tables are made anew with every publication that changes; they are bounded, however many documents
there are.
"""

from __future__ import annotations

from warehouse.board_match import Passage, precedents
from warehouse.database import Warehouse
from warehouse.rows import sql, stage

OF_A_PLACE = (12, 30)  # problems and measures of one class, place and language
IN_ALL = (4_000, 12_000)
LEAST = 0.6  # confidence of a sentence
_MATCH = (
    "problem_id varchar, measure_id varchar, met_id varchar, place integer, likeness double, "
    "shared varchar[], same_class boolean, other_place boolean, met double, later boolean"
)


def update_board(w: Warehouse) -> None:
    """Fill `pub.board_passage` and `pub.board_match`."""
    w.connection.execute("delete from pub.board_match")
    w.connection.execute("delete from pub.board_passage")
    w.connection.execute(sql("views", "board_passages"), [*OF_A_PLACE, *IN_ALL, LEAST])
    rows = w.connection.execute(_PASSAGES).fetchall()
    stage(w.connection, "board_matched", _MATCH, precedents([Passage(*row) for row in rows]))
    w.connection.execute(
        "insert into pub.board_match by name select * from board_matched order by problem_id, place"
    )


_PASSAGES = """
select passage_id, document_id, kind, sentence, paragraph, start_at, confidence, day, topic_code, topic1_code,
       region, department_code, language
from pub.board_passage order by topic1_code, language, passage_id
"""
