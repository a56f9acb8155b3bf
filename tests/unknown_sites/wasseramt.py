"""Amt für Gewässer Kanton Tösslingen: a site of 1999, nested tables, fonts, Latin-1 bytes, years to lists."""

from .common import ROBOTS, Answer, Doc, compose, day, days, pdf

HOST = "gewaesser.toesslingen.example"
START = "/verfueg/index.htm"
BASE = "http://" + HOST
COOKIE = "Optimiert für 800 x 600 Bildpunkte und Navigator 4"
FOOT = "Fragen an den Webmaster: wm at toesslingen"

YEARS = [("2001", "2001-08-30", 9), ("2000", "2000-11-24", 10), ("1999", "1999-12-17", 9)]
ART = [
    "Konzession für Wasserentnahme",
    "Fischereisperre",
    "Bewilligung Uferverbauung",
    "Nachführung Hochwasserkarte",
    "Badeverbot",
    "Räumung Geschiebesammler",
]
BACH = ["Tössbach", "Mülibach", "Grüenensee", "Schwärzi", "Aawasser"]
PARTS = [
    "Die Entnahme ist auf {n} Liter pro Sekunde begrenzt und wird am Pegel {ort} gemessen.",
    "Der Fischereiverein {ort} erhob Einsprache und zog sie nach der Begehung wieder zurück.",
    "Die Böschung ist mit Blöcken von mindestens {m} Kilogramm zu sichern.",
    "Beim Unwetter stieg der Abfluss innert {k} Stunden auf {m} Kubikmeter.",
    "Für die Bachforelle ist eine Schwelle von höchstens {n} Zentimetern zulässig.",
    "Die Konzession dauert {n} Jahre und kostet jährlich {m} Franken.",
    "Gemessen wurden {m} Kolibakterien, was den Grenzwert um das {k}fache übertrifft.",
    "{wer} führt die Aufsicht und meldet Mängel schriftlich.",
    "Das Geschiebe wird bei {ort} auf der Deponie abgelagert, soweit es nicht für Wege taugt.",
    "Die Kosten tragen der Kanton zu {n} Prozent und die Anstösser zu gleichen Teilen.",
    "Gegen diese Verfügung kann innert {n} Tagen Rekurs erhoben werden.",
    "Die Karte im Massstab 1:5000 ersetzt jene, die {wer} gezeichnet hatte.",
    "Während der Laichzeit sind Arbeiten im Bachbett untersagt, ausgenommen bei {ort}.",
    "Die Zufahrt für Bagger erfolgt über den Güterweg {ort}; Flurschäden werden vergütet.",
]
SLOTS = {
    "ort": ["Rüti", "Hinterwäldi", "Chäsern", "Oberfeld"],
    "wer": ["Ingenieur P. Bühler", "Frau R. Zgraggen", "der Wuhrmeister"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for year, newest, count in YEARS:
        for j, date in enumerate(days(newest, count, year, 28)):
            i = len(out)
            title = f"{ART[i % 6]} {BACH[i * 2 % 5]}"
            if i == 7:
                title = "Sperrung Uferweg wegen Seenachtsfest 4.8.2001"
            if i == 16:
                title = out[14].title
            number = f"{year[2:]}/{count * 4 - j * 3:03d}"
            first = f"Das Amt für Gewässer verfügt im Geschäft {number} betreffend {title} was folgt."
            files = [f"/verfueg/{year}/plan{j}.pdf"] if i in (5, 18) else []
            out.append(
                Doc(
                    f"/verfueg/{year}/v{j + 1:02d}.htm",
                    title,
                    None if i == 11 else date,
                    number,
                    compose(HOST + str(i), first, PARTS, SLOTS, (3, 4)),
                    files,
                )
            )
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]
GREY = '<FONT FACE="Arial,Helvetica" SIZE="2">'


def _ch(iso: str) -> str:
    d = day(iso)
    return f"{d.day}.{d.month}.{d.year}"


def _page(title: str, main: str) -> Answer:
    """Drei Tabellen ineinander; Bytes in Latin-1, kein Zeichensatz angegeben."""
    nav = "".join(
        f'<TR><TD BGCOLOR="#99CCCC"><A HREF="{h}">{GREY}{t}</FONT></A></TD></TR>\n'
        for h, t in (
            ("/index.htm", "Startseite"),
            (START, "Verf&uuml;gungen"),
            ("/pegel.htm", "Pegelstände"),
            ("/personen.htm", "Personen"),
            ("http://www.toesslingen.example/", "Kanton"),
        )
    )
    return (
        200,
        "text/html",
        f"""<HTML><HEAD><TITLE>{title}</TITLE>
<META NAME="GENERATOR" CONTENT="PageMill 3.0"></HEAD>
<BODY BGCOLOR="#FFFFFF" LINK="#003399"><TABLE WIDTH="780" BORDER=0 CELLPADDING=0 CELLSPACING=0>
<TR><TD COLSPAN=3 BGCOLOR="#006666"><IMG SRC="/gif/welle.gif" ALT="" WIDTH=780 HEIGHT=40><BR>
<FONT COLOR="#FFFFFF" SIZE="+2"><B>Amt f&uuml;r Gewässer</B></FONT></TD></TR>
<TR><TD WIDTH=130 VALIGN=top><TABLE BORDER=0 CELLPADDING=4>{nav}
<TR><TD><IMG SRC="/cgi-bin/counter.gif" ALT="Sie sind Besucher 014207"></TD></TR></TABLE></TD>
<TD WIDTH=500 VALIGN=top><TABLE BORDER=0 CELLPADDING=8><TR><TD>{main}</TD></TR></TABLE></TD>
<TD WIDTH=150 VALIGN=top BGCOLOR="#EEEEEE">{GREY}<B>Neu!</B><BR>
<A HREF="/pegel.htm">Pegel jetzt st&uuml;ndlich</A> (1.9.2001)<BR>
<A HREF="http://www.fischer-verband.example/">Fischerprüfung</A> 14.10.2001</FONT></TD></TR>
<TR><TD COLSPAN=3 ALIGN=center><HR>{GREY}{COOKIE}<BR>{FOOT}<BR>
Letzte &Auml;nderung: 3.9.2001</FONT></TD></TR></TABLE></BODY></HTML>""".encode("latin-1"),
    )


def _years() -> Answer:
    rows = "".join(
        f'<TR><TD><IMG SRC="/gif/ball.gif" ALT="*"></TD><TD><A '
        f'HREF="{y}/index.htm">{GREY}Verfügungen '
        f"{y}</FONT></A></TD><TD>{GREY}{n} Stück</FONT></TD></TR>\n"
        for y, _, n in YEARS
    )
    return _page(
        "Verfügungen",
        f'<FONT FACE="Arial" SIZE="4"><B>Verfügungen</B></FONT><P>{GREY}Bitte '
        "Jahr wählen:"
        f"</FONT><TABLE BORDER=0>{rows}</TABLE>",
    )


def _list(year: str) -> Answer:
    rows = ""
    for d in DOCS:
        if not d.path.startswith(f"/verfueg/{year}/"):
            continue
        when = _ch(d.date) if d.date else "--"
        plan = "".join(f' <A HREF="{f.rsplit("/", 1)[1]}">[Plan]</A>' for f in d.files)
        rows += (
            f"<TR><TD NOWRAP VALIGN=top>{GREY}{when}</FONT><TD NOWRAP "
            f"VALIGN=top>{GREY}{d.number}</FONT>\n"
            f'<TD>{GREY}<A HREF="{d.path.rsplit("/", 1)[1]}">{d.title}</A>{plan}</FONT>\n'
        )
    if year == "2000":
        rows += (
            f"<TR><TD>{GREY}2.2.2000</FONT><TD>{GREY}&nbsp;</FONT><TD>{GREY}<A "
            'HREF="http://www.bund-wasser'
            '.example/lothar.html">Bund: Folgen des Sturms Lothar</A></FONT>'
        )
    return _page(
        f"Verfügungen {year}",
        f"""<FONT FACE="Arial" SIZE="4"><B>Verfügungen
{year}</B></FONT><BR><BR>
<TABLE BORDER=1 CELLPADDING=3 WIDTH="100%">{rows}</TABLE>
<P><A HREF="../index.htm">{GREY}&lt;&lt; andere Jahre</FONT></A>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "".join(f"<P>{GREY}{' '.join(p)}</FONT>\n" for p in d.paras)
    when = f"Tösslingen, {_ch(d.date)}<BR>" if d.date else ""
    files = "".join(f'<P><A HREF="{f.rsplit("/", 1)[1]}">{GREY}Plan holen</FONT></A>' for f in d.files)
    sight = f"<BR>Augenschein vom {1 + at % 27}.5.1999" if at % 4 == 2 else ""
    return _page(
        d.title,
        f"""<FONT FACE="Arial" SIZE="4" COLOR="#006666"><B>{d.title}</B></FONT><BR>
{GREY}{when}Amt für Gewässer des Kantons Tösslingen<BR>Verfügung Nr. {d.number}{sight}</FONT>
<HR NOSHADE SIZE=1>{text}{files}
<P ALIGN=right><A HREF="index.htm"><IMG SRC="/gif/zurueck.gif" ALT="zurück" BORDER=0></A>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """Was die Seite unter einer Adresse antwortet."""
    if path == "/robots.txt":
        return ROBOTS
    if path in ("/", "/index.htm"):
        return _page(
            "Amt für Gewässer",
            f'{GREY}Grüezi! Hier finden Sie <A HREF="{START}">unsere '
            "Verfügungen</A> "
            'und die <A HREF="/pegel.htm">Pegelstände</A>.</FONT>',
        )
    if path in (START, "/verfueg/"):
        return _years()
    for year, _, _ in YEARS:
        if path in (f"/verfueg/{year}/index.htm", f"/verfueg/{year}/"):
            return _list(year)
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf(["Plan 1:500", d.title])
    if path in ("/pegel.htm", "/personen.htm"):
        return _page("Auskunft", f"{GREY}Tössbach 1.12 m, Grüenensee 406.3 m ü. M.</FONT>")
    return None
