"""Buttons that keep a passage in the evidence basket, on every page that shows one.

A button carries the place, never the words: the server reads them from the publication (routes.py). app.js
posts what the button and the element around it (`data-keep`) say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.basket.range import Range, asked_range, sentences
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element

ROLE = "analyst"
POST = "/basket/"


def may_keep(frame: Frame) -> bool:
    """Whether the reader may put passages into the basket."""
    return frame.may(ROLE)


def post_button(
    frame: Frame, act: str, label: Child, cls: str = "gb-act", /, **fields: str | int | None
) -> Markup:
    """A button that does one thing to the basket; `fields` are what the server needs to know."""
    named = {f"data_{name}": value for name, value in fields.items()}
    said = named.pop("data_said", None)
    return element(
        "button", label, type="button", cls=cls, data_post=f"{POST}{act}", aria_label=said,
        data_token=frame.token, data_lang=frame.language, **named,
    )  # fmt: skip


def keep_button(
    frame: Frame,
    document_id: str,
    paragraph: int,
    at: Range | None = None,
    *,
    query: str | None = None,
    words: str | None = None,
    version: int | None = None,
) -> Markup | None:
    """Keeps a passage of paragraph `paragraph` (from 0); None for a reader who may not.

    Without `at` it is what `words` are, else what stands around the words of `query`, else all of it.
    """
    if not may_keep(frame):
        return None
    place = f"{at[0]}-{at[1]}" if at else None
    return post_button(
        frame, "add", frame.say("basket.keep"), "gb-keep",
        doc=document_id, para=paragraph + 1, at=place, query=query or None, words=words, version=version,
    )  # fmt: skip


def holder(frame: Frame, document_id: str, version: int | None = None) -> dict[str, str | int | None]:
    """Attributes of the element around a text whose paragraphs have buttons: what they have in common."""
    if not may_keep(frame):
        return {}
    return {
        "data_keep": document_id, "data_doc": document_id, "data_version": version,
        "data_token": frame.token, "data_lang": frame.language,
    }  # fmt: skip


def paragraph_button(frame: Frame, number: int) -> Markup | None:
    """Keeps a whole paragraph (`number` as people count) of the text around it."""
    if not may_keep(frame):
        return None
    return element(
        "button", "＋", type="button", cls="gb-keep-line", data_post=f"{POST}add", data_para=number,
        aria_label=frame.say("basket.keep-paragraph", n=number), title=frame.say("basket.keep"),
    )  # fmt: skip


def keep_panel(
    frame: Frame, row: Mapping[str, Any], body: tuple[str, ...], number: int | None
) -> Markup | None:
    """Above a text: how to keep parts of it, the marked words and the sentences of the asked paragraph."""
    if not may_keep(frame):
        return None
    version = int(row["version_no"])
    document_id = str(row["document_id"])
    parts: list[Child] = [element("p", frame.say("basket.how"), cls="gb-note")]
    if number is not None and number <= len(body):
        line = body[number - 1]
        at = asked_range(frame.parameters.get("at", ""))
        if at and at[1] <= len(line):
            marked = keep_button(frame, document_id, number - 1, at, version=version)
            parts.append(element("p", frame.say("basket.marked", n=number), " ", marked))
        parts.append(_by_sentence(frame, document_id, version, number, line))
    return element("div", *parts, cls="gb-keep-panel")


def keep_bar(frame: Frame, document_id: str, version: int | None = None) -> Markup | None:
    """Waits hidden below a text until words of one paragraph are selected; app.js shows it with the place."""
    if not may_keep(frame):
        return None
    label = frame.say("basket.keep-selected")
    button = post_button(frame, "add", label, "gb-keep", doc=document_id, version=version)
    return element("div", button, cls="gb-keep-bar", hidden=True, role="region", aria_label=label)


def _by_sentence(frame: Frame, document_id: str, version: int, number: int, line: str) -> Markup | None:
    """Each sentence of the asked paragraph with its own button, for those who choose by keyboard."""
    places = sentences(line)
    if len(places) < 2:
        return None
    items = (
        element(
            "li",
            line[start:end],
            " ",
            keep_button(frame, document_id, number - 1, (start, end), version=version),
        )
        for start, end in places
    )
    summary = element("summary", frame.say("basket.sentences", n=number))
    return element("details", summary, element("ol", *items, cls="gb-list"), cls="gb-how")
