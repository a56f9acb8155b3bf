"""The search box with its days, validity and order, what is wrong with a query, and help with examples."""

from __future__ import annotations

from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.search_wish import ORDERS, Wish
from dashboard.words import known
from warehouse.errors import UserError
from warehouse.search.problems import SearchProblem

_SHOWN_HERE = frozenset({"since", "until", "in_force", "on", "versions"})  # the others travel along unseen
_AROUND = 30  # characters shown on each side of the place that cannot be read
_EXAMPLES = ("words", "phrase", "number", "either", "without", "field", "years", "force", "prefix")


def search_form(frame: Frame, wish: Wish, problem: UserError | None = None) -> Markup:
    """The box with what is wrong below it, then days, validity, versions and order."""
    return element(
        "form",
        element("label", frame.say("search.box"), for_="gb-s", cls="gb-hidden"),
        element(
            "div",
            _box(frame, wish, problem is not None),
            element("button", frame.say("search.go"), type="submit"),
            cls="gb-box",
        ),
        wrong_query(frame, wish.query, problem) if problem else None,
        element("p", frame.say("search.help"), id="gb-help", cls="gb-note"),
        _narrow(frame, wish),
        *_kept(frame, wish),
        action=frame.to("docs").split("?")[0],
        data_go=True,
        role="search",
        cls="gb-form",
    )


def help_panel(frame: Frame) -> Markup:
    """What can be typed into the box, each with an example that is a link."""
    lines = []
    for name in _EXAMPLES:
        example = frame.say(f"search.example-{name}")
        told = element("dt", frame.link(example, "docs", s=example))
        lines += [told, element("dd", frame.say(f"search.explain-{name}"))]
    return element(
        "details",
        element("summary", frame.say("search.how")),
        element("dl", *lines),
        element("p", frame.say("search.keys"), cls="gb-note"),
        cls="gb-how",
    )


def wrong_query(frame: Frame, query: str, problem: UserError) -> Markup:
    """What cannot be carried out, in the reader's language, and the place in the query marked."""
    told = frame.say("search.wrong", problem=problem_in_words(frame, problem))
    place = problem.values.get("place") if isinstance(problem, SearchProblem) else None
    return element(
        "div",
        element("p", told, cls="gb-notice", role="alert", id="gb-wrong"),
        _marked(query, place) if isinstance(place, int) and query else None,
    )


def problem_in_words(frame: Frame, problem: UserError) -> str:
    """The reason in the reader's language, as the program says it where the catalogue has no words for it."""
    if not isinstance(problem, SearchProblem):
        return str(problem)
    sentence = known(frame.language, f"wrong.{problem.kind}", "")
    try:
        return sentence.format(**problem.values) or str(problem)
    except (KeyError, IndexError):
        return str(problem)


def _marked(query: str, place: int) -> Markup:
    at = min(max(place - 1, 0), len(query))
    before, here, after = query[max(0, at - _AROUND) : at], query[at : at + 1], query[at + 1 :][:_AROUND]
    parts = (
        "…" if at > _AROUND else "",
        before,
        element("mark", here or "\u00a0"),
        after,
        "…" if len(query) > at + 1 + _AROUND else "",
    )
    return element("p", element("code", *parts), cls="gb-wrong")


def _box(frame: Frame, wish: Wish, wrong: bool) -> Markup:
    return element(
        "input",
        type="search",
        name="s",
        id="gb-s",
        value=wish.query,
        maxlength="1000",
        autocomplete="off",
        placeholder=frame.say("search.placeholder"),
        aria_describedby="gb-wrong gb-help" if wrong else "gb-help",
        aria_invalid="true" if wrong else None,
    )


def _narrow(frame: Frame, wish: Wish) -> Markup:
    orders = (
        element(
            "option",
            frame.say(f"search.order-{name}"),
            value="" if name == "relevance" else name,
            selected=name == wish.order,
        )
        for name in ORDERS
    )
    days = (("since", wish.since), ("until", wish.until), ("on", wish.in_force_on))
    return element(
        "div",
        *(
            element(
                "label",
                frame.say(f"search.{name}"),
                " ",
                element("input", type="date", name=name, value=day.isoformat() if day else None),
            )
            for name, day in days
        ),
        element("label", frame.say("search.order"), " ", element("select", *orders, name="order")),
        _switch(frame, "in_force", "search.in-force", bool(wish.in_force)),
        _switch(frame, "versions", "search.versions", bool(wish.versions)),
        cls="gb-narrow",
    )


def _switch(frame: Frame, name: str, key: str, on: bool) -> Markup:
    box = element("input", type="checkbox", name=name, value="1", checked=on)
    return element("label", join((box, " ", frame.say(key))))


def _kept(frame: Frame, wish: Wish) -> list[Markup]:
    language = frame.language if frame.language != frame.home.settings.place.language else None
    hidden = {**wish.filters, "lang": language}
    return [
        element("input", type="hidden", name=name, value=str(value))
        for name, value in hidden.items()
        if value is not None and name not in _SHOWN_HERE
    ]
