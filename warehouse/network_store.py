"""The votes of citations as arrays for graph work, and what that work found, kept part by part.

Documents are numbered 0, 1, 2 … in the order of their names while the work lasts; numbers never leave it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from warehouse.database import Warehouse
from warehouse.reading_texts import reading_texts
from warehouse.rows import sql, stage, stage_like

Numbers = np.ndarray[Any, Any]
Texts = Callable[[str], str | None]
CROWD = 64  # texts that share a key: more, and it is a form's
SOUGHT = 200_000  # lower documents whose text is looked for above them, the newest
LONGEST_LAG = 1_095  # days
COMPARED = 2_000  # pairs of texts laid beside each other at most
_KEPT_TEXTS = 500
NAMED_BY = 300  # members, the most cited first, whose titles and topics name a community


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents on two levels that no citation ties and whose texts may share clauses."""

    parent: str
    child: str
    parent_day: date
    child_day: date
    parent_reading: str
    child_reading: str


def number_documents(w: Warehouse) -> int:
    """Number every document that cites or is cited; returns how many there are."""
    w.connection.execute(sql("views", "network_nodes"))
    row = w.connection.execute("select count(*) from network_node").fetchone()
    return int(row[0]) if row else 0


def relation_hashes(w: Warehouse) -> dict[str, str]:
    """Each relation with a hash of its votes."""
    rows = w.connection.execute(
        """
        select kind, count(*) || '-' || sum(hash(document_id, target_document_id)::hugeint)
        from network_edge group by kind order by kind
        """
    ).fetchall()
    return {str(kind): str(mark) for kind, mark in rows}


def relation_votes(w: Warehouse, relation: str) -> tuple[Numbers, Numbers]:
    """Citing and cited document of each vote of one relation, as numbers, in a fixed order."""
    found = w.connection.execute(
        """
        select citing.node as source, cited.node as target
        from network_edge edge
        join network_node citing on citing.document_id = edge.document_id
        join network_node cited on cited.document_id = edge.target_document_id
        where edge.kind = $1
        order by source, target
        """,
        [relation],
    ).fetchnumpy()
    return np.asarray(found["source"]), np.asarray(found["target"])


def ties(w: Warehouse, weights: Mapping[str, float], otherwise: float) -> dict[str, Numbers]:
    """The pairs of documents that citations tie, whichever way: `first`, `second`, `weight`, `mark` (a hash).

    A relation weighs what `weights` says of it, else `otherwise`; several add up.
    """
    stage(w.connection, "relation_weight", "kind varchar, weight double", weights.items())
    found = w.connection.execute(sql("views", "network_ties"), [otherwise]).fetchnumpy()
    return {name: np.asarray(column) for name, column in found.items()}


def citing_documents(w: Warehouse, count: int) -> Numbers:
    """How many documents cite each numbered document, in whatever relation."""
    found = w.connection.execute(
        """
        select cited.node as node, count(distinct edge.document_id) as times
        from network_edge edge join network_node cited on cited.document_id = edge.target_document_id
        group by all
        """
    ).fetchnumpy()
    times = np.zeros(count, dtype=np.int64)
    times[np.asarray(found["node"])] = np.asarray(found["times"])
    return times


def known_state(w: Warehouse) -> dict[str, str]:
    """What each part was last made from."""
    return {str(k): str(v) for k, v in w.connection.execute("from network_state").fetchall()}


def store_ranks(w: Warehouse, relation: str, mark: str, columns: Mapping[str, Numbers]) -> None:
    """Keep the ranks of one relation (`node`, `place`, `score`, `cited_by`) instead of those before."""
    with w.transaction() as connection:
        connection.execute("delete from citation_rank where relation = $1", [relation])
        connection.register("ranked_columns", dict(columns))
        try:
            connection.execute(
                """
                insert into citation_rank
                select network_node.document_id, $1, place::integer, score, cited_by::integer
                from ranked_columns join network_node using (node)
                """,
                [relation],
            )
        finally:
            connection.unregister("ranked_columns")
        connection.execute("insert or replace into network_state values ($1, $2)", [f"rank:{relation}", mark])


def drop_ranks(w: Warehouse, relations: Iterable[str]) -> None:
    """Forget relations that no vote speaks any more."""
    with w.transaction() as connection:
        for relation in relations:
            connection.execute("delete from citation_rank where relation = $1", [relation])
            connection.execute("delete from network_state where part = $1", [f"rank:{relation}"])


