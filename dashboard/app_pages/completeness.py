"""完整性: what the collection lacks: gaps in series, what is cited and not held, coverage of sources."""

from __future__ import annotations

from dashboard.completeness import tables
from dashboard.completeness.form import filters, parts
from dashboard.completeness.wish import PER_PAGE, Wish, read_wish
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, section
from warehouse.queries import pages_completeness as questions


def page() -> None:
    """Draw the page."""
    frame = open_frame("completeness")
    wish = read_wish(frame)
    counts = {part: total for part, (total, _) in _counts(frame, Wish()).items()}
    total, rows = _counts(frame, wish)[wish.part]
    pages = max(1, (rows + PER_PAGE - 1) // PER_PAGE)
    if wish.page > pages:
        refuse(frame, "unknown.page", str(wish.page))
    show(
        element("h1", frame.say("nav.completeness")),
        element("p", frame.say("complete.lead"), cls="gb-coverage"),
        parts(frame, wish, counts),
        filters(frame, wish),
        section(
            frame.say(f"complete.{wish.part}"),
            element(
                "p",
                frame.say(f"complete.found-{wish.part}", n=f"{total:,}"),
                cls="gb-found",
                data_count=total,
            ),
            _table(frame, wish),
            _pages(frame, wish, pages),
            basis_line(frame),
            note=frame.say(f"complete.note-{wish.part}"),
        ),
    )
    close(frame)


def _counts(frame: Frame, wish: Wish) -> dict[str, tuple[int, int]]:
    """What each part counts (missing numbers, series, targets, sources), and how many rows its table has."""
    marks = tuple(frame.desk.number_marks.holding())
    gaps = frame.read(questions.gap_totals, marks, *wish.of_series)
    chosen = [gaps[wish.state]] if wish.state else list(gaps.values())
    series = frame.read(questions.series_count, *wish.of_series)["series"]
    wanted = frame.read(questions.wanted_count, wish.department, wish.kind)["targets"]
    sources = len(frame.read(questions.source_coverage))
    return {
        "gaps": (sum(missing for missing, _ in chosen), sum(runs for _, runs in chosen)),
        "series": (series, series),
        "wanted": (wanted, wanted),
        "sources": (sources, sources),
    }


def _table(frame: Frame, wish: Wish) -> Markup:
    if wish.part == "sources":
        return tables.sources(frame)
    return {"gaps": tables.gaps, "series": tables.series, "wanted": tables.wanted}[wish.part](frame, wish)


def _pages(frame: Frame, wish: Wish, pages: int) -> Markup | None:
    if pages < 2 or wish.part == "sources":
        return None
    links: list[Child] = []
    if wish.page > 1:
        links.append(
            frame.link(frame.say("listing.before"), "completeness", **wish.parameters(p=wish.page - 1))
        )
    links.append(frame.say("listing.page", page=wish.page, pages=pages))
    if wish.page < pages:
        links.append(
            frame.link(frame.say("listing.after"), "completeness", **wish.parameters(p=wish.page + 1))
        )
    return element("nav", join(links, " · "), aria_label=frame.say("search.pages"), cls="gb-pages")


page()
