"""A document's page gives its reference in every style, in both languages, and nothing of it is raw."""

from __future__ import annotations

import html

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import EVIL_TITLE, FIRST_DAY
from warehouse.citing.entry import entry_text
from warehouse.citing.style import all_styles
from warehouse.exchange.reference_record import reference_record
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.export import reference_rows
from warehouse.queries.pages_citing import cited


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_can_be_cited_in_every_style(open_page: Open, published: Home, language: str) -> None:
    document_id = FIRST_DAY[0].document_id
    shown = html_of(open_page(published, "doc", id=document_id, lang=language))
    assert f"<h2>{catalogue(language)['cite.title']}</h2>" in shown
    assert catalogue(language)["cite.sample"] in shown
    for style in all_styles().values():
        assert html.escape(style.zh if language == "zh" else style.en) in shown
    (row,) = reference_rows(_publication(published), [document_id])
    for style in (one for one in all_styles().values() if one.family == "gb7714"):
        assert html.escape(entry_text(reference_record(row), style)) in shown


def test_the_page_and_the_export_make_one_reference(published: Home) -> None:
    publication = _publication(published)
    for row in reference_rows(publication):
        own = cited(publication, row["document_id"])
        assert own is not None
        for style in all_styles().values():
            assert entry_text(reference_record(own), style) == entry_text(reference_record(row), style)
    assert cited(publication, "doc-none") is None


def test_a_title_in_a_reference_is_escaped(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "doc", id=FIRST_DAY[4].document_id))
    assert EVIL_TITLE not in shown
    assert f"{html.escape(EVIL_TITLE)}[" in shown or f"{html.escape(EVIL_TITLE)}：" in shown


def _publication(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found
