"""City of Harrowmere: cards with <time>, pages from nought, a sidebar of the same links."""

from dataclasses import dataclass

from .common import Doc, Site, compose, day, esc, in_english, render, slug, truth
from .english_words import EN_BANK, EN_HEADS, EN_ITEMS, EN_QUOTES, EN_VOC


@dataclass(eq=False, kw_only=True)
class News(Doc):
    """A document of this site."""

    tag: str


HOST = "www.harrowmere.gov.example"
START = "/news"
RAW = [
    (
        "2025-11-27",
        "Quayside cycle route opens two weeks early",
        "the quayside cycle route",
        "Cyclists and walkers can use the full 2.4 kilometre path between the fish market and "
        "Abbotsfield from this Saturday, a fortnight before the date promised in spring.",
    ),
    (
        "2025-11-19",
        "Winter shelter to offer forty beds from December",
        "the winter shelter",
        "A former telephone exchange on Kiln Street will become a night shelter with forty beds, "
        "warm meals and a nurse on duty until two in the morning.",
    ),
    (
        "2025-11-12",
        "Have your say on the library opening hours",
        "library opening hours",
        "Five branch libraries could open on Sundays for the first time if residents back one of "
        "two timetables published today.",
    ),
    (
        "2025-10-30",
        "Council tax support: what changes in April",
        "council tax support",
        "About six thousand low-income households will see their help calculated in bands "
        "instead of pounds and pence from the start of the next financial year.",
    ),
    (
        "2025-10-30",
        "Fly-tipping fines doubled after summer surge",
        "fly-tipping enforcement",
        "The fixed penalty for dumping waste rises from £400 to £800 on Monday after crews "
        "cleared more than nine hundred illegal heaps between June and August.",
    ),
    (
        "2025-10-14",
        "Lord Mayor’s charity concert raises record sum",
        "the charity concert",
        "Ticket sales, a raffle and one anonymous cheque brought in £38,214 for the children’s "
        "hospice at Weir Bridge, the highest total since the concert began.",
    ),
    (
        "2025-10-02",
        "Northgate underpass closed for tiling",
        "the Northgate underpass",
        "Pedestrians will be guided over the surface crossing while loose tiles are stripped "
        "from the underpass walls and replaced with glazed brick.",
    ),
    (
        "2025-09-23",
        "School admissions: apply by 31 October",
        "school admissions",
        "Parents of children born between 1 September 2014 and 31 August 2015 must name up to "
        "four secondary schools before the end of October.",
    ),
    (
        "2025-09-09",
        "New food waste caddies on their way",
        "the food waste collection",
        "Grey kitchen caddies with a locking lid will be handed to every kerbside household over "
        "the next seven weeks, starting with streets east of the canal.",
    ),
    (
        "2025-08-28",
        "Swimming pool roof passes final inspection",
        "the swimming pool roof",
        "Structural engineers have signed off the laminated timber roof at Tollhouse Green pool, "
        "clearing the way for lessons to restart.",
    ),
    (
        "2025-08-15",
        "Harrowmere joins the rivers compact",
        "the rivers compact",
        "Nine authorities along the Mere and its tributaries agreed to share flood gauges, "
        "dredging plant and a single duty rota.",
    ),
    (
        "2025-07-31",
        "Market stall rents frozen until 2027",
        "market stall rents",
        "Traders in the covered market will pay no more next year or the year after, the "
        "licensing panel decided by seven votes to two.",
    ),
    (
        "2025-07-17",
        "Heat plan: cool rooms and water points",
        "the heat plan",
        "Eleven public buildings will stay open into the evening as cool rooms whenever the "
        "forecast passes thirty degrees.",
    ),
    (
        "2025-07-03",
        "Planning portal down for upgrade this weekend",
        "the planning portal",
        "Applications cannot be submitted or viewed from six o’clock on Friday until early on "
        "Monday while data moves to the new portal.",
    ),
    (
        "2025-06-20",
        "Apprentices wanted in parks, payroll and plumbing",
        "the apprenticeship scheme",
        "Twenty-two places, three more than last summer, are open to anyone over sixteen who is "
        "not in full-time study.",
    ),
    (
        "2025-06-05",
        "Town hall clock falls silent for repairs",
        "the town hall clock",
        "The hour bell will not strike for about nine weeks while bearings last changed in 1961 "
        "are cast afresh.",
    ),
    (
        "2025-05-22",
        "Pavement parking ban extended to six streets",
        "the pavement parking ban",
        "Drivers who leave a wheel on the footway in six further streets will be ticketed once "
        "the grace period ends in July.",
    ),
    (
        "2025-05-01",
        "Results of the Saltmarsh ward by-election",
        "the by-election",
        "Turnout reached 41.7 per cent as voters in Saltmarsh chose a new councillor to replace "
        "the late Edna Prowse.",
    ),
    (
        "2025-04-16",
        "Allotment waiting list reopened",
        "the allotment waiting list",
        "After four years shut, the list reopens with 118 half-plots created on the former "
        "nursery at Pound Hill.",
    ),
    (
        "2025-04-02",
        "Taxi licence tests move online",
        "taxi licence tests",
        "Applicants may now sit the knowledge and safeguarding papers at home under supervision by webcam.",
    ),
    (
        "2025-03-18",
        "Budget approved after late-night debate",
        "the annual budget",
        "Members passed a net revenue budget of £214.6 million shortly before midnight, with two "
        "amendments on youth clubs accepted.",
    ),
    (
        "2025-02-26",
        "Museum of the Mere wins lottery support",
        "the museum extension",
        "A grant of £1.9 million will pay for a lift, a learning room and a proper store for the "
        "boat collection.",
    ),
    (
        "2025-01-29",
        "Bin lorries to run on vegetable oil",
        "the refuse fleet",
        "All twenty-six lorries at the Cobden depot switch from diesel to hydrotreated vegetable "
        "oil over the next month.",
    ),
    (
        "2024-12-11",
        "Christmas opening times for council services",
        "festive opening times",
        "Reception desks close at noon on Christmas Eve and reopen on the second working day of January.",
    ),
    (
        "2024-11-21",
        "Street lights dimmed after midnight: first findings",
        "street light dimming",
        "Six months of dimming on residential roads saved 412 megawatt hours with no measurable "
        "change in collisions or reported crime.",
    ),
]
TAGS = ["Transport", "Housing", "Libraries", "Money", "Environment", "Community"]


