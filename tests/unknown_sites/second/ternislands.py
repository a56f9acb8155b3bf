"""Tern Islands Assembly: meetings in blocks by month; only the page tells when it was published."""

import datetime
from dataclasses import dataclass

from .common import MONTHS, Doc, Site, Vocabulary, compose, day, esc, in_english, pdf, render, slug, truth
from .english_words import EN_BANK, EN_VOC


@dataclass(eq=False, kw_only=True)
class Meeting(Doc):
    """A document of this site."""

    held: datetime.date
    room: str


HOST = "meetings.tern-assembly.example"
START = "/committees/public-accounts/meetings/"
RAW = [
    (
        "2025-11-25",
        "Audit of the inter-island ferry contract",
        "the ferry contract",
        "The Committee took evidence on the three-year delay to the second vessel and on penalty "
        "clauses which were never invoked.",
    ),
    (
        "2025-11-11",
        "Hospital pharmacy stock controls",
        "pharmacy stock controls",
        "Members heard that one medicine cabinet in nine could not be reconciled at the last spot check.",
    ),
    (
        "2025-10-28",
        "Broadband subsidy: closing session",
        "the broadband subsidy",
        "Witnesses from both carriers accepted that maps of served premises had been optimistic.",
    ),
    (
        "2025-10-14",
        "Auditor-General’s annual plan",
        "the audit plan",
        "The Auditor-General introduced a plan with eleven value-for-money studies, two fewer "
        "than last session.",
    ),
    (
        "2025-09-30",
        "Harbour dues and the breakwater loan",
        "harbour dues",
        "The Committee questioned the harbourmaster on dues that have not kept up with the cost "
        "of the breakwater loan.",
    ),
    (
        "2025-09-16",
        "Private session on report drafting",
        "the draft report",
        "Members met to settle the structure of the draft report; no evidence was taken.",
    ),
    (
        "2025-07-08",
        "School meals procurement",
        "school meals",
        "The Director of Education explained why a single supplier was chosen for all fourteen schools.",
    ),
    (
        "2025-06-24",
        "Write-off of agricultural loans",
        "agricultural loans",
        "Forty-one loans made after the 2009 gales are to be written off, at a cost below what "
        "had been feared.",
    ),
    (
        "2025-06-10",
        "Prison workshop accounts",
        "the prison workshop",
        "Income from joinery and boat repair covered less than a fifth of the workshop’s costs.",
    ),
    (
        "2025-05-27",
        "Energy company dividends",
        "energy dividends",
        "The Treasurer set out how dividends from the island generator are forecast and why they "
        "missed target twice.",
    ),
    (
        "2025-05-13",
        "Evidence from the Chief Constable",
        "police overtime",
        "Overtime, helicopter hire and the cost of the September visit were discussed with the "
        "Chief Constable.",
    ),
    (
        "2025-04-29",
        "Lessons of the payroll system failure",
        "the payroll failure",
        "Six hundred staff were paid late in December; the contractor and the Head of Shared "
        "Services gave evidence.",
    ),
    (
        "2025-04-08",
        "Tourism levy: first year",
        "the tourism levy",
        "Receipts reached four-fifths of the estimate, and several guest houses had not been "
        "told to register.",
    ),
    (
        "2025-03-25",
        "Coastguard boathouse rebuild",
        "the boathouse rebuild",
        "The Committee visited the boathouse in the morning and heard the architect in the afternoon.",
    ),
    (
        "2025-03-11",
        "Fuel duty rebate for crofts",
        "the fuel duty rebate",
        "A paper from the Revenue showed that half of those entitled to the rebate do not claim it.",
    ),
    (
        "2025-02-25",
        "Sale of the old customs house",
        "the customs house",
        "Members asked why the customs house was sold by private treaty rather than at auction.",
    ),
]
BANK = [
    *[x for x in EN_BANK if "{place}" not in x][:16],
    "the Convener thanked {name} for a candid answer.",
    "In reply, {name} said that {S} had been reviewed by internal audit in {month}.",
    "Dr Sinclair-Voe asked whether the ledger distinguished capital from revenue.",
    "It was agreed to write to the Treasurer about {S} before the recess.",
    "The witness undertook to supply a note on the {n} outstanding items.",
    "Two members dissented and asked that their names be recorded.",
    "A vote was taken: for {small}, against 2.",
    "The Clerk reported that {n} written submissions had arrived, the longest from {name}.",
    "On {S}, the Deputy Convener pressed for dates instead of intentions.",
    "The Committee adjourned for ten minutes because of the fire alarm.",
    "Members noted a variance of {amtk} against the vote.",
    "Mr Halcro observed that the same recommendation had been made in {year}.",
    "The sitting was broadcast on the Assembly channel.",
]
VOC: Vocabulary = dict(
    EN_VOC,
    name=[
        "Ms Inkster",
        "the Chief Executive of the Harbour Trust",
        "Mr Drever",
        "Mrs Fotheringhame",
        "the Deputy Treasurer",
        "Captain Leask",
    ],
)


