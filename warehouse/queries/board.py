"""The board of problems: problems with their precedents, ranked by weights that are given, and how many
there are.

Both tables behind it are bounded (warehouse/board.py), so each question reads them whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.board_ranking import FEATURES
from warehouse.publication import Publication

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BoardWish:
    """Which cards are wanted, by the problem's place, theme, class, body, kind of document; or one card."""

    region: str | None = None
    theme: str | None = None
    topic: str | None = None
    department: str | None = None
    origin: str | None = None
    card: str | None = None


def count_cards(
    publication: Publication, wish: BoardWish, confirmed: tuple[Pair, ...] | None, rejected: tuple[Pair, ...]
) -> int:
    """How many problems have a precedent: of `confirmed` pairs alone, or (None) any not rejected."""
    rows = publication.rows(
        _CARDS + "select count(distinct problem_id) as cards from pair", _given(wish, confirmed, rejected)
    )
    return int(rows[0]["cards"])


def cards(
    publication: Publication, wish: BoardWish, confirmed: tuple[Pair, ...] | None, rejected: tuple[Pair, ...],
    weights: Mapping[str, float], limit: int, offset: int,
) -> list[str]:  # fmt: skip
    """The problems in the order of their best precedent."""
    told = [weights["bias"], *(weights[name] for name in FEATURES)]
    given = [*_given(wish, confirmed, rejected), *told, limit, offset]
    return [row["problem_id"] for row in publication.rows(_CARDS + _RANKED, given)]


def problems(publication: Publication, passage_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """These problems with their sentences, places and documents."""
    rows = publication.rows(_PROBLEMS, [list(passage_ids)])
    return {row["passage_id"]: row for row in rows}


def precedents(publication: Publication, passage_ids: Sequence[str]) -> list[dict[str, Any]]:
    """All precedents of these problems, with the sentence of the measure and of the problem met there."""
    return publication.rows(_PRECEDENTS, [list(passage_ids)])


def places(publication: Publication) -> list[dict[str, Any]]:
    """Places, classes of the first level, bodies and kinds of documents that problems on the board have."""
    return publication.rows(_PLACES)


def held_pairs(publication: Publication) -> int:
    """How many precedents the publication holds in all."""
    return int(publication.rows("select count(*) as pairs from board_match")[0]["pairs"])


def pairs_held(publication: Publication, pairs: tuple[Pair, ...]) -> int:
    """How many of these pairs the publication still holds."""
    rows = publication.rows(_HELD, [[one + "|" + other for one, other in pairs]])
    return int(rows[0]["pairs"])


def features_of(row: Mapping[str, Any]) -> dict[str, float]:
    """What the ranking knows of one precedent."""
    return {name: float(row[name] or 0) for name in FEATURES}


def _given(wish: BoardWish, confirmed: tuple[Pair, ...] | None, rejected: tuple[Pair, ...]) -> list[Any]:
    return [
        wish.region, wish.theme, wish.topic, wish.department, wish.origin, wish.card,
        None if confirmed is None else [one + "|" + other for one, other in confirmed],
        [one + "|" + other for one, other in rejected],
    ]  # fmt: skip


_CARDS = """
with pair as (
    select m.*, p.confidence as problem_confidence, d.confidence as measure_confidence
    from board_match m
    join board_passage p on p.passage_id = m.problem_id
    join board_passage d on d.passage_id = m.measure_id
    where p.kind = 'problem' and d.kind = 'measure'
        and ($1::varchar is null or p.region = $1)
        and ($2::varchar is null or contains(p.theme_ids, ',' || $2 || ','))
        and ($3::varchar is null or p.topic_code = $3 or p.topic1_code = $3)
        and ($4::varchar is null or p.department_code = $4)
        and ($5::varchar is null or p.origin = $5)
        and ($6::varchar is null or p.passage_id = $6)
        and ($7::varchar[] is null or list_contains($7::varchar[], m.problem_id || '|' || m.measure_id))
        and not list_contains($8::varchar[], m.problem_id || '|' || m.measure_id)
)
"""
_RANKED = """
select problem_id,
       max($9 + $10 * likeness + $11 * met + $12 * same_class::integer + $13 * other_place::integer
           + $14 * later::integer + $15 * problem_confidence + $16 * measure_confidence) as told
from pair group by problem_id order by told desc, problem_id limit $17 offset $18
"""
_PROBLEMS = "select * from board_passage where kind = 'problem' and list_contains(?, passage_id)"
_PRECEDENTS = """
select m.problem_id, m.measure_id, m.met_id, m.likeness, m.shared, m.same_class, m.other_place, m.met,
       m.later, p.confidence as problem_confidence, d.confidence as measure_confidence, d.document_id,
       d.sentence, d.paragraph, d.day, d.region, d.department_code, d.department_name, d.title, d.language,
       d.origin,
       t.sentence as met_sentence, t.paragraph as met_paragraph
from board_match m
join board_passage p on p.passage_id = m.problem_id and p.kind = 'problem'
join board_passage d on d.passage_id = m.measure_id and d.kind = 'measure'
left join board_passage t on t.passage_id = m.met_id and t.kind = 'problem'
where list_contains(?, m.problem_id)
order by m.problem_id, m.place
"""
_PLACES = """
select region, topic1_code, department_code, any_value(department_name) as department_name, origin,
       count(*) as problems
from board_passage
where kind = 'problem' and passage_id in (select problem_id from board_match)
group by region, topic1_code, department_code, origin order by all
"""
_HELD = """
select count(*) as pairs from board_match where list_contains(?, problem_id || '|' || measure_id)
"""
