"""Near-duplicates: texts that differ a little, found by signatures, confirmed on the texts, kept as pairs.

Signatures are made here and not in `classify`: numpy is all they need, and a document that was imported and
never classified has copies too. Only documents that changed are compared; the pairs of all others are kept.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from heapq import nlargest
from typing import Any

import numpy as np

from warehouse.database import Warehouse
from warehouse.duplicate_check import Paper, compare
from warehouse.reading_texts import reading_texts
from warehouse.rows import sql, stage, stage_like
from warehouse.shingles import RULE, band_keys, plain, shingles, signature

CROWD = 64  # texts that share a key: more, and it is a form's
_STAND_IN = 3  # of equal texts, so many are compared
_BATCH = 500
_KEPT_PAPERS = 4000
_NARROW = np.uint64(2**40 - 1)  # keys of forty bits: a chance meeting costs one comparison
SENTENCE = 1 << 40  # the bit that only keys of sentences have
_SENTENCE = re.compile(r"[^。！？；\n.!?;]{24,}")
_SENTENCES = 2  # the longest ones are keys too: a short text in a long frame shares few bands


def update_duplicates(w: Warehouse, *, whole: bool = False) -> int:
    """Bring `near_copy` to what `pub.document` shows of the `touched` documents; returns how many were
    compared.

    Makes the temporary table `near_moved`: documents of which a pair came or went. `whole`: all documents
    are looked at, and what the warehouse no longer publishes is forgotten.
    """
    connection = w.connection
    _scope(w, whole)
    connection.execute(sql("views", "copies_due"))
    due = _count(w, "copy_due")
    if not due and not _count(w, "copy_gone"):
        return 0
    with w.transaction():
        _forget(w)
        _name_texts(w)
    connection.execute(sql("views", "copy_candidates"), [CROWD, _STAND_IN, SENTENCE])
    found = list(_confirmed(w))
    with w.transaction():
        stage_like(connection, "new_copy", "near_copy", found)
        connection.execute("insert into near_copy select * from new_copy")
    connection.execute("insert into near_moved select unnest([document_id, other_id]) from new_copy")
    return due


def text_keys(text: str) -> list[int]:
    """The keys under which a text is looked for: its bands and its longest sentences."""
    hashes = shingles(plain(text))
    if not len(hashes):
        return []
    longest = nlargest(_SENTENCES, set(_SENTENCE.findall(text)), key=lambda said: (len(said), said))
    return sorted({*(band_keys(signature(hashes)) & _NARROW).tolist(), *map(_sentence_key, longest)})


def _sentence_key(sentence: str) -> int:
    return (
        int.from_bytes(blake2b(plain(sentence).encode("utf-8", "surrogatepass"), digest_size=5).digest())
        | SENTENCE
    )


def _scope(w: Warehouse, whole: bool) -> None:
    """`copy_scope`: the touched documents; all of them when nothing was compared yet, or by other rules."""
    for table in ("near_state", "near_key", "near_copy", "near_text"):  # near_text last: it tells the rule
        w.connection.execute(f"delete from {table} where exists (from near_text where rule <> ?)", [RULE])
    row = w.connection.execute("select exists (from near_state)").fetchone()
    everything = "(select document_id from pub.document union select document_id from near_state)"
    scope = "touched" if row and row[0] and not whole else everything
    w.connection.execute(f"create or replace temp table copy_scope as select document_id from {scope}")
    w.connection.execute("create or replace temp table near_moved (document_id varchar)")


def _forget(w: Warehouse) -> None:
    """Forget the pairs and states of what is compared anew or gone, and keys that no document needs any
    more.
    """
    w.connection.execute(
        """
        create or replace temp table copy_moved as
        select document_id from copy_due union select document_id from copy_gone;
        insert into near_moved
        select unnest([document_id, other_id]) from near_copy
        where document_id in (select document_id from copy_moved)
            or other_id in (select document_id from copy_moved);
        delete from near_copy
        where document_id in (select document_id from copy_moved)
            or other_id in (select document_id from copy_moved);
        create or replace temp table copy_left as
        select distinct text_no from near_state semi join copy_moved using (document_id);
        delete from near_state where document_id in (select document_id from copy_moved);
        delete from copy_left where text_no in (select text_no from near_state);
        delete from copy_left
        where text_no in (select text_no from near_text semi join copy_due using (text_hash));
        """
    )
    if _count(w, "copy_left"):
        w.connection.execute("delete from near_key where text_no in (select text_no from copy_left)")
        w.connection.execute("delete from near_text where text_no in (select text_no from copy_left)")


def _name_texts(w: Warehouse) -> None:
    """Give the due texts a number and, where they have none by this rule, keys; note their states."""
    connection = w.connection
    due = connection.execute(
        """
        select text_hash, arg_min(reading_id, t.rowid) as reading_id
        from copy_due left join reading_text t using (reading_id)
        where text_hash not in (select text_hash from near_text)
        group by text_hash order by min(t.rowid), text_hash
        """
    ).fetchall()
    row = connection.execute("select coalesce(max(text_no), 0) from near_text").fetchone()
    first = int(row[0]) + 1 if row else 1
    for start in range(0, len(due), _BATCH):
        part = due[start : start + _BATCH]
        numbers = {text_hash: first + start + at for at, (text_hash, _) in enumerate(part)}
        texts = reading_texts(connection, [reading_id for _, reading_id in part if reading_id])
        _keep_keys(w, [(numbers[key], text_keys(texts[one])) for key, one in part if one in texts])
        rows = ((number, text_hash, RULE) for text_hash, number in numbers.items())
        stage_like(connection, "new_text", "near_text", rows)
        connection.execute("insert into near_text select * from new_text")
    connection.execute(
        "insert into near_state "
        "select document_id, text_no, case when length(title_key) >= 6 then hash(title_key) end, state "
        "from copy_due join near_text using (text_hash)"
    )


def _keep_keys(w: Warehouse, keys: list[tuple[int, list[int]]]) -> None:
    columns = {
        "key": np.array([key for _, some in keys for key in some], dtype=np.uint64),
        "text_no": np.array([number for number, some in keys for _ in some], dtype=np.int32),
    }
    w.connection.register("key_columns", columns)
    try:
        w.connection.execute("insert into near_key select key, text_no from key_columns")
    finally:
        w.connection.unregister("key_columns")


def _confirmed(w: Warehouse) -> Iterator[tuple[Any, ...]]:
    """The candidates that are copies or excerpts, in the order that needs each text once."""
    connection = w.connection
    connection.execute(sql("views", "copy_papers"))
    pairs = connection.execute(
        """
        select pair.document_id, pair.other_id
        from copy_pair pair
        join copy_number one on one.document_id = pair.document_id
        join copy_number other on other.document_id = pair.other_id
        where one.number = '' or other.number = '' or one.number = other.number
        order by 1, 2
        """
    ).fetchall()
    papers = _Papers(w)
    for start in range(0, len(pairs), _BATCH):
        part = pairs[start : start + _BATCH]
        papers.load({one for pair in part for one in pair})
        for one, other in part:
            like = compare(papers[one], papers[other])
            if like is None:
                continue
            if like.kind == "excerpt" and len(papers[one].letters) > len(papers[other].letters):
                one, other = other, one
            yield one, other, like.kind, like.similarity


class _Papers:
    """The papers compared lately, read in batches."""

    def __init__(self, w: Warehouse) -> None:
        self._connection = w.connection
        self._kept: OrderedDict[str, Paper] = OrderedDict()

    def __getitem__(self, document_id: str) -> Paper:
        return self._kept[document_id]

    def load(self, wanted: Iterable[str]) -> None:
        """Have these at hand; those not asked for lately are let go."""
        asked = set(wanted)
        for document_id in asked & self._kept.keys():
            self._kept.move_to_end(document_id)
        stage(
            self._connection,
            "asked_paper",
            "document_id varchar",
            ((one,) for one in asked - self._kept.keys()),
        )
        rows = self._connection.execute(
            """
            select n.document_id, n.source_id, n.number, n.title_key, n.published, n.reading_id
            from copy_number n semi join asked_paper using (document_id)
            """
        ).fetchall()
        texts = reading_texts(self._connection, [row[-1] for row in rows])
        self._kept.update({row[0]: Paper(*(*row[:-1], texts[row[-1]])) for row in rows if row[-1] in texts})
        while len(self._kept) > max(_KEPT_PAPERS, len(asked)):
            self._kept.popitem(last=False)


def _count(w: Warehouse, table: str) -> int:
    row = w.connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
