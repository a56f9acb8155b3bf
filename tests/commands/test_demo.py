"""From nothing to a publication: every sample document found, a second run idle, a day later only news."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from crawlers.sample_sites import sample_settings, truth
from tests.commands.conftest import Govbrief
from tests.copying import copied
from warehouse.home import Home
from warehouse.publication import Publication

pytestmark = pytest.mark.slow


def published(home: Path) -> list[dict[str, Any]]:
    publication = Publication.current(Home.open(home))
    assert publication is not None
    return publication.rows("select url, title, status, version_no, sample from document order by url")


def test_every_document_of_the_truth_is_found(published_home: Path) -> None:
    rows = {row["url"]: row for row in published(published_home)}
    expected = truth(0)["documents"]
    assert len(expected) >= 60
    assert {document["url"] for document in expected} == set(rows)
    assert all(row["sample"] for row in rows.values())


def test_a_second_run_changes_nothing(govbrief: Govbrief, published_home: Path, tmp_path: Path) -> None:
    home = copied(published_home, tmp_path / "home")
    first = Publication.current(Home.open(home))
    assert first is not None
    before = published(home)
    second = govbrief("demo", "--no-serve", "--json", "--home", home)
    assert second.code == 0, second.err
    answer = second.json
    assert answer["publish"]["publication_id"] == first.publication_id, (answer["publish"], answer["crawl"])
    assert answer["publish"]["unchanged"] is True
    assert answer["extract"]["ingested"]["new"] == answer["extract"]["ingested"]["changed"] == 0
    assert sum(source["new_documents"] for source in answer["crawl"]["sources"].values()) == 0
    assert published(home) == before
    a_day_later_only_what_is_new(govbrief, home, before)


def a_day_later_only_what_is_new(govbrief: Govbrief, home: Path, before: list[dict[str, Any]]) -> None:
    later = govbrief("demo", "--no-serve", "--json", "--day", "1", "--home", home)
    assert later.code == 0, later.err
    expected = {document["url"] for document in truth(1)["documents"]}
    new = expected - {document["url"] for document in truth(0)["documents"]}
    assert new
    assert later.json["extract"]["ingested"]["new"] == len(new)
    assert {row["url"] for row in published(home)} - {row["url"] for row in before} == new
    backwards = govbrief("demo", "--no-serve", "--day", "0", "--home", home)
    assert backwards.code == 2
    assert "already stands at day 1" in backwards.err


def test_the_demo_does_not_touch_a_real_home(govbrief: Govbrief, tmp_path: Path) -> None:
    Home.create(tmp_path / "real", "")
    outcome = govbrief("demo", "--no-serve", "--home", tmp_path / "real")
    assert outcome.code == 2
    assert "real home" in outcome.err


def test_the_sample_is_removed_with_one_command_and_a_real_home_is_not(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_home, tmp_path / "sample")
    (tmp_path / "sample" / "notes.txt").write_text("mine", encoding="utf-8")
    outcome = govbrief("demo", "--remove", "--json", "--home", tmp_path / "sample")
    assert outcome.code == 0, outcome.err
    assert outcome.json["kept"] == ["notes.txt"]
    assert [file.name for file in (tmp_path / "sample").iterdir()] == ["notes.txt"]
    Home.create(tmp_path / "real", "")
    refused = govbrief("demo", "--remove", "--home", tmp_path / "real")
    assert refused.code == 2
    assert "is a real home; nothing was removed" in refused.err
    assert (tmp_path / "real" / "govbrief.toml").exists()
    assert govbrief("demo", "--remove", "--home", tmp_path / "nowhere").code == 2


def test_a_briefing_tells_what_is_due_with_its_sentence(govbrief: Govbrief, published_home: Path) -> None:
    outcome = govbrief("brief", "养老服务", "--since", "60d", "--home", published_home)
    assert outcome.code == 0, outcome.err
    assert "# 养老服务：简报" in outcome.out
    assert "示例数据" in outcome.out
    assert "2026年6月30日" in outcome.out
    assert "2026年6月30日前向社会公布" in outcome.out


def test_an_unknown_subject_names_the_nearest(govbrief: Govbrief, published_home: Path) -> None:
    outcome = govbrief("brief", "养老", "--home", published_home)
    assert outcome.code == 2
    assert "'养老服务'" in outcome.err
    filtered = govbrief("search", "补贴", "--topic", "社会副利", "--home", published_home)
    assert filtered.code == 2
    assert "'社会福利'" in filtered.err


def test_a_briefing_is_written_as_pdf_and_docx(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    for form, head in (("pdf", b"%PDF-1.7"), ("docx", b"PK")):
        file = tmp_path / f"brief.{form}"
        words = ("brief", "养老服务", "--since", "60d", "--format", form, "--home", published_home)
        unsaid = govbrief(*words)
        assert unsaid.code == 2
        assert f"-o FILE.{form}" in unsaid.err
        outcome = govbrief(*words, "-o", file)
        assert outcome.code == 0, outcome.err
        assert file.read_bytes().startswith(head)
    several = govbrief("brief", "养老服务", "--format", "md,pdf", "--home", published_home)
    assert several.code == 2
    assert "--all" in several.err


def test_a_mark_of_secrecy_is_refused_by_name(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    words = ("brief", "养老服务", "--format", "docx", "--issue", "机密12", "-o", tmp_path / "a.docx")
    outcome = govbrief(*words, "--home", published_home)
    assert outcome.code == 2
    assert "issue" in outcome.err
    assert "published documents only" in outcome.err
    assert not (tmp_path / "a.docx").exists()


def test_the_morning_set_is_one_file_a_theme(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    outcome = govbrief(
        "brief", "--all", "--since", "30d", "--out", tmp_path / "morning", "--home", published_home
    )
    assert outcome.code == 0
    files = {Path(line) for line in outcome.out.splitlines()}
    themes = govbrief("themes", "--json", "--home", published_home).json
    assert len(files) == len(themes)
    assert all("简报" in file.read_text(encoding="utf-8") for file in files)
    index = (tmp_path / "morning" / "index.md").read_text(encoding="utf-8")
    assert all(f"](<{file.name}>)" in index for file in files)


def test_an_export_can_be_imported(govbrief: Govbrief, published_home: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert govbrief("export", "-o", file, "--home", published_home).code == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == len(published(published_home))
    Home.create(tmp_path / "other", sample_settings(0))
    imported = govbrief("import", file, "--json", "--home", tmp_path / "other")
    assert imported.code == 0, imported.err
    assert imported.json["ingested"]["new"] == len(published(published_home))
    Home.create(tmp_path / "real", "")
    refused = govbrief("import", file, "--home", tmp_path / "real")
    assert refused.code == 4
    assert "this is a real home" in refused.err
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"id": "1", "title": "通知"}\n', encoding="utf-8")
    mixed = govbrief("import", plain, "--home", tmp_path / "other")
    assert mixed.code == 4
    assert "it is not sample data" in mixed.err


def test_a_wrong_line_is_named_and_the_rest_is_kept(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    file = tmp_path / "docs.jsonl"
    file.write_text(
        '{"id": "1", "title": "通知"}\n{"id": 2,\n[3]\n{"id": "4", "title": "公告"}\n', encoding="utf-8"
    )
    outcome = govbrief("import", file, "--json", "--home", home.root)
    assert outcome.code == 3
    assert outcome.json["ingested"]["new"] == 2
    assert outcome.json["wrong_lines"] == 2
    assert all(f"line {number}" in outcome.err for number in (2, 3))


def test_a_backup_can_be_restored_and_reads_the_same(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    folder = govbrief("backup", tmp_path / "copies", "--json", "--home", published_home).json["folder"]
    restored = govbrief("restore", folder, "--home", tmp_path / "new")
    assert restored.code == 0, restored.err
    assert published(tmp_path / "new") == published(published_home)
    assert govbrief("verify", "--home", tmp_path / "new").code == 0
    assert govbrief("restore", folder, "--home", tmp_path / "new").code == 2
    (Path(folder) / "warehouse.duckdb").write_bytes(b"torn")
    assert govbrief("restore", folder, "--home", tmp_path / "third").code == 4
    assert not (tmp_path / "third").exists()


def test_verify_names_a_damaged_record(govbrief: Govbrief, published_home: Path, tmp_path: Path) -> None:
    folder = govbrief("backup", tmp_path / "copies", "--json", "--home", published_home).json["folder"]
    govbrief("restore", folder, "--home", tmp_path / "new")
    archive = next((tmp_path / "new" / "archive").rglob("*.warc.gz"))
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    archive.write_bytes(damaged)
    outcome = govbrief("verify", "--home", tmp_path / "new")
    assert outcome.code == 3
    assert archive.name in outcome.err


def test_a_source_can_be_switched_off_and_on(
    govbrief: Govbrief, tmp_path: Path, published_home: Path
) -> None:
    folder = govbrief("backup", tmp_path / "copies", "--json", "--home", published_home).json["folder"]
    govbrief("restore", folder, "--home", tmp_path / "new")
    home = ("--home", tmp_path / "new")
    assert govbrief("sources", "disable", "sample-lanjiang", "--reason", 'für "später"', *home).code == 0
    listed = {row["source_id"]: row for row in govbrief("sources", "list", "--json", *home).json}
    assert listed["sample-lanjiang"]["enabled"] is False
    assert listed["sample-lanjiang"]["disabled_reason"] == 'für "später"'
    assert govbrief("sources", "enable", "sample-lanjiang", *home).code == 0
    assert all(row["enabled"] for row in govbrief("sources", "list", "--json", *home).json)
    assert govbrief("sources", "disable", "nobody", *home).code == 2


def test_a_new_source_file_is_sound(govbrief: Govbrief, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    assert govbrief("sources", "new", "gd-mzt", "--home", home.root).code == 0
    assert govbrief("sources", "check", "--home", home.root).code == 0
    assert govbrief("sources", "new", "gd-mzt", "--home", home.root).code == 2
    file = home.sources / "gd-mzt.toml"
    file.write_text(file.read_text(encoding="utf-8") + "speed = 3\n", encoding="utf-8")
    outcome = govbrief("sources", "check", file, "--home", home.root)
    assert outcome.code == 2
    assert "speed" in outcome.err
