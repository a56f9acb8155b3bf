"""The tables of requests as SQLAlchemy sees them; migrations/0013_service.sql makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table, Text

from warehouse.desk.tables import metadata

service_request = Table(
    "service_request",
    metadata,
    Column("request_id", Integer, primary_key=True),
    Column("department", Text, nullable=False),
    Column("asker", Text),
    Column("need", Text, nullable=False),
    Column("asked_on", String, nullable=False),
    Column("due", String),
    Column("state", String, nullable=False),
    Column("responsible", String, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("delivered_on", String),
    Column("closed_on", String),
)

service_link = Table(
    "service_link",
    metadata,
    Column("link_id", Integer, primary_key=True),
    Column("request_id", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("label", Text, nullable=False),
    Column("found", Integer),
    Column("publication_id", String),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("removed_at", Float),
    Column("removed_by", String),
)

service_delivery = Table(
    "service_delivery",
    metadata,
    Column("delivery_id", Integer, primary_key=True),
    Column("request_id", Integer, nullable=False),
    Column("delivered_on", String, nullable=False),
    Column("what", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("removed_at", Float),
    Column("removed_by", String),
)
