"""The desk's tables as SQLAlchemy sees them; `migrations.py` makes them."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, MetaData, String, Table, Text

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("name", String, primary_key=True),
    Column("created_at", Float, nullable=False),
    Column("role", String, nullable=False),
    Column("shown", String, nullable=False, default=""),
    Column("state", String, nullable=False, default="active"),
    Column("password", String, nullable=False, default=""),  # argon2id; empty: no password opens it
    Column("must_change", Integer, nullable=False, default=0),
    Column("mail", String, nullable=False, default=""),  # sealed
    Column("identity", String, nullable=False, default=""),  # issuer and subject of an OIDC provider
)

session = Table(
    "session",
    metadata,
    Column("token", String, primary_key=True),  # SHA-256 of what the browser holds
    Column("account", String, nullable=False),
    Column("secret", String, nullable=False),  # what tokens of its forms are made with
    Column("created_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("until", Float, nullable=False),
)

failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("failure_id", Integer, primary_key=True),
    Column("account", String, nullable=False),  # SHA-256: a password typed in the wrong field stays unread
    Column("address", String, nullable=False),
    Column("at", Float, nullable=False),
)

# Only the latest visit is kept: enough for "new since you were here", and no diary of anybody's reading.
visit = Table(
    "visit",
    metadata,
    Column("account", String, primary_key=True),
    Column("page", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("publication_id", String, nullable=False),
    Column("at", Float, nullable=False),
)

correction = Table(
    "correction",
    metadata,
    Column("correction_id", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("field", String, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    Column("previous", Text, nullable=False),  # JSON
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("undone_at", Float),
    Column("undone_by", String),
)

judgement = Table(
    "judgement",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("fact_id", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)

job = Table(
    "job",
    metadata,
    Column("job_id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("arguments", Text, nullable=False),  # JSON
    Column("account", String, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("started_at", Float),
    Column("ended_at", Float),
    Column("outcome", Text),
)

# Answers to the crawl's alarms: a log, of which the newest for an alarm holds.
alarm_answer = Table(
    "alarm_answer",
    metadata,
    Column("answer_id", Integer, primary_key=True),
    Column("alarm_no", Integer, nullable=False),
    Column("source_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("verdict", String, nullable=False),  # of the alarm at that moment
    Column("opened_at", Float, nullable=False),  # of the alarm: tells it from one of the same number
    Column("acted", Integer),  # 1: led to an action, 0: did not, NULL: not said
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)

audit_event = Table(
    "audit_event",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("account", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
)

# Decisions about allocation: a log, of which the newest of a document and code that was not undone holds.
routing_act = Table(
    "routing_act",
    metadata,
    Column("act_id", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("name", String, nullable=False),
    Column("act", String, nullable=False),
    Column("value", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("undone_at", Float),
    Column("undone_by", String),
)

sitting = Table(
    "sitting",
    metadata,
    Column("sitting_id", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("publication_id", String, nullable=False),
    Column("classifiers", Text, nullable=False),  # JSON
    Column("candidates", Integer, nullable=False),
    Column("account", String, nullable=False),
    Column("drawn_at", Float, nullable=False),
)

sitting_document = Table(
    "sitting_document",
    metadata,
    Column("sitting_id", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("document_id", String, nullable=False),
    Column("drawn", String, nullable=False),
    Column("given", String),
    Column("given_name", String),
    Column("score", Float),
    Column("answer", String),
    Column("correction_id", Integer),
    Column("answered_at", Float),
)

# What a search asks is JSON in `asked`; a removed one stays, so that its number never means another.
saved_search = Table(
    "saved_search",
    metadata,
    Column("search_id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("owner", String, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("changed_at", Float, nullable=False),
    Column("last_run_at", Float),
    Column("publication_id", String),
    Column("removed_at", Float),
    Column("removed_by", String),
)

saved_search_hit = Table(
    "saved_search_hit",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("search_id", Integer, nullable=False),
    Column("document_id", String, nullable=False),
    Column("version_no", Integer, nullable=False),
    Column("kind", String, nullable=False),  # known | new | changed
    Column("publication_id", String, nullable=False),
    Column("recorded_at", Float, nullable=False),
)

# No account and no time finer than the day: a count of what is wanted, not of who wants it.
unanswered_query = Table(
    "unanswered_query",
    metadata,
    Column("day", String, primary_key=True),
    Column("query", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)

handled_query = Table(
    "handled_query",
    metadata,
    Column("query", Text, primary_key=True),
    Column("day", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)

# What people know of numbers that are not held; the newest row of a number holds.
number_mark = Table(
    "number_mark",
    metadata,
    Column("mark_id", Integer, primary_key=True),
    Column("number", String, nullable=False),
    Column("state", String, nullable=False),  # known-non-public | cancelled | none
    Column("note", Text, nullable=False),
    Column("account", String, nullable=False),
    Column("at", Float, nullable=False),
)
