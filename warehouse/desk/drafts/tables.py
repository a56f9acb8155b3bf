"""The tables of drafts as SQLAlchemy sees them; `migrations/0011_drafts.sql` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, String, Table, Text

from warehouse.desk.tables import metadata

draft = Table(
    "draft",
    metadata,
    Column("draft_id", Integer, primary_key=True),
    Column("template", String, nullable=False),
    Column("theme", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("revision", Integer, nullable=False),  # the head
    Column("since", String, nullable=False),
    Column("until", String, nullable=False),
    Column("searches", Text, nullable=False),  # JSON
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
)

# Whole every so often, else the lines that differ from the revision numbered before it.
draft_revision = Table(
    "draft_revision",
    metadata,
    Column("draft_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("base", Integer),
    Column("other", Integer),
    Column("kind", String, nullable=False),
    Column("whole", Text),
    Column("changed", Text),  # JSON: first line, lines taken out, lines put in
    Column("digest", LargeBinary, nullable=False),  # SHA-256 of the text in UTF-8
    Column("characters", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("session", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)

# What a program wrote into a section, so that filling it again never writes over a person's words.
draft_fill = Table(
    "draft_fill",
    metadata,
    Column("draft_id", Integer, primary_key=True),
    Column("section", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("publication_id", String, nullable=False),
    Column("at", Float, nullable=False),
)

draft_comment = Table(
    "draft_comment",
    metadata,
    Column("comment_id", Integer, primary_key=True),
    Column("draft_id", Integer, nullable=False),
    Column("answers", Integer),
    Column("anchor", Text, nullable=False),
    Column("paragraph", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("resolved_at", Float),
    Column("resolved_by", String),
)
