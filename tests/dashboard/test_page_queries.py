"""Queries of the pages: each runs, and the codes that documents stand under say what their labels say."""

from __future__ import annotations

from tests.dashboard.publication_fixture import FIRST_DAY
from tests.given_class import GIVEN_CLASS
from warehouse.bench.pages import dashboard_queries, usual_of
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries import pages_listing
from warehouse.queries.issuers import EACH_ISSUER


def _current(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def test_every_query_of_every_page_runs_with_usual_parameters(published: Home) -> None:
    publication = _current(published)
    usual = usual_of(publication)
    assert (usual.department, usual.topic, usual.theme) == ("xs-10-civil", "17", "elderly-care")
    asked = dashboard_queries(publication)
    assert len({(one.page, one.name) for one in asked}) == len(asked) > 100
    for one in asked:
        one.ask()


def test_codes_of_a_document_are_those_its_labels_give(published: Home) -> None:
    publication = _current(published)
    rows = publication.rows("select document_id, topic_codes, issuer_codes from document")
    for row in rows:
        one = [row["document_id"]]
        classes = publication.rows(f"select code, first_code from ({GIVEN_CLASS}) where document_id = ?", one)
        issuers = publication.rows(f"select code from ({EACH_ISSUER}) where document_id = ?", one)
        given = {code for each in classes for code in (each["code"], each["first_code"])}
        assert row["topic_codes"] == sorted(given)
        assert row["issuer_codes"] == sorted({each["code"] for each in issuers})
    assert len(rows) == len(FIRST_DAY)


def test_documents_come_in_the_order_asked_and_unknown_ones_are_left_out(published: Home) -> None:
    asked = (FIRST_DAY[2].document_id, "doc-none", FIRST_DAY[0].document_id)
    rows = pages_listing.documents_of(_current(published), asked)
    assert [row["document_id"] for row in rows] == [asked[0], asked[2]]
