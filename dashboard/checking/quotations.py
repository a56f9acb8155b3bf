"""Every quotation stands in the source that its reference binds, or the draft is not signed.

A short name in quotation marks (“一网通办”) may stand without a reference: in 12,000 real documents nine
of ten names in quotation marks, those without a full stop or comma, have at most ten signs or five words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from dashboard.checking.held import CitedDocument
from dashboard.checking.matching import Match, find
from dashboard.checking.model import Finding, QuoteVerdict
from dashboard.checking.nearest import joined, nearest
from dashboard.checking.plain import plain
from dashboard.checking.quoted import Quoted, Unclosed, quoted
from dashboard.checking.units import Looked, finding, short
from warehouse.desk.basket.model import BasketItem

TERM_SIGNS = 10  # of a term without a reference, Chinese
TERM_WORDS = 5  # the same in English
EXCERPT = 200  # signs that a source with the terms `excerpt` lets be shown of one document
_SENTENCE = re.compile(r"[，。；：？！,;?!]|[.:](?:\s|$)")
_DUTY = re.compile(r"不得|应当|必须|严禁|禁止|\b(?:shall|must|not)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?:[不未勿莫毋](?:[能可应予准宜再会得要许])?|没有|并非|严禁|禁止|n['’]t|cannot"
    r"|(?<!\w)(?:not|never|no|nor|without))['’\s]*$",
    re.IGNORECASE,
)
_GOES_ON = ",;:、"
Found = Finding | QuoteVerdict


def check_quotations(looked: Looked) -> tuple[list[Finding], list[QuoteVerdict]]:
    """What is to be said of the quotations, and the verdict on each."""
    findings: list[Finding] = []
    verdicts: list[QuoteVerdict] = []
    shown: dict[str, list[tuple[Quoted, Match]]] = defaultdict(list)
    for one in quoted(looked.units):
        if isinstance(one, Unclosed):
            around = one.unit.text.text[one.at : one.at + 20]
            findings.append(finding("quote-open", one.unit, one.at, one.at + 1, around))
            continue
        said = list(_marked(looked, one, shown) if one.marks else _unmarked(looked, one, shown))
        findings += [each for each in said if isinstance(each, Finding)]
        verdicts += [each for each in said if isinstance(each, QuoteVerdict)]
    findings += _too_long(looked, shown)
    return findings, verdicts


def is_term(words: str) -> bool:
    """Whether words in quotation marks are a name or a watchword rather than a statement."""
    if _SENTENCE.search(words) or _DUTY.search(words) or "\n" in words.strip():
        return False
    letters = plain(words)
    return len(words.split()) <= TERM_WORDS if letters.isascii() else len(letters) <= TERM_SIGNS


def _marked(looked: Looked, one: Quoted, shown: dict[str, list[tuple[Quoted, Match]]]) -> Iterator[Found]:
    for mark in one.marks:
        document, item = looked.document(mark), looked.item(mark)
        match = find(one.text, document, item.passage if item else None) if document else None
        if document and match:
            shown[document.document_id].append((one, match))
            yield _verdict(one, match, document, item)
            yield from _remarks(one, match, document, item)
            return
    yield _unverified(one)
    bound = looked.documents(one.marks)
    if not bound:
        return  # said of the reference: no such item, no such document
    other = next((each for each in looked.library if each not in bound and find(one.text, each)), None)
    if other is not None:
        yield finding(
            "quote-other-source", one.unit, one.start, one.end, quote=short(one.text),
            title=other.title, bound=bound[0].title, document_id=other.document_id,
        )  # fmt: skip
    else:
        yield _why_not(one, bound)


def _verdict(one: Quoted, match: Match, document: CitedDocument, item: BasketItem | None) -> QuoteVerdict:
    paragraph, start = match.held.place(match.start)
    last, end = match.held.place(max(match.start, match.end - 1))
    return QuoteVerdict(
        one.unit.block, one.start, one.end, one.text, "exact" if match.exact else "repaired",
        document.document_id, match.held.version_no, paragraph, start, end + 1, last, match.source,
        item.item_id if item else None, match.held.reading_id, match.held.where, match.held.name,
    )  # fmt: skip


def _unverified(one: Quoted) -> QuoteVerdict:
    return QuoteVerdict(one.unit.block, one.start, one.end, one.text, "unverified")


def _remarks(
    one: Quoted, match: Match, document: CitedDocument, item: BasketItem | None
) -> Iterator[Finding]:
    """What is to be said of a quotation that was found."""
    paragraph, _ = match.held.place(match.start)
    where: dict[str, Any] = {"document_id": document.document_id, "paragraph": paragraph}
    told: dict[str, Any] = {"quote": short(one.text), "title": document.title, "place": paragraph + 1}
    if match.skipped:
        left = sum(end - start for start, end in match.skipped)
        yield finding("quote-shortened", one.unit, one.start, one.end, **where, **told, n=left)
    elif not match.exact:
        said = {**told, "source": short(match.source)}
        yield finding("quote-repaired", one.unit, one.start, one.end, **where, **said)
    if not match.held.current:
        said = {**told, "version": match.held.version_no or 0, "now": document.body.version_no or 0}
        yield finding("quote-former", one.unit, one.start, one.end, **where, **said)
    elif item and not _within(match, item):
        yield finding("quote-elsewhere", one.unit, one.start, one.end, **where, **told, item=item.item_id)
    edge = _cut_edge(one, match)
    if edge:
        yield finding("quote-cut", one.unit, one.start, one.end, **where, **told, around=short(edge))


def _within(match: Match, item: BasketItem) -> bool:
    passage = item.passage
    if match.held.where != "body":
        return False
    if match.held.version_no != passage.version_no or match.held.reading_id != passage.reading_id:
        return plain(match.source) in plain(passage.text) or plain(passage.text) in plain(match.source)
    low = match.held.offset(passage.paragraph, passage.start)
    high = match.held.offset(passage.paragraph, passage.end)
    return low <= match.start < high


def _cut_edge(one: Quoted, match: Match) -> str:
    """The source around a quotation that leaves a negation out before it, or ends a sentence that goes on."""
    text = match.held.text
    if _NEGATION.search(text[max(0, match.start - 12) : match.start]):
        return text[max(0, match.start - 12) : match.end]
    ends = plain(one.text)[-1:] in (".", "!", "?")
    if match.cut and ends and plain(text[match.end : match.end + 1]) in tuple(_GOES_ON):
        return text[match.start : match.end + 24]
    return ""


def _why_not(one: Quoted, bound: tuple[CitedDocument, ...]) -> Finding:
    """What is wrong with a quotation that no bound source holds, as far as it can be told."""
    place = (one.start, one.end)
    quote = short(one.text)
    for document in bound:
        for held in document.texts():
            parts = joined(one.text, held)
            if parts is not None:
                return finding(
                    "quote-joined", one.unit, *place, quote=quote, title=document.title,
                    first=short(parts[0]),
                    second=short(parts[1]), document_id=document.document_id,
                )  # fmt: skip
    for document in bound:
        near = nearest(one.text, document.texts())
        if near is not None:
            paragraph, _ = near.held.place(near.start)
            return finding(
                "quote-masked" if near.masked else "quote-differs", one.unit, *place, quote=quote,
                title=document.title,
                place=paragraph + 1, written=short(near.written), source=short(near.source),
                document_id=document.document_id, paragraph=paragraph,
            )  # fmt: skip
    first = bound[0]
    return finding(
        "quote-unverified", one.unit, *place, quote=quote, title=first.title, document_id=first.document_id
    )  # fmt: skip


def _unmarked(looked: Looked, one: Quoted, shown: dict[str, list[tuple[Quoted, Match]]]) -> Iterator[Found]:
    """Without a reference: a term that a cited text uses, or words in a heading or title that one has."""
    holder = next(((each, match) for each in looked.library if (match := find(one.text, each))), None)
    term = is_term(one.text) and not one.block
    if holder and (term or one.unit.kind in ("heading", "caption")):
        document, match = holder
        paragraph, start = match.held.place(match.start)
        yield QuoteVerdict(
            one.unit.block, one.start, one.end, one.text, "term", document.document_id,
            match.held.version_no, paragraph, start, start + len(match.source), paragraph, match.source,
            None, match.held.reading_id, match.held.where, match.held.name,
        )  # fmt: skip
        if not term:  # words of a source in a heading: its terms and what is to be said hold there too
            shown[document.document_id].append((one, match))
            yield from _remarks(one, match, document, None)
        return
    yield _unverified(one)
    kind = "term-unknown" if term else "quote-unmarked-found" if holder else "quote-unmarked"
    title = holder[0].title if holder else ""
    yield finding(
        kind, one.unit, one.start, one.end, quote=short(one.text), title=title,
        document_id=holder[0].document_id if holder else None,
    )  # fmt: skip


def _too_long(looked: Looked, shown: dict[str, list[tuple[Quoted, Match]]]) -> Iterator[Finding]:
    """Quotations beyond what their sources allow: 200 signs of a document, or its title and terms alone."""
    for document_id, quotes in shown.items():
        document = looked.library.get(document_id)
        if document is None or document.reuse == "full":
            continue
        left = EXCERPT if document.reuse == "excerpt" else 0
        for one, match in quotes:
            if match.held.where == "title" or is_term(one.text):
                continue
            left -= len(one.text)
            if left < 0:
                yield finding(
                    f"quote-too-long-{document.reuse}", one.unit, one.start, one.end, quote=short(one.text),
                    title=document.title, n=EXCERPT, document_id=document_id,
                )  # fmt: skip
