"""export --format references: a printed list in the style that is asked for."""

from __future__ import annotations

from pathlib import Path

from dashboard.commands.export import FORMATS, STYLES
from tests.commands.conftest import Govbrief
from warehouse.citing.style import DEFAULT, all_styles
from warehouse.exchange import formats


def test_the_command_names_every_style_and_format() -> None:
    assert tuple(all_styles()) == STYLES
    assert STYLES[0] == DEFAULT
    assert FORMATS == formats.FORMATS


def test_a_search_becomes_a_numbered_list(govbrief: Govbrief, published_home: Path) -> None:
    answer = govbrief("export", "养老服务", "--format", "references", "--home", published_home)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert [line.split(" ")[0] for line in lines] == [f"[{at}]" for at in range(1, len(lines) + 1)]
    opinion = next(line for line in lines if "云政办发〔2026〕14号" in line)
    assert "：云政办发〔2026〕14号[EB/OL]. （2026-04-20）[" in opinion
    assert all(line.endswith("【示例数据 sample data】") for line in lines)


def test_an_author_date_list_goes_into_a_file(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "参考文献.txt"
    words = ("export", "养老服务", "--style", "gb7714-2015-author-date", "-o", file)
    assert govbrief(*words, "--home", published_home).code == 0
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 3
    assert not any(line.startswith("[") for line in lines)
    assert any(", 2026. " in line for line in lines)


def test_a_style_without_references_is_refused(govbrief: Govbrief, published_home: Path) -> None:
    for rest in (["--format", "ris"], ["--networks"]):
        answer = govbrief("export", "--style", "apa-7", *rest, "--home", published_home)
        assert answer.code == 2
        assert "--style belongs to --format references" in answer.err
