"""The product beside the sample's truth: one table, printed, and held from falling.

The floors are what was reached, rounded down; no promise for other documents. Writers did not know the
rules; tests/classify/test_realdata.py hides the printed values and keeps five sites apart from tuning.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.sample_sites import truth
from tests.commands.truth_table import Score, Scorer, printed
from warehouse.home import Home
from warehouse.publication import Publication

pytestmark = pytest.mark.slow

EXACT = ("documents", "title", "attachments", "merged bodies", "validity: repealed")
FLOORS = {  # feature: precision, recall
    "doc number": (1.0, 0.97),
    "index number": (1.0, 0.97),
    "published": (0.98, 0.98),
    "written": (1.0, 0.97),
    "effective": (0.82, 0.78),
    "kind": (0.98, 0.96),
    "lead department": (0.94, 0.94),
    "all issuing bodies": (0.93, 0.92),
    "topic, first level": (0.95, 0.95),
    "topic, both levels": (0.92, 0.92),
    "citations": (0.95, 0.95),
    "citations with their relation": (0.85, 0.83),
    "citations resolved to documents held": (0.97, 0.92),
    "duties with a deadline": (0.84, 0.94),
    "who must do them": (0.84, 0.72),
    "validity: expired": (0.75, 0.75),
    "validity: amended": (0.75, 0.75),
    "reprints": (1.0, 0.8),
    "personal data masked": (0.95, 0.88),
    "cascades": (0.7, 1.0),
    "cascade: added or dropped": (1.0, 1.0),
    "cascade: not seen to follow": (0.9, 0.9),
}
NOT_BUILT = {
    "targets with value and place",
    "problems found",
    "measures taken",
    "gaps in series of numbers",
}


@pytest.fixture(scope="module")
def table(published_home: Path) -> dict[str, Score]:
    publication = Publication.current(Home.open(published_home))
    assert publication is not None
    scores = Scorer(publication, truth(0)).table()
    print("\n" + printed(scores))
    return {score.feature: score for score in scores}


def test_the_table_names_everything_the_truth_holds(table: dict[str, Score]) -> None:
    known = {*EXACT, *FLOORS, *NOT_BUILT, "duties with a deadline, goals left out"}
    assert {name for name in table if not name.startswith("text of attachments")} == known
    assert {name for name, score in table.items() if score.found is None} == NOT_BUILT
    assert all(score.expected > 0 for score in table.values())


@pytest.mark.parametrize("feature", EXACT)
def test_what_must_be_right_is_right(table: dict[str, Score], feature: str) -> None:
    assert (table[feature].precision, table[feature].recall) == (1.0, 1.0)


@pytest.mark.parametrize("feature", FLOORS)
def test_no_figure_falls(table: dict[str, Score], feature: str) -> None:
    score, (precision, recall) = table[feature], FLOORS[feature]
    assert (score.precision or 0.0) >= precision, feature
    assert (score.recall or 0.0) >= recall, feature


def test_files_of_every_kind_give_their_text(table: dict[str, Score]) -> None:
    """Old Word files and scans need programs of the machine, which `make test` installs where it may."""
    kinds = {
        name.rsplit(": ", 1)[1]: s for name, s in table.items() if name.startswith("text of attachments")
    }
    assert set(kinds) == {"pdf", "scan", "docx", "xlsx", "ofd", "doc"}
    for kind in ("pdf", "docx", "xlsx", "ofd"):
        assert kinds[kind].recall == 1.0, kind
