"""What a label rests on, as a person understands it, in either language; pages and `--explain` share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.words import known, say

LEAST = 0.005  # other signs that gave less are not worth a line


def where(language: str, sign: Mapping[str, Any]) -> str:
    """Where a sign stands and what it is: title, a seed word of the class."""
    place = str(sign.get("where"))
    if place == "number" and sign.get("weight") is not None:
        return say(language, "where.prefix")
    paragraph = sign.get("paragraph")
    told = (
        known(language, f"where.{place}", place)
        if paragraph is None
        else say(language, "doc.paragraph", n=paragraph + 1)
    )
    return say(language, "where.seed-word", place=told) if sign.get("kind") == "seed" else told


def text(language: str, sign: Mapping[str, Any]) -> str:
    """The words of a sign in quotation marks, of a model that says no words its name alone."""
    return say(language, "where.quoted", text=str(sign.get("text") or ""))


def share(language: str, sign: Mapping[str, Any]) -> str | None:
    """A sign's share of all that spoke for the class; None where nobody weighed it."""
    weight = sign.get("weight")
    return say(language, "doc.weight", share=f"{weight:.0%}") if weight else None


def others(language: str, signs: Sequence[Mapping[str, Any]]) -> str | None:
    """How much all signs that are not shown gave together; None where none is weighed or little is left."""
    weights = [float(sign["weight"]) for sign in signs if sign.get("weight") is not None]
    rest = 1.0 - sum(weights)
    return say(language, "doc.other-signs", share=f"{rest:.0%}") if weights and rest >= LEAST else None
