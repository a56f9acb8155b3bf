"""Ostervik Harbour Board: a WordPress-like blog roll, posts under date headings, older posts by a link."""

from itertools import groupby

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "ostervikharbour.example"
START = "/category/notices/"
BASE = "https://" + HOST
COOKIE = "This site uses cookies to remember your text size. By sailing on you agree."
FOOT = "Proudly powered by PressWord. Ostervik Harbour Board is a statutory trust port."

SUBJ = [
    "Dredging of the inner basin",
    "Light failure on the north mole",
    "Diving at berth",
    "Crane lift at berth",
    "Revised pilotage charges",
    "Seal pups on the slipway",
    "Fog signal test",
    "Regatta moorings",
    "Ferry ramp closed for repair",
    "Survey of depths off the point",
]
PARTS = [
    "Masters should keep at least {n} metres from the working vessel {ship} and pass at dead slow.",
    "The least depth found on the leading line was {k}.{k} metres below chart datum.",
    "The work boat {ship} listens on channel {k} and shows the usual shapes by day.",
    "Small craft are asked to use the {way} while the basin is closed.",
    "Divers will be in the water for about {n} minutes on each side of low water.",
    "The temporary buoy is yellow, flashes every {k} seconds and carries a cross.",
    "Fishermen with pots off the {way} should lift them before the barge arrives.",
    "Charges rise by {k} per cent for vessels over {m} gross tons and stay as they are for all others.",
    "The ramp's hinge pins were found worn by {n} millimetres and will be made anew by {firm}.",
    "Spoil goes to the ground licensed in the {way} and is sampled every {k} trips.",
    "Nobody should approach the pups: their mothers return at night and the young need no help.",
    "The tide gauge at the {way} reads {n} centimetres high until it has been reset by {firm}.",
    "Visiting yachts may lie alongside {ship} with fenders of their own, at most {k} abreast.",
    "Shore power at the quay will be off for {k} hours on the first day only.",
    "The harbour office keeps a printed copy of the chartlet for skippers of {firm} and anyone else.",
    "Earlier notices on the {way} are cancelled by this one.",
]
SLOTS = {
    "ship": ["Karen Odde", "Brent Goose", "Sula", "Morning Tern"],
    "way": ["west channel", "drying creek", "timber pond", "outer roads"],
    "firm": ["Holm and Daughters", "Skerry Marine", "Lighthouse Works"],
}


