"""Calder Judicial Branch: a table that tells the day argued and the day filed, texts parted by <br>."""

import datetime
from dataclasses import dataclass

from .common import Block, Doc, Site, Vocabulary, compose, day, esc, in_american, pdf, truth
from .english_words import EN_VOC


@dataclass(eq=False, kw_only=True)
class Opinion(Doc):
    """A document of this site."""

    no: str
    disposition: str
    argued: datetime.date


HOST = "opinions.courts.calder.example"
START = "/Opinions/Default.aspx?court=2"
PER = 12
RAW = [
    (
        "24-1187",
        "2025-06-26",
        "In re Marlowe Ridge Water District",
        "the water district’s rate order",
        "Petitioners challenge an order raising standby charges for parcels that have never been "
        "connected to the system; we vacate and remand.",
    ),
    (
        "24-1203",
        "2025-06-26",
        "Tessaly Freight, Inc. v. Department of Revenue",
        "the fuel surcharge assessment",
        "The question is whether a fuel surcharge passed through to shippers forms part of gross "
        "receipts under the Carrier Act.",
    ),
    (
        "23-0968",
        "2025-06-12",
        "State v. Orrin Pacheco-Dale",
        "the suppression ruling",
        "Defendant was stopped for a cracked lens and searched forty minutes later; the trial "
        "court suppressed the evidence and the State appeals.",
    ),
    (
        "24-0411",
        "2025-06-12",
        "Hollis v. Hollis",
        "the custody modification",
        "This appeal concerns a parenting plan modified without an evidentiary hearing after one "
        "parent accepted work in another county.",
    ),
    (
        "24-0877",
        "2025-05-29",
        "Brightwater School Board v. Education Support Alliance",
        "the arbitration award",
        "An arbitrator reinstated eleven bus drivers and the school board asks us to set the "
        "award aside as contrary to public policy.",
    ),
    (
        "24-0902",
        "2025-05-29",
        "Estate of Wilhelmina Crane",
        "the handwritten codicil",
        "Two nieces dispute a codicil written on the back of a seed catalogue and signed by only "
        "one witness.",
    ),
    (
        "23-1340",
        "2025-05-15",
        "Lindqvist Dairy Cooperative v. Harlan County",
        "the manure lagoon permit",
        "The County denied a conditional use permit for a second lagoon although its own "
        "hydrologist found no risk to the aquifer.",
    ),
    (
        "24-0655",
        "2025-05-01",
        "Doe v. Calder State University",
        "the disciplinary hearing",
        "A student expelled after a hearing held by telephone contends that he was never shown "
        "the witness statements.",
    ),
    (
        "24-0093",
        "2025-04-17",
        "State v. Leticia Brandt",
        "the restitution order",
        "After a plea to one count of embezzlement the court ordered restitution on nine "
        "uncharged transfers; we reverse in part.",
    ),
    (
        "23-1415",
        "2025-04-17",
        "Pine Hollow Homeowners Association v. Reyes",
        "the solar panel covenant",
        "A covenant recorded in 1988 forbids any device visible from the street; the homeowner "
        "installed rooftop solar panels.",
    ),
    (
        "24-0320",
        "2025-04-03",
        "Quarry Licensing Board v. Stannard Stone LLC",
        "the licence revocation",
        "The board revoked a quarry licence for blasting outside permitted hours on three dates.",
    ),
    (
        "24-0288",
        "2025-03-20",
        "Nakamura v. Tri-Valley Insurance Exchange",
        "the policy exclusion",
        "We are asked whether wet snow sliding from a barn roof is earth movement within the "
        "meaning of a policy exclusion.",
    ),
    (
        "24-0150",
        "2025-03-20",
        "In the Interest of A.B., a Minor",
        "the dependency petition",
        "The juvenile court found dependency on the basis of school absences alone; the mother appeals.",
    ),
    (
        "23-1299",
        "2025-03-06",
        "Ferrante v. City of Port Ellery",
        "the sidewalk claim",
        "Plaintiff fell on a heaved slab in front of the municipal auditorium and gave notice on "
        "the one hundred and eighty-second day.",
    ),
    (
        "23-1188",
        "2025-02-20",
        "Odell Timber Co. v. Commissioner of Lands",
        "the timber sale",
        "A bidder that withdrew within the hour seeks the return of its deposit on a sale of "
        "standing timber.",
    ),
    (
        "23-0777",
        "2025-02-20",
        "State v. Jerome Applewhite",
        "the lay opinion testimony",
        "At trial a deputy told the jury that skid marks showed intent; defence counsel objected "
        "and was overruled.",
    ),
    (
        "23-1054",
        "2025-02-06",
        "Vantongeren v. Mercy Lake Hospital",
        "the expert disclosure",
        "The trial court struck a late expert disclosure and then granted summary judgment "
        "because no expert remained.",
    ),
    (
        "24-0012",
        "2025-01-23",
        "Workers’ Compensation Fund v. Sable Creek Mining",
        "the benefits apportionment",
        "Two employers dispute how lung disease benefits should be apportioned where exposure "
        "spanned nineteen years.",
    ),
    (
        "23-0845",
        "2025-01-09",
        "Gutierrez v. Housing Authority of Calder Falls",
        "the termination of voucher",
        "A voucher was terminated because a guest stayed fifteen nights; the tenant says that "
        "nobody counted.",
    ),
    (
        "23-0711",
        "2024-12-19",
        "Elkhorn Telephone Cooperative v. Public Utility Commission",
        "the pole attachment rate",
        "The commission set a pole attachment rate without explaining why it departed from its own formula.",
    ),
]
BANK = [
    "We review {S} for abuse of discretion, and questions of statutory construction de novo.",
    "The record does not bear out that reading.",
    "Appellant argued below that {S} was void for want of notice.",
    "On cross-examination, {name} conceded that the ledger had been copied out in {month} and not before.",
    "Section {n}.{small} speaks of “reasonable inquiry,” a phrase the legislature left undefined.",
    "The trial court, the Honorable {name} presiding, heard {small} days of testimony.",
    "Appellee answers that any error concerning {S} was harmless.",
    "We are not persuaded.",
    "Our decision in Tolliver v. Renwick, {n} Cald. App. {big}, points the other way.",
    "Some {n} exhibits were admitted, most without objection.",
    "Nothing in the transcript suggests that {name} was asked to recuse.",
    "Even assuming that the objection was preserved, the outcome concerning {S} would be the same.",
    "The dissent would hold that silence for {n} days amounts to waiver.",
    "That argument was raised for the first time at oral argument and we decline to reach it.",
    "By stipulation the parties fixed damages at ${big}.",
    "An agency must explain itself when it changes course.",
    "Here the findings on {S} are supported by substantial evidence.",
    "Counsel for the intervenor, {name}, candidly acknowledged the gap.",
    "Where two readings are equally plausible, we prefer the one that gives effect to every word.",
    "The motion was filed on a {day} and denied without a hearing.",
    "Costs are awarded to neither party.",
    "A remand limited to {S} will allow the court to make the missing finding.",
    "It is undisputed that {name} signed the form but not the rider.",
    "The statute was amended in {year}, after the events at issue.",
    "We note that {pct} of the disputed sum had been paid before suit.",
]
VOC: Vocabulary = dict(
    EN_VOC,
    pct=lambda r: f"{r.randint(4, 70)} percent",
    name=[
        "Judge Okafor-Lind",
        "Ms. Delacourt",
        "Mr. Petrossian",
        "the bookkeeper",
        "Dr. Haverstock",
        "Deputy Rasmussen",
        "Ms. Yellowtail",
        "Judge Armbruster",
        "Mr. Fontaine",
    ],
)
DISP = ["Affirmed", "Reversed", "Vacated and remanded", "Affirmed in part", "Dismissed"]


