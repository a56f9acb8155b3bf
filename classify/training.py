"""Trains a linear model from labelled JSONL files: the work of `govbrief train --data`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from spacy.language import Language

from classify.components.state import findings, language_of, make_doc
from classify.components.topic import TopicReader
from classify.gold import FIELDS, Data, Labelled, day_of, gold_labels, read_rows, rows_of, several, within
from classify.linear.features import Sample, Shape
from classify.linear.fit import fit_model
from classify.linear.fit_multi import fit_multi
from classify.linear.mixing import TERM_SHARE
from classify.linear.model import CARD, LinearModel
from classify.linear.sample import first_codes, sample_of
from classify.pipeline import build_pipeline
from classify.rows import stored_of_row
from classify.seen import gathered, row_marks
from classify.taxonomy.choice import Schemes
from classify.taxonomy.load import LEAD_SCHEME, Taxonomy, load_taxonomy, packaged_schemes
from warehouse.errors import NothingUsable, UserError
from warehouse.identity import digest

NOT_READ = ("gov_personal", "gov_kind", "gov_schemes")  # components that no field of a model comes from
BATCH = 64
FEWEST = 2  # documents a class needs to be learnt
LEAD_COST = 0.05  # of the State Council's classes by titles; chosen on the blocks before 2023-08-15
THRESHOLD = 0.15  # a less likely best class is no answer

Progress = Callable[[str, int, int], None]

__all__ = [
    "FIELDS", "Data", "Labelled", "gold_labels", "read_rows", "rows_of", "samples_of", "train", "train_rows",
    "within",
]  # fmt: skip


def train(
    data: Data, field: str, out: Path, *, until: date | None = None, since: date | None = None,
    progress: Progress | None = None, scheme: str | None = None, multi: bool | None = None,
    **settings: Any,
) -> dict[str, Any]:  # fmt: skip
    """Learn `field` from labelled rows (or JSONL files), write the model folder `out` and give back its card.

    `until` keeps newer rows out, for a test on later time. Rows without a label are skipped and counted.
    `scheme`, `multi` and `settings` as in `train_rows`; `scheme` may also be a TOML file.
    """
    if (out / CARD).exists():
        raise UserError(f"{out}: a model is there already; name another folder with --out.")
    rows = [row for row in rows_of(data) if within(row, since, until)]
    labelled, names, called = gold_labels(rows, field, scheme)
    if progress is not None:
        progress("train", 0, len(labelled))
    what = scheme or called
    model = train_rows(labelled, names, what, field, multi=multi, **settings)
    model.card.update(skipped=len(rows) - len(labelled), until=until.isoformat() if until else None)
    model.save(out)
    if progress is not None:
        progress("train", len(labelled), len(labelled))
    long = ("issuers", "thresholds", "codes", "second")  # in the card
    told = {key: value for key, value in model.card.items() if key not in long}
    return {**told, "classes": len(model.classes), "folder": str(out)}


def train_rows(
    labelled: Sequence[Labelled], names: dict[str, str], scheme: str, field: str, *,
    multi: bool | None = None, fields: Sequence[str] | None = None, shape: Shape | None = None,
    **settings: Any,
) -> LinearModel:  # fmt: skip
    """A model of these rows, in memory.

    `scheme`: a packaged scheme, a TOML file, or a name of the rows' own. `multi`: several labels a document;
    None decides by the rows. `fields`: what is looked at of a document (title, organ, issuer, body, votes);
    None decides by field and rows. `shape` and `settings` (cost, vote_weight, ...) go to fitting.
    """
    multi = several(labelled, field) if multi is None else multi
    usable = _usable(labelled, multi)
    taxonomy = scheme_called(scheme) if field == "topic" else None
    if fields is None:
        fields = _usual_fields(usable, field, taxonomy)
    if shape is None:
        english = sum(one.row.get("lang") == "en" for one in usable) > len(usable) // 2
        shape = Shape.of({"words": english})
    samples = list(samples_of((one.row for one in usable), fields, scheme))
    name = taxonomy.scheme if taxonomy is not None else scheme
    known = (f"{one.row.get('id')}={','.join(one.every if multi else one.gold[-1:])}" for one in usable)
    card: dict[str, Any] = {
        "id": f"{field}-{digest(field, name, *known, length=10)}", "field": field, "scheme": name,
        "fields": list(fields), "threshold": THRESHOLD,
    }  # fmt: skip
    if "issuer" in fields:
        card["issuers"] = sorted({one.issuer for one in samples if one.issuer})
    if "votes" in fields:
        card["codes"] = list(first_codes(taxonomy or load_taxonomy()))
    if multi:
        every = [one.every for one in usable]
        model = fit_multi(samples, every, names, card, shape=shape, fewest=FEWEST, **settings)
        return replace(model, seen=gathered(row_marks(one.row) for one in usable))
    parents = (taxonomy or load_taxonomy()).parents if "votes" in fields else None
    if taxonomy is not None and taxonomy.scheme == LEAD_SCHEME:
        settings = {"cost": LEAD_COST, **settings}
        card["term_share"] = TERM_SHARE
    golds = [one.gold for one in usable]
    model = fit_model(samples, golds, names, card, shape=shape, parents=parents, **settings)
    return replace(model, seen=gathered(row_marks(one.row) for one in usable))


def scheme_called(scheme: str) -> Taxonomy | None:
    """The packaged scheme of this name or the one in this file; None for classes of a person's own."""
    if scheme in packaged_schemes() or scheme.endswith(".toml"):
        return load_taxonomy(scheme)
    return None


