"""Claims about the manners of the small client: robots first, honest, bounded, at no private address."""

from __future__ import annotations

import pytest

from crawlers.platforms import PageRequest
from crawlers.probing.client import Client
from crawlers.probing.errors import NotFetched
from crawlers.probing.same_site import same_site
from crawlers.settings import request_headers
from tests.crawlers.loopback import HOST, Answer, Site
from tests.crawlers.polite import Ticking, client

LIST = f"http://{HOST}/wj/index.html"


def failure(asker: Client, url: str) -> NotFetched:
    with pytest.raises(NotFetched) as caught:
        asker.get(PageRequest(url, "list"))
    return caught.value


def test_the_client_names_itself_with_the_contact() -> None:
    with Site() as site:
        client(site).get(PageRequest(LIST, "list"))
    assert site.paths() == ["/robots.txt", "/wj/index.html"]
    assert all(agent.startswith("govbrief/") and "library@example.org" in agent for agent in site.agents)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_robots_that_do_not_answer_mean_that_nothing_is_fetched(status: int) -> None:
    with Site() as site:
        site.faults["/robots.txt"] = Answer(status)
        error = failure(client(site), LIST)
    assert (error.code, site.paths()) == ("robots-unknown", ["/robots.txt"])
    assert f"answers {status}" in str(error)


def test_a_forbidden_address_is_not_asked_for() -> None:
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, b"User-agent: *\nDisallow: /wj/\n")
        error = failure(client(site), LIST)
    assert (error.code, site.paths()) == ("robots-forbids", ["/robots.txt"])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(403, b"<html>no</html>"), "refused"),
        (Answer(412, b"<html>no</html>"), "refused"),
        (Answer(429, b"", {"Retry-After": "60"}), "refused"),
        (Answer(200, b"<script>document.cookie='a=1'</script>", {"Content-Type": "text/html"}), "challenge"),
        (Answer(404, b"<html>404</html>"), "gone"),
        (Answer(500, b"<html><body>" + b"an error that says much " * 20 + b"</body></html>"), "http-error"),
        (Answer(200, b"x" * 3000), "too-large"),
        (Answer(200, b"half of it", {"Content-Type": "text/html"}, cut=4), "network"),
        (Answer(302, b"", {"Location": "http://127.0.0.1/secret"}), "no-public-address"),
        (Answer(302, b"", {"Location": "http://other.example/x"}), "leaves-site"),
        (Answer(302, b"", {"Location": "file:///etc/passwd"}), "leaves-site"),
        (Answer(302, b"", {"Location": LIST}), "leaves-site"),  # to itself, for ever
    ],
)
def test_what_is_no_page_is_one_sentence(answer: Answer, code: str) -> None:
    with Site() as site:
        site.faults["/wj/index.html"] = answer
        error = failure(client(site, max_bytes=2000), LIST)
    assert error.code == code
    assert str(error).rstrip().endswith(".")


def test_a_refusal_is_not_asked_again() -> None:
    with Site() as site:
        site.faults["/wj/index.html"] = Answer(403)
        failure(client(site), LIST)
    assert site.paths() == ["/robots.txt", "/wj/index.html"]


@pytest.mark.parametrize(
    "url", ["http://localhost/x", "http://127.0.0.1/x", "http://[::1]/x", "http://10.0.0.1/"]
)
def test_private_addresses_are_never_asked(url: str) -> None:
    asker = Client(request_headers("x"), 0.0)
    assert failure(asker, url).code == "no-public-address"


def test_a_redirect_inside_the_site_is_followed() -> None:
    with Site() as site:
        site.faults["/old"] = Answer(301, b"", {"Location": "/wj/index.html"})
        answer = client(site).get(PageRequest(f"http://{HOST}/old", "list"))
    assert (answer.url, answer.final_url) == (f"http://{HOST}/old", LIST)


def test_requests_keep_the_delay_and_a_longer_crawl_delay() -> None:
    clock = Ticking()
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, b"User-agent: *\nCrawl-delay: 7\n")
        asker = client(site, now=clock.now, sleep=clock.sleep)
        asker.get(PageRequest(LIST, "list"))
        asker.get(PageRequest(f"http://{HOST}/wj/index_1.html", "list"))
    assert clock.at >= 7.0


def test_a_client_makes_no_more_requests_than_it_may() -> None:
    with Site() as site:
        assert failure(client(site, max_requests=1), LIST).code == "timeout"
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://gks.mof.gov.cn/x", True),
        ("http://mof.gov.cn/", True),
        ("http://www.gov.cn/", False),
        ("http://www.moe.gov.cn/", False),
        ("http://evilmof.gov.cn/", False),
    ],
)
def test_which_hosts_are_one_site(other: str, same: bool) -> None:
    assert same_site("http://www.mof.gov.cn/a", other) is same
