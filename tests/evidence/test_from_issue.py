"""The pack of an issue that was signed at the desk: what was frozen, kept files, checked quotations."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.main import main
from dashboard.evidence.from_issue import pack_of
from dashboard.evidence.verify import verified
from dashboard.issuing import workflow
from tests.dashboard.papers import DUTY
from tests.issuing.conftest import SOURCE, issued, shown
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

__all__ = ["issued", "shown"]


@pytest.fixture
def desk(issued: Home) -> Iterator[Desk]:
    with Desk.open(issued) as desk:
        yield desk


def _members(pack: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_an_issue_becomes_a_pack_with_its_kept_files_and_quotations(
    issued: Home, shown: Publication, desk: Desk
) -> None:
    pack = pack_of(issued, shown, desk, 1)
    assert pack_of(issued, shown, desk, 1) == pack
    verdict = verified(pack)
    assert (verdict.quotations, verdict.references, verdict.withheld) == (1, 1, 0)
    assert verdict.issue["number"].endswith("第1期")
    members = _members(pack)
    for one in desk.issues.files(1):
        assert members[f"report/report.{one.format}"] == desk.issues.data(1, one.format)
    (pin,) = json.loads(members["evidence.json"])["pins"]
    page = members["viewer.html"].decode()
    assert f'<a href="#p-q1" id="r-q1" class="q">{DUTY}</a>' in page
    assert (pin["key"], pin["text"], pin["quoted"], pin["document_id"]) == ("q1", DUTY, DUTY, SOURCE)


def test_a_withdrawn_issue_says_so(issued: Home, shown: Publication, desk: Desk) -> None:
    from tests.issuing.conftest import begin, sign

    issue = sign(issued, desk, begin(desk))
    workflow.withdraw(desk, issue.issue_id, "local", "数据有误")
    pack = pack_of(issued, shown, desk, issue.issue_id)
    assert verified(pack).issue["state"] == "withdrawn"
    assert "本期已撤回" in _members(pack)["viewer.html"].decode()


def test_an_issue_that_is_not_there_has_no_pack(issued: Home, shown: Publication, desk: Desk) -> None:
    with pytest.raises(UserError, match="There is no issue"):
        pack_of(issued, shown, desk, 99)


def test_the_verb_writes_the_pack_and_it_verifies(
    issued: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pack.zip"
    assert main(["report", "pack", "1", "-o", str(file), "--home", str(issued.root)]) == 0
    assert "1 passages" in capsys.readouterr().out
    assert main(["verify-pack", str(file)]) == 0
    assert main(["report", "pack", "77", "-o", str(tmp_path / "no.zip"), "--home", str(issued.root)]) == 2
    assert not (tmp_path / "no.zip").exists()
