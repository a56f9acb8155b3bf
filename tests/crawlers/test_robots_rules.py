"""Claims about robots.txt as a text: it is read as RFC 9309 says, on made and on real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.politeness.robots import read_rules
from crawlers.politeness.rules import RobotsText
from tests.crawlers import rfc9309

SITE = "https://host.example"
TWICE = "User-agent: govbrief\nDisallow: /a\nUser-agent: *\nDisallow: /\nUser-agent: govbrief\nDisallow: /b\n"
PROBES = ("/", "/a/b.html", "/index.html", "/admin/", "/search?q=1", "/%E6%96%87/%7euser", "/robots.txt")


def allows(text: bytes | str, path: str, agent: str = "govbrief") -> bool:
    body = text.encode() if isinstance(text, str) else text
    return read_rules(200, body).allow(SITE + path, agent)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        ("User-agent: *\nAllow: /page\nDisallow: /page\n", "/page", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: GovBrief\nDisallow: /x\n", "/y", True),
        ("User-agent: gov\nDisallow: /\n", "/y", True),
        ("User-agent: govbrief/2.1\nDisallow: /\n", "/y", False),
        (TWICE, "/b", False),
        (TWICE, "/c", True),
        ("User-agent: govbrief\nCrawl-delay: 5\nUser-agent: other\nDisallow: /\n", "/y", False),
        ("\ufeffUser-agent: *\nDisallow: /\n", "/y", False),
        ("User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\nSitemap: /s.xml\nNoindex: /\nDisallow: /a # all of it\n", "/a", False),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /文件/\n", "/%E6%96%87%E4%BB%B6/1", False),
        ("User-agent: *\nDisallow: /%7Ea%2fb\n", "/~a%2Fb", False),
        ("User-agent: *\nDisallow: /%7Ea%2fb\n", "/~a/b", True),
        ("User-agent: *\nAllow: /index.html\nDisallow: /\n", "/", False),
        ("Disallow: /\n", "/a", True),
        ("", "/a", True),
    ],
)  # fmt: skip
def test_rules_decide_as_the_standard_says(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) is allowed
    assert rfc9309.allowed(text.encode(), path, "govbrief") is allowed


def test_what_lies_beyond_the_bound_is_not_read() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"# filler\n" * 70_000 + b"Disallow: /b\n"
    assert not allows(body, "/a")
    assert allows(body, "/b")


def test_a_delay_is_that_of_our_own_group() -> None:
    text = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: govbrief\nCrawl-delay: 2.5\nDisallow: /a\n"
    assert read_rules(200, text).crawl_delay() == 2.5
    assert read_rules(200, text).crawl_delay("other") == 9.0


def test_bytes_that_are_no_text_forbid_nothing() -> None:
    assert allows(bytes(range(256)) * 20, "/a")


@pytest.mark.realdata
def test_the_seventy_recorded_files_decide_as_a_second_reading_of_the_standard(shared_data: Path) -> None:
    folder = shared_data / "sites"
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    files = [row["file"] for row in rows if row["kind"] == "robots"]
    asked, forbidden, wrong = 0, 0, []
    for name in files:
        body = (folder / name).read_bytes()
        rules = read_rules(200, body)
        paths = dict.fromkeys([*PROBES, *rfc9309.own_paths(body)[:250]])
        for agent in ("govbrief", *rfc9309.tokens(body)[:4]):
            for path in paths:
                said, expected = rules.allow(SITE + path, agent), rfc9309.allowed(body, path, agent)
                asked, forbidden = asked + 1, forbidden + (not expected)
                if said is not expected:
                    wrong.append(f"{name}: {agent} {path}")
    assert len(files) == 70
    assert wrong == []
    assert asked > 10_000
    assert forbidden > 1_000


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_how_the_rules_are_written(charset: str) -> None:
    text = RobotsText.parse("User-agent: govbrief\nDisallow: /\n".encode(charset))
    assert not text.allows("http://a.example/x", "govbrief")
