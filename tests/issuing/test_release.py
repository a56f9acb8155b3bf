"""No text of a draft becomes a file before its check lets it out: every way leads through one gate."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands import report_arguments
from dashboard.commands.main import main
from dashboard.issuing.release import Stopped, draft_file, let_through
from dashboard.report.files import FORMATS
from tests.commands.test_json import MANUAL, differences, documented
from tests.issuing.conftest import FALSE, LOOK, begin, file_of
from warehouse.desk import Desk
from warehouse.desk.drafts.model import STATES
from warehouse.desk.issues.model import CHANNELS, FEEDBACK
from warehouse.home import Home
from warehouse.publication import Publication

ROOT = Path(__file__).resolve().parents[2]
GATE = "dashboard/issuing/release.py"
# What makes files or issues of drafts -> the only modules that may name it.
ONLY = {
    "paper_of": {GATE, "dashboard/drafting/paper.py"},
    "written_paper": {GATE, "dashboard/drafting/paper.py"},
    "Cleared": {GATE, "dashboard/issuing/workflow.py"},
    "signed_files": {GATE, "dashboard/issuing/workflow.py"},
    "Approval": {
        "dashboard/issuing/workflow.py",
        "dashboard/issuing/frozen.py",
        "warehouse/desk/issues/sign_off.py",
    },
}


@pytest.fixture
def desk(issued: Home) -> Desk:
    return Desk.open(issued)


def naming(name: str) -> set[str]:
    """The modules that speak of a name; those whose text lacks it need not be parsed."""
    files = [one for room in ("dashboard", "warehouse") for one in sorted((ROOT / room).rglob("*.py"))]
    texts = {str(one.relative_to(ROOT)): one.read_text("utf-8") for one in files}
    return {one for one, text in texts.items() if name in text and name in named(text)}


def named(text: str) -> set[str]:
    """Every name that a module imports, reads or calls as an attribute."""
    tree = ast.parse(text)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = [node.names for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return names | {alias.name for some in imported for alias in some}


@pytest.mark.parametrize("name", sorted(ONLY))
def test_only_the_gate_makes_files_of_drafts(name: str) -> None:
    found = naming(name)
    assert found <= ONLY[name]
    assert found, "the name is used nowhere: mend the list above"


def test_a_cleared_draft_is_made_in_the_gate_alone() -> None:
    for one in (GATE, "dashboard/issuing/workflow.py"):
        calls = [
            node for node in ast.walk(ast.parse((ROOT / one).read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Cleared"
        ]  # fmt: skip
        assert len(calls) == (1 if one == GATE else 0)


@pytest.mark.parametrize("format", FORMATS)
def test_an_unverified_quotation_is_exported_in_no_format(
    issued: Home, shown: Publication, desk: Desk, format: str
) -> None:
    with pytest.raises(Stopped):
        draft_file(issued, shown, desk, begin(desk, FALSE), format, "local")


def test_a_draft_says_on_every_page_that_it_is_one(issued: Home, shown: Publication, desk: Desk) -> None:
    draft_id = begin(desk)
    made = draft_file(issued, shown, desk, draft_id, "docx", "local")
    members = zipfile.ZipFile(BytesIO(made.data))
    heads = [members.read(one).decode("utf-8") for one in members.namelist() if "header" in one]
    assert heads
    assert all("草稿" in head for head in heads)
    assert desk.audit_events(f"draft {draft_id}")[0].action == "export-report"


def test_the_command_refuses_with_code_4_and_writes_nothing(
    issued: Home, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft_id = str(begin(desk, FALSE))
    home = ["--home", str(issued.root)]
    out = tmp_path / "draft.docx"
    assert main(["report", "export", draft_id, "--format", "docx", "-o", str(out), *home]) == 4
    assert "forbid signing and export" in capsys.readouterr().err
    assert not out.exists()
    assert main(["report", "check", draft_id, "--json", *home]) == 4
    told = json.loads(capsys.readouterr().out)
    assert (told["signs"], told["draft_id"]) == (False, int(draft_id))
    assert main(["report", "submit", draft_id, *home]) == 0
    assert main(["report", "approve", draft_id, *home]) == 4
    assert desk.issues.of_draft(int(draft_id)) is None


# Heading of docs/json.md -> words of one call of the story, in its order; {} is the draft, < > the issue.
STORY = {
    "save DRAFT FILE": "save {draft} {file}",
    "list": "list",
    "check DRAFT": "check {draft}",
    "submit DRAFT": "submit {draft} --remark 请审",
    "waive DRAFT KEY": "waive {draft} {key} --remark 通行说法",
    "approve": "approve {draft} --remark 同意",
    "recipients": "recipients --series {series} --add 办公室",
    "deliver ISSUE --to RECIPIENT": "deliver {issue} --all",
    "feedback ISSUE": "feedback {issue} --kind adopted --recipient 1",
    "adoption": "adoption",
    "notices": "notices",
    "points": "points --series {series}",
    "issues": "issues",
    "issue ISSUE": "issue {issue}",
}


def test_the_story_of_a_report_is_told_by_commands_in_the_documented_shapes(
    issued: Home, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(issued.root), "--quiet"]
    known = {"draft": begin(desk, FALSE), "series": desk.issues.all()[0].series, "issue": 0, "key": ""}
    known["file"] = file_of(tmp_path, "a.md", LOOK)
    told: dict[str, Any] = {}
    for heading, words in STORY.items():
        assert main(["report", *words.format(**known).split(), "--json", *home]) == 0, capsys.readouterr().err
        told[heading] = json.loads(capsys.readouterr().out)
        if heading != "approve":
            assert differences(documented(f"report {heading} --json"), told[heading]) == [], heading
        if heading == "check DRAFT":
            known["key"] = told[heading]["findings"][0]["key"]
        known["issue"] = told.get("approve", {}).get("issue_id", 0)
        if heading == "deliver ISSUE --to RECIPIENT":
            desk.issues.note(known["issue"], "doc-1", "旧", "repealed", "废止", "p", "local")
    headings = set(re.findall(r"^## govbrief report (.+) --json$", MANUAL.read_text("utf-8"), re.MULTILINE))
    assert headings == STORY.keys() - {"approve"} | {"layout FILE"}
    assert [one["kind"] for one in told["issue ISSUE"]["steps"]] == ["submit", "approve"]
    assert told["issues"][0]["notices"] == 1
    out = tmp_path / "signed.pdf"
    number = str(known["issue"])
    assert main(["report", "export", "--issue", number, "--format", "pdf", "-o", str(out), *home]) == 0
    assert out.read_bytes() == desk.issues.data(int(number), "pdf")
    capsys.readouterr()
    assert main(["report", "layout", str(out), "--json", *home]) == 0
    assert differences(documented("report layout FILE --json"), json.loads(capsys.readouterr().out)) == []
    assert main(["report", "withdraw", number, "--remark", "数据有误", *home]) == 0
    assert desk.issues.one(int(number)).state == "withdrawn"


def test_nothing_is_let_through_that_was_not_checked() -> None:
    with pytest.raises(AttributeError):
        let_through(object())  # type: ignore[arg-type]


def test_the_help_names_what_the_rooms_know() -> None:
    names = ("STATES", "FORMATS", "CHANNELS", "FEEDBACK")
    assert [getattr(report_arguments, one) for one in names] == [STATES, FORMATS, CHANNELS, FEEDBACK]
