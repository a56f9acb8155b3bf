"""Runs the benchmark: each part by its name, every side of a task on the same split, then the bars."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classify.bench import annif_side, ours, sklearn_side
from classify.bench.bars import Bar, learning_bars, readme_bars, task_bars
from classify.bench.clock import ROUNDS, load, timed
from classify.bench.corrections import REACH, curve
from classify.bench.measured import issuer_bars, speed_bars, summary_bars, title_bars
from classify.bench.scores import Answer, Gold, calibration_error, coverage_at, figures, interval, right
from classify.bench.tasks import PLANS, Task, load_task
from classify.bench.voting import voted
from warehouse.errors import UserError

POOLED = ("zh-theme", "zh-topicpara")  # under 200 test documents: five group splits pooled
README_TASKS = ("uk-policies", "us-tags")
UNMASKED = ("en-subjects",)
LEARNING = ("zh-theme", "zh-competence", "en-topic")
RANDOM_SEEDS = 3
SMALL_TASKS = ("zh-theme", "en-topic")
SMALL = 240  # documents of a task in a small run
PARTS = (*PLANS, "corrections", "titles", "issuers", "summaries", "speeds")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Result:
    """Everything a run found: figures by task and side, bars, and what could not be measured."""

    started: str
    size: str
    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    bars: list[Bar] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    measured: dict[str, dict[str, Any]] = field(default_factory=dict)  # part: when, and the load then

    def as_json(self) -> dict[str, Any]:
        """Plain values; each bar with its verdict."""
        bars = [{**asdict(bar), "met": bar.met, "ratio": bar.ratio} for bar in self.bars]
        return {**asdict(self), "bars": bars}

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> Result:
        """What `as_json` gave, so that a stopped run goes on."""
        bars = [
            Bar(**{key: value for key, value in bar.items() if key not in ("met", "ratio")})
            for bar in said.pop("bars")
        ]
        return cls(**said, bars=bars)


def bench_classify(
    data: Path, *, size: str = "full", parts: Sequence[str] = (), annif: bool = True,
    progress: Progress | None = None, save: Callable[[Result], object] | None = None,
    begun: Result | None = None,
) -> Result:  # fmt: skip
    """Run these parts (default: all; a small run: two thinned tasks) and hold them against the bars.

    `save` is called after each part, so that a run that was stopped leaves what it had measured; given back
    as `begun` those parts are not run again.
    """
    if not (data / "zh").is_dir() and not (data / "en").is_dir():
        raise UserError(
            f"{data}: no labelled data there; name the folder that holds zh/ and en/ with --data."
        )
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        raise UserError(f"--task {unknown[0]}: unknown; known are {', '.join(PARTS)}.")
    chosen = tuple(parts) or (SMALL_TASKS if size == "small" else PARTS)
    result = begun or Result(_now(), size)
    python = _annif(result) if annif else None
    if not annif:
        result.said.append("Annif was left out by request.")
    for number, name in enumerate(chosen):
        if progress is not None:
            progress(name, number, len(chosen))
        if name in result.measured:
            continue
        before = load()
        if name in PLANS:
            _run_task(result, name, data, python, SMALL if size == "small" else 0)
        else:
            _run_part(result, name, data)
        result.measured[name] = {"ended": _now(), "load_before": before, "load_after": load()}
        if save is not None:
            save(result)
    return result


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _annif(result: Result) -> Path | None:
    try:
        return annif_side.environment()
    except annif_side.AnnifMissing as missing:
        result.said.append(f"{missing}; the bars against Annif are not measured.")
        return None


def _run_task(result: Result, name: str, data: Path, python: Path | None, most: int) -> None:
    masked = name not in UNMASKED
    tasks = [
        load_task(
            name, data, masked=masked, split="group" if name in POOLED else "time", seed=seed, most=most
        )
        for seed in range(5 if name in POOLED and not most else 1)
    ]
    answers, model = _all_sides(result, tasks, python, 1 if most else ROUNDS)
    gold = [one.labels for task in tasks for one in task.test]
    multi = tasks[0].multi
    sides = {side: figures(answer, gold, multi) for side, answer in answers.items()}
    extra = _extra(tasks[0], answers["ours"], gold, model, multi)
    told: dict[str, Any] = {
        "train": len(tasks[0].train), "test": len(gold), "classes": len(tasks[0].classes),
        "split": f"{len(tasks)} {tasks[0].split} splits" if len(tasks) > 1 else tasks[0].split,
        "masked": masked, "sides": sides, "extra": extra, "paired": _paired(answers, gold, multi),
    }  # fmt: skip
    result.tasks[name] = told
    result.bars += task_bars(name, sides, extra)
    if name in README_TASKS:
        result.bars += _against_readme(told, name, data, sides, most)
    elif not most and masked:
        told["open"] = _open(name, data, tasks[0].split, len(tasks))


def _all_sides(
    result: Result, tasks: Sequence[Task], python: Path | None, count: int
) -> tuple[dict[str, Answer], Any]:
    """Every side's answers, pooled over the splits, and our model of the first."""
    found: dict[str, list[Answer]] = {}
    model = None
    for task in tasks:
        own, fitted = ours.answer(task, count)
        model = model or fitted
        found.setdefault("ours", []).append(own)
        for kind in ("word",) if task.multi else ("char", "word"):
            found.setdefault(f"sklearn-{kind}", []).append(sklearn_side.answer(task, kind, count))
        for name, answer in _annif_answers(result, task, python, count).items():
            found.setdefault(f"annif-{name}", []).append(answer)
    return {side: _pooled(answers) for side, answers in found.items() if len(answers) == len(tasks)}, model


