"""The basket's tables as SQLAlchemy sees them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table, Text

from warehouse.desk.tables import metadata

basket_item = Table(
    "basket_item",
    metadata,
    Column("item_id", Integer, primary_key=True),
    Column("theme", String, nullable=False),
    Column("place", Integer, nullable=False),
    Column("pinned_document", String, nullable=False),  # not `document_id`: a purge blanks, see the migration
    Column("version_no", Integer, nullable=False),
    Column("reading_id", String, nullable=False),
    Column("sha256", String),
    Column("paragraph", Integer, nullable=False),
    Column("start_at", Integer, nullable=False),
    Column("end_at", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("stands", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text),
    Column("number", Text),
    Column("issued_on", String),
    Column("note", Text, nullable=False),
    Column("tags", Text, nullable=False),  # JSON
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("concern", String, nullable=False),
    Column("said", Text, nullable=False),
    Column("text_hash", String),
    Column("settled", Text, nullable=False),  # JSON
    Column("removed_at", Float),
    Column("removed_by", String),
    Column("nth", Integer, nullable=False, default=1),
    Column("alike", Integer, nullable=False, default=1),
    Column("times", Integer, nullable=False, default=1),
)

basket_pin = Table(
    "basket_pin",
    metadata,
    Column("pin_id", Integer, primary_key=True),
    Column("item_id", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("publication_id", String),
    Column("outcome", String, nullable=False),
    Column("old_pin", Text, nullable=False),  # JSON
    Column("new_pin", Text, nullable=False),  # JSON or ''
    Column("said", Text, nullable=False),
)

basket_choice = Table(
    "basket_choice",
    metadata,
    Column("account", String, primary_key=True),
    Column("theme", String, nullable=False),
    Column("at", Float, nullable=False),
)
