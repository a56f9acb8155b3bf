"""The facets of an answer as links that narrow, and the filters that are set as chips that widen again."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.search_wish import Wish, sources_of
from dashboard.words import known
from warehouse.records import SearchAnswer

# Facet of the answer -> its parameter in the address, in the order of the page.
_FACETS = {
    "department": "d",
    "topic": "topic",
    "topic2": "topic",
    "level": "level",
    "region": "region",
    "doc_type": "doc_type",
    "language": "spoken",
    "year": "year",
    "validity": "validity",
    "has_attachment": "att",
    "source": "source",
}
_SWITCH = {"true": "1", "yes": "1", "1": "1", "false": "0", "no": "0", "0": "0"}
_SHOWN, _MOST = 6, 40


def facet_panel(frame: Frame, wish: Wish, answer: SearchAnswer) -> Markup:
    """Counts over all hits; a click narrows, a click on what is set widens again."""
    shown = (name for name in _FACETS if answer.facets.get(name))
    return join([_facet(frame, wish, name, answer) for name in shown if _tells(name, wish, answer)])


def _tells(name: str, wish: Wish, answer: SearchAnswer) -> bool:
    """Whether a facet narrows: that of languages only where there are several, or one was chosen."""
    return name != "language" or len(answer.facets[name]) > 1 or wish.language is not None


def wish_in_words(frame: Frame, wish: Wish) -> Markup | None:
    """The filters that are set, each with a link that takes it off."""
    if not wish.filters:
        return None
    chips = (
        element(
            "li",
            frame.link(
                join(
                    (
                        f"{filter_in_words(frame, name, value)} ",
                        element("span", "×", aria_hidden="true"),
                        element("span", frame.say("search.take-off"), cls="gb-hidden"),
                    )
                ),
                "docs",
                **wish.parameters(**{name: None}),
            ),
        )
        for name, value in wish.filters.items()
    )
    clear = (
        element("li", frame.link(frame.say("search.take-all-off"), "docs", s=wish.query))
        if len(wish.filters) > 1
        else None
    )
    return element("ul", *chips, clear, cls="gb-chips", aria_label=frame.say("search.filters"))


def filter_in_words(frame: Frame, parameter: str, value: object) -> str:
    """One filter as people read it: 部门: 云河省民政厅."""
    told = _value(frame, parameter, str(value))
    name = _title(frame, parameter)
    return told if told == name else f"{name}: {told}"


def _facet(frame: Frame, wish: Wish, name: str, answer: SearchAnswer) -> Markup:
    parameter = _FACETS[name]
    chosen = str(wish.filters.get(parameter, ""))
    lines = []
    for code, printed, count in answer.facets[name][:_MOST]:
        value = _SWITCH.get(code.lower(), code) if parameter == "att" else code
        told = _value(frame, parameter, value, printed)
        lines.append(_choice(frame, wish, parameter, value, told, count, value == chosen))
    note = _lineage(frame, answer.lineage.get(chosen, ())) if name == "department" else None
    return _block(frame, _title(frame, name), lines, note)


def _title(frame: Frame, name: str) -> str:
    return frame.say("spoken.facet" if name in ("language", "spoken") else f"facet.{name}")


def _lineage(frame: Frame, others: tuple[str, ...]) -> Markup | None:
    """Which bodies are counted along with the chosen one: what it was made of and what took its place."""
    if not others:
        return None
    told = frame.say("search.lineage", names=frame.say("word.and").join(others))
    return element("p", told, cls="gb-note")


def _block(frame: Frame, title: str, lines: Iterable[Markup], note: Markup | None) -> Markup:
    """The values with most hits; the others behind a click, so that the answer stays beside its facets."""
    told = list(lines)
    first, rest = told[:_SHOWN], told[_SHOWN:]
    more = (
        element("details", element("summary", frame.say("search.more", n=len(rest))), element("ul", *rest))
        if rest
        else None
    )
    return element(
        "details", element("summary", title), note, element("ul", *first), more, cls="gb-facet", open=True
    )


def _choice(
    frame: Frame, wish: Wish, parameter: str, code: str, name: str, count: int, chosen: bool
) -> Markup:
    target = frame.to("docs", **wish.parameters(**{parameter: None if chosen else code}))
    told = join((element("span", name), " ", element("span", f"{count:,}", cls="gb-count")))
    current = "true" if chosen else None
    return element("li", element("a", told, href=target, data_go=True, aria_current=current))


def _value(frame: Frame, parameter: str, value: str, printed: str = "") -> str:
    if parameter == "d":
        return frame.body_name(value, printed or value)
    if parameter == "topic":
        return frame.topic_name(value, printed or value)
    if parameter == "source":
        source = sources_of(frame).get(value)
        return frame.named(*source) if source else value
    if parameter == "validity":
        return known(frame.language, f"state.{value}", printed or value)
    if parameter in ("in_force", "versions"):
        return frame.say("search.in-force" if parameter == "in_force" else "search.versions")
    if parameter == "att":
        return frame.say("search.with-files" if value == "1" else "search.without-files")
    if parameter == "region":
        return frame.region_name(value)
    return known(frame.language, f"{parameter}.{value}", printed or value)
