"""Trains a linear model from labelled JSONL files: the work of `govbrief train --data`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classify.components.issuer import split_printed
from classify.components.state import Findings, findings, make_doc
from classify.departments.authority import authority
from classify.linear.features import Sample
from classify.linear.fit import fit_model
from classify.linear.model import CARD, LinearModel
from classify.linear.sample import first_codes, sample_of
from classify.pipeline import build_pipeline
from classify.rows import stored_of_row
from classify.taxonomy.load import Taxonomy, load_taxonomy
from warehouse.errors import NothingUsable, UserError
from warehouse.identity import digest
from warehouse.jsonl import numbered_rows

FIELDS = ("department", "topic")
FEWEST = 2  # documents a class needs to be learnt
THRESHOLD = 0.15  # a less likely best class is no answer


Data = Path | Iterable[Path | dict[str, Any]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One row with its gold labels: codes for each level (lead first for departments) and their names."""

    row: dict[str, Any]
    gold: tuple[str, ...]
    every: tuple[str, ...]  # all codes that count as right


def train(
    data: Data, field: str, out: Path, *, until: date | None = None, since: date | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Learn `field` from labelled rows (or JSONL files), write the model folder `out` and give back its card.

    `until` keeps newer rows out, for a test on later time. Rows without a label are skipped and counted.
    """
    if (out / CARD).exists():
        raise UserError(f"{out}: a model is there already; name another folder with --out.")
    rows = [row for row in rows_of(data) if within(row, since, until)]
    labelled, names, scheme = gold_labels(rows, field)
    if progress is not None:
        progress("train", 0, len(labelled))
    model = train_rows(labelled, names, scheme, field)
    model.card.update(skipped=len(rows) - len(labelled), until=until.isoformat() if until else None)
    model.save(out)
    if progress is not None:
        progress("train", len(labelled), len(labelled))
    told = {key: value for key, value in model.card.items() if key != "issuers"}  # long; in the card
    return {**told, "classes": len(model.classes), "folder": str(out)}


def train_rows(labelled: Sequence[Labelled], names: dict[str, str], scheme: str, field: str) -> LinearModel:
    """A model of these rows, in memory."""
    counts = Counter(one.gold[-1] for one in labelled)
    usable = [one for one in labelled if counts[one.gold[-1]] >= FEWEST]
    usable.sort(key=lambda one: str(one.row.get("published") or one.row.get("written") or ""))
    if len({one.gold[-1] for one in usable}) < 2:
        raise NothingUsable(
            f"train: fewer than two classes of '{field}' have {FEWEST} documents; bring more labels."
        )
    texts = sum(bool(one.row.get("text")) for one in usable) > len(usable) // 2
    english = sum(one.row.get("lang") == "en" for one in usable) > len(usable) // 2
    fields = [
        "title",
        "organ",
        *(["body"] if texts else []),
        *(["issuer", "votes"] if field == "topic" else []),
    ]
    samples = list(samples_of((one.row for one in usable), fields))
    identity = digest(field, scheme, *(f"{one.row.get('id')}={one.gold[-1]}" for one in usable), length=10)
    card = {
        "id": f"{field}-{identity}",
        "field": field,
        "scheme": scheme,
        "fields": fields,
        "threshold": THRESHOLD,
        **({"issuers": sorted({one.issuer for one in samples if one.issuer})} if field == "topic" else {}),
    }
    return fit_model(samples, [one.gold for one in usable], names, card, words=english)


def samples_of(rows: Iterable[dict[str, Any]], fields: Sequence[str]) -> Iterator[Sample]:
    """What a model may see of each row, its label fields hidden."""
    taxonomy = load_taxonomy()
    first = first_codes(taxonomy)
    pipelines = {name: build_pipeline(name, mining=False) for name in ("zh", "en")}
    for number, row in enumerate(rows, start=1):
        stored = stored_of_row(row, number)
        nlp = pipelines["en" if stored.document.language.startswith("en") else "zh"]
        with nlp.memory_zone():
            doc = next(iter(nlp.pipe([make_doc(nlp.vocab, stored, hide_published=True)])))
            state: Findings = findings(doc)
            yield sample_of(state, taxonomy, first, fields)


def gold_labels(rows: Sequence[dict[str, Any]], field: str) -> tuple[list[Labelled], dict[str, str], str]:
    """The labelled rows, the classes' names and the scheme; departments go by the authority file."""
    if field not in FIELDS:
        raise UserError(f"--field '{field}' is unknown; it is department or topic.")
    if field == "department":
        return (*_departments(rows), "govbrief-authority")
    taxonomy = load_taxonomy()
    known = sum(row.get("topic_scheme") in taxonomy.names for row in rows)
    if known * 2 > len(rows):
        return (*_scheme_topics(rows, taxonomy), taxonomy.scheme)
    return (*_own_topics(rows), "own")


def _departments(rows: Sequence[dict[str, Any]]) -> tuple[list[Labelled], dict[str, str]]:
    known, labelled, names = authority(), [], {}
    for row in rows:
        listed = row.get("departments") or row.get("department")
        printed = [listed] if isinstance(listed, str) else list(listed or ())
        codes = []
        for name in (part for whole in printed for part in split_printed(str(whole), known, None)):
            home = known.home_of(row.get("jurisdiction"))
            body = known.resolve(name, home, _day(row)) or known.printed(name, None)
            codes.append(body.code)
            names[body.code] = body.name_zh
        if codes:
            labelled.append(Labelled(row, (codes[0],), tuple(codes)))
    return labelled, names


def _day(row: dict[str, Any]) -> date | None:
    """The day that decides which of several bodies of one name a label means; None without a usable one."""
    try:
        return date.fromisoformat(str(row.get("written") or row.get("published") or "")[:10])
    except ValueError:
        return None


def _scheme_topics(
    rows: Sequence[dict[str, Any]], taxonomy: Taxonomy
) -> tuple[list[Labelled], dict[str, str]]:
    labelled = []
    for row in rows:
        topics = row.get("topic") or row.get("topics") or ()
        codes = [
            code
            for one in ([topics] if isinstance(topics, str) else topics)
            if (code := taxonomy.code_of(str(one)))
        ]
        if codes:
            lead = codes[0]
            labelled.append(Labelled(row, (taxonomy.topic(lead).parent or lead, lead), tuple(codes)))
    return labelled, {node.topic.code: node.topic.path for node in taxonomy.nodes}


def _own_topics(rows: Sequence[dict[str, Any]]) -> tuple[list[Labelled], dict[str, str]]:
    labelled, names = [], {}
    for row in rows:
        topics = row.get("topic") or ()
        printed = [str(one) for one in ([topics] if isinstance(topics, str) else topics) if one]
        if printed:
            codes = [one.strip() for one in printed]
            names.update({code: code for code in codes})
            labelled.append(Labelled(row, (codes[0],), tuple(codes)))
    return labelled, names


def rows_of(data: Data) -> Iterator[dict[str, Any]]:
    """Rows as they are, and the rows of files."""
    for one in (data,) if isinstance(data, Path) else data:
        if isinstance(one, Path):
            yield from read_rows(one)
        else:
            yield one


def read_rows(*files: Path) -> Iterator[dict[str, Any]]:
    """The rows of JSONL files, plain or gzipped; a UserError names file and line of a wrong one."""
    for file in files:
        for line in numbered_rows(file):
            if line.fault:
                raise UserError(f"{file}: line {line.number}: {line.fault}.")
            yield line.row


def within(row: dict[str, Any], since: date | None, until: date | None) -> bool:
    """Whether the row was published after `since` and not after `until`."""
    day = str(row.get("published") or row.get("written") or "")
    return (since is None or day > since.isoformat()) and (
        until is None or (day != "" and day <= until.isoformat())
    )
