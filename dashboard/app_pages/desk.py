"""起草: drafts by state, beginning one from a template, and the templates there are."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.addresses import PATHS
from dashboard.drafting.templates import Template, templates
from dashboard.frame import Frame, close, need, open_frame, refuse, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import notice, quiet, section, table
from warehouse.desk.drafts.drafts import LONGEST_TITLE
from warehouse.desk.drafts.model import STATES, Draft
from warehouse.errors import UserError
from warehouse.queries.subjects import subject_names


def page() -> None:
    """Draw the page; nobody below an analyst sees anything of drafts."""
    frame = open_frame("desk")
    show(element("h1", frame.say("desk.title")))
    need(frame, "analyst")
    state = frame.parameters.get("state", "")
    if state and state not in STATES:
        refuse(frame, "desk.unknown-state", state)
    themes = _themes(frame)
    known, wrong = _templates(frame)
    show(
        element("p", frame.say("desk.lead"), cls="gb-coverage"),
        element("nav", *_beside(frame), cls="gb-chips"),
        notice(frame.say("desk.template-wrong", why=wrong)) if wrong else None,
        _asked(frame),
        section(frame.say("desk.drafts"), *_drafts(frame, state, themes, known)),
        section(frame.say("desk.new"), _form(frame, themes, known), note=frame.say("desk.new-note")),
        section(frame.say("desk.templates"), _table(frame, known)),
    )
    close(frame)


def _asked(frame: Frame) -> Markup | None:
    """The draft that an address names (`draft=12`), as a link into the editor."""
    number = frame.parameters.get("draft")
    if number is None:
        return None
    try:
        one = frame.desk.drafts.get(int(number))
    except (ValueError, UserError):
        refuse(frame, "desk.unknown-draft", number)
    return notice(element("a", one.title, href=_editor(frame, one.draft_id)))


def _beside(frame: Frame) -> list[Markup]:
    """The pages on which a draft begins and ends."""
    return [frame.link(frame.say(f"desk.to-{name}"), name) for name in ("basket", "reports") if name in PATHS]


def _themes(frame: Frame) -> dict[str, str]:
    found = frame.read(subject_names)
    return {one.key: frame.named(one.name_zh, one.name_en) for one in found if one.kind == "theme"}


def _templates(frame: Frame) -> tuple[dict[str, Template], str]:
    """The templates, and why those of the home cannot be read; ours are there in any case."""
    try:
        return templates(frame.home), ""
    except UserError as error:
        return templates(None), str(error)


def _drafts(
    frame: Frame, state: str, themes: Mapping[str, str], known: Mapping[str, Template]
) -> list[Child]:
    every = frame.desk.drafts.listed()
    if not every:
        return [quiet(frame.say("desk.no-drafts"))]
    shown = [one for one in every if one.state == state] if state else every
    choices = [
        element(
            "a",
            f"{frame.say(f'desk.state-{one}') if one else frame.say('desk.all')} "
            f"{sum(not one or draft.state == one for draft in every)}",
            href=frame.to("desk", state=one),
            data_go=True,
            aria_current="page" if one == state else None,
        )
        for one in ("", *STATES)
    ]
    if not shown:
        return [_choices(choices), quiet(frame.say("desk.no-drafts-in"))]
    heads = frame.say("desk.heads").split("|")
    rows = [_row(frame, one, themes, known) for one in shown]
    return [_choices(choices), table(heads, rows, frame.say("desk.count", n=len(shown)))]


def _choices(links: list[Markup]) -> Markup:
    return element("nav", *links, cls="gb-choices")


def _row(
    frame: Frame, one: Draft, themes: Mapping[str, str], known: Mapping[str, Template]
) -> tuple[Child, ...]:
    template = known.get(one.template)
    return (
        element("a", one.title, href=_editor(frame, one.draft_id)),
        template.called(frame.language) if template else one.template,
        themes.get(one.theme, one.theme),
        frame.say(f"desk.state-{one.state}"),
        frame.person(one.account),
        frame.local(one.changed_at),
    )


def _editor(frame: Frame, draft_id: int) -> str:
    spoken = f"?lang={frame.language}" if frame.language != frame.home.settings.place.language else ""
    return f"/desk/drafts/{draft_id}{spoken}"


def _form(frame: Frame, themes: Mapping[str, str], known: Mapping[str, Template]) -> Markup:
    """A plain form: what it begins opens in the editor."""
    chosen = {name: frame.parameters.get(name, "") for name in ("template", "theme")}
    for name, among in (("template", known), ("theme", themes)):
        if chosen[name] and chosen[name] not in among:
            refuse(frame, f"desk.unknown-{name}", chosen[name])
    kinds = {name: one.called(frame.language) for name, one in known.items()}
    spoken = f"?lang={frame.language}" if frame.language != frame.home.settings.place.language else ""
    return element(
        "form",
        element("input", type="hidden", name="token", value=frame.token),
        element("input", type="hidden", name="lang", value=frame.language) if spoken else None,
        element(
            "div",
            _select(frame, "template", kinds, chosen["template"] or "weekly"),
            _select(frame, "theme", themes, chosen["theme"]),
            _day(frame, "since"),
            _day(frame, "until"),
            cls="gb-narrow",
        ),
        element("p", frame.say("desk.period-note"), cls="gb-note"),
        element(
            "div",
            element(
                "label", frame.say("desk.own-title"),
                element(
                    "input", type="text", name="title", maxlength=str(LONGEST_TITLE),
                    value=frame.parameters.get("title", "")[:LONGEST_TITLE],
                ),
            ),
            _searches(frame),
            cls="gb-narrow",
        ),
        element("button", frame.say("desk.begin"), type="submit"),
        action=f"/desk/drafts/new{spoken}",
        method="post",
        cls="gb-form",
    )  # fmt: skip


def _searches(frame: Frame) -> Markup:
    saved = frame.desk.searches.listed(frame.user.name)
    if not saved:
        return element("span", frame.say("desk.no-searches"), cls="gb-note")
    told = frame.say("word.and").join(f"{one.search_id} {one.name}" for one in saved[:20])
    field = element("input", type="text", name="searches", inputmode="numeric", maxlength="80")
    note = element("span", frame.say("desk.searches-note", told=told), cls="gb-note")
    return element("label", frame.say("desk.searches"), field, note)


def _select(frame: Frame, name: str, choices: Mapping[str, str], chosen: str) -> Markup:
    options = (
        element("option", label, value=value, selected=value == chosen) for value, label in choices.items()
    )
    return element("label", frame.say(f"desk.{name}"), element("select", *options, name=name))


def _day(frame: Frame, name: str) -> Markup:
    field = element("input", type="date", name=name, max="2100-12-31")
    return element("label", frame.say(f"desk.{name}"), field)


def _table(frame: Frame, known: Mapping[str, Template]) -> Markup:
    rows = [
        (
            one.called(frame.language) + (f" ({frame.say('desk.template-own')})" if one.own else ""),
            one.series,
            frame.say("desk.template-length", least=f"{one.least:,}", most=f"{one.most:,}")
            if one.most
            else "",
            " → ".join(part.heading for part in one.sections),
        )
        for one in known.values()
    ]
    return table(frame.say("desk.template-heads").split("|"), rows, frame.say("desk.templates"))


page()
