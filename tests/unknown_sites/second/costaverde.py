"""Ministerio de Transporte de Costa Verde: all years on one page, files at addresses without an ending."""

import datetime
from dataclasses import dataclass

from .common import MONTHS, Doc, Site, Vocabulary, compose, day, esc, in_spanish, pdf, render, slug, truth


@dataclass(eq=False, kw_only=True)
class Resolution(Doc):
    """A document of this site."""

    no: str


HOST = "www.mintransporte.costaverde.example"
START = "/web/guest/normativa/resoluciones"
RAW = [
    (
        "2026-02-11",
        "Aprueba el plan de renovación de autobuses interurbanos",
        "0018-2026",
        "la renovación de autobuses",
        "El plan prevé retirar en tres años las 1.240 unidades con más de quince años de "
        "servicio en rutas interurbanas.",
    ),
    (
        "2026-01-27",
        "Fija la tarifa máxima del transbordador de Punta Gaviota",
        "0009-2026",
        "la tarifa del transbordador",
        "La tarifa máxima para vehículos ligeros será de 8,40 pesos, mientras que los residentes "
        "de la isla viajarán sin pago.",
    ),
    (
        "2026-01-08",
        "Convoca a audiencia pública sobre el peaje de Los Alisos",
        "0002-2026",
        "el peaje de Los Alisos",
        "La audiencia se celebrará en el gimnasio municipal y quedará grabada íntegramente.",
    ),
    (
        "2025-12-15",
        "Autoriza el vuelo nocturno de drones de carga",
        "0241-2025",
        "los drones de carga",
        "Cuatro operadores podrán transportar medicamentos entre hospitales rurales en horario nocturno.",
    ),
    (
        "2025-11-28",
        "Declara en emergencia la vía Cerro Blanco–Río Hondo",
        "0229-2025",
        "la vía Cerro Blanco",
        "Un deslizamiento de sesenta mil metros cúbicos mantiene interrumpido el paso desde el "
        "pasado domingo.",
    ),
    (
        "2025-11-05",
        "Reglamenta el uso de patinetas eléctricas",
        "0213-2025",
        "las patinetas eléctricas",
        "Las patinetas no podrán superar los veinticinco kilómetros por hora ni circular por "
        "aceras de menos de dos metros.",
    ),
    (
        "2025-10-16",
        "Modifica los requisitos de la licencia profesional",
        "0198-2025",
        "la licencia profesional",
        "El examen psicológico deja de ser anual y pasa a exigirse cada tres años a menores de sesenta.",
    ),
    (
        "2025-09-22",
        "Crea la mesa técnica de seguridad vial escolar",
        "0180-2025",
        "la seguridad vial escolar",
        "La mesa reunirá a directores de escuela, policía de tránsito y asociaciones de familias.",
    ),
    (
        "2025-08-29",
        "Suspende la concesión del terminal de Las Palmas",
        "0166-2025",
        "la concesión del terminal",
        "Una inspección comprobó que el concesionario no mantenía operativas las salidas de emergencia.",
    ),
    (
        "2025-07-31",
        "Aprueba la guía de señalización para ciclovías",
        "0149-2025",
        "la señalización de ciclovías",
        "La guía reúne cuarenta y dos señales y sustituye a los tres manuales anteriores.",
    ),
    (
        "2025-06-19",
        "Otorga subsidio al transporte fluvial del Alto Sereno",
        "0121-2025",
        "el subsidio fluvial",
        "Nueve comunidades ribereñas contarán con dos viajes semanales subsidiados durante todo el año.",
    ),
    (
        "2025-05-14",
        "Adjudica el dragado del canal de acceso",
        "0097-2025",
        "el dragado del canal",
        "La empresa Dragados del Istmo presentó la oferta más baja entre las cinco admitidas.",
    ),
    (
        "2025-03-14",
        "Establece días sin automóvil en el centro histórico",
        "0054-2025",
        "los días sin automóvil",
        "El primer domingo de cada mes quedará cerrado al tráfico el perímetro amurallado.",
    ),
    (
        "2025-02-06",
        "Actualiza el registro nacional de talleres",
        "0031-2025",
        "el registro de talleres",
        "Los talleres deberán confirmar sus datos en línea antes del 30 de abril.",
    ),
    (
        "2024-12-19",
        "Prohíbe el transporte de carga en feriados largos",
        "0260-2024",
        "la carga en feriados",
        "La restricción rige de seis de la mañana a diez de la noche en las cuatro autopistas principales.",
    ),
    (
        "2024-10-24",
        "Aprueba el catastro de puentes colgantes",
        "0219-2024",
        "el catastro de puentes",
        "Se identificaron 387 puentes colgantes, de los cuales veintinueve requieren cierre inmediato.",
    ),
    (
        "2024-08-15",
        "Designa al director del aeropuerto regional",
        "0171-2024",
        "la dirección del aeropuerto",
        "El ingeniero Ramiro Echandía asume el cargo tras un concurso con treinta y ocho aspirantes.",
    ),
    (
        "2024-05-30",
        "Regula las aplicaciones de viajes compartidos",
        "0112-2024",
        "los viajes compartidos",
        "Las plataformas deberán entregar cada trimestre datos anónimos de origen y destino.",
    ),
    (
        "2024-03-07",
        "Exonera de tasas a ambulancias voluntarias",
        "0047-2024",
        "la exoneración de tasas",
        "Las brigadas sin fines de lucro quedan exentas de la revisión técnica onerosa.",
    ),
]
VOC: Vocabulary = {
    "n": lambda r: str(r.randint(11, 480)),
    "k": lambda r: str(r.randint(3, 14)),
    "pc": lambda r: f"{r.randint(3, 82)} %",
    "mm": lambda r: f"{r.randint(2, 90)},{r.randint(1, 9)} millones de pesos",
    "m": MONTHS["es"],
    "l": [
        "Punta Gaviota",
        "Río Hondo",
        "Los Alisos",
        "Alto Sereno",
        "Villa Marina",
        "Cerro Blanco",
        "San Telmo del Valle",
    ],
    "p": [
        "la ministra Elena Barrientos",
        "el viceministro Hugo Salcedo",
        "la ingeniera Paz Iturralde",
        "el superintendente Néstor Quiñones",
    ],
    "o": [
        "la Dirección de Tránsito Terrestre",
        "el Instituto de Aeronáutica",
        "la Autoridad Portuaria",
        "la Contraloría",
        "el Fondo Vial",
    ],
}
BANK = [
    "En cuanto a {S}, se recibieron {n} observaciones durante la consulta.",
    "El costo estimado asciende a {mm}.",
    "Corresponderá a {o} vigilar el cumplimiento.",
    "La medida empezó a aplicarse como prueba en {l} y redujo los incidentes en un {pc}.",
    "«No se trata de castigar, sino de prevenir», explicó {p}.",
    "Las infracciones se sancionarán conforme a la ley vigente.",
    "Quienes residan en {l} tendrán un plazo adicional de {k} meses.",
    "El informe técnico recomienda revisar {S} cada dos años.",
    "Contra esta decisión cabe recurso de reposición.",
    "En {m} se publicará un balance con cifras por provincia.",
    "Participaron delegados de {l}, de {l} y de las cooperativas.",
    "Un {pc} de los encuestados dijo desconocer la norma anterior.",
    "Los recursos provienen del presupuesto ordinario de {o}.",
    "Se mantiene el servicio mínimo durante las obras.",
    "Según {p}, la experiencia de {l} demuestra que el cambio es posible.",
    "Quedan sin efecto {k} circulares internas.",
    "La vigencia comienza al día siguiente de su publicación.",
    "Técnicos de {o} visitaron {l} en {k} ocasiones.",
    "Existe un canal de denuncias gratuito y confidencial.",
    "Respecto de {S}, el ministerio publicará un manual ilustrado.",
    "Cada empresa designará un responsable antes de {m}.",
    "Hubo {n} votos electrónicos y apenas {k} presenciales.",
]
ITEMS = [
    "inspección de {n} unidades en {l};",
    "capacitación a cargo de {o};",
    "entrega de informes en {m};",
    "inversión inicial de {mm};",
]


