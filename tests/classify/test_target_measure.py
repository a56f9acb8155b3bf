"""The score of mined targets on marked sentences: right ones, missed ones, and texts that changed."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path

from classify.measures.targets import TARGET_MARKS, measure_targets
from classify.measures.topics import DOCUMENTS

TEXT = "到2027年底，农村自来水普及率达到92%。\n今年主要预期目标是：城镇新增就业40万人以上，粮食产量615亿斤。"


def _data(folder: Path) -> Path:
    (folder / "zh").mkdir(parents=True)
    row = {"id": "zh-1", "title": "2026年政府工作报告", "published": "2026-01-20", "text": TEXT}
    with gzip.open(folder / "zh" / DOCUMENTS, "wt", encoding="utf-8") as out:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def _marks(path: Path, digest: str) -> Path:
    first = TEXT.index("\n")
    places = [(0, first, ["92"]), (first + 1, len(TEXT), ["40", "615", "7"])]
    rows = [
        {
            "id": "zh-1",
            "sha256": digest,
            "language": "zh",
            "start": a,
            "end": b,
            "draw": "test",
            "values": values,
        }
        for a, b, values in places
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_found_right_and_missed_are_counted_with_and_without_lists(tmp_path: Path) -> None:
    data = _data(tmp_path / "data")
    marks = _marks(tmp_path / "marks.jsonl", sha256(TEXT.encode()).hexdigest())
    alone = measure_targets(data, "zh", False, marks)
    assert (alone.sentences, alone.marked, alone.found, alone.right) == (2, 4, 1, 1)
    both = measure_targets(data, "zh", True, marks)
    assert (both.found, both.right, both.precision, both.recall) == (3, 3, 1.0, 0.75)


def test_a_text_that_changed_is_not_counted(tmp_path: Path) -> None:
    score = measure_targets(_data(tmp_path / "data"), "zh", True, _marks(tmp_path / "marks.jsonl", "0" * 64))
    assert (score.sentences, score.precision, score.recall) == (0, 0.0, 0.0)


def test_marks_hold_places_and_figures_and_no_text() -> None:
    rows = [json.loads(line) for line in TARGET_MARKS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 316
    assert sum(len(row["values"]) for row in rows) == 80
    assert {name for row in rows for name in row} == {
        "id",
        "sha256",
        "language",
        "start",
        "end",
        "draw",
        "values",
    }
