"""The number that a paper bears on a page of unknown make, in any language but Chinese.

It is believed in five places: a tag of the page, a label with its value (in a table, a definition list or a
line), a kind of paper with its number, the beginning of the title, and a line of its own beside the title. A
label like `Aktenzeichen` is sure, so that any number behind it counts; behind a word like `Reference` the
value must look like a paper's number, and one that stands alone must look like nothing else. Where a page
names several such numbers alike it is a list, and none of them is its own. The words stand in
printed_number.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import find_dates
from crawlers.extraction.gathered import Value
from crawlers.extraction.main_text import MainText
from crawlers.extraction.metadata import meta_tags
from crawlers.extraction.number_labels import a_label, a_labelled_line, words
from crawlers.extraction.number_shapes import is_citation, looks_alone, looks_like_number, reads_number
from crawlers.extraction.page import Page
from crawlers.extraction.plain import is_chinese, one_line

_BEGINNING = 6  # paragraphs in which a label may stand
_FILE_LINES = 15  # lines of a file's first page in which its number stands
_LINE = 160  # characters of a line that names a number
_BEFORE, _AFTER = 4, 8  # lines around the heading in which a number stands alone
_CELLS = 400  # of a page that are looked at
_PIECES = re.compile(r"\s*[|•·\t]\s*|\s+[–—]\s+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{3,60})[)\]]")
_TITLE_ENDS = re.compile(r"\s*[:–—|]\s|\s-\s")
_FRAMES = "nav, footer, aside, header nav, form, [role=navigation], [role=contentinfo]"


class _Told(NamedTuple):
    label: str
    value: str
    place: str = "body"


def printed_numbers(page: Page, main: MainText) -> Iterator[Value]:
    """The paper's own number, at most one; nothing on a page in Chinese, whose numbers are read elsewhere."""
    if is_chinese("".join(main.paragraphs[:5])):
        return
    found = next(_found(page, main), None)
    if found:
        yield Value("doc_number", found.value, found.place)


def number_of_file(lines: Sequence[str]) -> Iterator[Value]:
    """The number at the head of a file's text, at most one, behind a label or in a line of its own."""
    if is_chinese("".join(lines[:20])):
        return
    pieces = tuple(_pieces(lines[:_FILE_LINES]))
    found = next((told for place in (labelled(pieces), _alone(pieces)) for told in _one(place)), None)
    if found:
        yield Value("doc_number", found.value, "body")


def _found(page: Page, main: MainText) -> Iterator[_Told]:
    yield from _of_tags(page)
    pieces = tuple(_pieces(_around(main)))
    near = set(labelled(pieces))
    yield from (told for told in _one(labelled(tuple(_pieces(main.head)))) if told in near)
    yield from _one(_cells(page))
    yield from _of_title(main.heading or "")
    beginning = tuple(_pieces(line for line in main.paragraphs[:_BEGINNING] if len(line) <= _LINE))
    yield from _one(labelled(beginning, text=True))
    yield from _one(_alone((*pieces, *beginning[:3])))
    yield from _one(_sure(main.beside))
    yield from _one(_Told("", cited) for piece in pieces if (cited := is_citation(piece)))


def _one(told: Iterable[_Told]) -> Iterator[_Told]:
    """The first number of a place, unless the place names two alike, as a list does."""
    found = list(told)
    if not found:
        return
    first = found[0]
    if all(one.value == first.value for one in found if one.label == first.label):
        yield first


def _of_tags(page: Page) -> Iterator[_Told]:
    names = words()["meta"]
    for name, content in meta_tags(page.tree.css("meta")):
        sure = name.lower() in names["sure"]
        if sure or name.lower() in names["shaped"]:
            value = reads_number(one_line(content) or "")
            if value and value == one_line(content) and (sure or looks_alone(value)) and not _is_other(value):
                yield _Told(name, value, f"meta:{name}")


def _sure(lines: Iterable[str]) -> Iterator[_Told]:
    """Numbers behind labels that need no other sign, as in a line of a day that is named a footer."""
    return (told for told in labelled(tuple(_pieces(lines))) if told.label in words()["labels"]["sure"])


def _alone(pieces: Iterable[str]) -> Iterator[_Told]:
    """Numbers without a label in a line of their own or with their day: `IR-2025-12, Jan. 3, 2025`."""
    for piece in pieces:
        number = reads_number(piece) or ""
        behind = piece[len(number) :].strip()
        if behind and not (behind.startswith(",") and find_dates(behind)):
            continue
        if looks_alone(number) and not _is_other(number):
            yield _Told("", number)


def _around(main: MainText) -> Sequence[str]:
    """The lines next to the heading."""
    head = main.head
    at = next((place for place, line in enumerate(head) if line == main.heading), None)
    if at is None:
        return head[: _BEFORE + _AFTER]
    return (*head[max(at - _BEFORE, 0) : at], *head[at + 1 : at + 1 + _AFTER])


