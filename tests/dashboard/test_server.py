"""The server: its headers, its gate, the archived copy, a port that is taken, and its end."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dashboard.archived_copy import archive_routes
from dashboard.server import serve as serve_home
from tests.dashboard.conftest import Served
from tests.dashboard.papers import FIRST_DAY, Paper
from tests.dashboard.publication_fixture import library, publish_first, publish_second
from warehouse.errors import EnvironmentProblem
from warehouse.home import Home
from warehouse.publication import Publication

Serve = Callable[[Home], Served]


@pytest.fixture(scope="module")
def served(published: Home) -> Served:
    """One server for the tests that only ask."""
    running = Served(published)
    yield running  # type: ignore[misc]
    running.stop()


def capture_of(home: Home, paper: int) -> str:
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows(
        "select capture_id from document where document_id = ?", [FIRST_DAY[paper].document_id]
    )
    return str(rows[0]["capture_id"])


def test_every_answer_carries_the_policy(served: Served) -> None:
    for path in ("/", "/docs?s=x", "/healthz", "/gb/app.js", "/_stcore/health", "/nope"):
        headers = served.get(path)[1]
        policy = headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_the_first_page_speaks_the_asked_language_and_names_no_other_host(served: Served) -> None:
    for language, html_language in (("zh", "zh-CN"), ("en", "en")):
        page = served.get(f"/?lang={language}")[2]
        assert f'<html lang="{html_language}">' in page
        assert "http://" not in page
        assert "https://" not in page
        assert "prerenderReady" not in page


def test_a_foreign_host_name_is_refused(served: Served) -> None:
    assert served.get("/", host="evil.example")[0] == 421
    assert served.get("/", host=f"localhost:{served.port}")[0] == 200


def test_an_unknown_path_is_404_in_words(served: Served) -> None:
    status, headers, text = served.get("/Today/../etc/passwd")
    assert status == 404
    assert headers["content-type"].startswith("text/plain")
    assert "没有这个页面" in text


def test_health_names_the_publication(served: Served) -> None:
    assert '"publication":"20260601-' in served.get("/healthz")[2]


def test_the_archived_copy_is_shown_in_a_frame_that_can_do_nothing(served: Served, published: Home) -> None:
    capture = capture_of(published, 4)
    status, headers, card = served.get(f"/archive/{capture}")
    assert status == 200
    assert "示例数据" in card
    assert f'<iframe sandbox src="/archive/{capture}/copy"' in card
    assert "default-src 'none'" in headers["content-security-policy"]
    status, headers, copy = served.get(f"/archive/{capture}/copy")
    assert status == 200
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "evil.example" in copy  # the bytes as they were


def test_a_source_that_allows_excerpts_only_shows_no_copy(served: Served, published: Home) -> None:
    capture = capture_of(published, 2)
    assert "<iframe" not in served.get(f"/archive/{capture}")[2]
    assert served.get(f"/archive/{capture}/copy")[0] == 403


def test_a_page_with_masked_personal_data_shows_no_copy(tmp_path: Path) -> None:
    from starlette.applications import Starlette

    home = library(tmp_path / "library")
    paper = Paper(
        "t-civil", "tel", "关于值班电话的通知", ("联系人手机13900000000。",), FIRST_DAY[0].published
    )
    publish_first(home, [paper])
    publication = Publication.current(home)
    assert publication is not None
    assert publication.body(paper.document_id) == ("联系人手机＊＊＊＊＊＊＊＊＊＊＊。",)
    capture = publication.rows("select capture_id from document")[0]["capture_id"]
    client = TestClient(Starlette(routes=archive_routes(home)))
    assert client.get(f"/archive/{capture}/copy").status_code == 403
    assert "13900000000" not in client.get(f"/archive/{capture}").text


def test_an_unknown_copy_is_a_plain_404(served: Served) -> None:
    assert served.get("/archive/cap-none")[0] == 404
    assert served.get("/archive/cap-none/copy")[0] == 404
    assert served.get("/archive/..%2f..%2fgovbrief.toml")[0] in (400, 404)


def test_a_copy_whose_archive_file_is_gone_says_so(tmp_path: Path) -> None:
    from starlette.applications import Starlette

    home = library(tmp_path / "library")
    publish_first(home)
    for file in home.archive.rglob("*.warc.gz"):
        file.unlink()
    answer = TestClient(Starlette(routes=archive_routes(home))).get(f"/archive/{capture_of(home, 0)}/copy")
    assert answer.status_code == 404
    assert "govbrief verify" in answer.text


def test_a_port_in_use_is_one_sentence(published: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            EnvironmentProblem, match=f"Port {port} on 127.0.0.1 is in use; choose another with --port"
        ):
            serve_home(published, "127.0.0.1", port)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_quietly(published: Home, serve: Serve, sign: int) -> None:
    running = serve(published)
    assert running.stop(sign) == 0


def test_a_new_publication_is_served_without_a_restart(tmp_path: Path, serve: Serve) -> None:
    home = library(tmp_path / "library")
    first = publish_first(home)
    running = serve(home)
    assert first in running.get("/healthz")[2]
    second = publish_second(home.root)
    assert second in running.get("/healthz")[2]
