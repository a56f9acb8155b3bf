"""Who bears the duties that name nobody: the government of a work report, the addressee of a letter.

A report promises for the government it is of; a letter, a notice or an approval (函, 通知, 批复) tells what
its addressee has to do, whom it names once and then calls 你公司, 你们 or nothing at all.
"""

from __future__ import annotations

import re

from classify.components.body_words import persons
from classify.components.routing_text import recipients
from warehouse.records import Document

NEAR = 300  # signs from who was named last to a duty that names nobody
_GOVERNMENT = re.compile(r"(?:20\d\d年(?:度)?)?(?P<who>[^0-9年]{0,24}?政府)工作报告")
_SPEAKS_FOR = re.compile(r"代表(?P<who>[一-鿿]{0,16}(?:政府|行政公署))")
_NUMBER = re.compile(r"^[\s\S]{0,40}?[〔\[（(]\s?\d{4}\s?[〕\]）)]\s?\d{1,5}\s?号\s*")
_SPLIT = re.compile(r"[，,；;]\s*")


def government(document: Document, text: str) -> tuple[str, ...]:
    """The government whose work report this is: by its title, else by who speaks for it; () if unsaid."""
    titled = _GOVERNMENT.search(document.title)
    name = titled["who"] if titled is not None else ""
    if len(name) <= len("人民政府"):
        speaks = _SPEAKS_FOR.search(text, 0, 1500)
        name = speaks["who"] if speaks is not None else name
    return (name,) if name else ()


def addressees(document: Document, text: str) -> tuple[str, ...]:
    """Whom the line of recipients names; () where there is none."""
    line = recipients(text)
    if line is None:
        return ()
    said = text[line[0] : line[1]]
    title = document.title.strip()
    if title and said.startswith(title):
        said = said[len(title) :]
    numbered = _NUMBER.match(said)
    said = said[numbered.end() :] if numbered is not None else said
    names = [name for part in _SPLIT.split(said.strip()) for name in _name(part)]
    return tuple(dict.fromkeys(names))


def _name(part: str) -> tuple[str, ...]:
    """The bodies of one part of the line: a list of places with one body stays as it is printed."""
    return (part,) if 2 < len(part) <= 60 and persons(part[-24:]) else ()
