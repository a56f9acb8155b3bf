"""How right routing is: against what was written down by reading 90 documents of the sample province.

`crawlers/sample_sites/documents/routing.tsv` holds the answers, written before any rule. One half of the
draw was looked at while rules were mended, the other only counts; both are told. A pair is a document and a
body or class; precision and recall count pairs over all documents together.
`python -m dashboard.commands.routing_measure HOME` writes the figures into `classify/quality.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

TRUTH = "routing.tsv"
HALVES = ("seen", "unseen")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom one document of the sample gives work to, as a person read it."""

    key: str
    targets: tuple[str, ...]  # full names, or class codes
    half: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A document whose routing differs from the answer."""

    key: str
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs of a part of the documents."""

    name: str
    documents: int
    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of found pairs that are right; 0 when nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of the answers' pairs that were found; 0 when there are none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """All documents, then each half, with every document of the seen half that differs."""

    parts: tuple[Part, ...]
    misses: tuple[Miss, ...]

    def told(self) -> dict[str, Any]:
        """The same for JSON."""
        parts = {
            one.name: {
                "documents": one.documents, "precision": round(one.precision, 4),
                "recall": round(one.recall, 4),
            }
            for one in self.parts
        }  # fmt: skip
        misses = [
            {"key": one.key, "missed": list(one.missed), "extra": list(one.extra)} for one in self.misses
        ]
        return {**parts, "misses": misses}


def answers() -> list[Answer]:
    """The written answers, in the file's order."""
    text = (files("crawlers.sample_sites") / "documents" / TRUTH).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [
        Answer(
            key, () if said == "-" else tuple(one.removesuffix(" (topic)") for one in said.split("; ")), half
        )
        for key, said, half in rows
    ]


def measure(home: Home, publication: Publication) -> Measured:
    """Compare the publication of a sample home with the answers; UserError where it holds none of them."""
    from crawlers.sample_sites.settings import DAY_ZERO
    from crawlers.sample_sites.truth import truth
    from warehouse.clock import today

    day = (today(home.clock, home.settings.place.timezone) - DAY_ZERO.date()).days
    keys = {one["url"]: one["key"] for one in truth(max(0, min(day, 60)))["documents"]}
    found = {
        keys[row["url"]]: frozenset(row["codes"] or ())
        for row in publication.rows(_FOUND)
        if row["url"] in keys
    }
    compared = [(one, found[one.key]) for one in answers() if one.key in found]
    if not compared:
        raise UserError(
            "This home holds no document of the sample province; make a sample home with 'govbrief demo'."
        )
    return compare(compared)


def compare(compared: Iterable[tuple[Answer, frozenset[str]]]) -> Measured:
    """The figures of answers beside what was found (codes)."""
    counts = {half: [0, 0, 0, 0] for half in HALVES}
    misses = []
    for answer, has in compared:
        wants = frozenset(_code(one) for one in answer.targets)
        for at, number in enumerate((1, len(wants & has), len(has - wants), len(wants - has))):
            counts[answer.half][at] += number
        if wants != has and answer.half == "seen":  # nobody who mends rules is to see the others
            misses.append(Miss(answer.key, tuple(sorted(wants - has)), tuple(sorted(has - wants))))
    whole = Part("all", *(sum(counts[half][at] for half in HALVES) for at in range(4)))
    return Measured((whole, *(Part(half, *counts[half]) for half in HALVES)), tuple(misses))


def _code(target: str) -> str:
    from classify.departments.authority import authority

    body = None if target.startswith("all:") else authority().resolve(target)
    return body.code if body is not None else target


_FOUND = """
select d.url, list(r.code) filter (where r.code is not null) as codes
from routing r join document d on d.document_no = r.document_no
group by d.url
"""


def save(found: Measured, file: Path, day: date) -> None:
    """Put precision and recall among the measured figures."""
    whole, seen, unseen = found.parts
    note = (
        "pairs of document and body or class; answers written by reading before any rule; half of the"
        f" documents was looked at while rules were mended ({seen.precision:.3f} and {seen.recall:.3f}),"
        f" the other {unseen.documents} only count ({unseen.precision:.3f} and {unseen.recall:.3f})"
    )
    rows = [
        one for one in json.loads(file.read_text(encoding="utf-8")) if not one["name"].startswith("routing-")
    ]
    for name, value in (("precision", whole.precision), ("recall", whole.recall)):
        rows.append(
            {
                "name": f"routing-{name}", "value": round(value, 4), "sample": whole.documents,
                "data": f"crawlers/sample_sites/documents/{TRUTH}", "measured_on": day.isoformat(),
                "note": note,
            }
        )  # fmt: skip
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(root: str) -> None:
    """Measure the current publication of the home at `root` and save the figures."""
    from classify.quality import FILE
    from warehouse.clock import SystemClock

    home = Home.open(Path(root))
    publication = Publication.current(home)
    if publication is None:
        raise UserError(f"Nothing is published in {root}.")
    found = measure(home, publication)
    save(found, FILE, SystemClock().now().date())
    print(json.dumps(found.told(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
