"""The themes of the basket: their names, the choice on its page, and the count that every page shows."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from warehouse.desk.basket import BasketItem, Theme
from warehouse.queries import pages_overview


def theme_names(frame: Frame) -> dict[str, str]:
    """The library's own themes in the reader's language by their ids, '' among them."""
    rows = frame.read(pages_overview.themes, frame.today)
    own = {str(row["theme_id"]): frame.named(row["name_zh"], row["name_en"]) for row in rows}
    return {"": frame.say("basket.no-theme"), **own}


def theme_name(frame: Frame, theme: str) -> str:
    """A theme of the library by its name; any other is called what somebody typed."""
    return theme_names(frame).get(theme, theme)


def theme_choice(frame: Frame, held: list[Theme], here: str) -> Markup:
    """Every theme that holds something and the one that is open, each a link; the library's others folded."""
    counts = {one.name: one for one in held}
    names = theme_names(frame)
    first = list(dict.fromkeys(["", *(one.name for one in held), here]))
    others = [name for name in names if name not in first]

    def links(listed: list[str]) -> Markup:
        made = (_link(frame, names.get(name, name), name, counts.get(name), name == here) for name in listed)
        return element("ul", *made, cls="gb-choices", aria_label=frame.say("basket.themes"))

    if not others:
        return links(first)
    summary = element("summary", frame.say("basket.other-themes", n=len(others)))
    return join((links(first), element("details", summary, links(others), cls="gb-how")))


def tag_choice(frame: Frame, items: list[BasketItem], theme: str, here: str | None) -> Markup | None:
    """The tags of a theme, each a link that shows only its items; None without tags."""
    counts: dict[str, int] = {}
    for item in items:
        for tag in item.tags:
            counts[tag] = counts.get(tag, 0) + 1
    if not counts:
        return None
    every = _choice(frame, frame.say("basket.all-tags", n=len(items)), here is None, theme=_said(theme))
    links = (
        _choice(frame, f"{tag} {count}", tag == here, theme=_said(theme), tag=tag)
        for tag, count in sorted(counts.items())
    )
    return element("ul", every, *links, cls="gb-choices", aria_label=frame.say("basket.tags"))


def page_links(frame: Frame, theme: str, tag: str | None, here: int, last: int) -> Markup | None:
    """The pages of a long theme; None when there is one."""
    if last < 2:
        return None
    links = (
        _choice(frame, str(page), page == here, theme=_said(theme), tag=tag, p=page if page > 1 else None)
        for page in range(1, last + 1)
    )
    return element("ul", *links, cls="gb-choices", aria_label=frame.say("basket.pages"))


def _link(frame: Frame, label: str, name: str, held: Theme | None, here: bool) -> Markup:
    count = f" {held.items}" if held else ""
    looked = frame.say("basket.to-look", n=held.attention) if held and held.attention else None
    return _choice(frame, [label, count, " " if looked else None, looked], here, theme=_said(name))


def _choice(frame: Frame, label: Child, here: bool, **parameters: object) -> Markup:
    href = frame.to("basket", **parameters)
    link = element("a", label, href=href, data_go=True, aria_current="true" if here else None)
    return element("li", link)


def _said(theme: str) -> str:
    """A theme as an address names it; the one without a name is `-`."""
    return theme or NONE


NONE = "-"


def asked_theme(parameters: Mapping[str, str]) -> str | None:
    """The theme that an address means; None when it means none."""
    theme = parameters.get("theme")
    return "" if theme == NONE else theme
