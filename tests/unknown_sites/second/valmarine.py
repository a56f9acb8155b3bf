"""Préfecture de la Valmarine: a list of <dt> days and <dd> decrees, signed on another day than published."""

import datetime
from dataclasses import dataclass

from .common import MONTHS, Doc, Site, Vocabulary, compose, day, esc, in_french, pdf, render, truth


@dataclass(eq=False, kw_only=True)
class Decree(Doc):
    """A document of this site."""

    signed: datetime.date


HOST = "www.valmarine.prefecture.example"
START = "/spip.php?rubrique42"
RAW = [
    (
        "2025-11-28",
        "Arrêté portant interdiction temporaire de la pêche à pied sur l’anse du Moulin",
        "2025-311",
        "la pêche à pied",
        "La présence de phycotoxines au-dessus du seuil sanitaire a été confirmée dans trois "
        "prélèvements de coques.",
    ),
    (
        "2025-11-14",
        "Arrêté relatif à la circulation des poids lourds en période hivernale",
        "2025-302",
        "la circulation des poids lourds",
        "Du 15 novembre au 31 mars, les véhicules de plus de 7,5 tonnes doivent être équipés de "
        "chaînes au-dessus de six cents mètres.",
    ),
    (
        "2025-11-01",
        "Arrêté de mise en demeure de la société Verrière du Lac",
        "2025-297",
        "la mise en demeure",
        "L’inspection des installations classées a relevé quatre écarts lors de sa visite "
        "inopinée du mois de septembre.",
    ),
    (
        "2025-10-17",
        "Arrêté fixant la liste des communes rurales éligibles",
        "2025-284",
        "l’éligibilité des communes",
        "Cent douze communes remplissent cette année les critères de densité et de potentiel financier.",
    ),
    (
        "2025-10-03",
        "Arrêté autorisant l’épandage des boues de la station de Kerval",
        "2025-271",
        "le plan d’épandage",
        "Le plan d’épandage couvre 486 hectares répartis entre neuf exploitations volontaires.",
    ),
    (
        "2025-09-19",
        "Arrêté portant agrément d’un centre de contrôle technique",
        "2025-260",
        "l’agrément du centre",
        "Le centre Auto Bilan des Halles est agréé pour une durée de cinq ans sous réserve d’un "
        "audit annuel.",
    ),
    (
        "2025-09-05",
        "Arrêté levant les restrictions d’usage de l’eau",
        "2025-249",
        "les usages de l’eau",
        "Les pluies de la fin août ont permis un retour des débits au-dessus du seuil de "
        "vigilance dans les trois bassins.",
    ),
    (
        "2025-08-22",
        "Arrêté réglementant l’accès aux massifs forestiers",
        "2025-238",
        "l’accès aux massifs",
        "En raison du risque d’incendie, la promenade est interdite entre onze heures et vingt "
        "heures dans les massifs classés.",
    ),
    (
        "2025-08-08",
        "Arrêté portant dérogation au repos dominical",
        "2025-226",
        "le repos dominical",
        "Les commerces de détail des deux stations balnéaires pourront ouvrir cinq dimanches "
        "supplémentaires.",
    ),
    (
        "2025-07-25",
        "Arrêté plaçant le bassin de l’Ourne en alerte renforcée",
        "2025-214",
        "l’alerte sécheresse",
        "Le débit de l’Ourne est passé sous le seuil d’alerte renforcée pendant sept jours consécutifs.",
    ),
    (
        "2025-07-11",
        "Arrêté relatif au bal et aux feux d’artifice du 14 juillet",
        "2025-203",
        "les feux d’artifice",
        "La vente et l’usage d’artifices de divertissement sont interdits à proximité des champs moissonnés.",
    ),
    (
        "2025-06-27",
        "Arrêté d’ouverture d’enquête publique sur le parc éolien des Landes",
        "2025-195",
        "l’enquête publique",
        "Une enquête publique de trente-deux jours portera sur la demande d’autorisation "
        "environnementale de six aérogénérateurs.",
    ),
    (
        "2025-06-13",
        "Arrêté portant nomination des lieutenants de louveterie",
        "2025-182",
        "la louveterie",
        "Quatorze lieutenants de louveterie sont nommés jusqu’au 31 décembre 2029.",
    ),
    (
        "2025-05-30",
        "Arrêté déclarant d’utilité publique le captage de Fontbelle",
        "2025-170",
        "le captage de Fontbelle",
        "Les périmètres de protection immédiate, rapprochée et éloignée du captage sont "
        "désormais opposables.",
    ),
    (
        "2025-05-02",
        "Arrêté portant composition de la commission de surendettement",
        "2025-151",
        "le surendettement",
        "La commission départementale est renouvelée ; elle siégera deux fois par mois au centre "
        "administratif.",
    ),
    (
        "2025-04-11",
        "Arrêté relatif au bruit des chantiers nocturnes",
        "2025-134",
        "le bruit des chantiers",
        "Les travaux ferroviaires de nuit sont autorisés à titre exceptionnel entre les gares de "
        "Sainte-Aure et de Mornay.",
    ),
    (
        "2025-03-14",
        "Arrêté portant délégation de signature à la directrice de la mer",
        "2025-113",
        "la délégation de signature",
        "Délégation est donnée à Mme Claire Astruc-Benoît à l’effet de signer les décisions "
        "relevant de ses attributions.",
    ),
    (
        "2025-02-28",
        "Arrêté fixant les dates d’ouverture de la chasse au sanglier",
        "2025-098",
        "la chasse au sanglier",
        "L’ouverture anticipée répond à la progression des dégâts constatés sur les semis de maïs.",
    ),
    (
        "2025-02-01",
        "Arrêté portant fermeture administrative d’un débit de boissons",
        "2025-071",
        "la fermeture administrative",
        "L’établissement « Le Gouvernail » est fermé pour une durée de vingt et un jours à la "
        "suite de troubles répétés.",
    ),
    (
        "2025-01-10",
        "Arrêté relatif à la lutte contre le frelon asiatique",
        "2025-009",
        "la lutte contre le frelon",
        "Un réseau de référents communaux sera chargé de confirmer les signalements de nids "
        "avant toute destruction.",
    ),
]
VOC: Vocabulary = {
    "n": lambda r: str(r.randint(11, 480)),
    "k": lambda r: str(r.randint(3, 14)),
    "pc": lambda r: f"{r.randint(3, 82)} %",
    "eu": lambda r: f"{r.randint(12, 940)} 000 euros",
    "m": MONTHS["fr"],
    "v": [
        "Sainte-Aure",
        "Mornay",
        "Port-Valmarin",
        "Kerval",
        "Les Essarts",
        "Fontbelle",
        "Villeneuve-sur-Ourne",
    ],
    "qui": [
        "M. Étienne Cazalis",
        "Mme Odile Ferrand",
        "le sous-préfet de Mornay",
        "la présidente de la chambre d’agriculture",
        "le colonel Rouvière",
    ],
    "srv": [
        "la direction départementale des territoires",
        "l’agence régionale de santé",
        "le service départemental d’incendie",
        "l’office de la biodiversité",
        "la gendarmerie",
    ],
}
BANK = [
    "Le présent texte concerne {S} et s’applique à l’ensemble du département.",
    "Consultée le mois dernier, {srv} a rendu un avis favorable assorti de {k} réserves.",
    "Environ {n} personnes ont participé à la consultation ouverte au public.",
    "Les contrevenants s’exposent à une amende prévue pour les contraventions de la cinquième classe.",
    "À {v}, la mesure entre en vigueur dès l’affichage en mairie.",
    "Il peut être contesté devant le tribunal administratif dans un délai de deux mois.",
    "Une dérogation individuelle peut être sollicitée auprès de {srv}.",
    "« Nous devons agir vite et expliquer davantage », a rappelé {qui}.",
    "Le coût pour l’État est évalué à {eu}.",
    "Les relevés effectués à {v} montrent une baisse de {pc} en un an.",
    "S’agissant de {S}, un comité de suivi se réunira chaque trimestre.",
    "Les maires sont chargés, chacun en ce qui le concerne, d’informer les habitants.",
    "La dernière décision comparable remontait au mois de {m}.",
    "Sur {n} dossiers instruits, {k} ont fait l’objet d’un complément.",
    "Aucune observation défavorable n’a été recueillie.",
    "L’exploitant dispose de {k} semaines pour transmettre ses justificatifs.",
    "Des contrôles seront organisés par {srv} dans le secteur de {v}.",
    "Les prescriptions antérieures sont abrogées.",
    "Un bilan relatif à {S} sera présenté en {m}.",
    "Par courrier, {qui} a demandé que la mesure soit limitée à {v}.",
    "Le registre reste consultable au guichet d’accueil, sans rendez-vous.",
    "Près de {pc} des exploitations sont concernées.",
    "Une permanence téléphonique est assurée en semaine.",
]
ITEMS = [
    "la commune de {v}, pour sa partie littorale ;",
    "les parcelles cadastrées sous le numéro {n} ;",
    "les installations contrôlées par {srv} ;",
    "les manifestations réunissant plus de {n} participants ;",
]


