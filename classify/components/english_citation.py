"""Acts, regulations and plans that an English text names, with the verb that leads to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.sentence import english_bounds
from warehouse.records import CitationKind

_LEAD = re.compile(
    r"\b(under|pursuant to|in accordance with|as required by|made under|amends|amending|repeals|repealing"
    r"|revokes|revoking|replaces|replacing|supersedes|implements|implementing|gives effect to"
    r"|publishes|see|and) "
    r"(?:(?:section|part|regulation|schedule|article|paragraph)s? \w{1,8} of )?(?:the )?(?=[A-Z])",
)
_NAME = re.compile(
    r"[A-Z][\w'’-]{0,40}(?: (?:of|and|for|the|to|in|on|&|[A-Z(][\w'’()-]{0,40})){0,14}? "
    r"(?:Act|Regulations?|Order|Rules|Directive|Code|Ordinance|Strategy|Plan|Policy|Framework|Circular|Notice|Scheme)"
    r"(?: (?:No\.? ?\d{1,5} of )?(?:19|20)\d\d)?\b"
)
_KINDS: dict[str, CitationKind] = {
    "amends": "amends", "amending": "amends", "repeals": "repeals", "repealing": "repeals",
    "revokes": "repeals", "revoking": "repeals", "replaces": "repeals", "replacing": "repeals",
    "supersedes": "repeals",
    "implements": "implements", "implementing": "implements", "gives effect to": "implements",
    "publishes": "prints", "see": "mentions", "and": "mentions",
}  # fmt: skip


def english_citations(text: str) -> Iterator[tuple[int, int, CitationKind, str | None, str | None, str]]:
    """(start, end, kind, title, number, sentence) of each named act or plan behind a leading verb."""
    for lead in _LEAD.finditer(text):
        name = _NAME.match(text, lead.end(), lead.end() + 240)
        if name is None:
            continue
        kind = _KINDS.get(lead.group(1), "basis")
        left, right = english_bounds(text, name.start(), name.end())
        yield name.start(), name.end(), kind, name.group(), None, text[left:right].strip()
