"""Learns the weights of problem and measure sentences: `python -m classify.teaching.sentences DATA`.

From the marked sentences of the development and the learning set, without any that is held out. Folds by
document tell what the weights are worth on sentences they did not learn from, and where a sentence
begins to count. `--check` writes nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.components import learnt_sentences as learnt
from classify.components.anchors import Anchors
from classify.components.candidate import is_law, manner_of
from classify.components.english_told import english_told
from classify.components.findings_told import LEAST, Told, sentences_told
from classify.gold import read_rows
from classify.measures.marked import MARKS, documents, marked_texts
from classify.measures.sentences import HELD_OUT, Count

SETS = ("sentences-development", "sentences-development-kept", "sentences-learning")
PARAGRAPHS = Path("zh", "topic_paragraphs.jsonl.gz")
SIGNS = (*learnt.SIGNS, "citizen", *learnt.KINDS)
FOLDS, SEEDS = 8, 3
FEWEST = 3  # sentences a run of signs stands in
COSTS = {"zh": 1.0, "en": 0.3}
SCALES = {"zh": 8.0, "en": 6.0}  # worth of all runs of a sentence beside one sign of the rules
KINDS = {"zh": ("problem", "measure"), "en": ("problem",)}  # English measures are well told by the rules
LEVELS = {"zh": (0.0, 0.4), "en": (0.0,)}  # logits from which a sentence counts; by what folds tell
FAIR = {  # the draws that tell most: those that no rule was tuned on, where there are enough
    "zh": ("random", "cue"),
    "en": ("random", "cue", "development"),
}

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One marked sentence with what is known of it."""

    document: str
    drawn: str  # the set it comes from, or how it was drawn
    label: str
    told: tuple[float, float]  # what the rules say of either kind, with LEAST as their threshold
    signs: tuple[float, ...]
    runs: tuple[str, ...]


def examples(data: Path, language: str) -> Iterator[Example]:
    """The marked sentences of `zh` or `en` that any word of the rules speaks in, outside laws."""
    rows = [*documents(data), *read_rows(data / PARAGRAPHS)]
    for name in SETS:
        marks = MARKS / f"{name}.jsonl"
        lines = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
        lines = [line for line in lines if line["stratum"].startswith(language) and not _held_out(line)]
        for line, row in zip(lines, marked_texts(rows, lines, marks), strict=True):
            found = _example(row, line, language)
            if found is not None:
                yield found


def _held_out(line: dict[str, Any]) -> bool:
    """Whether a marked sentence shares a sign with a held-out one: seven of the development set do."""
    return any(
        line["start"] < end and start < line["end"] for start, end in _held_out_places().get(line["id"], ())
    )


@cache
def _held_out_places() -> dict[str, list[tuple[int, int]]]:
    """Where the held-out sentences stand, and nothing else of them."""
    places: dict[str, list[tuple[int, int]]] = {}
    for line in map(json.loads, HELD_OUT.read_text(encoding="utf-8").splitlines()):
        places.setdefault(line["id"], []).append((line["start"], line["end"]))
    return places


def _example(row: dict[str, Any], line: dict[str, Any], language: str) -> Example | None:
    text, start, end = row["text"], line["start"], line["end"]
    letter = row.get("unit") == "letter"
    if language == "en":
        told = list(english_told(text))
    elif is_law(text):
        return None
    else:
        told = list(sentences_told(text, Anchors(text), manner_of(letter)))
    best = max(range(len(told)), key=lambda at: _shared(told[at], start, end), default=-1)
    if best < 0 or 2 * _shared(told[best], start, end) <= min(end - start, told[best].end - told[best].start):
        one: Told | None = None
    else:
        one = told[best]
    drawn, label = line.get("drawn", "development"), line["readers"][0]
    if one is None or (language == "en" and one.problem <= learnt.LEFT):
        return Example(row["id"], drawn, label, (one.problem, one.measure) if one else (0.0, 0.0), (), ())
    pair = told[max(best - 1, 0) : best + 1] if language == "zh" else [one]
    kind = learnt.kind_of(row.get("title") or "") if language == "zh" else ""
    signs = (
        *learnt.signs_of(pair)[-1].tolist(),
        float(letter),
        *(float(name == kind) for name in learnt.KINDS),
    )
    sentence = text[one.start : one.end]
    runs = _runs(sentence) if language == "zh" else tuple(learnt.words_in(sentence))
    return Example(row["id"], drawn, label, (one.problem, one.measure), signs, runs)


def _shared(one: Told, start: int, end: int) -> int:
    return min(one.end, end) - max(one.start, start)


def _runs(sentence: str) -> tuple[str, ...]:
    signs = "".join(
        "0" if sign.isdecimal() and (sign < "\x7f" or "０" <= sign <= "９") else sign for sign in sentence
    )
    return tuple(signs[at : at + size] for size in (2, 3) for at in range(len(signs) - size + 1))


def known_runs(found: Sequence[Example], language: str) -> list[str]:
    """The runs to learn: those of several sentences; of two that share a slot the more frequent one."""
    counts = Counter(run for one in found for run in set(one.runs))
    often = sorted((run for run in counts if counts[run] >= FEWEST), key=lambda run: (-counts[run], run))
    if language == "en":
        return sorted(often)
    slots = learnt.slot_of(np.array([learnt.key_of(run) for run in often], dtype=np.uint64))
    first = np.unique(slots, return_index=True)[1]
    return sorted(often[at] for at in first)


