"""The parts of the page with their counts, and the filters of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.completeness.wish import PARTS, RELATIONS, Wish
from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.words import known
from warehouse.number_states import GAP_STATES
from warehouse.queries import pages_completeness as questions
from warehouse.queries import pages_overview

Options = Iterable[tuple[str, str]]


def parts(frame: Frame, wish: Wish, counts: Mapping[str, int]) -> Markup:
    """Gaps, series, wanted, sources: each with how many rows it has in all."""
    items = (
        element(
            "li",
            element(
                "a",
                f"{frame.say(f'complete.{name}')} {counts[name]:,}",
                href=frame.to("completeness", of=name if name != "gaps" else None),
                data_go=True,
                aria_current="true" if name == wish.part else None,
            ),
        )
        for name in PARTS
    )
    return element("ul", *items, cls="gb-choices", aria_label=frame.say("complete.parts"))


def filters(frame: Frame, wish: Wish) -> Markup | None:
    """What narrows the part; none for the sources, which stand there all."""
    fields = {"gaps": _series_fields, "series": _series_fields, "wanted": _wanted_fields}.get(wish.part)
    if fields is None:
        return None
    language = frame.language if frame.language != frame.home.settings.place.language else None
    hidden = {"of": wish.part if wish.part != "gaps" else None, "lang": language}
    clear = frame.link(frame.say("complete.clear"), "completeness", of=hidden["of"])
    return element(
        "form",
        element("div", *fields(frame, wish), cls="gb-narrow"),
        element("button", frame.say("complete.apply"), type="submit"),
        " ",
        clear,
        *(element("input", type="hidden", name=name, value=value) for name, value in hidden.items() if value),
        action=frame.to("completeness").split("?")[0],
        data_go=True,
        cls="gb-form",
    )


def _series_fields(frame: Frame, wish: Wish) -> list[Markup]:
    organs = [
        (
            row["word"],
            f"{row['word']} {frame.named(row['name_zh'], row['name_en'])}" if row["name_zh"] else row["word"],
        )
        for row in frame.read(questions.organs)
    ]
    years = [(str(year), str(year)) for year in frame.read(questions.years)]
    sources = [
        (row["source_id"], frame.named(row["name_zh"], row["name_en"]))
        for row in frame.read(pages_overview.sources)
    ]
    made = [
        _select(frame, "organ", organs, wish.organ),
        _select(frame, "year", years, str(wish.year) if wish.year else None),
        _select(frame, "source", sources, wish.source),
    ]
    if wish.part == "gaps":
        made.append(
            _select(frame, "state", [(one, frame.say(f"gap.{one}")) for one in GAP_STATES], wish.state)
        )
    return made


def _wanted_fields(frame: Frame, wish: Wish) -> list[Markup]:
    issuers = [
        (row["department_code"], frame.body_name(row["department_code"], row["department_name"]))
        for row in frame.read(questions.wanted_issuers)
    ]
    kinds = [(one, known(frame.language, f"citation.{one}", one)) for one in RELATIONS]
    return [_select(frame, "d", issuers, wish.department), _select(frame, "kind", kinds, wish.kind)]


def _select(frame: Frame, name: str, options: Options, chosen: str | None) -> Markup:
    shown = list(options)
    if chosen and chosen not in {value for value, _ in shown}:
        shown.append((chosen, chosen))
    made = (element("option", label, value=value, selected=value == chosen) for value, label in shown)
    field = element("select", element("option", frame.say("complete.any"), value=""), *made, name=name)
    return element("label", frame.say(f"complete.by-{name}"), " ", field)