def _documents() -> list[News]:
    docs: list[News] = []
    for i, (date, title, subject, lead) in enumerate(RAW):
        d = News(f"/news/{date[:4]}/{slug(title)}", title, day(date), tag=TAGS[i * 7 % 6])
        d.blocks = compose(
            "h1" + title,
            lead,
            EN_BANK,
            EN_VOC,
            subject,
            3 + (i * 5) % 9,
            EN_HEADS,
            EN_ITEMS,
            quotes=EN_QUOTES,
            intro="The package includes:",
        )
        docs.append(d)
    return docs


DOCS = _documents()
MOST = [DOCS[i] for i in (8, 3, 17, 0, 5)]
MENU = {
    "Residents": [
        "Council tax",
        "Bins and recycling",
        "Housing and homes",
        "Schools and learning",
        "Births, deaths and marriages",
    ],
    "Business": ["Business rates", "Licences and permits", "Trading standards", "Tenders and contracts"],
    "Council and democracy": [
        "Councillors and MPs",
        "Meetings and agendas",
        "Elections and voting",
        "Performance and spending",
    ],
    "Visit": ["Museums", "Parks and gardens", "Car parks", "What’s on"],
}


def _page(
    title: str, main: str, crumbs: list[tuple[str, str]], side: str = "", cls: str = "page-node"
) -> str:
    mega = "".join(
        f'<li class="menu-item menu-item--expanded"><a href="/{slug(k)}">{k}</a><div class="mega"><ul>'
        + "".join(f'<li><a href="/{slug(k)}/{slug(x)}">{x}</a></li>' for x in v)
        + "</ul></div></li>"
        for k, v in MENU.items()
    )
    cr = "".join(f'<li><a href="{u}">{label}</a></li>' if u else f"<li>{label}</li>" for u, label in crumbs)
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr" prefix="og: https://ogp.me/ns#">
<head><meta charset="utf-8" />
<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />
<meta name="viewport" content="width=device-width, initial-scale=1.0" />
<title>{esc(title)} | Harrowmere City Council</title>
<link rel="stylesheet" media="all" href="/sites/default/files/css/css_Qx81.css" />
<link rel="icon" href="/themes/custom/mere/favicon.ico" /></head>
<body class="path-news {cls}">
<a href="#main-content" class="visually-hidden focusable skip-link">Skip to main content</a>
<div class="eu-cookie-compliance-banner" role="alertdialog"><h2>We use cookies on this site</h2>\
<p>We would like to set analytics cookies to understand how you move around our pages. <a \
href="/cookies">More about cookies</a></p><button>Accept all</button><button>No, thanks</button></div>
<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas>
<header class="site-header" role="banner"><a class="logo" href="/" rel="home">\
<img src="/themes/custom/mere/logo.svg" alt="Harrowmere City Council home" /></a>
<form action="/search" method="get" role="search"><label for="s">Search this website</label>\
<input id="s" name="keys" type="search" /><button>Search</button></form>
<nav role="navigation" aria-label="Main navigation"><ul class="menu">{mega}</ul></nav></header>
<div class="region region-alert"><p>Severe weather: check <a href="/bins-and-weather">changes to bin \
collections</a> before putting out your bin.</p></div>
<nav class="breadcrumb" aria-label="Breadcrumb"><ol>{cr}</ol></nav>
<main role="main"><a id="main-content" tabindex="-1"></a>
<div class="layout-content">{main}</div>
<aside class="layout-sidebar-second" role="complementary">{side}
<section class="block block-mostread"><h2>Most read</h2>\
<ol>{"".join(f'<li><a href="{m.path}">{esc(m.title, False)}</a></li>' for m in MOST)}</ol></section>
<section class="block block-newsletter"><h2>Mere Matters by email</h2>\
<p>Join 14,000 readers of our fortnightly round-up of local news.</p><form action="/newsletter">\
<input type="email" name="e" placeholder="you@example.org"><button>Sign up</button></form></section>
</aside></main>
<footer class="site-footer"><div class="f-col"><h2>Contact us</h2>\
<p>Harrowmere City Council, The Guildhall, 1 Mere Square, Harrowmere HM1 1AA</p>\
<p>Telephone 01632 960 100, Monday to Friday, 8.30am to 5pm</p></div>
<ul><li><a href="/accessibility">Accessibility statement</a></li><li><a href="/privacy">Privacy notice</a>\
</li><li><a href="/a-z">A to Z of services</a></li><li>\
<a href="https://social.example/harrowmere">Follow us on Chatter</a></li></ul>
<p>© Harrowmere City Council 2025</p></footer></div>
<script src="/core/assets/vendor/jquery/jquery.min.js?v=3.7.1"></script></body></html>"""


def _time(d: News) -> str:
    return f'<time datetime="{d.date}T09:{10 + d.date.day}:00Z" class="datetime">{in_english(d.date)}</time>'


def _card(d: News) -> str:
    return f"""<div class="views-row"><article class="node node--type-news node--view-mode-card">
