"""Lac-Verrier, a bilingual port city: cards in a grid, dates in <time>, in two tongues."""

from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "lacverrier.example"
START = "/en/public-notices"
BASE = "https://" + HOST
COOKIE = "We use cookies to improve your experience on our website."
FOOT = "City of Lac-Verrier · Ville de Lac-Verrier · 55 Quay Street"
OTHER = "/fr/avis-publics"

KINDS = [
    ("Rezoning proposed for {a}", "Projet de rezonage : {a}"),
    ("Water main flushing on {a}", "Rinçage de l'aqueduc : {a}"),
    ("Heritage review of {a}", "Examen patrimonial : {a}"),
    ("Snow dump hours at {a}", "Heures du dépôt à neige : {a}"),
    ("Sale of a municipal lot on {a}", "Vente d'un terrain municipal : {a}"),
]
SITES = [
    "Quay Street",
    "Pointe-aux-Saules",
    "Depot Hill",
    "Rang Sainte-Luce",
    "Glassworks Yard",
    "Ferry Lane",
]
EN = [
    "The lot measures {m} square metres and is served by a {n}-centimetre main.",
    "{who} recommends approval on condition that {k} maples are kept.",
    "Water may run brown for {k} hours; do not wash white laundry until it clears.",
    "The kiln chimney of {year} is the last one standing on the shore.",
    "Trucks must enter by the {gate} gate and carry a permit costing ${m}.",
    "Written submissions of up to {k} pages are given to every member of council.",
    "A previous application for {n} dwellings was withdrawn in {year}.",
    "The opening bid is ${m},000 and sealed envelopes are numbered as they arrive.",
    "Noise at the nearest bedroom was measured at {n} decibels with the {gate} gate shut.",
    "Parking is to be provided for {n} cars and {k} canoes.",
    "Interpretation in sign language is offered if {who} is told {k} days ahead.",
    "Hydrants on the {gate} side were last exercised in {year}.",
    "The consultant's borings met bedrock at {k} metres under old slag.",
    "Council will not hear anyone twice on the same matter.",
]
FR = [
    "Le terrain mesure {m} mètres carrés et donne sur la grève.",
    "{who} recommande d'approuver la demande si {k} érables sont conservés.",
    "L'eau peut être brune pendant {k} heures ; laissez couler le robinet froid.",
    "La cheminée de {year} est la dernière encore debout.",
    "Les camions entrent par la barrière {gate} avec un permis de {m} dollars.",
    "Les mémoires de {k} pages au plus sont remis à chaque membre du conseil.",
    "Une demande visant {n} logements avait été retirée en {year}.",
    "Le bruit mesuré à la chambre la plus proche atteint {n} décibels.",
]
SLOTS = {
    "who": ["Ms. Thibodeau", "Mr. Ansah", "Councillor Roy"],
    "year": ["1891", "1924", "1978"],
    "gate": ["north", "lake", "rail"],
}
SLOTS_FR = {"who": ["Mme Thibodeau", "M. Ansah"], "year": ["1891", "1924"], "gate": ["nord", "du lac"]}
MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def _build() -> tuple[list[Doc], list[Doc]]:
    en: list[Doc] = []
    fr: list[Doc] = []
    for i, date in enumerate(days("2026-07-15", 24, HOST, 10)):
        title, titre = (t.format(a=SITES[i * 5 % 6]) for t in KINDS[i % 5])
        if i == 2:
            title = "Open house on the ferry, September 19, 2026"
            titre = "Portes ouvertes du traversier, 19 septembre 2026"
        if i == 14:
            title, titre = en[8].title, fr[8].title
        number = f"PN-{date[:4]}-{88 - i:03d}" if i % 2 else None
        files = [f"/assets/pn/{88 - i}-map.pdf"] if i % 8 == 3 else []
        when = None if i == 19 else date
        first = f"Notice is hereby given by the City Clerk under file {i + 400}: {title}."
        avis = f"Avis est donné par le greffier au dossier {i + 400} : {titre}."
        en.append(
            Doc(f"{START}/{88 - i}", title, when, number, compose(f"en{i}", first, EN, SLOTS, (3, 4)), files)
        )
        fr.append(
            Doc(
                f"{OTHER}/{88 - i}", titre, when, number, compose(f"fr{i}", avis, FR, SLOTS_FR, (2, 2)), files
            )
        )
    for both in (en, fr):
        both.insert(0, both.pop(11))
    return en, fr


DOCS, DOCS_FR = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _say(iso: str, fr: bool) -> str:
    d = day(iso)
    return f"{d.day} {MOIS[d.month - 1]} {d.year}" if fr else f"{d.strftime('%B')} {d.day}, {d.year}"


