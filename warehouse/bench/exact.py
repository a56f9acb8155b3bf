"""`govbrief bench exact`: what is typed between quotation marks beside a search by brute force."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.publication import Publication
from warehouse.search.query import search

SUBSTRINGS, PHRASES, NUMBERS = 200, 60, 100
_SEED = 11
_SHOWN = 12  # differences that are told
_QUOTES = {'"': '"', "“": "”", "「": "」"}
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEPT = {code: to for code, to in _WIDE.items() if chr(to).isalnum() or chr(to) in "+-%&@#/="}
_RADICALS = (0x2E9F, 0x2EF3, *range(0x2F00, 0x2FD6))
_KEPT |= {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in _RADICALS}
_BLANK_BESIDE_WIDE = re.compile(r"(?<![!-~\u00a1-\u1fff]) | (?![!-~\u00a1-\u1fff])")
_BRACKETS = str.maketrans("[(（【［〈<{｛《﹝", "〔" * 11) | str.maketrans("])）】］〉>}｝》﹞", "〕" * 11)
_SPELLINGS: tuple[Callable[[str, int, int], str], ...] = (
    lambda organ, year, serial: f"{organ}〔{year}〕{serial}号",
    lambda organ, year, serial: f"{organ}[{year}]{serial}号",
    lambda organ, year, serial: f"{organ}（{year}）{serial}号",
    lambda organ, year, serial: f"{organ}【{year}】第{serial}号",
    lambda organ, year, serial: f"{organ}〔{_wide(year)}〕{_wide(serial)}号",
)


@dataclass(frozen=True, slots=True)
class _Text:
    """All that is searched of one document, folded as the manual says; no phrase crosses a line."""

    lines: str
    numbers: str  # every line without blanks, brackets of one kind


def bench_exact(publication: Publication, progress: Progress | None = None, seed: int = _SEED) -> Part:
    """Substrings, English phrases and document numbers: our count beside that of the brute force."""
    report = progress or (lambda stage, done, total: None)
    raw = list(_raw(publication, report))
    texts = [_Text("\n".join(map(folded, lines)), _one_bracket("\n".join(lines))) for lines in raw]
    chance = Random(seed)
    kinds = {
        "substrings of 2 to 12 characters": _substrings(raw, chance),
        "English phrases": _english(raw, chance),
    }
    rows, said = [], []
    for number, (kind, phrases) in enumerate(kinds.items()):
        report(f"exact {kind}", number, 3)
        wrong = [one for one in (_compare(publication, texts, phrase) for phrase in phrases) if one]
        rows.append((kind, len(phrases), len(phrases) - len(wrong)))
        said += wrong
    report("exact numbers", 2, 3)
    asked, wrong = _numbers(publication, texts, chance)
    rows.append(("document numbers in five spellings", asked, asked - len(wrong)))
    bars = tuple(
        Bar(f"exact: {kind}, as many as by brute force", right / asked if asked else None, 1.0, at_most=False,
            note=f"{right} of {asked}")
        for kind, asked, right in rows
    )  # fmt: skip
    told = f"{len(raw):,} real documents as published: titles, numbers, texts and texts of attached files."
    heads = ("asked", "number", "with the exact count")
    return Part("exact", len(raw), told, (table("", heads, rows),), bars, tuple((said + wrong)[:_SHOWN]))


def folded(line: str) -> str:
    """What the manual says may be ignored: case, the width of letters and of some signs, radicals in place
    of characters, blanks beside characters that need none.
    """
    plain = " ".join(line.split()).lower().translate(_KEPT).lower()
    return _BLANK_BESIDE_WIDE.sub("", plain)


def _raw(publication: Publication, report: Progress) -> Iterator[tuple[str, ...]]:
    """Title, number, paragraphs and attached texts of each document, in lines."""
    attached: dict[str, list[str]] = {}
    for row in publication.rows("select document_id, text from attachment where text is not null"):
        attached.setdefault(row["document_id"], []).extend(row["text"].split("\n"))
    rows = publication.rows("select document_id, title, doc_number, number_normal from document")
    for number, row in enumerate(rows):
        if number % 5000 == 0:
            report("texts", number, len(rows))
        head = [one for one in (row["title"], row["doc_number"], row["number_normal"]) if one]
        found = (*head, *publication.body(row["document_id"]), *attached.get(row["document_id"], ()))
        yield tuple(part for line in found for part in re.split("[\n\r\u2028\u2029]+", line) if part.strip())


def _substrings(raw: Sequence[tuple[str, ...]], chance: Random) -> list[str]:
    """Pieces of lines drawn evenly from documents, whatever signs they hold but quotation marks."""
    long = [one for lines in raw for one in lines if len(one) > 13]
    found: list[str] = []
    while len(found) < SUBSTRINGS and long:
        line, length = chance.choice(long), chance.randint(2, 12)
        at = chance.randrange(len(line) - length)
        piece = line[at : at + length].strip()
        if len(piece) > 1 and _quoted(piece):
            found.append(piece)
    return found


def _english(raw: Sequence[tuple[str, ...]], chance: Random) -> list[str]:
    """Two to five words that stand side by side in English lines."""
    long = [one for lines in raw for one in lines if one.isascii() and one.count(" ") > 8]
    found: list[str] = []
    while len(found) < PHRASES and long:
        words, length = chance.choice(long).split(), chance.randint(2, 5)
        at = chance.randrange(len(words) - length)
        phrase = " ".join(words[at : at + length])
        if _quoted(phrase):
            found.append(phrase)
    return found


def _quoted(phrase: str) -> str | None:
    """The phrase between quotation marks that it does not hold itself."""
    for opening, closing in _QUOTES.items():
        if opening not in phrase and closing not in phrase:
            return f"{opening}{phrase}{closing}"
    return None


def _compare(publication: Publication, texts: Sequence[_Text], phrase: str) -> str | None:
    """What differs, in a sentence; None for the same count."""
    wanted = folded(phrase)
    by_hand = sum(wanted in one.lines for one in texts)
    total = search(publication, str(_quoted(phrase)), limit=1).total
    return None if total == by_hand else f"{_quoted(phrase)}: {total} found, {by_hand} by brute force."


def _numbers(publication: Publication, texts: Sequence[_Text], chance: Random) -> tuple[int, list[str]]:
    """How many questions were asked, and what differs."""
    rows = publication.rows(
        "select distinct number_organ as organ, number_year as year, number_serial as serial from document "
        "where number_organ <> '' and number_serial is not null and number_year is not null order by all"
    )
    asked, wrong = 0, []
    for row in chance.sample(rows, min(NUMBERS, len(rows))):
        parts = (str(row["organ"]), int(row["year"]), int(row["serial"]))
        by_hand = sum(_SPELLINGS[0](*parts) in one.numbers for one in texts)
        for spelling in _SPELLINGS:
            asked += 1
            total = search(publication, spelling(*parts), limit=1).total
            if total != by_hand:
                wrong.append(f"{spelling(*parts)}: {total} found, {by_hand} by brute force.")
    return asked, wrong


def _one_bracket(text: str) -> str:
    """Digits in ASCII, brackets of one kind, no blanks, no 第 and no noughts before a serial number."""
    plain = re.sub(r"[^\S\n]+", "", text.translate({0xFF10 + n: 0x30 + n for n in range(10)}))
    return re.sub("〕第?0*(?=[1-9])", "〕", plain.translate(_BRACKETS))


def _wide(number: int) -> str:
    return str(number).translate({0x30 + n: 0xFF10 + n for n in range(10)})