def _documents() -> list[Resolution]:
    docs: list[Resolution] = []
    for i, (date, title, number, subject, lead) in enumerate(RAW):
        x = day(date)
        sl = slug(title.lower().translate(str.maketrans("áéíóúñü–", "aeiounu-")), 55)
        d = Resolution(f"/web/guest/w/{sl}", title, x, f"Resolución N.º {number}", no=number)
        d.blocks = compose(
            "r" + title,
            lead,
            BANK,
            VOC,
            subject,
            3 + i * 5 % 9,
            ["Antecedentes", "Alcance", "Vigencia", "Consultas"],
            ITEMS,
            intro="Comprende:",
        )
        d.blocks.append(("h2", "Se resuelve"))
        d.blocks.append(
            (
                "ol",
                [
                    f"Aprobar lo relativo a {subject} en los términos del informe adjunto.",
                    "Encargar su ejecución al viceministerio competente.",
                    "Comuníquese, publíquese y archívese.",
                ],
            )
        )
        if i % 4 != 2:
            folder = f"/documents/20121/{36000 + i}/RES-{number}.pdf"
            mark = f"8f{i:02d}c1d0-77aa-4e2b-9c31-5d{number.replace('-', '')}?t=17{3000000 - i * 991}000"
            d.files = [(f"{folder}/{mark}", f"Descargar Resolución N.º {number} firmada (PDF)")]
        docs.append(d)
    return docs


