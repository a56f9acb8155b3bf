"""What a spaCy Doc carries through the pipeline: the record it was made from and the findings so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

from classify.components.anchors import Anchors
from classify.departments.authority import authority
from warehouse.records import (
    Citation,
    Document,
    Duty,
    Fact,
    Label,
    ParsedNumber,
    Route,
    Source,
    StoredDocument,
)

SPANS = "gov"
_SIDE = 32  # bits of an offset in a span's id
_KEPT: Any = ("._.", "gov", None, None)  # where spaCy keeps `doc._.gov`; asked seventeen times a document
MINED_CHARACTERS = 1_000_000  # facts are read in this much of a text; personal data in all of it
MOST_FACTS = 5_000  # of one kind in one document; more is a table, not a text
LONGEST_HEADING = 120
_ENDS = tuple("。！？；：.!?;:，,")  # of a first line that is a sentence
MOST_TOKENS = 50_000  # paragraphs beyond share one token


Spoken = tuple[str, str, int]  # where (title, text, attachment, issuer), the words, their offset there


@dataclass(slots=True)
class Votes:
    """Points per topic class with the words that gave them."""

    points: dict[str, float]
    spoke: dict[str, list[tuple[float, Spoken]]]
    title: dict[str, float] = field(default_factory=dict)  # the points that title and issuer gave


@dataclass(slots=True)
class Findings:
    """The typed values that components leave on a Doc (`doc._.gov`)."""

    stored: StoredDocument
    document: Document  # the stored one, without its label fields when these are hidden
    starts: tuple[int, ...]  # where each paragraph begins in doc.text
    text: str = ""  # doc.text, with personal data masked once gov_personal ran: all that is quoted
    number: ParsedNumber | None = None
    doc_type: str | None = None
    departments: list[Label] = field(default_factory=list)
    topics: list[Label] = field(default_factory=list)
    votes: Votes | None = None  # of the leading scheme
    votes_of: dict[str, Votes] = field(default_factory=dict)  # of each scheme that was read
    citations: list[Citation] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)  # one without a code where nobody was found
    reasons: list[str] = field(default_factory=list)
    anchors: Anchors | None = None  # of `text`, made when the first reader asks
    tokens: int = 0  # of the Doc, where each paragraph is one
    index: tuple[int, dict[tuple[int, int], list[Any]]] | None = None  # count of records, records by place
    marked: bool = True  # whether places are kept in doc.spans too
    _home: tuple[str | None] | None = None  # in a tuple once it is known

    @property
    def home(self) -> str | None:
        """The jurisdiction whose bodies a bare name means: the document's own, else its source's."""
        if self._home is None:
            source: Source | None = self.stored.source
            own = authority().home_of(self.document.jurisdiction)
            self._home = (own or (source.jurisdiction if source else None),)
        return self._home[0]

    def place(self, offset: int) -> tuple[int, int]:
        """Paragraph and offset within it of a position in doc.text."""
        paragraph = max(bisect_right(self.starts, offset) - 1, 0)
        return paragraph, offset - self.starts[paragraph] if self.starts else offset


class LineTokenizer(DummyTokenizer):
    """One token a paragraph: cheap, exact, and enough for components that read doc.text."""

    def __init__(self, vocab: Vocab, language: str) -> None:
        self.vocab, self.language = vocab, language

    def __call__(self, text: str) -> Doc:
        words = text.splitlines(keepends=True)
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words))
        doc._.gov = _bare(text, self.language)  # which the vocabulary of `blank` does not know
        return doc


@registry.tokenizers("govbrief.lines.v1")  # type: ignore[untyped-decorator]
def create_line_tokenizer() -> Callable[[Any], LineTokenizer]:
    """The factory that spaCy's configuration names."""
    return lambda nlp: LineTokenizer(nlp.vocab, nlp.lang)


if not Doc.has_extension("gov"):
    Doc.set_extension("gov", default=None)


def language_of(stored: StoredDocument) -> str:
    """Which of the two pipelines reads the document: `en` for every kind of English, `zh` for all else."""
    return "en" if stored.document.language.startswith("en") else "zh"


def blank(language: str) -> Language:
    """An empty pipeline of this language with the line tokenizer; knows no words and needs no model."""
    nlp = spacy.blank(language, config={"nlp": {"tokenizer": {"@tokenizers": "govbrief.lines.v1"}}})
    nlp.max_length = 100_000_000
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters = {}  # a paragraph has no shape, prefix or number form worth computing
    return nlp


