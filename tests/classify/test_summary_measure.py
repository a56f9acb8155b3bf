"""Our summaries share more with what authors wrote themselves than chance and opening lines do."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import mean

import pytest

from classify.measures.summaries import (
    Task,
    all_tasks,
    bill_task,
    drawn,
    heading_task,
    lead,
    ours,
    resolution_task,
    rouge,
    scores,
)

DATA = Path(os.environ.get("GOVBRIEF_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
SAMPLE = 120


@pytest.mark.realdata
def test_summaries_beat_chance_by_the_bar_and_never_fall_below_the_lead() -> None:
    if not DATA.is_dir():
        pytest.skip(f"{DATA} is not here")
    for name, tasks in all_tasks(DATA, SAMPLE).items():
        assert len(tasks) > 80, name
        found = mean(scores(task, ours)[1] for task in tasks)
        assert found >= 1.15 * mean(scores(task, drawn)[1] for task in tasks), name
        assert found >= mean(scores(task, lead)[1] for task in tasks), name


def test_rouge_counts_shared_pairs_no_oftener_than_both_have_them() -> None:
    assert rouge(list("abc"), list("abc"), 2) == 1.0
    assert rouge(list("abab"), list("abc"), 2) == pytest.approx(2 * 1 / (3 + 2))
    assert rouge(list("a"), list("b"), 1) == rouge([], [], 2) == 0.0


def test_a_source_never_holds_its_reference() -> None:
    clause = "The department shall report on item {} to the council every year in full detail. "
    body = "".join(clause.format(n) for n in range(6))
    summary = "This bill would require the department to report. " * 4
    bill = bill_task(f"{summary}\nBe it enacted by the Council as follows:\n{body}")
    whereas = "".join(
        f"Whereas, The number {n} of cases of this kind has grown in the city; and\n" for n in range(6)
    )
    resolution = resolution_task(f"{whereas}Resolved, That the Council calls for action.")
    chinese = heading_task(
        "\n".join(f"{sign}、做好工作\n{'各地要结合本地实际认真落实有关要求。' * 3}" for sign in "一二三四")
    )
    for task in (bill, resolution, chinese):
        assert isinstance(task, Task)
        assert not any(one.text in task.reference for one in task.source)
    assert (
        bill_task("No enacting words")
        is resolution_task("Resolved, at once.")
        is heading_task("没有标题。")
        is None
    )
