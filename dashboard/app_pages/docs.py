"""文献: search with filters, counts by facet, and found passages with the words marked."""

from __future__ import annotations

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import badges, basis_line, day, highlighted, issuer_of, quiet
from dashboard.search_form import Wish, facet_panel, pages_bar, read_wish, search_form, wish_in_words
from warehouse.errors import UserError
from warehouse.queries import pages_listing, pages_overview
from warehouse.records import SearchAnswer, SearchHit
from warehouse.search.problems import SearchProblem
from warehouse.search.query import search

PER_PAGE = 10


def page() -> None:
    """Draw the page."""
    frame = open_frame("docs")
    wish, problem = read_wish(frame)
    show(element("h1", frame.say("nav.docs")), search_form(frame, wish))
    if problem:
        refuse(frame, problem.key, problem.value)
    answer = _answer(frame, wish)
    if isinstance(answer, str):
        show(element("p", answer, cls="gb-notice", role="alert"))
    elif answer.total == 0:
        _nothing(frame, wish)
    else:
        _found(frame, wish, answer)
    close(frame)


def _answer(frame: Frame, wish: Wish) -> SearchAnswer | str:
    """What was found, or the sentence that says what is wrong with the query."""
    try:
        return search(
            frame.publication,
            wish.query,
            department=wish.department,
            topic=wish.topic,
            level=wish.level,
            region=wish.region,
            source=wish.source,
            doc_type=wish.doc_type,
            since=wish.since,
            until=wish.until,
            in_force=wish.in_force,
            order=wish.order,
            limit=PER_PAGE,
            offset=(wish.page - 1) * PER_PAGE,
        )
    except SearchProblem as error:
        return frame.say("search.wrong", problem=frame.say(f"wrong.{error.kind}", **error.values))
    except UserError as error:
        return frame.say("search.wrong", problem=str(error))


def _found(frame: Frame, wish: Wish, answer: SearchAnswer) -> None:
    pages = (answer.total + PER_PAGE - 1) // PER_PAGE
    if wish.page > pages:
        refuse(frame, "unknown.page", str(wish.page))
    first = (wish.page - 1) * PER_PAGE + 1
    told = frame.say("search.found", n=f"{answer.total:,}", first=first, last=first + len(answer.hits) - 1)
    hits = element("ol", *(_hit(frame, wish, hit) for hit in answer.hits), cls="gb-list gb-hits", start=first)
    results = element(
        "div",
        element("h2", told, id="results", cls="gb-found"),
        wish_in_words(frame, wish, answer.facets),
        hits,
        pages_bar(frame, wish, pages),
        element("p", frame.say("search.counts"), cls="gb-prov"),
        basis_line(frame),
    )
    panel = element("aside", facet_panel(frame, wish, answer.facets), aria_label=frame.say("search.facets"))
    show(element("div", panel, results, cls="gb-search"))


def _hit(frame: Frame, wish: Wish, hit: SearchHit) -> Markup:
    place = {"para": hit.paragraph + 1 if hit.paragraph is not None else None, "q": wish.query or None}
    row = frame.overlaid([_row(frame, hit)])[0]
    sources = {one["source_id"]: one for one in frame.read(pages_overview.sources)}
    source = sources.get(hit.source_id, {})
    issuer = issuer_of(frame, row)
    site = frame.named(source.get("name_zh"), source.get("name_en")) if source else None
    meta: list[Child] = [
        issuer,
        row["doc_number"],
        day(frame, row["published"]),
        site if site != issuer else None,
    ]
    return element(
        "li",
        element(
            "h3", frame.link(row["title"] or frame.say("word.untitled"), "doc", id=hit.document_id, **place)
        ),
        element("p", *(element("span", part) for part in meta if part), *badges(frame, row), cls="gb-meta"),
        element("p", highlighted(hit.snippet, hit.marks), cls="gb-snippet") if hit.snippet else None,
        cls="gb-item",
    )


def _row(frame: Frame, hit: SearchHit) -> dict[str, object]:
    """The hit as listings have it: its fields, state, validity and issuing body, ready for corrections."""
    state = frame.read(pages_listing.state_of, hit.document_id)
    return {
        "document_id": hit.document_id,
        "title": hit.title,
        "doc_number": hit.doc_number,
        "published": hit.published,
        "department_name": hit.department,
        "topic_path": hit.topic,
        "sample": hit.sample,
        **state,
    }


def _nothing(frame: Frame, wish: Wish) -> None:
    held = frame.read(pages_overview.overview)
    coverage = frame.say(
        "search.coverage",
        n=f"{held['documents']:,}",
        sources=held["sources_held"],
        until=frame.local(held["data_until"]),
    )
    widen: list[Child] = []
    if wish.filters:
        widen.append(frame.link(frame.say("search.without-filters"), "docs", s=wish.query))
    if wish.query.startswith('"') or wish.query.startswith("“"):
        widen.append(frame.link(frame.say("search.without-quotes"), "docs", s=wish.query.strip('"“”')))
    widen.append(frame.link(frame.say("search.all"), "docs"))
    show(
        quiet(
            frame.say("search.none", query=wish.query) if wish.query else frame.say("search.none-filtered")
        ),
        wish_in_words(frame, wish, {}),
        element("p", coverage),
        element("p", frame.say("search.try"), " ", join(widen, " · ")),
    )


page()
