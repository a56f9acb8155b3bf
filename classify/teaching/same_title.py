"""What people said of several documents of one title, for the others of that title.

A linear model gives four corrections among five hundred labels little voice, and a trial that never parts
documents of one title cannot see them. So a taught model keeps them as a rule: marks of titles, never the
titles themselves, with the class and how many documents it was said of. The trial's figures leave it out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from classify.components.citation import plain_title
from classify.seen import SAYING, title_mark
from classify.taxonomy.load import Taxonomy
from warehouse.records import Evidence, Label

if TYPE_CHECKING:  # which needs the pipeline, and that the ranking that asks here
    from classify.teaching.labels import Lesson

CARD_KEY = "same_title"
SEVERAL = 2  # documents of one title that people gave the same class, and no other
WHERE = "like"  # of an evidence: documents of the same title

Said = dict[str, list[Any]]  # mark of a title: code and number of documents


def said_of_titles(lessons: Iterable[Lesson]) -> Said:
    """The class of each title that people gave to several documents and never another."""
    given: dict[str, list[str]] = defaultdict(list)
    for one in lessons:
        if one.basis == "librarian" and len(plain_title(one.stored.document.title)) >= SAYING:
            given[title_mark(one.stored.document.title)].append(one.gold[-1])
    return {
        mark: [codes[0], len(codes)]
        for mark, codes in sorted(given.items())
        if len(codes) >= SEVERAL and len(set(codes)) == 1
    }


def with_said(labels: Sequence[Label], title: str, said: Said, taxonomy: Taxonomy) -> list[Label]:
    """The labels of a document of this title, what people said of its like before what a model says.

    Classes that its own site or a person gave it stay first. The score is the rule of succession, (n + 1) of
    (n + 2), for n documents that agreed.
    """
    code, count = said.get(title_mark(title), ("", 0))
    if code not in taxonomy.by_code or any(one.basis in ("published", "librarian") for one in labels):
        return list(labels)
    evidence = Evidence(WHERE, title, None, 0, len(title))
    score = round((count + 1) / (count + 2), 4)
    path = taxonomy.topic(code).path
    first = Label("topic", taxonomy.scheme, code, path, score, "rule", (evidence,))
    return [first, *(replace(one, given=False) for one in labels if one.code != code)]
