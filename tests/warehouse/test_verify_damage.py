"""One wrong byte anywhere that is used, and `verify` says where; one damage does not hide another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.make import copy_of, document, fill, later, make_home
from tests.warehouse.test_way_back import break_table, flip, folder, used_blocks, zero_a_third
from warehouse.block_sums import damaged_blocks
from warehouse.findings import Checked
from warehouse.folders import FACTS
from warehouse.home import Home
from warehouse.mending import damaged_tables
from warehouse.publish import publish
from warehouse.search.past import PAST_INDEX
from warehouse.suspicion import is_marked
from warehouse.verify import verify_home


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("published"))
    fill(made, [document(n) for n in range(1, 8)])
    publish(made)
    fill(made, [document(1, paragraphs=("各市：", "另文补充养老服务如下。"))], at=later(1))
    publish(made)
    return made


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return copy_of(published, tmp_path)


def codes(checked: Checked) -> dict[str, str]:
    """Each finding's subject and the end of what is said about it; those of the missing archive left out."""
    return {f"{one.code} {one.subject}": one.detail for one in checked.findings if "capture" not in one.code}


def test_a_whole_home_has_no_finding(home: Home) -> None:
    assert (folder(home) / PAST_INDEX).is_dir()
    assert codes(verify_home(home)) == {}


@pytest.mark.parametrize("part", ["idx", "pos", "term", "store", "fast", "fieldnorm", "meta.json"])
@pytest.mark.parametrize("place", ["published", "own", "past"])
def test_a_damaged_index(home: Home, part: str, place: str) -> None:
    at = {"published": folder(home) / "index", "own": home.index, "past": folder(home) / PAST_INDEX}[place]
    for file in list(at.glob(f"*{part}")):
        content = file.read_bytes()
        file.unlink()  # the same bytes under another name stay as they are
        file.write_bytes(content)
        flip(file)
    (home.bodies / next(home.bodies.iterdir()).name).write_bytes(b"")
    checked = verify_home(home)
    found = codes(checked)
    assert any(one.startswith("damaged-index") and at.name in one for one in found), found
    assert any(one.startswith("body-") for one in found), found  # the other damage is told too
    assert checked.exit_code == 4
    assert not is_marked(home.published)  # verify writes nothing


FACT_TABLES = ["document", "capture", "publication", "version", "source"]


@pytest.mark.parametrize("table", FACT_TABLES)
def test_one_wrong_byte_in_the_facts(home: Home, table: str) -> None:
    break_table(folder(home) / FACTS, table)
    checked = verify_home(home)
    (told,) = [one for one in checked.findings if one.code == "damaged-publication"]
    assert table in told.detail
    assert "--whole" in told.remedy
    assert checked.exit_code == 4
    assert not is_marked(home.published)


@pytest.mark.parametrize("table", ["reading", "capture", "version", "reading_text", "schema_version"])
def test_one_wrong_byte_in_the_warehouse(home: Home, table: str) -> None:
    break_table(home.warehouse_file, table)
    zero_a_third(next((folder(home) / "index").glob("*.store")))
    checked = verify_home(home)
    assert any(one.code == "damaged-store" and table in one.detail for one in checked.findings)
    assert any(one.code == "damaged-index" for one in checked.findings)
    assert checked.exit_code == 4


def test_one_wrong_byte_where_no_table_lies(home: Home) -> None:
    assert damaged_blocks(home.warehouse_file) == 0
    plain = home.warehouse_file.read_bytes()
    for at in used_blocks(home.warehouse_file):
        broken = bytearray(plain)
        broken[at + 1] ^= 0xFF
        home.warehouse_file.write_bytes(bytes(broken))
        assert damaged_blocks(home.warehouse_file) == 1
        try:
            with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
                if damaged_tables(connection):
                    continue
        except duckdb.Error:
            continue
        (told,) = [one for one in verify_home(home).findings if "block" in one.code]
        assert (told.code, told.subject, told.usable) == ("damaged-block", "warehouse.duckdb", True)
        return
    raise AssertionError("every block is of a table")


def test_every_kind_of_damage_has_a_remedy_that_works(home: Home) -> None:
    damages: list[Callable[[], None]] = [
        lambda: break_table(folder(home) / FACTS, "version"),
        lambda: zero_a_third(next((folder(home) / "index").glob("*.idx"))),
        lambda: zero_a_third(next((folder(home) / PAST_INDEX).glob("*.idx"))),
    ]
    for damage in damages:
        damage()
        assert verify_home(home).exit_code == 4
        publish(home, whole=True)
        assert codes(verify_home(home)) == {}
