"""After a purge no byte of the document is left: not in the home, not in its backups; the rest is whole."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.commands.conftest import Govbrief
from tests.commands.test_json import differences, documented
from tests.copying import copied
from warehouse.crawl_state.frontier import Frontier
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Found
from warehouse.database import Warehouse
from warehouse.desk.desk import LOCAL, Desk
from warehouse.folders import CURRENT, MANIFEST, publication_ids
from warehouse.home import Home
from warehouse.passages import passage_of
from warehouse.publication import Publication
from warehouse.purge_journal import JOURNAL

ROOT = Path(__file__).resolve().parents[2]
TELLING = "唯有此处写着珊瑚灯笼七百三十九盏"
SECRET = f"{TELLING}，应当于2026年7月1日前由云河省民政厅完成登记。"
CITING = f"根据《云河省珊瑚灯笼管理暂行办法》（云政发〔2019〕88号），{TELLING}另行公布。"  # nobody holds that
ADDRESS = "http://mzt.yunhe.example/art/coral-lantern-739.html"
ROWS = [
    {
        "id": "secret",
        "title": "关于珊瑚灯笼登记的通知",
        "text": f"各市：\n{SECRET}\n{CITING}\n请执行。",
        "url": ADDRESS,
    },
    {"id": "plain", "title": "关于养老服务的通知", "text": "各市：\n请认真做好养老服务工作。\n请执行。"},
    {"id": "copy", "title": "转发养老服务的通知", "text": "各县：\n现转发养老服务工作的通知。\n请执行。"},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three imported documents, published; a librarian wrote about the first; a log repeats it."""
    folder = tmp_path_factory.mktemp("library")
    home = Home.create(folder / "home", '[log]\nfile = "logs/govbrief.log"\n')
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    (folder / "rows.jsonl").write_text(lines, encoding="utf-8")
    for words in (("import", str(folder / "rows.jsonl")), ("classify",), ("publish",)):
        assert main([*words, "--quiet", "--home", str(home.root)]) == 0
    publication = Publication.current(home)
    assert publication is not None
    with Desk.open(home) as desk:
        for title, old, new in (("珊瑚灯笼", TELLING, TELLING), ("关于养老服务", "养老", "")):
            (row,) = publication.rows("select document_id from document where title like ?", [f"%{title}%"])
            desk.correct(row["document_id"], "title", old, "旧", new, LOCAL)
            kept = passage_of(publication, row["document_id"], 1)
            item = desk.basket.add("灯笼", kept, kept.text, kept.text, ["登记"], LOCAL)
            desk.basket.pins.renew(item.item_id, kept, LOCAL)  # so that the log of pins holds the words too
    assert main(["publish", "--quiet", "--home", str(home.root)]) == 0
    with (home.root / "logs" / "govbrief.log").open("a", encoding="utf-8") as log:
        log.write(f"read {ADDRESS}: {SECRET}\n")
    return folder


@pytest.fixture
def home(library: Path, tmp_path: Path) -> Home:
    """A copy of the library that a test may change, with the file it was imported from."""
    shutil.copy2(library / "rows.jsonl", tmp_path / "rows.jsonl")
    return Home.open(copied(library / "home", tmp_path / "home"))


def secret(govbrief: Govbrief, home: Home) -> str:
    return str(govbrief("search", "珊瑚灯笼", "--home", home.root, "--json").json["hits"][0]["document_id"])


def plain(govbrief: Govbrief, home: Home) -> str:
    return str(govbrief("search", '"认真做好"', "--home", home.root, "--json").json["hits"][0]["document_id"])


def holding(folder: Path, words: str = TELLING) -> list[str]:
    """Every file below the folder in whose bytes, packed or not, the words stand."""
    return [
        file.relative_to(folder).as_posix()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(form in text for text in _texts(file) for form in _forms(words))
    ]


def _forms(words: str) -> tuple[bytes, ...]:
    return words.encode(), json.dumps(words)[1:-1].encode()


def _texts(file: Path) -> list[bytes]:
    content = file.read_bytes()
    texts = [content]
    for sign, bits in ((b"\x1f\x8b\x08", 31), (b"\x78\x9c", 15)):
        at = content.find(sign)
        while at >= 0:
            try:
                texts.append(zlib.decompressobj(bits).decompress(content[at:]))
            except zlib.error:
                texts.append(b"")
            at = content.find(sign, at + 1)
    return texts


