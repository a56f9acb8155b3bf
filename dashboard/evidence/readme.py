"""What a pack says of itself to somebody who has never seen one: README and cards, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.words import LANGUAGES, say

_PARTS = ("what", "viewer", "report", "references", "passages", "texts", "originals", "check", "limits")
_CARD = (
    "title",
    "url",
    "fetched_at",
    "media_type",
    "length",
    "sha256",
    "capture_id",
    "warc_file",
    "warc_offset",
)


def readme_text(facts: Mapping[str, Any]) -> str:
    """README.txt: Chinese first, then English, a paragraph a line."""
    return ("\n" + "=" * 60 + "\n\n").join(_readme(language, facts) for language in LANGUAGES)


def card_text(source: Mapping[str, Any]) -> str:
    """The card of a source whose original is not in the pack: why, and where it is."""
    return "\n".join(_card(language, source) for language in LANGUAGES)


def why_in_words(language: str, why: str) -> str:
    """Why an original is not in the pack."""
    return say(language, f"pack.why-{why}")


def _readme(language: str, facts: Mapping[str, Any]) -> str:
    head = [say(language, "pack.title"), _line(facts), say(language, "pack.signed", at=facts["signed_local"])]
    if facts["state"] != "signed":
        head.append(say(language, f"pack.issue-{facts['state']}"))
    return "\n".join([*head, "", *(say(language, f"pack.readme-{part}") for part in _PARTS), ""])


def _line(facts: Mapping[str, Any]) -> str:
    return " ".join(str(facts[name]) for name in ("series", "number", "title") if facts[name])


def _card(language: str, source: Mapping[str, Any]) -> str:
    original = source["original"]
    values = {
        **original["card"],
        "title": source["title"],
        "url": original["card"].get("url") or source["url"],
    }
    told = [f"{say(language, f'pack.card-{name}')}: {values[name]}" for name in _CARD if values.get(name)]
    head = say(language, "pack.card", n=source["source"])
    return "\n".join([head, why_in_words(language, original["why"]), *told, ""])
