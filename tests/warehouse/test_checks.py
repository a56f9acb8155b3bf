"""Each rule about a publication's rows finds what breaks it, and is quiet over rows that are right."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.rows import sql

SOUND = """
    insert into pub.document (document_id, capture_id, version_no, title) values
        ('doc-1', 'cap-1', 1, '通知'), ('doc-2', 'cap-2', 1, '办法');
    insert into pub.version (document_id, version_no, capture_id)
    values ('doc-1', 1, 'cap-1'), ('doc-2', 1, 'cap-2');
    insert into pub.capture (capture_id) values ('cap-1'), ('cap-2');
    insert into pub.citation (document_id, target_document_id, sentence)
    values ('doc-1', 'doc-2', '根据办法');
    insert into pub.label (document_id) values ('doc-1');
"""
BROKEN = {
    "document-named-twice": (
        "insert into pub.document (document_id) values ('doc-1')",
        ("doc-1", "2 rows"),
    ),
    "row-of-unknown-document": (
        "insert into pub.attachment (document_id) values ('doc-9')",
        ("doc-9", "attachment of a document that is not published"),
    ),
    "version-without-capture": (
        "update pub.document set version_no = 2 where document_id = 'doc-2'",
        ("doc-2", "no current version"),
    ),
    "citation-to-itself": (
        "update pub.citation set target_document_id = document_id",
        ("doc-1", "cites itself in: 根据办法"),
    ),
    "pointer-to-unknown-document": (
        "update pub.document set reprint_of = 'doc-7' where document_id = 'doc-2'",
        ("doc-2", "is a reprint of doc-7, which is not published"),
    ),
}


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    made.execute("attach ':memory:' as pub; use pub")
    made.execute(sql("views", "publication_schema"))
    made.execute("use memory")
    made.execute(
        "create temp table affected as select * from (values ('doc-1'), ('doc-2'), ('doc-9')) t (document_id)"
    )
    made.execute(SOUND)
    return made


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_is_quiet_over_sound_rows_and_names_what_breaks_it(
    connection: duckdb.DuckDBPyConnection, rule: str
) -> None:
    assert connection.execute(sql("checks", rule)).fetchall() == []
    spoil, said = BROKEN[rule]
    connection.execute(spoil)
    assert connection.execute(sql("checks", rule)).fetchall() == [said]


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_looks_only_at_what_is_written_anew(connection: duckdb.DuckDBPyConnection, rule: str) -> None:
    connection.execute(BROKEN[rule][0])
    connection.execute("delete from affected")
    assert connection.execute(sql("checks", rule)).fetchall() == []
