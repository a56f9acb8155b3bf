"""The tables of the crawl state: frontier, captures, runs; SQLite in WAL mode, or any SQLAlchemy database."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# One row per address a source should have fetched; instants are UTC seconds since the epoch.
frontier = Table(
    "frontier",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("role", String, nullable=False),  # list | detail | attachment | feed | api
    Column("state", String, nullable=False),  # discovered | leased | fetched | failed | gone | refused
    Column("priority", Integer, nullable=False, default=0),  # higher first
    Column("discovered_at", Float, nullable=False),
    Column("order_no", Integer, nullable=False, default=0),  # place in the list that named it
    Column("due_at", Float, nullable=False),  # not to be fetched before
    Column("leased_until", Float),
    Column("leased_by", String),
    Column("attempts", Integer, nullable=False, default=0),
    Column("request", Text, nullable=False, default="{}"),  # JSON: method, body, headers, platform state
    Column("entry", Text),  # JSON of the list entry that led here
    Column("parent_url", String),
    Column("etag", String),
    Column("last_modified", String),
    Column("last_sha256", String),
    Column("last_fetched_at", Float),
    Column("gone_count", Integer, nullable=False, default=0),
    Column("gone_first_at", Float),
    Column("note", String),
    Column("step", Integer, nullable=False, server_default="0"),  # place on the source's revisit_days
    Column("unconfirmed", String),  # capture of a change that a second fetch has not confirmed yet
    # Its line in a list changed while it was leased: to be asked once more.
    Column("relisted", Boolean, nullable=False, server_default="0"),
    Index("frontier_due", "state", "due_at", "priority"),
    Index("frontier_host", "host", "state"),
    Index("frontier_role", "source_id", "role"),
)

# Which list named which address, with the title and date it gave: what is new, changed or missing in it.
listing = Table(
    "listing",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("root", String, primary_key=True),  # frontier address of the list's first page
    Column("url", String, primary_key=True),
    Column("mark", String, nullable=False),  # title, date and further values as listed
    Column("published", String),  # YYYY-MM-DD as listed
    Column("last_run", String, nullable=False),
    # First named by a walk that has not reached its end: lines below it may never have been read.
    Column("open_walk", Boolean, nullable=False, server_default="0"),
)

# The card of every archived response; committed only after the WARC record is on disk.
capture = Table(
    "capture",
    metadata,
    Column("capture_no", Integer, primary_key=True, autoincrement=True),  # order of arrival
    Column("capture_id", String, nullable=False, unique=True),
    Column("source_id", String, nullable=False),
    Column("run_id", String, nullable=False),
    Column("url", String, nullable=False),
    Column("final_url", String, nullable=False),
    Column("fetched_at", Float, nullable=False),
    Column("status", Integer, nullable=False),
    Column("media_type", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("length", Integer, nullable=False),
    Column("warc_file", String, nullable=False),
    Column("warc_offset", Integer, nullable=False),
    Column("warc_length", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("role", String, nullable=False),
    Column("entry", Text),
    Column("parent_url", String),
    Column("standing", String, nullable=False, server_default="good"),  # good | unconfirmed | held | dropped
    Index("capture_by_url", "source_id", "url"),
    Index("capture_by_run", "run_id"),
)

# What extraction made of a capture; absent row = still to be read.
extraction = Table(
    "extraction",
    metadata,
    Column("capture_id", String, primary_key=True),
    Column("extractor_version", String, primary_key=True),
    Column("outcome", String, nullable=False),  # document | list | feed | attachment | challenge | unreadable
    Column("problems", Text, nullable=False, default="[]"),
    Column("at", Float, nullable=False),
)

# Documents the site took away or brought back, noticed by the crawl; extraction turns them into events.
notice = Table(
    "notice",
    metadata,
    Column("notice_no", Integer, primary_key=True, autoincrement=True),
    Column("source_id", String, nullable=False),
    Column("url", String, nullable=False),
    Column("kind", String, nullable=False),  # withdrawn | restored | seen (304 or unchanged)
    Column("at", Float, nullable=False),
    Column("run_id", String, nullable=False),
    Column("taken", Boolean, nullable=False, default=False),
    Column("held", Boolean, nullable=False, default=False),  # until a sound run finds the same
    UniqueConstraint("source_id", "url", "kind", "run_id"),
)

run = Table(
    "run",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("started_at", Float, nullable=False),
    Column("ended_at", Float),
    Column("outcome", String, nullable=False),
    Column("pid", Integer),
    Column("sources", Text, nullable=False, default="[]"),
)

source_run = Table(
    "source_run",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("verdict", String, nullable=False, default="running"),
    Column("detail", String, nullable=False, default=""),
    Column("requests", Integer, nullable=False, default=0),
    Column("fetched", Integer, nullable=False, default=0),
    Column("not_modified", Integer, nullable=False, default=0),
    Column("new_documents", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("withdrawn", Integer, nullable=False, default=0),
    Column("failures", Integer, nullable=False, default=0),
    Column("bytes", Integer, nullable=False, default=0),
    Column("lists", Integer, nullable=False, default=0),  # list pages answered, unchanged ones included
    Column(
        "entries", Integer, nullable=False, default=0
    ),  # lines read from them, or known from an unchanged one
    Column("at", Float, nullable=False),
)

# Committed end of every WARC file; what lies beyond was torn by a kill and is cut at the next start.
warc_file = Table(
    "warc_file",
    metadata,
    Column("file", String, primary_key=True),
    Column("committed_end", Integer, nullable=False),
    Column("writer_pid", Integer),
)

# Per source: breaker, robots rules obeyed, cadence.
source_state = Table(
    "source_state",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("breaker", String, nullable=False, default="closed"),  # closed | open | half-open | blocked
    Column("breaker_until", Float),
    Column("failures_in_row", Integer, nullable=False, default=0),
    Column("detail", String, nullable=False, default=""),
    Column("last_started_at", Float),
    Column("last_success_at", Float),
    Column("last_new_at", Float),
)

robots = Table(
    "robots",
    metadata,
    Column("host", String, primary_key=True),
    Column("fetched_at", Float, nullable=False),
    Column("status", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# What one run measured of one source: the numbers a contract is learned from and held against.
observation = Table(
    "observation",
    metadata,
    Column("run_id", String, primary_key=True),
    Column("source_id", String, primary_key=True),
    Column("at", Float, nullable=False),
    Column("measures", Text, nullable=False),  # JSON: name -> number or text
    Column("sound", Boolean, nullable=False),  # the verdict was good: it may teach the contract
    Index("observation_by_source", "source_id", "at"),
)

# What a run found wrong with a source, with its evidence.
finding = Table(
    "finding",
    metadata,
    Column("finding_no", Integer, primary_key=True, autoincrement=True),
    Column("run_id", String, nullable=False),
    Column("source_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("verdict", String, nullable=False),  # blocked | broken | drifting
    Column("sentence", Text, nullable=False),
    Column("found", Text, nullable=False, default="{}"),  # JSON: numbers and names of the sentence
    Column("good_capture", String),  # the last good page
    Column("bad_capture", String),  # the page that shows the fault
    Column("at", Float, nullable=False),
    UniqueConstraint("run_id", "source_id", "code"),
)

# Documents that every run must find and read identically.
canary = Table(
    "canary",
    metadata,
    Column("source_id", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("capture_id", String, nullable=False),  # the capture whose reading is expected
    Column("reading", Text, nullable=False),  # JSON: digests and values of the expected reading
    Column("chosen_at", Float, nullable=False),
    Column("missed", Integer, nullable=False, default=0),  # runs in a row that did not find it so
)

# A finding that lasts: open from its first run to the first run of the source without it.
alarm = Table(
    "alarm",
    metadata,
    Column("alarm_no", Integer, primary_key=True, autoincrement=True),
    Column("source_id", String, nullable=False),
    Column("code", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("sentence", Text, nullable=False),  # of the latest run that found it
    Column("opened_run", String, nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("last_run", String, nullable=False),
    Column("last_at", Float, nullable=False),
    Column("closed_run", String),
    Column("closed_at", Float),
    Column("told_at", Float),  # by mail or webhook
    Column("good_capture", String),  # its evidence: of its first run, until a later one shows as much
    Column("bad_capture", String),
    Index("alarm_open", "source_id", "code", "closed_at"),
)

# What `purge` removed: hashes alone, so that it is neither fetched nor taken in again.
purged = Table(
    "purged",
    metadata,
    Column("name", String, primary_key=True),  # hash of the address, or name of the capture or document
    Column("kind", String, primary_key=True),  # address | capture | document
    Column("source_id", String, nullable=False),
    Column("sha256", String),  # of a capture's bytes
    Column("reason", Text, nullable=False),
    Column("at", Float, nullable=False),
)
