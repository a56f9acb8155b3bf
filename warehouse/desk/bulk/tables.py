"""The tables of bulk edits, the review queue and second judgements; migration 0014 makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table, Text

from warehouse.desk.tables import metadata

bulk_edit = Table(
    "bulk_edit",
    metadata,
    Column("bulk_id", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("value", Text),  # JSON
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("undone_at", Float),
    Column("undone_by", String),
)

bulk_record = Table(
    "bulk_record",
    metadata,
    Column("bulk_id", Integer, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("correction_id", Integer, nullable=False),
)

review_answer = Table(
    "review_answer",
    metadata,
    Column("answer_id", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("answer", String, nullable=False),
    Column("correction_id", Integer),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("undone_at", Float),
)

second_judgement = Table(
    "second_judgement",
    metadata,
    Column("correction_id", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", Text),  # JSON
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("decided", Text),  # JSON
    Column("remark", Text, nullable=False, default=""),
    Column("decided_by", String),
    Column("decided_at", Float),
)
