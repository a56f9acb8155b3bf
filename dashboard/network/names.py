"""Short names of documents, for a picture where whole titles would cover one another."""

from __future__ import annotations

from warehouse.queries.ego import Node
from warehouse.queries.policy_line import subject_of

CHINESE, LATIN = 10, 22  # characters that fit beside a node


def short_name(
    title: str,
    doc_number: str | None = None,
    place: str | None = None,
    chinese: int = CHINESE,
    latin: int = LATIN,
) -> str:
    """Whose it is and what its title is about, cut to the room there is; without a title the number."""
    subject = subject_of(title).lstrip("“”\"'（( ") or title or doc_number or "—"
    subject = subject.removeprefix("中华人民共和国") or subject
    room = latin if subject.isascii() else chinese
    if place and not subject.isascii() and not subject.startswith(place[:2]):
        subject = f"{place[:2]}·{subject}"
    return subject if len(subject) <= room else subject[: room - 1].rstrip(" ·，、“”") + "…"


def name_in(one: Node, chinese: int = CHINESE, latin: int = LATIN) -> str:
    """The short name of a picture's document; a place is told below the nation."""
    place = one.region if one.level != "national" else None
    return short_name(one.title, one.doc_number, place, chinese, latin)
