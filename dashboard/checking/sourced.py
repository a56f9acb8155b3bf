"""Every number and day of a paragraph stands in a source that the paragraph names, or it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from dashboard.checking.amounts import Amount, amounts, keys_of, wider
from dashboard.checking.held import CitedDocument
from dashboard.checking.model import Finding, QuoteVerdict
from dashboard.checking.traces import GAP
from dashboard.checking.units import Looked, Unit, finding, short
from dashboard.drafting.model import Heading

# The draft's own counting: points of a list, its tables and annexes, its issue.
_OWN = re.compile(
    r"^\s*[（(]?\d{1,2}[)）.、．](?!\d)|^\s*[（(]?[一二三四五六七八九十]{1,3}[)）、]"
    r"|(?:附件|附表|附录|表|图|注|专栏|脚注|步骤|方案|案例|选项|来源|第)\s?[\dA-Z一二三四五六七八九十]{1,3}(?:[-.]\d{1,2})?(?=[\s：:，。；、）)】的是所中]|$|期|部分|页|步|点)"
    r"|\b(?:Annex|Table|Figure|Fig\.|Box|Option|Step|Note|Source|Appendix|Issue)\s?\d{1,3}",
    re.IGNORECASE,
)
_TITLE = re.compile(r"《[^《》]{6,80}》")
_SMALL = 10  # a bare count below it (5 departments) is no statement that asks for a reference of its own


class Known:
    """The values that documents hold: their texts, titles and records."""

    def __init__(self, documents: Sequence[CitedDocument]) -> None:
        self._documents = documents

    @cached_property
    def keys(self) -> dict[str, set[str]]:
        """Keys of values with their units."""
        found: dict[str, set[str]] = {}
        for document in self._documents:
            for key, unit in _keys(document).items():
                found.setdefault(key, set()).update(unit)
        return found

    @cached_property
    def letters(self) -> str:
        """The texts without spaces and case, for names with figures in them."""
        return "\n".join(_letters(document) for document in self._documents)

    def has(self, one: Amount) -> bool:
        """Whether a source states the value, in whatever form."""
        if one.key in self.keys:
            return True
        if one.kind == "identifier":
            return one.value in self.letters
        if one.kind == "day":  # the source leaves the year out, or states it elsewhere
            year, month, day = one.value.split("-")
            return f"month-day:{month}-{day}" in self.keys and f"number:{int(year)}" in self.keys
        return False

    def other_unit(self, one: Amount) -> bool:
        """Whether the sources give the value a unit, and another one than the draft's."""
        units = self.keys.get(one.key, set())
        return bool(one.unit and units and "" not in units and one.unit not in units)


