"""The page of a document whose site tells of changes, a withdrawal and a deadline, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classify.run import classify_pending
from tests.dashboard.conftest import Open, html_of
from tests.warehouse.make import document, make_home, read, source
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.publish import publish
from warehouse.records import FieldOrigin

TOLD = (
    FieldOrigin("change_note", "2026-05-03 Crew size <b>added</b>.", "api:change_history"),
    FieldOrigin("withdrawn", "2026-05-09 Replaced.", "api:withdrawn_notice"),
    FieldOrigin("comments_close", "2026-07-06", "list"),
)
ACTIVE = replace(document(2), origins=TOLD[:1])
RULE = replace(document(1), language="en", paragraphs=("Two sailors.",), origins=TOLD)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made: Home = make_home(Path(tmp_path_factory.mktemp("told")), now=datetime(2026, 6, 1, tzinfo=UTC))
    with Warehouse.open(made) as w:
        ingest_sources(w, [source(sample=True)])
        ingest_reads(w, [read(RULE), read(ACTIVE)])
    classify_pending(made)
    publish(made)
    return made


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "told by the site, text not held",
                "withdrew this document on 2026-05-09",
                "from a published field",
            ),
        ),
        ("zh", ("网站自述，正文未存", "已于 2026-05-09 撤回", "取自公开字段")),
    ],
)
def test_the_page_says_what_the_site_tells(
    home: Home, open_page: Open, language: str, said: tuple[str, ...]
) -> None:
    shown = html_of(open_page(home, "doc", id=RULE.document_id, lang=language))
    for words in (*said, "Crew size &lt;b&gt;added&lt;/b&gt;.", "Replaced.", "of=told&amp;tfrom=2026-05-03"):
        assert words in shown, words


def test_what_changed_on_a_day_is_listed(home: Home, open_page: Open) -> None:
    found = html_of(open_page(home, "listing", of="told", tfrom="2026-05-03", tto="2026-05-03", lang="en"))
    assert "Documents whose site tells of a change" in found
    assert ACTIVE.title in found
    none = html_of(open_page(home, "listing", of="told", tfrom="2026-05-04", lang="en"))
    assert ACTIVE.title not in none
