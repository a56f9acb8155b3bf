"""The page of runs shows open alarms with their evidence, and keeps what people answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.archived_copy import archive_routes
from dashboard.archived_pair import pair_routes
from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.records import Capture
from warehouse.run_records import Finding, Observation

ZH = catalogue("zh")
GOOD = "<title>政策文件</title>" + "".join(f'<a href="/{n}.html">关于事项{n}的通知</a>' for n in range(5))
BAD = "<title>政策文件</title><p>系统升级中</p><script>var hidden = 'not seen';</script>"


@pytest.fixture
def troubled(fresh: Home) -> Home:
    """A library whose civil affairs list came empty in the last run."""
    with CrawlState.open(fresh) as state:
        run_id = state.new_run("crawl", ["t-civil"])
        good, bad = (_archived(fresh, state, run_id, page) for page in (GOOD, BAD))
        at = fresh.clock.now()
        values: dict[str, float | str] = {"empty": 1, "lists": 1, "list": good.url, "before": 5}
        found = Finding(
            run_id,
            "t-civil",
            "empty-list",
            "drifting",
            "It is empty.",
            values,
            at,
            good.capture_id,
            bad.capture_id,
        )
        state.health_table.set_findings(run_id, "t-civil", [found])
        state.health_table.settle_alarms(run_id, ["t-civil"], at)
        state.set_standing([bad.capture_id], "held")
        state.end_run(run_id, "partial")
    return fresh


def _archived(home: Home, state: CrawlState, run_id: str, page: str) -> Capture:
    body, at, url = page.encode(), home.clock.now(), "http://civil.example/list"
    headers = [("Content-Type", "text/html; charset=utf-8")]
    with ArchiveWriter(home.archive, f"{run_id}-{len(page)}", home.clock) as writer:
        place = writer.write_response(url, 200, headers, body, at)
    name, digest = capture_id("t-civil", url, at, sha256(body)), sha256(body)
    capture = Capture(
        name, "t-civil", run_id, url, url, at, 200, "text/html", digest, len(body), place, "fetched", "list"
    )
    state.add_captures([capture], {place.file: place.offset + place.length})
    return capture


def test_an_open_alarm_shows_its_sentence_its_pages_and_what_is_held(open_page: Open, troubled: Home) -> None:
    shown = html_of(open_page(troubled, "runs"))
    assert "1 个列表中有 1 个没有一条内容；http://civil.example/list 原有 5 条" in shown
    assert 'href="/archive/compare/cap-' in shown
    assert "1 个网页暂不采用" in shown
    assert "govbrief health --release t-civil" in shown
    assert "近 90 天共 1 条警报，其中 0 条已有人查看" in shown
    assert "It is empty." in html_of(open_page(troubled, "runs", lang="en"))


def test_an_alarm_is_answered_on_the_page(open_page: Open, troubled: Home) -> None:
    at = open_page(troubled, "runs")
    at.radio[0].set_value("yes")
    at.text_input(key="alarm-note-1").set_value("已去电")
    next(one for one in at.button if one.label == ZH["alarm.save"]).click().run()
    shown = html_of(at)
    assert "其中 1 条已有人查看，1 条促成了处理" in shown
    assert "已去电" in shown
    with CrawlState.look(troubled) as state, Desk.open(troubled) as desk:
        (alarm,) = state.health_table.alarms()
        assert desk.alarm_answers.of([alarm])[1].acted is True


def test_a_closed_alarm_is_told_with_its_time(open_page: Open, troubled: Home) -> None:
    with CrawlState.open(troubled) as state:
        run_id = state.new_run("crawl", ["t-civil"])
        at = troubled.clock.now()
        state.health_table.observe([Observation(run_id, "t-civil", at, {}, True)])
        state.health_table.settle_alarms(run_id, ["t-civil"], at)
        state.end_run(run_id, "done")
    shown = html_of(open_page(troubled, "runs"))
    assert ZH["alarm.none"] in shown
    assert "1 个列表中有 1 个没有一条内容" in shown.split('class="gb-closed"')[1]


def test_a_home_that_crawls_nothing_says_so(open_page: Open, published: Home) -> None:
    assert ZH["alarm.no-state"] in html_of(open_page(published, "runs"))


@pytest.fixture
def client(troubled: Home) -> Iterator[TestClient]:
    from starlette.applications import Starlette

    with TestClient(Starlette(routes=[*pair_routes(troubled), *archive_routes(troubled)])) as client:
        yield client


def pair(home: Home) -> tuple[str, str]:
    with CrawlState.look(home) as state:
        found = state.health_table.finding_of(state.health_table.alarms()[0])
    assert found is not None
    assert found.good_capture is not None
    assert found.bad_capture is not None
    return found.good_capture, found.bad_capture


def test_two_copies_stand_side_by_side_with_what_differs(client: TestClient, troubled: Home) -> None:
    good, bad = pair(troubled)
    answer = client.get(f"/archive/compare/{good}/{bad}?lang=zh")
    assert answer.status_code == 200
    assert f'<iframe sandbox src="/archive/{good}/copy"' in answer.text
    assert f'<iframe sandbox src="/archive/{bad}/copy"' in answer.text
    assert '<th scope="row">链接</th><td class="gb-other">5</td><td class="gb-other">0</td>' in answer.text
    assert '<th scope="row">网页标题</th><td>政策文件</td><td>政策文件</td>' in answer.text
    assert (
        '<th scope="row">可见文字</th><td class="gb-other">40</td><td class="gb-other">5</td>' in answer.text
    )
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "系统升级中" in client.get(f"/archive/{bad}/copy").text


@pytest.mark.parametrize("around", ["{}", '<script type="text/xml">{}</script>'])
def test_the_lines_of_a_data_proxy_are_seen(client: TestClient, troubled: Home, around: str) -> None:
    lines = "<record><![CDATA[<li><a href='/a.html'>关于养老服务的通知</a></li>]]></record>" * 3
    with CrawlState.open(troubled) as state:
        page = _archived(troubled, state, "run-proxy", around.format(f"<datastore>{lines}</datastore>"))
    answer = client.get(f"/archive/compare/{page.capture_id}/{page.capture_id}?lang=zh")
    assert '<th scope="row">可见文字</th><td>27</td><td>27</td>' in answer.text
    assert '<th scope="row">链接</th><td>3</td><td>3</td>' in answer.text


def test_copies_that_are_nowhere_are_not_found(client: TestClient) -> None:
    assert client.get("/archive/compare/cap-a/cap-b").status_code == 404
    assert client.get("/archive/cap-a/copy").status_code == 404


def test_a_copy_held_back_keeps_personal_numbers_and_closed_sources_to_itself(tmp_path: Path) -> None:
    home = library(tmp_path / "library")
    publish_first(home)
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["t-civil"])
        personal = _archived(home, state, run_id, "<p>联系人张三 13912345678</p>")
        foreign = replace(personal, capture_id="cap-foreign", source_id="t-nowhere")
        file = replace(personal, capture_id="cap-file", media_type="application/pdf")
        state.add_captures([foreign, file], {})
        state.end_run(run_id, "done")
    from starlette.applications import Starlette

    with TestClient(Starlette(routes=[*pair_routes(home), *archive_routes(home)])) as client:
        for name, key in (
            (personal.capture_id, "personal"),
            ("cap-foreign", "reuse"),
            ("cap-file", "unread"),
        ):
            answer = client.get(f"/archive/{name}/copy")
            assert (answer.status_code, answer.text.strip()) == (403, ZH[f"archive.{key}"])
            assert "13912345678" not in client.get(f"/archive/compare/{name}/{name}").text
