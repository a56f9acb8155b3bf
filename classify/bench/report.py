"""A run as tables: for the screen, for docs/benchmarks-classify.md, and as figures of the product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from classify.bench.bars import Bar
from classify.bench.run import PARTS, Result
from warehouse.records import Quality

COMMAND = "govbrief bench classify"
OPENING = """# Classification: ours, scikit-learn and Annif

Written from one run by `govbrief bench classify --write docs/benchmarks-classify.md`.
Every bar is listed, met or not.

- Speed: documents a CPU second of the process and its children, segmentation counted on every side, after a
  call that does not count, median of three.
- Splits: the newest fifth is the test where documents have dates, else a fifth of the groups. Texts of one
  title or opening are a group and never straddle a split. Tasks under 200 test documents pool five splits.
- Masked: class names, bodies, places and document numbers are out, by the authority file and the classes.
- Thresholds, temperatures and all settings of ours come from training documents."""
BENCH = "bench-"  # begins the names of its figures
UNDATED = 10  # characters of an instant that are its day


def side_rows(result: Result) -> list[tuple[Any, ...]]:
    """Task, side and figures, a row a side."""
    rows = []
    for name, told in result.tasks.items():
        for side, one in told["sides"].items():
            quality = [one[key] for key in ("accuracy", "macro_f1") if key in one]
            quality += [one[key] for key in ("f1_at_5", "ndcg_at_5", "micro_f1") if key in one]
            rows.append((
                name, side, " / ".join(f"{value:.3f}" for value in quality),
                one["documents_per_cpu_second"], one["train_cpu_seconds"], round(one["bytes"] / 1e6, 1),
            ))  # fmt: skip
    return rows


def bar_rows(result: Result) -> list[tuple[Any, ...]]:
    """Every bar with its value, what is asked, the ratio and the verdict; a miss stands among them."""
    return [(bar.name, _shown(bar.value), _shown(bar.asked), bar.reference, _shown(bar.ratio), verdict(bar))
            for bar in result.bars]  # fmt: skip


def verdict(bar: Bar) -> str:
    """met, not met, or not measured."""
    return "not measured" if bar.met is None else "met" if bar.met else "NOT MET"


SIDE_HEADS = (
    "task",
    "side",
    "accuracy / macro-F1 (or F1@5 / nDCG@5 / micro-F1)",
    "docs/CPU-s",
    "train CPU-s",
    "MB",
)
BAR_HEADS = ("bar", "value", "asked", "reference", "ratio", "verdict")


def markdown(result: Result) -> str:
    """The page docs/benchmarks-classify.md, written from one run."""
    return "\n".join([*_opening(result), *_tasks(result), *_bars(result), *_parts(result)]) + "\n"


def quality_rows(result: Result) -> list[Quality]:
    """Headline figures for classify/quality.json; only tasks that were measured."""
    day = result.started[:UNDATED]
    rows = []
    for name, told in result.tasks.items():
        own = told["sides"]["ours"]
        figure = "accuracy" if "accuracy" in own else "micro_f1"
        beside = {side: one[figure] for side, one in told["sides"].items() if side != "ours"}
        others = ", ".join(f"{side} {value:.3f}" for side, value in beside.items())
        note = (
            f"{figure}; {told['split']} split, {'masked' if told['masked'] else 'open'}; {others}; {COMMAND}"
        )
        rows.append(Quality(f"{BENCH}{name}", own[figure], told["test"], "shared data", day, note))
    return rows


def _opening(result: Result) -> Iterator[str]:
    yield OPENING
    yield f"- Run: {result.started}, size {result.size}."
    loads = [one[key] for one in result.measured.values() for key in ("load_before", "load_after")]
    if loads:
        ended = max(str(one["ended"]) for one in result.measured.values())
        yield f"- Ended: {ended}; processes that wanted a core meanwhile: {min(loads)} to {max(loads)}."
    left = [name for name in PARTS if name not in result.measured]
    if left:
        yield f"- Not run, so nothing is claimed of them here: {', '.join(left)}."
    for sentence in result.said:
        yield f"- {sentence}"


def _tasks(result: Result) -> Iterator[str]:
    if not result.tasks:
        return
    yield from ("", "## Sides", "", _line(SIDE_HEADS), _rule(SIDE_HEADS))
    yield from (_line(row) for row in side_rows(result))
    yield from (
        "",
        "| task | train | test | classes | split | ours less each side in accuracy, 95 % interval |",
    )
    yield "|---|---|---|---|---|---|"
    for name, told in result.tasks.items():
        paired = "; ".join(f"{side} {gap:+.3f} ({low:+.3f} to {high:+.3f})"
                           for side, (gap, low, high) in told["paired"].items())  # fmt: skip
        yield _line(
            (name, told["train"], told["test"], told["classes"], told["split"], paired or "several labels")
        )
    yield from ("", "Second columns, never the headline:", "")
    for name, told in result.tasks.items():
        for key in ("open", "random, open"):
            if told.get(key):
                yield f"- {name}, {key}: {told[key]}"


def _bars(result: Result) -> Iterator[str]:
    if result.bars:
        yield from ("", "## Bars", "", _line(BAR_HEADS), _rule(BAR_HEADS))
        yield from (_line(row) for row in bar_rows(result))


def _parts(result: Result) -> Iterator[str]:
    for name, told in result.parts.items():
        yield from ("", f"## {name}", "")
        for key, value in told.items():
            yield f"- {key}: {_told(value)}"


def _told(value: Any) -> str:
    if isinstance(value, dict):
        if "note" in value:
            return f"{value['value']} ({value['sample']} documents; {value['note']})"
        bounds = f"{value['low']} to {value['high']}; blocks {value['blocks']}"
        return f"{value['value']} ({bounds}; {value['sample']} titles)"
    return str(value)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.4f}".rstrip("0").rstrip(".")


def _line(cells: Any) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _rule(heads: tuple[str, ...]) -> str:
    return "|" + "---|" * len(heads)
