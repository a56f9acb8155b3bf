"""The lines that a program writes into a draft: what a document says, with its reference, as Markdown."""

from __future__ import annotations

import re
from datetime import date

from dashboard.briefing.model import Item
from dashboard.drafting.grammar import mark_text
from dashboard.drafting.model import Mark
from dashboard.words import say

# What a person still has to write. Checks find it, and filling a section again takes it away.
GAP = re.compile(r"〔(?:待写：|TODO: )[^〕]*〕")
_LONGEST_GAP = 36
_HALVES = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"))
_SIGNS = re.compile(r"([\\*_])")


def plain(text: str | None) -> str:
    """Foreign text on one line, so that none of it is Markdown or a reference."""
    return _SIGNS.sub(r"\\\1", " ".join((text or "").split()).replace("[^", "[ ^"))


def gap(language: str, guidance: str) -> str:
    """A place that waits for a person's words."""
    told = guidance.translate({ord("〔"): "(", ord("〕"): ")"})
    told = told if len(told) <= _LONGEST_GAP or language == "en" else told[: _LONGEST_GAP - 1] + "…"
    return say(language, "filled.gap", told=told)


def source(document_id: str) -> str:
    """The reference to a document."""
    return mark_text(Mark(0, "document", document_id))


def titled(language: str, title: str | None) -> str:
    """A title in its marks: book-title marks with inner ones made single, or italics in English."""
    known = plain(title) or say(language, "word.untitled")
    if language == "en":
        return f"*{known}*"
    return f"《{known.translate({ord('《'): '〈', ord('》'): '〉'})}》"


def quoted(sentence: str) -> str:
    """Words of a document in quotation marks; corner marks where they hold such themselves."""
    known = plain(sentence)
    return f"「{known}」" if "“" in known or "”" in known else f"“{known}”"


def is_whole(sentence: str) -> bool:
    """Whether every quotation mark in a sentence has its other half, so that it can be quoted."""
    return all(sentence.count(one) == sentence.count(other) for one, other in _HALVES)


def spoken_day(language: str, day: date | None) -> str:
    """A day as running text says it; "" for none."""
    if day is None:
        return ""
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else f"{day.day} {day:%B %Y}"


def document_line(language: str, item: Item, said: str | None = None, before: str = "") -> str:
    """One document: title, who, number, day, and a sentence of it where one is given."""
    comma = say(language, "filled.comma")
    facts = (plain(item.issuer), plain(item.doc_number), spoken_day(language, item.published))
    told = comma.join(one for one in facts if one)
    line = titled(language, item.title) + (say(language, "filled.facts", told=told) if told else "")
    line = before + line + (say(language, "filled.says", said=quoted(said)) if said else "")
    stop = "" if said else say(language, "filled.stop")
    return f"- {line}{stop}{source(item.document_id)}"


def sentence_line(language: str, document_id: str, sentence: str, before: str = "") -> str:
    """A sentence of a document in quotation marks."""
    return f"- {before}{quoted(sentence)}{source(document_id)}"


def figure_block(kind: str, theme: str) -> str:
    """A figure that is made from the publication when it is shown."""
    key = theme.replace("\\", "\\\\").replace('"', '\\"')
    return f'```figure\nkind = "{kind}"\nsubject = "theme:{key}"\n```'
