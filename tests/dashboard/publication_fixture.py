"""A small real publication, made through the warehouse's own code: archive, ingest, labels, publish.

Other test folders may import it: `library` gives a home, `publish_first` and `publish_second` fill it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from warehouse.archive.writer import ArchiveWriter
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import capture_id, document_id, fact_id, sha256
from warehouse.ingest import ingest_notices, ingest_reads, ingest_runs, ingest_sources, ingest_vocabulary
from warehouse.labelling import pending_documents, store_classifications
from warehouse.publish import publish
from warehouse.records import (
    ArchivePlace,
    AttachmentLink,
    Body,
    Capture,
    Citation,
    Classification,
    Classifier,
    CrawlRun,
    Document,
    Duty,
    Evidence,
    Extraction,
    Fact,
    FieldOrigin,
    Label,
    Problem,
    ReadCapture,
    Source,
    SourceHealth,
    StoredDocument,
    TopicClass,
)

DAY_ZERO = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)  # 08:00 at the library
CLASSIFIER = Classifier("test-labels-1", "by hand", "gov-cn", "test-bodies", "1")
EVIL_TITLE = (
    "<script>window.pwn=1</script>关于![x](http://evil.example/a.png)养老的通知 [点此](javascript:alert(1))"
)
EVIL_BODY = (
    '<img src="http://evil.example/b.png" onerror="window.pwn=2">',
    "![图](http://evil.example/c.png) :material/face: $x$ **粗** <b>标签</b> \"引号\" & 'x'",
    '<a href="javascript:window.pwn=3">点此</a><iframe src="http://evil.example/"></iframe>',
)

SOURCES = (
    Source("t-civil", "云河省民政厅（测试）", "Yunhe Civil Affairs (test)", "XS-10", "云河省", "provincial", "zh", "trs",
           "http://mzt.yunhe.example/", "xs-10-civil", "Asia/Shanghai", "full", True, True, None),
    Source("t-city", "澜江市人民政府（测试）", "Lanjiang City (test)", "XS-1001", "澜江市", "municipal", "zh", "gkmlpt",
           "http://www.lanjiang.example/", None, "Asia/Shanghai", "excerpt", True, True, None),
    Source("t-isles", "子午群岛（测试）", "Meridian Islands (test)", "XM", "Meridian Islands", "national", "en", "govuk",
           "http://gov.meridian.example/", None, "UTC", "full", True, True, None),
)  # fmt: skip
BODIES = (
    Body("xs-10-civil", "云河省民政厅", "Yunhe Department of Civil Affairs", "省民政厅", "XS-10", "云河省", "provincial"),
    Body("xs-1001-gov", "澜江市人民政府", "Lanjiang City Government", "澜江市政府", "XS-1001", "澜江市", "municipal"),
    Body("xm-health", "子午群岛卫生部", "Meridian Ministry of Health", "MoH", "XM", "Meridian Islands", "national"),
)  # fmt: skip
TOPICS = (
    TopicClass("gov-cn", "17", None, 1, "民政、扶贫、救灾", "Civil affairs", "民政、扶贫、救灾"),
    TopicClass("gov-cn", "17-03", "17", 2, "社会福利", "Social welfare", "民政、扶贫、救灾\\社会福利"),
    TopicClass("gov-cn", "14", None, 1, "卫生、体育", "Health and sport", "卫生、体育"),
)


@dataclass(frozen=True)
class Paper:
    """One document of the fixture, as the test writes it."""

    source: str
    name: str
    title: str
    lines: Sequence[str]
    published: date
    number: str | None = None
    body: str = "xs-10-civil"
    topic: str = "17-03"
    language: str = "zh"
    duty: str | None = None  # a sentence that stands in the lines
    due: date | None = None
    cites: str | None = None  # a document number
    repeals: str | None = None
    attachments: tuple[str, ...] = ()
    second_title: str | None = None  # what another place of the page prints
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        home = next(one.home_url for one in SOURCES if one.source_id == self.source)
        return f"{home}{self.name}.html"

    @property
    def document_id(self) -> str:
        return document_id(self.source, None, self.url)


DUTY = "各市民政局应当于2026年6月20日前报送居家养老服务实施方案。"
FIRST_DAY = (
    Paper("t-civil", "a1", "云河省民政厅关于推进居家养老服务的通知",
          ("各市民政局：", "为做好居家养老服务工作，现就有关事项通知如下。", DUTY, "本通知自2026年6月1日起施行。"),
          date(2026, 5, 20), "云民发〔2026〕12号", duty=DUTY, due=date(2026, 6, 20), cites="云民发〔2019〕3号",
          attachments=("方案模板.docx",), second_title="关于推进居家养老服务的通知"),
    Paper("t-civil", "a2", "云河省民政厅关于养老机构消防安全的意见",
          ("养老机构应当落实消防安全责任。", "每季度开展一次演练。"), date(2019, 3, 2), "云民发〔2019〕3号"),
    Paper("t-city", "b1", "澜江市人民政府关于加快5G建设的意见",
          ("加快5G网络建设，推进智慧养老。", "到2027年实现全覆盖。"), date(2026, 5, 28), "澜府发〔2026〕5号", body="xs-1001-gov"),
    Paper("t-isles", "c1", "Home care for older people: guidance",
          ("This guidance is for providers of home care.", "Providers must report by 30 June 2026."),
          date(2026, 5, 30), body="xm-health", topic="14", language="en"),
    Paper("t-civil", "a3", EVIL_TITLE, EVIL_BODY, date(2026, 5, 29)),
)  # fmt: skip
SECOND_DAY = (
    Paper("t-civil", "a4", "云河省民政厅关于废止部分文件的决定",
          ("决定废止《云河省民政厅关于养老机构消防安全的意见》（云民发〔2019〕3号）。",), date(2026, 6, 2), "云民发〔2026〕15号",
          repeals="云民发〔2019〕3号"),
)  # fmt: skip


def library(folder: Path, day: int = 0, language: str = "zh") -> Home:
    """A sample home whose clock stands on the given day."""
    now = (DAY_ZERO + timedelta(days=day)).isoformat()
    text = f'[place]\nregion = "云河省"\nlanguage = "{language}"\n[clock]\nnow = "{now}"\n'
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "govbrief.toml").write_text(text, encoding="utf-8")
    return Home.open(folder)


def publish_first(home: Home, papers: Sequence[Paper] = FIRST_DAY) -> str:
    """Take in and publish the first day; the publication's name."""
    take_in(home, papers, "run-first")
    return publish(home).publication_id


