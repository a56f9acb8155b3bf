"""Landkreis Elmenau: the day in three boxes, pages under `tx_news_pi1[currentPage]` with a `cHash`."""

from .common import MONTHS, Doc, Site, Vocabulary, compose, day, esc, pdf, render, slug, truth
from .english_words import num

HOST = "www.landkreis-elmenau.example"
START = "/kreisverwaltung/aktuelles/bekanntmachungen"
RAW = [
    (
        "2025-12-01",
        "Allgemeinverfügung zur Aufstallung von Geflügel",
        "Az. 39.1-5082/25",
        "der Aufstallungspflicht",
        "Wegen des Ausbruchs der Geflügelpest in einem Betrieb bei Groß Sanden ordnet das "
        "Veterinäramt die Aufstallung sämtlichen Geflügels im Nordkreis an.",
    ),
    (
        "2025-11-18",
        "Öffentliche Auslegung: Windpark Hohe Leite",
        "Az. 63.4-1177/25",
        "des Windparks Hohe Leite",
        "Die Bürgerwind Hohe Leite GmbH beantragt die Errichtung von fünf Windenergieanlagen mit "
        "einer Nabenhöhe von 164 Metern.",
    ),
    (
        "2025-11-07",
        "Zweite Nachtragshaushaltssatzung 2025",
        "Az. 20.2-0931/25",
        "des Nachtragshaushalts",
        "Der Kreistag hat am 3. November die zweite Nachtragshaushaltssatzung beschlossen; die "
        "Kreisumlage bleibt unverändert bei 41,5 Prozent.",
    ),
    (
        "2025-10-24",
        "Vollsperrung der Kreisstraße 17 bei Wiesenthal",
        None,
        "der Kreisstraße 17",
        "Ab Montag wird die Kreisstraße 17 zwischen Wiesenthal und der Elmbrücke für die "
        "Erneuerung der Deckschicht voll gesperrt.",
    ),
    (
        "2025-10-10",
        "Jägerprüfung 2026: Termine und Anmeldung",
        "Az. 32.6-2210/25",
        "der Jägerprüfung",
        "Die schriftliche Jägerprüfung findet am letzten Samstag im Februar in der Aula des "
        "Berufsschulzentrums statt.",
    ),
    (
        "2025-09-26",
        "Wasserrechtliche Erlaubnis für die Molkerei Birkental",
        "Az. 66.3-4567/25",
        "der Grundwasserentnahme",
        "Die Molkerei Birkental eG darf künftig bis zu 210.000 Kubikmeter Grundwasser im Jahr "
        "aus zwei Tiefbrunnen fördern.",
    ),
    (
        "2025-09-12",
        "Einladung zur 14. Sitzung des Jugendhilfeausschusses",
        None,
        "der Jugendhilfeplanung",
        "Der Jugendhilfeausschuss tritt im großen Sitzungssaal zusammen; der öffentliche Teil "
        "beginnt um 16 Uhr.",
    ),
    (
        "2025-08-29",
        "Neue Gebührensatzung der Abfallwirtschaft",
        "Az. 70.1-3391/25",
        "der Abfallgebühren",
        "Zum Jahreswechsel sinkt die Grundgebühr für die Restmülltonne um vier Euro, während die "
        "Biotonne geringfügig teurer wird.",
    ),
    (
        "2025-08-15",
        "Niedrigwasser: Wasserentnahme aus Bächen untersagt",
        "Az. 66.3-4402/25",
        "des Entnahmeverbots",
        "Pumpen und Schöpfen aus oberirdischen Gewässern ist ab sofort ganztägig verboten, weil "
        "die Elm ihren niedrigsten Stand seit 2003 erreicht hat.",
    ),
    (
        "2025-07-31",
        "Stellenausschreibung Kreisbrandinspektorin oder Kreisbrandinspektor",
        None,
        "des Brandschutzes",
        "Für den Inspektionsbereich Süd sucht der Landkreis zum nächstmöglichen Zeitpunkt eine "
        "erfahrene Führungskraft aus dem Feuerwehrdienst.",
    ),
    (
        "2025-07-17",
        "Bodenrichtwerte 2025 veröffentlicht",
        "Az. 62.5-0088/25",
        "der Bodenrichtwerte",
        "Der Gutachterausschuss hat für 412 Zonen neue Bodenrichtwerte ermittelt, die nun "
        "kostenfrei eingesehen werden können.",
    ),
    (
        "2025-07-01",
        "Schülerbeförderung: Anträge bis Ende Juli stellen",
        None,
        "der Schülerbeförderung",
        "Familien, deren Kinder ab September eine weiterführende Schule besuchen, müssen den "
        "Antrag auf Kostenerstattung bis 31. Juli einreichen.",
    ),
    (
        "2025-06-13",
        "Naturdenkmal Gerichtslinde Ottersbach ausgewiesen",
        "Az. 67.2-1954/25",
        "des Naturdenkmals",
        "Die etwa vierhundert Jahre alte Gerichtslinde am Dorfanger von Ottersbach steht seit "
        "heute unter besonderem Schutz.",
    ),
    (
        "2025-05-28",
        "Tierseuchenrechtliche Anordnung zur Blauzungenkrankheit",
        "Az. 39.1-4470/25",
        "der Impfung gegen Blauzungenkrankheit",
        "Rinder und Schafe dürfen aus dem Kreisgebiet nur noch verbracht werden, wenn sie gegen "
        "den Serotyp 3 geimpft sind.",
    ),
    (
        "2025-05-09",
        "Kreisarchiv zeigt Feldpost aus drei Generationen",
        None,
        "der Feldpostausstellung",
        "Mehr als sechshundert Briefe und Karten haben Einwohnerinnen und Einwohner dem "
        "Kreisarchiv für die neue Ausstellung überlassen.",
    ),
    (
        "2025-04-22",
        "Planfeststellung Ortsumgehung Nieder-Elmen",
        "Az. 61.7-3008/24",
        "der Ortsumgehung",
        "Der Planfeststellungsbeschluss für die 3,8 Kilometer lange Ortsumgehung liegt zwei "
        "Wochen lang zur Einsicht aus.",
    ),
    (
        "2025-03-27",
        "Wahlbekanntmachung zur Landratswahl",
        "Az. 12.3-4567/25",
        "der Landratswahl",
        "Am 25. Mai wählen rund 96.000 Wahlberechtigte eine neue Landrätin oder einen neuen "
        "Landrat; die Wahllokale öffnen um acht Uhr.",
    ),
    (
        "2025-02-14",
        "Förderrichtlinie für Streuobstwiesen neu gefasst",
        "Az. 67.4-0719/25",
        "der Streuobstförderung",
        "Wer hochstämmige Obstbäume pflanzt oder pflegt, erhält künftig bis zu sechzig Euro je Baum.",
    ),
]
VOC: Vocabulary = {
    "n": num(12, 480),
    "k": num(3, 12),
    "pz": lambda r: f"{r.randint(3, 78)} Prozent",
    "eur": lambda r: f"{r.randint(12, 970)}.000 Euro",
    "m": MONTHS["de"],
    "ort": [
        "Wiesenthal",
        "Groß Sanden",
        "Ottersbach",
        "Nieder-Elmen",
        "Birkental",
        "Hohenlinde",
        "Rabenau am Berg",
        "Kirchfelde",
    ],
    "person": [
        "Dr. Annika Reuß",
        "Jörg Wendland",
        "Kreisdirektorin Sabine Kolb",
        "Mehmet Aydın",
        "Friederike von Stahl",
        "Amtsleiter Uwe Prätorius",
    ],
    "stelle": [
        "das Straßenbauamt",
        "die untere Naturschutzbehörde",
        "das Gesundheitsamt",
        "die Kreiskasse",
        "das Schulverwaltungsamt",
        "die Bauaufsicht",
    ],
}
BANK = [
    "Im Rahmen {S} wurden bislang {n} Stellungnahmen ausgewertet.",
    "Rund {pz} der Kosten trägt das Land, den Rest übernehmen die Gemeinden.",
    "Zuständig ist {stelle} in Zimmer {n} des Kreishauses.",
    "Ein Widerspruch hat keine aufschiebende Wirkung.",
    "Wer Einwendungen erheben möchte, kann dies schriftlich oder zur Niederschrift tun.",
    "{person} verwies darauf, dass ähnliche Fälle in {ort} bereits gelöst worden seien.",
    "Die Unterlagen zum Stand {S} liegen bis Ende {m} auch in der Gemeindeverwaltung {ort} aus.",
    "Zuwiderhandlungen können mit einer Geldbuße geahndet werden.",
    "Für {ort} gilt eine Übergangsfrist von {k} Monaten.",
    "Der Kreisausschuss stellte {eur} bereit.",
    "Mit ersten Ergebnissen rechnet {stelle} im {m}.",
    "Auskünfte erteilt {person} während der Sprechzeiten.",
    "Betroffen sind etwa {n} Haushalte, vor allem in {ort} und {ort}.",
    "Aus Sicht der Verwaltung ist die Bedeutung {S} in den vergangenen Jahren deutlich gewachsen.",
    "Eine Umleitung über {ort} ist ausgeschildert.",
    "Die Begründung kann auf Wunsch zugesandt werden.",
    "Bei {pz} der Kontrollen gab es keinerlei Beanstandung.",
    "Ehrenamtliche aus {ort} halfen an {k} Wochenenden mit.",
    "Nach Abschluss {S} wird der Kreistag erneut beraten.",
    "Anträge, die nach dem {k}. {m} eingehen, bleiben unberücksichtigt.",
    "„Wir haben nichts beschönigt“, sagte {person}.",
    "Zusätzlich hat {stelle} einen Betrag von {eur} aus Rücklagen freigegeben.",
    "Die Messwerte aus {ort} lagen durchweg unter den Grenzwerten.",
    "Barrierefreie Zugänge sind vorhanden.",
    "Das Merkblatt erklärt auf {k} Seiten die wichtigsten Schritte.",
]
ITEMS = [
    "Antragsformular in {k} Ausfertigungen",
    "Lageplan der Gemarkung {ort} im Maßstab 1:5000",
    "Nachweis über die Zahlung von {eur}",
    "Stellungnahme durch {stelle}",
    "Kontakt: {person}",
]


