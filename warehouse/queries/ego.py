"""The network around one document: at most sixty documents, nearest and most cited first, and their links.

Left of the document stands what it rests on, right of it what rests on it. The same publication always gives
the same choice: by distance, then relation, then how many documents cite it, then name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from warehouse.queries.by_name import document_no, documents_by_name, rows_of
from warehouse.queries.reading import Published, Row, placeholders

MOST = 60  # documents, the one in the middle counted
_NEAR = 45  # of them at distance one, so that some room is left behind these
_ASKED = 400  # neighbours looked at of a document that thousands cite
RELATIONS = (
    "implements", "forwards", "prints", "amends", "repeals", "basis", "title", "clauses", "mentions",
)  # fmt: skip
_ORDER = {name: at for at, name in enumerate(RELATIONS)}
_SHOWN = (
    "d.title, d.doc_number, d.issuer, d.department_code, d.department_name, d.published, d.region, d.level,"
    " d.language, d.validity, d.status"
)


@dataclass(frozen=True, slots=True)
class Node:
    """One document of the picture."""

    document_id: str
    title: str
    doc_number: str | None
    published: date | None
    level: str | None
    region: str | None
    language: str | None
    side: str  # self | above (the middle rests on it) | below (it rests on the middle)
    distance: int
    relation: str  # by which it came in; empty for the middle
    cited_by: int


@dataclass(frozen=True, slots=True)
class Tie:
    """One link: the citing or following document, the one it cites or follows, how, and the sentence."""

    document_id: str
    target_id: str
    relation: str
    sentence: str | None  # None where only titles or clauses are alike
    paragraph: int | None
    fact_id: str | None


@dataclass(frozen=True, slots=True)
class Ego:
    """The documents in the order of their choice, their links, and how many neighbours are left out."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    side: str
    distance: int
    relation: str


def ego(publication: Published, document_id: str) -> Ego | None:
    """The network around a document; None when it is not published."""
    if document_no(publication, document_id) < 0:
        return None
    near = _neighbours(publication, document_id)
    cited = _cited_by(publication, [document_id, *near])
    first = _chosen(near, cited, _NEAR if len(near) > _NEAR else MOST - 1)
    chosen = {document_id: _Found("self", 0, ""), **{name: near[name] for name in first}}
    behind = _behind(publication, chosen)
    cited |= _cited_by(publication, behind)
    further = _chosen(behind, cited, MOST - len(chosen))
    rest = [name for name in _chosen(near, cited, MOST) if name not in chosen]
    chosen |= {name: behind[name] for name in further}
    for name in rest[: MOST - len(chosen)]:
        chosen[name] = near[name]
    return _drawn(publication, chosen, cited, len(near) + len(behind) + 1 - len(chosen))


def _neighbours(publication: Published, document_id: str) -> dict[str, _Found]:
    """Everything one link away, each by its most telling relation."""
    above = publication.rows(_OUT, [document_no(publication, document_id), document_id, _ASKED])
    below = publication.rows(_IN, [document_id, document_id, _ASKED])
    followed = publication.rows(_FOLLOWED, [document_id])
    following = publication.rows(_FOLLOWING, [document_id, _ASKED])
    found: dict[str, _Found] = {}
    for side, rows in (("above", [*above, *followed]), ("below", [*below, *following])):
        for row in rows:
            one = _Found(side, 1, row["relation"])
            known = found.get(row["other_id"])
            if known is None or _ORDER[one.relation] < _ORDER[known.relation]:
                found[row["other_id"]] = one
    return _originals(publication, found)


def _originals(publication: Published, found: dict[str, _Found]) -> dict[str, _Found]:
    """Without copies of documents that are held themselves: one paper is one mark."""
    copies = documents_by_name(publication, "d.reprint_of", found, "d.reprint_of is not null")
    return {name: one for name, one in found.items() if name not in copies}


def _behind(publication: Published, chosen: Mapping[str, _Found]) -> dict[str, _Found]:
    """What the documents above rest on and what follows those below: the second step away from the middle."""
    above = [name for name, one in chosen.items() if one.side == "above"]
    below = [name for name, one in chosen.items() if one.side == "below"]
    found: dict[str, _Found] = {}
    for row in rows_of(publication, above, "citation", "document_id, target_document_id, kind", _NAMED):
        _add(found, chosen, row["target_document_id"], _Found("above", 2, row["kind"]))
    if below:
        for row in publication.rows(_BELOW.format(ids=placeholders(below)), [*below, _ASKED]):
            _add(found, chosen, row["other_id"], _Found("below", 2, row["relation"]))
    return _originals(publication, found)


_NAMED = "target_document_id is not null and kind <> 'mentions' and target_document_id <> document_id"


