"""The changed readers of `bench anchoring`: other programs on the same page, and texts that we change."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from crawlers.extraction.page import Page

Lines = tuple[str, ...]
Origins = tuple[int | None, ...]  # of each letter of the new text: its place in the old one
Changed = tuple[Lines, Origins]

_HALF = {
    ord(full): half
    for full, half in zip("，：；！？（）“”０１２３４５６７８９", ',:;!?()""0123456789', strict=True)
}
_FURNITURE = (
    "首页 > 政务公开 > 政策文件",
    "字号：大 中 小",
    "打印本页",
    "分享到",
    "【关闭窗口】",
    "Print this page",
)
_ENDS = "。；！？.;!?"


def resiliparse(page: Page) -> Lines:
    """The page's main text as resiliparse reads it."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    text = extract_plain_text(HTMLTree.parse(page.source), main_content=True, preserve_formatting=True)
    return lines_of(text)


def whole_page(page: Page) -> Lines:
    """Everything the page shows, with menus and footers, as resiliparse reads it."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lines_of(extract_plain_text(HTMLTree.parse(page.source), main_content=False))


def trafilatura(page: Page) -> Lines:
    """The page's main text as trafilatura reads it."""
    import trafilatura as reader

    return lines_of(reader.extract(page.source, url=page.url, include_comments=False) or "")


def lines_of(text: str) -> Lines:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def divided(lines: Sequence[str], chance: random.Random) -> Changed:
    """Paragraphs divided at ends of sentences and in the midst of lines, others joined, menus between."""
    made = _Made()
    place = 0
    for number, line in enumerate(lines):
        if number and chance.random() < 0.7:
            made.put("\n", None)
        if chance.random() < 0.08:
            made.say(chance.choice(_FURNITURE) + "\n")
        for letter in line:
            made.put(letter, place)
            place += 1
            if chance.random() < (0.4 if letter in _ENDS else 0.004):
                made.put("\n", None)
        place += 1
    return made.done()


def respaced(lines: Sequence[str], chance: random.Random) -> Changed:
    """White space put in and taken out, among Latin words too."""
    made = _Made()
    place = 0
    for line in lines:
        for letter in line:
            if not (letter.isspace() and chance.random() < 0.5):
                made.put(letter, place)
            place += 1
            if chance.random() < 0.03:
                made.put(chance.choice(" \u3000\u00a0\u200b"), None)
        made.put("\n", None)
        place += 1
    return made.done()


def narrowed(lines: Sequence[str], chance: random.Random) -> Changed:
    """Half of the full-width digits and signs become half-width, quotation marks straight."""
    made = _Made()
    place = 0
    for line in lines:
        for letter in line:
            made.put(letter.translate(_HALF) if chance.random() < 0.5 else letter, place)
            place += 1
        made.put("\n", None)
        place += 1
    return made.done()


def shortened(lines: Sequence[str], chance: random.Random) -> Changed:
    """Every twelfth paragraph missing, one of twenty printed twice: what is gone must be marked as lost."""
    made = _Made()
    place = 0
    for line in lines:
        if chance.random() >= 1 / 12:
            for at, letter in enumerate(line):
                made.put(letter, place + at)
            made.put("\n", None)
            if chance.random() < 0.05:  # not beside itself, where nobody could tell the copy
                made.say(chance.choice([one for one in lines if one != line] or [""]) + "\n")
        place += len(line) + 1
    return made.done()


PROGRAMS: dict[str, Callable[[Page], Lines]] = {
    "resiliparse": resiliparse, "whole page": whole_page, "trafilatura": trafilatura,
}  # fmt: skip
CHANGES: dict[str, Callable[[Sequence[str], random.Random], Changed]] = {
    "divided and joined": divided, "white space": respaced, "width and signs": narrowed,
    "parts missing or twice": shortened,
}  # fmt: skip


class _Made:
    """A text being written, with the origin of each letter."""

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._origins: list[int | None] = []

    def put(self, letter: str, origin: int | None) -> None:
        self._letters.append(letter)
        self._origins.append(origin)

    def say(self, words: str) -> None:
        for letter in words:
            self.put(letter, None)

    def done(self) -> Changed:
        return tuple("".join(self._letters).split("\n")), tuple(self._origins)
