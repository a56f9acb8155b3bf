"""Days of publication on hand-made pages in the layouts of many systems: stated, inferred, and another's."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source
from warehouse.records import Document

URL = "https://www.beispiel.example/aktuelles/deiche-an-der-wend.html"
TITLE = "Deiche an der Wend werden erneuert"
FIRST = "Das Amt für Wege erneuert im Frühjahr die Deiche an der Wend, teilte die Leiterin den Gemeinden mit."
REST = (
    "<p>Die Arbeiten beginnen am alten Hafen; Radfahrer werden über die Feldstraße geleitet, bis alles fertig"
    " ist. Der Kreis trägt die Kosten zur Hälfte, den Rest zahlen die Gemeinden nach ihrer Einwohnerzahl.</p>"
    "<p>Die Leiterin dankte allen, die mitgewirkt haben. Weitere Abschnitte folgen später.</p>"
)
DAY = date(2024, 5, 3)


def read(
    first: str = FIRST, *, above: str = "", below: str = "", after: str = "", head: str = "", url: str = URL
) -> Document:
    body = (
        f"<html lang=de><head><meta charset=utf-8><title>{TITLE} - Amt für Wege</title>{head}</head><body>"
        "<nav><a href=/>Start</a> <a href=/presse>Presse</a></nav>"
        f"<main><article>{above}<h1>{TITLE}</h1>{below}<p>{first}</p>{REST}{after}</article></main>"
        "<footer><a href=/impressum>Impressum</a> © 2024 Amt für Wege</footer></body></html>"
    ).encode()
    row = source("generic", "https://www.beispiel.example/", timezone="Europe/Berlin", language="en")
    return read_capture(capture(url, role="detail"), body, row).documents[0]


def origin(one: Document) -> str:
    return next((found.origin for found in one.origins if found.field == "published" and found.chosen), "")


@pytest.mark.parametrize(
    "line",
    [
        "<span>Ausgabe:</span> 03.05.2024 <span>Nummer:</span> 12",
        "Datum des Artikels: 03.05.2024",
        "Nr. 12 vom 3. Mai 2024",
        "Pressemitteilung Nr. 45/2024 | 03.05.24",
        "PM 45/2024 vom 03.05.2024",
        "3. Mai 2024; Medienmitteilung; Direktion der Deiche",
        "Fr., 3. Mai 2024, 10.15 Uhr",
        "03. Mai '24",
        "03.05. 2024",
        "[03.05.2024]",
        "OTS0045, 3. Mai 2024, 09:30",
        "<span class=day>03</span> <span class=month>Mai</span> <span class=year>2024</span>",
        "Freigabedatum: 03.05.2024",
        "Online gestellt am: 03.05.2024",
        "erstellt von <span>Presse</span> — zuletzt verändert: 03.05.2024 10:12",
    ],
)
def test_lines_of_many_systems_state_the_day(line: str) -> None:
    for found in (read(above=f"<p>{line}</p>"), read(below=f"<div class=info>{line}</div>")):
        assert found.published == DAY
        assert not origin(found).startswith("inferred")


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        ('<meta name="publish-date" content="Fri May 03 10:00:00 CEST 2024">', "meta"),
        ('<meta name="originalPublicationDate" content="2024-05-03">', "meta"),
        (
            '<script type="application/ld+json">//<![CDATA[\n'
            '{"@type": "NewsArticle", "datePublished": "2024-05-03"}\n//]]></script>',
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{"@type": "WebPage", "mainEntity":'
            ' {"@type": "NewsArticle", "datePublished": "2024-05-03"}}</script>',
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "dateCreated": "2024-05-03"}</script>',
            "json-ld",
        ),
    ],
)
def test_tags_of_many_makes_state_the_day(tag: str, place: str) -> None:
    found = read(head=tag)
    assert (found.published, origin(found).split(":")[0]) == (DAY, place)


def test_a_printed_day_goes_before_a_later_one_of_a_tag_that_may_tell_the_last_change() -> None:
    found = read(head="<meta name=date content='2024-06-30'>", below="<p>3. Mai 2024</p>")
    assert (found.published, origin(found)) == (DAY, "near")


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"after": "<p>Dieser Beitrag wurde am 3. Mai 2024 von Redaktion veröffentlicht.</p>"}, "sentence"),
        ({"below": "<p>Das Interview erschien am 03.05.2024 in der Wendzeitung.</p>"}, "sentence"),
        ({"after": "<p>Autor: Frau Müller, 03.05.2024</p>"}, "foot"),
        ({"after": "<p>Kreis Wend, Pressestelle, 3. Mai 2024</p>"}, "foot"),
        (
            {"after": "<p>Diese Seite wurde von uns am 03.05.2024 aktualisiert.</p>"},
            "changed",
        ),
        ({"url": "https://www.beispiel.example/240503-deiche.html"}, "address"),
        ({"first": f"Das Amt hat am Freitag, 3. Mai 2024, entschieden. {FIRST}"}, "report"),
        ({"first": f"Das Kabinett hat am Freitag (03.05.2024) beschlossen: {FIRST}"}, "report"),
        ({"first": f"Am 3. Mai 2024 hat der Minister die Deiche besucht. {FIRST}"}, "report"),
    ],
)
def test_what_a_text_tells_of_its_day_is_inferred_and_says_so(parts: dict[str, str], place: str) -> None:
    found = read(**parts)
    assert (found.published, origin(found)) == (DAY, f"inferred:{place}")


@pytest.mark.parametrize(
    "parts",
    [
        {"first": f"Am Freitag, 3. Mai 2024, lädt das Amt ein. {FIRST}"},
        {"first": f"Am Freitag, 3. Mai 2024, um 19 Uhr ist Deichabend im Rathaus. {FIRST}"},
        {"first": f"Ab Freitag, 3. Mai 2024, ist die Straße gesperrt. {FIRST}"},
        {"first": f"Am 3. Mai 1964 wurde der Deich vollendet. {FIRST}"},
        {"first": f"Das Deichgesetz wurde am 3. Mai 2014 verkündet. {FIRST}"},
        {"first": f"{FIRST} Näheres steht im Merkblatt vom 3. Mai 2014."},
        {"first": f"{FIRST} Die Wahl am 9. Juni 2024 steht bevor."},
        {"after": "<p>Die Frist endet am 03.05.2024.</p>"},
        {"after": "<p>Die nächste Sitzung findet am 3. Mai 2024 statt.</p>"},
        {"after": "<p>Das Gesetz ist am 3. Mai 2024 in Kraft getreten.</p>"},
        {"after": "<ul><li><a href=/x.pdf>Merkblatt (PDF, 120 KB, 03.05.2014)</a></li></ul>"},
        {"after": "<p>Meier, H.: Deiche. Blatt, 03.05.2014</p><p>Müller, K.: Wasser. Blatt, 12.08.2015</p>"},
        {"after": "<aside><h2>Termine</h2><p>03.05.2024 Deichfest</p><p>09.06.2024 Lauf</p></aside>"},
        {"url": "https://www.beispiel.example/veranstaltungen/240503-deichtag.html"},
        {"head": "<script src=/js/app.js?v=20190301></script>", "after": "<img src=/b/2019/03/01/d.jpg>"},
    ],
)
def test_the_day_of_another_thing_is_not_inferred(parts: dict[str, str]) -> None:
    assert read(**parts).published is None