<a href="{d.path}" tabindex="-1" aria-hidden="true">\
<img loading="lazy" src="/sites/default/files/styles/card/{d.date:%Y%m%d}.jpg" alt="" width="480" \
height="270"></a>
<div class="card__body"><span class="field--name-field-topic">{d.tag}</span>
<h3 class="node__title"><a href="{d.path}" rel="bookmark"><span>{esc(d.title, False)}</span></a></h3>
<p class="card__date">{_time(d)}</p><div class="field--name-body"><p>{esc(d.first(110), False)}…</p></div>
<ul class="links inline"><li class="node-readmore">\
<a href="{d.path}" rel="tag" title="{esc(d.title)}" hreflang="en">Read more<span class="visually-hidden"> \
about {esc(d.title, False)}</span></a></li></ul></div></article></div>"""


def _stub(label: str) -> str:
    return _page(
        label,
        f"<h1>{esc(label)}</h1><p>This section brings together information and online forms "
        f"about {esc(label.lower())}.</p>",
        [("/", "Home"), ("", esc(label))],
    )


def _related(d: News) -> list[News]:
    i = DOCS.index(d)
    return [DOCS[(i + k) % len(DOCS)] for k in (4, 11, 17)]


def _site() -> Site:
    site = Site(HOST, _stub, "text/html; charset=UTF-8")
    per = 9
    np_ = (len(DOCS) + per - 1) // per
    for p in range(np_):
        pager = "".join(
            f'<li class="pager__item{" is-active" if q == p else ""}"><a href="?page={q}" '
            f'title="{"Current page" if q == p else f"Go to page {q + 1}"}"><span '
            f'class="visually-hidden">Page</span>{q + 1}</a></li>'
            for q in range(np_)
        )
        if p:
            pager = (
                '<li class="pager__item pager__item--first"><a href="?page=0" title="Go to first '
                f'page">« First</a></li><li class="pager__item--previous"><a href="?page={p - 1}" '
                'rel="prev">‹‹ Previous</a></li>' + pager
            )
        if p < np_ - 1:
            pager += (
                f'<li class="pager__item pager__item--next"><a href="?page={p + 1}" title="Go to next '
                'page" rel="next"><span aria-hidden="true">Next ››</span></a></li><li><a '
                f'href="?page={np_ - 1}" title="Go to last page">Last »</a></li>'
            )
        main = (
            '<h1 class="page-title">News</h1><div class="views-exposed-form"><form '
            'action="/news"><label>Topic</label><select name="topic"><option>- Any '
            f"-</option>{''.join(f'<option>{x}</option>' for x in TAGS)}</select>"
            '<button>Apply</button></form></div><div class="view view-news-list"><div '
            f'class="view-header">Displaying {p * per + 1} - {min(len(DOCS), p * per + per)} '
            f'of {len(DOCS)}</div><div class="view-content card-grid">'
            + "\n".join(_card(d) for d in DOCS[p * per : p * per + per])
            + '</div><nav class="pager" role="navigation" aria-labelledby="pg"><h4 id="pg" '
            f'class="visually-hidden">Pagination</h4><ul class="pager__items">{pager}</ul></nav>'
            "</div>"
        )
        h = _page("News", main, [("/", "Home"), ("", "News")], cls="page-view")
        site.add("/news" + (f"?page={p}" if p else ""), h)
        if not p:
            site.add("/news?page=0", h)
    for d in DOCS:
        rel = _related(d)
        main = f"""<article class="node node--type-news node--view-mode-full"><h1 class="page-title">\
