"""export in every form, import that accounts for every line, add of files and addresses."""

from __future__ import annotations

import csv
import gzip
import io
import json
import resource
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import bibtexparser
import duckdb
import pytest
import rispy

from crawlers.sample_sites import sample_settings
from dashboard.commands.main import main
from tests.commands.conftest import Govbrief
from warehouse.home import Home

KEPT = (
    *("url", "title", "text", "department", "topic", "doc_number", "index_number", "published", "written"),
    *("effective", "doc_type", "unit", "lang", "jurisdiction", "sample"),
)
PAGE = (
    "<html><body><h1>关于节水的通告</h1><div id='zoom'>"
    + "<p>请节约用水，爱护设施。</p>" * 5
    + "</div></body></html>"
)
ADDRESS = "http://mzt.yunhe.example/xxgk/zcwj/202604/t20260420_1014.html"


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def kept(line: dict[str, Any]) -> dict[str, Any]:
    """What of a line comes back from another home: all but names and labels of ours."""
    files = [(one["name"], one["url"]) for one in line["attachments"]]
    return {key: line[key] for key in KEPT} | {"attachments": files}


def empty_sample(root: Path) -> Path:
    return Home.create(root, sample_settings(0)).root


@pytest.fixture(scope="module")
def exported(published_home: Path) -> list[dict[str, Any]]:
    with redirect_stdout(io.StringIO()) as said:
        assert main(["export", "--home", str(published_home)]) == 0
    return lines_of(said.getvalue())


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a full disk is to a writer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def count(file: Path) -> int:
    """How many documents a file holds, by a reader that is not ours."""
    if file.suffix == ".parquet":
        return int(duckdb.read_parquet(str(file)).count("*").fetchall()[0][0])
    text = (
        gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text("utf-8-sig")
    )
    match file.name.removesuffix(".gz").rpartition(".")[2]:
        case "csv":
            return len(list(csv.DictReader(text.splitlines(keepends=True))))
        case "ris":
            return len(list(rispy.loads(text)))
        case "bib":
            return len(bibtexparser.parse_string(text).entries)
        case "json":
            return len(json.loads(text))
        case "xml":
            return len(list(ElementTree.fromstring(text)))
        case _:
            return len(text.splitlines())


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz", "a.parquet", "a.ris", "a.bib", "a.json", "a.xml"]
)
def test_each_form_holds_every_document(
    govbrief: Govbrief, published_home: Path, tmp_path: Path, exported: list[Any], name: str
) -> None:
    outcome = govbrief("export", "-o", tmp_path / name, "--home", published_home)
    assert outcome.code == 0, outcome.err
    assert f"Exported {len(exported)} documents" in outcome.err
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert count(tmp_path / name) == len(exported)


def test_a_form_named_goes_before_the_ending_and_a_search_narrows(
    govbrief: Govbrief, published_home: Path
) -> None:
    total = govbrief("search", "养老服务", "--json", "--limit", "1", "--home", published_home).json["total"]
    text = govbrief("export", "养老服务", "--format", "ris", "--home", published_home).out
    assert text.count("TY  - ") == total > 1
    assert "示例数据" in text


