"""What `classify.measure` keeps and takes over when only a part is measured; the memory figure."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from classify import measure
from classify.bench.run import Result
from classify.measures.memory import memory_figures
from classify.quality import measured_quality
from warehouse.records import Quality

DATA = Path(os.environ.get("GOVBRIEF_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")


def test_a_run_of_the_benchmark_is_taken_over_and_the_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = measured_quality()[0]
    file, results = tmp_path / "quality.json", tmp_path / "results.json"
    file.write_text(json.dumps([asdict(known)]), encoding="utf-8")
    monkeypatch.setattr(measure, "FILE", file)
    monkeypatch.setattr("classify.quality.FILE", file)
    side = {"ours": {"accuracy": 0.75}, "sklearn-char": {"accuracy": 0.7}}
    run = Result("2026-03-01T10:00:00+00:00", "full")
    run.tasks["zh-theme"] = {"split": "time", "masked": True, "test": 40, "sides": side}
    results.write_text(json.dumps(run.as_json()), encoding="utf-8")
    assert measure.main(["--bench", str(results)]) == 0
    assert [(one.name, one.value, one.sample) for one in measured_quality()] == [
        (known.name, known.value, known.sample), ("bench-zh-theme", 0.75, 40),
    ]  # fmt: skip


def test_a_figure_that_a_whole_run_does_not_measure_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand, old = (
        Quality("cascade-precision", 0.9, 40, "pairs", "2026-11-22"),
        Quality("topics", 0.5, 10, "titles", "2026-11-21"),
    )
    file = tmp_path / "quality.json"
    file.write_text(json.dumps([asdict(by_hand), asdict(old)]), encoding="utf-8")
    monkeypatch.setattr(measure, "FILE", file)
    monkeypatch.setattr("classify.quality.FILE", file)
    new = Quality("topics", 0.6, 20, "titles", "2026-11-22")
    monkeypatch.setattr(measure, "PARTS", {"topics": lambda data, on: [new]})
    assert measure.main([]) == 0
    assert measured_quality() == [by_hand, new]


@pytest.mark.realdata
def test_memory_after_many_unlike_documents_is_that_after_a_few() -> None:
    """A few hundred here; `python -m classify.measure --only memory` reads 100,000."""
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not here")
    (one,) = memory_figures(DATA / "zh", "2026-03-01", early=200, count=600)
    early = float(one.note.rsplit(" ", 1)[1])
    assert one.sample == 600
    assert one.value < early + 30