def _documents() -> list[Opinion]:
    docs: list[Opinion] = []
    for i, (number, date, title, subject, lead) in enumerate(RAW):
        d = Opinion(
            f"/Opinions/View.aspx?court=2&id={88412 - i * 17}",
            title,
            day(date),
            f"Case No. {number}",
            no=number,
            disposition=DISP[i * 3 % 5],
            argued=day(date) - datetime.timedelta(days=63 + i % 5 * 14),
        )
        d.blocks = compose("c" + number, lead, BANK, VOC, subject, 4 + i * 7 % 9, most=5)
        out: list[Block] = []
        h = iter(["I. Background", "II. Discussion", "III. Conclusion"])
        for j, b in enumerate(d.blocks):
            if j in (1, 3, len(d.blocks) - 1):
                out.append(("h3", next(h)))
            out.append(b)
        d.blocks = out
        d.files = [(f"/Opinions/pdf/{date[:4]}/{number}_opn.pdf", "Slip opinion (PDF)")]
        if i % 6 == 1:
            d.files.append((f"/Opinions/pdf/{date[:4]}/{number}_dis.pdf", "Dissent (PDF)"))
        docs.append(d)
    return docs


DOCS = _documents()


def _broken(blocks: list[Block]) -> str:
    return "<br /><br />\n".join(
        f"<b>{esc(v)}</b>" if k == "h3" else "&nbsp;&nbsp;&nbsp;&nbsp;" + esc(v, False) for k, v in blocks
    )


