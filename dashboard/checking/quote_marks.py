"""Quotation marks of every form brought to a few: what opens and closes a quotation, and what is none.

Single marks are also apostrophes (don't, the boys' school, '90s), so they count only where they stand as a
pair: the first with nothing of a word before it, the second with a word or a stop before it and none behind.
"""

from __future__ import annotations

import re

# One sign for one sign, so that every offset stays what it was.
_EVEN = str.maketrans({
    "❝": "“", "❞": "”", "〝": "“", "〞": "”", "〟": "”", "‟": "“", "﹁": "「", "﹂": "」", "﹃": "『",
    "﹄": "』", "｢": "「", "｣": "」", "‹": "«", "›": "»", "＂": '"', "❛": "‘", "❜": "’", "‛": "‘", "＇": "'",
    "`": "'", "´": "'",
})  # fmt: skip
_GERMAN = re.compile(r"„([^„“”]*)[“”]")  # „ … “: the sign that opens in English closes here
_GERMAN_SINGLE = re.compile(r"‚([^‚‘’]*)[‘’]")
_REVERSED = re.compile(r"»([^«»]*)«")  # » … « of German books
_OPENS = {"‘": "’", "'": "'"}
_WORD = re.compile(r"[^\W_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_YEARS = re.compile(r"\d\ds?\b")  # '90s


def evened(text: str) -> str:
    """The text, sign by sign, its quotations in “ ”, 「 」, 『 』, « » or straight "; apostrophes stay."""
    text = text.translate(_EVEN)
    text = _GERMAN.sub(r"“\1”", text)
    text = _GERMAN_SINGLE.sub(r"“\1”", text)
    if 0 <= text.find("»") < text.find("«"):
        text = _REVERSED.sub(r"«\1»", text)
    signs = list(text)
    at = 0
    while at < len(text):
        end = _end(text, at) if text[at] in _OPENS and _may_open(text, at) else None
        if end is None:
            at += 1
            continue
        signs[at], signs[end] = "“", "”"
        at += 1  # what stands inside may be a pair of its own
        text = "".join(signs)
    return text


def lonely(text: str) -> int | None:
    """Where a curved single mark opens a quotation that nothing closes; None where there is none."""
    even = evened(text)
    for at, sign in enumerate(even):
        if sign == "‘" and _may_open(even, at) and not _YEARS.match(even, at + 1) and len(even) - at > 12:
            return at
    return None


def _may_open(text: str, at: int) -> bool:
    before, behind = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not behind or behind.isspace() or _YEARS.match(text, at + 1):
        return False
    return not _LATIN.match(before) and not before.isdigit()


def _end(text: str, start: int) -> int | None:
    """The closing mark of what opens at `start`, within its paragraph and before the next that opens.

    Behind an s it may be a genitive (the boys’ school): such a mark closes only when no surer one follows.
    """
    closing = _OPENS[text[start]]
    unsure = None
    for at in range(start + 2, len(text)):
        sign = text[at]
        if sign == "\n" and text[at : at + 2] == "\n\n":
            break
        if sign == text[start] and sign != closing and _may_open(text, at):
            inner = _end(text, at)
            if inner is None:
                continue
        if sign != closing or not _may_close(text, at):
            continue
        if text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower():
            unsure = at if unsure is None else unsure
            continue
        return at
    return unsure


def _may_close(text: str, at: int) -> bool:
    before, behind = text[at - 1], text[at + 1 : at + 2]
    if before.isspace():
        return False
    return not (_LATIN.match(before) and _LATIN.match(behind)) and not (
        _LATIN.match(behind) or (behind.isdigit() and _LATIN.match(before))
    )
