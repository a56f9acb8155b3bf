"""Communauté de communes du Valmorel: a French definition list of dated acts with numbered pages."""

from urllib.parse import parse_qs

from .common import ROBOTS, Answer, Doc, compose, day, days, esc, pdf

HOST = "www.cc-valmorel.example"
START = "/index.php/actes"
BASE = "http://" + HOST
COOKIE = "En poursuivant votre navigation, vous acceptez le dépôt de témoins de connexion."
FOOT = "Communauté de communes du Valmorel, 4 place du Lavoir, ouvert du lundi au jeudi"

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
SUJETS = [
    "Arrêté portant interdiction de stationner {a}",
    "Délibération relative aux tarifs de l'eau {a}",
    "Arrêté autorisant un vide-grenier {a}",
    "Décision de virement de crédits pour les travaux {a}",
    "Arrêté limitant l'usage de l'eau {a}",
    "Délibération sur la crèche {a}",
]
LIEUX = ["à Saint-Aubin-le-Haut", "aux Granges", "à Bellecombe", "au hameau des Essarts", "à Pont-d'Ysse"]
PARTS = [
    "Considérant que {n} véhicules empruntent chaque heure la rue {rue}, un sens unique est institué.",
    "Le prix du mètre cube est fixé à {k},{n} euros hors taxes pour les foyers de moins de {k} personnes.",
    "Les exposants, au nombre de {n}, s'installent avant sept heures le long de la rue {rue}.",
    "Le débit de l'Ysse est tombé à {m} litres par seconde à la station {rue}.",
    "L'arrosage des potagers demeure permis entre vingt heures et huit heures, {k} jours par semaine.",
    "Une somme de {m} euros est prélevée sur les dépenses imprévues au profit du gymnase.",
    "Le conseil, par {n} voix pour et {k} abstentions, adopte la proposition de {elu}.",
    "La crèche accueillera {n} enfants dès la rentrée, dont {k} en accueil occasionnel.",
    "{elu} rappelle que la toiture avait été réparée à la hâte après la grêle.",
    "La signalisation est posée par les services techniques {k} jours avant l'entrée en vigueur.",
    "Les riverains de la rue {rue} conservent l'accès à leurs garages.",
    "Les contrevenants s'exposent à une amende de {m} euros.",
    "La convention avec l'association des parents est reconduite pour {k} ans.",
    "Le présent acte peut être contesté devant le tribunal dans un délai de deux mois ; {elu} en est "
    "informé.",
    "Une benne de {n} mètres cubes sera placée derrière le lavoir pour les invendus.",
    "La gendarmerie et {elu} sont chargés, chacun en ce qui le concerne, de l'exécution.",
]
SLOTS = {
    "rue": ["des Tanneurs", "du Vieux-Four", "de la Combe", "des Écoles"],
    "elu": ["Madame Peyrache", "Monsieur Vuillet", "la vice-présidente Anne Cordier"],
}


def _build() -> list[Doc]:
    out: list[Doc] = []
    for i, date in enumerate(days("2026-03-27", 33, HOST, 7)):
        title = SUJETS[i % 6].format(a=LIEUX[i * 3 % 5])
        if i == 5:
            title = "Arrêté réglementant la circulation pour la foire du 8 septembre 2026"
        if i == 26:
            title = out[20].title
        first = f"Le président de la communauté, vu le dossier {i + 61}, prend l'acte suivant : {title}."
        both = [f"/images/actes/annexe_{i}.pdf", f"/images/actes/plan_{i}.pdf"]
        files = both[: 1 + i % 2] if i % 9 == 4 else []
        out.append(
            Doc(
                f"{START}/{1200 - i}-acte-{date[:4]}-{133 - i}",
                title,
                None if i == 13 else date,
                f"{date[:4]}-{133 - i}",
                compose(HOST + str(i), first, PARTS, SLOTS),
                files,
            )
        )
    return out


DOCS = _build()
TRUTH = [d.truth(BASE, [COOKIE, FOOT]) for d in DOCS]


def _fr(iso: str) -> str:
    d = day(iso)
    return f"{'1er' if d.day == 1 else d.day} {MOIS[d.month - 1]} {d.year}"


