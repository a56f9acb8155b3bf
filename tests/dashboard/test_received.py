"""A home that received its publication has no archive and no warehouse: its pages open all the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.publication_fixture import library
from warehouse.bundle_manifest import RECEIVED
from warehouse.home import Home
from warehouse.publication import Publication


@pytest.fixture
def received(published: Home, tmp_path: Path) -> Home:
    """What a bundle leaves: a publication and nothing beside it."""
    home = library(tmp_path / "received")
    shutil.copytree(published.published, home.published)
    current = Publication.current(home)
    assert current is not None
    (current.folder / RECEIVED).write_text("{}", encoding="utf-8")
    assert not home.archive.exists()
    return home


@pytest.mark.parametrize("page", ["doc", "docs", "runs"])
def test_pages_of_a_received_publication_open(open_page: Open, received: Home, page: str) -> None:
    publication = Publication.current(received)
    assert publication is not None
    row = publication.rows("select document_id, title from document order by document_id limit 1")[0]
    at = open_page(received, page, lang="en", **({"id": row["document_id"]} if page == "doc" else {}))
    assert not at.exception
    shown = html_of(at)
    assert row["title"] in shown if page == "doc" else catalogue("en")[f"nav.{page}"] in shown
