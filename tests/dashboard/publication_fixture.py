"""A small real publication, made through the warehouse's own code: archive, ingest, labels, publish.

Other test folders may import it: `library` gives a home, `publish_first` and `publish_second` fill it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.dashboard.papers import (
    BODIES,
    CLASSIFIER,
    DAY_ZERO,
    FIRST_DAY,
    SECOND_DAY,
    SOURCES,
    TOPICS,
    Paper,
)
from warehouse.archive.writer import ArchiveWriter
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import capture_id, fact_id, sha256
from warehouse.ingest import ingest_notices, ingest_reads, ingest_runs, ingest_sources, ingest_vocabulary
from warehouse.labelling import pending_documents, store_classifications
from warehouse.publish import publish
from warehouse.records import (
    ArchivePlace,
    AttachmentLink,
    Capture,
    Citation,
    Classification,
    Document,
    Duty,
    Evidence,
    Extraction,
    Fact,
    FieldOrigin,
    Label,
    Problem,
    ReadCapture,
    StoredDocument,
)
from warehouse.run_records import CrawlRun, SourceHealth


def library(folder: Path, day: int = 0, language: str = "zh", extra: str = "") -> Home:
    """A sample home whose clock stands on the given day."""
    now = (DAY_ZERO + timedelta(days=day)).isoformat()
    text = f'[place]\nregion = "云河省"\nlanguage = "{language}"\n[clock]\nnow = "{now}"\n{extra}'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "govbrief.toml").write_text(text, encoding="utf-8")
    return Home.open(folder)


def publish_first(home: Home, papers: Sequence[Paper] = FIRST_DAY) -> str:
    """Take in and publish the first day; the publication's name."""
    take_in(home, papers, "run-first")
    return publish(home).publication_id


def publish_second(folder: Path) -> str:
    """A day later: a new document repeals another, one changed, one is gone; the publication's name."""
    home = library(folder, day=1)
    changed = Paper(**{**_fields(FIRST_DAY[2]), "lines": ("加快5G网络建设。", "到2028年实现全覆盖。")})
    take_in(home, (*SECOND_DAY, changed), "run-second")
    with Warehouse.open(home) as warehouse:
        gone = FIRST_DAY[3]
        ingest_notices(warehouse, [(gone.source, gone.url, "withdrawn", home.clock.now(), "run-second")])
    return publish(home).publication_id


def take_in(home: Home, papers: Sequence[Paper], run_id: str) -> None:
    """Archive, ingest and label the papers as one finished run."""
    at = home.clock.now()
    with ArchiveWriter(home.archive, run_id, home.clock) as writer:
        reads = [_read(writer, paper, run_id, at) for paper in papers]
    by_id = {paper.document_id: paper for paper in papers}
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, SOURCES)
        ingest_vocabulary(warehouse, TOPICS, BODIES)
        ingest_reads(warehouse, reads)
        sources = tuple(sorted({paper.source for paper in papers}))
        ingest_runs(
            warehouse,
            [CrawlRun(run_id, "crawl", at, at + timedelta(minutes=2), "done", sources)],
            _health(run_id, papers, at),
        )
        for batch in pending_documents(warehouse, CLASSIFIER):
            store_classifications(
                warehouse, CLASSIFIER, [_classified(one, by_id[one.document.document_id]) for one in batch]
            )


def _read(writer: ArchiveWriter, paper: Paper, run_id: str, at: datetime) -> ReadCapture:
    body = "".join(f"<p>{line}</p>" for line in paper.lines)
    payload = f"<html><head><title>x</title></head><body>{body}</body></html>".encode()
    place: ArchivePlace = writer.write_response(
        paper.url, 200, [("Content-Type", "text/html; charset=utf-8")], payload, at
    )
    digest = sha256(payload)
    capture = Capture(
        capture_id(paper.source, paper.url, at, digest),
        paper.source,
        run_id,
        paper.url,
        paper.url,
        at,
        200,
        "text/html",
        digest,
        len(payload),
        place,
        "fetched",
        "detail",
    )
    return ReadCapture(
        capture, Extraction("document", "test", (_document(paper),), problems=_problems(paper)), "test-1"
    )