DOCS = _documents()


def _slashed(d: datetime.date) -> str:
    return f"{d.day:02d}/{d.month:02d}/{d.year}"


def _page(title: str, main: str, cr: str = "") -> str:
    return f"""<!DOCTYPE html>
<html class="ltr" dir="ltr" lang="es-ES"><head><title>{esc(title)} - Ministerio de Transporte</title>\
<meta content="text/html; charset=UTF-8" http-equiv="content-type" />
<link class="lfr-css-file" href="/o/mt-theme/css/main.css?t=1" rel="stylesheet" /></head>
<body class="controls-visible yui3-skin-sam signed-out public-page site">\
<nav aria-label="Enlaces rápidos" class="quick-access-nav"><ul><li>\
<a href="#main-content">Saltar al contenido</a></li></ul></nav>
<div id="wrapper"><header id="banner"><div class="gob">\
<a href="https://www.gobierno.costaverde.example/">Gobierno de Costa Verde</a></div>\
<a class="logo" href="/web/guest/inicio"><img alt="Ministerio de Transporte" \
src="/image/layout_set_logo?img_id=31" /></a>
<div id="navigation"><ul role="menubar"><li role="presentation">\
<a href="/web/guest/inicio" role="menuitem">Inicio</a></li><li>\
<a href="/web/guest/ministerio">El Ministerio</a><ul class="child-menu"><li>\
<a href="/web/guest/ministerio/autoridades">Autoridades</a></li><li>\
<a href="/web/guest/ministerio/organigrama">Organigrama</a></li></ul></li><li>\
<a href="/web/guest/tramites">Trámites</a></li><li class="selected">\
<a href="/web/guest/normativa/resoluciones">Normativa</a></li><li>\
<a href="/web/guest/transparencia">Transparencia</a></li><li>\
<a href="/web/guest/prensa">Sala de prensa</a></li></ul></div>
<form action="/web/guest/buscar"><input name="q" placeholder="¿Qué está buscando?" type="text" /></form>\
</header>
<section id="content"><ul class="breadcrumb"><li><a href="/web/guest/inicio">Inicio</a></li><li>\
<a href="{START}">Resoluciones</a></li>{cr}</ul>
<div class="columns-2" id="main-content"><div class="col-md-8 portlet-column-first">{main}</div>
<div class="col-md-4"><section class="portlet"><h2>Lo más consultado</h2><ul><li>\
<a href="/web/guest/tramites/licencia">Renovar la licencia de conducir</a></li><li>\
<a href="/web/guest/tramites/multas">Consultar multas pendientes</a></li><li>\
<a href="{DOCS[5].path}">Patinetas: qué dice la norma</a></li></ul></section>
<section class="portlet"><h2>Estado de las vías</h2>\
<p>Paso habilitado en la cordillera; lleve cadenas si viaja de noche.</p></section>\
<section class="portlet"><h2>Boletín ministerial</h2>\
<p>Déjenos su correo y reciba cada viernes las novedades.</p><input type="email" /></section></div></div>\
</section>
<footer id="footer"><p>Avenida de los Astilleros 245, Villa Marina. Central telefónica: 600 010 020</p>\
<ul><li><a href="/web/guest/aviso-legal">Aviso legal</a></li><li>\
<a href="/web/guest/mapa">Mapa del sitio</a></li></ul><p>Desarrollado con Liferay</p></footer></div>\
</body></html>"""


