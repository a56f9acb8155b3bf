"""The World Bank's documents by the packaged row alone: rows under names of their own, pages by offset."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import crawlers
from crawlers.catalogue import read_source
from crawlers.platforms import PLATFORMS, ListPage

ROW = read_source(Path(crawlers.__file__).parent / "sources" / "int" / "wb-docs.toml")
FIRST = PLATFORMS["single_api"].start(ROW.hints())[0].url


def document(number: int, **values: str) -> dict[str, Any]:
    said = {"id": str(number), "docdt": "2026-05-06T00:00:00Z", "docty": "Working Paper", "lang": "English"}
    said |= {"display_title": f"Rivers and\n      dikes {number}", "repnb": f"WPS{number}"}
    return (
        said
        | {"pdfurl": f"http://documents.worldbank.org/curated/en/{number}.pdf", "url": "http://x"}
        | values
    )


def answer(*rows: dict[str, Any], total: int = 120, **more: Any) -> bytes:
    held: dict[str, Any] = {f"D{row['id']}": row for row in rows} | {"facets": {}}
    return json.dumps({"rows": 50, "os": 0, "page": 1, "total": total, "documents": held} | more).encode()


def read(body: bytes, url: str = FIRST) -> ListPage:
    return PLATFORMS["single_api"].parse_list(body, url, ROW.hints())


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def full(first: int) -> bytes:
    return answer(*(document(number) for number in range(first, first + 50)))


def test_rows_under_names_of_their_own_are_documents() -> None:
    entry = read(full(1)).entries[0]
    assert entry.url == "http://documents.worldbank.org/curated/en/1.pdf"
    assert (entry.title, entry.doc_number) == ("Rivers and dikes 1", "WPS1")
    assert (entry.published, entry.site_id) == (date(2026, 5, 6), "1")
    assert dict(entry.fields) == {"doc_type": "Working Paper"}
    assert codes(read(full(1))) == []


def test_pages_are_turned_by_offset_up_to_the_total() -> None:
    (second,) = read(full(1)).next
    (third,) = read(full(51), second.url).next
    assert (second.url.endswith("rows=50&os=50"), third.url.endswith("rows=50&os=100")) == (True, True)
    assert read(answer(*(document(n) for n in range(101, 121))), third.url).next == ()


def test_documents_without_a_file_are_counted_as_left_out() -> None:
    assert codes(read(answer(document(1), document(2, pdfurl=""), total=2))) == ["rows-left-out"]


def test_a_total_without_documents_is_a_site_that_holds_us_back() -> None:
    assert codes(read(json.dumps({"total": 120, "documents": []}).encode())) == ["throttled"]


def test_a_changed_shape_is_named_with_what_is_there() -> None:
    page = read(json.dumps({"total": 1, "documents": {"D1": {"name": "x"}}}).encode())
    assert codes(page) == ["unknown-path"]
    assert codes(read(b"<html>sorry</html>")) == ["not-json"]
