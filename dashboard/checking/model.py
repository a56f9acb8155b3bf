"""What a check of a draft finds: findings with their weight and place, and a verdict on each quotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Weight = Literal["stop", "look", "told"]
Verdict = Literal["exact", "repaired", "unverified", "term"]

# Every kind of finding with its weight: `stop` forbids signing and export, `look` must be waived by name
# and remark at approval, `told` is only said. The words are `checking.<kind>` of the catalogue.
WEIGHTS: Mapping[str, Weight] = MappingProxyType(
    {
        "quote-unverified": "stop",  # nothing like it stands in the document that the mark binds
        "quote-differs": "stop",  # stands there with other words
        "quote-other-source": "stop",  # stands in another document that the draft cites
        "quote-unmarked": "stop",  # longer than a term, and no mark says where it comes from
        "quote-unmarked-found": "stop",  # the same, but a document that the draft cites has it
        "quote-joined": "stop",  # two passages that do not follow each other, written as one
        "quote-too-long-excerpt": "stop",  # the source allows 200 signs of a document
        "quote-too-long-link": "stop",  # the source allows a link and no text
        "copied-excerpt": "stop",  # the same without quotation marks
        "copied-link": "stop",
        "quote-open": "stop",  # a quotation mark without its other half
        "quote-masked": "stop",  # what the source shows only masked was filled in
        "quote-repaired": "told",  # spaces, width or forms of punctuation differ
        "quote-shortened": "told",  # …… stands for words that were left out
        "quote-elsewhere": "told",  # found in the document, but not in the passage that the item holds
        "quote-former": "look",  # stands in a former version of the document only
        "quote-cut": "look",  # begins behind a negation, or ends a sentence that goes on in the source
        "term-unknown": "look",  # a short term in quotation marks that no cited text uses
        "claim-unlike": "look",  # the sentence shares hardly a word with the source it names
        "claim-not-compared": "told",  # sentences whose sources are all in another language
        "title-unknown": "look",  # a title in 《》 that no cited document has or names
        "number-unsourced": "stop",  # a number that the sources of its paragraph do not have
        "number-heading": "look",  # a number of a title, heading or caption that no source beneath it has
        "number-unit": "look",  # the sources have the number with another unit
        "citation-missing": "look",  # a number, day or document is named and no mark stands in the paragraph
        "source-unknown": "stop",  # no such document in the publication
        "item-unknown": "stop",  # no such item in the basket
        "source-withdrawn": "stop",  # no longer published, or purged
        "source-repealed": "look",
        "source-repealed-by": "look",  # and it is known by what
        "source-amended": "look",
        "source-amended-by": "look",
        "source-changed": "look",  # the site changed the document since the passage was taken
        "passage-lost": "stop",  # the passage of the item is not in the document any more, in no version
        "basis-ended": "look",  # a document that the source rests on was repealed
        "personal-data": "stop",
        "secrecy-mark": "stop",
        "figure-unknown": "stop",
        "conflict-left": "stop",  # signs of a merge stand in the text
        "gap-left": "look",  # a place of the template that nobody filled in
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a draft, where it stands and what is to be said of it.

    `start` and `end` count code points of the text of the block (`drafting.model.Text.text`); in a table of
    the cell's text, whose row (0 is the head) and column `values` name as `row` and `column`. A finding
    about the whole draft has block -1. `values` fill the placeholders of `checking.<kind>`.
    """

    kind: str
    weight: Weight
    block: int
    start: int
    end: int
    text: str  # the words of the draft it is about
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    document_id: str | None = None
    paragraph: int | None = None  # of the document, from 0
    key: str = ""  # kind and hash of the words: it stays the same while other parts of the draft change


@dataclass(frozen=True, slots=True)
class QuoteVerdict:
    """What became of one quotation: where in which version of which document it stands.

    `start` and `end` count code points of that version's paragraph; a quotation that runs over several
    paragraphs ends in `last_paragraph`. A `term` is a short name in quotation marks without a reference.
    """

    block: int
    start: int
    end: int
    text: str  # as the draft has it, without its quotation marks
    verdict: Verdict
    document_id: str | None = None
    version_no: int | None = None
    paragraph: int | None = None
    source_start: int | None = None
    source_end: int | None = None
    last_paragraph: int | None = None
    source_text: str = ""  # as the source has it
    item_id: int | None = None
    reading_id: str | None = None
    where: Literal["body", "title", "file"] = "body"
    file: str = ""  # address of the attached file the words stand in


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All findings in the order of the text, and a verdict for every quotation."""

    findings: tuple[Finding, ...] = ()
    quotes: tuple[QuoteVerdict, ...] = ()
    publication_id: str = ""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What forbids signing and export until it is mended."""
        return tuple(one for one in self.findings if one.weight == "stop")

    @property
    def looks(self) -> tuple[Finding, ...]:
        """What a reviewer must waive by name and remark, or the analyst mend."""
        return tuple(one for one in self.findings if one.weight == "look")

    def unwaived(self, waived: frozenset[str] | set[str]) -> tuple[Finding, ...]:
        """The findings to look at whose key is not among those waived."""
        return tuple(one for one in self.looks if one.key not in waived)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each weight."""
        found = Counter(one.weight for one in self.findings)
        return {weight: found[weight] for weight in ("stop", "look", "told")}