def _add(found: dict[str, _Found], chosen: Mapping[str, _Found], name: str, one: _Found) -> None:
    known = found.get(name)
    if name not in chosen and (known is None or _ORDER[one.relation] < _ORDER[known.relation]):
        found[name] = one


def _chosen(found: Mapping[str, _Found], cited: Mapping[str, int], most: int) -> list[str]:
    """So many names: half of the room for each side, what one side leaves is the other's."""
    ranked = sorted(found, key=lambda name: (_ORDER[found[name].relation], -cited.get(name, 0), name))
    sides = {side: [name for name in ranked if found[name].side == side] for side in ("above", "below")}
    half = most // 2
    above = max(half, most - len(sides["below"]))
    below = max(most - half, most - len(sides["above"]))
    return [*sides["above"][:above], *sides["below"][:below]][: max(most, 0)]


def _cited_by(publication: Published, ids: Iterable[str]) -> dict[str, int]:
    """How many documents cite each, all relations together."""
    names = sorted(set(ids))
    found: Counter[str] = Counter()
    for at in range(0, len(names), _ASKED):
        some = names[at : at + _ASKED]
        sql = f"select document_id, cited_by from citation_rank where document_id in ({placeholders(some)})"
        for row in publication.rows(sql, some):
            found[row["document_id"]] += row["cited_by"]
    return dict(found)


def _drawn(
    publication: Published, chosen: Mapping[str, _Found], cited: Mapping[str, int], left_out: int
) -> Ego:
    shown = documents_by_name(publication, _SHOWN, chosen)
    nodes = tuple(
        Node(
            name, shown[name]["title"] or "", shown[name]["doc_number"], shown[name]["published"],
            shown[name]["level"], shown[name]["region"], shown[name]["language"],
            one.side, one.distance, one.relation, cited.get(name, 0),
        )
        for name, one in chosen.items()
        if name in shown
    )  # fmt: skip
    return Ego(nodes, tuple(_ties(publication, [one.document_id for one in nodes])), max(0, left_out))


def _ties(publication: Published, names: Sequence[str]) -> list[Tie]:
    """The links between the chosen documents, one a pair and relation; a bare mention where it is all."""
    columns = "document_id, target_document_id, kind, sentence, paragraph, start_at, fact_id"
    held = set(names)
    found: dict[tuple[str, str, str], Row] = {}
    for row in rows_of(publication, names, "citation", columns, "target_document_id is not null"):
        key = (row["document_id"], row["target_document_id"], row["kind"])
        if key[1] in held and key[0] != key[1]:
            known = found.get(key)
            if known is None or (row["paragraph"], row["start_at"]) < (known["paragraph"], known["start_at"]):
                found[key] = row
    ties = [Tie(*key, row["sentence"], row["paragraph"], row["fact_id"]) for key, row in found.items()]
    told = {(one.document_id, one.target_id) for one in ties if one.relation != "mentions"}
    ties = [one for one in ties if one.relation != "mentions" or (one.document_id, one.target_id) not in told]
    tied = {(one.document_id, one.target_id) for one in ties}
    marks = placeholders(names)
    for row in publication.rows(_ALIKE.format(ids=marks), [*names, *names]):
        if (row["document_id"], row["target_id"]) not in tied:
            ties.append(Tie(row["document_id"], row["target_id"], row["relation"], None, None, None))
    return sorted(ties, key=lambda one: (_ORDER[one.relation], one.document_id, one.target_id))


_RANKED = (
    "case kind when 'implements' then 0 when 'forwards' then 1 when 'prints' then 2 when 'amends' then 3"
    " when 'repeals' then 4 when 'basis' then 5 else 8 end"
)
_OUT = f"""
select target_document_id as other_id, arg_min(kind, {_RANKED}) as relation
from citation where document_no = ? and target_document_id is not null and target_document_id <> ?
group by target_document_id order by min({_RANKED}), other_id limit ?
"""
_IN = f"""
select document_id as other_id, arg_min(kind, {_RANKED}) as relation
from citation where target_document_id = ? and document_id <> ?
group by document_id order by min({_RANKED}), other_id limit ?
"""
_FOLLOWED = """
select distinct parent_document_id as other_id, relation from follow_up
where document_id = ? and relation in ('title', 'clauses') order by other_id
"""
_FOLLOWING = """
select distinct document_id as other_id, relation from follow_up
where parent_document_id = ? and relation in ('title', 'clauses') order by other_id limit ?
"""
_BELOW = """
select distinct document_id as other_id, relation from follow_up
where parent_document_id in ({ids}) order by other_id limit ?
"""
_ALIKE = """
select distinct document_id, parent_document_id as target_id, relation from follow_up
where document_id in ({ids}) and parent_document_id in ({ids}) and relation in ('title', 'clauses')
"""
