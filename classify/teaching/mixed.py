"""A taught model: the seed's answer and that of the labels, weighed; its folder holds both parts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.linear.features import Sample
from classify.linear.model import CARD, FORMAT, LinearModel, load_model
from classify.seen import joined

SEED, LABELS = "seed", "labels"  # folders of the two parts
_NONE = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True)
class MixedModel(LinearModel):
    """Probabilities of two models: `weight` of the seed's, the rest of what the labels taught."""

    seed: LinearModel
    labels: LinearModel
    weight: float

    def predict(self, samples: Sequence[Sample]) -> NDArray[np.float32]:
        """The weighed probabilities; a class that one part does not know has none of its share."""
        total = np.zeros((len(samples), len(self.classes)), dtype=np.float32)
        for part, share in self.parts():
            rows = part.predict(samples)
            for level in range(len(self.card["groups"])):
                own = {self.classes[place][0]: place for place in _places(self, level)}
                places = list(_places(part, level))
                total[:, [own[part.classes[place][0]] for place in places]] += share * rows[:, places]
        return total

    def parts(self) -> tuple[tuple[LinearModel, float], ...]:
        """Both models with their shares."""
        return (self.seed, self.weight), (self.labels, 1.0 - self.weight)

    def save(self, folder: Path) -> None:
        """Write the card and a folder for each part."""
        self.seed.save(folder / SEED)
        self.labels.save(folder / LABELS)
        card = {**self.card, "classes": [list(one) for one in self.classes]}
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def mix(seed: LinearModel, labels: LinearModel, weight: float, card: dict[str, Any]) -> MixedModel:
    """One model of two that see the same fields and score the same levels; `card` says what is its own."""
    classes: list[tuple[str, str]] = []
    groups = []
    for level in range(len(seed.card["groups"])):
        names = {code: name for part in (labels, seed) for code, name in _classes(part, level)}
        classes += sorted(names.items())
        groups.append(len(names))
    whole = {
        **card,
        "format": FORMAT,
        "words": seed.card["words"],
        "groups": groups,
        "fields": seed.card["fields"],
        "mixed": {"weight": round(weight, 4), "seed": seed.model_id},
    }
    empty = np.zeros((0, len(classes)), dtype=np.float32)
    places = np.zeros(0, dtype=np.int32)
    seen = joined(seed.seen, labels.seen)
    return MixedModel(whole, tuple(classes), places, _NONE, empty, _NONE, seed, labels, weight, seen=seen)


def load_mixed(folder: Path, card: dict[str, Any]) -> MixedModel:
    """The taught model in a folder, whose card was read."""
    parts = load_model(folder / SEED), load_model(folder / LABELS)
    return mix(*parts, float(card["mixed"]["weight"]), {k: v for k, v in card.items() if k != "classes"})


def _places(model: LinearModel, level: int) -> range:
    return range(*model.group(level).indices(len(model.classes)))


def _classes(model: LinearModel, level: int) -> list[tuple[str, str]]:
    return [model.classes[place] for place in _places(model, level)]
