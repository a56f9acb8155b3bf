"""Penobrook fisheries: a weblog with links elsewhere among its posts, related posts in the text."""

from dataclasses import dataclass

from .common import Doc, Site, compose, day, esc, in_american, render, slug, truth
from .english_words import EN_VOC


@dataclass(eq=False, kw_only=True)
class Post(Doc):
    """A document of this site."""

    author: str
    category: str


HOST = "coastal.fisheries.penobrook.example"
START = "/news/"
RAW = [
    (
        "2025-12-04",
        "Scallop Season to Open December 15 in Zones 3 and 4",
        "the scallop season",
        "Licensed draggers may land up to 90 pounds of shucked meat a day when Zones 3 and 4 "
        "open, the Coastal Fisheries Service announced Thursday.",
    ),
    (
        "2025-11-21",
        "Agency Seeks Comment on Lobster Gauge Change",
        "the lobster gauge",
        "A proposed one-sixteenth-inch increase in the minimum gauge would take effect in July "
        "if stock surveys stay below the trigger.",
    ),
    (
        "2025-11-13",
        "Hatchery Releases 40,000 Landlocked Salmon",
        "the salmon release",
        "Four tank trucks left the Grand Alder hatchery before dawn Wednesday carrying "
        "fingerlings bound for six lakes.",
    ),
    (
        "2025-10-31",
        "Derelict Trap Removal Tops 11 Tons",
        "derelict trap removal",
        "Volunteers, divers and two barge crews hauled more than 1,400 abandoned traps from "
        "Tarrow Bay in nine days.",
    ),
    (
        "2025-10-16",
        "Patrol Officer Honored for Night Rescue",
        "the night rescue",
        "Marine Patrol Officer Wesley Tran swam a heaving line to a swamped skiff last February "
        "and brought three anglers home.",
    ),
    (
        "2025-10-02",
        "Red Tide Closure Lifted in Upper Sound",
        "the red tide closure",
        "Clams, mussels and whelks may again be harvested north of Gannet Point after three "
        "clean samples in a row.",
    ),
    (
        "2025-09-18",
        "Fishing License Sales Go Paper-Free in 2026",
        "paperless licensing",
        "Anglers will carry a barcode on their phone, although town clerks will still print a "
        "card for anyone who asks.",
    ),
    (
        "2025-09-05",
        "Eel Elver Lottery Draws Record Entries",
        "the elver lottery",
        "Nearly 5,000 residents applied for just eleven openings in the spring glass eel fishery.",
    ),
    (
        "2025-08-20",
        "Boat Ramp at Miller Landing Reopens",
        "the Miller Landing ramp",
        "New concrete planks, a longer float and lighting greet boaters at the only public ramp "
        "on the lower Alder.",
    ),
    (
        "2025-08-06",
        "Juvenile Striped Bass Index Falls for Third Year",
        "the striped bass index",
        "The beach seine survey counted 4.1 young fish per haul, well under the long-term average.",
    ),
    (
        "2025-07-22",
        "Grants Available for Gear That Spares Whales",
        "the whale-safe gear program",
        "Fishermen can borrow on-demand acoustic buoys at no charge for up to two seasons.",
    ),
    (
        "2025-07-09",
        "Invasive Green Crab Bounty Expanded",
        "the green crab bounty",
        "The state will now pay forty cents a pound for green crabs landed in any of the nine "
        "coastal counties.",
    ),
    (
        "2025-06-24",
        "Kids’ Free Fishing Weekend Returns",
        "free fishing weekend",
        "Children under sixteen can borrow a rod, learn a clinch knot and take home a tackle box "
        "at fourteen ponds.",
    ),
    (
        "2025-06-10",
        "Oyster Lease Hearing Moved to High School Gym",
        "the oyster lease hearing",
        "So many neighbors signed up to testify that the hearing on the 11-acre lease will be "
        "held in the high school gym.",
    ),
    (
        "2025-05-28",
        "Alewife Run Passes Two Million at Stony Brook",
        "the alewife run",
        "An underwater camera logged the two-millionth fish at 6:12 a.m. Sunday, a number not "
        "seen since dam removal.",
    ),
    (
        "2025-05-15",
        "Director Lowell Names New Science Chief",
        "the science division",
        "Dr. Amara Whitcomb, a population modeler who spent twelve years on herring, will lead "
        "the division’s forty-two scientists.",
    ),
    (
        "2025-04-30",
        "Shellfish Sanitation Lab Earns Accreditation",
        "the sanitation lab",
        "Auditors spent three days checking freezers, logs and pipettes before recommending full "
        "accreditation.",
    ),
    (
        "2025-04-11",
        "Penalties Rise for Undersized Catch",
        "undersized catch penalties",
        "Fines now start at $250 a fish, and a second offense within five years means a one-year suspension.",
    ),
    (
        "2025-03-27",
        "Smelt Camp Survey: What Anglers Told Us",
        "the smelt camp survey",
        "More than half of those fishing from heated shacks last winter caught nothing and said "
        "they would come back anyway.",
    ),
    (
        "2025-03-06",
        "Emergency Rule Limits Winter Flounder Landings",
        "the flounder rule",
        "The emergency rule caps landings at 50 pounds per trip for the next 120 days.",
    ),
    (
        "2025-02-13",
        "Coastal Fisheries Budget Heads to Legislature",
        "the agency budget",
        "The request holds staffing level and shifts money to replace the 1984 research vessel Eider.",
    ),
]
VOC_US = dict(
    EN_VOC,
    pct=lambda r: f"{r.randint(3, 61)} percent",
    amt=lambda r: f"${r.randint(2, 48)}.{r.randint(1, 9)} million",
    amtk=lambda r: f"${r.randint(15, 940)},000",
    place=[
        "Tarrow Bay",
        "Gannet Point",
        "Miller Landing",
        "the Stony Brook weir",
        "Upper Sound",
        "Cape Lettice",
        "the Alder estuary",
        "Dock Nine",
    ],
    name=[
        "Director Joan Lowell",
        "biologist Pete Marchetti",
        "Sgt. Dana Okoye",
        "harvester Lem Thibodeau",
        "Dr. Amara Whitcomb",
        "Commissioner Hale",
    ],
    role=["who has fished these waters since 1988", "the bureau’s lead surveyor", "speaking on the dock"],
    partner=[
        "the lobstermen’s co-op",
        "the tribal fisheries office",
        "town shellfish wardens",
        "the sea grant program",
    ],
)
BANK = [
    "Crews sampled {n} stations between Cape Lettice and {place}.",
    "The agency took {big} phone and mail comments on {S}.",
    "“You can’t argue with the tide,” said {name}.",
    "Landings were worth {amt} at the dock last year.",
    "Water temperatures near {place} ran {small} degrees above normal in {month}.",
    "A map of open areas is posted at every town landing.",
    "Funding for {S} includes {amtk} from license plate sales.",
    "Harvesters must report each trip by midnight on {day}.",
    "About {pct} of permit holders live within an hour of {place}.",
    "The rule allows one extra trip when gale warnings are posted.",
    "{name} credited {partner} for lending boats and fuel.",
    "Scientists caution that a single season proves little.",
    "Only {n} fish older than {small} years were netted.",
    "Anyone who sees a violation can call the patrol hotline at any hour.",
    "Work on {S} wraps up before ice-out.",
    "The advisory council voted {small}-2 in favor.",
    "At {place}, biologists also found eggs, a sign of natural spawning.",
    "Dealers have until {month} to update their software.",
    "Earlier tries in {year} failed because bait was scarce.",
    "Half the crew were students paid through {partner}.",
    "What happens next with {S} depends on the spring survey.",
    "Permit fees will not change.",
    "An average haul weighed {n} pounds.",
    "The hearing record stays open {small} more days.",
    "Bycatch dropped by {pct} with the wider mesh.",
]


