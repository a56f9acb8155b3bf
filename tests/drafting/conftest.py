"""What the tests of drafts share: a published library with a draft, a server, a browser."""

from __future__ import annotations

import pytest

from tests.dashboard.conftest import open_page, published, serve
from warehouse.home import Home

__all__ = ["open_page", "published", "serve"]


@pytest.fixture(scope="session")
def drafting_home(published: Home) -> Home:
    """The published library under the name that tests of papers use; they only read it."""
    return published