def _build() -> list[Doc]:
    dates = days("2026-09-18", 28, HOST, 12)
    dates[5] = dates[4]
    dates[11] = dates[12] = dates[10]
    dates[20] = dates[19]
    out = []
    for i, date in enumerate(dates):
        title = SUBJ[i % 10] + (f" {i % 6 + 1}" if SUBJ[i % 10].endswith("berth") else "")
        if i > 9 and i != 15:
            title += [", further notice", " (revised)"][i // 10 - 1]
        if i == 8:
            title = "Blessing of the fleet on 2 August 2027: berths to be cleared"
        slug = "".join(c if c.isalnum() else "-" for c in title.lower()).replace("--", "-")
        number = f"LNTM {date[2:4]}/{60 - i}" if i % 3 else None
        first = f"The Harbour Master gives notice ({i + 31} of the series) as follows: {title.lower()}."
        files = [f"/wp-content/uploads/{date[:4]}/{date[5:7]}/chartlet-{i}.pdf"] if i % 6 == 1 else []
        out.append(
            Doc(
                f"/{date.replace('-', '/')}/{slug}{'-2' if i > 9 else ''}/",
                title,
                date,
                number,
                compose(HOST + str(i), first, PARTS, SLOTS, (2, 5)),
                files,
            )
        )
    out.insert(0, out.pop(17))  # the sticky post, older than those below it
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _long(iso: str) -> str:
    d = day(iso)
    return f"{d.strftime('%B')} {d.day}, {d.year}"


def _page(title: str, main: str) -> Answer:
    """The theme around the posts."""
    recent = "".join(f'<li><a href="{d.path}">{esc(d.title)}</a></li>' for d in DOCS[1:5])
    return (
        200,
        "text/html; charset=UTF-8",
        f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{esc(title)} &#8211; Ostervik Harbour Board</title>
<link rel="stylesheet" href="/wp-content/themes/twentysomething/style.css?ver=5.2" media="all"></head>
<body class="hfeed has-sidebar"><div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead"><p class="site-title"><a href="/" rel="home">Ostervik Harbour Board</a></p>
<p class="site-description">Safe water since 1871</p>
<nav class="main-navigation"><ul><li class="menu-item"><a href="/">Home</a></li>
<li class="menu-item"><a href="/tides/">Tides</a></li><li class="menu-item"><a href="{START}">Notices</a></li>
<li class="menu-item"><a href="/the-board/">The Board</a></li></ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">{main}</main>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent
Posts</h2><ul>{recent}</ul></section>
<section class="widget"><h2>Archives</h2><ul><li><a href="/2026/09/">September 2026</a></li>
<li><a href="/2026/08/">August 2026</a></li></ul></section>
<section class="widget"><h2>Meta</h2><ul><li><a href="/wp-login.php">Log
in</a></li></ul></section></aside></div>
<footer id="colophon"><p>{FOOT}</p><ul class="social"><li><a
href="https://photos.example/ostervik">Photos</a></li>
</ul></footer><div class="cookie-notice">{COOKIE} <a
href="/the-board/">Ok</a></div></div></body></html>""".encode(),
    )


def _roll(number: int) -> Answer:
    out = ""
    for date, group in groupby(DOCS[(number - 1) * 10 : number * 10], key=lambda d: str(d.date)):
        out += f'<h2 class="the-date">{_long(date)}</h2>\n'
        for d in group:
            sticky = " sticky" if d is DOCS[0] else ""
            out += (
                f'<article class="post type-post category-notices{sticky}"><header class="entry-header">'
                f'<h3 class="entry-title"><a href="{d.path}" '
                f'rel="bookmark">{esc(d.title)}</a></h3></header>'
                f'<div class="entry-summary"><p>{esc(d.paras[0][0])} [&hellip;] <a class="more-link" '
                f'href="{d.path}">Continue reading</a></p></div></article>\n'
            )
    older = f'<div class="nav-previous"><a href="{START}page/{number + 1}/">&larr; Older posts</a></div>'
    newer = f'<div class="nav-next"><a href="{START}page/{number - 1}/">Newer posts &rarr;</a></div>'
    return _page(
        "Notices",
        f"""<header class="page-header"><h1 class="page-title">Category:
Notices</h1></header>
{out}<nav class="navigation posts-navigation">{older if number < 3 else ""}
{newer if number > 1 else ""}</nav>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>{esc(' '.join(p))}</p>" for p in d.paras)
    files = "".join(f'<p class="wp-block-file"><a href="{f}">Chartlet</a></p>' for f in d.files)
    kept = f"<p><strong>{d.number}</strong></p>" if d.number else ""
    again = ' <span class="updated">(last updated November 3, 2026)</span>' if at % 4 == 1 else ""
    after = DOCS[(at + 1) % len(DOCS)]
    return _page(
        d.title,
        f"""<article class="post single"><header class="entry-header">
<h1 class="entry-title">{esc(d.title)}</h1><div class="entry-meta">Posted on
<a href="{d.path}" rel="bookmark">{_long(str(d.date))}</a> by <span class="author">Harbour
Master</span>{again}</div>
</header><div class="entry-content">{kept}{text}{files}</div>
<footer class="entry-footer">Posted in <a href="{START}" rel="category tag">Notices</a></footer></article>
<nav class="post-navigation"><a href="{after.path}" rel="prev">Previous: {esc(after.title)}</a></nav>
<div id="comments"><p>Comments are closed.</p></div>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "Home",
            f"""<article class="page"><h1>Welcome to the harbour</h1><p>Call us on channel
12.</p>
<p><a href="{START}">All notices to mariners</a></p></article>""",
        )
    for number in (1, 2, 3):
        if path == f"{START}page/{number}/" or (number == 1 and path == START):
            return _roll(number)
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return (
                200,
                "application/pdf",
                pdf(["Chartlet to " + (d.number or d.title), "Not for navigation."]),
            )
    if path in ("/tides/", "/the-board/", "/wp-login.php"):
        return _page("Page", "<article><h1>Page</h1><p>The office is open from 8 to 4.</p></article>")
    if path in ("/2026/09/", "/2026/08/"):
        part = [d for d in DOCS if d.path.startswith(path)]
        rows = "".join(f'<h3><a href="{d.path}">{esc(d.title)}</a></h3>' for d in part)
        return _page("Archive", f"<h1>Month: {path[6:8]}/{path[1:5]}</h1>{rows}")
    return None