def _documents() -> list[Post]:
    docs: list[Post] = []
    for i, (date, title, subject, lead) in enumerate(RAW):
        x = day(date)
        d = Post(
            f"/news/{x.year}/{x.month:02d}/{slug(title, 45)}/",
            title,
            x,
            None,
            author=["Communications Office", "Marcy Dell", "Science Bureau"][i % 3],
            category=["Commercial", "Recreation", "Science", "Enforcement"][i * 3 % 4],
        )
        d.blocks = compose(
            "f" + title,
            lead,
            BANK,
            VOC_US,
            subject,
            3 + i * 7 % 8,
            ["What Harvesters Should Know", "By the Numbers", "Next Steps"],
            [
                "zone {n}: open {day} through Sunday",
                "{small} new moorings at {place}",
                "{amtk} for gear repair",
                "training with {partner} in {month}",
            ],
            intro="Highlights:",
            quotes=["“Folks around {place} asked for straight answers on {S},” said {name}, {role}."],
        )
        docs.append(d)
    return docs


DOCS = _documents()
EXT = {
    2: (
        "Federal Council Posts Herring Assessment",
        "https://herring.council.example/assessment-2025",
        "November 18, 2025",
    ),
    11: ("Tide Tables for 2026 Now Online", "https://tides.nautical.example/2026", "July 15, 2025"),
    16: (
        "Listen: Radio Interview on Seaweed Leases",
        "https://radio.penobrook-public.example/seaweed",
        "May 2, 2025",
    ),
}


