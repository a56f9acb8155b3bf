"""What narrows the duty calendar: views and states with their counts, and the form of filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dashboard.deadlines.ledger import Ledger
from dashboard.deadlines.wish import SPANS, STATES, VIEWS, Wish
from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from warehouse.queries import pages_overview
from warehouse.queries.duty_calendar import regions_held

_COUNTED = ("due", "past", "ended", "all")  # the others would need every duty's evidence
Options = Iterable[tuple[str, str]]


def views(frame: Frame, wish: Wish, ledger: Ledger) -> Markup:
    """Dated duties, limits that return, limits without a day: each with how many there are.

    Whom each of millions of limits binds is asked only in their own view.
    """
    far = wish.bearer is not None
    items = (
        _choice(frame, wish, {"of": name}, frame.say(f"deadlines.view-{name}"), name == wish.of, counted)
        for name in VIEWS
        for counted in [None if far and name != wish.of else ledger.count(replace(wish, of=name, page=1))]
    )
    return element("ul", *items, cls="gb-choices", aria_label=frame.say("deadlines.views"))


def states(frame: Frame, wish: Wish, ledger: Ledger) -> Markup | None:
    """The states that dated duties can be in within the span of days."""
    if wish.of != "dated":
        return None
    items = (
        _choice(
            frame, wish, {"state": name}, frame.say(f"deadlines.state-{name}"), name == wish.state,
            ledger.count(replace(wish, state=name, page=1)) if name in _COUNTED else None,
        )
        for name in STATES
    )  # fmt: skip
    return element("ul", *items, cls="gb-choices", aria_label=frame.say("deadlines.states"))


def filters(frame: Frame, wish: Wish) -> Markup:
    """Bearer, issuer, theme, topic, region and days; a choice takes effect at once, days with the button."""
    bodies = sorted(
        (frame.named(row["name_zh"], row["name_en"]), row["code"])
        for row in frame.read(pages_overview.departments)
        if row["code"] in frame.body_names
    )
    named = [(code, name) for name, code in bodies]
    themes = [
        (row["theme_id"], frame.named(row["name_zh"], row["name_en"]))
        for row in frame.read(pages_overview.themes, frame.today)
    ]
    topics = [(row["code"], frame.topic_name(row["code"])) for row in frame.read(pages_overview.topics)]
    regions = [(region, frame.region_name(region)) for region in frame.read(regions_held)]
    fields = [
        _select(frame, "who", named, wish.bearer, frame.body_name(wish.bearer)),
        _select(frame, "d", named, wish.issuer, frame.body_name(wish.issuer)),
        _select(frame, "theme", themes, wish.theme),
        _select(frame, "topic", topics, wish.topic, frame.topic_name(wish.topic)),
        _select(frame, "region", regions, wish.region),
    ]
    if wish.of == "dated":
        spans = [(str(days), frame.say("deadlines.days", n=days)) for days in SPANS]
        fields += [_select(frame, "days", spans, str(wish.days)), *_dates(frame, wish)]
    clear = frame.link(frame.say("deadlines.clear"), "deadlines", of=_unless(wish.of, "dated"),
                       state=_unless(wish.state, "due"))  # fmt: skip
    return element(
        "form",
        element("div", *fields, cls="gb-narrow"),
        element("button", frame.say("deadlines.apply"), type="submit"),
        " ",
        clear if wish.narrowed else None,
        *_kept(frame, wish),
        action=frame.to("deadlines").split("?")[0],
        data_go=True,
        cls="gb-form",
    )


def _choice(
    frame: Frame, wish: Wish, change: dict[str, str], name: str, chosen: bool, counted: int | None
) -> Markup:
    told = name if counted is None else f"{name} {counted:,}"
    target = frame.to("deadlines", **wish.parameters(**change))
    return element(
        "li",
        element("a", told, href=target, data_go=True, aria_current="true" if chosen else None),
        data_count=counted,
    )


def _select(frame: Frame, name: str, options: Options, chosen: str | None, told: str = "") -> Markup:
    shown = list(options)
    if chosen and chosen not in {value for value, _ in shown}:  # a body that issues nothing may bear a duty
        shown.append((chosen, told or frame.say("deadlines.days", n=chosen)))
    head = [] if name == "days" else [element("option", frame.say("deadlines.any"), value="")]
    made = (element("option", label, value=value, selected=value == chosen) for value, label in shown)
    field = element("select", *head, *made, name=name)
    return element("label", frame.say(f"deadlines.by-{name}"), " ", field)


def _dates(frame: Frame, wish: Wish) -> list[Markup]:
    return [
        element(
            "label",
            frame.say(f"deadlines.by-{name}"),
            " ",
            element("input", type="date", name=name, value=day.isoformat() if day else None),
        )
        for name, day in (("from", wish.first), ("to", wish.last))
    ]


def _kept(frame: Frame, wish: Wish) -> Sequence[Markup]:
    language = frame.language if frame.language != frame.home.settings.place.language else None
    hidden = {"of": _unless(wish.of, "dated"), "state": _unless(wish.state, "due"), "lang": language}
    return [
        element("input", type="hidden", name=name, value=value) for name, value in hidden.items() if value
    ]


def _unless(value: str, usual: str) -> str | None:
    return value if value != usual else None


def pages_nav(frame: Frame, wish: Wish, pages: int) -> Markup | None:
    """The way to the page before and behind; None where there is one page."""
    if pages < 2:
        return None
    links: list[Markup | str] = []
    if wish.page > 1:
        links.append(_to_page(frame, wish, "before", wish.page - 1))
    links.append(frame.say("listing.page", page=wish.page, pages=pages))
    if wish.page < pages:
        links.append(_to_page(frame, wish, "after", wish.page + 1))
    return element("nav", join(links, " · "), aria_label=frame.say("search.pages"), cls="gb-pages")


def _to_page(frame: Frame, wish: Wish, name: str, page: int) -> Markup:
    return frame.link(frame.say(f"listing.{name}"), "deadlines", **wish.parameters(page=page))
