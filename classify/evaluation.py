"""Measures the classifier against labelled rows: `govbrief evaluate`. The gold field is never seen."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from classify.bootstrap import interval, micro_f1, paired
from classify.figures import Judged, figures, lead_counts, right_values, set_counts, share
from classify.gold import FIELDS, Data, Labelled, gold_labels, rows_of, several, within
from classify.learnt import Learnt, judged_of
from classify.linear.model import read_card
from classify.pipeline import ClassifierPipeline, build_classifier
from classify.rows import stored_of_row
from classify.taxonomy.choice import Schemes, named_schemes
from classify.taxonomy.load import LEAD_SCHEME, OWN_SCHEME, packaged_schemes
from warehouse.errors import NothingUsable, UserError
from warehouse.records import Classification

HIDDEN = (
    "department", "departments", "issuer", "topic", "topics", "topic_scheme", "provisional_topics",
    "department_norm", "subjects",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one classifier answered on the gold rows of one field."""

    classifier: str
    judged: tuple[Judged, ...]  # two-level topics at both levels
    seconds: float  # of processor time
    parents: Mapping[str, str | None]  # of a scheme of two levels, else empty
    multi: bool

    @property
    def levels(self) -> bool:
        return bool(self.parents)

    @property
    def first(self) -> tuple[Judged, ...]:
        """The documents as the headline judges them: two-level topics by their first level."""
        return tuple(self._at_first(one) for one in self.judged) if self.parents else self.judged

    def _at_first(self, one: Judged) -> Judged:
        return replace(one, gold=self._tops(one.gold), given=self._tops(one.given))

    def _tops(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.parents.get(code) or code for code in codes))


