"""What papers' numbers look like: `2025/17`, `HDC/2026/398`, `LNTM 26/59`, `[2026] CET 96`, `1 BvR 12/24`."""

from __future__ import annotations

import re

from crawlers.extraction.dates import find_dates

_MOST = 44  # characters
_TOKENS = 7
_WITH_DIGIT = re.compile(r"[\[(/]?[\w][\w./()\[\]:#°–‑-]*")
_LETTERS = re.compile(r"[A-ZÄÖÜÉ]{1,6}\.?|[A-Z][A-Za-z]{0,3}[A-Z]|[-–/]|Rs\.|Az\.?|Civ|Crim")
_YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = re.compile(
    rf"(?:[A-Z]\.\s)?\d{{1,5}} of {_YEAR}\b"
)  # 45 of 2025, as laws of the Commonwealth are numbered
_CITES = re.compile(rf"[\[(]{_YEAR}[\])]$")
_END_MARKS = ".,;:–—-/ "
_SHAPES = re.compile(
    rf"\b{_YEAR}\s?[/.–‑-]\s?\d{{1,6}}(?![\d.])|\b\d{{1,6}}\s?[/–‑-]\s?{_YEAR}\b"  # 2025/17, 17/2025
    rf"|[\[(]{_YEAR}[\])]\s?(?:[A-Z]{{2,8}}\s)?\d{{1,6}}"  # [2026] CET 96, COM(2025) 113
    r"|\b\d{2,6}/\d{2,5}\b"  # 26/59, 20/1234
    r"|\b\d+(?:\.\d+)*-\d+/\d{2,4}\b"  # 12.3-4567/25
    r"|\b\d{1,3}-\d{3,6}\b|\b\d:\d{2}-[a-z]{2}-\d{3,6}\b"  # 24-1187, 2:24-cv-01187
    r"|\b[A-Za-z]{1,4}\d{4,}\b"  # F0006825
    r"|\b[A-ZÄÖÜ]{1,8}[\w.]{0,6}[-/.‑]\s?[\w./‑-]*\d"  # SFA-B-166, ABC/12
)
_ALONE = re.compile(  # looks like nothing else, without a label
    rf"[\[(]{_YEAR}[\])]\s[A-Z]{{2,8}}\s(?:\([A-Z][a-z]+\)\s)?\d{{1,5}}"
    rf"|(?=[^a-z]*$)[A-Z]{{1,10}}[A-Z0-9]*(?:[-/ ][A-Z0-9]{{1,10}}){{0,3}}[-/ ]{_YEAR}[-/]\d{{1,6}}[A-Z]?"
    rf"|[A-Z]{{1,10}}(?:[-/][A-Z]{{1,10}}){{0,3}}[-/]\d{{1,6}}[-/]{_YEAR}"
    r"|[A-Z]{2,8}\s?\d{1,4}/\d{2,4}"
    r"|[A-Z]{2,8}-[A-Z]{1,5}-\d{2,6}|[A-Z]{2,8}-\d{2}-\d{3,6}"
    rf"|(?:COM|SWD|JOIN|C)\({_YEAR}\)\s?\d{{1,5}}(?:\s?final)?"
    r"|(?:IP|MEMO|SPEECH|QANDA|STATEMENT)/\d{2,4}/\d{1,5}|[A-Z]/RES/\d{1,3}/\d{1,4}|ST\s?\d{4,6}/\d{2,4}"
)
_CITED = re.compile(
    rf"\b((?:COM|SWD|JOIN|C)\({_YEAR}\)\s?\d{{1,5}}(?:\s?final)?|(?:IP|MEMO|SPEECH|QANDA|STATEMENT)/\d{{2,4}}/\d{{1,5}}"
    r"|[A-Z]/RES/\d{1,3}/\d{1,4}|ST\s?\d{4,6}/\d{2,4})(?!\w)"
)
_RANGE = re.compile(rf"({_YEAR})\s?[/–‑-]\s?(\d{{2}}|\d{{4}})")
_TELEPHONE = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}\b|\+|00\d|0\d{2,}[\s/–-]|\(0\d")
_FILE_NAME = re.compile(r"^[a-z]{3,}|\.(?:pdf|docx?|xlsx?|pptx?|zip|html?|aspx|jpe?g|png)$", re.A)
_MONEY = re.compile(r"[%€$£¥]|\d,\d{3}\b|\d\.\d{3}\.\d{3}")


def reads_number(text: str) -> str | None:
    """The number at the beginning of a text, as far as it goes; None where the text begins otherwise."""
    numbered = _OF_YEAR.match(text)
    if numbered:
        return numbered[0]
    kept, place = "", 0
    for count, token in enumerate(re.finditer(r"\S+", text)):
        word = token[0]
        bare = word.rstrip(",;")
        digit = any(sign.isdigit() for sign in bare)
        fits = bool(_WITH_DIGIT.fullmatch(bare)) if digit else bool(_LETTERS.fullmatch(bare))
        if kept and not digit and len(bare) > 3 and not _CITES.search(kept) and bare.lower() != "final":
            break  # a word in capitals
        if count >= _TOKENS or token.end() > _MOST + 2 or not (fits or (kept and bare.lower() == "final")):
            break
        if count and find_dates(text[token.start() : token.start() + 24].split(",")[0]) and not place:
            break
        kept, place = (text[: token.start() + len(bare)], token.end()) if digit else (kept, place)
        if bare.lower() == "final" and kept:
            kept = text[: token.start() + len(bare)]
        if bare != word:
            break
    number = _closed(kept.rstrip(_END_MARKS))
    return number if number and _is_number(number) else None


def _closed(number: str) -> str:
    """The number without a bracket that it does not open."""
    for opening, closing in ("()", "[]"):
        if number.count(closing) > number.count(opening):
            number = number.rstrip(closing)
        if number.count(opening) > number.count(closing):
            number = number.rpartition(opening)[0].rstrip(_END_MARKS)
    return number


def _is_number(number: str) -> bool:
    """No day, no year alone, no telephone, no price."""
    if not any(sign.isdigit() for sign in number) or len(number) > _MOST:
        return False
    telephone = _TELEPHONE.match(number) and not re.fullmatch(rf"\d{{1,6}}[-/]{_YEAR}", number)
    if re.fullmatch(_YEAR, number) or telephone or _MONEY.search(number):
        return False
    if _FILE_NAME.search(number):
        return False
    return not any(end - begin >= len(number) - 2 for _, begin, end in find_dates(number))


def looks_like_number(number: str) -> bool:
    """Whether it looks like a paper's number and not like a count, a version or a span of years."""
    found = _SHAPES.search(number)
    if re.fullmatch(r"\d{3}-\d{4}", number) or any(end - begin >= 8 for _, begin, end in find_dates(number)):
        return False  # a telephone of America, a day with something behind it
    return bool(_OF_YEAR.match(number)) or (found is not None and not is_span(found[0]))


def looks_alone(text: str) -> bool:
    """Whether a whole line is a paper's number that nobody would take for anything else."""
    found = _ALONE.fullmatch(text.strip("() ") if text.startswith("(") else text)
    return (
        found is not None and not any(is_span(one[0]) for one in _RANGE.finditer(text)) and _is_number(text)
    )


def is_citation(line: str) -> str | None:
    """A number that tells what it is, anywhere in a line: COM(2025) 113 final, IP/25/1234."""
    found = _CITED.search(line)
    return found[1] if found else None


def is_span(text: str) -> bool:
    """Whether it is a span of years: 2025/26, 2014-2020."""
    found = _RANGE.fullmatch(text)
    if not found:
        return False
    first, second = int(found[1]), int(found[2])
    return second == (first + 1) % 100 or first < second < first + 60
