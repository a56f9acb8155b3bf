"""What a reader asks for on the search page: read from the address, shown as a form, facets and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.words import known
from warehouse.queries import pages_overview

Facets = Mapping[str, tuple[tuple[str, str, int], ...]]

_ORDERS = ("relevance", "date")
_FACETS = {
    "department": "d",
    "topic": "topic",
    "topic2": "topic",
    "level": "level",
    "region": "region",
    "source": "source",
}
_SHOWN, _MOST = 6, 40


@dataclass(frozen=True, slots=True)
class Wish:
    """One search as the address states it."""

    query: str = ""
    department: str | None = None
    topic: str | None = None
    level: str | None = None
    region: str | None = None
    source: str | None = None
    doc_type: str | None = None
    since: date | None = None
    until: date | None = None
    in_force: bool = False
    order: str = "relevance"
    page: int = 1

    @property
    def filters(self) -> dict[str, object]:
        """The filters that are set, under their names in the address."""
        named: dict[str, object | None] = {
            "d": self.department,
            "topic": self.topic,
            "level": self.level,
            "region": self.region,
            "source": self.source,
            "doc_type": self.doc_type,
            "since": self.since,
            "until": self.until,
            "in_force": 1 if self.in_force else None,
        }
        return {name: value for name, value in named.items() if value is not None}

    def parameters(self, **changed: object) -> dict[str, object]:
        """The address of this search with some values changed; the page goes back to the first."""
        order = self.order if self.order != "relevance" else None
        return {"s": self.query, **self.filters, "order": order, **changed}


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value of the address that names nothing."""

    key: str
    value: str


def read_wish(frame: Frame) -> tuple[Wish, Wrong | None]:
    """The search the address asks for, and the first value in it that names nothing."""
    given = frame.parameters
    year = given.get("year", "")
    if re.fullmatch(r"[12]\d{3}", year):  # a short way to write the two days
        given = {"since": f"{year}-01-01", "until": f"{year}-12-31", **given}
    since, until = _day(given.get("since")), _day(given.get("until"))
    page = given.get("p", "1")
    wrong = next(
        (
            Wrong(key, given[name])
            for name, key, fits in (
                (
                    "d",
                    "unknown.department",
                    given.get("d") in {None, ""} or given.get("d") in frame.body_names,
                ),
                (
                    "topic",
                    "unknown.topic",
                    given.get("topic") in {None, ""} or given.get("topic") in frame.topic_names,
                ),
                (
                    "source",
                    "unknown.source",
                    given.get("source") in {None, ""} or given.get("source") in _sources(frame),
                ),
                ("year", "unknown.date", not year or re.fullmatch(r"[12]\d{3}", year) is not None),
                ("since", "unknown.date", not given.get("since") or since is not None),
                ("until", "unknown.date", not given.get("until") or until is not None),
                ("order", "unknown.order", (given.get("order") or "relevance") in _ORDERS),
                ("p", "unknown.page", page.isdecimal() and 0 < int(page) < 100_000),
            )
            if not fits
        ),
        None,
    )
    wish = Wish(
        query=given.get("s", "").strip()[:400],
        department=given.get("d") or None,
        topic=given.get("topic") or None,
        level=given.get("level") or None,
        region=given.get("region") or None,
        source=given.get("source") or None,
        doc_type=given.get("doc_type") or None,
        since=since,
        until=until,
        in_force=given.get("in_force") in {"1", "on"},
        order=given.get("order") or "relevance",
        page=int(page) if page.isdecimal() else 1,
    )
    return wish, wrong


def search_form(frame: Frame, wish: Wish) -> Markup:
    """The box, dates, validity and order; the facets that are set travel along unseen."""
    say = frame.say
    language = frame.language if frame.language != frame.home.settings.place.language else None
    hidden = {**wish.filters, "lang": language}
    kept = (
        element("input", type="hidden", name=name, value=str(value))
        for name, value in hidden.items()
        if value is not None and name not in {"since", "until", "in_force"}
    )
    box = element(
        "input",
        type="search",
        name="s",
        id="gb-s",
        value=wish.query,
        maxlength="400",
        autocomplete="off",
        placeholder=say("search.placeholder"),
        aria_describedby="gb-help",
    )
    orders = (
        element(
            "option",
            say(f"search.order-{name}"),
            value="" if name == "relevance" else name,
            selected=name == wish.order,
        )
        for name in _ORDERS
    )
    return element(
        "form",
        element("label", say("search.box"), for_="gb-s", cls="gb-hidden"),
        element("div", box, element("button", say("search.go"), type="submit"), cls="gb-box"),
        element("p", say("search.help"), id="gb-help", cls="gb-note"),
        element(
            "div",
            _labelled(
                say("search.since"), element("input", type="date", name="since", value=_iso(wish.since))
            ),
            _labelled(
                say("search.until"), element("input", type="date", name="until", value=_iso(wish.until))
            ),
            _labelled(say("search.order"), element("select", *orders, name="order")),
            element(
                "label",
                element("input", type="checkbox", name="in_force", value="1", checked=wish.in_force),
                " ",
                say("search.in-force"),
            ),
            cls="gb-narrow",
        ),
        *kept,
        action=frame.to("docs").split("?")[0],
        data_go=True,
        role="search",
        cls="gb-form",
    )


