"""Imported lines and handed-in files become captures and documents; a wrong line is named and left out."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_pending
from crawlers.extract_file import extract_file
from crawlers.intake import add_file, import_jsonl
from crawlers.sample_sites.files import pdf_bytes
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home

NO_SOURCES = build_catalogue([], sample=True)
LINES = (
    "云河省养老服务条例释义",
    "第一条 为了规范养老服务，保障老年人合法权益，根据有关法律法规，制定本条例，供学习使用。" * 3,
)


def row(number: int, **values: Any) -> dict[str, Any]:
    plain = {
        "id": f"d{number}",
        "source_repo": "Yunhe/Open Documents",
        "title": f"关于第{number}件事项的通知",
    }
    return (
        plain
        | {
            "text": "第一段。\n第二段。",
            "published": "2026-05-06",
            "jurisdiction": "XS",
            "lang": "zh",
            "sample": True,
        }
        | values
    )


def written(tmp_path: Path, lines: list[Any], name: str = "docs.jsonl") -> Path:
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    file = tmp_path / name
    file.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return file


def stored(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as warehouse:
        return warehouse.connection.execute(sql).fetchall()


def test_a_second_import_changes_nothing(home: Home, tmp_path: Path) -> None:
    file = written(tmp_path, [row(1), row(2)], "docs.jsonl.gz")
    first, second = import_jsonl(home, [file]), import_jsonl(home, [file])
    assert (first.documents, first.ingested.new, first.known) == (2, 2, 0)
    assert (second.documents, second.known, second.exit_code) == (0, 2, 0)
    assert stored(home, "select count(*) from event") == [(2,)]
    with CrawlState.open(home) as state:
        assert [run.kind for run in state.runs()] == ["import"]


def test_fields_arrive_as_printed(home: Home, tmp_path: Path) -> None:
    values = {
        "department": "民政局、财政局",
        "topic": ["养老", "财政"],
        "doc_number": "云民〔2026〕1号",
        "text": None,
    }
    import_jsonl(home, [written(tmp_path, [row(1, **values)])])
    fields = "issuer, departments, topics, doc_number, unit, cast(published as varchar), path"
    assert stored(home, f"select {fields} from reading") == [
        (
            "民政局、财政局",
            ["民政局", "财政局"],
            ["养老", "财政"],
            "云民〔2026〕1号",
            "title",
            "2026-05-06",
            "import",
        )
    ]
    assert stored(home, "select source_id, language, sample from source where source_id like 'import-%'") == [
        ("import-yunhe-open-documents", "zh", True)
    ]


def test_a_changed_line_is_a_version(home: Home, tmp_path: Path) -> None:
    for text in ("旧文本。", "新文本。"):
        summary = import_jsonl(home, [written(tmp_path, [row(1, text=text)])])
    assert summary.ingested.changed == 1
    assert stored(home, "select version_no from document") == [(2,)]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{broken", "it is not JSON"),
        ("[1]", "it is not a JSON object"),
        (row(9, id=[1]), '"id" must be a string, a number or null'),
        (row(9, title=" "), '"title" is missing or empty'),
        (row(9, published="2026-13-01"), '"published" is "2026-13-01", not a date YYYY-MM-DD or null'),
        (row(9, topic=5), '"topic" must be a string, a list of strings or null'),
        (row(9, departments="民政局"), '"departments" must be a list of strings'),
        (row(9, url="javascript:alert(1)"), '"url" must begin with http://, https:// or urn:'),
        (row(9, url="ftp://a.example/1"), '"url" must begin with'),
        (row(9, lang="Chinese"), '"lang" must be a language code such as zh'),
        (row(9, text=7), '"text" must be a string or null'),
    ],
)
def test_a_wrong_line_is_named_and_the_rest_is_kept(
    home: Home, tmp_path: Path, line: Any, fault: str
) -> None:
    file = written(tmp_path, [row(1), line, row(2)])
    summary = import_jsonl(home, [file])
    assert (summary.documents, summary.wrong_lines, summary.exit_code) == (2, 1, 3)
    assert summary.wrong[0].startswith(f"{file}: line 2: {fault}")


HEADED = "<html><body><h1>关于某事的通知</h1><div id='zoom'><p>机密★10年</p>"
MARKED = HEADED + "<p>各单位要认真办理。</p>" * 9


@pytest.mark.parametrize("values", [{"text": "机密★10年\n正文。"}, {"密级": "秘密"}])
def test_a_marked_line_is_named_and_nothing_of_it_is_archived(
    home: Home, tmp_path: Path, values: dict[str, str]
) -> None:
    file = written(tmp_path, [row(1), row(2, **values), row(3, text="涉及国家秘密的，依法办理。")])
    summary = import_jsonl(home, [file])
    assert (summary.documents, summary.exit_code) == (2, 3)
    assert summary.wrong[0].startswith(f"{file}: line 2: the document carries a secrecy mark (")
    with CrawlState.open(home) as state:
        assert sum(state.outcomes().values()) == 2


def test_a_marked_file_is_refused_before_it_is_archived(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(MARKED, encoding="utf-8")
    with pytest.raises(NothingUsable, match=r"page\.html: refused, it carries a secrecy mark \(机密★10年"):
        add_file(home, file, "http://a.example/1.html", None, NO_SOURCES)
    assert not list(home.archive.rglob("*.warc.gz"))


TEXT = "<h1>关于某事的通知</h1><div id='zoom'>" + "<p>各单位要认真办理，涉及国家秘密的除外。</p>" * 9


@pytest.mark.parametrize(
    "page",
    [
        MARKED,
        "<p>机密★10年</p>" + TEXT,
        "<table><tr><td>密级：</td><td>机密</td></tr></table>" + TEXT,
        "<p>密&nbsp;级：<b>秘密</b></p>" + TEXT,
    ],
)
def test_a_marked_page_gives_no_text(tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    answer = extract_file(file, "http://a.example/1.html", None, NO_SOURCES)
    assert (answer["kind"], [one["code"] for one in answer["problems"]]) == (
        "unreadable",
        ["classified-marking"],
    )
    assert "text" not in answer


def test_an_attached_file_has_every_field_of_a_document(tmp_path: Path) -> None:
    file, page = tmp_path / "a.pdf", tmp_path / "page.html"
    file.write_bytes(pdf_bytes(LINES[0], LINES))
    page.write_text(TEXT, encoding="utf-8")
    attached = extract_file(file, "http://a.example/a.pdf", None, NO_SOURCES)
    document = extract_file(page, "http://a.example/1.html", None, NO_SOURCES)
    assert attached.keys() - document.keys() == {"status", "media_type", "pages", "quality", "method"}
    assert document.keys() <= attached.keys()


def test_a_page_that_speaks_of_secrets_is_read(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<p>密级：公开</p><a>秘密</a>" + TEXT, encoding="utf-8")
    assert extract_file(file, "http://a.example/1.html", None, NO_SOURCES)["kind"] == "document"


def test_a_file_without_a_usable_line_ends_with_4(home: Home, tmp_path: Path) -> None:
    assert import_jsonl(home, [written(tmp_path, ["{broken", row(1, title="")])]).exit_code == 4


def test_any_language_of_two_letters_is_kept(home: Home, tmp_path: Path) -> None:
    lines = [row(1, lang="fr"), row(2, lang="en-GB"), row(3, url="urn:nbn:de:101-1", lang=None)]
    assert import_jsonl(home, [written(tmp_path, lines)]).exit_code == 0
    assert stored(home, "select language from reading order by title") == [("fr",), ("en",), ("zh",)]


def test_lines_without_an_id_are_named_by_address_or_content(home: Home, tmp_path: Path) -> None:
    lines = [row(1, id=None, url="http://a.example/1"), row(2, id=None)]
    file = written(tmp_path, lines)
    assert import_jsonl(home, [file]).ingested.new == 2
    assert import_jsonl(home, [file]).known == 2


def test_sample_documents_never_enter_a_real_home(tmp_path: Path) -> None:
    real = Home.create(tmp_path / "real", "")
    summary = import_jsonl(real, [written(tmp_path, [row(1, sample=True)])])
    assert (summary.documents, summary.wrong_lines) == (0, 1)
    assert "it is sample data" in summary.wrong[0]


def test_a_torn_gzip_file_keeps_what_came_before(home: Home, tmp_path: Path) -> None:
    file = written(
        tmp_path, [row(number, text="段" * 3000 + str(number)) for number in range(200)], "docs.jsonl.gz"
    )
    file.write_bytes(file.read_bytes()[:-400])
    summary = import_jsonl(home, [file])
    assert summary.documents > 0
    assert "gzip data ends or breaks" in summary.wrong[-1]


def test_a_missing_file_is_the_users_error(home: Home, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nothing\.jsonl"):
        import_jsonl(home, [tmp_path / "nothing.jsonl"])


def test_imported_lines_are_captures_that_a_later_extractor_reads_again(home: Home, tmp_path: Path) -> None:
    import_jsonl(home, [written(tmp_path, [row(1)])])
    assert extract_pending(home, NO_SOURCES).captures == 0
    assert extract_pending(home, NO_SOURCES, again=True).ingested.unchanged == 1


def test_a_handed_in_pdf_becomes_a_document_once(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "条例释义.pdf"
    file.write_bytes(pdf_bytes(LINES[0], LINES))
    first = add_file(home, file, None, None, NO_SOURCES)
    second = add_file(home, file, None, None, NO_SOURCES)
    assert first.title == "云河省养老服务条例释义"
    assert (first.new, second.new, first.document_id) == (True, False, second.document_id)
    assert stored(home, "select origin, source_id from document") == [("handed-in", "handed-in")]


def test_a_handed_in_page_keeps_its_address(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        "<html><body><h1>关于节水的通告</h1><div id='zoom'>"
        + "<p>请节约用水，爱护设施。</p>" * 5
        + "</div></body></html>"
    )
    summary = add_file(home, file, "http://a.example/1.html", None, NO_SOURCES)
    assert stored(home, "select url from document") == [("http://a.example/1.html",)]
    assert summary.title == "关于节水的通告"


def test_a_file_without_text_is_archived_and_the_reason_said(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "broken.pdf"
    file.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(NothingUsable, match="archived, but no document came of it: The PDF is damaged"):
        add_file(home, file, None, None, NO_SOURCES)
    with CrawlState.open(home) as state:
        assert state.outcomes() == {"attachment": 1}


def test_an_unknown_source_is_the_users_error(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text("<p>x</p>")
    with pytest.raises(UserError, match="No source is called 'nope'"):
        add_file(home, file, None, "nope", NO_SOURCES)
