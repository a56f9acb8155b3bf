"""The sample server behaves like real web servers do, and breaks on demand."""

from __future__ import annotations

import http.client
import time

import pytest

from crawlers.sample_sites import Fault, SampleServer
from crawlers.sample_sites.library import sites
from tests.sample_sites.conftest import Get

LIST = "http://mzt.yunhe.example/xxgk/zcwj/index.html"
DETAIL = "http://mzt.yunhe.example/xxgk/zcwj/202604/t20260420_1014.html"


def test_every_site_answers_on_loopback_under_its_own_host(server: SampleServer) -> None:
    assert set(server.addresses) == {card.host for card in sites()}
    assert {ip for ip, _ in server.addresses.values()} == {"127.0.0.1"}


def test_a_known_tag_is_answered_not_modified(get: Get) -> None:
    first = get(DETAIL)
    again = get(DETAIL, **{"If-None-Match": first.headers["etag"]})
    assert (first.status, again.status, again.body) == (200, 304, b"")


def test_a_known_date_is_answered_not_modified(get: Get) -> None:
    first = get(DETAIL)
    assert get(DETAIL, **{"If-Modified-Since": first.headers["last-modified"]}).status == 304


def test_an_unknown_tag_wins_over_a_known_date(get: Get) -> None:
    first = get(DETAIL)
    asked = {"If-None-Match": '"other"', "If-Modified-Since": first.headers["last-modified"]}
    assert get(DETAIL, **asked).status == 200


def test_the_same_page_is_the_same_bytes_from_two_servers(get: Get) -> None:
    with SampleServer() as other:
        connection = http.client.HTTPConnection(*other.addresses["mzt.yunhe.example"], timeout=10)
        connection.request(
            "GET", DETAIL.removeprefix("http://mzt.yunhe.example"), headers={"Host": "mzt.yunhe.example"}
        )
        assert connection.getresponse().read() == get(DETAIL).body
        connection.close()


def test_json_is_compressed_for_those_who_take_it(get: Get) -> None:
    url = "http://www.meridian.example/api/search.json"
    packed = get(url, **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(get(url).body)


def test_robots_forbids_one_folder_and_sets_no_delay(get: Get) -> None:
    robots = get("http://mzt.yunhe.example/robots.txt").text
    assert "Disallow: /xxgk/nbwj/" in robots
    assert "Crawl-delay: 0" in robots


def test_sites_without_a_robots_file_answer_404(get: Get) -> None:
    assert get("http://www.lanjiang.example/robots.txt").status == 404
    assert get("http://www.meridian.example/robots.txt").status == 404


def test_another_host_name_is_refused(server: SampleServer) -> None:
    connection = http.client.HTTPConnection(*server.addresses["mzt.yunhe.example"], timeout=10)
    connection.request("GET", "/", headers={"Host": "www.lanjiang.example"})
    assert connection.getresponse().status == 421
    connection.close()


def test_the_log_names_host_path_and_status(server: SampleServer, get: Get) -> None:
    get(LIST, **{"User-Agent": "govbrief test"})
    line = server.requests[-1]
    assert (line.host, line.path, line.status) == ("mzt.yunhe.example", "/xxgk/zcwj/index.html", 200)
    assert line.user_agent == "govbrief test"


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_fault_answers_an_error_as_often_as_asked(server: SampleServer, get: Get, status: int) -> None:
    server.faults["mzt.yunhe.example"] = Fault("status", status=status, retry_after="7", times=2)
    replies = [get(LIST) for _ in range(3)]
    assert [reply.status for reply in replies] == [status, status, 200]
    assert replies[0].headers["retry-after"] == "7"


def test_a_fault_below_one_folder_leaves_the_rest_alone(server: SampleServer, get: Get) -> None:
    server.faults["mzt.yunhe.example"] = Fault("status", prefix="/xxgk/tzgg/")
    assert get(LIST).status == 200
    assert get("http://mzt.yunhe.example/xxgk/tzgg/").status == 503


def test_a_slow_site_answers_late(server: SampleServer, get: Get) -> None:
    server.faults["mzt.yunhe.example"] = Fault("slow", seconds=0.3, times=1)
    started = time.monotonic()
    assert get(LIST).status == 200
    assert time.monotonic() - started >= 0.3


def test_a_cut_connection_ends_before_the_promised_length(server: SampleServer, get: Get) -> None:
    server.faults["mzt.yunhe.example"] = Fault("cut", times=1)
    with pytest.raises(http.client.IncompleteRead):
        get(LIST)


def test_a_stopped_server_no_longer_listens() -> None:
    with SampleServer() as server:
        address = server.addresses["www.meridian.example"]
    connection = http.client.HTTPConnection(*address, timeout=5)
    with pytest.raises(OSError):
        connection.request("GET", "/")
