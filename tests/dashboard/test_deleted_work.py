"""From a notification of deletion to the reader: the work's page says that its site took it away."""

from __future__ import annotations

from pathlib import Path

from classify.run import classify_pending
from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from tests.crawlers.abroad_sites import CELLAR_ROW, CellarSite
from tests.crawlers.loopback import make_home, on_day
from tests.dashboard.conftest import Open, html_of
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.publish import publish


def night(home: Home, site: CellarSite) -> int:
    withdrawn = crawl(home, ["cellar"], resolve=site.resolve).sources["cellar"].withdrawn
    extract_pending(home, load_catalogue(home, sample=True))
    return withdrawn


def standing(home: Home) -> dict[str, tuple[str, str]]:
    """Document and standing by number and language."""
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select doc_number || language, document_id, status from stg_document"
        ).fetchall()
    return {name: (document_id, status) for name, document_id, status in rows}


def test_a_deleted_regulation_is_shown_as_withdrawn_in_both_languages(
    tmp_path: Path, open_page: Open
) -> None:
    home = make_home(tmp_path / "home", sources={"cellar": CELLAR_ROW})
    with CellarSite(8) as site:
        night(home, site)
        site.works.remove(1)
        site.notices = [("delete", 1)]
        # a document that is being asked for as the deletion is told is withdrawn when it is told again
        assert sum(night(on_day(home, day), site) for day in (1, 2)) == 2
    classify_pending(home)
    publish(home)
    found = standing(home)
    assert {name for name, (_, status) in found.items() if status == "withdrawn"} == {
        "32026R0001de",
        "32026R0001en",
    }
    gone = html_of(open_page(home, "doc", id=found["32026R0001en"][0]))
    there = html_of(open_page(home, "doc", id=found["32026R0002en"][0]))
    assert "⊘" in gone
    assert "⊘" not in there
    assert "Member States shall inspect their dikes every year" in gone  # the last text stays