def test_no_byte_is_left_in_home_and_backups_and_the_rest_is_whole(
    govbrief: Govbrief, home: Home, tmp_path: Path
) -> None:
    at = ("--home", home.root)
    copies = tmp_path / "copies"
    for _ in range(2):
        assert govbrief("backup", copies, *at).code == 0
    document_id = secret(govbrief, home)
    before = holding(tmp_path / "home")
    assert {"warehouse.duckdb", "desk.sqlite", "logs/govbrief.log"} <= set(before)
    (wanted,) = govbrief("wanted", "--json", *at).json["wanted"]
    assert TELLING in wanted["examples"][0]["sentence"]
    assert any(name.startswith("archive/") for name in before)
    assert any(name.startswith("bodies/") for name in before)

    rehearsed = govbrief("purge", document_id, "--dry-run", "--json", *at)
    assert (rehearsed.code, rehearsed.json["documents"]) == (0, [document_id])
    assert differences(documented("purge ID --json"), rehearsed.json) == []
    assert govbrief("purge", document_id, "--yes", *at).code == 2
    assert govbrief("purge", document_id, "--reason", "x", *at).code == 2
    assert holding(tmp_path / "home") == before

    done = govbrief(
        "purge", document_id, "--reason", "court order", "--yes", "--backup", copies, "--json", *at
    )
    assert done.code == 0, done.err
    assert differences(documented("purge ID --json"), done.json) == []
    assert len(done.json["purged"]) == 3
    assert holding(tmp_path / "home") == []
    assert holding(copies) == []
    for folder in (home.root, *copies.iterdir()):  # the tombstones and the audit log keep its name
        assert [file for file in holding(folder, document_id) if not file.endswith(".sqlite")] == []
    assert holding(tmp_path / "home", ADDRESS) == []
    assert not (home.root / JOURNAL).exists()

    assert govbrief("verify", *at).code == 0
    assert govbrief("search", "珊瑚灯笼", "--json", *at).json["total"] == 0
    assert govbrief("search", "养老", "--json", *at).json["total"] == 2
    with Desk.open(home) as desk:
        assert [one.value for one in desk.corrections()] == ["养老"]
        first, second = desk.basket.items("灯笼")  # the number stays: drafts refer to it
        assert (first.state, first.concern, first.passage.text, first.note, first.tags) == (
            "attention",
            "purged",
            "",
            "",
            (),
        )
        assert (second.state, second.passage.text) == ("held", "请认真做好养老服务工作。")
        assert [pin.old for pin in desk.basket.pins.log(first.item_id)] == [None]
        (event,) = [one for one in desk.audit_events() if one.action == "purge"]
    assert event.detail["reason"] == "court order"
    for folder in copies.iterdir():
        restored = tmp_path / f"from-{folder.name}"
        assert govbrief("verify", folder).code == 0
        assert govbrief("restore", folder, "--home", restored).code == 0
        assert govbrief("search", "养老", "--home", restored, "--json").json["total"] == 2
        assert holding(restored) == []
    assert govbrief("purge", document_id, "--reason", "x", "--yes", *at).code == 2


def test_it_is_neither_fetched_nor_taken_in_again(govbrief: Govbrief, home: Home, tmp_path: Path) -> None:
    at = ("--home", home.root)
    document_id = secret(govbrief, home)
    source_id = govbrief("search", "珊瑚灯笼", "--json", *at).json["hits"][0]["source_id"]
    page, again = tmp_path / "page.html", tmp_path / "again.html"
    page.write_text(f"<h1>关于灯笼的函</h1><p>各市：</p><p>{SECRET}</p><p>请执行。</p>", encoding="utf-8")
    again.write_bytes(page.read_bytes())
    added = govbrief("add", page, "--json", *at).json
    warc = tmp_path / "records.warc.gz"
    assert govbrief("export", "--warc", warc, "--own-use", *at).code == 0
    assert govbrief("purge", document_id, added["document_id"], "--reason", "x", "--yes", *at).code == 0
    found = [Found(url, "detail", "mzt.yunhe.example") for url in (ADDRESS, ADDRESS.replace("739", "740"))]
    with CrawlState.open(home) as state:
        assert isinstance(state.frontier, Frontier)
        assert state.frontier.discover(source_id, found, home.clock.now()) == 1
    archived = sorted(file.stat().st_size for file in home.archive.rglob("*.warc.gz"))
    taken = govbrief("import", tmp_path / "rows.jsonl", *at)
    assert taken.code == 3
    assert f"line 1: the document {document_id} was purged here" in taken.err
    for file in (page, again):
        refused = govbrief("add", file, *at)
        assert refused.code == 4
        assert "was purged here" in refused.err
    taken = govbrief("import", warc, *at)
    assert "its address was purged here and is not taken in again" in taken.err
    assert sorted(file.stat().st_size for file in home.archive.rglob("*.warc.gz")) == archived
    assert holding(home.root) == []
    govbrief("publish", *at)
    assert govbrief("search", "珊瑚灯笼", "--json", *at).json["total"] == 0
    assert govbrief("search", "养老", "--json", *at).json["total"] == 2