def _documents() -> list[Doc]:
    docs: list[Doc] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        sl = slug(title.lower().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"))
        d = Doc(f"{START}/details/{sl}", title, day(date), number)
        d.blocks = compose(
            "e" + title,
            lead,
            BANK,
            VOC,
            subject,
            3 + i * 4 % 8,
            ["Hintergrund", "Rechtsgrundlage", "Weiteres Vorgehen", "Kosten"],
            ITEMS,
            intro="Beizufügen sind:",
        )
        if i % 3 == 0:
            d.files = [
                (
                    f"/fileadmin/user_upload/bekanntmachungen/{date[:4]}/{sl[:24].strip('-')}.pdf",
                    "Bekanntmachung im Wortlaut (PDF, 84 KB)",
                )
            ]
        if i == 15:
            d.files.append(
                (
                    "/fileadmin/user_upload/bekanntmachungen/2025/uebersichtskarte.pdf",
                    "Übersichtskarte (PDF, 2,1 MB)",
                )
            )
        docs.append(d)
    return docs


DOCS = _documents()


def _page(title: str, main: str, cr: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="de-DE"><head><meta charset="utf-8">
<!-- This website is powered by TYPO3 - inspiring people to share! -->
<title>{esc(title)} – Landkreis Elmenau</title><meta name="generator" content="TYPO3 CMS">
<link rel="stylesheet" href="/typo3temp/assets/compressed/merged-51.css" media="all"></head>\
<body id="p218">
<div id="cookieman-modal"><h2>Datenschutzeinstellungen</h2>\
<p>Wir verwenden Cookies, um Ihnen die Nutzung unserer Seiten so angenehm wie möglich zu gestalten.</p>\
<button>Alle akzeptieren</button><button>Nur notwendige</button></div>
<ul class="sprungmarken"><li><a href="#inhalt">Zum Inhalt</a></li><li>\
<a href="/leichte-sprache">Leichte Sprache</a></li><li><a href="/gebaerdensprache">Gebärdensprache</a>\
</li></ul>
<header><a href="/"><img src="/_assets/logo-elmenau.svg" alt="Wappen Landkreis Elmenau"></a>
<form action="/suche"><input name="tx_indexedsearch" placeholder="Suchbegriff eingeben"></form>
<nav><ul><li><a href="/landkreis">Landkreis</a><ul><li>\
<a href="/landkreis/gemeinden">Städte und Gemeinden</a></li><li>\
<a href="/landkreis/zahlen">Zahlen und Fakten</a></li></ul></li><li class="active">\
<a href="/kreisverwaltung">Kreisverwaltung</a><ul><li>\
<a href="/kreisverwaltung/aemter">Ämter von A bis Z</a></li><li><a href="{START}">Bekanntmachungen</a>\
</li><li><a href="/kreisverwaltung/stellen">Stellenangebote</a></li></ul></li><li>\
<a href="/buergerservice">Bürgerservice</a><ul><li><a href="/buergerservice/kfz">Kfz-Zulassung</a></li>\
<li><a href="/buergerservice/formulare">Formulare</a></li></ul></li><li><a href="/kreistag">Kreistag</a>\
</li></ul></nav></header>
<div class="breadcrumb"><span>Sie sind hier:</span> <a href="/">Startseite</a> › <a \
href="/kreisverwaltung">Kreisverwaltung</a> › {cr}</div>
<div id="content"><!--TYPO3SEARCH_begin--><section id="inhalt" class="col-main">{main}</section>\
<!--TYPO3SEARCH_end-->
<aside class="col-side"><div class="frame box-kontakt"><h3>Pressestelle</h3>\
<p>Kathrin Immelmann<br>Telefon 03999 4711-120<br>\
<a href="mailto:presse@landkreis-elmenau.example">presse@landkreis-elmenau.example</a></p></div>
<div class="frame box-oeffnung"><h3>Öffnungszeiten Kreishaus</h3>\
<p>Mo bis Do 8 bis 16 Uhr, Fr 8 bis 12 Uhr sowie nach Vereinbarung</p></div>
<div class="frame"><h3>Veranstaltungen</h3><ul><li>\
<a href="/termine/kreiserntefest">06.12. Adventsmarkt im Kreishaushof</a></li><li>\
<a href="/termine/vortrag">11.12. Vortrag: Richtig heizen mit Holz</a></li></ul></div></aside></div>
<footer><p>Landkreis Elmenau · Kreishausplatz 1 · 99999 Elmenau</p><ul><li>\
<a href="/impressum">Impressum</a></li><li><a href="/datenschutz">Datenschutz</a></li><li>\
<a href="/barrierefreiheit">Erklärung zur Barrierefreiheit</a></li></ul></footer></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h1>{esc(label)}</h1><p>Informationen zum Thema {esc(label)}.</p>", esc(label))


def _list_at(k: int) -> str:
    return START if k == 1 else f"{START}?tx_news_pi1%5BcurrentPage%5D={k}&cHash={CH[k - 1]}"


CH = [
    "",
    "9f2c7be1a04d5c3388e1f0a7b6d2c911",
    "b41d0c5e77aa92f3e6610d9c8a3b2f50",
    "0c9e8d7f6a5b4c3d2e1f0a9b8c7d6e5f",
]


def _site() -> Site:
    site = Site(HOST, _stub)
    per = 6
    n = (len(DOCS) + per - 1) // per
    for k in range(1, n + 1):
        it = "".join(
            f"""<div class="article articletype-0 row" itemscope itemtype="http://schema.org/Article">\
<div class="datebox"><span class="tag">{d.date.day:02d}</span>\
<span class="monat">{MONTHS["de"][d.date.month - 1][:3]}</span><span class="jahr">{d.date.year}</span>\
</div>
<div class="teaser-text"><h3><a title="{esc(d.title)}" href="{d.path}">\
<span itemprop="headline">{d.title}</span></a></h3>{
                f'<p class="az">{d.number}</p>' if d.number else ""
            }<div itemprop="description"><p>{d.first(120)} …<a class="more" href="{
                d.path
            }">Weiterlesen</a></p>\
</div></div></div>
"""
            for d in DOCS[(k - 1) * per : k * per]
        )
        pg = "".join(
            f'<li class="current">{q}</li>' if q == k else f'<li><a href="{esc(_list_at(q))}">{q}</a></li>'
            for q in range(1, n + 1)
        )
        pg = (
            (f'<li class="previous"><a href="{esc(_list_at(k - 1))}">Zurück</a></li>' if k > 1 else "")
            + pg
            + (f'<li class="last next"><a href="{esc(_list_at(k + 1))}">Weiter</a></li>' if k < n else "")
        )
        site.add(
            _list_at(k),
            _page(
                "Bekanntmachungen",
                '<h1>Öffentliche Bekanntmachungen</h1><p class="intro">Hier finden Sie amtliche '
                "Bekanntmachungen und Meldungen der Kreisverwaltung.</p><div "
                f'class="news-list-view">{it}<div class="page-navigation"><p>Seite {k} '
                f'von {n}.</p><ul class="f3-widget-paginator">{pg}</ul></div></div>',
                "Bekanntmachungen",
            ),
        )
    for i, d in enumerate(DOCS):
        for path, _ in d.files:
            site.add(path, pdf("Bekanntmachung", d.number or ""), "application/pdf")
        dl = (
            '<div class="downloads"><h3>Downloads</h3><ul class="ce-uploads">'
            + "".join(f'<li><a href="{path}">{label}</a></li>' for path, label in d.files)
            + "</ul></div>"
            if d.files
            else ""
        )
        r = [DOCS[(i + 5) % len(DOCS)], DOCS[(i + 9) % len(DOCS)]]
        main = f"""<div class="news news-single"><div class="article" itemscope \
itemtype="http://schema.org/Article"><div class="header"><h1 itemprop="headline">{d.title}</h1></div>
<div class="footer"><p><span class="news-list-date">Veröffentlicht am <time itemprop="datePublished" \
datetime="{d.date}">{d.date.day:02d}.{d.date.month:02d}.{d.date.year}</time>\
</span>{f' | Aktenzeichen: <span class="az">{d.number}</span>' if d.number else ""}</p></div>
<div class="news-text-wrap" itemprop="articleBody">{render(d.blocks)}</div>{dl}<div \
class="news-backlink-wrap"><a href="{START}">Zurück zur Übersicht</a></div></div></div>
<div class="frame news-related"><h4>Das könnte Sie auch interessieren</h4>\
<ul>{
            "".join(
                f'<li><span class="dt">{x.date.day:02d}.{x.date.month:02d}.{x.date.year}</span> <a '
                f'href="{x.path}">{x.title}</a></li>'
                for x in r
            )
        }</ul></div>"""
        site.add(d.path, _page(d.title, main, f'<a href="{START}">Bekanntmachungen</a> › {d.title}'))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "Wir verwenden Cookies, um Ihnen die Nutzung unserer Seiten so angenehm wie möglich zu gestalten.",
        DOCS[(DOCS.index(d) + 5) % len(DOCS)].title,
        "Vortrag: Richtig heizen mit Holz",
    ],
)