def publish_second(folder: Path) -> str:
    """A day later: one new document that repeals another, one changed, one withdrawn; the publication's name."""
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
    page = f"<html><head><title>x</title></head><body>{''.join(f'<p>{line}</p>' for line in paper.lines)}</body></html>"
    payload = page.encode()
    place: ArchivePlace = writer.write_response(
        paper.url, 200, [("Content-Type", "text/html; charset=utf-8")], payload, at
    )
    digest = sha256(payload)
    capture = Capture(
        capture_id(paper.source, paper.url, at, digest), paper.source, run_id, paper.url, paper.url, at, 200,
        "text/html", digest, len(payload), place, "fetched", "detail",
    )  # fmt: skip
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
        paper.document_id, paper.source, paper.url, None, paper.title, tuple(paper.lines), doc_number=paper.number,
        issuer=body.name_zh, departments=(body.name_zh,), published=paper.published, jurisdiction=source.jurisdiction,
        language=paper.language, attachments=tuple(AttachmentLink(f"{paper.url}/{name}", name) for name in paper.attachments),
        origins=tuple(origins), path="container:test",
    )  # fmt: skip


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
            ("各市民政局",),
            "报送居家养老服务实施方案",
            paper.due,
            "2026年6月20日前",
        )
    ]


def _facts(name: str, paper: Paper) -> list[Fact]:
    return [
        Fact(
            fact_id(name, "effective", line), "effective", "2026-06-01", line, at, 0, len(line), "effective-1"
        )
        for at, line in enumerate(paper.lines)
        if "起施行" in line
    ]


def _health(run_id: str, papers: Sequence[Paper], at: datetime) -> list[SourceHealth]:
    return [
        SourceHealth(run_id, one.source_id, "ok", "", 9, sum(paper.source == one.source_id for paper in papers), 0,
                     sum(paper.source == one.source_id for paper in papers), 0, 0, 0, 4096, at)
        for one in SOURCES
    ]  # fmt: skip


def _fields(paper: Paper) -> dict[str, object]:
    return {name: getattr(paper, name) for name in paper.__dataclass_fields__}
