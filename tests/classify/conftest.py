"""What tests of networks share: a home that knows its sources, classes and bodies, to be copied."""

from __future__ import annotations

import pytest

from tests.warehouse.make import bodies, make_home, source, topics
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_sources, ingest_vocabulary


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Sites of a ministry, a province, its cities and another one, without documents; never written to."""
    made = make_home(tmp_path_factory.mktemp("places"))
    with Warehouse.open(made) as w:
        ingest_sources(
            w,
            [
                source(),
                source("mca", level="national", region="全国", jurisdiction="XS", department_code="xs-mca"),
                source("city", level="municipal", region="青川市", jurisdiction="XS-1001"),
                source("other", level="municipal", region="白水市", jurisdiction="XS-1002"),
                source("far", level="municipal", region="海东市", jurisdiction="XS-2001"),
            ],
        )
        ingest_vocabulary(w, topics(), bodies())
    return made
