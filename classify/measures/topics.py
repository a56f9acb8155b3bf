"""Topics from titles over three time blocks; the model of the last becomes the starter."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classify.bootstrap import Values, interval, mean_of_blocks
from classify.components.citation import plain_title
from classify.evaluation import Outcome, evaluate_rows, outcome_of
from classify.figures import calibration_error, found_values, right_values
from classify.gold import Labelled, gold_labels, read_rows, within
from classify.pipeline import STARTER
from classify.training import train
from warehouse.records import Quality

STARTER_UNTIL = date(2023, 8, 15)
BLOCKS = (  # three time blocks, each judged by a model of everything older
    (date(2019, 12, 31), date(2021, 7, 27)),
    (date(2021, 7, 27), STARTER_UNTIL),
    (STARTER_UNTIL, date.max),
)
TITLES, DOCUMENTS = "gov_titles.jsonl.gz", "documents.jsonl.gz"
GOVCN = "ZhouYNF/platform-1"
TITLE_ONLY = "title and number only; model of everything older"
FIFTH = "newest fifth, judged once after the settings were frozen"
THREE = "mean of three time blocks; settings and terms were chosen on the two older ones"


@dataclass(frozen=True, slots=True)
class Block:
    """One time block: what the model and what the terms alone answered."""

    model: Outcome
    terms: Outcome


def topic_figures(folder: Path, on: str) -> list[Quality]:
    """All figures of topics from titles in `folder`; installs the starter model."""
    titles = folder / TITLES
    kept_out = {plain_title(row["title"]) for row in govcn_rows(folder / DOCUMENTS)}
    blocks = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, (since, until) in enumerate(BLOCKS):
            model = Path(scratch) / str(number)
            tested = _train_before(titles, since, until, model, kept_out)
            labelled, names, scheme = gold_labels(tested, "topic")
            terms = outcome_of(labelled, scheme, "topic", use_model=False)
            blocks.append(Block(outcome_of(labelled, scheme, "topic", model), terms))
        install_starter(model, labelled, names)
    return [*_newest_figures(blocks[-1], on), *_block_figures(blocks, on)]


def govcn_rows(documents: Path) -> list[dict[str, Any]]:
    """The 60 full gov.cn documents: judged, never learnt from."""
    return [row for row in read_rows(documents) if row["source_repo"] == GOVCN]


def _train_before(
    titles: Path, since: date, until: date, out: Path, kept_out: set[str]
) -> list[dict[str, Any]]:
    """Train on what is older, without any title of the block; the block's rows come back."""
    tested = [row for row in read_rows(titles) if within(row, since, until)]
    card = train(_open_rows(titles, tested, kept_out), "topic", out, until=since)
    print(f"trained {card['id']} on {card['documents']} titles until {since}", file=sys.stderr)
    return tested


def _open_rows(titles: Path, tested: list[dict[str, Any]], kept_out: set[str]) -> Iterator[dict[str, Any]]:
    """The rows that a model may learn from: no title of the test block nor of the gov.cn documents."""
    closed = {plain_title(row["title"]) for row in tested} | kept_out
    return (row for row in read_rows(titles) if plain_title(row["title"]) not in closed)


def starter_rows(folder: Path) -> list[dict[str, Any]]:
    """The rows in `folder` that the starter model learns from."""
    kept_out = {plain_title(row["title"]) for row in govcn_rows(folder / DOCUMENTS)}
    tested = [row for row in read_rows(folder / TITLES) if within(row, *BLOCKS[-1])]
    return [row for row in _open_rows(folder / TITLES, tested, kept_out) if within(row, None, STARTER_UNTIL)]


def _newest_figures(block: Block, on: str) -> list[Quality]:
    model, terms = block.model, block.terms
    answered = [one for one in model.first if one.given]
    about = f"{FIFTH}; {TITLE_ONLY}"

    def figure(name: str, values: Values, text: str) -> Quality:
        return _figure(name, float(values.mean()), len(values), text, on, interval(values))

    return [
        figure("topic-first-level", right_values(model.first), about),
        figure("topic-both-levels", right_values(model.judged), about),
        figure("topic-first-three", found_values(model.first, 3), about),
        _figure("topic-calibration-error", calibration_error(answered), len(answered), about, on),
        figure(
            "topic-first-level-terms", right_values(terms.first), "newest fifth; terms alone, no training"
        ),
    ]


def _block_figures(blocks: Sequence[Block], on: str) -> list[Quality]:
    about = f"{THREE}; {TITLE_ONLY}"

    def figure(name: str, values: list[Values], text: str) -> Quality:
        mean = sum(float(block.mean()) for block in values) / len(values)
        return _figure(name, mean, sum(map(len, values)), text, on, mean_of_blocks(values))

    models = [block.model for block in blocks]
    return [
        figure("topic-first-level-blocks", [right_values(one.first) for one in models], about),
        figure("topic-both-levels-blocks", [right_values(one.judged) for one in models], about),
        figure("topic-first-three-blocks", [found_values(one.first, 3) for one in models], about),
        figure(
            "topic-first-level-terms-blocks",
            [right_values(block.terms.first) for block in blocks],
            f"{THREE}; terms alone",
        ),
    ]


def _figure(
    name: str, value: float, count: int, about: str, on: str, bounds: tuple[float, float] | None = None
) -> Quality:
    told = f"{about}; 95 % interval {bounds[0]:.3f} to {bounds[1]:.3f}" if bounds else about
    return Quality(name, round(value, 4), count, f"data/zh/{TITLES}", on, told)


def install_starter(folder: Path, tested: Sequence[Labelled], names: dict[str, str]) -> None:
    """Put the model in the starter's place; its card tells data, split, scores and limits."""
    report = evaluate_rows(tested, names, "state-council", "topic", folder)
    file = folder / "card.json"
    card = json.loads(file.read_text(encoding="utf-8"))
    card["trained_on"] = (
        f"{card['documents']} titles of data/zh/{TITLES} until {STARTER_UNTIL}, label: gov.cn 主题分类; no "
        "letters; titles of the test block and of the 60 gov.cn documents left out"
    )
    card["scores"] = {
        "split": f"titles after {STARTER_UNTIL}",
        **{
            key: report[key]
            for key in (
                "documents", "coverage", "accuracy", "accuracy_both", "macro_f1", "found_in_first", "ece",
                "intervals",
            )
        },
    }  # fmt: skip
    card["limits"] = (
        "Learnt from titles of national documents in Chinese: local documents, service items and texts "
        "without a title are outside what it saw; a third of the second-level labels it learnt from are 其他."
    )
    file.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(STARTER, ignore_errors=True)
    shutil.move(folder, STARTER)
