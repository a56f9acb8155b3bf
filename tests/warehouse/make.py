"""Small real records for the warehouse tests: a home with a standing clock, captures and documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.copying import copied
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import capture_id, document_id, sha256
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.records import (
    ArchivePlace,
    AttachmentText,
    Body,
    Capture,
    Citation,
    Classification,
    Classifier,
    Document,
    Extraction,
    Fact,
    Label,
    ParsedNumber,
    ReadCapture,
    Route,
    Source,
    TopicClass,
)

DAY = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
CLASSIFIER = Classifier("rules-1", "none", "state-council", "authority-1", "1")


def make_home(root: Path, *, now: datetime | None = None, extra: str = "") -> Home:
    """A real home (no sample clock) unless `now` is given."""
    clock = f'[clock]\nnow = "{now.isoformat()}"\n' if now else ""
    return Home.create(root / "home", clock + extra)


def copy_of(home: Home, root: Path) -> Home:
    """The same home in a folder of its own, for a test that changes it."""
    return Home.open(copied(home.root, root / "home"))


def source(source_id: str = "mzt", **changes: Any) -> Source:
    """A provincial department's site."""
    plain = Source(
        source_id, "云河省民政厅", "Yunhe Civil Affairs", "XS-10", "云河省", "provincial", "zh", "trs",
        "http://mzt.yunhe.example/", "xs-10-mzt", "Asia/Shanghai", "full", False, True, None,
    )  # fmt: skip
    return replace(plain, **changes)


def document(number: int = 1, source_id: str = "mzt", **changes: Any) -> Document:
    """A short notice with its own number."""
    url = f"http://mzt.yunhe.example/art/{number}.html"
    plain = Document(
        document_id(source_id, None, url), source_id, url, None, f"关于第{number}项养老服务工作的通知",
        ("各市民政局：", f"现将第{number}项工作通知如下。", "请认真执行。"),
        doc_number=f"云民发〔2026〕{number}号", published=date(2026, 5, 20), path="container",
    )  # fmt: skip
    return replace(plain, **changes)


def read(
    *documents: Document, at: datetime = DAY, extractor: str = "x1", kind: Any = "fetched", **changes: Any
) -> ReadCapture:
    """The documents as read from one detail page."""
    first = documents[0]
    url = changes.pop("url", first.url or "import:1")
    payload = repr(documents).encode()
    capture = Capture(
        capture_id(first.source_id, url, at, sha256(payload)), first.source_id,
        changes.pop("run_id", "run-1"), url, url, at, 200, "text/html", sha256(payload), len(payload),
        ArchivePlace("2026-06/run-1-0001.warc.gz", 0, 10), kind, "detail",
    )  # fmt: skip
    extraction = Extraction("document", "container", documents, **changes)
    return ReadCapture(capture, extraction, extractor)


def read_attachment(
    url: str, parent_url: str, text: str, at: datetime = DAY, source_id: str = "mzt"
) -> ReadCapture:
    """An attached file as read from its own capture."""
    payload = text.encode()
    capture = Capture(
        capture_id(source_id, url, at, sha256(payload)), source_id, "run-1", url, url, at, 200,
        "application/pdf", sha256(payload), len(payload),
        ArchivePlace("2026-06/run-1-0001.warc.gz", 0, 10), "fetched", "attachment",
        parent_url=parent_url,
    )  # fmt: skip
    attachment = AttachmentText("text", "application/pdf", text, 1)
    return ReadCapture(capture, Extraction("attachment", "pdf", attachment=attachment), "x1")


def classification(home: Home | Warehouse, one: Document, **changes: Any) -> Classification:
    """An empty classification of the document's current reading, in a home or its open warehouse."""
    if isinstance(home, Home):
        with Warehouse.open(home) as opened:
            return classification(opened, one, **changes)
    row = home.connection.execute(
        "select reading_id from document where document_id = ?", [one.document_id]
    ).fetchone()
    assert row is not None
    return Classification(one.document_id, row[0], **changes)


def number(normal: str) -> ParsedNumber:
    """云民发〔2026〕1号 taken apart."""
    organ, rest = normal.split("〔")
    year, serial = rest.removesuffix("号").split("〕")
    return ParsedNumber(normal, normal, organ, int(year), int(serial))


def label(code: str, name: str, *, field: Any = "topic", basis: Any = "rule") -> Label:
    """A label with score 0.9."""
    scheme = "state-council" if field == "topic" else "authority-1"
    return Label(field, scheme, code, name, 0.9, basis, (), CLASSIFIER.classifier_id)


def citation(
    one: Document, sentence: str, kind: Any, *, title: str | None = None, to: str | None = None
) -> Citation:
    """A citation standing in the second paragraph."""
    return Citation(
        f"fac-{one.document_id[4:]}-{kind}-{title}-{to}", kind, sentence, 1, 0, len(sentence), title, to
    )


def fact(kind: str, value: str, paragraph: int, start: int, end: int) -> Fact:
    """A mined value with its place."""
    return Fact(f"fac-{kind}-{paragraph}-{start}", kind, value, value, paragraph, start, end, "test-1")


def route(reason: str, code: str | None, name: str | None, paragraph: int, start: int, end: int) -> Route:
    """A body or class that a document gives work to, with its place; without a code why to nobody."""
    return Route(f"fac-{reason}-{code}", code, name, reason, paragraph, start, end, "test-1")


def topics() -> list[TopicClass]:
    """Two classes, one below the other."""
    return [
        TopicClass("state-council", "13", None, 1, "民政、扶贫、救灾", "Civil affairs", "民政、扶贫、救灾"),
        TopicClass("state-council", "13-02", "13", 2, "社会福利", "Welfare", "民政、扶贫、救灾\\社会福利"),
    ]


def bodies() -> list[Body]:
    """A provincial department and a ministry."""
    return [
        Body("xs-10-mzt", "云河省民政厅", "Yunhe Civil Affairs", "省民政厅", "XS-10", "云河省", "provincial"),
        Body("xs-mca", "民政部", "Ministry", "民政部", "XS", "全国", "national"),
    ]


def fill(home: Home, documents: Sequence[Document], at: datetime = DAY) -> None:
    """Sources and documents in the warehouse, one capture each."""
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [read(one, at=at) for one in documents])


def later(days: float) -> datetime:
    """An instant after DAY."""
    return DAY + timedelta(days=days)
