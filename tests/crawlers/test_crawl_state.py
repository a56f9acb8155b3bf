"""Claims about the crawl state: leases exclude, groups commit whole, a torn archive is cut."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.crawlers.loopback import make_home
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Found, Outcome
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.records import ArchivePlace, Capture, Entry

SOON = 4_000_000_000.0  # a lease that does not run out


def found(number: int, host: str = "a.example") -> Found:
    url = f"http://{host}/{number}"
    return Found(url, "detail", host, entry=Entry(url, f"第{number}号"))


def a_capture(home: Home, run_id: str, place: ArchivePlace, number: int = 1) -> Capture:
    url, now = f"http://a.example/{number}", home.clock.now()
    return Capture(
        capture_id=capture_id("a", url, now, sha256(b"x")),
        source_id="a",
        run_id=run_id,
        url=url,
        final_url=url,
        fetched_at=now,
        status=200,
        media_type="text/html",
        sha256=sha256(b"x"),
        length=1,
        place=place,
        kind="fetched",
        role="detail",
        entry=Entry(url, "题"),
    )


def test_a_host_is_leased_to_one_run_at_a_time(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    with CrawlState.open(home) as one, CrawlState.open(home) as two:
        first, second = one.new_run("crawl", ["a"]), two.new_run("crawl", ["a"])
        one.frontier.discover("a", [found(1), found(2), found(3, "b.example")], now)
        mine = one.frontier.lease(first, "a.example", ["a"], ["detail"], now, SOON, 1)
        assert [item.url for item in mine] == ["http://a.example/1"]
        assert mine[0].entry == Entry("http://a.example/1", "第1号")
        assert two.frontier.lease(second, "a.example", ["a"], ["detail"], now, SOON, 9) == []
        assert len(two.frontier.lease(second, "b.example", ["a"], ["detail"], now, SOON, 9)) == 1


def test_leases_of_a_dead_run_go_back_and_those_of_a_living_one_stay(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    living = CrawlState.open(home)
    alive = living.new_run("crawl", ["a"])
    dying = CrawlState.open(home)
    dead = dying.new_run("crawl", ["a"])
    living.frontier.discover("a", [found(1), found(2, "b.example")], now)
    living.frontier.lease(alive, "a.example", ["a"], ["detail"], now, SOON, 9)
    dying.frontier.lease(dead, "b.example", ["a"], ["detail"], now, SOON, 9)
    dying.close()  # as a kill does: the kernel frees the lock, the rows stay
    with CrawlState.open(home) as state:
        state.repair(home.archive)
        assert state.frontier.counts("a") == {"leased": 1, "discovered": 1}
        assert {run.run_id: run.outcome for run in state.runs()} == {alive: "running", dead: "interrupted"}
    living.close()


def test_an_expired_lease_is_free_again(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["a"])
        state.frontier.discover("a", [found(1)], home.clock.now())
        state.frontier.lease(run_id, "a.example", ["a"], ["detail"], home.clock.now(), 100.0, 9)
        assert state.frontier.release_expired(99.0) == 0
        assert state.frontier.release_expired(101.0) == 1


def test_a_group_is_committed_whole_and_an_acknowledged_page_is_not_due(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    with CrawlState.open(home) as state, ArchiveWriter(home.archive, "run-1", home.clock) as writer:
        run_id = state.new_run("crawl", ["a"])
        state.frontier.discover("a", [found(1)], now)
        state.frontier.lease(run_id, "a.example", ["a"], ["detail"], now, SOON, 9)
        place = writer.write_response("http://a.example/1", 200, [], b"x", now)
        writer.sync()
        capture = a_capture(home, run_id, place)
        outcome = Outcome(
            "a", "http://a.example/1", "fetched", now + timedelta(days=1), {"etag": '"1"'}, capture,
            (found(2),), notice="seen", noticed_at=now,
        )  # fmt: skip
        state.frontier.settle(run_id, [outcome], {place.file: place.offset + place.length}, [], now)
        assert state.captures_of("a", "http://a.example/1") == [capture]
        assert state.frontier.counts("a") == {"fetched": 1, "discovered": 1}
        again = state.frontier.lease(run_id, "a.example", ["a"], ["detail"], now, SOON, 9)
        assert [item.url for item in again] == ["http://a.example/2"]
        (notice,) = state.notice_table.to_take()
        assert notice[:3] == ("a", "http://a.example/1", "seen")
        state.notice_table.mark_taken([notice])
        assert state.notice_table.to_take() == []


def test_a_round_waits_for_another_try_and_a_second_look_and_not_for_revisits(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    first, second, third = (f"http://a.example/{number}" for number in (1, 2, 3))
    minute = now + timedelta(minutes=1)
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["a"])
        state.frontier.discover("a", [found(1), found(2), found(3)], now)
        state.frontier.lease(run_id, "a.example", ["a"], ["detail"], now, SOON, 9)
        read = [Outcome("a", one, "fetched", minute) for one in (first, second)]
        state.frontier.settle(run_id, read, {}, [], now)
        state.frontier.settle(run_id, [Outcome("a", third, "gone", minute, {"gone_count": 1})], {}, [], now)
        assert state.frontier.next_retry(["a"], ["detail"], now) is None
        again = now + timedelta(hours=1)
        state.frontier.lease(run_id, "a.example", ["a"], ["detail"], again, SOON, 9)
        changed = Outcome("a", first, "fetched", again + timedelta(minutes=2), {"unconfirmed": "cap-1"})
        state.frontier.settle(run_id, [changed], {}, [], again)
        assert state.frontier.next_retry(["a"], ["detail"], again) == again + timedelta(minutes=2)
        broken = Outcome("a", second, "failed", again + timedelta(minutes=1), {"attempts": 1})
        state.frontier.settle(run_id, [broken], {}, [], again)
        assert state.frontier.next_retry(["a"], ["detail"], again) == again + timedelta(minutes=1)


def test_held_withdrawals_wait_and_what_came_back_never_was_withdrawn(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["a"])
        state.frontier.discover("a", [found(1), found(2)], now)
        state.frontier.lease(run_id, "a.example", ["a"], ["detail"], now, SOON, 9)
        urls = [f"http://a.example/{number}" for number in (1, 2)]
        gone = [
            Outcome("a", url, "gone", now, {"gone_count": 2}, notice="withdrawn", noticed_at=now)
            for url in urls
        ]
        state.frontier.settle(run_id, gone, {}, [], now)
        state.notice_table.hold_withdrawals(run_id, "a")
        assert state.notice_table.to_take() == []
        later = state.new_run("crawl", ["a"])
        state.frontier.lease(later, "a.example", ["a"], ["detail"], now + timedelta(days=1), SOON * 2, 1)
        back = Outcome("a", urls[0], "fetched", now, {"gone_count": 0})
        state.frontier.settle(later, [back], {}, [], now)
        state.notice_table.settle_withdrawals("a")
        assert [(one.url, one.kind) for one in state.notice_table.to_take()] == [(urls[1], "withdrawn")]


def test_a_torn_tail_is_cut_to_the_last_committed_record(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    now = home.clock.now()
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["a"])
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            kept = writer.write_response("http://a.example/1", 200, [], b"x", now)
            writer.write_response("http://a.example/2", 200, [], b"y" * 5000, now)
        end = kept.offset + kept.length
        state.add_captures([a_capture(home, run_id, kept)], {kept.file: end})
        (home.archive / kept.file).with_name("run-20260601-000000-099-0001.warc.gz").write_bytes(b"torn")
        assert state.repair(home.archive) == len(b"torn")  # the living run's own file is left alone
    with CrawlState.open(home) as state:
        assert state.repair(home.archive) > 0
    assert (home.archive / kept.file).stat().st_size == end
    assert len(list(home.archive.glob("*/*"))) == 1


def test_captures_are_handed_to_each_extractor_version_once(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    with CrawlState.open(home) as state:
        run_id = state.new_run("import", ["a"])
        captures = [a_capture(home, run_id, ArchivePlace("f", 0, 1), number) for number in range(5)]
        state.add_captures(captures, {"f": 1})
        state.add_captures(captures, {"f": 1})
        assert [len(batch) for batch in state.captures_to_extract("1", batch=2)] == [2, 2, 1]
        state.mark_extracted([(captures[0].capture_id, "1", "document", "[]")])
        assert state.count_to_extract("1") == 4
        assert state.count_to_extract("2") == 5
        assert state.count_to_extract("1", again=True) == 5
        assert state.count_to_extract("1", run_id="run-other") == 0
        assert state.outcomes(run_id) == {"document": 1}
        assert state.capture(captures[3].capture_id) == captures[3]
        assert state.capture("cap-none") is None
