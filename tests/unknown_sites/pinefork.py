"""Pine Fork Township: an agenda calendar, month by month, whose documents are PDF and DOCX files."""

from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, docx, esc, pdf

HOST = "www.pineforktwp.example"
START = "/AgendaCenter"
BASE = "https://" + HOST
COOKIE = "By continuing to use this website you accept our Terms of Use."
FOOT = "Pine Fork Township, 210 Mill Road, Pine Fork. Government websites by TownPlus."
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

BODIES = ["Board of Trustees", "Zoning Board of Appeals", "Planning Commission", "Parks Committee"]
MONTHS = ["2026-06", "2026-05", "2026-04", "2026-03"]
PARTS = [
    "Motion by {who} to accept the treasurer's report of ${m},210 in receipts; second by {other}.",
    "The owner of lot {n} on {road} asks for a variance of {k} feet from the side line.",
    "{who} reported that the salt barn holds {m} tons and that {k} trucks are in service.",
    "Public comment is limited to {k} minutes for each speaker, taken in the order of the sign-in sheet.",
    "The engineer recommends a culvert of {n} inches where {road} crosses the north fork.",
    "Bids for mowing {n} acres of cemetery and park were opened and read aloud by {other}.",
    "A neighbor on {road} objected that the pole barn would block the view of oncoming traffic.",
    "The fire chief answered {n} calls last month, {k} of them with mutual aid.",
    "Resolution {n} sets the fee for a driveway permit at ${m}.",
    "The commission will walk the site on {road} before it votes.",
    "{other} asked staff to bring back a sign ordinance that allows {k} square feet a business.",
    "The playground surface at Miller Park is {k} years past its rated life.",
    "The clerk will mail notice to all owners within {m} feet of the parcel.",
    "The minutes of the prior meeting stand approved as corrected by {who}.",
    "There being no further business, {who} will call for a motion to adjourn.",
]
SLOTS = {
    "who": ["Trustee Aldous", "Chair Brandt", "Ms. Okafor", "Supervisor Lyle"],
    "other": ["Mr. Pruitt", "Trustee Santoro", "Mrs. Vang"],
    "road": ["Sawmill Road", "County Road 14", "Tamarack Drive", "Old Plank Road"],
}


