"""The general page reader on hand-made pages in the layouts that sites of unknown make have."""

from __future__ import annotations

import pytest

from crawlers.extraction.generic_body import generic_body, read_main
from crawlers.extraction.html import read_page
from crawlers.extraction.page import Page, open_page

URL = "http://www.prueba.example/a/seite.html"
EN = (
    "The council will repair the footbridge over the Wend before winter, the committee decided on Tuesday.",
    "Residents of the eastern bank reach the school by the old ford until then, and a bus runs each hour.",
    "The works cost 240,000 crowns, of which the province pays one half and the harbour fund the rest.",
)
DE = (
    "Das Amt für Wege erneuert im Frühjahr die Deiche an der unteren Wend, teilte die Leiterin gestern mit.",
    "Die Arbeiten beginnen am alten Hafen; Radfahrer werden über die Feldstraße geleitet.",
    "Der Kreis trägt die Kosten zur Hälfte, den Rest zahlen die Gemeinden nach ihrer Einwohnerzahl.",
)
FR = (
    "La préfète a signé la convention pour l'entretien des digues, qui lie les sept communes du bassin.",
    "Les travaux commenceront au printemps ; la circulation sera détournée par la route des champs.",
    "Le département prend en charge la moitié des dépenses, les communes se partagent le reste.",
)
ES = (
    "La alcaldía abrirá en mayo el nuevo centro de salud del barrio alto, anunció la concejala de obras.",
    "El edificio tiene doce consultas y un jardín, y se llega a él con la línea cuatro del tranvía.",
    "La provincia aporta dos tercios del presupuesto; el resto sale del fondo de vivienda.",
)
ZH = (
    "各乡镇人民政府，县政府各部门：",
    "为做好堤防管护工作，经县政府研究同意，现将有关事项通知如下，请结合实际认真贯彻执行。",
    "一、各乡镇要明确管护责任人，每月至少巡查两次，并做好巡查记录。",
    "二、所需经费由县财政和乡镇财政按照七比三的比例承担。",
)
MENU = "".join(f"<li><a href='/m{n}'>Menu entry {n}</a></li>" for n in range(12))


