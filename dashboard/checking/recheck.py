"""Signed issues looked at again at each publication: is what they cite still there, in force, unchanged?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.checking.held import CitedDocument, Library
from dashboard.checking.plain import plain
from warehouse.desk.desk import LOCAL, Desk
from warehouse.desk.issues.model import NoticeKind
from warehouse.publication import Publication

_ENDED = ("repealed", "expired")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a document that an issue cites since it was signed."""

    document_id: str
    title: str
    kind: NoticeKind
    said: str  # the document that ended or amended it; of a changed text the versions then and now


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many issues were looked at, and how many notices were written that were not there before."""

    issues: int = 0
    notices: int = 0


def recheck_issues(publication: Publication, desk: Desk, account: str = LOCAL) -> Rechecked:
    """Look at every issue that stands (none that was withdrawn or corrected) and note what changed, once.

    Doing it again with the same publication writes nothing.
    """
    issues = desk.issues.all(state="signed")
    written = 0
    for issue in issues:
        for one in changes(publication, json.loads(desk.issues.frozen(issue.issue_id))):
            written += desk.issues.note(
                issue.issue_id, one.document_id, one.title, one.kind, one.said, publication.publication_id,
                account,
            )  # fmt: skip
    return Rechecked(len(issues), written)


def changes(publication: Publication, frozen: Mapping[str, Any]) -> Iterator[Change]:
    """What became of the documents of a frozen issue, in the order in which it cites them."""
    documents = frozen["documents"]
    library = Library(publication, (one["document_id"] for one in documents))
    for then in documents:
        if then["status"] is None:
            continue  # it was not published when the issue was signed
        now = library.get(then["document_id"])
        title = str((now.title if now else then["title"]) or "")
        change = _gone(then, now) or _changed(then, now, _rested_on(frozen, then["document_id"]))
        if change is not None:
            yield Change(then["document_id"], title, *change)


def _gone(then: Mapping[str, Any], now: CitedDocument | None) -> tuple[NoticeKind, str] | None:
    if now is None:
        return "gone", ""
    by = str(now.row["validity_by_title"] or "")
    if now.row["status"] == "withdrawn" and then["status"] != "withdrawn":
        return "withdrawn", ""
    validity = now.row["validity"]
    if validity in _ENDED and then["validity"] not in _ENDED:
        return "repealed", by
    if validity == "amended" and then["validity"] not in _ENDED:
        again = "validity_by" in then and now.row["validity_by"] not in (None, then["validity_by"])
        if then["validity"] != "amended" or again:
            return "amended", by
    return None


def _changed(
    then: Mapping[str, Any], now: CitedDocument | None, words: tuple[str, ...]
) -> tuple[NoticeKind, str] | None:
    """A new version in which words that the issue quotes or rests on do not stand any more."""
    if now is None or now.row["version_no"] == then["version_no"]:
        return None
    texts = [one for one in now.texts() if one.current]
    kept = all(any(one in held.text or plain(one) in held.plain for held in texts) for one in words)
    return None if kept else ("changed", f"{then['version_no']} → {now.row['version_no']}")


def _rested_on(frozen: Mapping[str, Any], document_id: str) -> tuple[str, ...]:
    """The words of a document that an issue quotes, and the passages it pins."""
    quotes = (one["source_text"] for one in frozen["check"]["quotes"] if one["document_id"] == document_id)
    pins = (one["passage"]["text"] for one in frozen["pins"] if one["passage"]["document_id"] == document_id)
    return tuple(dict.fromkeys(one for one in (*quotes, *pins) if one))
