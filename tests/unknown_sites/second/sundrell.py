"""Sundrell Insurance Authority: an Atom feed in pages, deadlines in tables, PDF and CSV files."""

import datetime
from dataclasses import dataclass

from .common import Doc, Site, Vocabulary, compose, day, esc, in_english, pdf, render, slug, truth
from .english_words import EN_BANK, EN_VOC


@dataclass(eq=False, kw_only=True)
class Publication(Doc):
    """A document of this site."""

    updated: datetime.date
    sort: str


HOST = "www.insurance-authority.sundrell.example"
START = "/publications/feed.atom"
RAW = [
    (
        "2025-12-05",
        "Climate stress test: instructions to general insurers",
        "Circular No. 21/2025",
        "the climate stress test",
        "Firms writing property business must model two wildfire scenarios and one coastal surge "
        "and return the template by the last day of February.",
    ),
    (
        "2025-11-24",
        "Fit and proper forms: a reminder",
        "Circular No. 20/2025",
        "fit and proper checks",
        "One application in six still arrives without the regulatory reference that has been "
        "compulsory since 2022.",
    ),
    (
        "2025-11-10",
        "Thematic review of pet insurance renewals",
        "Report R-07/2025",
        "pet insurance renewals",
        "We looked at 3,100 renewal letters and found that the price of last year was missing or "
        "hidden in nearly a third.",
    ),
    (
        "2025-10-27",
        "Operational resilience: mapping of important services",
        "Circular No. 19/2025",
        "operational resilience",
        "Every licensed insurer should by now have named its important business services and the "
        "longest disruption customers could tolerate.",
    ),
    (
        "2025-10-13",
        "Censure of Merriweather Mutual Ltd",
        "Decision D/2025/18",
        "the censure",
        "Merriweather Mutual failed for fourteen months to hold client premiums in a segregated account.",
    ),
    (
        "2025-09-29",
        "Authority opens consultation on funeral plans",
        None,
        "funeral plans",
        "Providers of prepaid funeral plans would need a licence and a trust fund under "
        "proposals opened today for ten weeks.",
    ),
    (
        "2025-09-15",
        "Levy rates for 2026",
        "Circular No. 17/2025",
        "levy rates",
        "The minimum levy for intermediaries stays at 420 crowns, whereas life offices will pay "
        "slightly more per policy.",
    ),
    (
        "2025-09-01",
        "Reporting of cyber incidents within 24 hours",
        "Circular No. 16/2025",
        "cyber incident reports",
        "From the first of October a serious cyber incident must be reported within twenty-four "
        "hours using a single form.",
    ),
    (
        "2025-08-18",
        "Licence of Halcyon Underwriting withdrawn",
        "Decision D/2025/15",
        "the licence withdrawal",
        "Halcyon Underwriting asked to leave the register after transferring its motor book to "
        "another carrier.",
    ),
    (
        "2025-08-04",
        "Guidance on vulnerable customers",
        "Guidance Note GN 5",
        "vulnerable customers",
        "Vulnerability can be brief, and staff who take claims calls are usually the first to hear it.",
    ),
    (
        "2025-07-21",
        "Annual report and accounts laid before Parliament",
        None,
        "the annual report",
        "The Authority handled 1,204 complaints, licensed nineteen firms and ended the year with "
        "a modest surplus.",
    ),
    (
        "2025-07-07",
        "Warning: clone website using the name Larkfield Life",
        "Alert A/2025/09",
        "clone websites",
        "Criminals have copied the website of a genuine insurer and are offering bonds with "
        "guaranteed returns.",
    ),
    (
        "2025-06-23",
        "Solvency returns: corrected taxonomy",
        "Circular No. 14/2025",
        "solvency returns",
        "An error in the published taxonomy rejected valid returns from firms reporting in two currencies.",
    ),
    (
        "2025-06-02",
        "Commission disclosure: findings from mystery shopping",
        "Report R-04/2025",
        "commission disclosure",
        "Our mystery shoppers visited sixty brokers and asked each the same five questions about "
        "how they were paid.",
    ),
    (
        "2025-05-19",
        "Flood exclusions in small business cover",
        "Circular No. 11/2025",
        "flood exclusions",
        "Some wordings exclude flood in one clause and restore it in another; customers cannot "
        "be expected to reconcile the two.",
    ),
    (
        "2025-04-30",
        "New members join the Authority’s board",
        None,
        "the board",
        "The Minister has appointed an actuary and a former ombudsman to the board for terms of four years.",
    ),
    (
        "2025-04-07",
        "Settlement with Tidewater Brokers",
        "Decision D/2025/06",
        "the settlement",
        "Tidewater Brokers will repay 1.1 million crowns to customers sold duplicate warranty cover.",
    ),
    (
        "2025-03-14",
        "Outsourcing to cloud providers",
        "Circular No. 6/2025",
        "cloud outsourcing",
        "A contract with a cloud provider should let the insurer, its auditor and this Authority "
        "inspect records wherever they are held.",
    ),
]
BANK = [
    *[x for x in EN_BANK if "{place}" not in x][3:17],
    "Firms should read this together with the rulebook, in particular chapter {small}.",
    "Board minutes ought to show that {S} was discussed, not merely noted.",
    "In {pct} of files we could not tell who had taken the decision.",
    "Supervisors will ask about {S} at the next scheduled visit.",
    "{name} said that the market had been warned more than once.",
    "A return submitted late attracts a fixed charge for each day.",
    "Smaller mutuals may apply a proportionate approach provided they record why.",
    "We received {n} responses, {small} of them confidential.",
    "Reinsurance does not remove responsibility.",
    "Policyholders who lost money can turn to the ombudsman free of charge.",
    "Nothing here prevents a firm from going further on {S}.",
    "Questions may be addressed to the named supervisor or to {name}.",
    "The data show premiums rising {pct} while claims frequency was flat.",
    "We expect remediation plans by the end of {month}.",
]
VOC: Vocabulary = dict(
    EN_VOC,
    name=[
        "Chief Supervisor Noor Halloran",
        "Deputy Commissioner Pell",
        "Conduct Director Yusuf Brandreth",
        "Actuary Mina Castellane",
    ],
    amt=lambda r: f"{r.randint(2, 48)}.{r.randint(1, 9)} million crowns",
    amtk=lambda r: f"{r.randint(15, 940)},000 crowns",
    partner=["the ombudsman", "the deposit guarantee fund", "the actuaries’ institute"],
)
TEMPLATE = (
    b"scenario,peril,gross_loss,net_loss,currency,note\n"
    b"A,wildfire,,,SDC,\n"
    b"B,wildfire,,,SDC,\n"
    b"C,coastal surge,,,SDC,\n"
)