def paragraphs(lines: tuple[str, ...]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


LAYOUTS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "marked up": (
        f"""<header><a href="/">Province</a><nav><ul>{MENU}</ul></nav></header><main><article>
        <h1>Bridge to be repaired</h1><p class="byline">3 May 2021 by the press office</p>{paragraphs(EN)}
        <aside><h2>Related</h2><p>Another bridge was painted last year, and people liked it very
        much.</p></aside>
        </article></main><footer><p>The province is a member of the league of rivers. Write to
        us.</p></footer>""",
        EN,
        ("Menu entry", "Another bridge", "league of rivers", "Bridge to be repaired", "press office"),
    ),
    "tables for layout": (
        f"""<table><tr><td width=180><a href="/1">Startseite</a><br><a href="/2">Aktuelles</a><br>
        <a href="/3">Ämter</a></td><td><h1>Deiche werden erneuert</h1>{paragraphs(DE)}
        <a href="/zurueck">zurück</a></td><td><b>Links</b><br><a href="/4">Karte der
        Deiche</a></td></tr></table>
        <div>© 2021 Kreis Wend</div>""",
        DE,
        ("Startseite", "Karte der Deiche", "© 2021"),
    ),
    "a form around everything": (
        f"""<form id="aspnetForm"><div id="skip"><a href="#c">Skip to content</a></div><div class="mainNav">
        <ul>{MENU}</ul></div><div id="ctl00_Content"><h1>Bridge</h1><div>{paragraphs(EN)}</div></div>
        <div class="siteFooter"><ul>{MENU}</ul></div></form>""",
        EN,
        ("Skip to content", "Menu entry"),
    ),
    "fields of a content system": (
        f"""<div class="region-header"><div id="block-menu" class="menu"><ul>{MENU}</ul></div></div>
        <div class="breadcrumb"><a href="/">Accueil</a> › <a href="/p">Presse</a></div>
        <div class="region-content"><h1>Entretien des digues</h1>
        <div class="field--name-body">{paragraphs(FR)}</div>
        <div class="share-buttons">Partager <a href="//f.example">sur un réseau</a></div>
        <h2>Sur le même sujet</h2><ul><li><a href="/x">Les crues du printemps dernier</a></li>
        <li><a href="/y">Le fonds des digues</a></li></ul></div>
        <div class="sidebar-right"><p>La maison de la rivière est ouverte tous les jours, sauf le
        lundi.</p></div>""",
        FR,
        ("Accueil", "Partager", "crues du printemps", "Sur le même sujet", "maison de la rivière"),
    ),
    "lines with breaks": (
        f"""<body bgcolor=white><center><img src=logo.gif alt=Province></center><hr>
        <h1>Bridge</h1>{"<br><br>".join(EN)}<hr><a href="/">Home</a> | <a href="/c">Contact</a>""",
        EN,
        ("Contact",),
    ),
    "a notice longer than the text": (
        f"""<div
        id="cookie-consent"><p>{"Utilizamos cookies propias y de terceros para medir el uso. " * 20}</p>
        <button>Aceptar</button></div><div class="wrap"><h1>Centro de salud</h1>{paragraphs(ES)}</div>""",
        ES,
        ("Utilizamos cookies", "Aceptar"),
    ),
    "cards below, a table within": (
        f"""<div id="page"><div id="content"><h1>Bridge</h1>{paragraphs(EN)}
        <table><tr><th>Year</th><th>Crowns</th></tr><tr><td>2020</td><td>100</td></tr></table></div>
        <div class="grid"><div class="c"><h3><a href="/n1">Harbour fair opens</a></h3><p>The fair opens
        on Friday
        with music and a market of old tools.</p></div><div class="c"><h3><a href="/n2">New bus line</a></h3>
        <p>The line runs from the ford to the school.</p></div></div></div>""",
        (*EN, "Year\tCrowns", "2020\t100"),
        ("Harbour fair", "market of old tools", "New bus line"),
    ),
    "a weblog's": (
        f"""<div class="site-header"><ul id="primary-menu">{MENU}</ul></div><div id="primary"><div
        class="post">
        <h1 class="entry-title">Bridge</h1><div class="entry-meta">Posted on May 3, 2021</div>
        <div class="entry-body">{paragraphs(EN)}</div><div class="tags">Tagged <a
        href="/t">bridges</a></div></div>
        <div id="comments"><h3>Leave a comment</h3><p>What a lovely bridge this is, I go there
        often.</p></div>
        <nav class="post-navigation"><a href="/p">Previous: the ford</a></nav></div>""",
        EN,
        ("Posted on", "Tagged", "lovely bridge", "Previous: the ford"),
    ),
    "an accordion that is closed": (
        f"""<main><h1>Questions</h1><div class="item"><button>Who repairs the bridge?</button>
        <div style="display:none"><p>{EN[0]} {EN[1]} It will be done by the people of the
        yard.</p></div></div>
        <div class="item"><h2>What does it cost?</h2><div style="display:none"><p>{EN[2]}
        {EN[1]}</p></div></div>
        </main>""",
        (EN[0], "What does it cost?", EN[2]),
        (),
    ),
    "a lead in the page's head": (
        f"""<div class="stage"><h1>Deiche werden erneuert</h1><p>{DE[0]}</p></div><div class="cols"><div
        class="left">
        {paragraphs(DE[1:] * 6)}</div></div>""",
        DE,
        ("Deiche werden erneuert",),
    ),
    "a Chinese page of unknown make": (
        f"""<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/tz">通知公告</a></div>
        <div class="xl_main">
        <h1>关于做好堤防管护工作的通知</h1><div class="xl_xx">发布时间：2026-05-06　浏览次数：12</div>
        <div class="xl_nr">{paragraphs(ZH)}<p>附件：<a href="/f.doc">巡查记录表</a></p></div>
        <div>上一篇：<a href="/u">关于防汛值班的通知</a></div></div>
        <div class="foot"><p>主办：云河县人民政府　备案号：云备0001号</p></div>""",
        (*ZH, "附件：巡查记录表"),
        ("当前位置", "浏览次数", "防汛值班", "备案号"),
    ),
    "captions and downloads": (
        f"""<article><h1>Deiche</h1><figure><img src=d.jpg><figcaption>Der Deich im Abendlicht (Foto: Kreis)
        </figcaption></figure>{paragraphs(DE)}<figure><img src=g.png><figcaption>Abbildung 2: Höhe der Deiche
        </figcaption></figure><h3>Weitere Informationen</h3><p><a href="/k.pdf">Karte</a> <span>PDF | 38
        KB</span></p>
        </article>""",
        (*DE, "Abbildung 2: Höhe der Deiche"),
        ("Abendlicht", "38 KB", "Weitere Informationen"),
    ),
}


