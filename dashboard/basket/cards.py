"""One item of the basket as its page shows it: words, where they stand, what changed, note, tags, mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.basket.keep import may_keep, post_button
from dashboard.basket.themes import NONE
from dashboard.found_places import told_spot
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day
from dashboard.words import known
from warehouse.basket_check import papers_of
from warehouse.desk.basket import BasketItem


def item_list(frame: Frame, items: Sequence[BasketItem], tag: str | None) -> Markup:
    """The items in their order."""
    wanted = tuple(sorted({item.passage.document_id for item in items}))
    present = frame.read(papers_of, wanted)
    return element("ol", *(_item(frame, item, tag, present) for item in items), cls="gb-list gb-basket")


def removed_list(frame: Frame, items: Sequence[BasketItem]) -> Markup | None:
    """What was taken out lately, to be put back; None when nothing was."""
    if not items:
        return None
    lines = (
        element(
            "li",
            element("span", _cut(item.passage.text) or frame.say("basket.no-words-left"), cls="gb-quote"),
            " ",
            post_button(
                frame, "restore", frame.say("basket.restore"), item=item.item_id,
                said=frame.say("basket.restore-item", item=item.item_id),
            ) if may_keep(frame) else None,
        )
        for item in items
    )  # fmt: skip
    summary = element("summary", frame.say("basket.removed-lately", n=len(items)))
    return element("details", summary, element("ul", *lines, cls="gb-list"), cls="gb-how")


def place_link(frame: Frame, item: BasketItem, present: Mapping[str, Mapping[str, Any]]) -> Markup:
    """The way to the marked words in the original, in the version that is quoted; with the page of a file."""
    passage = item.passage
    row = present.get(passage.document_id, {})
    former = row.get("version_no", passage.version_no) != passage.version_no
    same = row.get("reading_id") == passage.reading_id
    spots = told_spot(row["places"], passage.paragraph) if same else ()
    told = [frame.say(f"search.place-{name}", **values) for name, values in spots]
    label = frame.say("word.comma").join((frame.say("basket.place", n=passage.paragraph + 1), *told))
    return frame.link(
        label, "doc", "gb-at", id=passage.document_id, para=passage.paragraph + 1,
        at=f"{passage.start}-{passage.end}", v=passage.version_no if former else None,
    )  # fmt: skip


def _item(
    frame: Frame, item: BasketItem, tag: str | None, present: Mapping[str, Mapping[str, Any]]
) -> Markup:
    passage = item.passage
    meta: list[Child] = [
        item.issuer, item.number, day(frame, item.issued_on) if item.issued_on else None,
        frame.say("basket.kept-by", who=frame.person(item.account), at=frame.local(item.created_at)),
    ]  # fmt: skip
    title = frame.link(item.title or frame.say("word.untitled"), "doc", id=passage.document_id)
    words = element("blockquote", passage.text) if passage.text else None
    return element(
        "li",
        _mark(frame, item),
        element("h3", title if passage.text else frame.say("basket.purged-title")),
        element("p", *(element("span", part) for part in meta if part), cls="gb-meta"),
        words,
        element("p", place_link(frame, item, present), cls="gb-place") if words else None,
        _stands(frame, item),
        _attention(frame, item),
        _tags(frame, item),
        element("p", element("strong", frame.say("basket.note")), " ", item.note) if item.note else None,
        _acts(frame, item, tag) if may_keep(frame) else None,
        id=f"e{item.item_id}",
        cls="gb-item",
    )


def _mark(frame: Frame, item: BasketItem) -> Markup:
    """The reference that a draft uses, with a button that copies it."""
    mark = f"[^e{item.item_id}]"
    button = element(
        "button", frame.say("basket.copy"), type="button", cls="gb-act", data_copy=mark,
        data_told=frame.say("basket.copied", mark=mark),
        aria_label=frame.say("basket.copy-mark", mark=mark),
    )  # fmt: skip
    return element("p", element("code", mark), " ", button, cls="gb-mark")


def _stands(frame: Frame, item: BasketItem) -> Markup | None:
    if not item.stands:
        return None
    return element("p", frame.say("basket.stands", words=item.stands), cls="gb-note")


def _attention(frame: Frame, item: BasketItem) -> Markup | None:
    """Why the passage must be looked at, and what can be done about it."""
    if item.state != "attention":
        return None
    buttons: list[Child] = []
    version, _, found = item.said.partition(" ")
    if item.concern == "version":
        key = f"basket.version-{found.partition(' ')[0] or 'unknown'}"
        told = frame.say(key, version=version, n=found.partition(" ")[2])
        if found.startswith("same"):
            buttons.append(_button(frame, item, "renew"))
    elif item.concern == "ended":
        told = frame.say("basket.ended", state=known(frame.language, f"state.{item.said}", item.said))
    else:
        told = frame.say(f"basket.{item.concern}")
    if item.concern != "purged":
        buttons.append(_button(frame, item, "settle"))
    shown = buttons if may_keep(frame) else []
    badge = element("strong", "⚠ ", frame.say("basket.attention"))
    return element("p", badge, " ", told, " ", join(shown, " "), cls="gb-notice", role="note")


def _tags(frame: Frame, item: BasketItem) -> Markup | None:
    if not item.tags:
        return None
    theme = item.theme or NONE
    links = (element("li", frame.link(tag, "basket", theme=theme, tag=tag)) for tag in item.tags)
    return element("ul", *links, cls="gb-chips", aria_label=frame.say("basket.tags"))


def _acts(frame: Frame, item: BasketItem, tag: str | None) -> Markup:
    theme = item.theme or NONE
    edit = frame.link(frame.say("basket.edit"), "basket", "gb-act", theme=theme, tag=tag, edit=item.item_id)
    acts = [edit, *(_button(frame, item, name) for name in ("up", "down", "remove"))]
    return element("p", join(acts, " "), cls="gb-acts")


def _button(frame: Frame, item: BasketItem, act: str) -> Markup:
    said = frame.say(f"basket.{act}-item", item=item.item_id)
    return post_button(frame, act, frame.say(f"basket.{act}"), item=item.item_id, said=said)


def _cut(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