def _documents() -> list[Publication]:
    docs: list[Publication] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        x = day(date)
        d = Publication(
            f"/publications/{slug(title, 50)}",
            title,
            x,
            number,
            updated=x + datetime.timedelta(days=[0, 0, 12, 0, 33][i % 5]),
            sort=(number or "News").split()[0],
        )
        d.blocks = compose(
            "i" + title,
            lead,
            BANK,
            VOC,
            subject,
            4 + i * 5 % 9,
            ["What firms should do", "Our findings", "Legal basis", "Contact"],
            [
                "name a senior owner for {S}",
                "test the plan by {month}",
                "keep records for {small} years",
                "tell us about breaches above {amtk}",
                "brief {partner}",
            ],
            intro="We expect firms to:",
        )
        if i % 3 == 0:
            d.blocks.insert(
                -1,
                (
                    "table",
                    [
                        ["Step", "Responsible", "Deadline"],
                        ["Gap analysis", "Compliance function", in_english(x + datetime.timedelta(days=30))],
                        [
                            "Board sign-off",
                            "Chair of the risk committee",
                            in_english(x + datetime.timedelta(days=75)),
                        ],
                        [
                            "Return to the Authority",
                            "Chief financial officer",
                            in_english(x + datetime.timedelta(days=96)),
                        ],
                    ],
                ),
            )
        if number and number.split()[0] in ("Circular", "Report", "Decision"):
            d.files = [(f"/assets/{x.year}/{slug(number)}.pdf", f"{number} (PDF)")]
        if i == 0:
            d.files.append(("/assets/2025/climate-template.csv", "Return template (CSV)"))
        docs.append(d)
    return docs


DOCS = _documents()


