"""What is personal stays masked in former versions, attached files and texts that nobody classified yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.make import (
    classification,
    document,
    fact,
    later,
    make_home,
    read,
    read_attachment,
    source,
)
from tests.warehouse.test_publish import shown, store
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.masking import mask_text
from warehouse.personal.finder import find_personal
from warehouse.personal.places import keep_places, spans_of
from warehouse.publish import publish
from warehouse.queries.pages_document import archived_capture, version_changes
from warehouse.records import AttachmentLink, Document, Fact, ReadCapture

SECRETS = (
    "陶砚秋", "东风路7号院2栋402室", "tao@company.com", "6222 0212 3456 7890 123", "138-1234-5678",
    "440106900307123",
)  # fmt: skip
LETTER = document(
    6,
    title="请问社保如何转移",
    unit="letter",
    paragraphs=(
        "来信人：陶砚秋",
        "我住东风路7号院2栋402室，邮箱tao@company.com，请问社保如何转移？",
        "银行卡号6222 0212 3456 7890 123，手机138-1234-5678，身份证号440106900307123。",
        "答复：请到窗口办理，电话010-66556006。",
    ),
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = make_home(tmp_path)
    with Warehouse.open(made) as w:
        ingest_sources(w, [source()])
    return made


def ingest(home: Home, *reads: ReadCapture) -> None:
    with Warehouse.open(home) as w:
        ingest_reads(w, reads)


def leaked(home: Home) -> Iterator[str]:
    """Secrets that stand in clear in any file of the publication."""
    raw = b"".join(file.read_bytes() for file in shown(home).folder.rglob("*") if file.is_file())
    return (secret for secret in SECRETS if secret.encode() in raw)


def personal_facts(one: Document) -> Iterator[Fact]:
    """What classification says of the letter."""
    text = "\n".join(one.paragraphs)
    places = [(start, end) for start, end, _ in find_personal(text, one.title, letter=True)]
    for number, start, end in spans_of(one.paragraphs, places):
        yield fact("personal:any", "＊" * (end - start), number, start, end)


@pytest.mark.parametrize("classified", [True, False])
def test_what_a_site_takes_down_is_not_told_by_the_history(home: Home, classified: bool) -> None:
    ingest(home, read(LETTER))
    if classified:
        store(home, classification(home, LETTER, facts=tuple(personal_facts(LETTER))))
    publish(home)
    short = replace(LETTER, paragraphs=LETTER.paragraphs[3:])
    second = read(short, at=later(2))
    ingest(home, second)
    if classified:
        store(home, classification(home, short))
    publish(home)
    changes = version_changes(shown(home), LETTER.document_id)
    assert [one["kind"] for one in changes[0]["paragraphs"]] == ["removed"] * 3
    assert list(leaked(home)) == []
    assert shown(home).body(LETTER.document_id) == short.paragraphs
    first = archived_capture(shown(home), read(LETTER).capture.capture_id)
    assert first is not None
    assert first["personal"]


def test_attached_tables_hide_all_kinds_and_are_read_once(home: Home) -> None:
    url = "http://mzt.yunhe.example/6.xlsx"
    one = document(6, attachments=(AttachmentLink(url, "名单.xlsx"),))
    table = (
        "姓名\t身份证号\t银行账号\t家庭住址\n"
        "陶砚秋\t440106900307123\t6222 0212 3456 7890 123\t东风路7号院2栋402室\n"
        "电话１３８１２３４５６７８，个人邮箱：tao@company.com"
    )
    ingest(home, read(one), read_attachment(url, str(one.url), table))
    publish(home)
    told = shown(home).rows("select text from attachment")[0]["text"]
    assert told == (
        "姓名\t身份证号\t银行账号\t家庭住址\n"
        "＊＊＊\t" + "＊" * 15 + "\t" + "＊" * 23 + "\t" + "＊" * 12 + "\n"
        "电话＊＊＊＊＊＊＊＊＊＊＊，个人邮箱：＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊"
    )
    assert list(leaked(home)) == []
    with Warehouse.open(home) as w:
        w.connection.execute("create temp table selected as select *, true as facts_fit from document")
        w.connection.execute("alter table selected add column title varchar")
        w.connection.execute("update selected set title = ?", [one.title])
        assert keep_places(w) == 0


def test_a_reading_that_nobody_classified_hides_all_kinds(home: Home) -> None:
    ingest(home, read(LETTER))
    publish(home)
    assert list(leaked(home)) == []
    assert "电话010-66556006" in shown(home).body(LETTER.document_id)[3]


def test_places_over_a_line_become_two_spans() -> None:
    assert spans_of(("甲乙丙", "", "丁戊"), [(1, 7)]) == [(0, 1, 3), (1, 0, 0), (2, 0, 2)]


def test_a_text_alone_is_masked_in_both_languages() -> None:
    assert mask_text("银行账号6222020000000000008") == "银行账号" + "＊" * 19
    assert mask_text("SSN 123-45-6789") == "SSN " + "＊" * 11
