"""Crawls of interfaces abroad, from the list to the classified document, and what a second night asks for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from classify.run import classify_pending
from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from tests.crawlers.abroad_sites import BLOG, CELLAR_ROW, COUNCIL, BlogSite, CellarSite, CouncilSite, row
from tests.crawlers.loopback import Site, make_home, on_day
from tests.crawlers.test_keys import everything
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.run_records import SourceHealth

TOKEN = "T0ken-of-the-clerk-7"


def night(home: Home, name: str, site: Site) -> SourceHealth:
    health = crawl(home, [name], resolve=site.resolve).sources[name]
    extract_pending(home, load_catalogue(home, sample=True))
    return health


def held(home: Home, columns: str) -> list[tuple[object, ...]]:
    with Warehouse.open(home) as warehouse:
        return warehouse.connection.execute(f"select {columns} from stg_document order by all").fetchall()


@pytest.fixture
def cellar(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home", sources={"cellar": CELLAR_ROW})


def test_a_regulation_is_a_classified_document_in_each_language(cellar: Home) -> None:
    with CellarSite() as site:
        health = night(cellar, "cellar", site)
        assert (health.new_documents, health.failures) == (4, 0)
    classify_pending(cellar)
    rows = held(cellar, "doc_number, language, published::varchar, url")
    page = "https://eur-lex.europa.eu/legal-content/{}/TXT/?uri=CELEX:32026R0001"
    assert rows[:2] == [
        ("32026R0001", "de", "2026-05-01", page.format("DE")),
        ("32026R0001", "en", "2026-05-01", page.format("EN")),
    ]
    assert len(rows) == 4
    with Warehouse.open(cellar) as warehouse:
        asked = "select count(distinct document_id) from label where code = 'eu-commission'"
        found = warehouse.connection.execute(asked).fetchone()
        assert found == (4,)


def test_what_notifications_tell_is_asked_for_again_and_a_work_taken_in_anew_stays(cellar: Home) -> None:
    with CellarSite() as site:
        night(cellar, "cellar", site)
        site.said[1] = " Changed."
        site.notices = [("update", 1), ("delete", 1)]
        health = night(on_day(cellar, 1), "cellar", site)
        assert (health.changed, health.withdrawn) == (2, 0)  # in both languages
        assert {status for (status,) in held(cellar, "status")} == {"active"}


def test_posts_are_classified_documents_and_a_changed_one_is_asked_for_again(tmp_path: Path) -> None:
    home = make_home(
        tmp_path / "home",
        sources={
            "blog": row("blog", "wordpress", BLOG, "size = 4").replace(
                "delay", "stop_after_known = 8\ndelay", 1
            )
        },
    )
    with BlogSite() as site:
        assert night(home, "blog", site).new_documents == 16
        assert site.lists() == [str(first) for first in range(0, 17, 4)]  # behind the last row an empty list
        first = held(home, "title, published::varchar, url, topics")[0]
        assert first[:3] == ("The council adopts flood plan 1", "2026-05-01", f"http://{BLOG}/plan-1/")
        classify_pending(home)
        site.posts[3] = "2026-06-02T08:00:00"
        asked = len(site.log)
        health = night(on_day(home, 1), "blog", site)
        assert (health.new_documents, health.changed) == (0, 1)
        later = [path for path, _ in site.log[asked:]]
        assert [path for path in later if "offset=12" in path] == []  # eight unchanged rows stood before
        assert sum("/posts/3?" in path for path in later) == 2  # a change is looked at twice


def test_matters_and_meetings_of_a_council_are_documents_with_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCIL_TOKEN", TOKEN)
    keyed = '[credential]\nenv = "COUNCIL_TOKEN"\nquery = "token"\n'
    options = f'client = "aville"\nsite = "http://{COUNCIL}"\nsize = 2'
    home = make_home(
        tmp_path / "home",
        sources={"council": row("council", "legistar", COUNCIL, options) + keyed},
    )
    with CouncilSite(TOKEN) as site:
        assert night(home, "council", site).new_documents == 4
        files = [urlsplit(path).path for path in site.paths(200) if ".pdf" in path]
        assert sorted(files) == ["/1.pdf", "/2.pdf", "/3.pdf", "/agenda.pdf"]
    classify_pending(home)
    rows = held(home, "doc_number, published::varchar, issuer, doc_type")
    assert rows[0] == ("CB 1", "2026-05-01", "City Council", "Ordinance")
    assert (None, "2026-05-12", "City Council", "Meeting") in rows
    assert not [name for name, body in everything(home.root).items() if TOKEN.encode() in body]