def make_doc(vocab: Vocab, stored: StoredDocument, hide_published: bool = False, marked: bool = True) -> Doc:
    """The Doc of one stored document: one token a paragraph, its record beside it.

    `marked=False`: for whoever wants the findings alone; the Doc has no tokens, and so no text and no spans.
    """
    document = hide_labels(stored.document) if hide_published else stored.document
    paragraphs = document.paragraphs
    words = _tokens(paragraphs) if marked else []
    doc = Doc(vocab, words=words, spaces=[False] * len(words)) if words else Doc(vocab)
    begun = accumulate([len(one) + 1 for one in paragraphs[:-1]], initial=0) if paragraphs else ()
    doc.user_data[_KEPT] = Findings(
        stored, document, tuple(begun), "\n".join(paragraphs), tokens=len(words), marked=marked
    )
    return doc


def _tokens(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, each with the line break behind it; those beyond MOST_TOKENS as one."""
    words = [paragraph + "\n" for paragraph in paragraphs[:-1]]
    words += [one for one in paragraphs[-1:] if one]
    if len(words) > MOST_TOKENS:
        words[MOST_TOKENS:] = ["".join(words[MOST_TOKENS:])]
    return words


def hide_labels(document: Document) -> Document:
    """The document without its published department and topic and its site; its number and dates stay."""
    return replace(document, departments=(), issuer=None, topics=(), topic_scheme=None, url=None, origins=())


def findings(doc: Doc) -> Findings:
    """The findings of a Doc; a bare text gets a record of its own, in the language of its pipeline."""
    found = known_findings(doc)
    if found is None:
        found = doc._.gov = _bare(doc.text, doc.lang_ or "zh")
    return found


def _bare(text: str, language: str) -> Findings:
    """The findings of a text of which nothing else is known."""
    lines = tuple(text.split("\n"))
    document = Document("text", "text", None, None, _heading(lines), lines, language=language)
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    return Findings(StoredDocument(document, "text", None), document, tuple(starts), text)


def _heading(lines: tuple[str, ...]) -> str:
    """The title of a bare text: its first line, where that is short, no sentence, and others follow."""
    first = lines[0].strip()
    return first if len(lines) > 1 and len(first) <= LONGEST_HEADING and first[-1:] not in _ENDS else ""


def known_findings(doc: Doc) -> Findings | None:
    """The findings of a Doc that a component or `make_doc` has touched, else None."""
    found: Findings | None = doc.user_data.get(_KEPT)
    return found


def place_of(span: Span) -> tuple[int, int] | None:
    """Where in doc.text the fact stands that a span of doc.spans["gov"] was made for; None for others."""
    end, start = span.id >> _SIDE, span.id & ((1 << _SIDE) - 1)
    return (start, end) if span.start_char <= start < end <= span.end_char else None


def mark(doc: Doc, marks: Iterable[tuple[int, int, str]]) -> None:
    """Add the paragraphs that hold these places to doc.spans["gov"], labelled by what was found there.

    A span's id holds its place (`place_of` reads it), so that a fact is not lost in its paragraph.
    """
    state: Findings | None = doc.user_data.get(_KEPT)
    if state is not None and not state.marked:
        return
    if state is None or not state.tokens:
        found = (
            doc.char_span(start, end, label, alignment_mode="expand", span_id=end << _SIDE | start)
            for start, end, label in marks
        )
        spans = [span for span in found if span is not None]
    else:
        spans = _by_paragraph(doc, state.starts, state.tokens, marks)
    if not spans:
        return
    if SPANS in doc.spans:
        doc.spans[SPANS].extend(spans)
    else:
        doc.spans[SPANS] = spans


def _by_paragraph(
    doc: Doc, starts: tuple[int, ...], tokens: int, marks: Iterable[tuple[int, int, str]]
) -> list[Span]:
    """The spans where each paragraph is one token: its number in the text is its number in the Doc."""
    spans = []
    for start, end, label in marks:
        first = min(bisect_right(starts, start) - 1, MOST_TOKENS)
        last = min(bisect_right(starts, end - 1, max(first, 0)) - 1, MOST_TOKENS)
        if first >= 0 and last < tokens:
            spans.append(Span(doc, first, last + 1, label=label, span_id=end << _SIDE | start))
    return spans


class Component:
    """A stateless pipeline component: nothing to save beside its configuration."""

    def __call__(self, doc: Doc) -> Doc:
        raise NotImplementedError

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents in order, a batch at a time: its rules stay in the processor's cache meanwhile."""
        waiting = iter(stream)
        while docs := [self(doc) for doc in islice(waiting, batch_size)]:
            yield from docs

    def to_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> None:
        """Nothing to write: the component is its code and data files."""

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> Component:
        """Nothing to read."""
        return self

    def to_bytes(self, *, exclude: Sequence[str] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> Component:
        return self
