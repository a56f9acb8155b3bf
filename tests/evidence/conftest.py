"""What the tests of evidence packs share: a published library with one signed issue that quotes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from dashboard.drafting.grammar import parse
from dashboard.evidence.model import PackInput, PackPin
from dashboard.evidence.pack import packed
from tests.dashboard.papers import FIRST_DAY, Paper
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.home import Home
from warehouse.passages import Passage, context
from warehouse.publication import Publication

PERSONAL = Paper(
    "t-civil",
    "p1",
    "云河省民政厅关于公布养老服务热线的通知",
    ("各地公布养老服务热线。", "联系人手机：13800138000。"),
    date(2026, 5, 21),
)


@dataclass(frozen=True)
class Signed:
    """The home, its publication and an issue that was signed on it."""

    home: Home
    publication: Publication
    issue: PackInput

    def pack(self) -> bytes:
        """The issue's pack, made anew."""
        return packed(self.home, self.publication, self.issue)


def passage(publication: Publication, paper: Paper, paragraph: int, words: str) -> Passage:
    """The words where they stand in a published paper."""
    columns = "d.version_no, d.reading_id, c.sha256"
    query = f"select {columns} from document d join capture c using (capture_id) where d.document_id = ?"
    row = publication.rows(query, [paper.document_id])[0]
    lines = publication.body(paper.document_id)
    start = lines[paragraph].index(words)
    end = start + len(words)
    around = context(lines, paragraph, start, end)
    place = (row["version_no"], row["reading_id"], row["sha256"], paragraph, start, end)
    return Passage(paper.document_id, *place, words, *around)


def _range(text: str, words: str) -> tuple[int, int]:
    """Where the words stand in the third block of a text."""
    start = parse(text).blocks[2].text.text.index(words)  # type: ignore[union-attr]
    return start, start + len(words)


def issue_of(publication: Publication) -> PackInput:
    """Four documents: one free, one of which excerpts are allowed, a hostile one, one with personal data."""
    free, _, city, _, evil = FIRST_DAY
    text = (
        "# 居家养老\n\n## 要闻\n\n通知指出，“做好居家养老服务工作”[^e3]，并说明“居家养老服务工作,现就”。\n\n"
        "> 推进智慧养老[^e7]\n\n- 另见[^e8]\n\n| 项 | 值 |\n| --- | ---: |\n| 热线 | 1[^d"
        + PERSONAL.document_id + "] |\n\n```figure\nkind = \"trend\"\n```\n\n<script>window.pwn=9</script>\n"
    )  # fmt: skip
    pins = (
        PackPin("e3", passage(publication, free, 1, "做好居家养老服务工作"), free.title),
        PackPin("e7", passage(publication, city, 0, "推进智慧养老"), city.title),
        PackPin("e8", passage(publication, evil, 0, 'onerror="window.pwn=2"'), evil.title),
        PackPin(
            "q1",
            passage(publication, free, 1, "居家养老服务工作，现就"),
            free.title,
            "居家养老服务工作,现就",
            (2, *_range(text, "居家养老服务工作,现就")),
        ),
    )
    files = (("pdf", b"%PDF-1.7 sample"), ("docx", b"PK sample"), ("md", text.encode()), ("json", b"{}"))
    signed = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
    name = publication.publication_id
    return PackInput("要情快报", "2026年第3期", "居家养老<b>动态", "zh", signed, name, text, pins, files)


@pytest.fixture(scope="session")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    """Tests only read it."""
    home = library(tmp_path_factory.mktemp("evidence"))
    publish_first(home, (*FIRST_DAY, PERSONAL))
    publication = Publication.current(home)
    assert publication is not None
    return Signed(home, publication, issue_of(publication))
