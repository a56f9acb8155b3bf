"""`govbrief evaluate`: how well labels fit a gold file; the gold field is hidden before prediction."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gold", required=True, type=Path, metavar="FILE.jsonl", help="documents with true labels"
    )
    parser.add_argument("--field", choices=("department", "topic"), help="only this one (default: both)")
    parser.add_argument(
        "--model", type=Path, metavar="FOLDER", help="a trained model (default: the packaged one)"
    )
    parser.add_argument(
        "--against", type=Path, metavar="FOLDER",
        help="a second model, judged on the same documents: difference, its interval, documents won and lost",
    )  # fmt: skip
    parser.add_argument(
        "--scheme", metavar="NAME", help="the topic scheme of the labels, packaged or a TOML file"
    )
    parser.add_argument(
        "--keep-learnt", action="store_true",
        help="judge also the documents that a model learnt from (default: they are counted and left out)",
    )  # fmt: skip
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from classify.evaluation import evaluate

    report: dict[str, Any] = plain(
        evaluate(
            args.gold, args.field, args.model, against=args.against, scheme=args.scheme,
            keep_learnt=args.keep_learnt,
        )
    )  # fmt: skip
    if args.json:
        context.console.json(report)
        return 0
    for figures in report["fields"].values() if "fields" in report else (report,):
        _print(context, figures)
    return 0


def _print(context: Context, figures: dict[str, Any]) -> None:
    context.console.result(learnt_sentence(figures["learnt_from"], figures["documents"]))
    overall = [(name, value) for name, value in figures.items() if not isinstance(value, (list, Mapping))]
    context.console.table(("figure", "value"), overall)
    for sentence in difference_sentences(figures.get("difference", {})):
        context.console.result(sentence)
    context.console.table(("interval of 95 %", "from", "to"), [
        (name, *bounds) for name, bounds in figures["intervals"].items()
    ])  # fmt: skip
    for heading, rows in (
        (("confidence from", "documents", "mean confidence", "right"), figures.get("calibration", ())),
        (("true class", "given instead", "documents"), figures.get("confusions", ())),
    ):
        if rows:
            context.console.table(heading, [tuple(row.values()) for row in rows])
    labels = figures["labels"]
    context.console.table(tuple(labels[0]) if labels else ("label",), [tuple(row.values()) for row in labels])


def difference_sentences(difference: Mapping[str, Any]) -> Iterator[str]:
    """How the model did beside that of --against on the same documents, each figure with its interval."""
    for name, value in difference.items():
        if f"{name}_interval" in difference:
            low, high = difference[f"{name}_interval"]
            yield (
                f"{name}: {value:+.4f} beside the model of --against"
                f" (95 % of resamples: {low:+.4f} to {high:+.4f})"
            )
    if "won" in difference:
        yield (
            f"Documents that the model alone has right: {difference['won']};"
            f" that the model of --against alone has right: {difference['lost']}."
        )


def learnt_sentence(learnt: Mapping[str, Any], judged: int) -> str:
    """How many of the gold documents each model had learnt from, and whether the figures hold them."""
    names = {"model": "the model", "against": "the model of --against"}
    told = [
        f"{names[name]} does not tell what it learnt from (train it again)"
        if learnt[name] is None
        else f"{names[name]} had learnt from {learnt[name]:,}"
        for name in names
        if name in learnt
    ]
    left_out, gold = learnt["left_out"], judged + learnt["left_out"]
    if left_out:
        end = f"{left_out:,} are left out of the figures; --keep-learnt keeps them in"
    else:
        end = "these are in the figures" if any(learnt.get(name) for name in names) else "none is left out"
    return f"Of {gold:,} documents with a label {', '.join(told)}; {end}."


VERB = Verb(
    name="evaluate",
    help="Measure labels against a gold file: accuracy, F1, coverage, calibration and a table per label.",
    run=_run,
    arguments=_arguments,
)
