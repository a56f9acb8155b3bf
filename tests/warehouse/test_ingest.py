"""Identity: a version is the site's doing, a reading is ours, and the same batch twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import DAY, bodies, document, later, make_home, read, source, topics
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import (
    IngestSummary,
    current_reading,
    ingest_notices,
    ingest_reads,
    ingest_sources,
    ingest_vocabulary,
)
from warehouse.records import Extraction, Problem, ReadCapture

ONE = document(1)
CHANGED = replace(ONE, paragraphs=(*ONE.paragraphs, "补充一条。"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path)


def ingest(home: Home, *reads: ReadCapture) -> IngestSummary:
    with Warehouse.open(home) as w:
        return ingest_reads(w, reads)


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(sql).fetchall()


def test_a_first_capture_makes_a_document_a_version_a_reading_and_an_event(home: Home) -> None:
    assert ingest(home, read(ONE)) == IngestSummary(new=1)
    assert rows(home, "select version_no, status, origin from document") == [(1, "active", "fetched")]
    assert rows(home, "select kind, version_no, run_id from event") == [("new", 1, "run-1")]
    assert rows(home, "select title, published from reading") == [(ONE.title, ONE.published)]
    assert rows(home, "select count(*) from capture") == [(1,)]


def test_the_same_batch_twice_changes_nothing(home: Home) -> None:
    batch = [read(document(n)) for n in range(1, 6)]
    everything = "select * from document order by all; "
    ingest(home, *batch)
    before = [
        rows(home, everything),
        rows(home, "from event order by all"),
        rows(home, "from reading order by all"),
    ]
    assert ingest(home, *batch) == IngestSummary(unchanged=5)
    assert before == [
        rows(home, everything),
        rows(home, "from event order by all"),
        rows(home, "from reading order by all"),
    ]


def test_the_same_content_later_is_the_same_version_seen_again(home: Home) -> None:
    ingest(home, read(ONE))
    assert ingest(home, read(ONE, at=later(1))) == IngestSummary(unchanged=1)
    assert rows(home, "select version_no, last_seen_at, changed_at from document") == [(1, later(1), DAY)]
    assert rows(home, "select count(*) from reading") == [(1,)]


def test_other_content_by_the_same_extractor_is_a_new_version(home: Home) -> None:
    ingest(home, read(ONE))
    assert ingest(home, read(CHANGED, at=later(1), run_id="run-2")) == IngestSummary(changed=1)
    assert rows(home, "select version_no, changed_at from document") == [(2, later(1))]
    assert rows(home, "select kind, version_no, run_id from event order by version_no") == [
        ("new", 1, "run-1"),
        ("changed", 2, "run-2"),
    ]


def test_a_change_back_is_a_third_version(home: Home) -> None:
    ingest(home, read(ONE), read(CHANGED, at=later(1)), read(ONE, at=later(2)))
    assert rows(home, "select version_no from document") == [(3,)]


def test_another_extractor_replaces_the_reading_without_news(home: Home) -> None:
    ingest(home, read(ONE))
    better = replace(ONE, title="关于第1项养老服务工作的通知（更好的标题）")
    capture = read(ONE).capture
    again = ReadCapture(capture, Extraction("document", "container", (better,)), "x2")
    assert ingest(home, again) == IngestSummary(reread=1)
    assert rows(home, "select kind from event") == [("new",)]
    assert rows(home, "select version_no, title from document join reading using (reading_id)".replace(
        "version_no", "document.version_no"
    )) == [(1, better.title)]  # fmt: skip
    with Warehouse.open(home) as w:
        assert current_reading(w, ONE.document_id) == ("x2", capture.capture_id)


def test_a_difference_between_two_extractors_is_never_a_change(home: Home) -> None:
    ingest(home, read(ONE))
    assert ingest(home, read(CHANGED, at=later(1), extractor="x2")) == IngestSummary(reread=1)
    assert rows(home, "select kind from event") == [("new",)]


def test_after_the_old_capture_was_read_again_a_real_change_shows(home: Home) -> None:
    ingest(home, read(ONE))
    reread = ReadCapture(read(ONE).capture, Extraction("document", "container", (ONE,)), "x2")
    assert ingest(home, reread) == IngestSummary(reread=1)
    assert ingest(home, read(CHANGED, at=later(1), extractor="x2")) == IngestSummary(changed=1)


def test_reading_the_whole_history_again_keeps_every_version(home: Home) -> None:
    first, second = read(ONE), read(CHANGED, at=later(1))
    ingest(home, first, second)
    again = [replace(first, extractor_version="x2"), replace(second, extractor_version="x2")]
    assert ingest(home, *again) == IngestSummary(reread=2)
    assert rows(home, "select document.version_no, r.extractor_version, r.version_no from document "
                      "join reading r using (reading_id)") == [(2, "x2", 2)]  # fmt: skip
    assert rows(home, "select count(*) from event") == [(2,)]


def test_an_older_capture_becomes_an_earlier_version_and_never_news(home: Home) -> None:
    ingest(home, read(CHANGED, at=later(2)))
    summary = ingest(home, read(ONE, at=later(1)))
    assert (summary.new, summary.changed, summary.earlier, summary.problems) == (0, 0, 1, 0)
    assert rows(home, "select version_no, first_seen_at, last_seen_at, changed_at from document") == [
        (2, later(1), later(2), later(2))
    ]
    assert rows(home, "select version_no, observed_at from version order by 1") == [
        (1, later(1)),
        (2, later(2)),
    ]
    assert rows(home, 'select kind, version_no, "at" from event') == [("new", 2, later(2))]
    assert rows(home, "select version_no from reading order by 1") == [(1,), (2,)]


def test_captures_in_any_order_make_the_same_versions(home: Home, tmp_path: Path) -> None:
    said = [replace(ONE, title=f"关于第{number}稿的通知") for number in range(5)]
    captures = [read(one, at=later(day)) for day, one in enumerate(said)]
    told = "select v.version_no, v.observed_at, r.title, v.capture_id = r.capture_id from version v"
    told += " join reading r using (document_id, version_no) order by 1"
    orders = [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1), (1, 4, 2, 0, 3)]
    histories = []
    for number, order in enumerate(orders):
        other = make_home(tmp_path / str(number))
        for place in order[:2]:
            ingest(other, captures[place])
        ingest(other, *(captures[place] for place in order[2:]))  # several in one batch
        histories.append(rows(other, told))
        assert rows(other, "select version_no, reading_id from document")[0][0] == 5
        assert rows(other, "select count(*) from event where kind = 'new'") == [(1,)]
        assert ingest(other, *captures).unchanged == 5
    assert histories == [[(n + 1, later(n), one.title, True) for n, one in enumerate(said)]] * len(orders)


def test_events_keep_speaking_of_the_same_version_when_an_older_one_comes_between(home: Home) -> None:
    ingest(home, read(ONE))
    ingest(home, read(CHANGED, at=later(4)))
    between = replace(ONE, title="关于试行的通知")
    assert ingest(home, read(between, at=later(2))).earlier == 1
    assert rows(home, "select kind, version_no from event order by 2") == [("new", 1), ("changed", 3)]
    ingest(home, read(ONE, at=later(6)))
    assert rows(home, "select kind, version_no from event order by 2") == [
        ("new", 1),
        ("changed", 3),
        ("changed", 4),
    ]
    assert rows(home, "select version_no from document") == [(4,)]


def test_an_older_capture_like_the_version_before_or_after_is_only_a_sighting(home: Home) -> None:
    ingest(home, read(ONE, at=later(2)))
    ingest(home, read(CHANGED, at=later(6)))
    for day, seen in ((1, ONE), (3, ONE), (4, CHANGED)):
        assert ingest(home, read(seen, at=later(day))) == IngestSummary(unchanged=1)
    assert rows(home, "select count(*), max(version_no) from version") == [(2, 2)]
    assert rows(home, "select first_seen_at from document") == [(later(1),)]


def test_an_older_capture_read_by_another_extractor_waits_for_the_history_to_be_read_again(
    home: Home,
) -> None:
    ingest(home, read(CHANGED, at=later(2)))
    assert ingest(home, read(ONE, at=later(1), extractor="x2")).unchanged == 1
    assert rows(home, "select code from problem") == [("older-than-current",)]
    ingest(home, read(CHANGED, at=later(2), extractor="x2"))
    assert ingest(home, read(ONE, at=later(1), extractor="x2")).earlier == 1
    assert rows(home, "select code from problem") == []
    assert rows(home, "select version_no, extractor_version from reading order by 1, 2") == [
        (1, "x2"),
        (2, "x1"),
        (2, "x2"),
    ]


def test_a_moved_page_is_found_by_the_sites_own_id(home: Home) -> None:
    here = replace(ONE, site_id="77", document_id="doc-77", url="http://mzt.yunhe.example/old.html")
    there = replace(here, url="http://mzt.yunhe.example/new.html")
    ingest(home, read(here))
    assert ingest(home, read(there, at=later(1))) == IngestSummary(unchanged=1)
    assert rows(home, "select url from document") == [(there.url,)]


def test_an_address_finds_the_document_when_the_id_is_learnt_later(home: Home) -> None:
    ingest(home, read(ONE))
    with_id = replace(ONE, site_id="77", document_id="doc-77")
    assert ingest(home, read(with_id, at=later(1))) == IngestSummary(unchanged=1)
    assert rows(home, "select document_id, site_id from document") == [(ONE.document_id, "77")]
    assert ingest(home, read(replace(with_id, url=None), at=later(2), url="http://mzt.yunhe.example/x")) == (
        IngestSummary(unchanged=1)
    )


def test_two_documents_of_one_answer_stay_two(home: Home) -> None:
    shared = "http://mzt.yunhe.example/api?page=1"
    two = [replace(document(n), url=shared, site_id=str(n), document_id=f"doc-{n}") for n in (1, 2)]
    assert ingest(home, read(*two)) == IngestSummary(new=2)
    assert ingest(home, read(*two, at=later(1))) == IngestSummary(unchanged=2)


def test_http_and_https_are_one_address(home: Home) -> None:
    ingest(home, read(ONE))
    assert ONE.url is not None
    secure = replace(ONE, url=ONE.url.replace("http:", "https:"))
    assert ingest(home, read(secure, at=later(1))) == IngestSummary(unchanged=1)


def test_withdrawn_and_restored_by_notices(home: Home) -> None:
    ingest(home, read(ONE))
    url = str(ONE.url)
    gone = ("mzt", url, "withdrawn", later(1), "run-2")
    back = ("mzt", url, "restored", later(2), "run-3")
    with Warehouse.open(home) as w:
        assert ingest_notices(w, [gone]) == 1
        assert w.connection.execute("select status from document").fetchall() == [("withdrawn",)]
        assert ingest_notices(w, [gone, back]) == 1
        assert ingest_notices(w, [gone, back]) == 0
        assert ingest_notices(w, [("mzt", "http://nobody.example/", "withdrawn", later(1), "run-2")]) == 0
    assert rows(home, "select status, last_seen_at from document") == [("active", later(2))]
    assert rows(home, 'select kind from event order by "at"') == [("new",), ("withdrawn",), ("restored",)]


def test_a_former_address_that_is_gone_withdraws_nothing(home: Home) -> None:
    """Sites move documents without a redirect: the old address answers 404 while the new one is listed."""
    here = replace(ONE, site_id="77", document_id="doc-77", url="http://mzt.yunhe.example/old.html")
    there = replace(here, url="http://mzt.yunhe.example/new.html")
    ingest(home, read(here, url=str(here.url)))
    ingest(home, read(there, at=later(1), url=str(there.url)))
    with Warehouse.open(home) as w:
        assert ingest_notices(w, [("mzt", str(here.url), "withdrawn", later(2), "run-3")]) == 0
        assert ingest_notices(w, [("mzt", str(there.url), "withdrawn", later(3), "run-4")]) == 1
    assert rows(home, "select status from document") == [("withdrawn",)]


def test_a_sighting_moves_only_the_last_seen_instant(home: Home) -> None:
    ingest(home, read(ONE))
    with Warehouse.open(home) as w:
        assert ingest_notices(w, [("mzt", str(ONE.url), "seen", later(3), "run-2")]) == 0
    assert rows(home, "select last_seen_at from document") == [(later(3),)]
    assert rows(home, "select count(*) from event") == [(1,)]


def test_a_later_capture_restores_but_reading_an_old_one_again_does_not(home: Home) -> None:
    ingest(home, read(ONE))
    with Warehouse.open(home) as w:
        ingest_notices(w, [("mzt", str(ONE.url), "withdrawn", later(1), "run-2")])
    ingest(home, replace(read(ONE), extractor_version="x2"))
    assert rows(home, "select status from document") == [("withdrawn",)]
    ingest(home, read(ONE, at=later(2), extractor="x2"))
    assert rows(home, "select status from document") == [("active",)]
    assert rows(home, "select count(*) from event where kind = 'restored'") == [(1,)]


def test_a_document_marked_secret_is_refused_and_named(home: Home) -> None:
    secret = document(9, paragraphs=("机密★10年", "关于某事的通知", "正文"))
    assert ingest(home, read(secret), read(ONE)) == IngestSummary(new=1, problems=1)
    assert rows(home, "select url, code from problem") == [(secret.url, "classified-marking")]
    assert rows(home, "select count(*) from reading_text where text like '%机密%'") == [(0,)]


def test_problems_are_those_of_the_last_reading(home: Home) -> None:
    troubled = read(ONE, problems=(Problem("odd-date", "The date is odd."), Problem("odd-date", "Twice.")))
    ingest(home, troubled)
    assert rows(home, "select code, detail from problem") == [("odd-date", "The date is odd.")]
    ingest(home, replace(read(ONE), extractor_version="x2"))
    assert rows(home, "select count(*) from problem") == [(0,)]


def test_a_fetched_capture_makes_a_replayed_document_real(home: Home) -> None:
    ingest(home, read(ONE, kind="replayed"))
    assert rows(home, "select origin from document") == [("replayed",)]
    ingest(home, read(ONE, at=later(1)))
    assert rows(home, "select origin from document") == [("fetched",)]


def test_odd_characters_and_addresses_are_stored(home: Home) -> None:
    odd = document(3, title="标题\ud800尾", paragraphs=("一\n行", "", "三\x00"), url="http://[torn/1")
    assert ingest(home, read(odd)) == IngestSummary(new=1)
    assert rows(home, "select title from reading") == [("标题�尾",)]
    assert rows(home, "select text from reading_text") == [("一 行\n\n三\x00",)]


def test_sources_and_vocabulary_take_their_newest_form(home: Home) -> None:
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_sources(w, [source(enabled=False, disabled_reason="closed")])
        ingest_vocabulary(w, topics(), bodies())
        ingest_vocabulary(w, [replace(one, name_zh="别名") for one in topics()], bodies())
        assert w.connection.execute("select distinct name_zh from topic_class").fetchall() == [("别名",)]
        ingest_vocabulary(w, topics()[:1], bodies())
        assert w.connection.execute("select enabled, disabled_reason from source").fetchall() == [
            (False, "closed")
        ]
        assert w.connection.execute("select code from topic_class").fetchall() == [("13",)]
        assert w.connection.execute("select count(*) from body").fetchall() == [(2,)]
