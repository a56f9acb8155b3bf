"""The bars on recorded pages and documents of ../shared/data; left out, and said so, when it is absent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.bench_anchoring import BAR as ANCHORED
from crawlers.bench_anchoring import bench_anchoring
from crawlers.bench_extract import BAR, bench_extract
from crawlers.bench_pages import bench_pages
from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_file
from crawlers.extraction.ocr import tesseract
from crawlers.extraction.plain import squeeze
from crawlers.extraction.programs import find
from crawlers.intake import import_jsonl
from warehouse.home import Home

pytestmark = pytest.mark.realdata

NO_SOURCES = build_catalogue([], sample=False)
GERMAN_FLOORS = {
    "kept": "21 of 21",
    "dropped": "23 of 23",
    "pages all right": "7 of 7",
    "dates right": "6 of 6",
}
FIELDS = ("title", "department", "topic", "doc_number", "published", "written")
KINDS = {"document", "list", "feed", "attachment", "unreadable"}
STATUSES = {
    "broken/empty.pdf": "empty",
    "broken/password-example.pdf": "encrypted",
    "broken/malformed-from-issue-932.pdf": "no_text_layer",  # opens in PDFium: a picture and "2021 3 31"
    "us-courts-documents/empty.pdf": "empty",
    "us-courts-documents/image-pdf.pdf": "no_text_layer",
    "us-courts-documents/image-pdf-2.pdf": "no_text_layer",
    "us-courts-documents/ocr_pdf_variation.pdf": "no_text_layer",
    "us-courts-documents/word-doc.doc": "text" if find("antiword", "catdoc", "soffice") else "unsupported",
    "us-courts-documents/word-perfect.wpd": "unsupported",
}


def rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text("utf-8").splitlines():
        yield json.loads(line)


def read(folder: Path, row: dict[str, Any]) -> dict[str, Any]:
    return extract_file(folder / row["file"], row["url"] or "http://unknown.example/", None, NO_SOURCES)


def test_six_fields_of_all_sixty_library_pages_are_right(shared_data: Path) -> None:
    html = shared_data / "zh" / "html"
    pages = [row for row in rows(html / "truth.jsonl") if row["file"].startswith("govcn_")]
    answers = [(row, read(html, row)) for row in pages]
    wrong = [(row["file"], name) for row, answer in answers for name in FIELDS if answer[name] != row[name]]
    assert len(pages) == 60
    assert wrong == []


def test_the_text_of_the_library_pages_is_the_body(shared_data: Path) -> None:
    html = shared_data / "zh" / "html"
    pages = [row for row in rows(html / "truth.jsonl") if row["body"]]
    same = sum(squeeze(read(html, row)["text"]) == squeeze(row["body"]) for row in pages)
    assert same >= 59  # one page's truth leaves out a caption


def test_title_source_and_date_of_the_four_local_pages_are_right(shared_data: Path) -> None:
    html = shared_data / "zh" / "html"
    pages = [row for row in rows(html / "truth.jsonl") if row["file"].startswith("local_")]
    for row in pages:
        answer = read(html, row)
        assert [answer[name] for name in ("title", "department", "published")] == [
            row[name] for name in ("title", "department", "published")
        ]


def test_every_recorded_file_ends_as_something_named(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVBRIEF_OCR", "off")
    sites = shared_data / "sites"
    kinds: Counter[str] = Counter()
    for row in rows(sites / "manifest.jsonl"):
        answer = read(sites, row)
        assert answer["kind"] in KINDS
        assert "reader-failed" not in [problem["code"] for problem in answer["problems"]]
        if row["kind"] in ("pdf", "office"):
            assert answer["status"] == STATUSES.get(row["file"], "text"), row["file"]
        if answer["kind"] == "unreadable":
            kinds[answer["problems"][0]["code"]] += 1
    assert kinds["robots-file"] == 70
    assert sum(kinds.values()) == 70


@pytest.mark.skipif(tesseract() is None, reason="Debian package tesseract-ocr-chi-sim is not installed")
def test_recorded_scans_are_recognised(shared_data: Path) -> None:
    courts = shared_data / "sites" / "us-courts-documents"
    for name, passage in (
        ("image-pdf.pdf", "The syllabus constitutes no part of the opinion of the Court"),
        ("image-pdf-2.pdf", "Appeal from the Court of Workers"),
    ):
        answer = extract_file(courts / name, "http://unknown.example/", None, NO_SOURCES)
        assert answer["status"] == "text"
        assert squeeze(passage) in squeeze(answer["text"])


def test_stated_passages_of_files_come_out(shared_data: Path) -> None:
    sites = shared_data / "sites"
    for row in rows(sites / "manifest.jsonl"):
        passages = (row["truth"] or {}).get("text_contains", []) if row["kind"] == "pdf" else []
        if passages:
            text = squeeze(read(sites, row)["text"])
            assert [passage for passage in passages if squeeze(passage) not in text] == []


def test_containers_are_fifteen_times_as_fast_as_trafilatura(shared_data: Path) -> None:
    figures = bench_extract(shared_data)
    assert figures["ratio"] >= BAR, figures


def test_pages_of_unknown_make_are_read_as_on_the_day_this_was_measured(shared_data: Path) -> None:
    """The open half, whose figures are floors; of the speed a part is left to a busy machine (bar: 3)."""
    figures = bench_pages(shared_data, parts=("open",), rounds=2)
    german = {name: figures[f"open: German-language: ours: {name}"] for name in GERMAN_FLOORS}
    assert german == GERMAN_FLOORS, figures["open pages not all right"]
    assert figures["open: Chinese: ours: dates right"] == "64 of 64"
    assert figures["open: ours: titles right"] == "66 of 66"
    assert int(figures["open: Chinese: ours text only: lines kept"].split()[0]) >= 2480
    assert figures["open: Chinese: ours text only: text that is not the body's"] <= 0.005
    assert figures["ratio: trafilatura with metadata over ours without platform and language"] >= 2.3, figures


def test_passages_are_found_again_after_changed_readers_and_never_at_a_wrong_place(shared_data: Path) -> None:
    figures = bench_anchoring(shared_data, size=60)
    assert figures["all: wrong"] == 0, figures
    assert figures["all: share"] >= ANCHORED, figures


@pytest.mark.slow
def test_a_part_of_the_real_documents_is_imported_once(shared_data: Path, tmp_path: Path) -> None:
    import gzip

    home = Home.create(tmp_path / "real", "")
    part = tmp_path / "part.jsonl"
    with gzip.open(shared_data / "zh" / "documents.jsonl.gz") as lines:
        part.write_bytes(b"".join(next(lines) for _ in range(1500)))
    first, second = import_jsonl(home, [part]), import_jsonl(home, [part])
    assert (first.documents, first.wrong_lines, first.ingested.new) == (1500, 0, 1500)
    assert (second.documents, second.known) == (0, 1500)