<span>{esc(d.title, False)}</span></h1>
<div class="node__meta">Published: {_time(d)} <span class="topic">Topic: {d.tag}</span></div>
<div class="share"><span>Share this page</span> <a href="https://social.example/share?u=1">Chatter</a> \
<a \
href="mailto:?subject=News">Email</a></div>
<div class="field field--name-body field--type-text-with-summary">{render(d.blocks)}<p>To find out more, \
read the <a href="/{slug(d.tag)}-strategy">{d.tag.lower()} strategy</a> or write to <a \
href="mailto:{slug(d.tag)}@harrowmere.gov.example">{slug(d.tag)}@harrowmere.gov.example</a>.</p></div>\
</article>
<section class="views-element-container block-related">\
<h2>You may also be interested in</h2>{
            "".join(
                f'<div class="teaser"><h3><a '
                f'href="{r.path}">{esc(r.title, False)}</a>'
                f"</h3>{_time(r)}<p>{esc(r.first(90), False)}…</p></div>"
                for r in rel
            )
        }</section>
<div class="webform"><h2>Was this page useful?</h2><button>Yes</button><button>No</button>\
<p>Please do not include personal or financial details.</p></div>"""
        site.add(d.path, _page(d.title, main, [("/", "Home"), ("/news", "News"), ("", esc(d.title, False))]))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "We would like to set analytics cookies to understand how you move around our pages.",
        _related(d)[1].first(90),
        "Join 14,000 readers of our fortnightly round-up of local news.",
    ],
)