def _usable(labelled: Sequence[Labelled], multi: bool) -> list[Labelled]:
    """The rows whose class has enough of them, oldest first; NothingUsable for fewer than two classes."""
    codes = [one.every if multi else one.gold[-1:] for one in labelled]
    counts = Counter(code for own in codes for code in set(own))
    enough = {code for code, count in counts.items() if count >= FEWEST}
    if len(enough) < 2:
        raise NothingUsable(f"train: fewer than two classes have {FEWEST} documents; bring more labels.")
    usable = [one for one, own in zip(labelled, codes, strict=True) if enough & set(own)]
    return sorted(usable, key=lambda one: day_of(one.row))


def _usual_fields(usable: Sequence[Labelled], field: str, taxonomy: Taxonomy | None) -> list[str]:
    """Title, number's organ, the text where most rows have one; for topics the terms' votes too."""
    texts = sum(bool(one.row.get("text")) for one in usable) > len(usable) // 2
    lead = field == "topic" and (taxonomy is None or taxonomy.scheme == LEAD_SCHEME)
    votes = ["issuer", "votes"] if lead else (["votes"] if field == "topic" else [])
    return ["title", "organ", *(["body"] if texts else []), *votes]


def samples_of(
    rows: Iterable[dict[str, Any]], fields: Sequence[str], scheme: str = LEAD_SCHEME
) -> Iterator[Sample]:
    """What a model may see of each row, its label fields hidden; `scheme`'s terms vote where it has any."""
    taxonomy = scheme_called(scheme)
    voting = taxonomy or load_taxonomy()
    first = first_codes(voting)
    pipelines = {name: _reader(name, scheme if taxonomy is not None else None) for name in ("zh", "en")}
    waiting = enumerate(rows, start=1)
    while batch := [stored_of_row(row, number) for number, row in islice(waiting, BATCH)]:
        for language, alike in groupby(batch, key=language_of):
            nlp = pipelines[language]
            with nlp.memory_zone():
                docs = [make_doc(nlp.vocab, stored, hide_published=True) for stored in alike]
                for doc in docs:
                    findings(doc).text = doc.text  # nothing of it is quoted, so nothing need be masked
                for doc in nlp.pipe(docs, batch_size=BATCH):
                    yield sample_of(findings(doc), voting, first, fields)


def _reader(language: str, scheme: str | None) -> Language:
    """The pipeline as far as a model's fields need it."""
    chosen = Schemes((scheme,)) if scheme is not None else Schemes()
    nlp = build_pipeline(language, (), chosen, mining=False)
    for name in NOT_READ if chosen.has_lead else (*NOT_READ, "gov_topic"):
        nlp.remove_pipe(name)
    for _, component in nlp.pipeline:
        if isinstance(component, TopicReader):
            component.rank = False  # its votes are enough
    return nlp
