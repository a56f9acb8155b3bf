"""How our model reads each task; every value was chosen on the newest fifth of the training part."""

from __future__ import annotations

from dataclasses import dataclass, field

from classify.linear.features import GRAMS, WORD_GRAMS, Shape


@dataclass(frozen=True, slots=True)
class Settings:
    """Shape of the rows, the cost of an error, and how much more rare classes weigh (0 to 1)."""

    shape: Shape = field(default_factory=Shape)
    cost: float = 0.1
    balance: float = 0.5


def settings_of(task: str, language: str) -> Settings:
    """The settings of this task, else the usual of its language."""
    return TUNED.get(task) or USUAL[language]


def _words(title: float = 0.4, stems: int = 0) -> Shape:
    weights = {"title": title, "organ": 0.0, "issuer": 0.0, "body": 1.0}
    return Shape(words=True, bits=20, stems=stems, weights=weights, grams=WORD_GRAMS)


def _signs(title: float = 0.7) -> Shape:
    weights = {"title": title, "organ": 0.0, "issuer": 0.0, "body": 1.0}
    return Shape(bits=20, weights=weights, grams={**GRAMS, "title": (1, 2, 3), "body": (2, 3)})


USUAL = {"zh": Settings(_signs(), 0.1, 1.0), "en": Settings(_words(), 0.05)}
TUNED: dict[str, Settings] = {
    "en-agency": Settings(_words(1.0, stems=5), 0.06),
    "us-tags": Settings(_words(), 0.6),
    "zh-competence": Settings(_signs()),
}
