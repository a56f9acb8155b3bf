"""文献: search with filters, counts by facet, and found passages with the words marked."""

from __future__ import annotations

from dataclasses import replace

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, element, join
from dashboard.pieces import basis_line, bulk_link, quiet
from dashboard.saved_banner import save_form, saved_banner
from dashboard.search_facets import facet_panel, wish_in_words
from dashboard.search_form import help_panel, search_form
from dashboard.search_hits import export_hint, found_in_words, hit_list, pages_bar
from dashboard.search_wish import PER_PAGE, Wish, read_wish
from dashboard.unanswered import count_unanswered
from warehouse.errors import UserError
from warehouse.publication import Publication
from warehouse.queries import pages_overview
from warehouse.records import SearchAnswer
from warehouse.search.query import search


def page() -> None:
    """Draw the page."""
    frame = open_frame("docs")
    wish, wrong = read_wish(frame)
    answer = None if wrong else _answer(frame, wish)
    problem = answer if isinstance(answer, UserError) else None
    show(
        element("h1", frame.say("nav.docs")),
        element("p", frame.link(frame.say("nav.searches"), "searches"), cls="gb-aside-link"),
        search_form(frame, wish, problem),
        help_panel(frame),
    )
    if wrong:
        refuse(frame, wrong.key, wrong.value)
    if isinstance(answer, SearchAnswer):
        _shown(frame, wish, answer)
    close(frame)


def _shown(frame: Frame, wish: Wish, answer: SearchAnswer) -> None:
    if wish.offset and wish.offset >= answer.total:
        refuse(frame, "unknown.page", str(wish.page))
    if saved_banner(frame, wish):
        return
    save_form(frame, wish)
    if answer.total == 0:
        count_unanswered(frame, wish)
        _nothing(frame, wish)
    else:
        _found(_of_answer(frame, answer), wish, answer)


def _answer(frame: Frame, wish: Wish) -> SearchAnswer | UserError:
    """What was found, or what is wrong with the query; further pages come from where the first one did."""
    publication = frame.publication
    if wish.publication_id and wish.publication_id != publication.publication_id:
        publication = Publication.held(frame.home, wish.publication_id) or publication
    try:
        return search(publication, wish.query, limit=PER_PAGE, offset=wish.offset, **wish.keywords())
    except UserError as error:
        return error


def _of_answer(frame: Frame, answer: SearchAnswer) -> Frame:
    """The frame of the publication that the answer came from."""
    if answer.publication_id == frame.publication.publication_id:
        return frame
    held = Publication.held(frame.home, answer.publication_id)
    return replace(frame, publication=held) if held else frame


def _found(frame: Frame, wish: Wish, answer: SearchAnswer) -> None:
    results = element(
        "div",
        element("h2", found_in_words(frame, wish, answer), id="results", cls="gb-found", tabindex="-1"),
        _other_publication(frame, wish, answer),
        wish_in_words(frame, wish),
        element("p", frame.say("search.force-unknown", n=f"{answer.unknown:,}"), cls="gb-note")
        if answer.unknown
        else None,
        bulk_link(frame, **wish.parameters(by="search")),
        hit_list(frame, wish, answer),
        pages_bar(frame, wish, answer),
        element("p", frame.say("search.counts"), cls="gb-prov"),
        basis_line(frame),
        export_hint(frame, wish),
    )
    panel = element("aside", facet_panel(frame, wish, answer), aria_label=frame.say("search.facets"))
    show(element("div", results, panel, cls="gb-search"))


def _other_publication(frame: Frame, wish: Wish, answer: SearchAnswer) -> Child:
    """That these pages belong to an earlier publication, or that theirs is not kept any more."""
    if not wish.publication_id or wish.page == 1:
        return None
    newest = Publication.current(frame.home)
    if newest is None or wish.publication_id == newest.publication_id:
        return None
    key = "search.earlier" if answer.publication_id == wish.publication_id else "search.gone"
    again = frame.link(frame.say("search.in-newest"), "docs", **wish.parameters(saved=wish.saved))
    at = frame.local(frame.publication.created_at)
    return element("p", frame.say(key, at=at), " ", again, cls="gb-notice", role="note")


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
    if wish.query and not wish.versions:
        widen.append(frame.link(frame.say("search.versions"), "docs", **wish.parameters(versions=1)))
    widen.append(frame.link(frame.say("search.all"), "docs"))
    show(
        quiet(
            frame.say("search.none", query=wish.query) if wish.query else frame.say("search.none-filtered")
        ),
        wish_in_words(frame, wish),
        element("p", coverage),
        element("p", frame.say("search.try"), " ", join(widen, " · ")),
    )


page()
