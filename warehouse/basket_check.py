"""After a publication: every passage of the basket is looked for in the texts as they are shown now.

A changed reading moves the pin, or marks the item; a changed, withdrawn or repealed document marks it. The
pin of a former version stays at that version, whose text is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from warehouse.anchoring import ONCE, Anchored, Letters, Repeat, anchored, repeat_of
from warehouse.desk import Desk
from warehouse.desk.basket.model import Concern
from warehouse.desk.basket.pins import Verdict, Watched
from warehouse.passages import Passage, words_at
from warehouse.publication import Publication
from warehouse.queries.reading import placeholders
from warehouse.search.past import past_text

_ENDED = ("repealed", "expired")
_ORDER: tuple[Concern, ...] = ("gone", "lost", "ended", "version")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class BasketCheck:
    """What a check of the basket did: items looked at, pins that moved, items that must be looked at."""

    items: int = 0
    moved: int = 0
    attention: int = 0


class Text:
    """One version of a document as the publication holds it, folded for searching when that is needed."""

    def __init__(
        self, version_no: int, reading_id: str, sha256: str | None, paragraphs: Sequence[str]
    ) -> None:
        self.version_no = version_no
        self.reading_id = reading_id
        self.sha256 = sha256
        self.paragraphs = paragraphs
        self.hash = hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()

    @cached_property
    def letters(self) -> Letters:
        """The text as passages are looked for in it."""
        return Letters(self.paragraphs)

    def anchored(self, passage: Passage, repeat: Repeat = ONCE) -> Anchored:
        """Where a passage stands in it."""
        same = words_at(self.paragraphs, passage) == passage.text
        lines = self.paragraphs if same else self.letters
        return anchored(passage, lines, self.reading_id, self.version_no, repeat)


@dataclass(frozen=True, slots=True)
class _Found:
    passage: Passage
    stands: str
    text_hash: str | None
    state: str  # exact | moved | lost
    repeat: Repeat


def check_basket(publication: Publication, desk: Desk, only: int | None = None) -> BasketCheck:
    """Bring the pins up to a publication and mark what needs attention; `only` names a single item.

    Repeatable: a second check on the same publication changes nothing.
    """
    seen = [one for one in desk.basket.pins.watched() if only is None or one.item.item_id == only]
    verdicts = list(_verdicts(publication, seen))
    changed = [verdict for verdict, before in verdicts if _differs(verdict, before)]
    if changed:
        desk.basket.pins.keep(publication.publication_id, changed, seen)
    moved = sum(verdict.outcome == "moved" for verdict in changed)
    return BasketCheck(len(seen), moved, sum(bool(verdict.concern) for verdict, _ in verdicts))


def in_present(publication: Publication, passage: Passage) -> Passage | None:
    """The same words in the present version of their document, pinned there; None when they are not."""
    row = papers_of(publication, [passage.document_id]).get(passage.document_id)
    text = text_of(publication, row, int(row["version_no"])) if row else None
    answer = text.anchored(passage) if text else None
    if text is None or answer is None or answer.state == "lost":
        return None
    there, lines = answer.passage, text.paragraphs
    if there.end > len(lines[there.paragraph]):  # runs on over a paragraph: a new pin stands in one
        return None
    return replace(there, sha256=text.sha256, text=words_at(lines, there))


def text_of(publication: Publication, row: Mapping[str, Any], version_no: int) -> Text | None:
    """A version's text; None when it is not held. `row` has the document's name and its present version."""
    document_id = str(row["document_id"])
    if version_no == row["version_no"]:
        lines: Sequence[str] = publication.body(document_id)
        source: Mapping[str, Any] = row
    else:
        former = publication.rows(_FORMER, [document_id, version_no])
        if not former:
            return None
        lines, source = past_text(publication, document_id, version_no), former[0]
    return Text(version_no, source["reading_id"], source["sha256"], lines)


def papers_of(publication: Publication, document_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Version, reading, hash, state and validity of the documents that are published, by name."""
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(document_ids), _BATCH):
        some = document_ids[at : at + _BATCH]
        rows = publication.rows(_DOCUMENTS.format(ids=placeholders(some)), list(some))
        found |= {str(row["document_id"]): row for row in rows}
    return found


