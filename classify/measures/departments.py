"""How well issuing departments are found: titles with and without number, bodies named in titles, lineage.

`python -m classify.measures.departments ../shared/data` prints the figures. A department is the body of the
authority file that a printed name means. A ministry's own general office (办公厅, 综合司) is no department of
its own and counts as the ministry, as gov.cn prints both for one paper; the general offices of the State
Council and of local governments do count apart, they issue papers of their own. Any body of a joint issue is
right as lead. `named`: of the printed bodies those whose name or short form stands in the title, against
those that our labels read out of the title.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from classify.components.issuer import SURE
from classify.departments.abroad import own_name
from classify.departments.authority import Authority, authority
from classify.gold import Labelled, gold_labels, read_rows, within
from classify.pipeline import ClassifierPipeline, build_classifier
from classify.rows import answers
from warehouse.records import Quality

BLOCKS = (  # two fifths that words and rules were tuned on, and the newest, which nobody read for tuning
    (date(2019, 12, 31), date(2021, 7, 27)),
    (date(2021, 7, 27), date(2023, 8, 15)),
    (date(2023, 8, 15), date.max),
)
TITLES = "gov_titles.jsonl.gz"
QUERIES = Path(__file__).parent / "lineage_queries.toml"
LABELS = frozenset({"department", "departments", "issuer", "topic", "topics", "topic_scheme"})
BESIDE = LABELS | {"doc_number", "url", "collection", "published", "written", "doc_type"}
DRAWS = 1000  # of the bootstrap
OWN_OFFICES = ("cn-state-council-office", "-government-office")


@dataclass(frozen=True, slots=True)
class Answer:
    """One title: the printed bodies, our lead, and the bodies that stand in it by either account."""

    strict: bool
    right: bool
    answered: bool
    guessed: bool  # by a rule that only guesses, such as competence
    named_gold: frozenset[str]
    named_ours: frozenset[str]


def measure_departments(data: Path) -> list[Quality]:
    """Every figure of this file on `data`/zh; a part whose data are absent gives none."""
    day = datetime.now(UTC).date().isoformat()
    titles = data / "zh" / TITLES
    figures = title_figures(titles, day) if titles.is_file() else []
    return [*figures, lineage_figure(day), lineage_precision(day)]


def title_figures(titles: Path, day: str, draws: int = DRAWS) -> list[Quality]:
    """Lead department with the number and from the title alone, and the bodies named, by blocks."""
    rows, classifier = list(read_rows(titles)), build_classifier(hide_published=True, use_model=False)
    blocks = [gold_labels([row for row in rows if within(row, *block)], "department")[0] for block in BLOCKS]
    figures = []
    for name, hidden in (("", LABELS), ("-alone", BESIDE)):
        judged = [judge(block, classifier, hidden) for block in blocks]
        said = "title alone, no other field" if name else "title and number"
        figures += _lead_figures(f"department-titles{name}", judged, said, day, draws)
        if name:
            figures += _named_figures(judged, day, draws)
    return figures


def judge(
    labelled: Sequence[Labelled], classifier: ClassifierPipeline, hidden: frozenset[str]
) -> list[Answer]:
    """Our answers to titles without the hidden fields, beside what is printed."""
    known = authority()
    bare = [{key: value for key, value in one.row.items() if key not in hidden} for one in labelled]
    return [
        _judged(one, answer["department"], known)
        for one, answer in zip(labelled, answers(classifier, bare), strict=True)
    ]


def department_of(code: str) -> str:
    """The department a code counts as: a ministry's general office is the ministry."""
    return code if code.endswith(OWN_OFFICES) else code.removesuffix("-office")


def _judged(one: Labelled, given: Sequence[dict[str, Any]], known: Authority) -> Answer:
    gold = {department_of(code) for code in one.every}
    lead = given[0]["code"] if given else ""
    title = str(one.row["title"])
    named = {code for code in one.every if any(name in title for name in known.names_of(code))}
    ours = {label["code"] for label in given if label["evidence"][0]["where"] == "title"}
    ours = ours if given and given[0]["score"] > 0.9 else set()  # names, not what competence suggests
    return Answer(
        lead in one.every, bool(lead) and department_of(lead) in gold, bool(lead),
        bool(given) and given[0]["score"] < SURE,
        frozenset(map(department_of, named)), frozenset(map(department_of, ours)),
    )  # fmt: skip


