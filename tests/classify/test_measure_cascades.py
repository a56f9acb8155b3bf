"""The measure of follow-ups: agreed pairs count, each for so many as it stands for, by the rules of today."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from classify.measures.cascades import kappa, measure_cascades
from tests.classify.test_network import CITY, LAW, PLAN, PROVINCE, add, cited, home, published
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.records import Document, Quality

__all__ = ["home"]  # a fixture
LATE = replace(LAW, published=date(2010, 1, 1))  # a basis that no follow-up is told over


@pytest.fixture
def publication(home: Home) -> Publication:
    """PROVINCE follows PLAN; CITY rests on LATE, which is too old."""
    add(home, PLAN)
    add(home, LATE)
    add(home, PROVINCE, cited(PROVINCE, "implements", PLAN))
    add(home, CITY, cited(CITY, "basis", LATE))
    return published(home)[1]


def mark(
    publication: Publication,
    upper: Document,
    lower: Document,
    *readers: str,
    population: int = 1,
    **more: object,
) -> dict[str, object]:
    hashes = {
        f"{side}_sha256": sha256("\n".join(publication.body(one.document_id)).encode()).hexdigest()
        for side, one in (("upper", upper), ("lower", lower))
    }
    given = {"stratum": f"{upper.document_id}-{lower.document_id}", "proposed": True, "readers": readers}
    names = {"upper": upper.document_id, "lower": lower.document_id}
    return {**names, **hashes, "population": population, **given, **more}


def figures(publication: Publication, folder: Path, *rows: dict[str, object]) -> dict[str, Quality]:
    file = folder / "pairs.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return {one.name: one for one in measure_cascades(publication, "2026-06-01", file)}


def test_precision_recall_and_agreement_of_marked_pairs(publication: Publication, tmp_path: Path) -> None:
    told = mark(publication, PLAN, PROVINCE, "implements", "implements", population=3, stratum="a")
    wrong = mark(publication, PLAN, CITY, "cites", "unrelated", population=1, stratum="b")
    missed = mark(publication, LATE, CITY, "implements", "implements", proposed=False, stratum="c")
    split = mark(publication, LATE, PROVINCE, "cites", "implements", proposed=False, stratum="c")
    other = {**mark(publication, PLAN, PROVINCE, "cites", "cites"), "lower_sha256": "0"}
    found = figures(publication, tmp_path, told, wrong, missed, split, other)
    assert (found["cascade-precision"].value, found["cascade-precision"].sample) == (1.0, 1)
    assert (found["cascade-precision-drawn"].value, found["cascade-precision-drawn"].sample) == (0.75, 2)
    assert (found["cascade-recall"].value, found["cascade-recall"].sample) == (0.5, 2)
    assert (found["cascade-near-misses"].value, found["cascade-near-misses"].sample) == (1.0, 1)
    assert "1 pairs disputed; 1 pairs whose text is another here" in found["cascade-precision"].note
    assert (found["cascade-follows-a"].value, found["cascade-follows-b"].value) == (1.0, 0.0)
    assert 0 < found["cascade-kappa"].value < 1
    with pytest.raises(UserError, match="'perhaps' is none of implements, cites, unrelated"):
        figures(publication, tmp_path, {**told, "readers": ["perhaps", "cites"]})
    assert measure_cascades(publication, "2026-06-01", tmp_path / "none.jsonl") == []


def test_kappa_is_that_of_the_textbook() -> None:
    # Cohen's measure of 50 papers: 20 and 15 agreed, 5 and 10 not; observed .7, by chance .5
    both = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    assert kappa(both) == pytest.approx(0.4)
    assert kappa([("yes", "yes")]) == 1.0
