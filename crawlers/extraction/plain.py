"""Plain text of hostile origin: control characters out, white space tidy, lengths bounded."""

from __future__ import annotations

import re

from crawlers.extraction.limits import MAX_PARAGRAPH, MAX_PARAGRAPHS, MAX_TITLE, MAX_VALUE
from warehouse.invisible import INVISIBLE

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_SPACES = re.compile(r"[ \t\n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_SPACES_IN_ROW = re.compile(r"[ \n\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ANY_SPACE = re.compile(r"[\s\xa0\u200b\u3000\ufeff]+")


def safe(text: str) -> str:
    """The text without control, invisible and direction-changing characters; line ends become newlines."""
    return INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str | None, limit: int = MAX_VALUE) -> str | None:
    """A value on one line with single spaces, or None when nothing readable is left."""
    if not text:
        return None
    tidy = _SPACES.sub(" ", safe(text)).strip()
    return tidy[:limit].rstrip() or None


def title_line(text: str | None) -> str | None:
    """A title on one line."""
    return one_line(text, MAX_TITLE)


def squeeze(text: str) -> str:
    """The text without any white space, for comparing padded labels."""
    return _ANY_SPACE.sub("", text)


def is_chinese(text: str) -> bool:
    """Whether a page or text is mainly Chinese, by its characters; markup around them does not count much."""
    sample = text[:60_000]
    return len(_CHINESE.findall(sample)) * 40 > len(sample)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """The non-empty lines of a text as bounded paragraphs; tabs between the cells of a row are kept."""
    kept: list[str] = []
    if "\r" in text or "\x85" in text or "\u2028" in text or "\u2029" in text:
        text = _LINE_ENDS.sub("\n", text)
    for line in filter(None, text.split("\n")):
        tidy = _tidy_line(line)
        if tidy:
            kept.append(tidy[:MAX_PARAGRAPH])
            if len(kept) >= MAX_PARAGRAPHS:
                break
    return tuple(kept)


def _tidy_line(line: str) -> str:
    """A line without unsafe characters and with single spaces; most lines need nothing done."""
    if "\t" in line:
        plain = "  " not in line and line.replace("\t", " ").isprintable()
        return _row([cell.strip() for cell in line.split("\t")]) if plain else row_line(safe(line))
    stripped = line.strip()
    if stripped.isprintable() and "  " not in stripped:
        return stripped
    return _SPACES.sub(" ", safe(line)).strip()


def row_line(line: str) -> str:
    """A table row: cells tidy, separated by one tab; an empty string when every cell is empty."""
    return _row([_SPACES_IN_ROW.sub(" ", cell).strip() for cell in line.split("\t")])


def _row(cells: list[str]) -> str:
    while cells and not cells[-1]:
        cells.pop()
    return "\t".join(cells) if any(cells) else ""
