"""The tables of signed issues as SQLAlchemy sees them; `migrations/0012_issues.sql` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, String, Table, Text

from warehouse.desk.tables import metadata

issue = Table(
    "issue",
    metadata,
    Column("issue_id", Integer, primary_key=True),
    Column("series", String, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("draft_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("template", String, nullable=False),
    Column("theme", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("frozen", Text, nullable=False),  # JSON
    Column("sha256", String, nullable=False),  # of `frozen` in UTF-8
    Column("publication_id", String, nullable=False),
    Column("programme", String, nullable=False),
    Column("author", String, nullable=False),
    Column("submitted_by", String, nullable=False),
    Column("approved_by", String, nullable=False),
    Column("approved_at", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("state_at", Float),
    Column("corrected_by", Integer),
)

issue_file = Table(
    "issue_file",
    metadata,
    Column("issue_id", Integer, primary_key=True),
    Column("format", String, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String, nullable=False),
)

sign_off_step = Table(
    "sign_off_step",
    metadata,
    Column("step_id", Integer, primary_key=True),
    Column("draft_id", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("remark", Text, nullable=False),
    Column("issue_id", Integer),
)

waiver = Table(
    "waiver",
    metadata,
    Column("draft_id", Integer, primary_key=True),
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("revision", Integer, nullable=False),
)

issue_notice = Table(
    "issue_notice",
    metadata,
    Column("notice_id", Integer, primary_key=True),
    Column("issue_id", Integer, nullable=False),
    Column("document_id", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("said", Text, nullable=False),
    Column("publication_id", String, nullable=False),
    Column("at", Float, nullable=False),
)

recipient = Table(
    "recipient",
    metadata,
    Column("recipient_id", Integer, primary_key=True),
    Column("series", String, nullable=False),
    Column("name", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", Text, nullable=False),  # sealed, "" when none
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("removed_at", Float),
    Column("removed_by", String),
)

delivery = Table(
    "delivery",
    metadata,
    Column("delivery_id", Integer, primary_key=True),
    Column("issue_id", Integer, nullable=False),
    Column("recipient_id", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("how", String, nullable=False),
    Column("day", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("feedback_id", Integer, primary_key=True),
    Column("issue_id", Integer, nullable=False),
    Column("recipient_id", Integer),
    Column("kind", String, nullable=False),
    Column("by_whom", String, nullable=False),
    Column("day", String, nullable=False),
    Column("text", Text, nullable=False),  # sealed when it is an instruction
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("removed_at", Float),
    Column("removed_by", String),
)

open_point = Table(
    "open_point",
    metadata,
    Column("point_id", Integer, primary_key=True),
    Column("series", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("issue_id", Integer, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("done_at", Float),
    Column("done_by", String),
    Column("done_note", Text, nullable=False),
)
