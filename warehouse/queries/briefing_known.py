"""What else is known of a subject: its key documents, what goes with it, problems and measures it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from warehouse.clause_subjects import is_heading
from warehouse.queries.briefing import subject_where
from warehouse.queries.briefing_items import items
from warehouse.queries.by_name import AT_ONCE, documents_by_name, rows_of
from warehouse.queries.reading import Published, Row, within
from warehouse.queries.reprints import TOLD_ONCE

FINDINGS = ("problem", "measure")
_WINDOW = 365  # days of graph_window_edge
_KEY = """
with cited as (
    select document_id, relation, place, cited_by from citation_rank where cited_by >= 2
),
told as (
    select c.document_id, arg_max(c.relation, {best}) as relation, arg_max(c.place, {best}) as place,
        max(c.cited_by) as cited_by
    from cited c join document d on d.document_id = c.document_id
    where {subject} and d.status <> 'withdrawn' group by c.document_id
)
select document_id, relation, place, cited_by from told
order by cited_by desc, place, document_id limit ?
"""
_BEST = "{'n': c.cited_by, 'p': -c.place, 'r': c.relation}"
_BESIDE = """
with edge as (
    select one_code as mine, other_code as code, documents from graph_window_edge
    where kind = ? and window_days = ? and list_contains(?::varchar[], one_code)
    union all
    select other_code, one_code, documents from graph_window_edge
    where kind = ? and window_days = ? and list_contains(?::varchar[], other_code)
)
select code, max(documents)::bigint as documents from edge
where not list_contains(?::varchar[], code) group by code order by documents desc, code limit ?
"""
_OF_REGION = """
with each as (
    select unnest(d.topic_codes) as code from document d
    where {subject} and d.status <> 'withdrawn' and d.published >= ?
)
select code, count(*) as documents from each where contains(code, '-')
group by code order by documents desc, code limit ?
"""
_RECENT = """
select d.document_id from document d
where {subject} and d.status <> 'withdrawn' and d.published >= ? and {told_once}
order by d.published desc, d.document_id limit ?
"""
_PARTS = re.compile(r"[、（）()，和与及其他]+")  # of the name of a class
_SHORTEST = 2  # letters of a word
_READ = 8  # documents whose paragraphs are read
_FINDING = "fact_id, document_id, kind, value"
_PLACE = "fact_id, sentence, paragraph, start_at, end_at"


def key_documents(publication: Published, kind: str, key: str, *, limit: int = 8) -> list[Row]:
    """Documents of the subject that two others or more cite, most cited first, with relation and place."""
    sql = _KEY.format(subject=subject_where(kind), best=_BEST)
    return items(publication, publication.rows(sql, [key, within(limit, AT_ONCE)]))


def topics_of_theme(publication: Published, theme_id: str) -> tuple[str, ...]:
    """The topic classes that a theme is made of."""
    rows = publication.rows("select topics from theme where theme_id = ?", [theme_id])
    return tuple(rows[0]["topics"] or ()) if rows else ()


def related_topics(publication: Published, kind: str, key: str, since: date, *, limit: int = 8) -> list[Row]:
    """Classes that stand beside the subject's in documents of the last year; of a region, its own.

    Of a theme its topic classes are asked; one without any has none beside it.
    """
    if kind == "region":
        sql = _OF_REGION.format(subject=subject_where(kind))
        return publication.rows(sql, [key, since, within(limit, AT_ONCE)])
    mine = list(topics_of_theme(publication, key)) if kind == "theme" else [key]
    edge = "body-topic" if kind == "department" else "topic-topic"
    return publication.rows(_BESIDE, [edge, _WINDOW, mine, edge, _WINDOW, mine, mine, within(limit, AT_ONCE)])


def findings(
    publication: Published,
    kind: str,
    key: str,
    since: date,
    *,
    limit: int = 12,
    kinds: Sequence[str] = FINDINGS,
) -> list[Row]:
    """Sentences of the subject's latest documents that name a problem or a measure.

    Those that speak of a theme or class by their own words, the title above them or their paragraph stand
    first, of these the surest; a bare heading is none. Candidates: a program picked them
    (`confidence` 0 to 1). None where nothing of the kind was mined.
    """
    sql = _RECENT.format(subject=subject_where(kind), told_once=TOLD_ONCE)
    ids = [row["document_id"] for row in publication.rows(sql, [key, since, AT_ONCE])]
    wanted = ", ".join(f"'{one}'" for one in FINDINGS if one in kinds)
    rows = rows_of(publication, ids, "fact", _FINDING, f"kind in ({wanted})")
    ranked = sorted(rows, key=lambda row: (-_confidence(row), row["fact_id"]))
    most = within(limit, AT_ONCE)
    chosen = [row for one in kinds for row in [each for each in ranked if each["kind"] == one][: 2 * most]]
    told = _each_once(_with_sentences(publication, chosen, f"kind in ({wanted})"))
    said = [row for row in told if not is_heading(row["sentence"], row["sentence"])]
    near = _on_subject(publication, said, words_of(publication, kind, key))
    kept = [row for one in kinds for row in [each for each in near if each["kind"] == one][:most]]
    return [{**row, "confidence": _confidence(row)} for row in items(publication, kept)]


def words_of(publication: Published, kind: str, key: str) -> tuple[str, ...]:
    """The words by which a sentence is told to be of a theme or topic class; none for other subjects."""
    if kind not in ("theme", "topic"):
        return ()
    mine = [key]
    words: list[str] = []
    if kind == "theme":
        for row in publication.rows("select name_zh, topics, terms from theme where theme_id = ?", [key]):
            words += [row["name_zh"], *(row["terms"] or ())]
            mine = list(row["topics"] or ())
    rows = publication.rows("select name_zh from topic_class where list_contains(?::varchar[], code)", [mine])
    words += [part for row in rows for part in _PARTS.split(row["name_zh"] or "")]
    return tuple(dict.fromkeys(word for word in words if len(word) >= _SHORTEST))


def _on_subject(publication: Published, rows: list[Row], words: tuple[str, ...]) -> list[Row]:
    """By where one of the words stands: in the sentence or its title, in its paragraph, in neither; each
    group in the given order. Paragraphs are read of `_READ` documents.
    """
    if not words:
        return rows
    titles = documents_by_name(publication, "d.title", sorted({row["document_id"] for row in rows}))
    near: list[Row] = []
    unsaid: list[Row] = []
    for row in rows:
        said = f"{row['sentence']}\n{titles[row['document_id']]['title'] or ''}"
        (near if _names(said, words) else unsaid).append(row)
    read = list(dict.fromkeys(row["document_id"] for row in unsaid))[:_READ]
    bodies = {one: publication.body(one) for one in read}
    beside = [row for row in unsaid if _names(_paragraph(bodies, row), words)]
    return [*near, *beside, *(row for row in unsaid if row not in beside)]


def _names(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _paragraph(bodies: dict[str, tuple[str, ...]], row: Row) -> str:
    """The sentence's paragraph, "" where it is not read."""
    body = bodies.get(row["document_id"], ())
    return body[row["paragraph"]] if row["paragraph"] < len(body) else ""


def _with_sentences(publication: Published, rows: list[Row], where: str) -> list[Row]:
    """Sentences are read of those alone that may be shown: each costs the unpacking of its neighbours."""
    ids = sorted({row["document_id"] for row in rows})
    places = {row["fact_id"]: row for row in rows_of(publication, ids, "fact", _PLACE, where)}
    return [{**row, **places[row["fact_id"]]} for row in rows]


def _each_once(rows: list[Row]) -> list[Row]:
    """The same sentence of copies once, the surest."""
    return list({("".join(row["sentence"].split()), row["kind"]): row for row in reversed(rows)}.values())[
        ::-1
    ]


def _confidence(row: Row) -> float:
    try:
        return float(row["value"])
    except (TypeError, ValueError):
        return 0.0
