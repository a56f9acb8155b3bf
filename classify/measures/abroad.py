"""How well documents of the UK and the US get a department and a topic of the State Council's scheme.

`python -m classify.measures.abroad ../shared/data` prints the figures. Departments and topics of the data are
the publishers' own. Every tenth document is classified twice: once with what its publisher printed (is the
body in the authority file, does the printed class lead to a class of the default scheme), once with it hidden
(is the first topic of a class to which the printed ones lead). The issuer is never guessed from an English
text alone, so that nothing is measured of it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from classify.gold import read_rows
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from classify.taxonomy.load import LEAD_SCHEME, load_taxonomy
from warehouse.records import Classification, Label, Quality, StoredDocument

DATA = "data/en/documents.jsonl.gz"
EVERY = 10  # one document in so many is looked at


@dataclass(frozen=True, slots=True)
class Answered:
    """A document as its publisher printed it, with the answers that knew this and that did not."""

    stored: StoredDocument
    shown: Classification
    hidden: Classification

    @property
    def body(self) -> str | None:
        """The printed issuer, where the authority file knows it."""
        first = self.shown.departments[0] if self.shown.departments else None
        known = first is not None and first.basis == "published" and not first.code.startswith("printed-")
        return first.code if first is not None and known else None

    @property
    def printed_topics(self) -> frozenset[str]:
        """First-level classes to which the printed ones lead."""
        parents = load_taxonomy().parents
        told = (label.code for label in self.shown.topics if label.scheme == LEAD_SCHEME and _printed(label))
        return frozenset(parents[code] or code for code in told)


def measure_abroad(data: Path) -> list[Quality]:
    """The figures of the English documents, each with its sample."""
    answered = list(_answers(data / "en" / "documents.jsonl.gz"))
    with_body = [one for one in answered if one.stored.document.departments]
    with_topic = [one for one in answered if one.stored.document.topics]
    led = [one for one in with_topic if one.printed_topics]
    said = [one for one in led if one.hidden.topics]
    many = f"every tenth document ({len(answered)})"
    return [
        _figure("abroad-department", [bool(one.shown.departments) for one in answered], f"{many}"),
        _figure(
            "abroad-department-known", [bool(one.body) for one in with_body], f"{many} with a department"
        ),
        _figure("abroad-topic", [bool(one.shown.topics) for one in answered], f"{many}"),
        _figure("abroad-topic-led", [bool(one.printed_topics) for one in with_topic], f"{many} with a class"),
        _figure("abroad-topic-hidden", [_same_topic(one) for one in led], f"{many}; labels hidden"),
        _figure("abroad-topic-hidden-answered", [_same_topic(one) for one in said], f"{many}; answered"),
    ]


def _answers(file: Path) -> Iterator[Answered]:
    rows = (row for number, row in enumerate(read_rows(file)) if number % EVERY == 0)
    stored = [stored_of_row(row, number) for number, row in enumerate(rows, start=1)]
    shown = build_classifier().classify(iter(stored))
    hidden = build_classifier(hide_published=True).classify(iter(stored))
    return (Answered(*three) for three in zip(stored, shown, hidden, strict=True))


def _printed(label: Label) -> bool:
    return label.basis == "published" or any(one.where == "mapping" for one in label.evidence)


def _same_topic(one: Answered) -> bool:
    """Whether the first answer belongs to one of the printed first-level classes."""
    parents = load_taxonomy().parents
    first = next((label.code for label in one.hidden.topics if label.scheme == LEAD_SCHEME), None)
    return first is not None and (parents[first] or first) in one.printed_topics


def _figure(name: str, right: Sequence[bool], note: str) -> Quality:
    on = datetime.now(UTC).date().isoformat()
    return Quality(name, round(sum(right) / max(len(right), 1), 4), len(right), DATA, on, note)


def main() -> int:
    """Print the figures of the data folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.abroad", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    for one in measure_abroad(parser.parse_args().data):
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