def _slashed(d: datetime.date) -> str:
    return f"{d.month:02d}/{d.day:02d}/{d.year}"


def _page(title: str, main: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head id="ctl00_Head1"><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>
	{esc(title)} - Calder Judicial Branch
</title><link href="/App_Themes/Courts/courts.css" type="text/css" rel="stylesheet" /></head>
<body><form method="post" action="./Default.aspx" id="aspnetForm"><div>\
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRkq1b0" /></div>
<table width="100%" cellpadding="0" cellspacing="0" class="outer"><tr><td colspan="2" class="banner">\
<a href="/"><img src="/images/seal.gif" alt="Great Seal" border="0" />\
</a> <span class="bt">Calder Judicial Branch</span>
<div class="topnav"><a href="/">Home</a> | <a href="/courts/supreme.aspx">Supreme Court</a> | <a \
href="/courts/appeals.aspx">Court of Appeals</a> | <a href="/courts/trial.aspx">Trial Courts</a> | <a \
href="/selfhelp.aspx">Self-Help Center</a> | <a href="/jury.aspx">Jury Service</a> | <a \
href="/forms.aspx">Forms</a></div></td></tr>
<tr><td class="leftnav" width="190" valign="top"><div class="lnhead">Court of Appeals</div><ul><li>\
<a href="/appeals/judges.aspx">Judges of the Court</a></li><li>\
<a href="/appeals/calendar.aspx">Oral Argument Calendar</a></li><li>\
<a href="/Opinions/Default.aspx?court=2">Published Opinions</a></li><li>\
<a href="/appeals/rules.aspx">Rules of Appellate Procedure</a></li><li>\
<a href="/appeals/efile.aspx">Electronic Filing Login</a></li></ul>
<div class="lnhead">Recently Added</div><ul \
class="rec">{"".join(f'<li><a href="{esc(x.path)}">{x.no}</a></li>' for x in DOCS[:4])}</ul>
<div class="lnbox">Court closed Friday, July 4. After-hours emergency motions: call the clerk’s duty \
line.</div></td>
<td class="content" valign="top">{main}</td></tr>
<tr><td colspan="2" class="foot">Office of the Clerk, 300 Justice Plaza, Calder Falls, CA-5 00410 &nbsp; \
(555) 010-4400<br />The electronic version of an opinion may contain computer-generated errors. <a \
href="/disclaimer.aspx">Disclaimer</a> | <a href="/ada.aspx">ADA Notice</a> | <a \
href="/contact.aspx">Contact the Webmaster</a></td></tr></table></form></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h2>{esc(label)}</h2><p>Information for court users regarding {esc(label)}.</p>")


def _site() -> Site:
    site = Site(HOST, _stub)
    starts = list(range(0, len(DOCS), PER))
    for st in starts:
        rows = "".join(
            f"""<tr class="{"gridAlt" if j % 2 else "gridRow"}"><td nowrap="nowrap">{d.no}</td><td>\
<a id="ctl00_gv_ctl{j:02d}_lnk" href="{esc(d.path)}">{esc(d.title, False)}</a></td>\
<td>{_slashed(d.argued)}</td><td>{_slashed(d.date)}</td><td>{d.disposition}</td><td align="center">\
<a href="{d.files[0][0]}"><img src="/images/pdf.gif" alt="PDF" border="0" /></a></td></tr>
"""
            for j, d in enumerate(DOCS[st : st + PER], 2)
        )
        nav = " ".join(
            f"<b>{k // PER + 1}</b>"
            if k == st
            else f'<a href="Default.aspx?court=2&amp;start={k}">{k // PER + 1}</a>'
            for k in starts
        )
        if st + PER < len(DOCS):
            nav += f' <a href="Default.aspx?court=2&amp;start={st + PER}">Next &gt;&gt;</a>'
        if st:
            nav = f'<a href="Default.aspx?court=2&amp;start={st - PER}">&lt;&lt; Prev</a> ' + nav
        main = f"""<h2>Published Opinions - Court of Appeals</h2>\
<p>Opinions are posted at 10:00 a.m. on the day they are filed. Slip opinions are subject to revision \
before publication in the Calder Appellate Reports.</p>
<table class="grid" cellspacing="0" rules="all" border="1"><tr><th scope="col">Case No.</th>\
<th scope="col">Caption</th><th scope="col">Argued</th><th scope="col">Filed</th>\
<th scope="col">Disposition</th><th scope="col">PDF</th></tr>
{rows}</table><div class="pager">Records {st + 1}-{min(st + PER, len(DOCS))} of {len(DOCS)} &nbsp; \
Page: {nav}</div>"""
        site.add(
            "/Opinions/Default.aspx?court=2" + (f"&start={st}" if st else ""),
            _page("Published Opinions", main),
        )
    site.same("/Opinions/Default.aspx?court=2&start=0", START)
    site.same("/Opinions/Default.aspx", START)
    for d in DOCS:
        at = "".join(f'<li><a href="{path}" target="_blank">{label}</a></li>' for path, label in d.files)
        for path, label in d.files:
            site.add(path, pdf(label, d.number or "", "Filed " + _slashed(d.date)), "application/pdf")
        main = f"""<div class="crumb"><a href="/">Home</a> &gt; <a href="Default.aspx?court=2">Published \
Opinions</a> &gt; {d.no}</div>
<table class="docket" cellpadding="3"><tr><td class="lbl">Court:</td>\
<td>Calder Court of Appeals, Division Two</td></tr><tr><td class="lbl">Docket:</td><td>{d.number}</td>\
</tr><tr><td class="lbl">Argued:</td><td>{in_american(d.argued)}</td></tr><tr>\
<td class="lbl">Opinion filed:</td><td>{in_american(d.date)}</td></tr><tr>\
<td class="lbl">Disposition:</td><td>{d.disposition}</td></tr></table>
<h1 class="caption">{esc(d.title, False)}</h1><div class="opinion">{_broken(d.blocks)}</div>
<div class="docs"><b>Documents</b><ul>{at}</ul></div><p class="ret">\
<a href="Default.aspx?court=2">Return to opinion list</a></p>"""
        site.add(d.path, _page(d.no, main))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    [
        "After-hours emergency motions: call the clerk’s duty line.",
        "The electronic version of an opinion may contain computer-generated errors.",
    ],
)
