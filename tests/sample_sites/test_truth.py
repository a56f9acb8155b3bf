"""The truth file is what the documents say, and the documents are as varied as they claim."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawlers.sample_sites import SampleServer, sample_settings
from crawlers.sample_sites.check import alike, claims
from crawlers.sample_sites.library import documents, present, sites
from crawlers.sample_sites.model import SampleDocument
from crawlers.sample_sites.settings import LAST_DAY
from crawlers.sample_sites.truth import TRUTH_FILE, truth_file
from tests.sample_sites.conftest import Get, truth
from warehouse.home import Home

PLATFORMS = {  # the crawler's reader of each publishing style
    "trs": "trs",
    "gkmlpt": "gkmlpt",
    "govuk": "govuk",
    "dataproxy": "hanweb_dataproxy",
    "recordset": "hanweb_recordset",
    "vsb": "vsb",
    "feed": "feed",
    "sitemap": "sitemap",
    "static": "generic",
}


def test_the_committed_truth_equals_the_computed_one() -> None:
    assert json.loads(TRUTH_FILE.read_text(encoding="utf-8")) == truth_file()


def test_day_0_holds_a_whole_government() -> None:
    counts = {card.source_id: len(present(card.folder, 0)) for card in sites()}
    assert len(counts) >= 10
    assert sum(counts.values()) >= 320
    assert min(counts.values()) >= 12


def test_every_kind_of_event_happens() -> None:
    days = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))["days"]
    assert [day["day"] for day in days] == [*range(1, LAST_DAY + 1)]
    assert not any(truth(0)["events"].values())
    for kind, least in (("new", 30), ("changed", 15), ("withdrawn", 8), ("restored", 2), ("moved", 8)):
        assert sum(len(day["events"].get(kind, ())) for day in days) >= least, kind


def test_a_changed_page_shows_the_new_words(server: SampleServer, get: Get) -> None:
    url = _document(0, "sample-yunhe-mzt/t20260512_1027")["url"]
    before = get(url)
    server.set_day(1)
    after = get(url, **{"If-None-Match": before.headers["etag"]})
    assert "2026年6月25日前完成" in before.text
    assert (after.status, "2026年6月28日前完成" in after.text) == (200, True)
    assert after.headers["last-modified"] != before.headers["last-modified"]


def test_a_withdrawn_page_is_gone_and_comes_back(server: SampleServer, get: Get) -> None:
    url = _document(0, "sample-yunhe-mzt/t20260528_1037")["url"]
    seen = []
    for day in (1, 2, 8, 9):
        server.set_day(day)
        seen.append(get(url).status)
    assert seen == [200, 404, 404, 200]


def test_a_moved_page_redirects_to_its_new_address(server: SampleServer, get: Get) -> None:
    old = _document(0, "sample-yunhe-mzt/t20260316_1007")["url"]
    new = _document(3, "sample-yunhe-mzt/t20260316_1007")["url"]
    server.set_day(3)
    answer = get(old)
    assert (answer.status, answer.headers["location"]) == (301, new)
    assert get(new).status == 200


def test_a_withdrawn_consultation_carries_a_notice(server: SampleServer, get: Get) -> None:
    server.set_day(8)
    address = "/api/content/government/consultations/single-use-plastics-consultation"
    item = json.loads(get(f"http://www.meridian.example{address}").body)
    assert "withdrawn" in item["withdrawn_notice"]["explanation"]


def test_nothing_is_dated_after_its_day() -> None:
    for day in range(LAST_DAY + 1):
        today = datetime.fromisoformat(truth(day)["now"]).date()
        assert all(date.fromisoformat(d["published"]) <= today for d in truth(day)["documents"])


def test_the_kinds_of_relation_that_later_rooms_need_are_there() -> None:
    found = {c["relation"] for d in truth(LAST_DAY)["documents"] for c in d["citations"]}
    assert found >= {"basis", "implements", "forwards", "amends", "repeals", "mentions"}
    everything = truth(0)["documents"]
    assert any(d["reprint_of"] for d in everything)
    assert any(d["interprets"] for d in everything)
    assert any(d["expires"] for d in everything)
    assert any(d["personal"] for d in everything)
    assert any(len(d["department"]) == 3 for d in everything)


@pytest.mark.parametrize("document", documents(), ids=lambda d: d.key)
def test_what_the_truth_claims_stands_in_the_text(document: SampleDocument) -> None:
    assert list(claims(document)) == []


def test_no_two_documents_share_their_text() -> None:
    texts = {document.paragraphs for document in documents()}
    assert len(texts) == len(documents())


def test_documents_are_written_one_by_one_not_from_a_template() -> None:
    """No two documents, a reprint aside, share more than an eighth of their eight-character passages."""
    assert list(alike(documents())) == []


def test_the_topics_cover_at_least_fourteen_first_level_classes() -> None:
    assert len({d["topic"].split("\\")[0] for d in truth(0)["documents"]}) >= 14


def test_the_sample_settings_open_a_home_that_stands_on_the_day(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", sample_settings(3))
    assert home.clock.now() == datetime.fromisoformat("2026-06-04T08:00:00+08:00")
    assert home.settings.crawl.delay_seconds == 0


def test_the_sources_of_the_catalogue_are_the_sites_of_the_sample() -> None:
    folder = Path(__file__).parents[2] / "crawlers" / "sources" / "sample"
    rows = {
        row["id"]: row
        for row in (tomllib.loads(f.read_text(encoding="utf-8")) for f in folder.glob("*.toml"))
    }
    assert set(rows) == {card.source_id for card in sites()}
    for card in sites():
        assert rows[card.source_id]["platform"] == PLATFORMS[card.style]
        assert f"//{card.host}/" in rows[card.source_id]["home"]


def _document(day: int, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(d for d in truth(day)["documents"] if d["key"] == key)
    return found
