"""Claims about crawling: what is fetched, what is left alone, what is noticed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.run import CrawlSummary, crawl
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.archive.reader import read_record
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import Capture


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def run(home: Home, site: Site, **more: object) -> CrawlSummary:
    return crawl(home, ["prueba"], resolve=site.resolve, **more)  # type: ignore[arg-type]


def captures(home: Home, role: str | None = None) -> list[Capture]:
    with CrawlState.open(home) as state:
        found = [item for batch in state.captures_to_extract("none") for item in batch]
    return [item for item in found if role in (None, item.role)]


def notices(home: Home) -> list[tuple[str, str]]:
    with CrawlState.open(home) as state:
        return [(item.kind, item.url) for item in state.notice_table.to_take() if item.kind != "seen"]


def test_first_crawl_archives_every_document_with_what_the_list_said(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    details = captures(home, "detail")
    assert summary.exit_code == 0
    assert summary.sources["prueba"].verdict == "ok"
    assert {item.url for item in details} == {site.url(number) for number in range(12)}
    assert all(item.entry is not None and item.entry.published is not None for item in details)
    assert all(sha256(read_record(home.archive, item.place).body) == item.sha256 for item in details)
    assert all(agent.startswith("govbrief/") and "test@localhost" in agent for agent in site.agents)


def watched(home: Home) -> set[str]:
    """Paths of the canary documents, which every run asks for."""
    with CrawlState.open(home) as state:
        return {urlsplit(one.url).path for one in state.health_table.canaries("prueba")}


def others(home: Home, site: Site) -> list[str]:
    """Document pages asked for that are no canaries."""
    return [path for path in site.details() if path not in watched(home)]


def test_second_crawl_asks_for_a_list_with_its_next_page_and_the_canaries(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    before = len(captures(home))
    site.log.clear()
    summary = run(home, site)
    wanted = {"/wj/index.html", "/wj/index_1.html", *watched(home)}
    assert sorted(site.log) == sorted((path, 304) for path in wanted)
    assert summary.sources["prueba"].verdict == "quiet"
    assert len(captures(home)) == before


def test_a_new_document_is_fetched_and_paging_stops_at_a_known_page(tmp_path: Path, site: Site) -> None:
    for number in range(12, 35):
        site.add(number)
    home = make_home(tmp_path / "home")
    run(home, site)
    site.add(35)
    site.pinned = [3]
    site.log.clear()
    run(home, site)
    assert others(home, site) == [site.path(35)]
    assert site.paths()[0] == "/wj/index.html"
    assert {"/wj/index_1.html", "/wj/index_3.html"} <= set(site.paths())  # health looks at the last one


def test_a_changed_line_of_the_list_brings_its_document_back(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    site.titles[11] = "关于第11号事项的通知（修订）"
    site.log.clear()
    summary = run(home, site)
    # a canary is on its way already when the list is read: seen before its line changed, after it, confirmed
    assert site.details().count(site.path(11)) in (2, 3)
    assert others(home, site) == []
    assert summary.sources["prueba"].changed == 1
    assert len([item for item in captures(home, "detail") if item.url == site.url(11)]) == 2


def test_a_document_gone_twice_a_day_apart_is_withdrawn_and_may_return(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    kept, site.texts = site.texts, {number: text for number, text in site.texts.items() if number != 5}
    run(on_day(home, 1), site)
    first = notices(home)
    run(on_day(home, 1), site)
    again = notices(home)
    run(on_day(home, 2), site)
    twice = notices(home)
    site.texts = kept
    run(on_day(home, 5), site)
    assert (first, again, twice) == ([], [], [("withdrawn", site.url(5))])
    assert notices(home) == [("withdrawn", site.url(5)), ("restored", site.url(5))]


def test_a_line_that_leaves_the_list_only_makes_its_page_due(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    run(on_day(home, 1), site)
    site.hidden = {5}
    site.log.clear()
    run(on_day(home, 2), site)
    assert others(home, site) == [site.path(5)]
    assert notices(home) == []


def test_files_of_a_document_are_archived_beside_it(tmp_path: Path, site: Site) -> None:
    site.files[7] = "fujian.pdf"
    home = make_home(tmp_path / "home")
    run(home, site)
    (file,) = captures(home, "attachment")
    assert file.url == f"http://{HOST}/files/fujian.pdf"
    assert file.parent_url == site.url(7)
    assert file.media_type == "application/pdf"


def test_max_documents_leaves_the_rest_for_the_next_run(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site, max_documents=4)
    first = len(captures(home, "detail"))
    run(home, site)
    assert (first, len(captures(home, "detail"))) == (4, 12)


def test_a_rehearsal_names_addresses_and_touches_nothing(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    summary = run(home, site, dry_run=True)
    assert [item.url for item in summary.planned] == [f"http://{HOST}/wj/index.html"]
    assert site.log == []
    assert not home.archive.exists()


def test_only_what_is_due_is_crawled_by_default(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home", sources={"prueba": source_toml()})
    (home.sources / "off.toml").write_text(
        source_toml("off", "off.example", 'enabled = false\ndisabled_reason = "test"\n'), encoding="utf-8"
    )
    run(home, site)
    with CrawlState.open(home) as state:
        for name in load_catalogue(None, sample=True).sources:
            state.set_source_state(name, last_started_at=home.clock.now().timestamp())
    assert crawl(home, None, resolve=site.resolve).run_id is None
    assert set(crawl(on_day(home, 1), None, dry_run=True).skipped) == set()
    assert "prueba" in {item.source_id for item in crawl(on_day(home, 1), None, dry_run=True).planned}


def test_redirects_stay_inside_the_source(tmp_path: Path, site: Site) -> None:
    site.faults[site.path(1)] = Answer(301, headers={"Location": site.path(2) + "?moved=1"})
    site.faults[site.path(2) + "?moved=1"] = Answer(
        200, b"<html><p>moved</p></html>", {"Content-Type": "text/html"}
    )
    site.faults[site.path(3)] = Answer(302, headers={"Location": "http://elsewhere.example/"})
    site.faults[site.path(4)] = Answer(302, headers={"Location": "http://127.0.0.1:1/secret"})
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    moved = {item.url: item.final_url for item in captures(home, "detail")}
    assert moved[site.url(1)] == site.url(2) + "?moved=1"
    assert site.url(3) not in moved
    assert site.url(4) not in moved
    health = summary.sources["prueba"]
    assert (health.verdict, summary.exit_code) == ("ok", 0)  # too few for a finding, so a remark
    assert "requests failed" in health.detail


@pytest.mark.parametrize("status", [403, 412, 429])
def test_a_refusal_blocks_the_source_at_once_and_for_the_next_run(
    tmp_path: Path, site: Site, status: int
) -> None:
    site.faults[site.path(11)] = Answer(status)
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    asked = len(site.log)
    again = run(home, site)
    assert summary.sources["prueba"].verdict == "blocked"
    assert summary.exit_code == 4
    assert asked == 3  # robots.txt, the list, the refused page: nothing after it
    assert len(site.log) == asked
    assert str(status) in again.sources["prueba"].detail


def test_a_blocked_source_gets_one_try_after_its_time(tmp_path: Path, site: Site) -> None:
    site.faults["/wj/index.html"] = Answer(429, headers={"Retry-After": "7200"})
    home = make_home(tmp_path / "home")
    run(home, site)
    del site.faults["/wj/index.html"]
    summary = run(on_day(home, 1), site)
    assert summary.sources["prueba"].verdict == "ok"
    assert summary.sources["prueba"].new_documents == 12


def test_a_challenge_page_with_a_good_status_blocks(tmp_path: Path, site: Site) -> None:
    body = b"<html><script>document.cookie='a=1';location.reload()</script></html>"
    site.faults["/wj/index.html"] = Answer(200, body, {"Content-Type": "text/html"})
    home = make_home(tmp_path / "home")
    assert run(home, site).sources["prueba"].verdict == "blocked"
    assert captures(home) == []


def test_a_failing_page_is_tried_three_times_and_the_rest_goes_on(tmp_path: Path, site: Site) -> None:
    site.faults[site.path(6)] = Answer(500)
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert site.paths().count(site.path(6)) == 3
    assert len(captures(home, "detail")) == 11
    health = summary.sources["prueba"]
    assert (health.verdict, summary.exit_code) == ("ok", 0)  # too few for a finding, so a remark
    assert "requests failed" in health.detail


def test_failures_in_a_row_open_the_breaker(tmp_path: Path, site: Site) -> None:
    for number in range(12):
        site.faults[site.path(number)] = Answer(500)
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert len(site.details()) == 5
    assert summary.sources["prueba"].verdict == "broken"
    with CrawlState.open(home) as state:
        assert state.source_state("prueba")["breaker"] == "open"


def test_a_short_retry_after_is_waited_for(tmp_path: Path, site: Site) -> None:
    site.faults[site.path(6)] = Answer(503, headers={"Retry-After": "1"})
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert site.paths().count(site.path(6)) == 3
    assert summary.seconds >= 2.0
    assert summary.sources["prueba"].verdict == "ok"


def test_a_list_without_entries_is_broken(tmp_path: Path, site: Site) -> None:
    site.faults["/wj/index.html"] = Answer(
        200, b"<html><p>" + b"x" * 3000 + b"</p></html>", {"Content-Type": "text/html"}
    )
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert summary.sources["prueba"].verdict == "broken"
    assert summary.exit_code == 4


def test_a_list_that_lost_its_entries_is_broken_every_day(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    site.hidden = set(site.texts)
    for day in (1, 2):
        site.log.clear()
        verdict = run(on_day(home, day), site).sources["prueba"].verdict
        assert (verdict, ("/wj/index.html", 200) in site.log) == ("broken", True)


def test_a_source_whose_old_pages_change_may_still_be_silent(tmp_path: Path, site: Site) -> None:
    text = source_toml(extra="revisit_days = [1]\n[expected]\nsilent_days = 20\n")
    home = make_home(tmp_path / "home", sources={"prueba": text})
    assert run(home, site).sources["prueba"].verdict == "ok"
    site.texts[3] = site.text(99, 600)
    health = run(on_day(home, 1), site).sources["prueba"]
    assert (health.verdict, health.new_documents, health.changed) == ("drifting", 0, 1)
    assert "(silent)" in health.detail
    site.add(29)
    assert run(on_day(home, 2), site).sources["prueba"].verdict == "ok"


def test_bad_bodies_are_named_and_lose_nothing(tmp_path: Path, site: Site) -> None:
    whole = gzip.compress(b"<html>" + b"text " * 2000 + b"</html>")
    zipped = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.faults[site.path(1)] = Answer(200, whole[: len(whole) // 2], zipped)
    site.faults[site.path(2)] = Answer(200, b"y" * 400_000, {"Content-Type": "text/html"})
    site.faults[site.path(3)] = Answer(200, b"z" * 5000, {"Content-Type": "text/html"}, cut=100)
    site.faults[site.path(4)] = Answer(200, gzip.compress(b"q" * 30_000_000), zipped)
    home = make_home(tmp_path / "home", extra="max_body_bytes = 300000\n")
    summary = run(home, site)
    with CrawlState.open(home) as state:
        counts = state.frontier.counts("prueba")
    assert len(captures(home, "detail")) == 8
    assert counts["failed"] == 2
    assert counts["refused"] == 2
    assert "(documents-failing)" in summary.sources["prueba"].detail
    del site.faults[site.path(1)], site.faults[site.path(3)]
    run(on_day(home, 1), site)
    assert len(captures(home, "detail")) == 10


def test_a_gzipped_page_is_read_back_plain(tmp_path: Path, site: Site) -> None:
    body = "<html><p>压缩的正文</p></html>".encode()
    site.faults[site.path(1)] = Answer(
        200, gzip.compress(body), {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    )
    home = make_home(tmp_path / "home")
    run(home, site)
    (page,) = [item for item in captures(home, "detail") if item.url == site.url(1)]
    assert read_record(home.archive, page.place).body == body
    assert page.sha256 == sha256(body)


def test_a_list_that_repeats_itself_ends(tmp_path: Path, site: Site) -> None:
    rows = "".join(
        f'<li><a href="{site.path(n)}">第{n}号</a><span>{site.published(n)}</span></li>' for n in range(10)
    )
    for number in range(40):
        name = "index.html" if number == 0 else f"index_{number}.html"
        page = f"<html><ul>{rows}</ul><script>createPageHTML(40, {number}, 'index', 'html');</script></html>"
        site.faults[f"/wj/{name}"] = Answer(200, page.encode(), {"Content-Type": "text/html"})
    run(make_home(tmp_path / "home"), site)
    assert [path for path in site.paths() if "index" in path] == ["/wj/index.html", "/wj/index_1.html"]


def test_a_real_source_without_contact_is_refused(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    with pytest.raises(UserError, match=r"\[crawl\] contact is empty"):
        crawl(home, ["cn-mof"])


def test_a_disabled_source_is_refused_with_its_reason(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", '[crawl]\ncontact = "a@b.example"\n')
    with pytest.raises(UserError, match="412 and a script challenge"):
        crawl(home, ["cn-nhc"])


def test_an_unknown_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No source is called 'cn-nowhere'"):
        crawl(Home.create(tmp_path / "home", ""), ["cn-nowhere"])


def test_every_run_leaves_a_report(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    summary = run(home, site)
    assert summary.report is not None
    assert '"source_id": "prueba"' in summary.report.read_text(encoding="utf-8")


def test_a_page_that_says_it_is_gone_is_gone_whatever_its_status(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    run(home, site)
    said = "<html><head><title>页面不存在</title></head><body>您访问的页面不存在或已被删除。</body></html>"
    site.faults[site.path(5)] = Answer(200, said.encode(), {"Content-Type": "text/html; charset=utf-8"})
    for day in (1, 2):
        site.titles[5] += "。"  # the list makes its reader look again
        run(on_day(home, day), site)
    assert notices(home) == [("withdrawn", site.url(5))]
    assert len([one for one in captures(home, "detail") if one.url == site.url(5)]) == 1