def _documents() -> list[Meeting]:
    docs: list[Meeting] = []
    for i, (date, title, subject, lead) in enumerate(RAW):
        m = day(date)
        ses = 41 - i
        d = Meeting(
            f"{START}{date}-{slug(title, 40)}/",
            title,
            m + datetime.timedelta(days=2 + i % 3),
            f"PAC/{m.year}/{ses:02d}",
            held=m,
            room=["Committee Room 2", "Main Chamber", "Virtual meeting"][i % 3],
        )
        d.blocks = compose(
            "t" + title,
            lead,
            BANK,
            VOC,
            subject,
            3 + i * 5 % 7,
            ["Declarations of interest", "Evidence", "Decisions", "Any other business"],
            [
                "letter to {name}",
                "site visit in {month}",
                "supplementary estimate of {amtk}",
                "report on {S} to be laid by {month}",
            ],
            intro="Actions:",
            quotes=[
                "“I would rather be told bad news in {month} than good news that is wrong,” said {name}."
            ],
        )
        b = f"/media/pac/{date.replace('-', '')}"
        d.files = [(f"{b}/agenda.pdf", "Agenda")]
        if i % 5 != 0:
            d.files.append((f"{b}/minutes.pdf", "Minutes"))
        if i % 4 == 3:
            d.files.append((f"{b}/paper-{ses}.pdf", f"Paper {ses}: written evidence"))
        docs.append(d)
    return docs


DOCS = _documents()
UP = [("2025-12-09", "Digital identity pilot"), ("2025-12-16", "Roads maintenance backlog")]


def _page(title: str, main: str, last: str) -> str:
    return f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{esc(title)} :: Tern Islands Assembly</title>\
<link rel="stylesheet" href="/static/assembly.9b1c.css">\
<meta name="viewport" content="width=device-width"></head>
<body><div class="notice-bar">The Assembly is in session. <a href="/watch">Watch live</a></div>
<header class="masthead"><a href="/"><svg width="40" height="40" role="img"><title>Crest</title>\
<circle cx="20" cy="20" r="18"/></svg>Tern Islands Assembly</a>
<button aria-expanded="false">Menu</button><nav hidden-sm><ul><li><a href="/members/">Members</a></li><li>\
<a href="/committees/">Committees</a><ul><li><a href="/committees/public-accounts/">Public Accounts</a>\
</li><li><a href="/committees/fisheries/">Fisheries and Marine</a></li><li>\
<a href="/committees/petitions/">Petitions</a></li></ul></li><li><a href="/bills/">Bills and laws</a></li>\
<li><a href="/official-report/">Official Report</a></li><li><a href="/visit/">Visit and learn</a></li>\
</ul></nav></header>
<ol class="crumbs"><li><a href="/">Home</a></li><li><a href="/committees/">Committees</a></li><li>\
<a href="{START}">Public Accounts Committee</a></li><li aria-current="page">{last}</li></ol>
<main>{main}</main>
<aside><h2>Coming up</h2><dl>{"".join(f"<dt>{in_english(day(a))}</dt><dd>{b}</dd>" for a, b in UP)}</dl>\
<h2>Committee office</h2><p>Clerk: Runa Isbister, Parliament Close, Ternhaven. <a \
href="mailto:pac@tern-assembly.example">Email the clerk</a></p><h2>Membership</h2><ul><li>\
<a href="/members/halcro/">Magnus Halcro (Convener)</a></li><li>\
<a href="/members/sinclair-voe/">Dr Ingrid Sinclair-Voe</a></li><li>\
<a href="/members/rendall/">Petra Rendall</a></li></ul></aside>
<footer><ul><li><a href="/copyright/">Assembly copyright</a></li><li>\
<a href="/foi/">Freedom of information</a></li><li><a href="/jobs/">Work for the Assembly</a></li></ul>\
<p>Textphone users may call 01999 000 321. Calls in Norn are welcome.</p></footer></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h1>{esc(label)}</h1><p>About {esc(label)}.</p>", esc(label))