def _page(title: str, main: str, cls: str) -> str:
    rec = "".join(
        f'<li><a href="http://{HOST}{d.path}">{esc(d.title, False)}</a></li>'
        for d in (DOCS[4], DOCS[0], DOCS[2], DOCS[1], DOCS[3])
    )
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="UTF-8"><title>{esc(title)} &#8211; Penobrook Coastal Fisheries \
Service</title><meta name="generator" content="WordPress 6.7.1">\
<link rel="stylesheet" id="gov-style" href="/wp-content/themes/statehouse/style.css?ver=6.7.1"></head>
<body class="{cls} wp-embed-responsive"><a class="skip-link screen-reader-text" href="#primary">Skip to \
content</a>
<section class="usa-banner"><p>An official website of the State of Penobrook. <button>Here’s how you \
know</button></p><p>Secure websites use a lock icon and end in a trusted suffix.</p></section>
<header id="masthead"><p class="site-title"><a href="/" rel="home">Coastal Fisheries Service</a></p>\
<nav id="site-navigation"><ul id="primary-menu" class="menu"><li><a href="/licenses/">Licenses</a>\
<ul class="sub-menu"><li><a href="/licenses/commercial/">Commercial</a></li><li>\
<a href="/licenses/recreational/">Recreational</a></li></ul></li><li>\
<a href="/rules/">Rules &amp; Seasons</a></li><li><a href="/science/">Science</a></li>\
<li class="current-menu-item"><a href="/news/">News</a></li><li><a href="/about/">About</a></li></ul>\
</nav></header>
<div id="content" class="site-content"><main id="primary">{main}</main>
<aside id="secondary" class="widget-area"><section class="widget widget_search">\
<form role="search" action="/"><input type="search" name="s" placeholder="Search …"></form></section>
<section class="widget widget_recent_entries"><h2>Recent Posts</h2><ul>{rec}</ul></section>
<section class="widget press"><h2>Press Contacts</h2><ul><li>\
<a href="/about/staff/marcy-dell/">Marcy Dell</a>, Communications Director, 555-0141</li><li>\
<a href="/about/staff/ray-poulin/">Ray Poulin</a>, Spanish-language media, 555-0148</li><li>\
<a href="mailto:press@penobrook.example">press@penobrook.example</a></li></ul></section>
<section class="widget widget_archive"><h2>Archives</h2><ul><li>\
<a href="/news/2025/12/">December 2025</a> (1)</li><li><a href="/news/2025/11/">November 2025</a> (2)</li>\
<li><a href="/news/2025/10/">October 2025</a> (3)</li></ul></section></aside></div>
<footer id="colophon"><p>194 Wharf Street, Tarrow Bay, Penobrook 00452. Report a stranded marine mammal: \
555-0199.</p><ul><li><a href="https://www.penobrook.example/">State of Penobrook</a></li><li>\
<a href="/privacy-policy/">Privacy Policy</a></li><li>\
<a href="https://photos.example/fisheries">Photos</a></li></ul><p>Proudly powered by WordPress</p>\
</footer></body></html>"""


def _stub(label: str) -> str:
    return _page(
        label, f"<article><h1>{esc(label)}</h1><p>Find details on {esc(label)} here.</p></article>", "page"
    )


def _site() -> Site:
    site = Site(HOST, _stub, "text/html; charset=UTF-8")
    per = 7
    n = (len(DOCS) + per - 1) // per
    addresses = [START] + [f"/news/page/{k}/" for k in range(2, n + 1)]
    for k in range(1, n + 1):
        o = []
        for j in range((k - 1) * per, min(len(DOCS), k * per)):
            d = DOCS[j]
            o.append(
                f"""<article id="post-{9120 - j * 31}" class="post type-post status-publish hentry">\
