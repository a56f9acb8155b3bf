"""The summary of a period: sentences out of its documents, each with its place, never words of our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.queries.by_name import documents_by_name
from warehouse.queries.reading import Published
from warehouse.summaries.sentences import Sentence, sentences
from warehouse.summaries.summary import most_central
from warehouse.summaries.textrank import central

READ = 12  # documents, the first of the list
OPENING = 80  # sentences of each that are looked at
ONE = {"zh": 90, "en": 240}  # characters of the sentence that speaks for a document
WHOLE = {"zh": 300, "en": 750}  # characters of the whole summary
MOST = 5  # sentences
_ENDS = ("。", "！", "？", "；", ".", "!", "?", ";")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a document; paragraph from 0, code points within it."""

    document_id: str
    title: str
    language: str
    text: str
    paragraph: int
    start: int
    end: int


def period_summary(
    publication: Published, document_ids: Sequence[str], language: str = "zh"
) -> tuple[Quoted, ...]:
    """Up to `MOST` sentences of the first `READ` documents that say most and not the same twice, one of each.

    Only of documents whose source lets its text be shown whole; those in the reader's language come first.
    The same documents always give the same summary; it is empty when none has a sentence worth it.
    """
    columns = "d.title, d.language, (select s.reuse from source s where s.source_id = d.source_id) as reuse"
    read = document_ids[:READ]
    rows = documents_by_name(publication, columns, read)
    shown = [rows[one] for one in read if one in rows and rows[one]["reuse"] not in (None, "link", "excerpt")]
    own = [row for row in shown if _spoken(row["language"]) == language]
    candidates: list[tuple[dict[str, object], Sentence]] = []
    for row in own or shown:
        spoken = _spoken(row["language"])
        read_of = list(sentences(publication.body(row["document_id"]), spoken))[:OPENING]
        found = [one for one in read_of if one.text.endswith(_ENDS)]  # no heading, no title
        said = [one for one in most_central(found, spoken, ONE[spoken]) if len(one.text) <= ONE[spoken]]
        candidates += [(row, one) for one in said[:1]]
    if not candidates:
        return ()
    spoken = _spoken(candidates[0][0]["language"])
    chosen = sorted(central([one.text for _, one in candidates], spoken, WHOLE[spoken])[:MOST])
    return tuple(_quoted(*candidates[at]) for at in chosen)


def _quoted(row: dict[str, object], one: Sentence) -> Quoted:
    return Quoted(
        str(row["document_id"]), str(row["title"] or ""), _spoken(row["language"]), one.text, one.paragraph,
        one.start, one.end,
    )  # fmt: skip


def _spoken(language: object) -> str:
    return "en" if str(language or "zh").startswith("en") else "zh"
