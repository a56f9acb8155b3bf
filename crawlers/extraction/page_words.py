"""What names, roles and words say about a block of a page; the words are data in page_words.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

_ATTRIBUTE = re.compile(r'\b(class|id|role|itemprop|aria-label|hidden|aria-hidden|style)="([^"]*)"')
_WORD = re.compile(r"[A-ZÄÖÜ]?[a-zäöüßéè]+|[A-ZÄÖÜ]{2,}(?![a-zäöü])|[\u4e00-\u9fff]+")
_UNDRAWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_END_MARKS = " \t:：.!?…»›>|·•–—-→↑▲[]()（）【】"
_ATTRIBUTES = 3000  # characters of attributes that are looked at; some hold whole pictures
_ANNEX = 60  # characters with which the list of annexes begins
_TITLE = 10  # letters of a title that is not repeated by chance
_SOFT = re.compile("[\xad\u200b]")

KINDS = ("consent", "furniture", "short", "teaser", "picture", "dated")
_TAG_KINDS = {
    **dict.fromkeys(("nav", "footer", "aside", "dialog", "menu", "form", "button"), "furniture"),
    "figcaption": "picture", "figure": "picture", "header": "short",
}  # fmt: skip


@cache
def words() -> dict[str, Any]:
    """The whole file of words."""
    return tomllib.loads(Path(__file__).with_name("page_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=8192)
def kinds_of(tag: str, attributes: str) -> frozenset[str]:
    """What an element is by its tag, role and names: some of `KINDS`, `hidden`, `body`, `main`."""
    found = {_TAG_KINDS[tag]} if tag in _TAG_KINDS else set()
    if tag in ("main", "article"):
        found.add(tag)
    for name, value in _ATTRIBUTE.findall(attributes[:_ATTRIBUTES]) if attributes else ():
        found |= _said(name, value)
    if " hidden" in attributes and re.search(r"\shidden(?:=|\s|$)", attributes):
        found.add("hidden")
    return frozenset(found)


def _said(name: str, value: str) -> set[str]:
    if name in ("class", "id"):
        return _by_names(value) | ({"main"} if name == "id" and value.lower() in _MAIN_IDS else set())
    if name == "role":
        role = value.strip().lower()
        known = {"furniture"} if role in words()["roles"]["furniture"] else set()
        return known | ({role} if role in ("main", "article") else set())
    if name == "itemprop":
        return {"body"} if value.lower() in ("articlebody", "text") else set()
    if name == "style":
        return {"hidden"} if _UNDRAWN.search(value) else set()
    return {"hidden"} if name == "aria-hidden" and value == "true" else set()


_MAIN_IDS = {
    "main", "content", "maincontent", "main-content", "main_content", "inhalt", "hauptinhalt", "contenu",
    "contenu-principal", "contenido", "page-content", "bodycontent", "contents",
}  # fmt: skip


def _by_names(value: str) -> set[str]:
    found: set[str] = set()
    for word in _name_words(value):
        found |= _kinds_of_word(word)
    return found


def _name_words(value: str) -> set[str]:
    """The words of names, and every name whole without its hyphens (`cookie-bar`: cookie, bar, cookiebar)."""
    split = {word.lower() for word in _WORD.findall(value)}
    return split | {re.sub(r"[^a-zäöüß]", "", name.lower()) for name in value.split()}


@lru_cache(maxsize=4096)
def _kinds_of_word(word: str) -> frozenset[str]:
    return frozenset(kind for kind in KINDS if _name_pattern(kind).fullmatch(word))


@cache
def _name_pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", ".*") for word in words()["names"][kind]))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """A line in lower case without soft hyphens and the marks at its ends, for comparing with words."""
    if not text.isascii() and ("\xad" in text or "\u200b" in text):
        text = _SOFT.sub("", text)
    return text.strip(_END_MARKS).casefold()


def names_page(plain: str, names: Sequence[str]) -> bool:
    """Whether a line in plain words is one of the page's titles, or one without the name of the site."""
    return plain in names or (len(plain) >= _TITLE and any(plain in name for name in names))


def is_furniture_line(text: str) -> bool:
    """Whether a short line is known for what pages say around their text: print, share, back to top."""
    if len(text) > 160:
        return False
    plain = plain_words(text)
    if not plain or plain in _set("lines", "whole"):
        return True
    return text[0].casefold() in _signs("lines", "begin") and text.casefold().startswith(
        _starts("lines", "begin")
    )


def names_imprint(text: str) -> bool:
    """Whether the text of a link is what only the end of a page leads to: imprint, privacy, site map."""
    return len(text) <= 60 and plain_words(text) in _set("lines", "foot")


def is_boiler_heading(text: str) -> bool:
    """Whether a heading stands over what leads elsewhere: related links, contact, downloads."""
    return len(text) <= 60 and plain_words(text) in _set("headings", "boiler")


def names_annex(text: str) -> bool:
    """Whether a line begins like the list of a document's annexes."""
    begin = text[:_ANNEX].lstrip("*-–• ")
    known = begin[:1].casefold() in _signs("headings", "annex")
    return known and begin.casefold().startswith(_starts("headings", "annex"))


def names_figure(text: str) -> bool:
    """Whether a caption numbers its figure or table, as those of a report do, unlike a press picture's."""
    return re.match(_figure_pattern(), text.casefold()) is not None


@cache
def _figure_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words()["headings"]["figure"]))
    return re.compile(rf"(?:{names})\s*\.?\s*(?:\d|[ivx]+\b|[a-z]\d|[一二三四五六七八九十])")


@cache
def _set(table: str, name: str) -> frozenset[str]:
    return frozenset(plain_words(word) for word in words()[table][name])


@cache
def _signs(table: str, name: str) -> frozenset[str]:
    """The signs with which words begin: most lines begin with another."""
    return frozenset(word[0] for word in _starts(table, name))


@cache
def _starts(table: str, name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words()[table][name])