<header class="entry-header"><h2 class="entry-title">\
<a href="http://{HOST}{d.path}" rel="bookmark">{esc(d.title, False)}</a></h2><div class="entry-meta">\
<span class="posted-on">Posted on <a href="http://{HOST}{d.path}" rel="bookmark">\
<time class="entry-date published" datetime="{d.date}T11:0{j % 10}:00-05:00">{in_american(d.date)}</time>\
</a></span><span class="byline"> by {d.author}</span></div></header><div class="entry-summary">\
<p>{esc(d.first(130), False)} [&hellip;] <a class="more-link" href="http://{HOST}{d.path}">Continue \
reading<span class="screen-reader-text"> {esc(d.title, False)}</span></a></p></div></article>"""
            )
            if j in EXT:
                t, u, w = EXT[j]
                o.append(
                    '<article class="post format-link hentry"><header class="entry-header"><h2 '
                    f'class="entry-title"><a href="{u}" class="external" rel="external '
                    f'noopener">{t} <span class="ext">(external link)</span></a></h2><div '
                    f'class="entry-meta">{w}</div></header></article>'
                )
        nav = (
            f'<div class="nav-previous"><a href="http://{HOST}/news/page/{k + 1}/"><span '
            'class="nav-icon">&larr;</span> Older posts</a></div>'
            if k < n
            else ""
        ) + (
            '<div class="nav-next"><a '
            f'href="http://{HOST}{"/news/" if k == 2 else f"/news/page/{k - 1}/"}">Newer posts '
            "<span>&rarr;</span></a></div>"
            if k > 1
            else ""
        )
        site.add(
            addresses[k - 1],
            _page(
                "News" + (f" &#8211; Page {k}" if k > 1 else ""),
                '<header class="page-header"><h1 class="page-title">News</h1></header>'
                + "\n".join(o)
                + '<nav class="navigation posts-navigation"><h2 class="screen-reader-text">Posts '
                f'navigation</h2><div class="nav-links">{nav}</div></nav>',
                "blog",
            ),
        )
    for i, d in enumerate(DOCS):
        r = [DOCS[(i + 8) % len(DOCS)], DOCS[(i + 15) % len(DOCS)]]
        pv, nx = (DOCS[i + 1] if i + 1 < len(DOCS) else None), (DOCS[i - 1] if i else None)
        main = f"""<article id="post-{9120 - i * 31}" class="post hentry"><header class="entry-header">\
<span class="cat-links"><a href="/news/category/{d.category.lower()}/" rel="category tag">{d.category}</a>\
</span><h1 class="entry-title">{esc(d.title, False)}</h1>\
<div class="entry-meta">Posted on <time class="entry-date published" \
datetime="{d.date}T11:00:00-05:00">{in_american(d.date)}</time> by {d.author}</div></header>
<div class="entry-content">{render(d.blocks)}
<div class="sharedaddy"><h3>Share this:</h3><ul><li>\
<a href="https://social.example/s">Share on Chatter</a></li><li>\
<a href="https://friends.example/s">Share on Friends</a></li></ul></div>
<div class="jp-relatedposts"><h3><em>Related</em></h3>{
            "".join(
                f"<div><a "
                f'href="http://{HOST}{x.path}">{esc(x.title, False)}</a><span>{in_american(x.date)}</span>'
                f"<p>{esc(x.first(80), False)}</p></div>"
                for x in r
            )
        }</div></div></article>
<nav class="navigation post-navigation"><div \
class="nav-links">{
            f'<div class="nav-previous"><a href="http://{HOST}{pv.path}" '
            f'rel="prev">{esc(pv.title, False)}</a></div>'
            if pv
            else ""
        }{
            f'<div class="nav-next"><a '
            f'href="http://{HOST}{nx.path}" rel="next">{esc(nx.title, False)}</a></div>'
            if nx
            else ""
        }</div></nav>"""
        site.add(d.path, _page(d.title, main, "single single-post"))
    site.finish()
    return site


answer = _site().answer
TRUTH = truth(
    HOST,
    DOCS,
    lambda d: [
        "Report a stranded marine mammal: 555-0199.",
        DOCS[(DOCS.index(d) + 8) % len(DOCS)].first(80),
        "Communications Director, 555-0141",
    ],
)
