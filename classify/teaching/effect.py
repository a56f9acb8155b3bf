"""What a candidate would change before it is applied: how many documents move, from where to where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from classify.components.state import Findings, findings, language_of, make_doc
from classify.pipeline import build_classifier, build_pipeline
from classify.taxonomy.moves import Moves
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.labelling import count_documents, sampled_documents
from warehouse.models import taught_model, write_effect
from warehouse.records import StoredDocument

SAMPLE = 2000  # documents looked at, unless a person asks for more
BATCH = 256
WHERE = 12  # organs and regions named
Progress = Callable[[str, int, int], None]


def preview(
    home: Home, name: str, sample: int = SAMPLE, *, progress: Progress | None = None
) -> dict[str, Any]:
    """Compare a model's answers with the labels the warehouse holds, keep the result beside the model.

    The documents are the same ones each time, all of them when there are not more than `sample`. Classes that
    a site or a person gave do not move and are not looked at.
    """
    card = taught_model(home, name)
    counted = _Counted()
    with Desk.open(home) as desk:
        said = {one.document_id for one in desk.corrections(field="topic")}
    with Warehouse.open(home) as warehouse:
        total = count_documents(warehouse)
        held = {
            row[0]: (str(row[1]), str(row[2]), str(row[3]))
            for row in warehouse.connection.execute(_LEADING, [card["scheme"]]).fetchall()
        }
        batches = list(sampled_documents(warehouse, sample, BATCH))
    asked = [one for batch in batches for one in batch]
    said |= {document_id for document_id, label in held.items() if label[2] == "said"}
    free = [one for one in asked if one.document.document_id not in said]
    for done, (stored, state) in enumerate(_answers(home, name, free), start=1):
        before = held.get(stored.document.document_id, ("", "", ""))
        label = next((one for one in state.topics if one.scheme == card["scheme"]), None)
        counted.add(stored, state, before[:2], (label.code, label.name) if label else ("", ""))
        if progress is not None and (done % BATCH == 0 or done == len(free)):
            progress("preview", done, len(free))
    effect = {
        "model": name, "at": home.clock.now().isoformat(), "documents": total, "looked_at": len(asked),
        "settled": len(asked) - len(free), **counted.told(),
    }  # fmt: skip
    write_effect(home, name, effect)
    return effect


class _Counted:
    """Moves as they are met, by class, organ and region."""

    def __init__(self) -> None:
        self.moves = Moves[tuple[str, str]]()  # examples are document_id and title
        self.names: dict[str, str] = {"": ""}
        self.organs: Counter[str] = Counter()
        self.regions: Counter[str] = Counter()
        self.top_level = 0

    def add(
        self, stored: StoredDocument, state: Findings, before: tuple[str, ...], after: tuple[str, str]
    ) -> None:
        shown = stored.document.document_id, stored.document.title
        if not self.moves.add(before[0], after[0], shown):
            return
        self.names |= {before[0]: before[1], after[0]: after[1]}
        self.top_level += before[1].split("\\")[0] != after[1].split("\\")[0]
        self.organs[state.departments[0].name if state.departments else ""] += 1
        self.regions[stored.source.region if stored.source else ""] += 1

    def told(self) -> dict[str, Any]:
        """Counts, the most frequent first."""
        name = self.names.__getitem__
        return {
            "moved": self.moves.moved,
            "moved_first_level": self.top_level,
            "moves": [asdict(move) for move in self.moves.told(name, name)],
            "organs": _listed(self.organs),
            "regions": _listed(self.regions),
        }


def _listed(counts: Counter[str]) -> list[dict[str, Any]]:
    order = sorted(counts, key=lambda name: (-counts[name], name))[:WHERE]
    return [{"name": name, "documents": counts[name]} for name in order]


def _answers(
    home: Home, name: str, documents: list[StoredDocument]
) -> Iterator[tuple[StoredDocument, Findings]]:
    """Each document with what the pipeline with this model finds in it, facts left out."""
    classifier = build_classifier(home, home.models / name)
    pipelines = {
        language: build_pipeline(language, classifier.models_for(language), classifier.schemes, mining=False)
        for language in ("zh", "en")
    }
    for language, nlp in pipelines.items():
        chosen = [one for one in documents if language_of(one) == language]
        for start in range(0, len(chosen), BATCH):
            some = chosen[start : start + BATCH]
            with nlp.memory_zone():
                docs = nlp.pipe((make_doc(nlp.vocab, one) for one in some), batch_size=BATCH)
                states = [findings(doc) for doc in docs]
            yield from zip(some, states, strict=True)


_LEADING = """
select document_id, arg_min(code, place), arg_min(name, place), arg_min(said, place)
from (
    select document_id, code, name, if(basis in ('librarian', 'published'), 'said', 'ours') as said,
           rank + if(basis = 'librarian', 0, 100) as place
    from label where field = 'topic' and scheme = ?
)
group by document_id
"""