def evaluate(
    gold: Data, field: str | None = None, model: Path | None = None, *,
    since: date | None = None, until: date | None = None, use_model: bool = True,
    against: Path | None = None, scheme: str | None = None, keep_learnt: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """The figures of one field on labelled rows (or a JSONL file); of both when none is named.

    `model` is a model folder; without one the packaged model answers, or with `use_model=False` the terms.
    `against` names a second model: its figures and the paired difference stand beside. `scheme`: of `train`,
    without one that of the model. Documents that either model learnt from are counted and left out unless
    `keep_learnt`; NothingUsable when no other is left.
    """
    if field is not None and field not in FIELDS:
        raise UserError(f"--field '{field}' is unknown; it is department or topic.")
    rows = [row for row in rows_of(gold) if within(row, since, until)]
    found: dict[str, Any] = {}
    known: list[str] = []
    for one in (field,) if field else FIELDS:
        labelled, names, what = gold_labels(rows, one, scheme or _scheme_of(one, model))
        if labelled:
            answering = Learnt.of(one, model, use_model), Learnt.of(one, against) if against else None
            judged, learnt = judged_of(labelled, *answering, keep_learnt)
            if not judged:
                known.append(one)
                continue
            told = evaluate_rows(
                judged, names, scheme or what, one, model, use_model=use_model, against=against
            )
            found[one] = {"field": one, "learnt_from": learnt, **told}
    if not found and known:
        raise NothingUsable(
            f"evaluate: a model learnt from every document with a label ({', '.join(known)}); bring others"
            " with --gold, or judge these with --keep-learnt."
        )
    if not found:
        raise NothingUsable("evaluate: no row carries a label of that field; check --gold and --field.")
    return dict(found[field]) if field else {"rows": len(rows), "fields": found}


def evaluate_rows(
    labelled: Sequence[Labelled], names: dict[str, str], scheme: str, field: str, model: Path | None = None,
    *, use_model: bool = True, against: Path | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The figures of one field; two-level topics at the first (`accuracy`) and both (`accuracy_both`)."""
    outcome = outcome_of(labelled, scheme, field, model, use_model=use_model)
    told = _told(outcome, names, scheme)
    if against is None:
        return told
    other = outcome_of(labelled, scheme, field, against)
    return {**told, "against": _told(other, names, scheme), "difference": difference(outcome, other)}


def outcome_of(
    labelled: Sequence[Labelled],
    scheme: str,
    field: str,
    model: Path | None = None,
    *,
    use_model: bool = True,
) -> Outcome:
    """What the classifier with this model answers, label fields hidden."""
    chosen = _schemes(scheme, field)
    classifier = build_classifier(model=model, hide_published=True, use_model=use_model, schemes=chosen)
    stored = [stored_of_row(_bare(one.row), number) for number, one in enumerate(labelled, start=1)]
    list(classifier.classify(stored[:1]))  # the pipeline is built before the clock starts
    started = time.process_time()
    given = list(classifier.with_scores(stored))
    seconds = time.process_time() - started
    multi = several(labelled, field)
    called = chosen.taxonomies[0].scheme if chosen is not None else scheme
    parents = chosen.taxonomies[0].parents if chosen is not None and not multi else {}
    judged = tuple(
        judge(one.every, answer, field, called, cats if multi else {})
        for one, (answer, cats) in zip(labelled, given, strict=True)
    )
    return Outcome(_name(classifier), judged, seconds, parents if any(parents.values()) else {}, multi)


def judge(
    gold: tuple[str, ...], answer: Classification, field: str, scheme: str, cats: dict[str, float]
) -> Judged:
    """One document's answer in this scheme beside its gold."""
    if field == "department":
        labels = answer.departments
    else:
        labels = tuple(label for label in answer.topics if label.scheme == scheme)
    likely = tuple(sorted(cats, key=lambda code: -cats[code])[:10])
    return Judged(gold, tuple(label.code for label in labels), labels[0].score if labels else 0.0, likely)


def difference(first: Outcome, second: Outcome) -> dict[str, Any]:
    """How much better the first is on the same documents: paired intervals, documents won and lost."""
    one, two = right_values(first.first), right_values(second.first)
    counts = [set_counts(o.judged) if o.multi else lead_counts(o.first) for o in (first, second)]
    sums = [counts_of.sum(axis=0, keepdims=True) for counts_of in counts]
    told: dict[str, Any] = {
        "accuracy": round(float((one - two).mean()), 4),
        "accuracy_interval": paired(one, two),
        "micro_f1": round(float(micro_f1(sums[0])[0] - micro_f1(sums[1])[0]), 4),
        "micro_f1_interval": paired(counts[0], counts[1], micro_f1),
        "won": int((one > two).sum()),
        "lost": int((one < two).sum()),
    }
    if first.levels:
        both = [right_values(outcome.judged) for outcome in (first, second)]
        told["accuracy_both"] = round(float((both[0] - both[1]).mean()), 4)
        told["accuracy_both_interval"] = paired(both[0], both[1])
    return told


def _told(outcome: Outcome, names: dict[str, str], scheme: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "classifier": outcome.classifier,
        "scheme": scheme,
        "documents_per_cpu_second": round(len(outcome.judged) / max(outcome.seconds, 1e-6), 1),
    }
    whole = figures(outcome.first, names, outcome.multi)
    if outcome.levels:
        told["accuracy_both"] = share(outcome.judged, lambda one: one.right)
        whole["intervals"]["accuracy_both"] = interval(right_values(outcome.judged))
    return {**told, **whole}


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in HIDDEN}


def _schemes(scheme: str, field: str) -> Schemes | None:
    """The scheme to answer in; None for departments and for classes of a person's own."""
    if field == "department" or not (scheme in packaged_schemes() or scheme.endswith(".toml")):
        return None
    return named_schemes([scheme])


def _scheme_of(field: str, model: Path | None) -> str | None:
    """The scheme that a topic model learnt, so that the gold is read in it; None where rows must tell."""
    card = read_card(model) if model is not None and field == "topic" else {}
    scheme = card.get("scheme") if card.get("field") == "topic" else None
    known = scheme == OWN_SCHEME or scheme in packaged_schemes()
    return str(scheme) if known and scheme != LEAD_SCHEME else None


def _name(classifier: ClassifierPipeline) -> str:
    return classifier.classifier.model
