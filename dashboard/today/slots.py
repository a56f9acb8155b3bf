"""Sentences made of facts: templates of the catalogue whose every slot is a link to where it is said."""

from __future__ import annotations

import re

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, join
from dashboard.words import catalogue

_SLOT = re.compile(r"\{(\w+)\}")


def filled(frame: Frame, key: str, **slots: Child) -> Markup | None:
    """The sentence under `key` with markup in its slots; None when a slot has nothing to say."""
    sentence = catalogue(frame.language)[key]
    if any(slots.get(name) is None for name in _SLOT.findall(sentence)):
        return None
    parts = _SLOT.split(sentence)  # words and names of slots in turn
    return join(slots[part] if at % 2 else part for at, part in enumerate(parts))
