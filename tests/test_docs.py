"""The manuals say what the program does: command line, settings, tables and JSON keys."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.commands import reference
from dashboard.commands.main import build_parser
from dashboard.commands.verbs import VERBS
from warehouse.home import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
STABLE = {
    *(
        "init",
        "demo",
        "sources",
        "crawl",
        "extract",
        "classify",
        "import",
        "add",
        "export",
        "publish",
        "receive",
    ),
    *(
        "run",
        "search",
        "brief",
        "themes",
        "taxonomy",
        "report",
        "user",
        "schedule",
        "train",
        "evaluate",
        "status",
    ),
    *("health", "serve", "backup", "restore", "verify", "verify-pack", "purge", "retention", "bench"),
    *("series", "wanted", "duplicates", "searches", "demand", "duties", "routing", "service"),
}
PAPERS = sorted(file for file in (ROOT, DOCS) for file in file.glob("*.md"))
COMMAND = re.compile(r"^\s*\$? ?(govbrief .+?)\s*(?:#.*)?$", re.MULTILINE)


def test_cli_manual_is_what_the_program_says() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == reference.cli_text(), "run 'make docs'"


def test_data_dictionary_is_what_the_sql_files_say() -> None:
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == reference.data_text(), (
        "run 'make docs'"
    )


def test_every_column_has_a_meaning() -> None:
    empty = [line for line in reference.data_text().splitlines() if line.endswith("|  |")]
    assert not empty, "give them a comment in the SQL file or a line in dashboard/commands/columns.toml"


def test_every_verb_of_the_stable_command_line_exists() -> None:
    assert {verb.name for verb in VERBS} == STABLE


def test_every_verb_has_one_sentence_of_help() -> None:
    odd = [
        verb.name
        for verb in VERBS
        if not verb.help.endswith(".") or verb.help.count(". ") or "\n" in verb.help
    ]
    assert not odd


def test_settings_manual_lists_every_key_with_its_default() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| `(\w+\.\w+)` \| `(.*?)` \|", text, re.MULTILINE))
    settings = Settings()
    true = {
        (f"{section.name}.{key.name}", _toml(getattr(getattr(settings, section.name), key.name)))
        for section in fields(Settings)
        for key in fields(getattr(settings, section.name))
    }
    assert said == true


@pytest.mark.parametrize("paper", PAPERS, ids=lambda file: file.name)
def test_every_command_in_the_papers_can_be_parsed(paper: Path) -> None:
    blocks = re.findall(r"```(?:sh|console|bash)?\n(.*?)```", paper.read_text(encoding="utf-8"), re.DOTALL)
    parser = build_parser()
    for command in COMMAND.findall("\n".join(blocks)):
        words = shlex.split(command.split(" | ")[0].split(" > ")[0])
        parser.parse_args(words[1:])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda file: file.name)
def test_links_between_papers_lead_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_every_decision_note_stands_in_the_index() -> None:
    folder = DOCS / "decisions"
    assert (folder / "README.md").read_text(encoding="utf-8") == reference.decisions_text(folder), (
        "run 'make docs'"
    )


def test_the_readme_quotes_the_measured_figures() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme == reference.readme_text(readme), "run 'make docs'"
    assert len(reference.QUALITY_ROW.findall(readme)) >= 5


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return str(list(value))
    return f'"{value}"' if isinstance(value, str) else str(value)