def _page(title: str, twin: str, fr: bool, main: str) -> Answer:
    """The frame, in French when asked; `twin` is the same page in the other tongue."""
    home, lst = ("/fr", OTHER) if fr else ("/en", START)
    t = (
        ("Accueil", "Services", "Avis publics", "English", "Le saviez-vous ?")
        if fr
        else ("Home", "Services", "Public notices", "Français", "Did you know?")
    )
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!doctype html><html lang="{"fr" if fr else "en"}-CA"><head>
<meta charset="utf-8"><title>{esc(title)}</title></head><body class="bg-white text-slate-800 antialiased">
<div class="fixed bottom-0 inset-x-0 p-4 bg-slate-900 text-white text-sm">{COOKIE} <button
class="ml-2 underline">OK
</button></div><div class="flex items-center justify-between px-6 py-4"><a class="font-bold text-xl"
href="{home}">
Lac-Verrier</a><div class="flex gap-4"><a href="{home}">{t[0]}</a><a href="{home}/services">{t[1]}</a>
<a href="{lst}">{t[2]}</a><a class="border px-2" href="{twin}">{t[3]}</a></div></div>
<div class="max-w-6xl mx-auto grid grid-cols-4 gap-8"><div class="col-span-3">{main}</div>
<div class="text-sm"><div class="font-semibold mb-2">{t[4]}</div><div><a href="{home}/services">Curling
2026-07-30</a>
</div><div><a href="https://transit.lacverrier-region.example/">Transit</a></div></div></div>
<div class="mt-12 py-8 bg-slate-100 text-xs text-center">{FOOT} <a
href="https://social.example/lacverrier">Social</a>
<a href="{home}/privacy">{"Confidentialité" if fr else "Privacy"}</a></div></body></html>""".encode(),
    )


def _list(number: int, fr: bool) -> Answer:
    docs, path, other = (DOCS_FR, OTHER, START) if fr else (DOCS, START, OTHER)
    out = ""
    for d in docs[(number - 1) * 12 : number * 12]:
        when = (
            f'<time class="text-xs uppercase text-slate-500" datetime="{d.date}">{_say(d.date, fr)}</time>'
            if d.date
            else ""
        )
        out += (
            f'<a class="block rounded-lg shadow p-4 hover:bg-slate-50" href="{d.path}">{when}'
            f'<div class="text-lg font-semibold leading-tight mt-1">{esc(d.title)}</div>'
            f'<div class="mt-2 text-sm line-clamp-2">{esc(d.paras[0][0])}</div></a>\n'
        )
    out += (
        '<a class="block rounded-lg shadow p-4" href="https://www.laketrust.example/levels"><time '
        'datetime="2026-05'
        '-04">2026-05-04</time><div class="text-lg">Lake Trust</div></a>'
    )
    more, less = ("Suivant", "Précédent") if fr else ("Next", "Previous")
    turn = (
        f'<a class="px-3 py-1 border" href="{path}?p=2" aria-label="{more}">&rsaquo;</a>'
        if number == 1
        else f'<a class="px-3 py-1 border" href="{path}?p=1" aria-label="{less}">&lsaquo;</a>'
    )
    title = "Avis publics" if fr else "Public notices"
    return _page(
        title,
        f"{other}?p={number}",
        fr,
        f"""<div class="text-3xl font-bold mb-6">{title}</div>
<div class="grid grid-cols-3 gap-4">{out}</div><div class="flex gap-2 mt-6"><span>{number} /
2</span>{turn}</div>""",
    )


def _doc(at: int, fr: bool) -> Answer:
    d, twin = (DOCS_FR[at], DOCS[at]) if fr else (DOCS[at], DOCS_FR[at])
    text = "".join(f'<p class="mb-4">{esc(" ".join(p))}</p>\n' for p in d.paras)
    put, late, by = (
        ("Publié le", "Modifié le", "Greffe de la Ville")
        if fr
        else ("Published", "Last updated", "Office of the City Clerk")
    )
    when = f'<div>{put} <time datetime="{d.date}">{_say(d.date, fr)}</time></div>' if d.date else ""
    if when and at % 3 == 0:
        when = f'<div>{late} <time datetime="2026-07-21">{_say("2026-07-21", fr)}</time></div>' + when
    number = f'<div class="font-mono">{d.number}</div>' if d.number else ""
    files = "".join(f'<a class="inline-block border px-3 py-2" href="{f}">PDF</a>' for f in d.files)
    return _page(
        d.title,
        twin.path,
        fr,
        f"""<div class="text-xs mb-2"><a
href="{OTHER if fr else START}">&larr;</a>
</div><h1 class="text-3xl font-bold">{esc(d.title)}</h1><div class="flex gap-4 text-sm my-3">{number}{when}
<div>{by}</div></div><div class="leading-relaxed">{text}</div>{files}""",
    )


def answer(path: str, query: str) -> Answer | None:
    """What the site answers at an address."""
    if path == "/robots.txt":
        return ROBOTS
    if path in ("/", "/en", "/fr"):
        fr = path == "/fr"
        return _page(
            "Lac-Verrier", "/en" if fr else "/fr", fr, "<h1>Bienvenue · Welcome</h1><p>1 lake, 2 tongues</p>"
        )
    if path in (START, OTHER):
        page = parse_qs(query).get("p", ["1"])[0]
        return _list(int(page), path == OTHER) if page in ("1", "2") else None
    for at, d in enumerate(DOCS):
        if path in (d.path, DOCS_FR[at].path):
            return _doc(at, path != d.path)
        if path in d.files:
            return 200, "application/pdf", pdf(["Map / Plan", d.title])
    if path in ("/en/services", "/fr/services", "/en/privacy", "/fr/privacy"):
        return _page("Services", path.replace("/en", "/fr"), path[1] == "f", "<h1>Services</h1><p>311</p>")
    return None