def _documents() -> list[Decree]:
    docs: list[Decree] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        x = day(date)
        d = Decree(
            f"/spip.php?article{2870 - i * 23}",
            title,
            x,
            f"Arrêté n° {number}",
            signed=x - datetime.timedelta(days=1 + i % 4),
        )
        d.blocks = compose(
            "v" + title,
            lead,
            BANK,
            VOC,
            subject,
            3 + i * 5 % 8,
            ["Article 1er", "Contexte", "Voies de recours", "Entrée en vigueur"],
            ITEMS,
            intro="Sont visés :",
        )
        if i % 2 == 0:
            size = f"{120 + i * 13} ko"
            d.files = [
                (f"/IMG/pdf/arrete_{number.replace('-', '_')}.pdf", f"Arrêté n° {number} (PDF – {size})")
            ]
        docs.append(d)
    return docs


DOCS = _documents()


def _page(title: str, main: str, cr: str) -> str:
    return f"""<!DOCTYPE html>
<html dir="ltr" lang="fr" class="ltr fr no-js"><head>\
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{esc(title)} - Préfecture de la Valmarine</title><meta name="generator" content="SPIP 4.2.9" />
<link rel="stylesheet" href="local/cache-css/perso.css" type="text/css" /></head>\
<body class="pas_surlignable page_rubrique">
<div id="tarteaucitronRoot"><p>Ce site utilise des cookies et vous donne le contrôle sur ceux que vous \
souhaitez activer.</p><button>Tout accepter</button> <button>Personnaliser</button></div>
<div class="header" role="banner"><p class="marianne">République</p>\
<a rel="start home" href="/spip.php?page=sommaire" title="Accueil">Préfecture de la Valmarine</a>
<form action="/spip.php?page=recherche" method="get">\
<input type="search" name="recherche" placeholder="Rechercher" /></form></div>
<div class="nav" role="navigation"><ul><li><a href="/spip.php?rubrique2">Services de l’État</a></li><li>\
<a href="/spip.php?rubrique7">Politiques publiques</a><ul><li>\
<a href="/spip.php?rubrique71">Agriculture et mer</a></li><li>\
<a href="/spip.php?rubrique72">Risques naturels</a></li></ul></li><li>\
<a href="/spip.php?rubrique9">Démarches administratives</a></li><li class="on">\
<a href="/spip.php?rubrique40">Publications</a></li></ul></div>
<div class="main"><p class="arbo"><a href="/spip.php?page=sommaire">Accueil</a> &gt; <a \
href="/spip.php?rubrique40">Publications</a> &gt; {cr}</p>
<div class="wrapper"><div class="content">{main}</div></div>
<div class="aside"><div class="menu"><h2>Dans la même rubrique</h2><ul><li>\
<a href="/spip.php?rubrique43">Recueils des actes administratifs</a></li><li>\
<a href="/spip.php?rubrique44">Communiqués de presse</a></li><li>\
<a href="/spip.php?rubrique45">Marchés publics</a></li></ul></div>
<div class="encart"><h2>Prendre rendez-vous</h2><p>Titres de séjour, permis de conduire : réservez votre \
créneau en ligne.</p><a href="/spip.php?article12">Réserver</a></div>
<div class="encart vigilance"><h2>Vigilance météo</h2><p>Aucune vigilance particulière aujourd’hui.</p>\
</div></div></div>
<div class="footer"><p>Préfecture de la Valmarine, 4 place des Tamaris, 99500 Port-Valmarin. Accueil du \
public de 8 h 45 à 12 h.</p><p><a href="/spip.php?article3">Mentions légales</a> | <a \
href="/spip.php?page=plan">Plan du site</a> | <a href="/spip.php?article4">Accessibilité : partiellement \
conforme</a> | <a rel="nofollow" href="/spip.php?page=contact">Contact</a></p></div></body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h1>{esc(label)}</h1><p>Retrouvez ici la rubrique {esc(label)}.</p>", esc(label))


def _list_at(o: int) -> str:
    return START + (f"&debut_arretes={o}" if o else "")


def _site() -> Site:
    site = Site(HOST, _stub)
    per = 8
    offs = list(range(0, len(DOCS), per))
    for o in offs:
        dl = "".join(
            f'<dt>{in_french(d.date)}</dt>\n<dd><a href="{d.path[1:]}">{esc(d.title, False)}</a> '
            f"<em>({d.number})</em><br /><span "
            f'class="chapo">{esc(d.first(100), False)}&nbsp;(…)</span></dd>\n'
            for d in DOCS[o : o + per]
        )
        pg = " | ".join(
            f'<strong class="on">{q}</strong>'
            if q == o
            else f'<a href="{esc(_list_at(q)[1:])}#pagination_arretes" class="lien_pagination" '
            f'rel="nofollow">{q}</a>'
            for q in offs
        )
        if o + per < len(DOCS):
            pg += (
                f' | <a href="{esc(_list_at(o + per)[1:])}#pagination_arretes" '
                'class="lien_pagination" rel="next">page suivante</a>'
            )
        h = _page(
            "Arrêtés préfectoraux",
            '<h1>Arrêtés préfectoraux</h1><p class="descriptif">Les arrêtés sont mis en ligne à '
            'leur date de publication.</p><a id="pagination_arretes"></a><dl '
            f'class="liste-arretes">{dl}</dl><p class="pagination">{pg}</p>',
            "Arrêtés préfectoraux",
        )
        site.add(_list_at(o), h)
    site.same("/spip.php?rubrique42&debut_arretes=0", START)
    for i, d in enumerate(DOCS):
        for path, _ in d.files:
            site.add(path, pdf("Arrete", d.number or ""), "application/pdf")
        doc = (
            '<div class="documents_joints"><h2>Documents joints</h2><ul>'
            + "".join(
                f'<li><a href="{path}" type="application/pdf">{label}</a></li>' for path, label in d.files
            )
            + "</ul></div>"
            if d.files
            else ""
        )
        rel = [DOCS[(i + 6) % len(DOCS)], DOCS[(i + 13) % len(DOCS)]]
        main = f"""<div class="cartouche"><h1 class="surlignable">{esc(d.title, False)}</h1>\
<p class="info-publi">Publié le <time pubdate="pubdate" \
datetime="{d.date}T10:00:00Z">{in_french(d.date)}</time></p>\
<p class="ref">{d.number}, signé le {in_french(d.signed)}</p></div>
<div class="texte surlignable">{
            render(d.blocks, heading='h3 class="spip"').replace('</h3 class="spip">', "</h3>")
        }</div>{doc}
<div class="liste articles"><h2>À lire également</h2>\
<ul>{"".join(f'<li><a href="{x.path[1:]}">{esc(x.title, False)}</a></li>' for x in rel)}</ul></div>"""
        site.add(d.path, _page(d.title, main, '<a href="/spip.php?rubrique42">Arrêtés préfectoraux</a>'))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "Ce site utilise des cookies et vous donne le contrôle sur ceux que vous souhaitez activer.",
        DOCS[(DOCS.index(d) + 6) % len(DOCS)].title,
        "Titres de séjour, permis de conduire : réservez votre créneau en ligne.",
    ],
)
