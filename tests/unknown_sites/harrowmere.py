"""Harrowmere District Council: a register of decisions, a table with a header row and onclick rows."""

from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "www.harrowmere-dc.example"
START = "/decisions/register.aspx"
BASE = "https://" + HOST
COOKIE = "We use four essential cookies and, with your consent, one to count visits."
FOOT = "Harrowmere District Council, Corn Exchange, Sheep Street, Harrowmere HW1 4QD"

ACTS = [
    "Renewal of the lease of",
    "Resurfacing of",
    "Award of contract for the cleaning of",
    "Change of opening hours at",
    "Repairs to the roof of",
    "Disposal of surplus land beside",
]
PLACES = [
    "Tanyard Lane car park",
    "the Old Maltings hall",
    "Withy Bridge depot",
    "Cobbold Row allotments",
    "Lammas Field pavilion",
    "the Wharf Street toilets",
    "Priory Green play area",
]
TEAMS = ["Head of Property", "Director of Environment", "Monitoring Officer", "Head of Leisure"]
PARTS = [
    "The present arrangement ends on {until} and cannot be extended again under the same terms.",
    "Officers invited {k} firms to quote and received {k} complete returns by the closing time.",
    "The lowest compliant price was £{m},400, which is {n} per cent of the sum set aside in the budget.",
    "Ward members for {ward} were consulted by email and none of them objected.",
    "A {ward} resident asked for the works to be kept clear of the school run, and this has been accepted.",
    "The surveyor found {n} slipped tiles, {k} cracked lintels and standing water near the rear door.",
    "Doing nothing was considered and rejected because the site would have to close within {n} weeks.",
    "Letting the building to a {user} was also considered, but no firm offer was made.",
    "An equality screening found that {n} regular users have reduced mobility; a ramp stays open throughout.",
    "There are no implications for staff other than a change to the rota of {k} caretakers.",
    "The {user} has used the premises since {year} and pays a rent of £{m} a quarter.",
    "Drainage will be led to the soakaway dug in {year} rather than to the combined sewer.",
    "Carbon savings are put at {n} tonnes over the life of the new boiler.",
    "The section 151 officer confirms that the cost can be met from the reserve for {ward}.",
    "The call-in period is five clear working days, after which the contract may be signed.",
    "Any councillor wishing to inspect the exempt appendix should ask the clerk for {ward}.",
]
SLOTS = {
    "until": ["30 September 2026", "31 March 2027", "24 December 2026"],
    "ward": ["Eastgate", "Lower Harrow", "St Botolph", "Fenside"],
    "user": ["judo club", "youth theatre", "beekeepers' society", "bowls association"],
    "year": ["1987", "1994", "2003", "2011"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-10-29", 30, HOST)):
        title = f"{ACTS[i % 6]} {PLACES[i * 3 % 7]}"
        if i == 12:
            title = "Market Charter Day road closures, 4 May 2026"
        if i == 17:
            title = out[9].title
        first = f"The {TEAMS[i % 4]} has decided as to {PLACES[i * 3 % 7]} under delegation D{i + 11}."
        files = [f"/decisions/docs/report-{940 - i}.pdf"] if i % 7 == 2 else []
        out.append(
            Doc(
                f"/decisions/decision.aspx?id={3940 - i * 3}",
                title,
                None if i == 21 else date,
                f"HDC/{date[:4]}/{412 - i}",
                compose(HOST + str(i), first, PARTS, SLOTS),
                files,
            )
        )
    out.insert(0, out.pop(14))
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _uk(iso: str | None) -> str:
    return day(iso).strftime("%d/%m/%Y") if iso else "&nbsp;"


def _page(title: str, crumbs: str, main: str) -> Answer:
    """The council's frame around a page's own part."""
    news = "".join(
        f'<li><a href="/news/{s}.aspx">{t}</a> <small>{d}</small></li>'
        for s, t, d in (
            ("bins", "Bin days over the bank holiday", "25/10/2026"),
            ("tree", "Apply for a free hedge tree", "19/10/2026"),
            ("vote", "Have you registered to vote?", "02/10/2026"),
        )
    )
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title} - Harrowmere District Council</title>
<link rel="stylesheet" href="/css/site.css"></head><body>
<form id="aspnetForm" action="/search.aspx"><input type="hidden" name="__VIEWSTATE" value="dDwtMTM4OzvXk=">
<div id="cookiebar">{COOKIE} <a href="/cookies.aspx">Cookie settings</a></div>
<div id="header"><a href="/default.aspx"><img src="/img/crest.gif" alt="Harrowmere District Council"></a>
<input name="q" type="text"><input type="submit" value="Search"></div>
<ul id="nav"><li><a href="/default.aspx">Home</a></li><li><a href="/bins.aspx">Bins and recycling</a></li>
<li><a href="/planning.aspx">Planning</a></li><li><a href="{START}">Decisions</a></li>
<li><a href="/contact.aspx">Contact us</a></li></ul>
<div id="breadcrumb">You are here: <a href="/default.aspx">Home</a> &gt; {crumbs}</div>
<div id="wrap"><div id="content">{main}</div>
<div id="side"><h2>Latest news</h2><ul>{news}</ul><h2>Follow us</h2>
<a href="https://social.example/harrowmere">Harrowmere on Social</a></div></div>
<div id="footer"><p>{FOOT}</p><p><a href="/access.aspx">Accessibility</a> |
<a href="/privacy.aspx">Privacy</a> | <a href="https://www.county-partnership.example/">County partnership</a>
</p></div></form></body></html>""".encode(),
    )


def _list(number: int) -> Answer:
    rows = ""
    for i, d in enumerate(DOCS[(number - 1) * 10 : number * 10]):
        go = esc(f"window.location='{d.path}'")
        late = "01/12/2026" if i % 2 else "Immediately"
        rows += (
            f'<tr class="{"alt" if i % 2 else "row"}" onclick="{go}" style="cursor:pointer">'
            f"<td>{d.number}</td><td>{esc(d.title)}</td><td>{_uk(d.date)}</td><td>{late}</td></tr>\n"
        )
    if number == 2:
        rows += (
            '<tr class="row"><td>-</td><td><a href="https://www.county-partnership.example/d/88">'
            "Joint waste committee: tender for transfer "
            "station</a></td><td>03/07/2026</td><td>-</td></tr>"
        )
    pager = " ".join(
        f"<span>{n}</span>" if n == number else f'<a href="{START}?page={n}">{n}</a>' for n in (1, 2, 3)
    )
    if number < 3:
        pager += f' <a href="{START}?page={number + 1}">Next &gt;</a>'
    return _page(
        "Register of decisions",
        "Decisions",
        f"""<h1>Register of delegated decisions</h1>
<p>Select a row to read the decision. Page {number} of 3.</p>
<table id="ctl00_grid" cellspacing="0"><tr><th scope="col">Reference</th><th scope="col">Subject</th>
<th scope="col">Date published</th><th scope="col">Takes effect</th></tr>
{rows}</table><div class="pager">{pager}</div>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>{esc(' '.join(p))}</p>" for p in d.paras)
    files = "".join(f'<p><a href="{f}">Officer report (PDF, 1 KB)</a></p>' for f in d.files)
    when = f"<tr><th>Date published</th><td>{_uk(d.date)}</td></tr>" if d.date else ""
    last = "<tr><th>Page last updated</th><td>02/11/2026</td></tr>" if at % 3 == 0 else ""
    return _page(
        esc(d.title),
        f'<a href="{START}">Decisions</a> &gt; {d.number}',
        f"""<h1>{esc(d.title)}</h1>
<table class="details"><tr><th>Reference</th><td>{d.number}</td></tr>
<tr><th>Decision maker</th><td>{TEAMS[at % 4]}, Harrowmere District Council</td></tr>
{when}{last}</table>
<h2>Decision and reasons</h2>{text}{files}<p><a href="{START}">Back to the register</a></p>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    asked = {k: v[0] for k, v in parse_qs(query).items()}
    if path == "/robots.txt":
        return ROBOTS
    if path in ("/", "/default.aspx"):
        return _page(
            "Home",
            "Welcome",
            f"""<h1>Welcome to Harrowmere</h1><p>Pay, report or apply online.</p>
<ul><li><a href="/bins.aspx">Find your bin day</a></li><li><a href="{START}">See our
decisions</a></li></ul>""",
        )
    if path == START:
        page = asked.get("page", "1")
        return _list(int(page)) if page in ("1", "2", "3") else None
    for at, d in enumerate(DOCS):
        if f"{path}?id={asked.get('id')}" == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf([f"Officer report {d.number}", d.title, *d.paras[1]])
    if path.startswith("/news/") or path in (
        "/bins.aspx",
        "/planning.aspx",
        "/contact.aspx",
        "/cookies.aspx",
        "/access.aspx",
        "/privacy.aspx",
    ):
        return _page("Information", "Information", "<h1>Information</h1><p>Call 01632 960 410 for help.</p>")
    return None