def _lead_figures(
    name: str, judged: Sequence[Sequence[Answer]], said: str, day: str, draws: int
) -> list[Quality]:
    every, newest = [one for block in judged for one in block], judged[-1]
    covered, guessed = [one for one in newest if one.answered], [one for one in newest if one.guessed]
    counted = f"{said}; rules alone; any body of a joint issue is right"
    note, merged = f"{counted}; offices told apart", f"{counted}; a general office counts as its ministry"

    def figure(tail: str, value: float, sample: int, about: str) -> Quality:
        return Quality(name + tail, round(value, 4), sample, f"data/zh/{TITLES}", day, about)

    return [
        figure("", _strict(newest), len(newest), f"newest fifth; {note}"),
        figure("-answered", _strict(covered), len(covered), f"newest fifth, where answered; {note}"),
        figure("-guessed", _strict(guessed), len(guessed), f"newest fifth, where a rule guesses; {note}"),
        figure("-merged", _accuracy(newest), len(newest), f"newest fifth; {merged}"),
        figure("-blocks", mean(map(_strict, judged)), len(every),
               f"{_blocks(judged, _strict, draws)}; {note}"),
        figure("-blocks-merged", mean(map(_accuracy, judged)), len(every),
               f"{_blocks(judged, _accuracy, draws)}; {merged}"),
    ]  # fmt: skip


def _blocks(
    judged: Sequence[Sequence[Answer]], value: Callable[[Sequence[Answer]], float], draws: int
) -> str:
    low, high = interval(judged, value, draws)
    return f"mean of three time blocks (two were tuned on), 95 % interval {low:.3f} to {high:.3f}"


def _named_figures(judged: Sequence[Sequence[Answer]], day: str, draws: int) -> list[Quality]:
    note = "micro-F1 of the bodies whose name or short form stands in the title; title alone"
    newest, data = judged[-1], f"data/zh/{TITLES}"
    f1, whole = round(named_f1(newest), 4), round(mean(map(named_f1, judged)), 4)
    every = sum(len(block) for block in judged)
    return [
        Quality("department-named-f1", f1, len(newest), data, day, f"newest fifth; {note}"),
        Quality(
            "department-named-f1-blocks",
            whole,
            every,
            data,
            day,
            f"{_blocks(judged, named_f1, draws)}; {note}",
        ),
    ]


def _accuracy(block: Sequence[Answer]) -> float:
    return sum(one.right for one in block) / max(len(block), 1)


def _strict(block: Sequence[Answer]) -> float:
    return sum(one.strict for one in block) / max(len(block), 1)


def named_f1(block: Sequence[Answer]) -> float:
    """Micro-F1 over the titles of a block."""
    both = sum(len(one.named_gold & one.named_ours) for one in block)
    total = sum(len(one.named_gold) + len(one.named_ours) for one in block)
    return 2 * both / max(total, 1)


def interval(
    blocks: Sequence[Sequence[Answer]], value: Callable[[Sequence[Answer]], float], draws: int = DRAWS
) -> tuple[float, float]:
    """95 % interval of the mean of the blocks, each drawn again with replacement."""
    chance = random.Random(5)
    drawn = sorted(
        mean(value(chance.choices(block, k=len(block))) for block in blocks if block) for _ in range(draws)
    )
    return drawn[draws // 40], drawn[-(draws // 40) - 1]


def lineage_figure(day: str) -> Quality:
    """Share of the expected bodies that the lineage of the authority file gives."""
    asked = queries()
    found = sum(len(set(query["answer"]) & answer_of(query)) for query in asked)
    expected = sum(len(query["answer"]) for query in asked)
    note = f"recall over {expected} expected bodies; what readers found missing was added afterwards"
    return Quality("lineage-recall", round(found / expected, 4), len(asked), QUERIES.name, day, note)


def lineage_precision(day: str) -> Quality:
    """Share of the answered bodies that are expected or, of an earlier or later generation, right beside."""
    asked = [query for query in queries() if query["ask"] != "moved"]
    given = [(answer_of(query), {*query["answer"], *query.get("also", ())}) for query in asked]
    every, right = sum(len(one) for one, _ in given), sum(len(one & wanted) for one, wanted in given)
    note = f"of {every} answered bodies; further generations were judged by hand after the answer"
    return Quality("lineage-precision", round(right / max(every, 1), 4), len(asked), QUERIES.name, day, note)


def queries() -> list[dict[str, Any]]:
    """The questions across the reforms with their expected answers."""
    return list(tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"])


def answer_of(query: dict[str, Any]) -> set[str]:
    """The full names that the authority file answers to one question."""
    known, on = authority(), query.get("on")
    body = known.resolve(query["of"], None, on if query["ask"] != "day" else None)
    if body is None:
        return set()
    if query["ask"] == "day":
        return {own_name(one) for one in known.current(body.code, on)}
    descent = known.lineage(body.code)
    links = descent.predecessors if query["ask"] == "before" else descent.successors
    return _names(known, (link.code for link in links if query["ask"] == "moved" or link.whole))


def _names(known: Authority, codes: Iterable[str]) -> set[str]:
    return {own_name(body) for code in codes if (body := known.body(code))}


def main() -> int:
    """Print the figures of the data folder named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m classify.measures.departments", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    for one in measure_departments(parser.parse_args().data):
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
