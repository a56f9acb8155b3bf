"""A paper's own number on pages of unknown make: labels of nine languages, shapes, and what is no number."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.extraction.generic_body import read_main
from crawlers.extraction.html import read_page
from crawlers.extraction.list_rows import number_in
from crawlers.extraction.number_shapes import looks_alone, reads_number
from crawlers.extraction.page import open_page
from crawlers.extraction.printed_number import number_of_file, printed_numbers

SENTENCE = "The council heard the fishers of the lake and has set new hours for the lock by the old mill. "


def number_of(
    inside: str, heading: str = "Hours of the lock", head: str = "", text: str = SENTENCE
) -> str | None:
    markup = f"<html><head><title>{heading}</title>{head}</head><body><main><h1>{heading}</h1>{inside}"
    page = open_page(f"{markup}{f'<p>{text}</p>' * 4}</main></body></html>", "https://a.example/p")
    found = list(printed_numbers(page, read_main(page, page.markup)))
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Circular No. 14/2025", "14/2025"),
        ("Resolución N.º 0018-2026", "0018-2026"),
        ("Ref: ABC/2025/113", "ABC/2025/113"),
        ("Decision 2025/17 of 3 March 2025", "2025/17"),
        ("Case No. 24-1187", "24-1187"),
        ("Case 2:24-cv-01187", "2:24-cv-01187"),
        ("ARRÊTÉ PRÉFECTORAL n° PREF/SCPPAT/2024 355-0001 du 20 décembre 2024", "PREF/SCPPAT/2024 355-0001"),
        ("ARRÊTÉ N°: PREF / DDL / 2015 / 0147 PORTANT ADOPTION", "PREF / DDL / 2015 / 0147"),
        ("Decisión Administrativa 708/2023", "708/2023"),
        ("RESOLUCIÓN N° 160-MJGM-18", "160-MJGM-18"),
        ("Rundschreiben 10/2021 (BA)", "10/2021"),
        ("Notice to Mariners 26/59", "26/59"),
        ("Planning Bulletin: SFA-B-166", "SFA-B-166"),
        ("Az. 12.3-4567/25", "12.3-4567/25"),
        ("Geschäftszeichen: IV C 3 - S 2223/19/10005", "IV C 3 - S 2223/19/10005"),
        ("Aktenzeichen: 1 BvR 123/20 vom 3. März 2025", "1 BvR 123/20"),
        ("Drucksache 20/1234", "20/1234"),
        ("Pressemitteilung Nr. 45/2024", "45/2024"),
        ("Arrêté n° 2025-113 du 3 mars 2025", "2025-113"),
        ("Référence : DGS/2025/88", "DGS/2025/88"),
        ("Resolución núm. 45/2025, de 3 de marzo", "45/2025"),
        ("Circolare n. 12/2025", "12/2025"),
        ("Kenmerk: 2025-0000113", "2025-0000113"),
        ("Uchwała nr 17/2025 z dnia 3 marca", "17/2025"),
        ("Portaria n.º 113/2025", "113/2025"),
        ("Diarienummer: Fi2025/00113", "Fi2025/00113"),
        ("3 March 2025 | No. 45/2025", "45/2025"),
        ("CIRCULAR NO. 21/2015-16, DATED 01-09-2015", "21/2015-16"),
        ("F.No.412/10/2004-Cus.III", "412/10/2004-Cus.III"),
        ("Legal Notice 45 of 2025", "45 of 2025"),
        ("CUS CIR NO. 49/2004 DATE 02/09/2004", "49/2004"),
        ("IR-2025-12, Jan. 3, 2025", "IR-2025-12"),
    ],
)
def test_a_label_and_its_number_beside_the_title(line: str, number: str) -> None:
    assert number_of(f"<p>{line}</p>") == number


@pytest.mark.parametrize("token", ["HDC/2026/398", "LNTM 26/59", "[2026] CET 96", "PN-2026-077"])
def test_a_number_in_a_line_of_its_own_or_before_the_title(token: str) -> None:
    assert number_of(f"<div><b>{token}</b></div><div>3 March 2026</div>") == token
    assert number_of("", heading=f"{token}: Hours of the lock") == token


@pytest.mark.parametrize(
    "line",
    [
        "Telephone number: 030/18 555-0",
        "Phone: 0131 244 2035",
        "Reference: 12 March 2026",
        "Pressemitteilung 12.03.2025",
        "Order 66 of them",
        "Room No. 12/34",
        "Contact number: 24-1187",
        "VAT number 12/345",
        "ISBN 978-1-4098-2804-4",
        "Report 2025",
        "School notice 2025/26",
        "Number of pages: 26/59",
        "Version 2.13",
        "IBAN: DE89 3704 0044 0532 0130 00",
        "D-10117 Berlin",
        "COVID-19",
        "ISO 9001/2015",
        "Budget 2025/26",
        "1/12",
        "£1,250.00",
        "20 of 2025 seats are free",
        "Vu le décret n° 93-861 du 18 juin 1993",
        "Visto el expediente Nº EX-2018-28104674, las leyes",
        "Number: 313-956-1909",
        "Réf. : Laurence Exemple",
        "(Stand: November 2012)",
        "File: report-2025-12.pdf",
        "Document: 2025-11-23_minutes",
        "No. 12-145, Harbour Road",
        "Number: 555-1234",
        "MAY 12/2025",
        "Reference: https://a.example/2025/12",
        "Order now: 24 of 30 are left",
        "14:30-16:00",
        "The case concerns Directive 2014/24/EU",
    ],
)
def test_other_numbers_are_none_of_a_papers(line: str) -> None:
    assert number_of(f"<p>{line}</p>") is None


def test_laws_that_a_text_or_a_title_cites_are_not_its_number() -> None:
    text = (
        "Under section 4 of Act No. 12/2019 and Case No. 24-1187 the council may close the lock in winter. "
    )
    assert number_of("", text=text) is None
    assert number_of("", heading="Hours of the lock (Public Law 107-40)") is None
    assert number_of("", heading="Answer on the lock (Drucksache 20/1234)") is None
    assert number_of("", heading="Hours of the lock (ref. F0006825)") == "F0006825"


def test_tables_definition_lists_and_tags() -> None:
    table = (
        "<table><tr><th>Reference</th><td>HDC/2026/398</td></tr><tr><th>Ward</th><td>North</td></tr></table>"
    )
    assert number_of(table) == "HDC/2026/398"
    assert number_of("<dl><dt>Bulletin<dd>SFA-B-166<dt>Issued<dd>3 March 2026</dl>") == "SFA-B-166"
    assert number_of("", head='<meta name="aktenzeichen" content="W 12-44/2021">') == "W 12-44/2021"
    assert number_of("", head='<meta name="dcterms.identifier" content="urn:uuid:4f1c-22">') is None
    row = "<table><tr><td>3 May</td><td>5 May</td><td>Order</td><td>16-1182</td><td>PDF</td></tr></table>"
    assert number_of(row) is None


def test_a_page_that_names_many_papers_bears_none_of_their_numbers() -> None:
    rows = "".join(f"<p>Case No. 24-11{n}</p><p>3 May 2024</p>" for n in range(10, 15))
    assert number_of(rows) is None
    alone = "".join(f"<p>PN-2026-0{n}</p>" for n in range(10, 15))
    assert number_of(alone) is None


def test_a_page_in_chinese_has_its_own_reader() -> None:
    text = "各单位要结合实际认真贯彻执行，重要情况及时报告。" * 4
    assert number_of("<p>Ref: ABC/2025/113</p>", heading="关于船闸开放时间的通知", text=text) is None


def test_the_number_says_where_it_stood() -> None:
    page = open_page(
        f"<main><h1>Hours</h1><dl><dt>Ref<dd>AB/2026/3</dl>{f'<p>{SENTENCE}</p>' * 4}</main>",
        "https://a.example/",
    )
    found = [(one.value, one.origin) for one in read_page(page).values if one.field == "doc_number"]
    assert found == [("AB/2026/3", "table:ref")]


@pytest.mark.parametrize("text", ["", "(", "[" * 50, "9" * 5000, "A-" * 3000, "1 " * 400, "(((2025)", "½ ٣"])
def test_odd_texts_do_no_harm(text: str) -> None:
    reads_number(text)
    looks_alone(text)
    number_of(f"<p>{text}</p><p>Ref: {text}</p>", heading=text)


def test_the_words_are_sorted_into_known_tables() -> None:
    import tomllib

    words = tomllib.loads(Path("crawlers/extraction/printed_number.toml").read_text(encoding="utf-8"))
    assert {name: sorted(table) for name, table in words.items()} == {
        "labels": ["between", "in_brackets", "joined", "kinds", "number", "sure"],
        "behind": ["words"],
        "never": ["before", "begin"],
        "meta": ["shaped", "sure"],
    }
    assert all(
        word == word.casefold() for table in words.values() for listed in table.values() for word in listed
    )


def test_the_number_at_the_head_of_a_file() -> None:
    assert [one.value for one in number_of_file(("Board of Trustees", "Resolution R-2026-57", SENTENCE))] == [
        "R-2026-57"
    ]
    assert (
        list(number_of_file(("Minutes", "Resolution R-2026-57 was read.", "Resolution R-2026-58 was read.")))
        == []
    )
    assert list(number_of_file(tuple(f"Case No. 24-1{n}" for n in range(10, 20)))) == []
    assert (
        list(
            number_of_file(("关于船闸开放时间的通知", "Ref: ABC/2025/113", "请认真贯彻执行，及时报告。" * 9))
        )
        == []
    )


def test_a_text_that_is_known_by_its_container_has_its_number_too() -> None:
    page = open_page(
        f"<div><h1>Hours</h1><b>PN-2026-077</b><div class=news>{f'<p>{SENTENCE}</p>' * 4}</div></div>",
        "https://a.example/",
    )
    read = read_page(page, {"body": "div.news"})
    assert [one.value for one in read.values if one.field == "doc_number"] == ["PN-2026-077"]


def test_a_line_that_is_named_a_footer_may_hold_the_number_and_boxes_of_a_day_are_none() -> None:
    line = "<div class='footer'>12 May 2025 | Aktenzeichen: Az. 39.1-5082/25</div>"
    assert number_of(line) == "Az. 39.1-5082/25"
    assert number_in(("01Dez2025", "Aufstallung von Geflügel")) is None
    assert number_in(("01Dez2025", "24cv01187")) == "24cv01187"
