"""What the tests of drafts share: a library with its first publication."""

from __future__ import annotations

import pytest

from tests.dashboard.publication_fixture import library, publish_first
from warehouse.home import Home


@pytest.fixture(scope="session")
def drafting_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Tests only read it."""
    home = library(tmp_path_factory.mktemp("drafting"))
    publish_first(home)
    return home
