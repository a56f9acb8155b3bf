"""A published library for the tests of sign-off, and one issue signed in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.issuing import workflow
from tests.dashboard.conftest import (  # noqa: F401
    Open,
    _components_looked_for_once,
    open_page,
)
from tests.dashboard.papers import DUTY, FIRST_DAY
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk import Desk
from warehouse.desk.issues.model import Issue
from warehouse.home import Home
from warehouse.publication import Publication

SOURCE = FIRST_DAY[0].document_id
GOOD = f"## 要闻\n\n- “{DUTY}”[^d{SOURCE}]\n\n## 下期关注\n\n- 待跟进：各市方案报送情况[^d{SOURCE}]\n"
FALSE = f"{GOOD}\n厅里要求“各市民政局一律免费提供居家养老服务，费用由财政承担。”[^d{SOURCE}]\n"
LOOK = f"{GOOD}\n这项工作称为“云河经验”。\n"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library in which the first issue of a series was signed; a module of tests shares it."""
    home = library(tmp_path_factory.mktemp("issued"))
    publish_first(home)
    with Desk.open(home) as desk:
        sign(home, desk, begin(desk))
    return home


@pytest.fixture
def shown(issued: Home) -> Publication:
    """Its publication."""
    found = Publication.current(issued)
    assert found is not None
    return found


def begin(desk: Desk, text: str = GOOD, title: str = "养老服务周报") -> int:
    """A draft with a text."""
    return desk.drafts.begin("weekly", "elderly-care", title, "zh", text, "local").draft_id


def submitted(desk: Desk, text: str = GOOD) -> int:
    """A draft in review."""
    draft_id = begin(desk, text)
    workflow.submit(desk, draft_id, 1, "local", "请审")
    return draft_id


def sign(home: Home, desk: Desk, draft_id: int, remark: str = "同意印发") -> Issue:
    """Submit a draft and approve it."""
    publication = Publication.current(home)
    assert publication is not None
    workflow.submit(desk, draft_id, 1, "local")
    return workflow.approve(home, publication, desk, draft_id, 1, "local", remark)


def file_of(folder: Path, name: str, text: str) -> str:
    """A file with a text; its path as a command takes it."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)
