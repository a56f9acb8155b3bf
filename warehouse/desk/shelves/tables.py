"""The tables of shelves as SQLAlchemy sees them; migrations/0013_service.sql makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table, Text

from warehouse.desk.tables import metadata

shelf = Table(
    "shelf",
    metadata,
    Column("shelf_id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("introduction", Text, nullable=False),
    Column("responsible", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("published_at", Float),
)

shelf_section = Table(
    "shelf_section",
    metadata,
    Column("section_id", Integer, primary_key=True),
    Column("shelf_id", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("removed_at", Float),
)

shelf_document = Table(
    "shelf_document",
    metadata,
    Column("entry_id", Integer, primary_key=True),
    Column("section_id", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("document_id", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("removed_at", Float),
)
