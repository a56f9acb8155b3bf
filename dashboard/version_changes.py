"""What each version of a document changed of the one before: fields, and paragraphs side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import section
from dashboard.words import known
from warehouse.queries import pages_document

_MARKED = 800  # characters up to which two paragraphs are compared sign by sign; longer ones stand whole
# A number in either writing or a word changes as a whole; everything else sign by sign.
_UNITS = re.compile(r"[0-9][0-9.,:]*|[〇零一二两三四五六七八九十百千万亿]+|[A-Za-z]+|.", re.S)
_OPEN = 1  # the latest so many versions are unfolded


def version_changes(frame: Frame, row: Mapping[str, Any]) -> None:
    """A section with the changes of every version, latest first; nothing where nothing ever changed."""
    changes = frame.read(pages_document.version_changes, str(row["document_id"]))
    if not changes:
        return
    shown = [_version(frame, row, one, number < _OPEN) for number, one in enumerate(changes)]
    show(section(frame.say("changes.title"), *shown, note=frame.say("changes.note"), anchor="changes"))


def _version(frame: Frame, row: Mapping[str, Any], change: Mapping[str, Any], unfolded: bool) -> Markup:
    told = frame.say(
        "changes.version",
        n=change["version_no"],
        day=frame.local(change["observed_at"]),
        paragraphs=len(change["paragraphs"]) + change["omitted"],
        fields=len(change["fields"]),
    )
    parts: list[Child] = [_field(frame, one) for one in change["fields"]]
    parts += [_paragraph(frame, row, one) for one in change["paragraphs"]]
    more = change["omitted"]
    rest = element("p", frame.say("changes.omitted", n=more), cls="gb-quiet") if more else None
    if not parts:
        rest = element("p", frame.say("changes.nothing"), cls="gb-quiet")
    return element(
        "details",
        element("summary", told),
        element("ul", *parts, cls="gb-changes"),
        rest,
        open="open" if unfolded else None,
    )


def _field(frame: Frame, one: Mapping[str, Any]) -> Markup:
    none = frame.say("changes.none")
    name = known(frame.language, f"field.{one['field']}", one["field"])
    was, now = element("del", one["old"] or none), element("ins", one["new"] or none)
    return element("li", element("strong", name), " ", was, " → ", now)


def _paragraph(frame: Frame, row: Mapping[str, Any], one: Mapping[str, Any]) -> Markup:
    head = element("span", frame.say(f"changes.{one['kind']}"), cls="gb-badge")
    if one["new_at"] is None:
        place: Child = element("span", frame.say("changes.was-at", n=one["old_at"] + 1), cls="gb-quiet")
    else:
        number = one["new_at"] + 1
        at = frame.say("doc.paragraph", n=number)
        place = frame.link(at, "doc", "gb-at", id=row["document_id"], para=number)
    told = join((head, " ", place, " "))
    if row["reuse"] != "full":
        return element("li", told)
    return element("li", told, element("div", _compared(one["old"], one["new"]), cls="gb-compared"))


def _compared(old: str | None, new: str | None) -> Markup:
    if old is None or new is None:
        return element("del", old) if old is not None else element("ins", new)
    if max(len(old), len(new)) > _MARKED:
        return join((element("del", old), element("br"), element("ins", new)))
    was, now = _UNITS.findall(old), _UNITS.findall(new)
    parts: list[Child] = []
    for kind, i, i_end, j, j_end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append("".join(was[i:i_end]))
            continue
        if i < i_end:
            parts.append(element("del", "".join(was[i:i_end])))
        if j < j_end:
            parts.append(element("ins", "".join(now[j:j_end])))
    return join(parts)
