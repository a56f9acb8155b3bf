"""RIS, BibTeX, CSL-JSON and Dublin Core are read back by programs that are not ours."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy

from tests.exchange.rows import HOSTILE_TITLE, record
from warehouse.exchange.bibtex import write_bibtex
from warehouse.exchange.csl_json import write_csl_json
from warehouse.exchange.dublin_core import write_dublin_core
from warehouse.exchange.reference_record import kind_of
from warehouse.exchange.ris import write_ris

DC = "{http://purl.org/dc/elements/1.1/}"
OAI = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
# Names that CSL 1.0.2 knows for an item; a reader may refuse any other.
CSL_NAMES = {
    *("id", "type", "title", "author", "authority", "publisher", "publisher-place", "number", "genre"),
    *("jurisdiction", "container-title", "source", "issued", "accessed", "URL", "language", "keyword"),
    *("abstract", "note", "edition"),
}


def ris(*records: Any) -> list[dict[str, Any]]:
    return list(rispy.loads("".join(write_ris(records))))


def bibtex(*records: Any) -> Any:
    library = bibtexparser.parse_string("".join(write_bibtex(records)))
    assert not library.failed_blocks
    return library.entries


def csl(*records: Any) -> list[dict[str, Any]]:
    return list(json.loads("".join(write_csl_json(records))))


def dublin_core(*records: Any) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring("".join(write_dublin_core(records)).encode()))


def values(element: ElementTree.Element, name: str) -> list[str | None]:
    return [found.text for found in element.findall(DC + name)]


def test_ris_says_who_what_when_and_where() -> None:
    (entry,) = ris(record())
    assert entry["type_of_reference"] == "GOVDOC"
    assert entry["title"] == "云河省人民政府办公厅关于推进养老服务的意见"
    assert entry["authors"] == ["云河省人民政府办公厅", "云河省民政厅"]
    assert (entry["date"], entry["year"], entry["access_date"]) == ("2026/04/20", "2026", "2026/06/01")
    assert entry["note"] == entry["issn"] == "云政办发〔2026〕14号"  # M1 and SN: readers look in either
    assert entry["keywords"] == ["民政、扶贫、救灾\\社会福利"]
    assert "成文日期: 2026-04-17" in entry["notes"]


def test_a_comma_in_a_body_does_not_part_its_name() -> None:
    (entry,) = ris(record(issuers=("Health and Human Services Department, Food and Drug Administration",)))
    assert entry["authors"] == ["Health and Human Services Department，Food and Drug Administration"]


def test_bibtex_keeps_every_character_and_its_key() -> None:
    first, second = bibtex(record(), record(document_id="doc-2", title=HOSTILE_TITLE))
    assert (first.entry_type, first.key) == ("online", "doc-91269f2d7a54e6af")
    assert first["title"] == "{云河省人民政府办公厅关于推进养老服务的意见}"
    assert first["author"] == "{云河省人民政府办公厅} and {云河省民政厅}"
    assert first["url"] == "http://mzt.yunhe.example/a_b%20c.html?x=1&y=%7B2%7D"
    assert (first["date"], first["urldate"]) == ("2026-04-20", "2026-06-01")
    assert second.key == "doc-2"
    for left in (r"\textbraceleft{}half open", r"100\% of \$5 \& \#1 \_under\_", r"\textbackslash{}input"):
        assert left in second["title"]


def test_csl_json_has_dates_as_parts_and_names_that_csl_knows() -> None:
    (item,) = csl(record())
    assert set(item) <= CSL_NAMES
    assert (item["type"], item["genre"], item["number"]) == ("document", "意见", "云政办发〔2026〕14号")
    assert item["issued"] == {"date-parts": [[2026, 4, 20]]}
    assert item["accessed"] == {"date-parts": [[2026, 6, 1]]}
    assert item["author"][1] == {"literal": "云河省民政厅"}
    (law,) = csl(record(doc_type="地方性法规"))
    assert (law["type"], law["authority"]) == ("legislation", "云河省人民政府办公厅")
    assert csl() == []


def test_dublin_core_has_a_record_a_document_in_the_right_namespaces() -> None:
    one, two = dublin_core(record(), record(document_id="doc-2", reuse="link", abstract=None))
    assert one.tag == OAI + "dc"
    assert values(one, "creator") == ["云河省人民政府办公厅", "云河省民政厅"]
    assert values(one, "date") == ["2026-04-20", "2026-04-17"]
    assert values(one, "language") == ["zh-CN"]
    assert values(one, "relation") == ["http://mzt.yunhe.example/b.html"]
    assert "云政办发〔2026〕14号" in values(one, "identifier")
    (rights,) = values(two, "rights")
    assert rights is not None
    assert "link only" in rights


def test_an_address_holds_no_sign_that_ends_it_in_any_format() -> None:
    odd = record(url='http://mzt.yunhe.example/a b/"c"\\d.html?x={1}&y=%20')
    plain = "http://mzt.yunhe.example/a%20b/%22c%22%5Cd.html?x=%7B1%7D&y=%20"
    (entry,) = ris(odd)
    assert plain in entry["urls"]
    assert csl(odd)[0]["URL"] == plain
    assert bibtex(odd)[0]["url"] == plain
    (told,) = dublin_core(odd)
    assert plain in values(told, "identifier")
    assert values(told, "source") == [plain]


def test_no_value_breaks_out_of_its_record() -> None:
    hostile = record(
        title=HOSTILE_TITLE, abstract="]]>\x00\x0b</dc:title>\r\nTY  - BOOK", doc_number="1\nER  - "
    )
    assert len(ris(hostile, record())) == 2
    assert len(bibtex(hostile, record(document_id="doc-2"))) == 2
    assert len(dublin_core(hostile, record())) == 2
    assert csl(hostile)[0]["title"].startswith("A {half open")
    assert "\n" not in hostile.title


@pytest.mark.parametrize(
    ("doc_type", "kind"),
    [
        *[(name, "law") for name in ("地方性法规", "行政法规", "云河省养老服务条例")],
        *[(name, "regulation") for name in ("令", "部门规章")],
        *[(name, "report") for name in ("报告", "research-and-analysis")],
        ("bill summary (hconres)", "bill"),
        *[(name, "standard") for name in ("国家标准", "standard")],
        *[(name, "dataset") for name in ("数据集", "statistical_data_set")],
        *[(name, "hearing") for name in ("听证会记录", "Hearing transcript")],
        *[(name, "page") for name in ("news_story", "政务服务事项")],
        *[(name, "official") for name in ("通知", "函", None)],
    ],
)
def test_the_kind_of_reference_follows_the_kind_of_document(doc_type: str | None, kind: str) -> None:
    assert kind_of(doc_type).name == kind


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *[(number, "standard") for number in ("GB/T 37276—2018", "GB 38600-2019", "DB99/T 1234—2025")],
        *[(number, "standard") for number in ("MZ/T 039—2013", "T/CNAS 5—2023", "ISO 690:2021")],
        *[(number, "official") for number in ("国办发〔2017〕47号", "H.R. 12-2023", "PB 91-1940", None)],
    ],
)
def test_a_number_that_only_standards_bear_makes_a_standard(number: str | None, kind: str) -> None:
    assert kind_of("通知", "关于养老服务", number).name == kind


def test_what_a_printed_work_bears_goes_into_every_format() -> None:
    printed = replace(
        record(doc_type="报告", published=None, written=None),
        people=("Calkin, David E.", "王建国"),
        edition="2nd ed.",
        place="北京",
        publisher="中国标准出版社",
        year=2011,
    )
    (entry,) = ris(printed)
    assert entry["authors"][:2] == ["Calkin, David E.", "王建国"]
    assert (entry["publisher"], entry["edition"], entry["place_published"], entry["year"]) == (
        *("中国标准出版社", "2nd ed.", "北京"),
        "2011",
    )
    (found,) = bibtex(printed)
    assert found["author"].startswith("Calkin, David E. and 王建国 and {云河省人民政府办公厅}")
    assert (found["institution"], found["address"], found["edition"], found["year"]) == (
        *("{中国标准出版社}", "北京", "2nd ed."),
        "2011",
    )
    (item,) = csl(printed)
    assert item["author"][:2] == [{"family": "Calkin", "given": "David E."}, {"literal": "王建国"}]
    assert (item["publisher"], item["publisher-place"], item["edition"]) == (
        "中国标准出版社",
        "北京",
        "2nd ed.",
    )
    assert item["issued"] == {"date-parts": [[2011]]}


def test_the_revision_of_a_law_stands_in_its_reference() -> None:
    note = "（2019年3月28日通过　根据2024年11月28日《关于修改〈云河省养老服务条例〉的决定》修正）"
    law = record(doc_type="地方性法规", excerpt=note)
    assert (law.edition, law.version_date) == ("2024年11月28日修正", date(2024, 11, 28))
    assert csl(law)[0]["edition"] == "2024年11月28日修正"
    assert record(doc_type="通知", excerpt=note).edition is None
    misprint = record(
        doc_type="地方性法规", excerpt="（2024年13月41日修正）", title="云河省养老服务条例（2024修正）"
    )
    assert (misprint.edition, misprint.version_date) == ("2024修正", None)


def test_what_is_not_known_is_left_out() -> None:
    bare = record(
        url=None, doc_number=None, index_number=None, published=None, written=None, effective=None,
        doc_type=None, issuers=(), issuer=None, subjects=[], related=[], captured_at=None, abstract=None,
        validity="unknown", reuse=None, region=None, jurisdiction=None,
    )  # fmt: skip
    assert "UR  -" not in "".join(write_ris([bare]))
    assert {"URL", "issued", "author", "number"}.isdisjoint(csl(bare)[0])
    assert bibtex(bare)[0].get("year") is None
    assert values(dublin_core(bare)[0], "date") == []


def test_what_was_imported_was_not_accessed_by_us_and_stands_on_no_site() -> None:
    imported = record(origin="imported", source_id="import-laws", source_name_zh="导入：laws")
    assert (imported.accessed, imported.site) == (None, None)
    assert record(published=None).issued == date(2026, 4, 17)


def test_sample_data_says_so_in_every_format() -> None:
    sample = record(sample=True)
    for write in (write_ris, write_bibtex, write_csl_json, write_dublin_core):
        assert "示例数据" in "".join(write([sample]))