def _document(paper: Paper) -> Document:
    body = next(one for one in BODIES if one.code == paper.body)
    source = next(one for one in SOURCES if one.source_id == paper.source)
    origins = [
        FieldOrigin("title", paper.title, "meta:ArticleTitle"),
        FieldOrigin("published", str(paper.published), "meta:PubDate"),
    ]
    if paper.second_title:
        origins.append(FieldOrigin("title", paper.second_title, "list", chosen=False))
    return Document(
        paper.document_id,
        paper.source,
        paper.url,
        None,
        paper.title,
        tuple(paper.lines),
        doc_number=paper.number,
        issuer=paper.extra.get("issuer", body.name_zh),
        departments=(paper.extra.get("issuer", body.name_zh),),
        published=paper.published,
        jurisdiction=source.jurisdiction,
        language=paper.language,
        attachments=tuple(AttachmentLink(f"{paper.url}/{name}", name) for name in paper.attachments),
        origins=tuple(origins),
        path="container:test",
    )


def _problems(paper: Paper) -> tuple[Problem, ...]:
    return (Problem("no-text-layer", "附件没有文字层。"),) if paper.attachments else ()


def _classified(stored: StoredDocument, paper: Paper) -> Classification:
    name = stored.document.document_id
    body = next(one for one in BODIES if one.code == paper.body)
    topic = next(one for one in TOPICS if one.code == paper.topic)
    return Classification(
        name,
        stored.reading_id,
        departments=(
            Label(
                "department",
                "test-bodies",
                body.code,
                body.name_zh,
                0.97,
                "published",
                (Evidence("published", body.name_zh),),
            ),
        ),
        topics=(
            Label(
                "topic",
                "gov-cn",
                topic.code,
                topic.path,
                0.81,
                "rule",
                (Evidence("paragraph", paper.lines[0][:6], 0, 0, 6),),
            ),
        ),
        citations=tuple(_citations(name, paper)),
        duties=tuple(_duties(name, paper)),
        facts=tuple(_facts(name, paper)),
    )


def _citations(name: str, paper: Paper) -> list[Citation]:
    found = []
    for kind, number in (("mentions", paper.cites), ("repeals", paper.repeals)):
        if number:
            line = next((one for one in paper.lines if number in one), paper.lines[0])
            found.append(
                Citation(
                    fact_id(name, kind, line), kind, line, paper.lines.index(line), 0, len(line), None, number
                )
            )  # type: ignore[arg-type]
    return found


def _duties(name: str, paper: Paper) -> list[Duty]:
    if not paper.duty:
        return []
    at = list(paper.lines).index(paper.duty)
    return [
        Duty(
            fact_id(name, "duty", paper.duty),
            paper.duty,
            at,
            0,
            len(paper.duty),
            paper.who,
            "报送居家养老服务实施方案",
            paper.due,
            paper.printed,
        )
    ]


def _facts(name: str, paper: Paper) -> list[Fact]:
    found = []
    for at, line in enumerate(paper.lines):
        if "起施行" in line:
            place = (at, 0, len(line))
            found.append(
                Fact(fact_id(name, "effective", line), "effective", "2026-06-01", line, *place, "effective-1")
            )
        for number in re.finditer(r"1\d{10}", line):
            kind = "personal:mobile"
            found.append(
                Fact(fact_id(name, kind, line), kind, number.group(), line, at, *number.span(), "personal-1")
            )
    return found


def _health(run_id: str, papers: Sequence[Paper], at: datetime) -> list[SourceHealth]:
    return [
        SourceHealth(
            run_id,
            one.source_id,
            "ok",
            "",
            9,
            sum(paper.source == one.source_id for paper in papers),
            0,
            sum(paper.source == one.source_id for paper in papers),
            0,
            0,
            0,
            4096,
            at,
        )
        for one in SOURCES
    ]


def _fields(paper: Paper) -> dict[str, object]:
    return {name: getattr(paper, name) for name in paper.__dataclass_fields__}
