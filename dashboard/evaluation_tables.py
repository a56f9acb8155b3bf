"""What was measured class by class: support, precision and recall, trust in the score, worst confusions."""

from __future__ import annotations

import json
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, table
from dashboard.words import known
from warehouse.queries import pages_runs

_PLAIN = ("coverage", "accuracy_where_answered", "accuracy_both", "macro_f1", "micro_f1", "ece")


def evaluations(frame: Frame) -> list[Markup]:
    """Each evaluation of the packaged classifier; one sentence when there is none."""
    rows = frame.read(pages_runs.evaluations)
    if not rows:
        return [quiet(frame.say("about.no-evaluations"))]
    return [_evaluation(frame, row, json.loads(row["report"])) for row in rows]


def _evaluation(frame: Frame, row: dict[str, Any], report: dict[str, Any]) -> Markup:
    title = known(frame.language, f"evaluation.{row['name']}", row["name"])
    low, high = report.get("intervals", {}).get("accuracy", (None, None))
    interval = (
        frame.say("evaluation.interval", low=f"{low:.1%}", high=f"{high:.1%}") if low is not None else ""
    )
    told = frame.say(
        "evaluation.headline",
        share=f"{report['accuracy']:.1%}",
        n=f"{report['documents']:,}",
        interval=interval,
        data=row["data"],
        day=row["measured_on"],
        model=report.get("classifier", ""),
    )
    plain = (
        f"{frame.say(f'evaluation.{name}')} {report[name]:.3f}"
        for name in _PLAIN
        if report.get(name) is not None
    )
    return element(
        "div",
        element("h3", title),
        element("p", told),
        element("p", known(frame.language, f"evaluation-note.{row['name']}", row["note"]), cls="gb-note"),
        element("p", frame.say("word.comma").join(plain), cls="gb-meta"),
        _folded(frame, "labels", len(report["labels"]), _labels(frame, report)),
        _folded(frame, "calibration", None, _calibration(frame, report)),
        _folded(frame, "confusions", len(report["confusions"]), _confusions(frame, report)),
    )


def _folded(frame: Frame, name: str, count: int | None, inner: Markup | None) -> Markup | None:
    if inner is None:
        return None
    title = frame.say(f"evaluation.{name}") + (f" ({count})" if count is not None else "")
    return element("details", element("summary", title), inner)


def _labels(frame: Frame, report: dict[str, Any]) -> Markup:
    heads = [
        frame.say(f"evaluation.{name}") for name in ("class", "support", "given", "precision", "recall", "f1")
    ]
    name_of = frame.body_name if report["field"] == "department" else frame.topic_name
    rows: list[list[Child]] = [
        [
            name_of(one["code"], one["name"]),
            str(one["support"]),
            str(one["given"]),
            *(f"{one[figure]:.2f}" for figure in ("precision", "recall", "f1")),
        ]
        for one in report["labels"]
    ]
    return table(heads, rows, frame.say("evaluation.labels"), frozenset({1, 2, 3, 4, 5}))


def _calibration(frame: Frame, report: dict[str, Any]) -> Markup | None:
    """Of answers with such a score, how many were right: equal columns mean that the score can be trusted."""
    bins = report.get("calibration")
    if not bins:
        return None
    heads = [frame.say(f"evaluation.{name}") for name in ("from", "documents", "score", "right")]
    rows: list[list[Child]] = [
        [f"{one['from']:.1f}", str(one["documents"]), f"{one['score']:.2f}", f"{one['right']:.2f}"]
        for one in bins
    ]
    return table(heads, rows, frame.say("evaluation.calibration"), frozenset({0, 1, 2, 3}))


def _confusions(frame: Frame, report: dict[str, Any]) -> Markup:
    heads = [frame.say(f"evaluation.{name}") for name in ("gold", "instead", "documents")]
    names = _english_of(frame, report)
    rows: list[list[Child]] = [
        [
            names.get(one["gold"], one["gold"]),
            known(frame.language, f"evaluation.{one['given']}", names.get(one["given"], one["given"])),
            str(one["documents"]),
        ]
        for one in report["confusions"]
    ]
    return table(heads, rows, frame.say("evaluation.confusions"), frozenset({2}))


def _english_of(frame: Frame, report: dict[str, Any]) -> dict[str, str]:
    """The report's names in the reader's language; confusions are kept by name, not by code."""
    tables = frame.body_names if report["field"] == "department" else frame.topic_names
    known_names = {zh.removesuffix("（示例数据）"): frame.named(zh, en) for zh, en in tables.values()}
    name_of = frame.body_name if report["field"] == "department" else frame.topic_name
    own = {one["name"]: name_of(one["code"], one["name"]) for one in report["labels"]}
    return known_names | own
