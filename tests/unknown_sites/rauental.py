"""Landkreis Rauental: German press releases, a list with Zurück and Weiter, after the manner of TYPO3."""

from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "www.landkreis-rauental.example"
START = "/aktuelles/pressemitteilungen/"
BASE = "https://" + HOST
COOKIE = "Wir verwenden Cookies, um unsere Internetseite für Sie möglichst bequem zu gestalten."
FOOT = "Landratsamt Rauental, Schlossplatz 2, 78999 Rauental, Telefon 0999 12-0"

TITLES = [
    "Kreisstraße {a} wird halbseitig gesperrt",
    "Neue Wertstoffinsel in {a} eröffnet",
    "Kreistag beschließt Förderung für {a}",
    "Gesundheitsamt prüft Badestellen bei {a}",
    "Schülerbeförderung nach {a} neu geregelt",
    "Waldbrandgefahr: Grillplätze bei {a} geschlossen",
    "Breitbandausbau erreicht {a}",
]
ORTE = ["Oberrauen", "Steinach-Mühlen", "Waldkirchlein", "Hinterau", "Sankt Veit"]
PARTS = [
    "Die Arbeiten dauern voraussichtlich {n} Tage und kosten rund {m}.000 Euro.",
    "Landrätin {wer} dankte den {n} Ehrenamtlichen, die an {k} Wochenenden mitgeholfen haben.",
    "Die Umleitung führt über {ort} und ist für Lastwagen über {k} Tonnen nicht geeignet.",
    "Der Kreistag stimmte mit {n} gegen {k} Stimmen zu.",
    "In der Probe vom {ort}er Weiher fanden sich je hundert Milliliter nur {n} Keime.",
    "Der Bus hält künftig um 7.{n} Uhr an der Linde in {ort}.",
    "Das Land übernimmt {n} Prozent der Kosten, den Rest teilen sich Kreis und Gemeinde.",
    "Wer Sperrmüll anmelden will, erreicht das Amt für {amt} unter der Durchwahl {m}.",
    "Nach Angaben von {wer} wurden bislang {m} Haushalte angeschlossen.",
    "Die Feuerwehr {ort} hält {k} Löschfahrzeuge in Bereitschaft.",
    "Eine Bürgerin aus {ort} hatte die Verlegung der Haltestelle schon vor {k} Jahren angeregt.",
    "Das Amt für {amt} kontrolliert die Einhaltung und kann Bußgelder bis {m} Euro verhängen.",
    "Im kommenden Haushalt sind dafür weitere {m}.000 Euro vorgesehen.",
    "Fachleute erwarten, dass der Grundwasserstand bei {ort} bis zum Herbst um {n} Zentimeter sinkt.",
    "Für Rückfragen der Anwohner gibt es einen Abend im Bürgersaal von {ort}.",
    "Die Pläne liegen {k} Wochen lang beim Amt für {amt} zur Einsicht aus.",
]
SLOTS = {
    "wer": ["Dr. Hanna Griesbeck", "Bauamtsleiter Jörg Maußner", "Kreisbrandrat Öhler"],
    "ort": ORTE,
    "amt": ["Abfallwirtschaft", "Straßenbau", "Naturschutz"],
}
MONATE = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-11-16", 27, HOST, 8)):
        title = TITLES[i % 7].format(a=ORTE[i * 2 % 5])
        if i == 4:
            title = "Tag der offenen Tür im Landratsamt am 13.06.2027"
        if i == 15:
            title = out[2].title
        slug = "".join(
            {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-"}.get(c, c) for c in title.lower()
        )
        slug = "".join(c for c in slug if c.isalnum() or c == "-")
        first = f"Das Landratsamt Rauental teilt zum Vorgang {i + 204} mit: {title}."
        files = [f"/fileadmin/user_upload/presse/lageplan_{i}.pdf"] if i in (3, 11, 20) else []
        out.append(
            Doc(
                f"{START}detail/{slug}-{880 - i}/",
                title,
                None if i == 18 else date,
                f"{290 - i}/{date[:4]}" if i % 2 == 0 else None,
                compose(HOST + str(i), first, PARTS, SLOTS, (3, 5)),
                files,
            )
        )
    out.insert(0, out.pop(9))
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _de(iso: str, long: bool = False) -> str:
    d = day(iso)
    return f"{d.day}. {MONATE[d.month - 1]} {d.year}" if long else d.strftime("%d.%m.%Y")


def _page(title: str, crumbs: str, main: str) -> Answer:
    """Der Rahmen jeder Seite."""
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!DOCTYPE html>
<html dir="ltr" lang="de-DE"><head><meta charset="utf-8">
<meta name="generator" content="TYPO3 CMS"><title>{esc(title)}: Landkreis Rauental</title></head>
<body id="p112" class="page-112 pagelevel-2"><a class="sr-only" href="#c1">Zum Inhalt springen</a>
<header class="kopf"><a href="/"><img src="/fileadmin/wappen.svg" alt="Wappen"></a>
<ul class="sprachen"><li><a href="/leichte-sprache/">Leichte Sprache</a></li><li><a
href="/en/">English</a></li></ul>
<nav class="hauptmenue"><ul><li><a href="/landkreis/">Landkreis</a></li><li><a
href="/buergerservice/">Bürgerservice
</a></li><li class="active"><a href="{START}">Aktuelles</a></li></ul></nav></header>
<div class="rootline">Sie sind hier: <a href="/">Start</a> / {crumbs}</div>
<main><div id="c1" class="frame frame-default">{main}</div></main>
<aside class="randspalte"><div class="frame"><h3>Termine</h3><ul><li>21.11.2026 <a href="/termine/kreistag/">
Sitzung des Kreistags</a></li><li>05.12.2026 <a href="/termine/markt/">Adventsmarkt im
Schlosshof</a></li></ul>
</div><div class="frame"><h3>Das könnte Sie auch interessieren</h3><a
href="/buergerservice/">Kfz-Zulassung</a></div>
</aside><footer><p>{FOOT}</p><ul><li><a href="/impressum/">Impressum</a></li><li><a
href="/datenschutz/">Datenschutz
</a></li><li><a href="https://social.example/lkrauental">Folgen Sie uns</a></li></ul></footer>
<div id="cookieman">{COOKIE} <button>Alle zulassen</button></div></body></html>""".encode(),
    )


def _list(number: int) -> Answer:
    out = ""
    for d in DOCS[(number - 1) * 9 : number * 9]:
        when = f'<span class="news-list-date">{_de(d.date)}</span>' if d.date else ""
        pin = '<span class="badge">Wichtig</span> ' if d is DOCS[0] else ""
        out += (
            f'<div class="article articletype-0"><div class="header">{when}<h3>{pin}<a '
            f'title="{esc(d.title)}" '
            f'href="{d.path}"><span itemprop="headline">{esc(d.title)}</span></a></h3></div>'
            f'<div class="teaser-text"><p>{esc(d.paras[0][1])} <a class="more" '
            f'href="{d.path}">Weiterlesen'
            "</a></p></div></div>\n"
        )
        if d is DOCS[12]:
            out += (
                '<div class="article articletype-2"><div class="header"><span '
                'class="news-list-date">01.09.2026'
                '</span><h3><a href="https://www.regierung-suedland.example/pm/411" target="_blank">'
                "Regierung fördert Feuerwehrhäuser</a></h3></div></div>\n"
            )
    turn, way = "", f"{START}?tx_news_pi1%5BcurrentPage%5D="
    if number > 1:
        turn += f'<li class="previous"><a href="{way}{number - 1}">« Zurück</a></li>'
    turn += f"<li>Seite {number} von 3</li>"
    if number < 3:
        turn += f'<li class="next"><a href="{way}{number + 1}">Weiter »</a></li>'
    return _page(
        "Pressemitteilungen",
        "Pressemitteilungen",
        f"""<h1>Pressemitteilungen</h1>
<div class="news news-list-view">{out}<ul class="f3-widget-paginator">{turn}</ul></div>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>{esc(' '.join(p))}</p>" for p in d.paras)
    when = f"Rauental, {_de(d.date, True)}" if d.date else "Rauental"
    number = f'<p class="pmnr">Pressemitteilung Nr. {d.number}</p>' if d.number else ""
    stand = '<p class="stand">Zuletzt geändert: 18.11.2026</p>' if at % 4 == 0 and d.date else ""
    files = "".join(f'<li><a href="{f}">Lageplan (PDF)</a></li>' for f in d.files)
    files = f'<div class="news-related-files"><h4>Dateien</h4><ul>{files}</ul></div>' if files else ""
    return _page(
        d.title,
        f'<a href="{START}">Pressemitteilungen</a> / {esc(d.title)}',
        f"""
<div class="news news-single"><div class="article"><h1>{esc(d.title)}</h1>{number}
<p class="datum">{when}</p><p class="herausgeber">Herausgeber: Pressestelle des Landratsamts Rauental</p>
<div class="news-text-wrap">{text}</div>{files}{stand}
<ul class="teilen"><li><a href="https://social.example/share">Teilen</a></li><li><a href="#"
onclick="print()">Drucken
</a></li></ul><p><a href="{START}">Zurück zur Übersicht</a></p></div></div>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """Was die Seite unter einer Adresse antwortet."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "Startseite",
            "Willkommen",
            f"""<h1>Willkommen im Landkreis Rauental</h1><p>Zwischen
Rauen und
Alb leben 91.000 Menschen.</p><a href="{START}">Zu den Pressemitteilungen</a>""",
        )
    if path == START:
        page = parse_qs(query).get("tx_news_pi1[currentPage]", ["1"])[0]
        return _list(int(page)) if page in ("1", "2", "3") else None
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf(["Lageplan", d.title, "Maßstab 1:5000"])
    if path.strip("/") in (
        "leichte-sprache",
        "en",
        "landkreis",
        "buergerservice",
        "termine/kreistag",
        "termine/markt",
        "impressum",
        "datenschutz",
    ):
        return _page("Seite", "Seite", "<h1>Auskunft</h1><p>Das Bürgerbüro hilft gern weiter.</p>")
    return None
