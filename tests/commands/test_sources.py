"""Claims about `sources new`, `check` and `probe`: from an address to documents without a line of Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawlers.catalogue import read_source
from crawlers.sample_sites import sample_settings
from tests.commands.conftest import Govbrief
from tests.crawlers.loopback import HOST, Site, source_toml
from warehouse.home import Home

STYLES = {  # host -> platform that its lists give away
    "www.hsb.example": "feed",
    "www.lanjiang.example": "gkmlpt",
    "www.msb.example": "hanweb_recordset",
    "www.qinghe.example": "vsb",
    "www.shiqiao.example": "generic",
    "www.yunhe.example": "hanweb_dataproxy",
    "mzt.yunhe.example": "trs",
    "www.yhrd.example": "sitemap",
    "www.meridian.example/api/search.json": "govuk",
}


def sample_home(folder: Path, day: int = 3) -> Path:
    return Home.create(folder / "home", sample_settings(day)).root


def real_home(folder: Path, extra: str = "") -> Path:
    return Home.create(folder / "real", f'[crawl]\nquiet_hours = ""\n{extra}').root


def made(home: Path) -> Path:
    (file,) = (home / "sources").glob("*.toml")
    return file


@pytest.mark.parametrize("host", STYLES)
def test_an_address_becomes_a_source_that_reads(govbrief: Govbrief, tmp_path: Path, host: str) -> None:
    home = sample_home(tmp_path)
    outcome = govbrief("sources", "new", f"http://{host}" + ("" if "/" in host else "/"), "--home", home)
    assert outcome.code == 0, outcome.err
    source = read_source(made(home), sample=True)
    assert (source.platform, source.enabled) == (STYLES[host], False)
    checked = govbrief("sources", "check", source.id, "--samples", "--json", "--home", home)
    (report,) = checked.json
    assert report["list"]["entries"]
    assert report["documents"][0]["sound"]
    assert checked.code == 0
    assert {"title", "published"} <= {line["field"] for line in report["documents"][0]["fields"]}


@pytest.mark.slow
@pytest.mark.parametrize("host", ["sjj.yunhe.example", "www.shiqiao.example"])
def test_the_written_source_is_crawled_and_its_sample_replayed(
    govbrief: Govbrief, tmp_path: Path, host: str
) -> None:
    home = sample_home(tmp_path)
    assert govbrief("sources", "new", f"http://{host}/", "--id", "neu", "--home", home).code == 0
    assert govbrief("sources", "enable", "neu", "--home", home).code == 0
    crawled = govbrief("crawl", "neu", "--max-documents", "3", "--json", "--home", home)
    assert crawled.code == 0, crawled.err
    assert "samples/neu" not in crawled.err
    replayed = govbrief("crawl", "--replay", home / "samples" / "neu", "--home", home)
    assert replayed.code == 0, replayed.err
    (home / "samples" / "neu" / "manifest.jsonl").unlink()
    report = govbrief("sources", "check", "neu", "--json", "--home", home)
    assert report.json[0]["basis"] == "archive"


@pytest.mark.slow
def test_a_site_of_ones_own_goes_from_address_to_documents(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = sample_home(tmp_path)
    with Site(documents=12) as site:
        monkeypatch.setenv("GOVBRIEF_SAMPLE_HOSTS", f"{HOST}={site.resolve[HOST][1]}")
        written = govbrief("sources", "new", f"http://{HOST}/wj/index.html", "--id", "prueba", "--home", home)
        assert written.code == 0, written.err
        assert govbrief("sources", "enable", "prueba", "--home", home).code == 0
        (home / "govbrief.toml").write_text(sample_settings(4), encoding="utf-8")
        govbrief("crawl", "prueba", "--home", home)
        assert len(site.details()) >= 12
    for words, basis in (((), "archive"), (("--samples",), "sample")):  # the newer of the two, if not told
        (report,) = govbrief("sources", "check", "prueba", *words, "--json", "--home", home).json
        assert (report["basis"], len(report["list"]["entries"])) == (basis, 10)


def test_a_site_that_refuses_stops_everything_with_a_sentence(govbrief: Govbrief, tmp_path: Path) -> None:
    home = sample_home(tmp_path, day=50)
    outcome = govbrief("sources", "new", "http://www.msb.example/", "--home", home)
    assert outcome.code == 4
    assert "does not offer" in outcome.sentences[-1] or "robots.txt answers" in outcome.sentences[-1]
    assert not (home / "sources").exists()


def test_saved_pages_are_enough(govbrief: Govbrief, tmp_path: Path) -> None:
    rows = "".join(
        f"<li><a href='/zwgk/t2026050{n}_{n}.html'>关于第{n}项工作的通知</a><span>2026-05-0{n}</span></li>"
        for n in range(1, 9)
    )
    page = tmp_path / "list.html"
    page.write_text(f"<html><body><ul class='list'>{rows}</ul></body></html>", encoding="utf-8")
    home = real_home(tmp_path)
    url = "https://www.example.gov.cn/zwgk/"
    outcome = govbrief("sources", "new", url, "--page", page, "--home", home)
    assert outcome.code == 0, outcome.err
    source = read_source(made(home))
    assert (source.id, source.platform, source.start[0].url) == ("cn-example", "trs", url)
    assert "No document page was opened" in outcome.out


def test_an_id_writes_the_template_and_nothing_is_overwritten(govbrief: Govbrief, tmp_path: Path) -> None:
    home = real_home(tmp_path)
    assert govbrief("sources", "new", "gd-mzt", "--home", home).code == 0
    again = govbrief("sources", "new", "gd-mzt", "--home", home)
    assert (again.code, "is already there" in again.sentences[-1]) == (2, True)
    other = govbrief("sources", "new", "https://a.gov.cn/", "--id", "gd-mzt", "--home", home)
    assert (other.code, "is already there" in other.sentences[-1]) == (2, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("new https://www.example.gov.cn/", "[crawl] contact is empty"),
        ("new ftp://www.example.gov.cn/", "no web address"),
        ("new https://a.gov.cn/ --id A_b", "no source id"),
        ("new gd-mzt --id x", "belong to an address"),
        ("new https://a.gov.cn/ --page nowhere.html", "cannot be read"),
        ("check cn-mwr --samples", "no pages are saved"),
        ("check cn-mwr some.toml", "not both"),
        ("check nobody", "No source is called 'nobody'"),
        ("probe", "Name the sources to probe"),
        ("probe cn-mwr --all", "Name the sources to probe"),
    ],
)
def test_a_wrong_word_is_one_sentence(govbrief: Govbrief, tmp_path: Path, words: str, sentence: str) -> None:
    outcome = govbrief("sources", *words.split(), "--home", real_home(tmp_path))
    assert outcome.code in (2, 4)
    assert len(outcome.sentences) == 1
    assert sentence in outcome.sentences[0]


def test_files_and_catalogue_are_checked_as_before(govbrief: Govbrief, tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text("id = [", encoding="utf-8")
    assert govbrief("sources", "check", file).code == 2
    assert "sources are sound" in govbrief("sources", "check", "--home", real_home(tmp_path)).out


@pytest.mark.parametrize(
    ("extra", "sentence"),
    [
        ('[list]\nitem = "li["\n', "prueba.toml: [list] item is no CSS selector ('li[')"),
        ('[options]\nlist = "/a/"\n', "prueba.toml: [options] list is not known; did you mean 'lists'?"),
        ('department = "cn-nonsense"', "department 'cn-nonsense' is no code of classify/departments"),
        (
            '[scope]\nhosts = ["b.example"]\n',
            "prueba.toml: the start http://www.prueba.example/wj/index.html lies",
        ),
    ],
)
def test_a_wrong_file_is_named_with_its_key(
    govbrief: Govbrief, tmp_path: Path, extra: str, sentence: str
) -> None:
    home = real_home(tmp_path)
    (home / "sources").mkdir()
    file = home / "sources" / "prueba.toml"
    file.write_text(source_toml(extra=extra), encoding="utf-8")
    for words in ([file], ["--home", home]):
        outcome = govbrief("sources", "check", *words)
        assert outcome.code == 2
        assert len(outcome.sentences) == 1
        assert "prueba" in outcome.sentences[0]
        assert sentence in outcome.sentences[0]


def test_a_probe_reports_and_switches_nothing(govbrief: Govbrief, tmp_path: Path) -> None:
    home = sample_home(tmp_path, day=14)  # the day of an outage at www.qinghe.example
    outcome = govbrief("sources", "probe", "--all", "--json", "--home", home)
    assert outcome.code == 3
    by_id = {row["source"]: row for row in outcome.json["sources"]}
    assert len(by_id) == 12
    assert by_id["sample-qinghe"]["status"] == "robots-unknown"
    assert all(row["fine"] for name, row in by_id.items() if name != "sample-qinghe")
    assert all(row["requests"] <= 3 for row in by_id.values())
    paper = Path(outcome.json["report"]).read_text(encoding="utf-8")
    assert re.search(r"^- `sample-qinghe` robots-unknown: ", paper, re.M)
    assert not (home / "sources").exists()
