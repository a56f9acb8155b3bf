"""After a publication the readers of a signed report are told, once, what became of what it cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.checking.recheck import recheck_issues
from dashboard.words import say
from tests.checking.conftest import RULES, change, rules_home
from tests.dashboard.conftest import Open, _components_looked_for_once, html_of, open_page, published  # noqa: F401
from tests.dashboard.papers import FIRST_DAY
from tests.issuing.conftest import begin, sign
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication

TEXT = (
    f"## 要闻\n\n- 办法规定“主管部门应当自受理之日起15个工作日内作出决定。”[^d{RULES.document_id}]\n"
    f"- 意见要求养老机构落实消防安全责任，每季度开展一次演练[^d{FIRST_DAY[1].document_id}]。\n"
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library whose first issue was signed before what it cites was repealed and changed."""
    home = rules_home(tmp_path_factory.mktemp("noticed"))
    with Desk.open(home) as desk:
        sign(home, desk, begin(desk, TEXT, "养老服务周报"))
    return change(Path(home.root))


def test_each_change_is_noted_once_and_told_on_the_first_page(changed: Home, open_page: Open) -> None:  # noqa: F811
    publication = Publication.current(changed)
    assert publication is not None
    with Desk.open(changed) as desk:
        first = recheck_issues(publication, desk)
        again = recheck_issues(publication, desk)
        told = {one.document_id: one.kind for one in desk.issues.notices()}
    assert (first.issues, first.notices, again.notices) == (1, 2, 0)
    assert told == {RULES.document_id: "changed", FIRST_DAY[1].document_id: "repealed"}
    page = html_of(open_page(changed))
    assert say("zh", "received.title") in page
    assert "云河省民政厅关于废止部分文件的决定" in page
    assert f"{say('zh', 'received.changed-by', said='1 → 2')}" in page
    english = html_of(open_page(changed, lang="en"))
    assert say("en", "received.title") in english


def test_a_library_without_signed_reports_is_told_nothing(
    open_page: Open,  # noqa: F811
    published: Home,  # noqa: F811
) -> None:
    assert say("zh", "received.title") not in html_of(open_page(published))
