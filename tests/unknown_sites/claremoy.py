"""Claremoy Energy Tribunal: list rows that a script renders from JSON in a script tag of the page."""

import json
from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "tribunal.claremoy.example"
START = "/determinations"
BASE = "https://" + HOST
COOKIE = "Analytics cookies are off until you switch them on."
FOOT = "The Tribunal is independent of the Department and of every licensed supplier."

PARTIES = [
    "Mrs H v Beacon Gas",
    "Dunmore Creamery v Westgrid",
    "Estate of Mr L v Lumen Supply",
    "Rathbeg Tidy Towns v Westgrid",
    "A Tenant v Beacon Gas",
    "Kilvarra Nursing Home v Lumen Supply",
    "Mr T v Halcyon Power",
    "O'Dwyer & Sons v Halcyon Power",
]
PARTS = [
    "The meter was changed on a {wday} and the closing reading was written down as {m}{n} units.",
    "The supplier says that {k} letters were sent; the customer recalls only one.",
    "We prefer the evidence of {wit}, who kept a note of each call.",
    "Condition {n} of the licence forbids a back-bill of more than {k} months in these circumstances.",
    "The direct debit rose from €{n} to €{m} without the notice that the code requires.",
    "It was open to the supplier to send an engineer, and it chose not to for {n} weeks.",
    "We do not accept that an estimated reading may stand where {wit} offered a true one.",
    "The network company restored supply after {n} hours, which is outside the standard of {k} hours.",
    "Compensation for spoiled milk was claimed at €{m}, supported by dockets from the co-op.",
    "At the hearing {wit} conceded that the account notes had been edited.",
    "The prepayment tariff was applied to a home with a medical alarm, which the register should have shown.",
    "An apology was offered on the {wday} before the hearing; that was late, but it counts.",
    "The Tribunal has no power to fine, and its award is limited to loss and inconvenience.",
    "The complaint about the colour of the meter box at the gable is outside our remit.",
    "The respondent is to credit €{m} within {n} days of this determination.",
    "Either party may appeal on a point of law to the Circuit within {k} weeks.",
]
SLOTS = {
    "wday": ["Tuesday", "Friday", "bank holiday Monday"],
    "wit": ["the caretaker", "Ms Geraghty", "the field engineer", "the complainant's daughter"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-11-11", 32, HOST, 14)):
        title = PARTIES[i * 3 % 8] + (f" (No. {i})" if i > 7 and i != 19 else "")
        if i == 6:
            title = "Practice direction: hearings by video from 1 January 2027"
        first = f"This determination, file {700 - i * 4}, concerns the complaint known as {title}."
        out.append(
            Doc(
                f"/determinations/{date[:4]}-cet-{96 - i}",
                title,
                None if i == 23 else date,
                f"[{date[:4]}] CET {96 - i}",
                compose(HOST + str(i), first, PARTS, SLOTS, (3, 6)),
                [f"/files/{date[:4]}-cet-{96 - i}-order.pdf"] if i % 8 == 1 else [],
            )
        )
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _page(title: str, main: str, extra: str = "") -> Answer:
    """The shell of the application."""
    return (
        200,
        "text/html",
        f"""<!DOCTYPE html><html lang="en-IE"><head><meta charset="utf-8"/>
<meta name="viewport" content="width=device-width"/><title>{esc(title)} | Claremoy Energy Tribunal</title>
<script defer src="/_app/main.8f21c.js"></script></head><body><div id="__app">
<div class="Banner_cookie__x81"><span>{COOKIE}</span><button>Manage</button></div>
<header class="Header_root__a1"><a href="/">Claremoy Energy Tribunal</a><a href="/ga" lang="ga"
hreflang="ga">Gaeilge</a>
<nav><a href="/about">About us</a><a href="{START}">Determinations</a><a href="/complain">Make a
complaint</a></nav>
</header><main class="Layout_main__q9">{main}</main>
<aside class="Related_root__p2"><h2>Related services</h2><a href="/complain">Check your bill</a>
<a href="https://www.energy-advice.example/">Energy advice line</a><p>Winter scheme opens 1 December
2026</p></aside>
<footer class="Footer_root__z7"><p>{FOOT}</p><a href="/privacy">Privacy</a>
<a href="https://social.example/claremoycet">Social</a></footer></div>{extra}</body></html>""".encode(),
    )


def _list(offset: int) -> Answer:
    rows: list[dict[str, object]] = []
    for i, d in enumerate(DOCS[offset : offset + 16]):
        rows.append(
            {
                "id": 5000 + offset + i,
                "citation": d.number,
                "title": d.title,
                "url": d.path,
                "publishedAt": d.date and d.date + "T09:30:00.000Z",
                "modifiedAt": "2026-11-1" + str(i % 8) + "T16:02:11.000Z",
                "sector": {"id": i % 2, "label": ["Gas", "Electricity"][i % 2], "url": "/about"},
            }
        )
    rows.insert(
        4,
        {
            "id": 9,
            "citation": None,
            "title": "High court ruling on back-billing",
            "sector": None,
            "url": "https://www.courts.example/judgments/2026/118",
            "publishedAt": "2026-06-01T00:00:00Z",
        },
    )
    data = {
        "props": {
            "page": {"heading": "Determinations", "total": len(DOCS), "offset": offset, "rows": rows},
            "menu": [{"label": "About us", "url": "/about"}, {"label": "Complain", "url": "/complain"}],
        },
        "build": "8f21c",
    }
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    turn = (
        f'<a rel="next" href="{START}?offset={offset + 16}">Older determinations</a>'
        if not offset
        else f'<a rel="prev" href="{START}">Newer determinations</a>'
    )
    return _page(
        "Determinations",
        f"""<h1>Determinations</h1><div id="rows"
aria-live="polite"><p>Loading…</p>
</div><p class="Pager_turn__k3">{turn}</p>""",
        f'<script id="__DATA__" type="application/json">{text}</script>',
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "".join(
        f'<p><span class="Para_no__u">[{n}]</span> {esc(" ".join(p))}</p>\n' for n, p in enumerate(d.paras, 1)
    )
    when = ""
    if d.date:
        t = day(d.date)
        when = f"<p>Published: {t.day} {t.strftime('%B %Y')}</p>"
        if at % 3 == 1:
            when += "<p>Last updated: 16 November 2026</p>"
    files = "".join(f'<li><a href="{f}" download>Sealed order</a></li>' for f in d.files)
    files = f"<h2>Downloads</h2><ul>{files}</ul>" if files else ""
    heard = "<p>Heard at Claremoy on 3 February 2026</p>" if at % 5 == 2 else ""
    return _page(
        d.title,
        f"""<nav aria-label="Breadcrumb"><a href="/">Home</a> / <a
href="{START}">Determinations
</a> / 2026</nav><article class="Doc_root__m4"><h1>{esc(d.title)}</h1><p class="Doc_cite__m5">{d.number}</p>
<p>Before: the Claremoy Energy Tribunal, second division</p>{heard}{when}<div
class="Doc_body__m6">{text}</div>
{files}</article>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "Home",
            f"""<h1>Fair hearings for energy users</h1><p>We settle disputes about bills,
meters
and supply.</p><a href="{START}">Read our determinations</a>""",
        )
    if path == START:
        offset = parse_qs(query).get("offset", ["0"])[0]
        return _list(int(offset)) if offset in ("0", "16") else None
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return (
                200,
                "application/pdf",
                pdf(["Sealed order", str(d.number), d.paras[-1][-1].replace("€", "EUR ")]),
            )
    if path in ("/about", "/complain", "/privacy", "/ga"):
        return _page("About", "<h1>About</h1><p>Seven members sit in two divisions.</p>")
    return None
