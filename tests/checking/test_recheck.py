"""Signed issues are looked at again after each publication, and what changed is noted once."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dashboard.checking.check import check_draft, report_as_json
from dashboard.checking.held import CitedDocument, Library
from dashboard.checking.recheck import Change, _gone, changes
from tests.checking.conftest import RULES, item
from tests.dashboard.papers import FIRST_DAY
from warehouse.publication import Publication
from warehouse.queries.by_name import documents_by_name

QUOTED = "“主管部门应当自受理之日起15个工作日内作出决定。”"
STAYS = "“不得以任何名义强制消费”"


def _frozen(publication: Publication, text: str, *pins: Any) -> dict[str, Any]:
    """What signing keeps, as far as looking again needs it."""
    items = {one.item_id: one for one in pins}
    report = check_draft(publication, text, items, "zh")
    cited = [RULES, *FIRST_DAY[:4]]
    standing = documents_by_name(
        publication, "d.title, d.status, d.validity, d.version_no", (one.document_id for one in cited)
    )
    return {
        "documents": list(standing.values()),
        "check": report_as_json(report),
        "pins": [{"passage": asdict(one.passage)} for one in pins],
    }


def test_what_ended_was_taken_down_or_reads_otherwise_is_found(
    first_day: Publication, second_day: Publication
) -> None:
    frozen = _frozen(first_day, f"办法规定{QUOTED}[^d{RULES.document_id}]")
    found = {one.document_id: one for one in changes(second_day, frozen)}
    assert found[RULES.document_id] == Change(RULES.document_id, RULES.title, "changed", "1 → 2")
    assert found[FIRST_DAY[1].document_id].kind == "repealed"
    assert "废止" in found[FIRST_DAY[1].document_id].said
    assert found[FIRST_DAY[2].document_id].kind == "withdrawn"
    assert len(found) == 3


def test_a_second_amendment_is_told_too(first_day: Publication, second_day: Publication) -> None:
    frozen = _frozen(first_day, "无。")
    repealed = FIRST_DAY[1].document_id
    library = Library(second_day, [repealed])
    now = library.get(repealed)
    assert now is not None
    row = {**now.row, "validity": "amended", "validity_by": "doc-second", "validity_by_title": "第二次修改"}
    again = CitedDocument(second_day, row)
    then = next(one for one in frozen["documents"] if one["document_id"] == repealed) | {
        "validity": "amended"
    }
    assert _gone({**then, "validity_by": "doc-first"}, again) == ("amended", "第二次修改")
    assert _gone({**then, "validity_by": "doc-second"}, again) is None
    assert _gone(then, again) is None  # signed before it was kept by what


def test_a_change_elsewhere_in_a_document_is_no_news(first_day: Publication, second_day: Publication) -> None:
    quoted = _frozen(first_day, f"办法规定{STAYS}[^d{RULES.document_id}]。")
    pinned = _frozen(first_day, "见[^e1]。", item(first_day, 1, RULES, 2, "不得以任何名义强制消费"))
    moved = _frozen(first_day, "见[^e1]。", item(first_day, 1, RULES, 3, "15个工作日"))
    assert RULES.document_id not in {one.document_id for one in changes(second_day, quoted)}
    assert RULES.document_id not in {one.document_id for one in changes(second_day, pinned)}
    assert RULES.document_id in {one.document_id for one in changes(second_day, moved)}


def test_nothing_changed_on_the_day_of_signing(first_day: Publication) -> None:
    assert list(changes(first_day, _frozen(first_day, f"{STAYS}[^d{RULES.document_id}]"))) == []


def test_a_document_that_is_held_no_longer_is_told_by_its_former_title(first_day: Publication) -> None:
    frozen = _frozen(first_day, "无。")
    frozen["documents"] = [{**frozen["documents"][0], "document_id": "doc-gone", "title": "旧文件"}]
    assert list(changes(first_day, frozen)) == [Change("doc-gone", "旧文件", "gone", "")]