def _site() -> Site:
    site = Site(HOST, _stub, "text/html; charset=utf-8")
    months = sorted({d.held.strftime("%Y-%m") for d in DOCS}, reverse=True)
    chunks = [months[i : i + 3] for i in range(0, len(months), 3)]
    addresses = [START + (f"?before={chunks[i - 1][-1]}" if i else "") for i in range(len(chunks))]
    for i, ch in enumerate(chunks):
        o = []
        for mo in ch:
            y, m = map(int, mo.split("-"))
            rows = "".join(
                f"""<li class="meeting"><div class="when">\
<abbr>{d.held:%a}</abbr> <b>{d.held.day}</b> <span>10.00 am</span></div><div class="what">\
<a href="{d.path}">{esc(d.title, False)}</a><span class="room">{d.room}</span> <span \
class="ref">{d.number}</span></div><div \
class="papers">{
                    " ".join(f'<a class="pdf" href="{path}">{label}</a>' for path, label in d.files[:2])
                }</div></li>"""
                for d in DOCS
                if d.held.strftime("%Y-%m") == mo
            )
            o.append(f'<section class="month"><h2>{MONTHS["en"][m - 1]} {y}</h2><ul>{rows}</ul></section>')
        nav = (
            f'<a class="newer" href="{addresses[i - 1].split("/")[-1] or START}">Later meetings</a> '
            if i
            else ""
        ) + (
            f'<a class="older" rel="next" href="{addresses[i + 1].split("/")[-1]}">Earlier meetings</a>'
            if i + 1 < len(chunks)
            else ""
        )
        site.add(
            addresses[i],
            _page(
                "Meetings of the Public Accounts Committee",
                "<h1>Meetings</h1><p>The Committee meets on Tuesdays, usually in public. Minutes "
                "follow once approved.</p><p><a "
                'href="/committees/public-accounts/calendar.ics">Add to your calendar</a></p>'
                + "".join(o)
                + f'<nav class="more">{nav}</nav>',
                "Meetings",
            ),
        )
    for i, d in enumerate(DOCS):
        for path, label in d.files:
            site.add(path, pdf("Public Accounts Committee", label, d.number or ""), "application/pdf")
        pv = DOCS[i + 1] if i + 1 < len(DOCS) else None
        main = f"""<article><p class="kicker">Public Accounts Committee, meeting</p>\
<h1>{esc(d.title, False)}</h1>
<dl class="facts"><dt>Reference</dt><dd>{d.number}</dd><dt>Meeting held</dt>\
<dd>{d.held:%A} {in_english(d.held)}, 10.00 am</dd><dt>Place</dt><dd>{d.room}</dd><dt>Page published</dt>\
<dd><time datetime="{d.date}">{in_english(d.date)}</time></dd></dl>
<h2>Papers</h2><ul class="papers">{
            "".join(f'<li><a href="{path}">{label}</a> <small>PDF</small></li>' for path, label in d.files)
        }</ul>
<h2>Summary</h2>{render(d.blocks, heading="h3")}</article>
<div class="alert-box">Get an email when new papers appear. <a href="/alerts/">Set up alerts</a>\
</div>{
            f'<p class="prev">Previous meeting: <a href="{pv.path}">{esc(pv.title, False)}</a></p>'
            if pv
            else ""
        }"""
        site.add(d.path, _page(d.title, main, in_english(d.held)))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    [
        "Get an email when new papers appear.",
        "Clerk: Runa Isbister, Parliament Close, Ternhaven.",
        "Digital identity pilot",
    ],
)
