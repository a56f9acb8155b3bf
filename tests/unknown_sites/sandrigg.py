"""Sandrigg Flood Agency: no list, only an Atom feed in pages (rel=next)."""

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "floods.sandrigg.example"
START = "/bulletins"
BASE = "https://" + HOST
COOKIE = "No tracking here: one cookie keeps your area."
FOOT = "Crown of Sandrigg copyright; reuse under the Open Terms version 2."

WHAT = [
    "Flood bulletin for {a}",
    "Groundwater report, {a}",
    "Embankment inspection at {a}",
    "Reservoir drawdown at {a}",
    "Tidal surge review, {a}",
]
WHERE = ["the Lower Esker", "Marram Point", "Kettle Brook", "Saltby Washes"]
PARTS = [
    "The gauge at {at} peaked at {k}.{n} metres shortly before dawn.",
    "Pumps at {at} ran for {n} hours and lifted some {m} megalitres back into the carrier.",
    "{n} homes had water up to the door sill; in {k} it came over the threshold.",
    "Boreholes in the chalk stand {n} centimetres above the mean for the month.",
    "Badger setts were found at {k} places in the landward face and will be closed after July.",
    "The spillway gates were opened by {n} per cent in {k} steps to spare the fish pass.",
    "Sandbags are stored behind {who} and may be taken without asking.",
    "The surge came {n} minutes ahead of the forecast tide because the wind had veered.",
    "Staff from {who} walked the whole bank and logged {m} photographs.",
    "A slip of {n} metres on the berm has been pegged and is measured twice a week.",
    "Farmers should move stock off the washes at {at} until the second warning is withdrawn.",
    "Divers cleared a tree trunk of {k} tonnes from the trash screen at {at}.",
    "The model had expected {m} cubic metres a second, and the error is put down to frozen soil.",
    "Lessons are being gathered by {who} at drop-in sessions in the drill hall.",
    "The next inspection is due when the grass has been cut.",
]
SLOTS = {
    "at": ["Corn Staithe", "Hobb's Sluice", "Sixfoot Bridge", "Priory Weir"],
    "who": ["the fire station", "the drainage board", "the river wardens"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-04-24", 26, HOST, 11)):
        title = WHAT[i % 5].format(a=WHERE[i * 3 % 4])
        if i == 4:
            title = "Siren test on 1 June 2026: what you will hear"
        if i == 18:
            title = out[13].title
        first = f"This bulletin, the {i + 140}th from the agency, deals with {title[0].lower() + title[1:]}."
        files = [f"/media/levels-{140 + i}.pdf"] if i % 6 == 2 else []
        out.append(
            Doc(
                f"/b/{date[:4]}/{2200 - i * 9:x}",
                title,
                date,
                f"SFA-B-{166 - i}" if i % 2 == 0 else None,
                compose(HOST + str(i), first, PARTS, SLOTS, (3, 6)),
                files,
            )
        )
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _page(title: str, main: str) -> Answer:
    """A plain HTML5 frame that announces the feed."""
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!DOCTYPE html>
<html lang=en><meta charset=utf-8><title>{esc(title)} – Sandrigg Flood Agency</title>
<link rel=alternate type="application/atom+xml" title="All bulletins" href="/bulletins.atom">
<header><a href="/">Sandrigg Flood Agency</a>
<nav><a href="/">Home</a> <a href="/warnings">Warnings in force</a> <a href="{START}">Bulletins</a>
<a href="/cy" lang=cy>Cymraeg</a></nav></header>
<main>{main}</main>
<aside><h2>Be ready</h2><ul><li><a href="/warnings">River levels, 26 April 2026</a>
<li><a href="https://www.sandrigg-weather.example/">Five-day forecast</a></ul></aside>
<footer><p>{FOOT}<p>{COOKIE}<p><a href="/about">About</a> <a
href="https://social.example/sfa">Social</a></footer>
</html>""".encode(),
    )


def _feed(number: int) -> Answer:
    """One page of the feed, nine entries, newest first."""
    out = ""
    for i, d in enumerate(DOCS[(number - 1) * 9 : number * 9]):
        when = f"<published>{d.date}T07:00:00Z</published>" if d.date else ""
        body = esc(f"<p>{esc(d.paras[0][0])}</p>")
        out += (
            f"<entry><id>tag:{HOST},2026:{d.path}</id><title>{esc(d.title)}</title>"
            f'<link rel="alternate" type="text/html" href="{BASE}{d.path}"/>{when}'
            f"<updated>2026-04-2{i % 6}T12:00:00Z</updated><summary "
            f'type="html">{body}</summary></entry>\n'
        )
    if number == 2:
        out += (
            "<entry><id>urn:x-weather:7</id><title>Storm names for next winter</title><link href="
            '"https://www.sandrigg-weather.example/names"/>'
            "<updated>2026-01-09T00:00:00Z</updated></entry>"
        )
    here = "/bulletins.atom" + (f"?page={number}" if number > 1 else "")
    on = f'<link rel="next" href="/bulletins.atom?page={number + 1}"/>' if number < 3 else ""
    return (
        200,
        "application/atom+xml",
        f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{BASE}/"><title>Sandrigg Flood Agency: bulletins</title>
<id>tag:{HOST},2026:bulletins</id><updated>2026-04-26T12:00:00Z</updated><author><name>Sandrigg Flood
Agency</name>
</author><link rel="self" href="{here}"/><link rel="alternate" type="text/html" href="{START}"/>{on}
{out}</feed>""".encode(),
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>{esc(' '.join(p))}" for p in d.paras)
    when = ""
    if d.date:
        t = day(d.date)
        when = f"<dt>Issued<dd>{t.strftime('%A')} {t.day} {t.strftime('%B %Y')}"
    if d.date and at % 3 == 0:
        when += "<dt>Reviewed<dd>Saturday 25 April 2026"
    number = f"<dt>Bulletin<dd>{d.number}" if d.number else ""
    files = "".join(f'<li><a href="{f}">Table of levels</a> (PDF)' for f in d.files)
    files = f"<h2>With this bulletin</h2><ul>{files}</ul>" if files else ""
    return _page(
        d.title,
        f"""<p><a href="/">Home</a> › <a href="{START}">Bulletins</a>
<article><h1>{esc(d.title)}</h1><dl>{number}{when}<dt>Issued by<dd>Sandrigg Flood Agency, duty room</dl>
{text}
{files}</article>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "Home", f'<h1>Know your water</h1><p>There are no warnings. <a href="{START}">Bulletins</a>'
        )
    if path == START:
        return _page(
            "Bulletins",
            """<h1>Bulletins</h1><p>Our bulletins go out by feed. Put this address
into your
reader: <a href="/bulletins.atom" type="application/atom+xml">all bulletins (Atom)</a>.""",
        )
    if path == "/bulletins.atom":
        pages = {"": 1, "page=1": 1, "page=2": 2, "page=3": 3}
        return _feed(pages[query]) if query in pages else None
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf(["Table of levels", d.title, f"Row {at}: 1.2 m"])
    if path in ("/warnings", "/about", "/cy"):
        return _page("Information", "<h1>Information</h1><p>Ring the flood line on 0300 555 0199.")
    return None