@pytest.mark.kill
@pytest.mark.slow
def test_killed_at_any_moment_it_is_completed(govbrief: Govbrief, home: Home, tmp_path: Path) -> None:
    document_id = secret(govbrief, home)
    order = [sys.executable, "-m", "dashboard.commands.main", "purge", document_id, "--reason", "x", "--yes"]
    for number in range(3):
        subprocess.run(["cp", "-a", home.root, tmp_path / f"killed-{number}"], check=True)
        at = ("--home", tmp_path / f"killed-{number}")
        worker = subprocess.Popen([*order, *map(str, at)], cwd=ROOT, stderr=subprocess.DEVNULL)
        while not (tmp_path / f"killed-{number}" / JOURNAL).exists() and worker.poll() is None:
            time.sleep(0.005)
        time.sleep(number * 0.25)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
        if (tmp_path / f"killed-{number}" / JOURNAL).exists():
            assert govbrief("purge", document_id, "--reason", "x", "--yes", *at).code == 2
            assert govbrief("purge", "--continue", "--yes", *at).code == 0
        assert holding(tmp_path / f"killed-{number}") == []
        assert govbrief("verify", *at).code == 0


@pytest.mark.parametrize("damage", ["CURRENT", "manifest"])
def test_a_lost_current_takes_nobody_elses_documents_from_readers(
    govbrief: Govbrief, home: Home, damage: str
) -> None:
    at = ("--home", home.root)
    document_id = secret(govbrief, home)
    for folder in publication_ids(home.published):
        if damage == "manifest":
            (home.published / folder / MANIFEST).write_text("{", encoding="utf-8")
    if damage == "CURRENT":
        (home.published / CURRENT).unlink()
    done = govbrief("purge", document_id, "--reason", "x", "--yes", *at)
    assert done.code == 0, done.err
    assert govbrief("search", "养老", "--json", *at).json["total"] == 2
    assert holding(home.root) == []


def test_files_nobody_fetched_yet_are_not_fetched_later(govbrief: Govbrief, home: Home) -> None:
    at, now = ("--home", home.root), home.clock.now()
    hit = govbrief("search", "珊瑚灯笼", "--json", *at).json["hits"][0]
    source_id = hit["source_id"]
    file, shared = "http://mzt.yunhe.example/files/coral-739.pdf", "http://mzt.yunhe.example/files/form.pdf"
    waiting = [Found(one, "attachment", "mzt.yunhe.example", parent_url=ADDRESS) for one in (file, shared)]
    with CrawlState.open(home) as state:
        assert state.frontier.discover(source_id, waiting, now) == 2
    with Warehouse.open(home) as w:
        w.connection.execute(
            "insert into attachment (document_id, url, name, status) values ($1, $2, '表', 'not-fetched')",
            [plain(govbrief, home), shared],
        )
    assert govbrief("purge", hit["document_id"], "--reason", "x", "--yes", *at).code == 0
    assert holding(home.root, file) == []
    assert holding(home.root, ADDRESS) == []  # nor that the other one was found there
    with closing(sqlite3.connect(home.crawl_state_file)) as state:
        assert state.execute("select url from frontier where role = 'attachment'").fetchall() == [(shared,)]
    with CrawlState.open(home) as state:
        assert state.frontier.discover(source_id, waiting, now) == 0


def test_a_log_outside_the_folder_of_logs_is_blanked(govbrief: Govbrief, home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "var" / "govbrief.log"
    outside.parent.mkdir()
    settings = home.root / "govbrief.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("logs/govbrief.log", str(outside)), encoding="utf-8"
    )
    for file in (outside, outside.with_name("govbrief.log.1")):
        file.write_text(f"read {ADDRESS}: {SECRET}\nnext\n", encoding="utf-8")
    outside.with_name("other.log").write_text(SECRET, encoding="utf-8")
    done = govbrief("purge", secret(govbrief, home), "--reason", "x", "--yes", "--home", home.root)
    assert done.code == 0, done.err
    assert holding(outside.parent) == ["other.log"]
    assert "next" in outside.read_text(encoding="utf-8")


def test_the_last_document_leaves_nothing_published(govbrief: Govbrief, home: Home) -> None:
    at = ("--home", home.root)
    source_id = govbrief("search", "珊瑚灯笼", "--json", *at).json["hits"][0]["source_id"]
    done = govbrief("purge", "--source", source_id, "--reason", "x", "--yes", *at)
    assert done.code == 3
    assert govbrief("search", "养老", *at).code == 4
    assert holding(home.root) == []