def matrix(found: Sequence[Example], runs: Sequence[str], scale: float) -> sparse.csr_matrix:
    """A row each: its signs, then its runs at one length whatever their number."""
    column = {run: len(SIGNS) + at for at, run in enumerate(runs)}
    pointers, columns, values = [0], [], []
    for one in found:
        known = Counter(column[run] for run in one.runs if run in column)
        share = scale / np.sqrt(max(known.total(), learnt.FEWEST))
        columns += [*range(len(one.signs)), *known]
        values += [*one.signs, *(share * count for count in known.values())]
        pointers.append(len(columns))
    return sparse.csr_matrix((values, columns, pointers), shape=(len(found), len(column) + len(SIGNS)))


def fitted(rows: sparse.csr_matrix, there: NDArray[np.bool_], cost: float) -> tuple[Numbers, float]:
    """Weights and bias of a logistic regression; the same for the same rows."""
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=cost, solver="liblinear", random_state=0, tol=1e-5, max_iter=1000)
    machine.fit(rows, there)
    return machine.coef_[0], float(machine.intercept_[0])


def unseen_scores(
    rows: sparse.csr_matrix, there: NDArray[np.bool_], groups: Sequence[str], cost: float
) -> Numbers:
    """The score of each row by weights learnt without its document, the mean of several cuttings."""
    from sklearn.model_selection import GroupKFold

    total: Numbers = np.zeros(len(there))
    for seed in range(SEEDS):
        for learn, keep in GroupKFold(FOLDS, shuffle=True, random_state=seed).split(rows, there, groups):
            weights, bias = fitted(rows[learn], there[learn], cost)
            total[keep] += rows[keep] @ weights + bias
    return total / SEEDS


def counted(found: NDArray[np.bool_], there: NDArray[np.bool_]) -> Count:
    """Sentences rightly found, wrongly found and missed."""
    return Count(int((found & there).sum()), int((found & ~there).sum()), int((there & ~found).sum()))


def learnt_language(found: Sequence[Example], language: str) -> dict[str, Any]:
    """The weights of one language as they are stored; what folds tell of them is printed."""
    spoken = [one for one in found if one.signs]
    runs = known_runs(spoken, language)
    rows, groups = matrix(spoken, runs, SCALES[language]), [one.document for one in spoken]
    bias, weights = [], []
    for at, kind in enumerate(KINDS[language]):
        there = np.array([one.label in (kind, "both") for one in spoken])
        scores = unseen_scores(rows, there, groups, COSTS[language])
        level = LEVELS[language][at]
        _tell(found, spoken, scores >= level, at, f"{language} {kind}")
        coefficients, free = fitted(rows, there, COSTS[language])
        bias.append(round((free - level) * learnt.UNIT))
        weights.append(np.rint(coefficients * learnt.UNIT).astype(int))
    both = np.array(weights).T.tolist()
    cut = len(SIGNS)
    kept = {run: worth for run, worth in zip(runs, both[cut:], strict=True) if any(worth)}
    return {
        "scale": round(SCALES[language] * learnt.UNIT), "bias": bias,
        "signs": dict(zip(SIGNS, both[:cut], strict=True)), "runs": kept,
    }  # fmt: skip


def _tell(
    found: Sequence[Example], spoken: Sequence[Example], ours: NDArray[np.bool_], at: int, name: str
) -> None:
    """Print the figures of rules and weights; sentences without any word are missed by both."""
    kind, said = KINDS["zh"][at], {id(one): bool(is_one) for one, is_one in zip(spoken, ours, strict=True)}
    parts = [(draw, {draw}) for draw in sorted({one.drawn for one in found})]
    for drawn, names in (("fair draws", set(FAIR[name[:2]])), *parts):
        some = [one for one in found if one.drawn in names]
        there = np.array([one.label in (kind, "both") for one in some])
        rules = counted(np.array([one.told[at] >= LEAST for one in some]), there)
        now = counted(np.array([said.get(id(one), False) for one in some]), there)
        print(
            f"{name}\t{drawn}\t{len(some)} sentences, {there.sum()} there\t"
            f"rules {rules.precision:.3f} {rules.recall:.3f}\tlearnt {now.precision:.3f} {now.recall:.3f}",
            flush=True,
        )


def stored(languages: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """The weights as a compact JSON, a line for each language."""
    told = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(one, ensure_ascii=False, separators=(',', ':'))}"
        for name, one in languages
    )
    return f'{{"format": {learnt.FORMAT}, "languages": {{\n{told}\n}}}}\n'


def main(arguments: list[str] | None = None) -> int:
    """Learn, print what folds tell, and write the weights into the package."""
    parser = argparse.ArgumentParser(prog="python -m classify.teaching.sentences", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--check", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--languages", nargs="+", choices=sorted(COSTS), default=["zh", "en"])
    args = parser.parse_args(arguments)
    found = [(name, learnt_language(list(examples(args.data, name)), name)) for name in args.languages]
    if not args.check:
        learnt.FILE.write_text(stored(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
