"""Lineage in the warehouse and in a publication: every step with day and act, and the codes of a family."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.departments.authority import authority
from classify.run import lineage_steps
from tests.search.shelf import Shelf
from tests.warehouse.make import document, fill, make_home
from warehouse.database import Warehouse
from warehouse.lineage import BodyStep, ingest_lineage
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries.lineage import family_of, steps_of

STEPS = list(lineage_steps(sample=True))


def rows() -> list[dict[str, object]]:
    return [{name: getattr(step, name) for name in BodyStep.__slots__} for step in STEPS]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    made = Shelf(tmp_path_factory.mktemp("shelf"))
    made.insert("body_step", rows())
    return made


def test_a_reader_sees_each_step_with_day_and_act(shelf: Shelf) -> None:
    found = steps_of(shelf, "cn-mep")
    assert [(row["kind"], row["before_code"], row["after_code"]) for row in found] == [
        ("renamed", "cn-sepa", "cn-mep"),
        ("merged", "cn-mep", "cn-mee"),
    ]
    assert all("国务院机构改革方案" in row["act"] and row["on_day"] for row in found)


@pytest.mark.parametrize("code", ["cn-mee", "cn-tourism", "cn-nfra", "cn-sapprft", "gb-bis", "cn-44-water"])
def test_the_family_of_a_publication_is_that_of_the_authority_file(shelf: Shelf, code: str) -> None:
    assert set(family_of(shelf, code)) == authority().family(code)


def test_steps_are_kept_in_the_warehouse_and_can_be_left_out_of_the_real_one(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    fill(home, [document(1)])
    with Warehouse.open(home) as warehouse:
        ingest_lineage(warehouse, STEPS)
        ingest_lineage(warehouse, STEPS)
    publish(home)
    published = Publication.current(home)
    assert published is not None
    assert published.rows("select count(*) as n from body_step") == [{"n": len(STEPS)}]
    assert not any(step.before_code.startswith("xs-") for step in lineage_steps(sample=False))
