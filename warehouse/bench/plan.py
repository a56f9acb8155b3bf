"""Where and when each made document stands: office, day, number and copies, told from its place alone.

Documents come in blocks of a thousand that are alike in who issues what, so a serial number is counted
without making the documents before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from warehouse.bench.places import ENGLISH, Office, offices

BLOCK = 1000
FIRST_DAY, LAST_DAY = date(2023, 6, 1), date(2026, 5, 31)
SKIPPED = 16  # of the serials of a series one in so many was never seen
_REPRINT_EVERY, _NEAR_EVERY, _BACK = 40, 50, 7
_ENGLISH_SHARE = 0.15


@dataclass(frozen=True)
class Plan:
    """The whole of `total` documents over three years; what comes later is of the last day."""

    total: int
    seed: int = 6

    def day(self, place: int) -> date:
        """When the document at a place was published: they arrive in that order."""
        span = (LAST_DAY - FIRST_DAY).days + 1
        return FIRST_DAY + timedelta(days=min(span - 1, place * span // max(1, self.total)))

    def office(self, place: int) -> Office:
        """Who issued it."""
        return self._offices[self._issuer[place % BLOCK]]

    def original(self, place: int) -> int:
        """The place of the document whose copy stands here; the place itself for no copy."""
        return place - _BACK if place % _REPRINT_EVERY == _REPRINT_EVERY - 1 else place

    def near(self, place: int) -> int:
        """The place of the document that this one nearly repeats; the place itself for most."""
        return place - _BACK if place % _NEAR_EVERY == 13 else place

    def is_own(self, place: int) -> bool:
        """Whether the document at a place repeats no other."""
        return self.original(place) == place and self.near(place) == place

    def number(self, place: int) -> tuple[str, int, int] | None:
        """Organ, year and serial of the document at a place; None where it has no number."""
        place = self.original(place)
        issuer = self._issuer[place % BLOCK]
        if not self._numbered[place % BLOCK]:
            return None
        year = self.day(place).year
        counted = self._before(place, issuer) - self._before(self._year_start(year), issuer)
        return self._offices[issuer].sign, year, counted + counted // (SKIPPED - 1) + 1

    @cached_property
    def _offices(self) -> tuple[Office, ...]:
        return offices()

    @cached_property
    def _issuer(self) -> list[int]:
        """The office of each place of a block: few offices issue most, a copy has its original's."""
        dice = np.random.default_rng([self.seed, 1])
        chinese = 1 / (np.arange(len(self._offices) - ENGLISH) + 3)
        shares = np.concatenate(
            [chinese / chinese.sum() * (1 - _ENGLISH_SHARE), np.full(ENGLISH, _ENGLISH_SHARE / ENGLISH)]
        )
        drawn: list[int] = dice.choice(len(shares), BLOCK, p=shares).tolist()
        for place in range(BLOCK):
            drawn[place] = drawn[min(self.original(place), self.near(place))]
        return drawn

    @cached_property
    def _numbered(self) -> list[bool]:
        """Six of ten Chinese originals have a number."""
        drawn = np.random.default_rng([self.seed, 2]).random(BLOCK) < 0.6
        signed = [bool(self._offices[one].sign) for one in self._issuer]
        return [bool(drawn[at]) and signed[at] and self.is_own(at) for at in range(BLOCK)]

    @cached_property
    def _counts(self) -> list[list[int]]:
        """For each office how many numbered documents stand before each place of a block, and in all."""
        found = []
        for office in range(len(self._offices)):
            own = [issuer == office and self._numbered[at] for at, issuer in enumerate(self._issuer)]
            found.append([0, *np.cumsum(own).tolist()])
        return found

    def _before(self, place: int, office: int) -> int:
        counts = self._counts[office]
        return place // BLOCK * counts[BLOCK] + counts[place % BLOCK]

    def _year_start(self, year: int) -> int:
        """The first place whose day is in the year."""
        span = (LAST_DAY - FIRST_DAY).days + 1
        days = max(0, (date(year, 1, 1) - FIRST_DAY).days)
        return math.ceil(days * self.total / span)


def printed(number: tuple[str, int, int] | None) -> str | None:
    """A number as documents print it."""
    return f"{number[0]}〔{number[1]}〕{number[2]}号" if number else None
