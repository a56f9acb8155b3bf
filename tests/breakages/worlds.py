"""Which sites the tests run over: one a breakage with healthy ones beside them, and forty healthy ones."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tests.breakages import words
from tests.breakages.papers import Rhythm, papers
from tests.breakages.site import Habits, Site


def build(
    number: int,
    site_id: str,
    style: str,
    rhythm: Rhythm,
    first: date,
    days: int,
    habits: Habits | None = None,
    **card: int,
) -> Site:
    """A site of an invented office; `number` chooses which, its id gives its habits where none are named."""
    place = words.PLACES[number % len(words.PLACES)]
    office = words.BODIES[(number * 7 + number // 12) % len(words.BODIES)]
    columns = card.get("columns", 2)
    made = papers(site_id, place, office, columns, rhythm, first, days)
    usual = habits if habits is not None else usual_habits(site_id)
    return Site(site_id, style, place, office, made, usual, columns, card.get("per_page", 12))


def usual_habits(seed: str) -> Habits:
    """Habits as sites have them, by chance."""
    dice = random.Random(f"habits {seed}")
    counter = dice.random() < 0.3
    return Habits(
        tag=not counter and dice.random() < 0.6,
        dated=not counter and dice.random() < 0.6,
        counter=counter,
        table=dice.random() < 0.75,
        meta=dice.random() < 0.7,
        skew=timedelta(seconds=dice.randint(-420, 420)),
        trips=dice.random() < 0.5,
        slow=dice.random() < 0.2,
        rounded=dice.random() < 0.4,
    )
