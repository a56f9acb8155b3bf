"""The warehouse file: one writer, migrated after a backup, refused when newer, plain words when the disk is
full.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.make import make_home
from warehouse import migrate as migrations
from warehouse.database import Warehouse
from warehouse.errors import EnvironmentProblem, LockHeld, UserError
from warehouse.rows import sql_names


def test_a_new_home_gets_every_migration_and_no_backup(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home) as w:
        applied = w.connection.execute("select version, name from schema_version order by version").fetchall()
        assert not w.has_documents()
    assert [row[1] for row in applied] == list(sql_names("migrations"))
    assert not (home.root / "backups").exists()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home), pytest.raises(LockHeld, match="process"), Warehouse.open(home):
        pass
    with Warehouse.open(home) as w:
        assert not w.has_documents()


def test_a_due_migration_keeps_a_backup_and_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_home(tmp_path)
    all_steps = sql_names("migrations")
    with monkeypatch.context() as older:
        older.setattr(migrations, "sql_names", lambda folder: all_steps[:1])
        with Warehouse.open(home) as w:
            w.connection.execute(_RECOGNISED_BEFORE)
    with Warehouse.open(home) as w:
        assert w.connection.execute("select count(*) from correction").fetchone() == (0,)
        recognised = "select document_id, quality, method from attachment order by document_id"
        assert w.connection.execute(recognised).fetchall() == [
            ("doc-1", 0.87, "tesseract 5.3.0"),
            ("doc-2", None, None),
        ]
    backups = list((home.root / "backups").iterdir())
    assert [file.name.split("-")[1] for file in backups] == ["schema1"]
    assert migrations.schema_version(backups[0]) == 1


def test_an_older_step_that_came_later_is_applied_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path)
    all_steps = sql_names("migrations")
    with monkeypatch.context() as without:
        without.setattr(migrations, "sql_names", lambda folder: (*all_steps[:2], *all_steps[3:5]))
        with Warehouse.open(home) as w:
            assert not w.has_documents()
    with Warehouse.open(home) as w:
        names = w.connection.execute("select name from schema_version order by version").fetchall()
        w.connection.execute("select quality from reading")
    assert [name for (name,) in names] == list(all_steps)


_RECOGNISED_BEFORE = """
insert into attachment values
    ('doc-1', 'http://a.example/1.pdf', '1', 'cap-1', 'text', 'application/pdf', 9, '各市民政局'),
    ('doc-2', 'http://a.example/2.pdf', '2', 'cap-2', 'text', 'application/pdf', 1, '各市民政局');
insert into problem values (
    'cap-1', 's', 'http://a.example/1.pdf', 'ocr',
    'recognised by Tesseract 5.3.0, mean confidence 0.87; only 2 of 9 pages were read', '2026-06-01'
)
"""


def test_a_failing_migration_leaves_the_file_at_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home) as w:
        newest = w.connection.execute("select max(version) from schema_version").fetchone()
    broken = "create table half_done (a integer); select * from there_is_no_such_table"
    names = (*sql_names("migrations"), "9999_broken")
    monkeypatch.setattr(migrations, "sql_names", lambda folder: names)
    monkeypatch.setattr(migrations, "sql", lambda folder, name: broken)
    with pytest.raises(duckdb.CatalogException), Warehouse.open(home):
        pass
    monkeypatch.undo()
    with Warehouse.open(home) as w:
        assert w.connection.execute("select max(version) from schema_version").fetchone() == newest
        assert w.connection.execute("from duckdb_tables() where table_name = 'half_done'").fetchall() == []


def test_a_newer_schema_is_refused_with_a_remedy(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home) as w:
        w.connection.execute("insert into schema_version values (9999, 'from the future', now())")
    with (
        pytest.raises(UserError, match=r"newer govbrief wrote it.*install that version"),
        Warehouse.open(home),
    ):
        pass


def test_a_damaged_file_is_named_in_one_sentence(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    home.warehouse_file.write_bytes(b"no database" * 1000)
    with pytest.raises(EnvironmentProblem, match=r"warehouse\.duckdb"), Warehouse.open(home):
        pass


def test_a_full_disk_says_what_stays(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    told = pytest.raises(EnvironmentProblem, match=r"disk is full.*publication stay")
    with Warehouse.open(home) as w, told, w.transaction():
        raise duckdb.IOException('Could not write file "x": No space left on device')


def test_a_transaction_keeps_all_or_nothing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home) as w:
        with pytest.raises(duckdb.ConstraintException), w.transaction() as connection:
            connection.execute(
                "insert into theme_scan values ('a', 'b'); insert into theme_scan values ('a', 'b')"
            )
        assert w.connection.execute("select count(*) from theme_scan").fetchone() == (0,)


def test_instants_are_utc_and_no_extension_is_fetched(tmp_path: Path) -> None:
    with Warehouse.open(make_home(tmp_path)) as w:
        settings = dict(
            w.connection.execute(
                "select name, value from duckdb_settings() "
                "where name in ('TimeZone', 'autoinstall_known_extensions')"
            ).fetchall()
        )
    assert settings == {"TimeZone": "UTC", "autoinstall_known_extensions": "false"}