def facet_panel(frame: Frame, wish: Wish, facets: Facets) -> Markup:
    """Counts over all hits; a click narrows, a click on what is set widens again."""
    blocks = [_facet(frame, wish, name, facets[name]) for name in _FACETS if len(facets.get(name, ())) > 0]
    return join(
        [
            *blocks,
            _types(frame, wish, facets.get("doc_type", ())),
            _years(frame, wish, facets.get("year", ())),
        ]
    )


def wish_in_words(frame: Frame, wish: Wish, facets: Facets) -> Markup | None:
    """The filters that are set, each with a link that takes it off."""
    if not wish.filters:
        return None
    chips = (
        element(
            "li",
            frame.link(
                join(
                    (
                        f"{frame.say(f'facet.{name}')}: {_value(frame, name, value)} ",
                        element("span", "×", aria_hidden="true"),
                    )
                ),
                "docs",
                **wish.parameters(**{name: None}),
            ),
        )
        for name, value in wish.filters.items()
    )
    return element("ul", *chips, cls="gb-chips", aria_label=frame.say("search.filters"))


def pages_bar(frame: Frame, wish: Wish, pages: int) -> Markup | None:
    """Links to the pages of an answer."""
    if pages < 2:
        return None
    near = sorted({1, pages, *range(max(1, wish.page - 2), min(pages, wish.page + 2) + 1)})
    items: list[Child] = []
    before = 0
    for page in near:
        if page - before > 1:
            items.append(element("li", "…", aria_hidden="true"))
        current = "page" if page == wish.page else None
        link = element(
            "a",
            str(page),
            href=frame.to("docs", **wish.parameters(p=page)),
            data_go=True,
            aria_current=current,
            aria_label=frame.say("search.page", page=page),
        )
        items.append(element("li", link))
        before = page
    return element("nav", element("ul", *items), cls="gb-pages", aria_label=frame.say("search.pages"))


def _facet(frame: Frame, wish: Wish, name: str, values: tuple[tuple[str, str, int], ...]) -> Markup:
    parameter = _FACETS[name]
    chosen = str(wish.filters.get(parameter, ""))
    lines = (
        _choice(frame, wish, parameter, code, _value(frame, parameter, code, printed), count, code == chosen)
        for code, printed, count in values[:_MOST]
    )
    return _block(frame, frame.say(f"facet.{name}"), lines)


def _types(frame: Frame, wish: Wish, values: tuple[tuple[str, str, int], ...]) -> Markup | None:
    if not values:
        return None
    lines = (
        _choice(frame, wish, "doc_type", code, name, count, code == wish.doc_type)
        for code, name, count in values[:_MOST]
    )
    return _block(frame, frame.say("facet.doc_type"), lines)


def _years(frame: Frame, wish: Wish, values: tuple[tuple[str, str, int], ...]) -> Markup | None:
    if not values:
        return None
    lines = (
        element(
            "li",
            frame.link(
                _counted(year, count),
                "docs",
                **wish.parameters(since=f"{year}-01-01", until=f"{year}-12-31"),
            ),
        )
        for year, _name, count in values[:_MOST]
    )
    return _block(frame, frame.say("facet.year"), lines)


def _block(frame: Frame, title: str, lines: Iterable[Markup]) -> Markup:
    """The values with most hits; the others behind a click, so that the answer stays beside its facets."""
    told = list(lines)
    first, rest = told[:_SHOWN], told[_SHOWN:]
    more = (
        element("details", element("summary", frame.say("search.more", n=len(rest))), element("ul", *rest))
        if rest
        else None
    )
    return element(
        "details", element("summary", title), element("ul", *first), more, cls="gb-facet", open=True
    )


def _choice(
    frame: Frame, wish: Wish, parameter: str, code: str, name: str, count: int, chosen: bool
) -> Markup:
    target = frame.to("docs", **wish.parameters(**{parameter: None if chosen else code}))
    current = "true" if chosen else None
    return element("li", element("a", _counted(name, count), href=target, data_go=True, aria_current=current))


def _counted(name: str, count: int) -> Markup:
    """The name and the number of a facet, one link together."""
    return join((element("span", name), " ", element("span", f"{count:,}", cls="gb-count")))


def _value(frame: Frame, parameter: str, value: object, printed: str = "") -> str:
    text = str(value)
    if parameter == "d":
        return frame.body_name(text, printed or text)
    if parameter == "topic":
        return frame.topic_name(text, printed or text)
    if parameter == "source":
        source = _sources(frame).get(text)
        return frame.named(*source) if source else text
    if parameter == "in_force":
        return frame.say("search.in-force")
    return known(frame.language, f"{parameter}.{text}", printed or text)


def _labelled(label: str, control: Markup) -> Markup:
    return element("label", label, " ", control)


def _sources(frame: Frame) -> dict[str, tuple[str, str]]:
    return {row["source_id"]: (row["name_zh"], row["name_en"]) for row in frame.read(pages_overview.sources)}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