def _build() -> tuple[list[Doc], dict[str, str]]:
    """The documents, and the day of the meeting each belongs to by its path."""
    out: list[Doc] = []
    meets: dict[str, str] = {}
    for month in MONTHS:
        for posted in days(month + "-24", 7, month, 4):
            late = min(28, int(posted[8:]) + 4) if posted.startswith(month) else 4
            if len(out) % 5 == 3 and posted.startswith(month):
                late = max(1, int(posted[8:]) - 6)  # minutes come after their meeting
            meet = f"{month}-{late:02d}"
            i = len(out)
            body = BODIES[(i * 3 + i // 4) % 4]
            kind = "Minutes" if i % 5 == 3 else "Agenda"
            us = day(meet)
            title = f"{body} {'Special' if i % 6 == 4 else 'Regular'} Meeting {kind}"
            if i % 3 == 0:
                title += f" - {us.strftime('%B')} {us.day}, {us.year}"
            path = f"{START}/ViewFile/{kind}/_{us.strftime('%m%d%Y')}-{512 - i}"
            if i == 10:
                path = "/DocumentCenter/View/881/Trustees-Workshop-Notes.docx"
            first = f"The {body} of Pine Fork Township takes up item {i + 3} of its {us.year} work program."
            number = f"R-{us.year}-{60 - i}" if i % 5 == 3 else None
            out.append(
                Doc(
                    path,
                    title,
                    None if i == 16 else posted,
                    number,
                    compose(HOST + str(i), first, PARTS, SLOTS, (3, 5)),
                    [],
                )
            )
            meets[path] = meet
    return out, meets


DOCS, MEETS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _us(iso: str) -> str:
    d = day(iso)
    return f"{d.strftime('%b')} {d.day}, {d.year}"


def _page(title: str, main: str) -> Answer:
    """The township's frame."""
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{title} • Pine Fork Township</title></head><body>
<div id="alertBar"><a href="/AlertCenter">Burn ban in effect since May 2, 2026</a></div>
<div id="banner"><a href="/"><img src="/ImageRepository/logo.png" alt="Pine Fork Township"></a></div>
<div id="mainNav" role="navigation"><ol><li><a href="/27/Government">Government</a></li>
<li><a href="/31/Residents">Residents</a></li><li><a href="{START}">Agendas &amp; Minutes</a></li>
<li><a href="/9/How-Do-I">How Do I...</a></li></ol></div>
<div id="bodyWrapper"><div id="breadCrumbs"><ol><li><a href="/">Home</a></li><li>{title}</li></ol></div>
<div id="moduleContent">{main}</div>
<div id="featureColumn"><h3>News Flash</h3><div><a href="/CivicAlerts.aspx?AID=77">Leaf pickup resumes</a>
Posted on: June 29, 2026</div><div><a href="/CivicAlerts.aspx?AID=76">Fish fry at the fire hall</a>
Posted on: June 11, 2026</div><h3>Quick Links</h3><a href="https://pay.townbills.example/pinefork">Pay a
bill</a>
</div></div><div id="footer">{FOOT}<br><a href="/Site-Map">Site Map</a> <a
href="/Accessibility">Accessibility</a>
<a href="https://social.example/pineforktwp"><img src="/i/s.png" alt="Social"></a></div>
<div class="terms">{COOKIE}</div></body></html>""".encode(),
    )


def _month(month: str) -> Answer:
    """One month's meetings."""
    at, rows = MONTHS.index(month), ""
    for i, d in enumerate(DOCS[at * 7 : at * 7 + 7]):
        meet = MEETS[d.path]
        stamp = f" &mdash; Posted {_us(d.date)} {i + 1}:0{i} PM" if d.date else ""
        kind = "docx" if d.path.endswith(".docx") else "pdf"
        number = f" (Resolution {d.number})" if d.number else ""
        rows += (
            f'<tr id="row{i}" class="catAgendaRow"><td><h4><strong aria-label="Agenda for {_us(meet)}">'
            f'{_us(meet)}</strong>{stamp}</h4><p><a href="{d.path}" target="_blank">{esc(d.title)}'
            f'</a>{number}</p></td><td class="downloads"><img src="/i/{kind}.png" alt="{kind.upper()}">'
            f'</td>\n<td class="media">'
            f'<a href="https://video.example/pinefork/{meet}">Video</a></td></tr>\n'
        )
    name = day(month + "-01").strftime("%B %Y")
    back = ""
    if at + 1 < len(MONTHS):
        back = f'<a href="{START}?month={MONTHS[at + 1]}">&laquo; Previous Month</a>'
    on = f'<a href="{START}?month={MONTHS[at - 1]}">Next Month &raquo;</a>' if at else ""
    held = {int(MEETS[d.path][8:]) for d in DOCS[at * 7 : at * 7 + 7]}
    grid = "".join(
        "<tr>"
        + "".join(
            f"<td><b>{n}</b></td>" if n in held else f"<td>{n if n < 31 else ''}</td>"
            for n in range(w, w + 7)
        )
        + "</tr>"
        for w in range(1, 32, 7)
    )
    return _page(
        "Agenda Center",
        f"""<h1>Agenda Center</h1><p>Agendas are posted 24 hours before each
meeting.</p>
<div class="calNav">{back} <span>{name}</span> {on}</div><table class="calendar">{grid}</table>
<h2>{name}</h2><table summary="List of agendas"><thead><tr><th>Agenda</th><th>Download</th><th>Media</th></tr>
</thead><tbody>{rows}</tbody></table>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path == "/":
        return _page(
            "Home",
            f"""<h1>A good place to put down roots</h1><p>Offices open Monday to
Thursday.</p>
<a class="button" href="{START}">Agendas and Minutes</a> <a class="button"
href="/31/Residents">Residents</a>""",
        )
    if path == START:
        month = parse_qs(query).get("month", [MONTHS[0]])[0]
        return _month(month) if month in MONTHS else None
    for d in DOCS:
        if path == d.path:
            lines = ["PINE FORK TOWNSHIP", d.title, f"Meeting of {_us(MEETS[d.path])}", ""]
            if d.number:
                lines.insert(2, f"Resolution {d.number}")
            for p in d.paras:
                lines += [" ".join(p), ""]
            return (
                (200, DOCX, docx(lines)) if path.endswith(".docx") else (200, "application/pdf", pdf(lines))
            )
    if path in (
        "/AlertCenter",
        "/27/Government",
        "/31/Residents",
        "/9/How-Do-I",
        "/CivicAlerts.aspx",
        "/Site-Map",
        "/Accessibility",
    ):
        return _page("Information", "<h1>Information</h1><p>Call the clerk for more.</p>")
    return None