def known_groups(w: Warehouse) -> dict[str, list[Numbers]]:
    """The kept communities as sorted arrays of numbers, by the connected part they were found in."""
    found = w.connection.execute(
        """
        select component, community_id, list(node order by node) as nodes
        from community_member join network_node using (document_id)
        group by all order by component, min(node)
        """
    ).fetchall()
    groups: dict[str, list[Numbers]] = {}
    for component, _, nodes in found:
        groups.setdefault(str(component), []).append(np.asarray(nodes, dtype=np.int64))
    return groups


def store_groups(w: Warehouse, mark: str, columns: Mapping[str, Sequence[Any] | Numbers]) -> None:
    """Keep who belongs where: `node`, `head` (the node a community is named after), `component`."""
    with w.transaction() as connection:
        connection.execute("delete from community_member")
        connection.register("grouped_columns", {name: np.asarray(value) for name, value in columns.items()})
        try:
            connection.execute(
                """
                insert into community_member
                select node.document_id, 'com-' || left(sha256(head.document_id), 12), grouped.component
                from grouped_columns grouped
                join network_node node on node.node = grouped.node
                join network_node head on head.node = grouped.head
                """
            )
        finally:
            connection.unregister("grouped_columns")
        connection.execute("insert or replace into network_state values ('communities', $1)", [mark])


def community_papers(w: Warehouse) -> list[tuple[str, int, str, list[Any]]]:
    """Each community: id, number of documents, most cited document, and titles and topics of its members."""
    found = w.connection.execute(sql("views", "community_papers"), [NAMED_BY]).fetchall()
    return [(str(a), int(b), str(c), list(d)) for a, b, c, d in found]


def topic_names(w: Warehouse) -> tuple[dict[str, str], dict[str, str]]:
    """Names of topic classes by code, Chinese and English; a class "other" goes by the class above it."""
    rows = w.connection.execute(
        """
        select own.code,
            coalesce(if(own.name_zh = '其他', above.name_zh, null), own.name_zh) as name_zh,
            coalesce(if(own.name_zh = '其他', above.name_en, null), own.name_en) as name_en
        from topic_class own
        left join topic_class above on above.scheme = own.scheme and above.code = own.parent
        order by own.scheme desc, own.code
        """
    ).fetchall()
    return {row[0]: row[1] or row[2] for row in rows}, {row[0]: row[2] or row[1] for row in rows}


def store_communities(w: Warehouse, mark: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Keep the names of all communities."""
    with w.transaction() as connection:
        connection.execute("delete from community")
        stage_like(connection, "named_community", "community", rows)
        connection.execute("insert into community select * from named_community")
        connection.execute("insert or replace into network_state values ('names', $1)", [mark])


def cascade_links(w: Warehouse) -> tuple[str, list[tuple[Any, ...]]]:
    """A hash of the candidate links, and the links: parent, child, relation, both days, confidence."""
    w.connection.execute(sql("views", "cascade_links"))
    row = w.connection.execute(
        "select count(*) || '-' || coalesce(sum(hash(l)::hugeint), 0) from cascade_link l"
    ).fetchone()
    links = w.connection.execute("select * from cascade_link order by parent, child").fetchall()
    return str(row[0]) if row else "", links


def alike_pairs(w: Warehouse) -> list[Alike]:
    """Pairs to be laid beside each other, those that share most first; after `cascade_links`."""
    w.connection.execute(sql("views", "clause_candidates"), [CROWD, SOUGHT, LONGEST_LAG, COMPARED])
    rows = w.connection.execute(
        "select parent, child, parent_day, child_day, parent_reading, child_reading "
        "from clause_candidate order by parent, child"
    ).fetchall()
    return [Alike(*row) for row in rows]


def texts_of(w: Warehouse, pairs: Sequence[Alike]) -> Texts:
    """The texts of these pairs' readings, read in runs as they are asked for; the last hundreds are kept."""
    names = list(dict.fromkeys(name for one in pairs for name in (one.parent_reading, one.child_reading)))
    place = {name: at for at, name in enumerate(names)}
    kept: OrderedDict[str, str] = OrderedDict()

    def text(name: str) -> str | None:
        if name not in kept:
            at = place[name]
            kept.update(reading_texts(w.connection, names[at : at + _KEPT_TEXTS // 4]))
            while len(kept) > _KEPT_TEXTS:
                kept.popitem(last=False)
        return kept.get(name)

    return text


def store_follow_ups(w: Warehouse, mark: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Keep the cascades instead of those before."""
    with w.transaction() as connection:
        connection.execute("delete from follow_up")
        stage_like(connection, "found_follow_up", "follow_up", rows)
        connection.execute("insert into follow_up select * from found_follow_up")
        connection.execute("insert or replace into network_state values ('follow-ups', $1)", [mark])
