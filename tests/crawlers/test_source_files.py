"""Claims about source files: a fault is one sentence with file, key and remedy; addresses find sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.catalogue import build_catalogue, load_catalogue, read_source
from crawlers.platforms import PLATFORMS
from crawlers.spiders.requests import start_requests
from tests.crawlers.loopback import source_toml
from warehouse.errors import UserError
from warehouse.home import Home


def write(folder: Path, text: str, name: str = "prueba.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id = [", r"^prueba\.toml: not readable as TOML"),
        (source_toml(extra='colour = "red"'), r"^prueba\.toml: unknown key 'colour'; remove it"),
        (source_toml(extra="[impact]\nrequests = 3\n"), r"^prueba\.toml: unknown key 'impact\.requests'"),
        (source_toml().replace('platform = "trs"', ""), r"^prueba\.toml: 'platform' is missing; add it"),
        (source_toml(extra="enabled = false"), r"disabled_reason is missing; say in one sentence"),
        (source_toml(extra='timezone = "Asia/Peking"'), r"'timezone' does not fit \(unknown time zone"),
        (
            source_toml(extra='[impact]\nwindow = "night"\n'),
            r"'impact\.window' does not fit \(write local hours",
        ),
        (source_toml(extra="sample = true"), r"unknown key 'sample'"),
        (source_toml().replace("http://", "ftp://"), r"'home' does not fit"),
    ],
)
def test_a_fault_is_one_sentence_with_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_source(write(tmp_path, text))


def test_every_packaged_source_loads_and_starts_inside_its_own_scope() -> None:
    for sample in (False, True):
        sources = load_catalogue(None, sample=sample).sources.values()
        assert len(sources) >= 3
        assert {source.platform for source in sources} <= set(PLATFORMS)
        assert all(
            source.covers(item.url)
            for source in sources
            if source.platform != "manual"
            for item in start_requests(source)
        )


def test_sample_and_real_sources_never_meet() -> None:
    real, sample = load_catalogue(None, sample=False), load_catalogue(None, sample=True)
    assert not set(real.sources) & set(sample.sources)
    assert not any(source.sample for source in real.sources.values())
    assert all(source.sample for source in sample.sources.values())


def test_the_longest_address_wins(tmp_path: Path) -> None:
    whole = read_source(write(tmp_path, source_toml("whole", "www.a.example")))
    part = read_source(
        write(
            tmp_path,
            source_toml("part", "www.a.example", '[scope]\nprefixes = ["http://www.a.example/bu/"]\n'),
        )
    )
    catalogue = build_catalogue([whole, part], sample=False)
    assert getattr(catalogue.match("https://www.a.example/bu/1.html"), "id", None) == "part"
    assert getattr(catalogue.match("http://WWW.A.EXAMPLE/ju/1.html"), "id", None) == "whole"
    assert catalogue.match("http://b.example/") is None


def test_pages_of_the_state_council_find_their_library() -> None:
    catalogue = load_catalogue(None, sample=False)
    paper = catalogue.match("http://www.gov.cn/zhengce/content/2019-02/15/content_5365945.htm")
    ministry = catalogue.match("https://www.gov.cn/zhengce/zhengceku/2023-01/04/content_1.htm")
    assert (getattr(paper, "id", None), getattr(ministry, "id", None)) == (
        "cn-gov-library-gw",
        "cn-gov-library-bm",
    )


def test_a_home_may_replace_a_packaged_source(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    home.sources.mkdir()
    write(home.sources, source_toml("cn-mof", "mof.example"), "mine.toml")
    assert load_catalogue(home, sample=False).sources["cn-mof"].home == "http://mof.example/"


def test_two_files_may_not_share_an_id(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    home.sources.mkdir()
    write(home.sources, source_toml(), "a.toml")
    write(home.sources, source_toml(), "b.toml")
    with pytest.raises(UserError, match=r"b\.toml: id 'prueba' is taken by a\.toml; choose another"):
        load_catalogue(home, sample=False).select(["prueba"])


@pytest.mark.parametrize("text", ["", 'id = "cn-mof\n', 'id = "cn-mof"\nspeed = 1\n'])
def test_a_broken_file_takes_only_its_own_source_out(tmp_path: Path, text: str) -> None:
    home = Home.create(tmp_path / "home", "")
    home.sources.mkdir()
    (home.sources / "cn-mof.toml").write_text(text, encoding="utf-8")
    catalogue = load_catalogue(home, sample=False)
    assert "cn-mof" not in catalogue.sources
    assert catalogue.select(None)
    with pytest.raises(UserError, match=r"^sources/cn-mof\.toml: "):
        catalogue.select(["cn-mof"])
