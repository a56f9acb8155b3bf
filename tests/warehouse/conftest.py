"""What warehouse tests share: a home that knows its sources and bodies, to be copied."""

from __future__ import annotations

import pytest

from tests.warehouse.make import bodies, make_home, source
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_sources, ingest_vocabulary


@pytest.fixture(scope="session")
def citing(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A department, a ministry and another province's site, without documents; never written to."""
    made = make_home(tmp_path_factory.mktemp("citing"))
    with Warehouse.open(made) as w:
        ingest_sources(w, [source(), source("mca", level="national", region="全国", jurisdiction="XS"),
                           source("other", jurisdiction="XS-20", region="海东省")])  # fmt: skip
        ingest_vocabulary(w, [], bodies())
    return made
