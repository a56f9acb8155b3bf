"""From a signed issue of the desk to the input of its pack: what was frozen with the signature."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.drafting.grammar import parse
from dashboard.evidence.model import PackInput, PackPin
from dashboard.evidence.pack import packed
from dashboard.evidence.places import words_of
from dashboard.issuing.release import kept_file
from dashboard.words import say
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.passages import Passage
from warehouse.publication import Publication


def pack_of(home: Home, publication: Publication, desk: Desk, issue_id: int) -> bytes:
    """The evidence pack of a signed issue; a UserError when there is no such issue.

    EnvironmentProblem when what was frozen, or a kept file, does not match its hash any more.
    """
    return packed(home, publication, pack_input(desk, issue_id))


def pack_input(desk: Desk, issue_id: int) -> PackInput:
    """The issue as it was signed, with the files that were kept of it."""
    issue = desk.issues.one(issue_id)
    frozen = json.loads(desk.issues.frozen(issue_id))
    titles = {one["document_id"]: one["title"] or "" for one in frozen["documents"]}
    files = tuple(
        (one.format, kept_file(desk, issue, one.format)) for one in desk.issues.files(issue.issue_id)
    )
    return PackInput(
        series=issue.series,
        number=say(issue.language, "pack.number", year=issue.year, number=issue.number),
        title=issue.title,
        language=issue.language,
        signed_at=issue.approved_at,
        publication_id=issue.publication_id,
        text=frozen["text"],
        pins=(*_items(frozen["pins"]), *_quotations(frozen, titles)),
        files=files,
        state=issue.state,
        sha256=issue.sha256,
    )


def _items(pins: Iterable[Mapping[str, Any]]) -> Iterator[PackPin]:
    for one in pins:
        yield PackPin(f"e{one['item_id']}", Passage(**one["passage"]), one["title"])


def _quotations(frozen: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[PackPin]:
    """The quotations that stand in one paragraph of a text; those of titles and files have no place there."""
    passages = [one["passage"] for one in frozen["pins"]]
    hashes = {(one["document_id"], one["reading_id"]): one["sha256"] for one in passages}
    blocks = parse(frozen["text"]).blocks
    for number, one in enumerate(filter(_has_place, frozen["check"]["quotes"]), start=1):
        document_id, reading_id = one["document_id"], one["reading_id"] or ""
        passage = Passage(
            document_id, one["version_no"], reading_id, hashes.get((document_id, reading_id)),
            one["paragraph"], one["source_start"], one["source_end"], one["source_text"], "", "",
        )  # fmt: skip
        title, quoted = titles.get(document_id, ""), one["text"]
        place = (one["block"], one["start"], one["end"])
        yield PackPin(
            f"q{number}", passage, title, quoted, place if words_of(blocks, place) == quoted else None
        )


def _has_place(quote: Mapping[str, Any]) -> bool:
    known = all(
        quote[name] is not None
        for name in ("document_id", "version_no", "paragraph", "source_start", "source_end")
    )
    one_paragraph = quote["last_paragraph"] in (None, quote["paragraph"])
    return bool(
        known
        and one_paragraph
        and quote["where"] == "body"
        and quote["verdict"] in ("exact", "repaired", "term")
        and len(quote["source_text"]) == quote["source_end"] - quote["source_start"] > 0
    )
