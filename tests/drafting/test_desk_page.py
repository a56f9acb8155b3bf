"""The page of drafting: drafts by state, beginning one, templates; readers see nothing of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import html_of
from warehouse.desk import Desk
from warehouse.home import Home

Open = Callable[..., AppTest]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_home_without_drafts_says_so_and_offers_to_begin_one(
    published: Home, open_page: Open, language: str
) -> None:
    html = html_of(open_page(published, "desk", lang=language, template="monthly"))
    assert {"zh": "还没有草稿", "en": "There is no draft yet"}[language] in html
    assert 'action="/desk/drafts/new' in html
    assert 'name="token"' in html
    assert '<option value="monthly" selected>' in html
    assert "要情快报" in html or "Flash report" in html


def test_drafts_are_listed_by_state_and_lead_into_the_editor(fresh: Home, open_page: Open) -> None:
    with Desk.open(fresh) as desk:
        kept = desk.drafts.begin("weekly", "elderly-care", "<b>周报</b>", "zh", "文", "local").draft_id
        gone = desk.drafts.begin("weekly", "elderly-care", "放弃的", "zh", "文", "local").draft_id
        desk.drafts.set_state(gone, 1, "dropped", "local")
    html = html_of(open_page(fresh, "desk", state="draft"))
    assert f'href="/desk/drafts/{kept}"' in html
    assert "&lt;b&gt;周报" in html
    assert "放弃的" not in html
    assert f'href="/desk/drafts/{gone}"' in html_of(open_page(fresh, "desk", draft=str(gone)))


@pytest.mark.parametrize(
    ("name", "told"),
    [("state", "没有名为“x”的状态"), ("template", "没有名为“x”的模板"), ("theme", "没有名为“x”的专题"),
     ("draft", "没有编号为“x”的草稿")],
)  # fmt: skip
def test_unknown_values_are_refused_by_name(published: Home, open_page: Open, name: str, told: str) -> None:
    assert told in html_of(open_page(published, "desk", **{name: "x"}))


def test_a_wrong_template_of_the_home_is_told_and_ours_stay(fresh: Home, open_page: Open) -> None:
    (fresh.root / "templates").mkdir()
    (fresh.root / "templates" / "own.toml").write_text("zh = 1", encoding="utf-8")
    html = html_of(open_page(fresh, "desk"))
    assert "templates/own.toml" in html
    assert "要情快报" in html
