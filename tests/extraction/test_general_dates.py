"""The day of publication of hand-made pages: where it may stand, and which days are another's."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source

URL = "http://www.prueba.example/a/seite.html"
TEXT = (
    "<p>Das Amt für Wege erneuert im Frühjahr die Deiche an der Wend, teilte die Leiterin gestern mit.</p>"
    "<p>Die Arbeiten beginnen am alten Hafen; Radfahrer werden über die Feldstraße geleitet, bis alles fertig"
    " ist. Der Kreis trägt die Kosten zur Hälfte, den Rest zahlen die Gemeinden nach ihrer Einwohnerzahl.</p>"
)
DAY = date(2021, 5, 3)


def published(markup: str, url: str = URL, head: str = "") -> date | None:
    body = f"<html><head><title>Deiche</title>{head}</head><body>{markup}</body></html>".encode()
    card = capture(url, role="detail")
    row = source("generic", "http://www.prueba.example/", timezone="Europe/Berlin", language="en")
    return read_capture(card, body, row).documents[0].published


@pytest.mark.parametrize(
    "line",
    [
        "03.05.2021",
        "Montag, 3. Mai 2021",
        "Datum: 03.05.2021",
        "Pressemitteilung Nr. 12/2021 vom 3. Mai 2021",
        "Erschienen am 03.05.2021 | Stand: 07.05.2021",
        "Veröffentlicht am 3. Mai 2021, 10:30 Uhr",
        "Published on 3 May 2021 – last updated 7 May 2021",
        "Press release | May 3, 2021",
        "Publié le lundi 3 mai 2021, mis à jour le 7 mai 2021",
        "Fecha de publicación: 3 de mayo de 2021",
        "Pubblicato il 3 maggio 2021",
        "发布时间：2021-05-03 10:20",
        "Wendstadt, 3. Mai 2021",
        "3. Mai 2021 (aktualisiert am 7. Mai 2021)",
        "<dl><dt>Ausgabe</dt><dd>12/2021</dd><dt>Datum</dt><dd>03.05.2021</dd></dl>",
        "<time datetime='2021-05-03T08:00:00+02:00'>vor drei Tagen</time>",
    ],
)
def test_a_line_below_the_heading_tells_the_day(line: str) -> None:
    assert published(f"<main><h1>Deiche an der Wend</h1><div>{line}</div>{TEXT}</main>") == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Termin: 03.05.2021",
        "3. Mai 2021, 10:00 – 12:00 Uhr",
        "3. Mai 2021 – 5. Mai 2021",
        "Bewerbungsfrist: 3. Mai 2021",
        "Closing date: 3 May 2021",
        "Gesetz vom 3. Mai 2021",
        "Effective May 3, 2021",
        "施行日期：2021年5月3日",
        "更新时间：2021-05-03",
    ],
)
def test_the_day_of_something_else_is_not_taken(line: str) -> None:
    assert published(f"<main><h1>Deiche an der Wend</h1><div>{line}</div>{TEXT}</main>") is None


def test_a_day_in_a_sentence_or_a_number_with_a_month_is_not_taken() -> None:
    assert (
        published(f"<main><h1>Deiche</h1>{TEXT}<p>Der Deich wurde am 3. Mai 2011 gebaut.</p></main>") is None
    )
    assert published(f"<main><h1>Rundschreiben 12/2021</h1>{TEXT}</main>") is None


def test_place_and_day_below_the_text_tell_when_it_was_written() -> None:
    body = f"<main><h1>Deiche</h1>{TEXT}<p>Wendstadt, den 3. Mai 2021</p><p>Der Landrat</p></main>".encode()
    row = source("generic", "http://www.prueba.example/", timezone="Europe/Berlin", language="en")
    one = read_capture(capture(URL, role="detail"), body, row).documents[0]
    assert (one.written, one.paragraphs[-1]) == (DAY, "Der Landrat")


def test_a_tag_without_a_date_hides_no_label() -> None:
    tag = "<meta property='article:published_time' content='{{ node.created }}'>"
    assert published(f"<main><h1>Deiche</h1><p>Datum: 03.05.2021</p>{TEXT}</main>", head=tag) == DAY


def test_broken_linked_data_still_tells_the_day() -> None:
    tag = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-05-03",}</script>'
    )
    assert published(f"<main><h1>Deiche</h1>{TEXT}</main>", head=tag) == DAY


def test_the_day_of_a_picture_or_a_chronicle_is_not_the_pages() -> None:
    picture = "<figure><img src=d.jpg><figcaption>Der Deich am 3. Mai 2011</figcaption></figure>"
    assert published(f"<main><h1>Deiche</h1>{picture}{TEXT}</main>") is None
    rows = "".join(
        f"<p>Ereignis {n}, das zählt</p><p>{n}. Mai 2011: Der Kreis berät</p>" for n in range(4, 8)
    )
    assert published(f"<main><h1>Deiche</h1><p>Übersicht</p><p>Stationen</p>{rows}{TEXT}</main>") is None


def test_the_pages_own_script_tells_the_day() -> None:
    script = "<script>dataLayer.push({'pageType': 'news', 'publishDate': '2021-05-03'})</script>"
    assert published(f"<main><h1>Deiche</h1>{TEXT}</main>", head=script) == DAY


def test_days_of_cards_and_menus_are_not_the_pages() -> None:
    cards = "".join(
        f"<div><h3><a href='/{n}'>Meldung {n}</a></h3><time>0{n}.04.2021</time></div>" for n in range(1, 5)
    )
    assert published(f"<main><h1>Deiche</h1>{TEXT}</main><div class=teaser-list>{cards}</div>") is None


def test_a_page_about_an_event_has_no_day_of_publication() -> None:
    markup = f"<main><h1>Deichfest</h1><p>3. Mai 2021</p>{TEXT}</main>"
    assert published(markup, "http://www.prueba.example/veranstaltungen/20210503-fest.html") is None
    tag = '<script type="application/ld+json">{"@type": "Event", "startDate": "2021-05-03"}</script>'
    assert published(markup, head=tag) is None


def test_publication_goes_before_modification_and_tags_before_lines() -> None:
    tags = (
        "<meta property='article:modified_time' content='2021-05-09'>"
        "<meta property='article:published_time' content='2021-05-03'>"
    )
    markup = f"<main><h1>Deiche</h1><p>Stand: 07.05.2021</p>{TEXT}</main>"
    assert published(markup, head=tags) == DAY
    assert published(markup.replace("</h1>", "</h1><p>Datum: 03.05.2021</p>")) == DAY
    assert published(markup) == date(2021, 5, 7)


def test_a_visible_label_goes_before_a_tag_that_only_says_date() -> None:
    markup = f"<main><h1>Deiche</h1><p>Veröffentlicht am 03.05.2021</p>{TEXT}</main>"
    assert published(markup, head="<meta name='date' content='2021-06-30'>") == DAY


def test_dateline_and_today_tell_the_day() -> None:
    text = TEXT.replace("<p>Das Amt", "<p>Wendstadt, 03.05.2021 - Das Amt", 1)
    assert published(f"<main><h1>Deiche</h1>{text}</main>") == DAY
    text = TEXT.replace("gestern mit", "heute (3. Mai 2021) mit", 1)
    assert published(f"<main><h1>Deiche</h1>{text}</main>") == DAY


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("presse/20210503-deiche.html", ""),
        ("presse/~03-05-2021-deiche", ""),
        ("presse/2021/05/03/deiche", ""),
        (
            "presse/210503_PM_Deiche.html",
            "<p>Die Leiterin sprach am 3. Mai 2021 im Kreishaus und am 4. Juni 2021.</p>",
        ),
        (
            "presse/2021/05/deiche.html",
            "<p>Die Leiterin sprach am 3. Mai 2021 im Kreishaus und am 4. Juni 2021.</p>",
        ),
    ],
)
def test_the_address_tells_or_confirms_the_day(path: str, line: str) -> None:
    markup = f"<main><h1>Deiche</h1>{TEXT}{line}</main>"
    assert published(markup, f"http://www.prueba.example/{path}") == DAY
