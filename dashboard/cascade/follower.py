"""What the page knows of one follower, and by what it is told: a sentence, a subject, shared clauses."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.words import known
from warehouse.queries import cascades

MOST_COMPARED = 8  # followers told by their clauses alone whose clauses are quoted
_QUOTED = 2
_NEARLY = 0.5  # likeness of clauses that are evidence, as classify/networks/overlap.py asks
_SUBJECT = 5  # characters that two titles share


def pair_id(upper: str) -> str:
    """Under what name a follower's judgement is kept beside those of its mined facts."""
    return f"follows:{upper}"


def relation_badge(frame: Frame, relation: str) -> Markup:
    """The relation in words."""
    word = known(frame.language, f"citation.{relation}", "") or frame.say(f"cascade.{relation}")
    return element("span", word, cls="gb-badge")


def state_badge(frame: Frame, row: Mapping[str, Any], verdict: str | None) -> Markup | None:
    """Confirmed or rejected by a person, else a candidate where no citation says it; None for a citation."""
    state = verdict or ("candidate" if row["relation"] in cascades.CANDIDATES else None)
    return element("span", frame.say(f"facts.{state}"), cls=f"gb-badge gb-badge-{state}") if state else None


def evidence(frame: Frame, root: Mapping[str, Any], row: Mapping[str, Any], quoted: bool) -> Markup:
    """The sentence that cites, else the words both titles share, else clauses that both texts hold."""
    told = row["evidence"]
    if told is not None:
        number = told["paragraph"] + 1
        place = frame.link(
            frame.say("doc.paragraph", n=number),
            "doc",
            "gb-at",
            id=row["document_id"],
            para=number,
            fact=told["fact_id"],
        )
        return element("span", "“", told["sentence"], "” ", place, cls="gb-quote")
    if row["relation"] == "title":
        shared = shared_subject(root["title"], row["title"])
        return element("span", frame.say("cascade.same-subject", words=shared), cls="gb-quote")
    if row["relation"] == "clauses" and quoted:
        return _clauses(frame, row)
    return element("span", frame.say("cascade.through"), cls="gb-quiet")


def shared_subject(one: str | None, other: str | None) -> str:
    """The longest run of characters that two titles share; empty when it is short."""
    first, second = one or "", other or ""
    found = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return first[found.a : found.a + found.size] if found.size >= _SUBJECT else ""


def _clauses(frame: Frame, row: Mapping[str, Any]) -> Markup:
    parent, child = str(row["parent_document_id"]), str(row["document_id"])
    if not may_show(frame, parent, child):
        return element("span", frame.say("cascade.not-shown"), cls="gb-quiet")
    found = frame.read(cascades.side_by_side, parent, child, _NEARLY)
    longest = sorted(found.pairs, key=lambda one: (-one.likeness, -len(one.lower.text)))[:_QUOTED]
    quotes = (
        element(
            "span",
            "“",
            one.lower.text,
            "” ",
            frame.link(
                frame.say("doc.paragraph", n=one.lower.paragraph + 1),
                "doc",
                "gb-at",
                id=child,
                para=one.lower.paragraph + 1,
            ),
            cls="gb-quote",
        )
        for one in longest
    )
    return join((frame.say("cascade.shared-clauses", n=len(found.pairs)), " ", join(quotes, " ")))


def may_show(frame: Frame, *ids: str) -> bool:
    """Whether the terms of all these documents' sources allow their text to be shown whole."""
    held = frame.read(cascades.clause_places, ids)
    return all(one in held and held[one]["reuse"] == "full" for one in ids)
