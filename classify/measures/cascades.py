"""Precision of the follow-ups that are proposed, and what the rules miss, on pairs that two readers judged.

The readers worked by docs/marking-guideline-cascades.md without knowing what the rules say.
`marks/cascades-44.jsonl` (held out) and `cascades-90.jsonl` (on which the rules were mended) hold the names
of both documents, the hashes of their published texts, the stratum that a pair was drawn from with the
number of pairs in it, whether the rules proposed it then, and what each reader said; no text. What the rules
say today is read from the current publication of a home that holds the documents (`govbrief import` of the
real ones, `classify`, `publish`). Pairs on which both readers agree count, each for so many as it stands for.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from classify.measures.themes import interval
from warehouse.clock import SystemClock, today
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.records import Quality

PAIRS = Path(__file__).parent.parent / "marks" / "cascades-44.jsonl"
LABELS = ("implements", "cites", "unrelated")
_DATA = "the current publication of a home with the real documents"
_BY_TWO = "judged by two machine readers; pairs on which they agree"


@dataclass(frozen=True, slots=True)
class Pair:
    """An upper and a lower document, where the pair was drawn, and what the readers said of it."""

    upper: str
    lower: str
    hashes: tuple[str, str]
    stratum: str
    population: int  # pairs of the stratum when it was drawn
    proposed: bool  # by the rules, when it was drawn
    readers: tuple[str, ...]

    @property
    def follows(self) -> bool | None:
        """Whether the lower document implements the upper one by both readers; None where they disagree."""
        said = {label == "implements" for label in self.readers}
        return said.pop() if len(said) == 1 else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs counted, and each for so many as it stands for."""

    pairs: int = 0
    right: int = 0
    weight: float = 0.0
    right_weight: float = 0.0

    @property
    def share(self) -> float:
        """The share that is right of all that the pairs stand for; 0 of none."""
        return self.right_weight / self.weight if self.weight else 0.0


def read_pairs(file: Path) -> list[Pair]:
    """The rows of a file of marks; UserError for a label that nobody knows."""
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        unknown = set(row["readers"]) - set(LABELS)
        if unknown:
            raise UserError(f"{file}:{number}: '{unknown.pop()}' is none of {', '.join(LABELS)}.")
        hashes = (row["upper_sha256"], row["lower_sha256"])
        pairs.append(
            Pair(row["upper"], row["lower"], hashes, row["stratum"], int(row["population"]),
                 bool(row["proposed"]), tuple(row["readers"]))
        )  # fmt: skip
    return pairs


def kappa(pairs: Iterable[Sequence[str]]) -> float:
    """Cohen's kappa of the first two labels of each (J. Cohen, Educ. Psychol. Meas. 20, 1960); 1 of none."""
    told = [(one[0], one[1]) for one in pairs]
    if not told:
        return 1.0
    observed = sum(one == other for one, other in told) / len(told)
    first, second = (Counter(labels) for labels in zip(*told, strict=True))
    chance = sum(first[label] * second[label] for label in first) / len(told) ** 2
    return 1.0 if chance == 1 else (observed - chance) / (1 - chance)


def weighed(pairs: Iterable[Pair], drawn: Mapping[str, int]) -> Weighed:
    """Agreed pairs: how many follow. `drawn` says how many rows each stratum gave to the sample."""
    found = Weighed()
    for one in pairs:
        if one.follows is None:
            continue
        stands_for = one.population / drawn[one.stratum]
        found = Weighed(
            found.pairs + 1, found.right + one.follows, found.weight + stands_for,
            found.right_weight + stands_for * one.follows,
        )  # fmt: skip
    return found


def proposed_today(publication: Publication) -> set[tuple[str, str]]:
    """Every pair that the publication tells as a follow-up, a candidate or not."""
    rows = publication.rows("select distinct parent_document_id, document_id from follow_up")
    return {(str(row["parent_document_id"]), str(row["document_id"])) for row in rows}


def unchanged(pairs: Iterable[Pair], publication: Publication) -> list[Pair]:
    """Those whose texts are published as the readers had them."""
    known: dict[str, str] = {}

    def digest(name: str) -> str:
        if name not in known:
            known[name] = sha256("\n".join(publication.body(name)).encode()).hexdigest()
        return known[name]

    return [one for one in pairs if (digest(one.upper), digest(one.lower)) == one.hashes]


def measure_cascades(publication: Publication, on: str, marks: Path = PAIRS) -> list[Quality]:
    """Precision and recall of today's proposals, precision when drawn, each stratum, and the readers' kappa.

    Nothing where nothing is marked. Recall speaks of the marked pairs alone: of what the rules rejected the
    sample holds near-misses, so it is not the share of all follow-ups that there are.
    """
    if not marks.is_file():
        return []
    every = read_pairs(marks)
    drawn = Counter(one.stratum for one in every)
    pairs = unchanged(every, publication)
    today_proposed = proposed_today(publication)
    held = [one for one in pairs if (one.upper, one.lower) in today_proposed]
    follow = [one for one in pairs if one.follows]
    missed = [one for one in follow if (one.upper, one.lower) not in today_proposed]
    told = f"{_BY_TWO}; {sum(one.follows is None for one in pairs)} pairs disputed"
    if len(pairs) < len(every):
        told += f"; {len(every) - len(pairs)} pairs whose text is another here are left out"
    found = (len(follow) - len(missed)) / len(follow) if follow else 0.0
    of_marked = f"{told}; of the marked pairs that follow; {len(missed)} are not proposed"
    agreed = f"Cohen's kappa over {', '.join(LABELS)}; follows or not: {_two(every):.3f}"
    near = [one for one in pairs if not one.proposed]
    figures = [
        _share("cascade-precision", weighed(held, drawn), on, told),
        _share("cascade-precision-drawn", weighed((one for one in pairs if one.proposed), drawn), on, told),
        Quality("cascade-recall", round(found, 4), len(follow), _DATA, on, of_marked),
        _share("cascade-near-misses", weighed(near, drawn), on, f"{told}; share that follows all the same"),
        Quality(
            "cascade-kappa", round(kappa(one.readers for one in every), 4), len(every), _DATA, on, agreed
        ),
    ]
    by_stratum: defaultdict[str, list[Pair]] = defaultdict(list)
    for one in pairs:
        by_stratum[one.stratum].append(one)
    return figures + [
        _share(f"cascade-follows-{name}", weighed(some, drawn), on, f"of {some[0].population} such pairs")
        for name, some in sorted(by_stratum.items())
    ]


def _two(pairs: Iterable[Pair]) -> float:
    return kappa([str(label == "implements") for label in one.readers] for one in pairs)


def _share(name: str, found: Weighed, on: str, told: str) -> Quality:
    low, high = interval(found.right, found.pairs)
    note = f"{told}; {found.right} of {found.pairs}; 95 % interval {low:.3f} to {high:.3f} without weights"
    return Quality(name, round(found.share, 4), found.pairs, _DATA, on, note)


def main() -> int:
    """Print the figures of a home; always 0."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.cascades", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--marks", type=Path, default=PAIRS)
    args = parser.parse_args()
    publication = Publication.current(Home.open(args.home))
    if publication is None:
        raise UserError(f"{args.home}: nothing is published; type 'govbrief publish'.")
    for one in measure_cascades(publication, today(SystemClock(), "UTC").isoformat(), args.marks):
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