def _verdicts(publication: Publication, seen: Sequence[Watched]) -> Iterator[tuple[Verdict, Watched]]:
    def name(one: Watched) -> str:
        return one.item.passage.document_id

    papers = papers_of(publication, sorted({name(one) for one in seen}))
    for document_id, group in groupby(sorted(seen, key=name), key=name):
        row = papers.get(document_id)
        texts: dict[int, Text | None] = {}
        for one in group:
            yield (_verdict(publication, one, row, texts), one)


def _verdict(
    publication: Publication, one: Watched, row: Mapping[str, Any] | None, texts: dict[int, Text | None]
) -> Verdict:
    if row is None:
        return _told(one, _kept(one), {"gone": "-"})
    passage, present = one.item.passage, int(row["version_no"])
    for number in {passage.version_no, present}:
        if number not in texts:
            texts[number] = text_of(publication, row, number)
    own = texts[passage.version_no]
    found = _found(one, own) if own else _kept(one)
    concerns: dict[Concern, str] = {}
    if found.state == "lost":
        concerns["lost"] = own.reading_id if own else ""
    ended = "withdrawn" if row["status"] == "withdrawn" else row["validity"]
    if ended in ("withdrawn", *_ENDED):
        concerns["ended"] = ended
    if present > passage.version_no:
        concerns["version"] = _in_version(passage, texts[present])
    return _told(one, found, concerns)


def _found(one: Watched, text: Text) -> _Found:
    """The pin in the version that it belongs to, as that is read now."""
    passage = one.item.passage
    if text.hash == one.text_hash and one.item.concern != "lost":  # read anew, with the same letters
        again = replace(passage, reading_id=text.reading_id, sha256=text.sha256)
        return _Found(again, one.item.stands, text.hash, "exact", one.repeat)
    answer = text.anchored(passage, one.repeat)
    if answer.state == "lost":
        return _Found(passage, one.item.stands, None, "lost", one.repeat)
    there = replace(answer.passage, sha256=text.sha256)
    return _Found(there, answer.stands, text.hash, answer.state, repeat_of(there, text.letters))


def _kept(one: Watched) -> _Found:
    """The pin as it is: there is no text in which to look for it."""
    return _Found(one.item.passage, one.item.stands, one.text_hash, "exact", one.repeat)


def _in_version(passage: Passage, text: Text | None) -> str:
    """What a later version says of the words: its number, `same` and the paragraph (from 1), or `gone`."""
    if text is None:
        return "-"
    answer = text.anchored(passage)
    if answer.state == "lost":
        return f"{text.version_no} gone"
    return f"{text.version_no} same {answer.passage.paragraph + 1}"


def _told(one: Watched, found: _Found, concerns: Mapping[Concern, str]) -> Verdict:
    """The most serious concern that nobody let stand yet."""
    item = one.item
    open_ones = [kind for kind in _ORDER if kind in concerns and one.settled.get(kind) != concerns[kind]]
    concern: Concern = open_ones[0] if open_ones else ""
    said = concerns[concern] if concern else ""
    if (concern, said) != (item.concern, item.said):
        outcome: str = concern or "back"
    elif (found.passage, found.stands) != (item.passage, item.stands):
        outcome = "moved" if _elsewhere(found, item.passage) or found.stands != item.stands else "exact"
    else:
        outcome = ""
    return Verdict(
        item.item_id, found.passage, found.stands, found.text_hash, concern, said, outcome, found.repeat
    )


def _elsewhere(found: _Found, old: Passage) -> bool:
    new = found.passage
    return (new.paragraph, new.start, new.end) != (old.paragraph, old.start, old.end)


def _differs(verdict: Verdict, before: Watched) -> bool:
    item = before.item
    now = (verdict.passage, verdict.stands, verdict.text_hash, verdict.concern, verdict.said, verdict.repeat)
    return now != (
        item.passage, item.stands, before.text_hash, item.concern, item.said, before.repeat,
    )  # fmt: skip


_DOCUMENTS = """
select document.document_id, document.version_no, document.reading_id, document.status, document.validity,
    document.places, capture.sha256
from document
left join capture on capture.capture_id = document.capture_id
where document.document_id in ({ids})
"""
_FORMER = """
select past_body.reading_id, capture.sha256
from past_body
left join capture on capture.capture_id = past_body.capture_id
where past_body.document_id = ? and past_body.version_no = ?
"""
