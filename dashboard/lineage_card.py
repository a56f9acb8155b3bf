"""The section of a body's page that says what it was made of and what became of it, with day and act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import section
from dashboard.words import known
from warehouse.queries import lineage


def lineage_section(frame: Frame, code: str) -> Markup | None:
    """The steps of reforms the body took part in; those that moved only functions behind a click."""
    rows = frame.read(lineage.steps_of, code)
    if not rows:
        return None
    whole = [row for row in rows if row["kind"] != "functions"]
    moved = [row for row in rows if row["kind"] == "functions"]
    behind = (
        element(
            "details", element("summary", frame.say("lineage.moved", n=len(moved))), _list(frame, code, moved)
        )
        if moved
        else None
    )
    return section(frame.say("lineage.title"), _list(frame, code, whole) if whole else None, behind)


def _list(frame: Frame, code: str, rows: Sequence[dict[str, Any]]) -> Markup:
    return element("ul", *(element("li", *_step(frame, code, row)) for row in rows), cls="gb-citations")


def _step(frame: Frame, code: str, row: dict[str, Any]) -> tuple[Child, ...]:
    """Day, kind and both bodies, the other one as a link; the act that decided it stands behind."""
    kind = known(frame.language, f"lineage.{row['kind']}", row["kind"])
    said = f"{row['what']} · {row['act']}" if row["what"] else row["act"]
    return (
        f"{row['on_day']} ",
        element("span", kind, cls="gb-badge"),
        " ",
        _body(frame, code, row["before_code"], row["before_zh"], row["before_en"]),
        " → ",
        _body(frame, code, row["after_code"], row["after_zh"], row["after_en"]),
        " ",
        element("span", said, cls="gb-quiet"),
    )


def _body(frame: Frame, here: str, code: str, chinese: str, english: str) -> Child:
    name = frame.named(chinese, english)
    return name if code == here else frame.link(name, "departments", d=code)