def _stub(label: str) -> str:
    return _page(label, f"<h1>{esc(label)}</h1><p>Información sobre {esc(label)}.</p>")


def _site() -> Site:
    site = Site(HOST, _stub, "text/html;charset=UTF-8")
    acc = ""
    for y in (2026, 2025, 2024):
        acc += (
            f'<details class="anio"{" open" if y == 2026 else ""}><summary>Año {y}</summary><ul '
            'class="resoluciones">'
            + "".join(
                f"<li><strong>Resolución N.º {d.no}</strong> <span "
                f'class="fecha">{_slashed(d.date)}</span><br /><a '
                f'href="http://{HOST}{d.path}">{d.title}</a></li>\n'
                for d in DOCS
                if d.date.year == y
            )
            + "</ul></details>"
        )
    site.add(
        START,
        _page(
            "Resoluciones",
            "<h1>Resoluciones ministeriales</h1><p>Textos publicados desde 2024. La fecha "
            f'indicada es la de publicación en este portal.</p><div class="acordeon">{acc}</div>',
        ),
    )
    for i, d in enumerate(DOCS):
        for path, _ in d.files:
            site.add(path, pdf("Resolucion", d.no), "application/pdf")
        at = "".join(f'<p class="descarga"><a href="{path}">{label}</a></p>' for path, label in d.files)
        r = [DOCS[(i + 3) % len(DOCS)], DOCS[(i + 8) % len(DOCS)]]
        main = f"""<div class="journal-content-article"><p class="numero">{d.number}</p><h1>{d.title}</h1>\
<p class="publicado">Publicado el {in_spanish(d.date)}</p>\
<div class="cuerpo">{render(d.blocks)}</div>{at}</div>
<div class="social-bookmarks"><a href="https://social.example/c">Compartir</a> <a \
href="https://friends.example/c">Me gusta</a></div>
<div class="relacionados"><h2>Contenidos \
relacionados</h2>{
            "".join(
                f'<div class="tarjeta"><span>{_slashed(x.date)}</span><a '
                f'href="{x.path}">{x.title}</a><p>{x.first(70)}…</p></div>'
                for x in r
            )
        }</div>"""
        site.add(d.path, _page(d.title, main, f'<li class="active">{d.title}</li>'))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "Paso habilitado en la cordillera; lleve cadenas si viaja de noche.",
        DOCS[(DOCS.index(d) + 3) % len(DOCS)].first(70),
        "Déjenos su correo y reciba cada viernes las novedades.",
    ],
)