def test_texts_are_left_out_in_every_form(govbrief: Govbrief, published_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    assert govbrief("export", "--no-text", "-o", file, "--home", published_home).code == 0
    with file.open(encoding="utf-8-sig", newline="") as stream:
        assert {row["text"] for row in csv.DictReader(stream)} == {""}
    assert "AB  - " not in govbrief("export", "--no-text", "--format", "ris", "--home", published_home).out


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_an_export_that_cannot_be_written_leaves_what_stood_there(
    govbrief: Govbrief, published_home: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_text("before", encoding="utf-8")
    with files_at_most(30_000):
        outcome = govbrief("export", "-o", file, "--home", published_home)
    assert outcome.code == 5, outcome.err
    assert [one.read_text("utf-8") for one in tmp_path.iterdir()] == ["before"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("-o", "a.docx"), 2, "a.docx: no format ends with .docx; use .jsonl"),
        (("--format", "parquet"), 2, "name a file with -o FILE.parquet"),
        (("--networks", "--format", "csv"), 2, "--networks is written as JSONL"),
        (("--networks", "--year", "2019"), 2, "leave query and filters out"),
        (("doc-nobody",), 2, "doc-nobody: not in publication"),
        (("doc-nobody", "--has-attachment"), 2, "take no filter; leave --has-attachment out"),
        (("-o", "/proc/nowhere/a.ris"), 5, "/proc/nowhere/a.ris: cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    govbrief: Govbrief, published_home: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    outcome = govbrief("export", *words, "--home", published_home)
    assert outcome.code == code
    assert said in outcome.err


@pytest.mark.slow
def test_what_was_exported_comes_back_from_every_form_of_rows(
    govbrief: Govbrief, published_home: Path, tmp_path: Path, exported: list[dict[str, Any]]
) -> None:
    home = empty_sample(tmp_path / "home")
    first = "new"
    for name in ("a.parquet", "a.csv.gz", "a.jsonl"):
        assert govbrief("export", "-o", tmp_path / name, "--home", published_home).code == 0
        answer = govbrief("import", tmp_path / name, "--json", "--home", home)
        assert answer.code == 0, answer.err
        assert {one["outcome"] for one in answer.json["results"]} == {first}
        first = "unchanged"
    assert govbrief("classify", "--home", home).code == 0  # published topics are labels
    assert govbrief("publish", "--home", home).code == 0
    again = lines_of(govbrief("export", "--home", home).out)
    by_title = sorted(exported, key=lambda line: (line["title"], line["url"] or ""))
    again.sort(key=lambda line: (line["title"], line["url"] or ""))
    assert [kept(line) for line in again] == [kept(line) for line in by_title]
    assert {line["source"] for line in again} == {f"import-{line['source']}" for line in exported}


def test_every_line_of_an_import_is_accounted_for(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "").root
    file, table, empty = tmp_path / "a.jsonl", tmp_path / "b.csv", tmp_path / "c.jsonl"
    file.write_text(
        '{"id": "1", "title": "通知"}\n{"id": "2", "title": "公告", "published": "昨天"}\n{"id"\n', "utf-8"
    )
    table.write_text('id,title,text\n3,意见,"一\n二"\n4,,x\n', "utf-8")
    empty.touch()
    answer = govbrief("import", file, table, empty, "--json", "--home", home)
    assert answer.code == 3
    told = [(Path(one["file"]).name, one["line"], one["outcome"]) for one in answer.json["results"]]
    assert told == [
        ("a.jsonl", 1, "new"), ("a.jsonl", 2, "refused"), ("a.jsonl", 3, "refused"),
        ("b.csv", 2, "new"), ("b.csv", 4, "refused"), ("c.jsonl", 0, "refused"),
    ]  # fmt: skip
    wrong = answer.json["results"][1]
    assert (wrong["field"], wrong["remedy"]) == ("published", "mend or remove that line")
    assert "昨天" in wrong["reason"]
    assert answer.json["wrong_lines"] == 4
    file.write_text('{"id": "1", "title": "通知", "text": "改了。"}\n', "utf-8")
    second = govbrief("import", file, table, "--home", home)
    assert f"{file}: line 1: changed: 通知" in second.out
    assert f"{table}: line 2: unchanged: 意见" in second.out
    assert f'{table}: line 4: "title" is missing or empty; mend or remove that line.' in second.err


def test_a_table_without_titles_is_refused_as_a_whole(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "").root
    file = tmp_path / "a.csv"
    file.write_text("id;title\n1;通知\n", "utf-8")
    outcome = govbrief("import", file, "--home", home)
    assert outcome.code == 4
    assert "line 1: its columns are parted by semicolons or tabs; save it as CSV with commas." in outcome.err


def test_several_files_are_added_one_by_one(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "").root
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    answer = govbrief("add", page, tmp_path / "none.pdf", "--json", "--home", home)
    assert answer.code == 3
    taken, refused = answer.json
    assert (taken["outcome"], taken["title"]) == ("new", "关于节水的通告")
    assert (refused["outcome"], refused["reason"]) == (
        "refused",
        f"{tmp_path / 'none.pdf'}: there is no such file.",
    )
    assert govbrief("add", page, "--json", "--home", home).json["outcome"] == "unchanged"
    assert govbrief("add", page, page, "--url", "http://a.example/", "--home", home).code == 2


def test_an_address_is_fetched_once_under_the_rules_of_a_crawl(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_home, tmp_path / "home")
    answer = govbrief("add", ADDRESS, "--json", "--home", tmp_path / "home")
    assert answer.code == 0, answer.err
    assert (answer.json["source_id"], answer.json["outcome"]) == ("sample-yunhe-mzt", "unchanged")
    for address, said in (
        ("http://www.msb.example/manage/1.html", "robots.txt"),
        ("http://mzt.yunhe.example/none.html", "the site answers 404"),
    ):
        outcome = govbrief("add", address, "--home", tmp_path / "home")
        assert outcome.code == 4
        assert said in outcome.err


def test_an_address_needs_a_contact_in_a_real_home(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "").root
    outcome = govbrief("add", "http://www.example.gov/1.html", "--home", home)
    assert outcome.code == 2
    assert "[crawl] contact is empty" in outcome.err


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/1.html", "http://localhost:9/1.html"])
def test_an_address_of_this_machine_is_not_fetched_and_the_other_way_is_told(
    govbrief: Govbrief, tmp_path: Path, address: str
) -> None:
    home = Home.create(tmp_path / "home", '[crawl]\ncontact = "library@example.org"\n')
    outcome = govbrief("add", address, "--home", home.root)
    assert outcome.code == 4
    assert f"save the page in a browser and type 'govbrief add FILE --url {address}'." in outcome.err