def _page(title: str, fil: str, main: str) -> Answer:
    """Le gabarit commun."""
    return (
        200,
        "text/html; charset=utf-8",
        f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"
xml:lang="fr-fr">
<head><meta http-equiv="content-type" content="text/html; charset=utf-8"
/><title>{esc(title)}</title></head><body>
<div id="entete"><h1 id="logo"><a href="/">Valmorel, c'est chez nous</a></h1><div id="date">Dimanche 29 mars
2026</div>
<ul class="menu"><li><a href="/">Accueil</a></li><li><a href="/index.php/elus">Vos élus</a></li><li>
<a href="{START}">Actes et arrêtés</a></li><li><a href="/index.php/dechets">Déchets</a></li></ul></div>
<div id="gauche"><div class="moduletable"><h3>À la une</h3><ul><li><a href="/index.php/une/41">La
médiathèque rouvre
</a> (20 mars 2026)</li><li><a href="/index.php/une/40">Concours de soupes</a> (2 mars 2026)</li></ul></div>
<div class="moduletable"><h3>Liens utiles</h3><a href="https://www.meteo-montagne.example/">Météo des
neiges</a><br />
<a href="https://social.example/valmorel">Suivez-nous</a></div></div>
<div id="contenu"><div class="breadcrumbs">{fil}</div>{main}</div>
<div id="pied">{FOOT} | <a href="/index.php/mentions">Mentions légales</a> | <a href="/index.php/plan">Plan
du site</a>
</div><div id="temoins">{COOKIE}</div></body></html>""".encode(),
    )


def _list(page: int) -> Answer:
    rows = ""
    for d in DOCS[page * 11 : page * 11 + 11]:
        rows += (
            f"<dt>{_fr(d.date) if d.date else 'Sans date'}</dt>\n<dd><a "
            f'href="{d.path}">{esc(d.title)}</a> '
            f"<em>n° {d.number}</em></dd>\n"
        )
    if page == 1:
        rows += (
            "<dt>12 janvier 2026</dt>\n<dd>"
            '<a href="http://www.prefecture-haute-ysse.example/raa/2026-7">Recueil de '
            "la préfecture</a> <em>site extérieur</em></dd>"
        )
    turn = " ".join(
        f"<strong>{n + 1}</strong>"
        if n == page
        else f'<a href="{START}{f"?start={n * 11}" if n else ""}" class="pagenav">{n + 1}</a>'
        for n in range(3)
    )
    return _page(
        "Actes et arrêtés",
        '<a href="/">Accueil</a> » Actes et arrêtés',
        f"""<h2>Actes et
arrêtés</h2>
<p>Les actes sont publiés ici pendant deux ans au moins.</p><dl class="actes">{rows}</dl>
<div class="pagination">Pages : {turn}</div>""",
    )


def _doc(d: Doc, at: int) -> Answer:
    text = "\n".join(f"<p>{esc(' '.join(p))}</p>" for p in d.paras)
    when = f"Publié le {_fr(d.date)}" if d.date else ""
    if when and at % 3 == 2:
        when += " | Mis à jour le 28 mars 2026"
    files = "".join(f'<li><a href="{f}">Pièce jointe {n}</a></li>' for n, f in enumerate(d.files, 1))
    files = f"<h4>Pièces jointes</h4><ul>{files}</ul>" if files else ""
    return _page(
        d.title,
        f'<a href="/">Accueil</a> » <a href="{START}">Actes et arrêtés</a> » {d.number}',
        f"""
<div class="item-page"><h2>{esc(d.title)}</h2><p class="infos">{when}</p><p>Acte n° {d.number}<br />
Autorité : le président de la communauté de communes du Valmorel</p>
{text}{files}<p class="retour"><a href="{START}">Retour à la liste</a></p>
<div class="voir"><h4>Voir aussi</h4><a href="{DOCS[(at + 7) % 33].path}">
{esc(DOCS[(at + 7) % 33].title)}</a></div>
</div>""",
    )


def answer(path: str, query: str) -> Answer | None:
    """La réponse du site à une adresse."""
    if path == "/robots.txt":
        return ROBOTS
    if path in ("/", "/index.php"):
        return _page(
            "Accueil",
            "Accueil",
            f"""<h2>Bienvenue</h2><p>Douze communes, une rivière.</p>
<p><a href="{START}">Consulter les actes</a></p>""",
        )
    if path == START:
        start = parse_qs(query).get("start", ["0"])[0]
        return _list(int(start) // 11) if start in ("0", "11", "22") else None
    for at, d in enumerate(DOCS):
        if path == d.path:
            return _doc(d, at)
        if path in d.files:
            return 200, "application/pdf", pdf([f"Annexe à l'acte {d.number}", d.title])
    if path.startswith("/index.php/") and path[11:] in (
        "elus",
        "dechets",
        "une/41",
        "une/40",
        "mentions",
        "plan",
    ):
        return _page("Page", "Accueil", "<h2>Renseignements</h2><p>Le secrétariat répond le matin.</p>")
    return None