def _pieces(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if len(line) <= _LINE:
            yield from (piece.strip() for piece in _PIECES.split(line) if piece.strip())


def labelled(pieces: Sequence[str], *, text: bool = False) -> Iterator[_Told]:
    """Numbers behind a label in the same piece, or in the piece behind one that is but a label.

    Words and numbers one below the other may be the cells of a row: there a colon or a sure label is needed.
    """
    for piece, following in zip(pieces, (*pieces[1:], ""), strict=False):
        told = _in_piece(piece, text=text) or (_with_label(piece, following) if _is_label(piece) else None)
        if told:
            yield told


def _is_label(piece: str) -> bool:
    found = a_label().fullmatch(piece.strip(" :*"))
    return piece.endswith(":") or (found is not None and bool(found["sure"] or found["joined"]))


def _with_label(label: str, value: str) -> _Told | None:
    """The number of a cell or line whose label stands before it."""
    plain = " ".join(label.casefold().split()).strip(" :*")
    found = a_label().fullmatch(plain) or a_label().fullmatch(plain + ".")
    if not found or len(value) > _LINE:
        return None
    number = reads_number(value)
    if not number or (value[len(number) :].strip(" .") and not _goes_on(value[len(number) :])):
        return None
    return _judged(found, number)


def _in_piece(piece: str, *, title: bool = False, text: bool = False) -> _Told | None:
    """`Circular No. 14/2025 of 3 March`: a label, a number, and behind it nothing or what belongs to it."""
    found = a_labelled_line().match(piece)
    if not found:
        return None
    rest = piece[found.end() :]
    number = reads_number(rest)
    behind = rest[len(number) :] if number else ""
    tidy = behind.strip(" .")
    if not number or _cites(found["before"] or "", tidy and not title):
        return None
    if tidy and not (_goes_on(behind) or (title and found["word"])):
        return None
    if tidy and (text or (found["bare"] and tidy.startswith(","))) and not find_dates(behind[:40]):
        return None  # a sentence that begins so; No. 12-145, Harbour Road
    return _judged(found, number)


def _cites(before: str, goes_on: object) -> bool:
    """Whether the words before a kind cite another paper (`Vu le décret n° 93-861`) or are a sentence's."""
    named = before.split()
    if named and named[0].casefold() in words()["never"]["before"]:
        return True
    return bool(goes_on) and any(word[0].islower() for word in named)


def _goes_on(behind: str) -> bool:
    """Whether what follows a number may follow it: a mark, a day, or a word like `of` or `vom`."""
    tidy = behind.strip()
    if tidy[:1] in ",;:.()]–—-/":
        return True
    word = re.match(r"[^\W\d_]+", tidy.casefold())
    return bool(word and word[0] in words()["behind"]["words"]) or bool(find_dates(tidy[:30]))


def _judged(found: re.Match[str], number: str) -> _Told | None:
    """The number, if it is one: behind a sure label or number word any, else one that looks like it."""
    label = " ".join(found[0].split()).strip(" :#").casefold()
    sure = bool(found["sure"] or found["joined"]) or bool(found["kind"] and found["word"])
    if _is_other(number) or not (sure or looks_like_number(number)):
        return None
    return _Told(label, number)


def _of_title(title: str) -> Iterator[_Told]:
    """A number at the beginning of the title, or behind a label in brackets of it."""
    told = _in_piece(title, title=True)
    if told:
        yield told
    yield from _alone([_TITLE_ENDS.split(title, maxsplit=1)[0].strip()])
    for part in _BRACKETS.findall(title):
        told = _in_piece(part)
        if told and told.label in words()["labels"]["in_brackets"]:
            yield told


def _cells(page: Page) -> Iterator[_Told]:
    """Numbers of definition lists and of tables with a label in front of each value, outside of menus."""
    frames = {node.mem_id for node in page.tree.css(_FRAMES)}
    for cell in page.tree.css("dt, th, td")[:_CELLS]:
        beside = cell.next
        while beside is not None and beside.tag in ("-text", "-comment"):
            beside = beside.next
        if beside is None or beside.tag != ("dd" if cell.tag == "dt" else "td") or not _is_pair(cell):
            continue
        told = _with_label(one_line(cell.text(deep=True)) or "", one_line(beside.text(deep=True)) or "")
        if told and not _inside(cell, frames):
            yield told._replace(place=f"table:{told.label}")


def _is_pair(cell: LexborNode) -> bool:
    """Whether a cell is a label's: of a definition list, or at an even place of a row of pairs."""
    if cell.tag == "dt" or cell.parent is None:
        return True
    cells = [one.mem_id for one in cell.parent.iter() if one.tag in ("th", "td")]
    return len(cells) in (2, 4) and cells.index(cell.mem_id) % 2 == 0


def _inside(node: LexborNode, frames: set[int]) -> bool:
    at = node.parent
    while at is not None:
        if at.mem_id in frames:
            return True
        at = at.parent
    return False


def _is_other(number: str) -> bool:
    """Whether a number begins like that of a standard, a book, an account, a telephone."""
    plain = number.casefold().lstrip("([")
    first = re.split(r"[\s:]", plain, maxsplit=1)[0]
    letters = re.match(r"[^\W\d_]*", plain)
    never = words()["never"]["begin"]
    return first in never or (letters is not None and letters[0] in never and letters[0] != "")