class Sourced:
    """The check of numbers, with what each set of documents holds read once."""

    def __init__(self, looked: Looked, quotes: Sequence[QuoteVerdict]) -> None:
        self._looked = looked
        self._quotes = quotes
        self._known: dict[tuple[str, ...], Known] = {}
        self._own = {key for text in looked.own for one in amounts(text) for key in wider(one)}
        self._numbers = {
            key
            for one in looked.library
            for key in keys_of(str(one.row["doc_number"] or ""))
            if key.startswith("code:")
        }

    def findings(self) -> Iterator[Finding]:
        """Numbers without a source, and paragraphs that state something without naming any."""
        tables: set[int] = set()
        for unit in self._looked.units:
            if unit.kind == "quotation":
                continue
            if unit.kind in ("heading", "caption"):
                yield from self._above(unit)
                continue
            documents = self._looked.documents(unit.bound)
            if documents:
                yield from self._unsourced(unit, documents)
            elif not unit.bound and unit.block not in tables:
                missing = list(self._missing(unit))
                tables |= {unit.block} if missing and unit.kind == "cell" else set()
                yield from missing

    def _above(self, unit: Unit) -> Iterator[Finding]:
        """Numbers of headings that no source of the section has; of title and captions, none at all."""
        known = self._known_of(self._beneath(unit))
        for one in self._stated(unit):
            if not self._is_small(one) and not known.has(one):
                words = unit.text.text[one.start : one.end]
                yield finding("number-heading", unit, one.start, one.end, number=words)

    def _beneath(self, unit: Unit) -> Sequence[CitedDocument]:
        blocks = self._looked.draft.blocks
        first, last = 0, len(blocks)
        head = blocks[unit.block] if unit.block >= 0 else None
        if isinstance(head, Heading):
            first = unit.block
            after = (
                one for one in blocks[first + 1 :] if isinstance(one, Heading) and one.level <= head.level
            )
            last = next((one.place.block for one in after), last)
        bound = (mark for each in self._looked.units if first <= each.block < last for mark in each.bound)
        return self._looked.documents(tuple(bound))

    def _known_of(self, documents: Sequence[CitedDocument]) -> Known:
        name = tuple(sorted(one.document_id for one in documents))
        return self._known.setdefault(name, Known(documents))

    @staticmethod
    def _is_small(one: Amount) -> bool:
        return one.kind == "number" and not one.unit and abs(float(one.value)) < _SMALL

    def _unsourced(self, unit: Unit, documents: Sequence[CitedDocument]) -> Iterator[Finding]:
        name = tuple(sorted(one.document_id for one in documents))
        known = self._known_of(documents)
        titles = "；".join(one.title for one in documents)
        for one in self._stated(unit):
            words = unit.text.text[one.start : one.end]
            sentence = short(unit.text.text[slice(*unit.sentence(one.start))])
            if not known.has(one):
                yield finding(
                    "number-unsourced", unit, one.start, one.end, number=words, title=short(titles),
                    document_id=name[0], told=sentence,
                )  # fmt: skip
            elif known.other_unit(one):
                yield finding(
                    "number-unit", unit, one.start, one.end, number=words, title=short(titles),
                    document_id=name[0], told=sentence,
                )  # fmt: skip

    def _missing(self, unit: Unit) -> Iterator[Finding]:
        text = unit.text.text
        for one in self._stated(unit):
            if self._is_small(one):
                continue
            yield finding(
                "citation-missing", unit, one.start, one.end, short(text), words=text[one.start : one.end]
            )
            return
        title = _TITLE.search(text)
        if title and unit.kind != "cell" and not self._quoted(unit, title.start(), title.end()):
            yield finding("citation-missing", unit, *title.span(), short(text), words=title[0])

    def _stated(self, unit: Unit) -> Iterator[Amount]:
        """The values that a source must have: no quotation's (its words are compared), none of our own."""
        text = unit.text.text
        own = [found.span() for pattern in (_OWN, GAP) for found in pattern.finditer(text)]
        for one in amounts(text):
            if not one.firm or one.key in self._own or (one.kind == "code" and one.key in self._numbers):
                continue
            if any(start <= one.start < end for start, end in own) or self._in_name(text, one):
                continue
            if not self._quoted(unit, one.start, one.end):
                yield one

    def _quoted(self, unit: Unit, start: int, end: int) -> bool:
        return (
            any(one.block == unit.block and one.start <= start and end <= one.end for one in self._quotes)
            and unit.kind not in ("cell", "caption")  # several texts of one block
        )

    @staticmethod
    def _in_name(text: str, one: Amount) -> bool:
        """A figure that is part of a name: 5G, PM2.5, A4, 2+26."""
        if one.kind != "number":
            return False
        before, behind = text[max(0, one.start - 1) : one.start], text[one.end : one.end + 1]
        named = bool(before) and before.isascii() and (before.isalpha() or before in "-_+")
        digits = text[one.start : one.end]
        return named or (behind.isascii() and behind.isalpha() and len(digits) < 3)


def _keys(document: CitedDocument) -> dict[str, set[str]]:
    row = document.row
    texts = [document.title, str(row["doc_number"] or ""), str(row["index_number"] or ""), document.body.text]
    former = [one.text for one in document.former]
    files = [one.text for one in document.files]
    found = keys_of("\n".join((*texts, *files, *former)))
    for day in document.days:
        for key in wider(Amount("day", day.isoformat(), 0, 0)):
            found.setdefault(key, set()).add("")
    return found


def _letters(document: CitedDocument) -> str:
    texts = (
        document.title,
        str(document.row["doc_number"] or ""),
        document.body.text,
        *(one.text for one in document.files),
    )
    return re.sub(r"\s", "", re.sub(r"[-—–−]", "-", "\n".join(texts))).casefold()