def _page(title: str, main: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="en" class="js-enabled"><head><meta charset="utf-8">\
<title>{esc(title)} - Sundrell Insurance Authority</title>\
<link rel="stylesheet" href="/css/main.min.4f9.css" integrity="sha256-x">\
<link rel="alternate" type="application/atom+xml" href="/publications/feed.atom" title="All publications">\
</head>
<body><div class="cookie-banner" role="region"><h2>Cookies on the Authority’s website</h2>\
<p>We use essential cookies to make this service work and would like to set optional ones.</p><div>\
<button>Accept</button> <a href="/help/cookies">View cookies</a></div></div>
<header><a href="/" class="brand">Sundrell Insurance Authority</a><nav>\
<a href="/consumers/">Consumers</a> <a href="/firms/">Firms</a> <a href="/register/">Public register</a> \
<a href="/publications/">Publications</a> <a href="/about/">About us</a></nav><form action="/search">\
<input name="q" aria-label="Search the Authority"></form></header>
<div class="phase"><strong>BETA</strong> This is a new service. Your <a href="/feedback">feedback</a> \
will help us to improve it.</div>
<div class="wrap">{main}</div>
<footer><div><h2>Report a scam</h2><p>If a policy sounds too good to be true, tell our intelligence desk \
on 0800 555 0000.</p></div><ul><li><a href="/help/terms">Terms of use</a></li><li>\
<a href="/help/accessibility">Accessibility</a></li><li><a href="/careers/">Careers</a></li></ul>\
<p>Aurelian House, 9 Assay Row, Sundrell City. All content is available under the Open Licence v2.</p>\
</footer></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<main><h1>{esc(label)}</h1><p>Choose a topic within {esc(label)}.</p></main>")


def _turned(relation: str, k: int) -> str:
    return f'  <link rel="{relation}" type="application/atom+xml" href="http://{HOST}{_list_at(k)}"/>\n'


def _enclosed(d: Publication) -> str:
    if not d.files:
        return ""
    path, label = d.files[0]
    return (
        f'    <link rel="enclosure" type="application/pdf" title="{esc(label)}" '
        f'href="http://{HOST}{path}"/>\n'
    )


def _list_at(k: int) -> str:
    return START + (f"?page={k}" if k > 1 else "")


def _site() -> Site:
    site = Site(HOST, _stub, "text/html; charset=utf-8")
    per = 9
    n = (len(DOCS) + per - 1) // per
    for k in range(1, n + 1):
        entries = "".join(
            f"""  <entry>
    <id>tag:{HOST},2025:/publications/{1000 + (k - 1) * per + j}</id>
    <title type="text">{esc(d.title, False)}</title>
    <link rel="alternate" type="text/html" href="http://{HOST}{d.path}"/>
{_enclosed(d)}    <published>{d.date}T08:30:00Z</published>
    <updated>{d.updated}T1{j % 10}:05:00Z</updated>
    <category term="{d.sort}"/>
    <summary type="html">{esc("<p>" + esc(d.first(120), False) + "…</p>")}</summary>
  </entry>
"""
            for j, d in enumerate(DOCS[(k - 1) * per : k * per])
        )
        x = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Sundrell Insurance Authority: publications</title>
  <id>tag:{HOST},2025:/publications</id>
  <updated>{DOCS[0].updated}T10:05:00Z</updated>
  <author><name>Sundrell Insurance Authority</name></author>
  <link rel="self" type="application/atom+xml" href="http://{HOST}{_list_at(k)}"/>
  <link rel="alternate" type="text/html" href="http://{HOST}/publications/"/>
{_turned("next", k + 1) if k < n else ""}{_turned("previous", k - 1) if k > 1 else ""}{entries}</feed>
"""
        site.add(_list_at(k), x.encode(), "application/atom+xml; charset=utf-8")
    for i, d in enumerate(DOCS):
        for path, _ in d.files:
            site.add(
                path,
                pdf("Sundrell Insurance Authority", d.number or "") if path.endswith("pdf") else TEMPLATE,
                "application/pdf" if path.endswith("pdf") else "text/csv",
            )
        rel = [DOCS[(i + 4) % len(DOCS)], DOCS[(i + 10) % len(DOCS)]]
        at = (
            '<section class="attachments"><h2>Documents</h2>'
            + "".join(
                f'<div class="attachment"><a href="{path}">{label}</a><p>This file may not be '
                "suitable for users of assistive technology.</p></div>"
                for path, label in d.files
            )
            + "</section>"
            if d.files
            else ""
        )
        main = f"""<nav class="breadcrumbs"><a href="/">Home</a> <a href="/publications/">Publications</a>\
</nav>
<main id="content"><span class="caption">{d.number or "News story"}</span><h1>{esc(d.title, False)}</h1>\
<dl class="metadata"><dt>From:</dt><dd><a href="/about/">Sundrell Insurance Authority</a></dd>\
<dt>Published</dt><dd>{in_english(d.date)}</dd>{
            f"<dt>Last updated</dt><dd>{in_english(d.updated)}</dd>" if d.updated != d.date else ""
        }</dl>
{at}<div class="govspeak">{render(d.blocks)}</div><div class="print"><button>Print this page</button>\
</div></main>
<aside class="related"><h2>Related content</h2><ul>{
            "".join(f'<li><a href="{x.path}">{esc(x.title, False)}</a></li>' for x in rel)
        }</ul><h2>Explore the topic</h2><ul><li>\
<a href="/topics/prudential/">Prudential supervision</a></li><li>\
<a href="/topics/conduct/">Conduct of business</a></li></ul></aside>"""
        site.add(d.path, _page(d.title, main))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "We use essential cookies to make this service work and would like to set optional ones.",
        DOCS[(DOCS.index(d) + 4) % len(DOCS)].title,
        "All content is available under the Open Licence v2.",
    ],
)