def _annif_answers(result: Result, task: Task, python: Path | None, count: int) -> dict[str, Answer]:
    if python is None:
        return {}
    try:
        answers, faults = annif_side.answers(task, python, count=count)
    except annif_side.AnnifMissing as missing:
        result.said.append(f"{missing}; not measured.")
        return {}
    result.said += [f"Annif {name} on {task.name}: {fault}; not measured." for name, fault in faults.items()]
    return answers


def _pooled(answers: Sequence[Answer]) -> Answer:
    first = answers[0]
    if len(answers) == 1:
        return first
    return Answer(
        first.side,
        tuple(row for one in answers for row in one.ranked),
        tuple(row for one in answers for row in one.given),
        sum(one.train_seconds for one in answers) / len(answers),
        tuple(sum(one.seconds[at] for one in answers) for at in range(len(first.seconds))),
        first.bytes,
    )


def _extra(task: Task, answer: Answer, gold: Gold, model: Any, multi: bool) -> dict[str, float]:
    _, apart = ours.round_trip(model, voted(task.name, task.classes, ours.samples_of(task, task.test[:500])))
    found = {"round_trip": apart}
    if not multi:
        found |= {"calibration_error": round(calibration_error(answer, gold), 4),
                  "coverage": round(coverage_at(answer, gold), 4)}  # fmt: skip
        found["train_500"] = round(timed(lambda: ours.fit(task, task.train[-500:]))[1], 2)
    return found


def _paired(answers: Mapping[str, Answer], gold: Gold, multi: bool) -> dict[str, list[float]]:
    """Ours less each other side in accuracy on the same documents, with its 95 % bootstrap interval."""
    if multi:
        return {}
    own = right(answers["ours"], gold).astype(float)
    apart = {side: own - right(one, gold) for side, one in answers.items() if side != "ours"}
    return {side: [round(float(x), 4) for x in (gap.mean(), *interval(gap))] for side, gap in apart.items()}


def _open(name: str, data: Path, split: str, splits: int) -> dict[str, Any]:
    """Ours without the mask, and on random splits: second columns, never the headline."""
    found: dict[str, Any] = {}
    if splits == 1:
        task = load_task(name, data, masked=False, split=split)
        answer, _ = ours.answer(task, 1)
        found["ours, open"] = figures(answer, [one.labels for one in task.test], task.multi)["accuracy"]
        found["ours, masked, random"] = [
            _random(load_task(name, data, split="group", seed=seed)) for seed in range(RANDOM_SEEDS)
        ]
    return found


def _random(task: Task) -> float:
    answer, _ = ours.answer(task, 1)
    return figures(answer, [one.labels for one in task.test], task.multi)["accuracy"]


def _against_readme(
    told: dict[str, Any], name: str, data: Path, sides: Mapping[str, Mapping[str, float]], most: int
) -> Iterator[Bar]:
    """The time split of this run, and a random split without a mask as the README's baseline had."""
    figure = "micro_f1" if "micro_f1" in sides["ours"] else "accuracy"
    yield from readme_bars(name, sides["ours"][figure], sides["sklearn-word"][figure], "time, masked")
    task = load_task(name, data, masked=False, split="group", most=most)
    gold = [one.labels for one in task.test]
    answer, _ = ours.answer(task, 1)
    baseline = sklearn_side.answer(task, "word", 1)
    told["random, open"] = {
        "ours": figures(answer, gold, task.multi),
        "sklearn-word": figures(baseline, gold, task.multi),
    }
    own, other = (float(told["random, open"][side][figure]) for side in ("ours", "sklearn-word"))
    yield from readme_bars(name, own, other, "random, open")


def _run_part(result: Result, name: str, data: Path) -> None:
    if name == "corrections":
        for task_name in LEARNING:
            result.bars += _learnt(result, task_name, data)
        return
    work = {"titles": title_bars, "issuers": issuer_bars, "summaries": summary_bars, "speeds": speed_bars}[
        name
    ]
    told, bars = work(data)
    result.parts[name] = told
    result.bars += bars


def _learnt(result: Result, name: str, data: Path) -> Iterator[Bar]:
    task = load_task(name, data)
    answer, _ = ours.answer(task, 1)
    full = figures(answer, [one.labels for one in task.test], False)["accuracy"]
    found = curve(task)
    result.parts[f"corrections {name}"] = {"full": full, "steps": found.steps, "runs": found.runs,
                                           "corrections": REACH}  # fmt: skip
    yield from learning_bars(name, found.seeds, found.last, found.worst_step, full)