def opened(markup: str, url: str = URL, title: str = "") -> Page:
    return open_page(f"<html><head><title>{title}</title></head><body>{markup}</body></html>", url)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_text_is_kept_in_order_and_the_furniture_dropped(name: str) -> None:
    markup, keep, drop = LAYOUTS[name]
    page = opened(markup)
    path, lines = generic_body(page, read_main(page))
    text = "\n".join(lines)
    assert path == "general"
    assert [passage for passage in keep if passage not in text] == []
    assert [passage for passage in drop if passage in text] == []
    places = [text.index(passage) for passage in keep]
    assert places == sorted(places)


def test_columns_beside_the_block_with_the_heading_are_no_text() -> None:
    side = "<section><h2>State of the roads</h2><p>The pass is open; carry chains at night.</p></section>"
    related = (
        "<div class='relacionados'><h2>Contenidos relacionados</h2><p>Four boats may carry post.</p></div>"
    )
    main = f"<div class='col-8'><h1>Bridge to be repaired</h1>{paragraphs(EN)}{paragraphs(DE)}{related}</div>"
    page = opened(f"<div id='main-content'>{main}<div class='col-4'>{side}</div></div>")
    assert read_main(page).paragraphs == (*EN, *DE)


def test_a_page_of_few_sentences_gives_what_its_heading_stands_over() -> None:
    rows = "".join(f"<div>Room {n}</div><div>open from eight</div>" for n in range(20))
    page = opened(f"<ul>{MENU}</ul><div><h1>Rooms of the town hall</h1>{rows}</div>")
    assert read_main(page).paragraphs[:2] == ("Room 0", "open from eight")


def test_a_short_text_is_enough_where_the_page_says_little_else() -> None:
    page = opened(
        f"""<div class=head><ul>{MENU}</ul></div><div id=content><h1>Ferry stopped</h1>
        <p>The ferry at Old Wend is stopped because of high water.</p></div>
        <div class=last><p>{EN[2]} {EN[1]}</p><a href="/i">Imprint</a></div>"""
    )
    path, lines = generic_body(page, read_main(page))
    assert (path, lines) == ("general", ("The ferry at Old Wend is stopped because of high water.",))


def test_where_our_own_reader_finds_too_little_the_path_tells_who_read() -> None:
    page = opened(
        f"<div class='cookie'>{paragraphs(EN * 3)}</div><div class='cookie'>{paragraphs(DE * 3)}</div>"
    )
    path, lines = generic_body(page, read_main(page))
    assert path == "trafilatura"
    assert lines


@pytest.mark.parametrize(
    "markup", ["", "<p>", "<a href=x>x</a>" * 500, "<xmp><p><b></xmp></p>a", "<li>" * 3000]
)
def test_odd_markup_is_read_without_complaint(markup: str) -> None:
    assert isinstance(read_main(opened(markup)).paragraphs, tuple)


def test_the_heading_that_the_window_repeats_is_the_title() -> None:
    page = opened(
        f"<div id=logo><h1>Kreis Wend</h1></div><div><h1>Deiche an der Wend</h1>{paragraphs(DE)}</div>",
        title="Kreis Wend - Presse - Deiche an der Wend",
    )
    titles = [value.value for value in read_page(page).values if value.field == "title"]
    assert titles[0] == "Deiche an der Wend"


def test_issuer_number_and_files_of_a_page() -> None:
    page = opened(
        f"""<nav><a href="/imprint.pdf">House rules</a></nav><main><h1>Deiche an der Wend</h1>
        <p>Aktenzeichen: W 12-44/2021</p>{paragraphs(DE)}<p><a href="/karte.pdf">Karte</a></p></main>
        <footer>© 2021 Kreisverwaltung Wend | Impressum</footer>"""
    )
    read = read_page(page)
    found = {value.field: value.value for value in read.values}
    assert (found["issuer"], found["doc_number"]) == ("Kreisverwaltung Wend", "W 12-44/2021")
    assert [file.name for file in read.attachments] == ["Karte"]
