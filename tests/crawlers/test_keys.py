"""Keys of interfaces: sent where they belong, found nowhere afterwards, and missed in one clear sentence."""

from __future__ import annotations

import gzip
import io
import json
import logging
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from scrapy.http import Request

from crawlers.catalogue import load_catalogue, read_source
from crawlers.credential import Key, MissingKey, key_of
from crawlers.extract import extract_pending
from crawlers.probing.client import Client
from crawlers.probing.probe import probe
from crawlers.run import crawl
from crawlers.spiders.keys import KeyFilter, signed
from dashboard.commands.main import main
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from tests.extraction.helpers import source
from warehouse.errors import UserError

SECRET = "k7Q-zebra/93=x&y"
FILES = "files.prueba.example"
ENV = "PRUEBA_API_KEY"
JSON = {"Content-Type": "application/json"}
API = f"http://{HOST}/api/list?size=2"


class KeyedSite(Site):
    """A list of two pages that asks for a key, and repeats it in links, headers and bodies."""

    def __init__(self, place: str = "query") -> None:
        super().__init__(4)
        self.place = place
        self.sent: list[tuple[str, str]] = []  # host and path of every request that carried the key
        self.packed = False

    @property
    def resolve(self) -> dict[str, tuple[str, int]]:
        return {HOST: super().resolve[HOST], FILES: super().resolve[HOST]}

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        in_query = parse_qs(parts.query).get("api_key", [""])[0]
        asked = in_query if self.place == "query" else headers.get("X-Api-Key", "")
        if asked:
            self.sent.append((headers.get("Host", ""), parts.path))
        if parts.path.startswith("/robots") or parts.path.startswith("/moved"):
            return Answer(404)
        if asked != SECRET:
            return Answer(403, b"no key")
        if parts.path == "/api/list":
            return self._rows(parts.query, path)
        number = int(parts.path.rpartition("/")[2])
        if number == 3:
            return Answer(302, b"", {"Location": f"http://{FILES}/moved/3?api_key={quote(SECRET)}"})
        text = (
            f"<h1>{self.titles[number]}</h1><div class='TRS_Editor'><p>{self.texts[number]} {path}</p></div>"
        )
        return Answer(200, text.encode(), {"Content-Type": "text/html; charset=utf-8", "X-Asked": path})

    def _rows(self, query: str, path: str) -> Answer:
        page = int(parse_qs(query).get("page", ["1"])[0])
        numbers = [n for n in self.texts if n // 2 == page - 1]
        rows = [
            {"title": self.titles[n], "url": f"/api/document/{n}?api_key={quote(SECRET)}"} for n in numbers
        ]
        body = json.dumps({"rows": rows, "pages": 2, "asked": path, "key": SECRET}).encode()
        kind = {**JSON, "Link": f'<http://{HOST}{path}>; rel="self"'}
        return (
            Answer(200, gzip.compress(body), {**kind, "Content-Encoding": "gzip"})
            if self.packed
            else Answer(200, body, kind)
        )


def keyed_toml(place: str, name: str) -> str:
    own = source_toml(
        extra=f'[scope]\nhosts = ["{HOST}", "{FILES}"]\n[credential]\nenv = "{ENV}"\n{place} = "{name}"\n'
    )
    own = own.replace('platform = "trs"', 'platform = "single_api"').split("[[start]]")[0]
    return (
        own + '[options]\naddress = "/api/list?size=2&page={page}"\nrows = "rows"\npages = "pages"\n'
        'title = "title"\nurl = "url"\n'
    )


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, packed WARC members unpacked."""
    found = {}
    for file in folder.rglob("*"):
        if file.is_file():
            body = file.read_bytes()
            found[file.name] = body + (_unpacked(body) if body[:2] == b"\x1f\x8b" else b"")
    return found


def _unpacked(body: bytes) -> bytes:
    members = gzip.GzipFile(fileobj=io.BytesIO(body)).read()
    return members


@pytest.mark.parametrize(
    ("place", "name", "packed"),
    [("query", "api_key", False), ("query", "api_key", True), ("header", "X-Api-Key", False)],
)
def test_after_a_crawl_no_file_of_the_home_holds_the_key(
    place: str,
    name: str,
    packed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(ENV, SECRET)
    home = make_home(tmp_path / "home", sources={"prueba": keyed_toml(place, name)})
    with KeyedSite(place) as site:
        site.packed = packed
        for day in (0, 1):
            health = crawl(on_day(home, day), ["prueba"], resolve=site.resolve).sources["prueba"]
        extract_pending(home, load_catalogue(home, sample=True))
    assert health.requests > 0
    assert {path for _, path in site.sent} == {"/api/list", *(f"/api/document/{n}" for n in range(4))}
    assert {host for host, _ in site.sent} == {HOST}  # the host of the files never got it
    files = everything(home.root)
    said = "".join(capfd.readouterr())
    for form in (SECRET, "k7Q-zebra", "93%3Dx", "93=x"):
        assert [file for file, body in files.items() if form.encode() in body] == []
        assert form not in said
    assert any(b"***" in body for file, body in files.items() if "warc" in file)  # where a body repeated it


def test_a_source_without_its_key_is_left_out_with_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ENV, raising=False)
    sources = {"prueba": keyed_toml("query", "api_key"), "other": source_toml("other", "www.other.example")}
    home = make_home(tmp_path / "home", sources=sources)
    with Site(3, host="www.other.example") as site:
        summary = crawl(home, None, all_=True, resolve=site.resolve)
    assert (summary.exit_code, summary.sources["other"].verdict) == (3, "ok")
    told = summary.sources["prueba"]
    assert (told.verdict, told.requests) == ("broken", 0)
    assert ENV in told.detail
    assert "key-missing" in told.detail
    assert f"the environment variable {ENV} is not set" in summary.skipped["prueba"]
    report = summary.report.read_text(encoding="utf-8") if summary.report else ""
    assert ENV in report
    alone = crawl(on_day(home, 1), ["prueba"])
    assert alone.exit_code == 4


def test_check_and_probe_use_the_key_and_store_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = make_home(tmp_path / "home", sources={"prueba": keyed_toml("query", "api_key")})
    with KeyedSite() as site:
        monkeypatch.setenv("GOVBRIEF_SAMPLE_HOSTS", f"{HOST}={site.port}")
        monkeypatch.delenv(ENV, raising=False)
        assert main(["--home", str(home.root), "sources", "check", "prueba"]) == 2
        assert f"{ENV} is not set" in capsys.readouterr().err
        monkeypatch.setenv(ENV, SECRET)
        assert main(["--home", str(home.root), "sources", "check", "prueba"]) in (0, 3, 4)
        said = capsys.readouterr()
        assert "2 entries" in said.out
        address = f"http://{HOST}/api/list?size=2&page=1&api_key={SECRET.split('&', maxsplit=1)[0]}"
        main(["--home", str(home.root), "sources", "new", address, "--id", "fresh"])
        said = capsys.readouterr()
    assert f'env = "{ENV}"' in (home.sources / "fresh.toml").read_text(encoding="utf-8")
    assert "zebra" not in said.out + said.err
    assert [file for file, body in everything(home.root).items() if b"zebra" in body] == []


def test_a_probe_names_the_source_whose_key_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENV, raising=False)
    one = source("single_api", credential={"env": ENV, "query": "api_key"}, sample=True)
    row = next(iter(probe([one], Client({}, 0.0), date(2026, 6, 1))))
    assert (row.status, row.requests) == ("no-key", 0)
    assert ENV in row.detail


def key(**credential: Any) -> Key:
    asked = source("single_api", "https://api.a.example/", credential={"env": ENV, **credential})
    found = key_of(asked, {ENV: "abcdefgh1234"})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ('{"next": "https://a/x?mark=2&api_key=abcdefgh1234"}', '{"next": "https://a/x?mark=2"}'),
        ('{"next": "https://a/x?api_key=abcdefgh1234\\u0026m=2"}', '{"next": "https://a/x?m=2"}'),
        ("https://a/x?api_key=ABCDEFGH1234&amp;b=1&amp;api_key=abcdefgh1234", "https://a/x?b=1"),
        ("your key is abcdefgh1234.", "your key is ***."),
        ("nothing here", "nothing here"),
    ],
)
def test_a_key_is_taken_out_of_whatever_repeats_it(text: str, tidy: str) -> None:
    assert key(query="api_key").cleaned(text) == tidy


def test_a_signed_address_keeps_its_query_and_replaces_an_older_key() -> None:
    assert key(query="api_key").signed("https://api.a.example/x?b=%20&api_key=old#f") == (
        "https://api.a.example/x?b=%20&api_key=abcdefgh1234#f",
        {},
    )
    assert key(header="X-Api-Key").signed("https://api.a.example/x")[1] == {"X-Api-Key": "abcdefgh1234"}
    assert "abcdefgh1234" not in repr(key(query="api_key"))


@pytest.mark.parametrize(
    ("meta", "url", "private", "sent"),
    [
        ({}, "https://api.a.example/x", True, True),
        ({}, "https://other.example/x", True, False),  # outside the scope
        ({"asked": "https://api.a.example/x"}, "https://api.a.example/y", True, True),
        ({"asked": "https://www.a.example/x"}, "https://api.a.example/y", True, False),  # a redirect
        ({"gate": True}, "https://api.a.example/robots.txt", True, False),
        ({}, "http://api.a.example/x", False, False),
    ],
)
def test_a_key_goes_to_the_host_that_was_asked_and_nowhere_else(
    meta: dict[str, Any], url: str, private: bool, sent: bool
) -> None:
    asked = signed(Request(url, meta=meta), key(query="api_key"), private=private)
    assert ("abcdefgh1234" in asked.url) == sent


def test_log_records_lose_the_key() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 1, "lost %s", ("?api_key=abcdefgh1234",), None)
    KeyFilter([key(query="api_key")]).filter(record)
    assert "abcdefgh1234" not in record.getMessage()


@pytest.mark.parametrize("value", ["", "  ", "short", "two words here", "schlüssel-lang"])
def test_what_can_be_no_key_is_told(value: str) -> None:
    with pytest.raises(MissingKey, match=ENV):
        key_of(source("single_api", credential={"env": ENV, "query": "k"}), {ENV: value})


@pytest.mark.parametrize(
    ("credential", "start", "said"),
    [
        ('env = "A_KEY"', "", "either query"),
        ('env = "A_KEY"\nquery = "k"\nheader = "K"', "", "either query"),
        ('env = "a key"\nquery = "k"', "", "env"),
        ('env = "A_KEY"\nquery = "k"\nhosts = ["b.example"]', "", "no host of the source"),
        ('env = "A_KEY"\nquery = "k"', f'[[start]]\nurl = "http://{HOST}/?k=1"\n', "parameter k of the key"),
    ],
)
def test_a_source_file_that_holds_a_key_or_misplaces_it_is_refused(
    credential: str, start: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "prueba.toml"
    head = source_toml().split("[[start]]")[0]
    file.write_text(f"{head}[credential]\n{credential}\n{start}", encoding="utf-8")
    with pytest.raises(UserError, match=said):
        read_source(file, sample=True)
