"""素材篮: the passages kept for a theme, with their places, notes, tags and what changed since."""

from __future__ import annotations

from dashboard.basket.cards import item_list, removed_list
from dashboard.basket.edit import edit_form, new_theme_form
from dashboard.basket.keep import may_keep
from dashboard.basket.themes import asked_theme, page_links, tag_choice, theme_choice, theme_name, theme_names
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import element
from dashboard.pieces import basis_of, quiet
from warehouse.desk.basket import BasketItem, Theme

AT_ONCE = 50


def page() -> None:
    """Draw the page."""
    frame = open_frame("basket")
    show(element("h1", frame.say("nav.basket")), element("p", frame.say("basket.lead"), cls="gb-coverage"))
    if not may_keep(frame):
        show(quiet(frame.say("basket.only-analysts")))
        close(frame)
        return
    basket = frame.desk.basket
    held = basket.themes()
    theme = _theme(frame, held)
    items = basket.items(theme)
    tag = frame.parameters.get("tag")
    if tag is not None and not any(tag in item.tags for item in items):
        refuse(frame, "basket.unknown-tag", tag)
    edited = _edited(frame, items)
    show(theme_choice(frame, held, theme), tag_choice(frame, items, theme, tag))
    if edited:
        edit_form(frame, edited)
    wanted = [item for item in items if tag is None or tag in item.tags]
    at = _page(frame, len(wanted))
    shown = wanted[(at - 1) * AT_ONCE : at * AT_ONCE]
    name = theme_name(frame, theme)
    if items:
        show(
            element("h2", frame.say("basket.count", n=len(items), theme=name)),
            item_list(frame, shown, tag),
            page_links(frame, theme, tag, at, -(-len(wanted) // AT_ONCE)),
            basis_of(frame, [item.passage.document_id for item in shown]),
        )
    else:
        show(quiet(frame.say("basket.empty", theme=name)))
    show(removed_list(frame, basket.removed(theme)))
    new_theme_form(frame)
    close(frame)


def _theme(frame: Frame, held: list[Theme]) -> str:
    """The theme of the address, which is chosen from now on; without one the theme chosen last."""
    basket, who = frame.desk.basket, frame.user.name
    chosen, asked = basket.chosen(who), asked_theme(frame.parameters)
    if asked is None or asked == chosen:
        return chosen
    if asked not in {one.name for one in held} | set(theme_names(frame)):
        refuse(frame, "basket.unknown-theme", asked)
    basket.choose(who, asked)
    return asked


def _page(frame: Frame, count: int) -> int:
    """Which page of the list is asked for, from 1."""
    asked = frame.parameters.get("p", "1")
    if not asked.isdecimal() or not 0 < int(asked) <= max(1, -(-count // AT_ONCE)):
        refuse(frame, "basket.unknown-page", asked)
    return int(asked)


def _edited(frame: Frame, items: list[BasketItem]) -> BasketItem | None:
    asked = frame.parameters.get("edit")
    if asked is None:
        return None
    found = next((item for item in items if str(item.item_id) == asked), None)
    if found is None:
        refuse(frame, "basket.unknown-edit", asked)
    return found


page()
