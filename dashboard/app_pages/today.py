"""今日要情: what is new since this reader last looked, what falls due, what changed, each with its proof."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, due_list, notice, number, quiet, section
from dashboard.today.following import followed_news, following_form
from dashboard.today.items import chosen, items_section, lead_item
from dashboard.today.news import PERIODS, News, counts, deadlines, news_of, settle
from dashboard.today.notices import report_notices
from dashboard.today.panels import (
    SHOWN,
    calendar_link,
    moved_sections,
    nearer_parameters,
    nearer_section,
    new_section,
)
from warehouse.queries import pages_listing, pages_overview
from warehouse.queries.pages_listing import Selection

_ASIDE = 6
_DUE_DAYS = 30


def page() -> None:
    """Draw the page."""
    frame = open_frame("today")
    asked = frame.parameters.get("since")
    if asked not in {None, "visit", *PERIODS}:
        refuse(frame, "unknown.since", str(asked))
    news = news_of(frame, asked)
    picked = chosen(frame, news)
    told = {one.document_id for one, _ in picked}
    show(_head(frame), _lead(frame, news, lead_item(frame, picked)), _gap(frame, news), _periods(frame, news))
    fresh = new_section(frame, news, told)
    left = (items_section(frame, news, picked), fresh, moved_sections(frame, news, told))
    right = (
        report_notices(frame),
        nearer_section(frame, news),
        _due(frame),
        followed_news(frame, news),
        _themes(frame),
    )
    aside = element("aside", *right, aria_label=frame.say("today.aside"))
    show(element("div", element("div", *left), aside, cls="gb-split"))
    following_form(frame, news, [row for _, row in picked])
    close(frame)
    settle(frame, news)


def _head(frame: Frame) -> Markup:
    held = frame.read(pages_overview.overview)
    coverage = frame.say(
        "today.coverage",
        held=held["sources_held"],
        sources=held["sources_counted"],
        until=frame.local(held["data_until"]),
    )
    total = frame.link(frame.say("today.total", n=f"{held['documents']:,}"), "listing")
    weekday = frame.say(f"weekday.{frame.today.isoweekday()}")
    return join(
        (
            element("h1", frame.say("nav.today")),
            element(
                "p",
                element("time", frame.say("today.date", d=frame.today, weekday=weekday)),
                cls="gb-dateline",
            ),
            element("p", coverage, " ", total, cls="gb-coverage"),
        )
    )


def _lead(frame: Frame, news: News, first: Markup | None) -> Markup:
    """How much of what happened, each number a link, and the weightiest item in a sentence."""
    last = news.shown.look.last_at
    opening = (
        frame.say("today.since-visit", at=frame.local(last))
        if news.period == "visit"
        else frame.say("today.since-days", days=PERIODS[news.period])
    )
    told: list[Child] = []
    for kind, count in counts(frame, news).items():
        if count:
            selection = news.groups[kind]
            words = frame.say(f"today.{'published' if selection.kind == 'documents' else kind}")
            comma = frame.say("word.comma") if told else None
            told += [comma, words, " ", number(frame, selection, count), frame.say("word.documents", n=count)]
    due = len(deadlines(frame, news))
    if due:
        link = frame.link(f"{due:,}", "listing", "gb-number", **nearer_parameters(news))
        comma = frame.say("word.comma") if told else None
        told += [comma, frame.say("delta.deadlines"), " ", link, frame.say("delta.duties", n=due)]
    if not told:
        return element("p", opening, element("strong", frame.say("today.nothing")), cls="gb-lead")
    above = join((frame.say("delta.lead-item"), first)) if first else None
    return element("p", opening, *told, frame.say("word.stop"), above, cls="gb-lead")


def _gap(frame: Frame, news: News) -> Markup | None:
    look = news.shown.look
    if not news.shown.gap or news.period != "visit" or look.last_day is None:
        return None
    return notice(frame.say("delta.gap", first=look.last_day, last=look.day))


def _periods(frame: Frame, news: News) -> Markup:
    names = (["visit"] if news.shown.delta else []) + list(PERIODS)
    links = (
        element(
            "li",
            element(
                "a",
                frame.say(f"today.period-{name}"),
                href=frame.to("today", since=name),
                data_go=True,
                aria_current="true" if name == news.period else None,
            ),
        )
        for name in names
    )
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("today.period"))


def _due(frame: Frame) -> Markup:
    last = frame.today + timedelta(days=_DUE_DAYS)
    counted = frame.read(pages_listing.count_due, frame.today, last)
    rows = frame.read(pages_listing.list_due, frame.today, last, None, _ASIDE)
    title = frame.say("today.due-title", days=_DUE_DAYS)
    if not rows:
        return section(
            title,
            quiet(frame.say("today.none-due")),
            calendar_link(frame),
            basis_line(frame),
            anchor="gb-due",
        )
    lines = ((row["due"], _sentence(frame, row), row["who"] or (), row["title"]) for row in rows)
    count = frame.link(frame.say("today.all-due", n=counted["duties"]), "listing", of="due")
    return section(
        title,
        due_list(frame, lines),
        element("p", count, cls="gb-more"),
        calendar_link(frame),
        element("p", frame.say("today.mined"), cls="gb-prov"),
        basis_line(frame, counted["documents"], counted["sources"]),
        anchor="gb-due",
    )


def _sentence(frame: Frame, row: dict[str, Any]) -> Markup:
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": row["fact_id"]}
    return frame.link(row["what"] or row["sentence"], "doc", **place)


def _themes(frame: Frame) -> Markup:
    since = frame.today - timedelta(days=30)
    rows = [row for row in frame.read(pages_overview.themes, since) if row["documents"]]
    if not rows:
        return section(frame.say("today.themes-title"), quiet(frame.say("today.none-themes")))
    more = element("p", frame.link(frame.say("today.all-themes"), "topics"), cls="gb-more")
    items = (_theme(frame, row, since) for row in rows[:SHOWN])
    return section(
        frame.say("today.themes-title"), element("ul", *items, cls="gb-index"), more, basis_line(frame)
    )


def _theme(frame: Frame, row: dict[str, Any], since: Any) -> Markup:
    name = frame.link(frame.named(row["name_zh"], row["name_en"]), "topics", theme=row["theme_id"])
    recent = Selection(theme=row["theme_id"], published_from=since, told_once=True)
    held = number(frame, Selection(theme=row["theme_id"]), row["documents"])
    counted = element(
        "span", frame.say("today.recent"), " ", number(frame, recent, row["recent"]), cls="gb-recent"
    )
    return element("li", name, element("span", held, cls="gb-count"), counted)


page()
