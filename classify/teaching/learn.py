"""`govbrief train` without files: a candidate model from the home's own labels, starting from the seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from classify.components.state import Findings, language_of
from classify.linear.features import Sample, Shape
from classify.linear.fit import fit_model
from classify.linear.model import CARD, LinearModel, load_model, read_card
from classify.linear.sample import lead_kind, sample_of
from classify.pipeline import STARTER
from classify.seen import gathered, marks_of
from classify.taxonomy.choice import Schemes, chosen_schemes
from classify.taxonomy.load import Taxonomy, load_taxonomy
from classify.teaching.labels import Lesson, lessons, read_states
from classify.teaching.mixed import MixedModel, mix
from classify.teaching.same_title import CARD_KEY, Said, said_of_titles
from classify.teaching.seeds import seed_of_terms, vote_columns
from classify.teaching.since import since_last
from classify.teaching.trial import ModelOf, Trial, Witnesses, try_weights, witnesses
from warehouse.clock import today
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.intervals import wilson
from warehouse.models import taught_model, taught_models

ISSUER_SEEN = 5  # labelled documents of an issuer's kind before the model is trusted beside its terms
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Course:
    """What is taught, and what is known of it before any label."""

    what: str  # where the scheme is read: a packaged name or a file
    taxonomy: Taxonomy
    seed: LinearModel
    codes: tuple[str, ...]  # first-level classes: the columns of the votes


@dataclass(frozen=True, slots=True)
class Read:
    """Labelled documents with what the model may see of them."""

    lessons: list[Lesson]
    states: list[Findings]
    samples: list[Sample]


def teach(home: Home, scheme: str | None = None, *, progress: Progress | None = None) -> dict[str, Any]:
    """Learn topics of a scheme (else the home's first) from published labels and corrections.

    The model is written to `models/<name>/` and changes nothing until it is applied; its card is given back.
    NothingUsable when nothing is labelled yet.
    """
    schemes = chosen_schemes(home)
    what, taxonomy = _scheme(schemes, scheme)
    found = lessons(home, taxonomy)
    if not found:
        raise NothingUsable(
            f"train: no document has a published class of '{taxonomy.scheme}' or a correction yet; hold a"
            " sitting with 'govbrief train --sitting' or on the page 教学."
        )
    language = Counter(language_of(one.stored) for one in found).most_common(1)[0][0]
    found = [one for one in found if language_of(one.stored) == language]
    report = progress or _silent
    report("read", 0, len(found))
    states = list(read_states((one.stored for one in found), schemes))
    seed = seed_model(home, taxonomy, schemes, language)
    codes = vote_columns(taxonomy)
    samples = [sample_of(state, taxonomy, codes, seed.card["fields"]) for state in states]
    report("train", 0, len(found))
    return _candidate(home, Course(what, taxonomy, seed, codes), Read(found, states, samples), report)


def _scheme(schemes: Schemes, wanted: str | None) -> tuple[str, Taxonomy]:
    """The scheme to teach and where it is read; a UserError names those of the home."""
    known = {load_taxonomy(what).scheme: what for what in schemes.chosen}
    name = wanted or next(iter(known))
    if name not in known:
        raise UserError(f"--scheme '{name}' is not used by this home; it uses {', '.join(known)}.")
    return known[name], load_taxonomy(known[name])


def seed_model(home: Home, taxonomy: Taxonomy, schemes: Schemes, language: str) -> LinearModel:
    """What is known before any label: the scheme's packaged model, else a model of the terms' answers."""
    for folder in sorted(STARTER.parent.glob("*/")):
        if not (folder / CARD).is_file():
            continue
        card = read_card(folder)
        fits = card["field"] == "topic" and bool(card["words"]) == (language == "en")
        if fits and card["scheme"] == taxonomy.scheme and not card.get("multi"):
            return load_model(folder)
    return seed_of_terms(home, taxonomy, schemes, language)


def labels_model(read: Read, places: Sequence[int], course: Course) -> LinearModel:
    """A model of these labelled documents alone."""
    seed, taxonomy = course.seed, course.taxonomy
    card = {
        "id": "labels", "field": "topic", "scheme": taxonomy.scheme, "fields": seed.card["fields"],
        "threshold": seed.card["threshold"],
    }  # fmt: skip
    names = {node.topic.code: node.topic.path for node in taxonomy.nodes}
    gold = [read.lessons[place].gold[: len(seed.card["groups"])] for place in places]
    chosen = [read.samples[place] for place in places]
    if seed.card.get("of_terms"):  # terms speak through this seed and the ranking; a third time is too much
        chosen = [replace(one, votes=()) for one in chosen]
    learnt = (read.lessons[place].stored.document for place in places)
    model = fit_model(chosen, gold, names, card, shape=Shape.of(seed.card))
    return replace(model, seen=gathered(marks_of(one.title, one.paragraphs) for one in learnt))


def least_weight(labels: int, classes: int, news: int | None = None) -> float:
    """The least weight of the seed: few labels, or a trial on few documents, must not throw it away.

    `news`: those of the labels that tell the seed anything; None: all of them.
    """
    told = labels if news is None else news
    return max(1.0 - labels / (4 * classes), 1.0 - told / classes, 0.0)


def _least(course: Course, read: Read, judges: Witnesses) -> float:
    return least_weight(len(read.lessons), len(course.codes), judges.news)


def models_of(course: Course, read: Read) -> ModelOf:
    """How a model of some of the documents is made, at a weight of the seed."""
    shared = _card(course, read)

    def model_of(
        places: Sequence[int], weight: float, cautious: bool, known: LinearModel | None = None
    ) -> MixedModel:
        card = shared if cautious else {**shared, "issuers": None}
        return mix(course.seed, known or labels_model(read, places, course), weight, card)

    return model_of


def learn(course: Course, read: Read) -> tuple[MixedModel, Trial]:
    """The seed and what the labels teach, at the weight that did best on documents that neither had seen."""
    model_of = models_of(course, read)
    judges = witnesses(read.lessons, course.seed.seen)
    least = _least(course, read, judges)
    trial = try_weights(course.what, course.taxonomy, read.lessons, read.states, model_of, least, judges)
    whole = model_of(range(len(read.lessons)), trial.weight, trial.cautious, None)
    whole.card[CARD_KEY] = said_of_titles(read.lessons)
    return whole, trial


def _candidate(home: Home, course: Course, read: Read, report: Progress) -> dict[str, Any]:
    whole, trial = learn(course, read)
    report("train", len(read.lessons), len(read.lessons))
    name = _name(home, read, trial, whole.card[CARD_KEY])
    least = _least(course, read, trial.witnesses)
    card = {
        **whole.card, "id": name, "made_at": home.clock.now().isoformat(),
        "labels": _counts(read.lessons), "least_seed_weight": round(least, 4), "trial": _told(trial),
        "since": since_last(
            course.what, course.taxonomy, read.lessons, read.states, models_of(course, read), trial,
            _last_made(home, course.taxonomy.scheme),
        ),
    }  # fmt: skip
    if not (home.models / name / CARD).is_file():
        mix(course.seed, whole.labels, trial.weight, card).save(home.models / name)
    return taught_model(home, name)


def _last_made(home: Home, scheme: str) -> datetime | None:
    """When the newest model of this scheme was learnt here."""
    made = [str(card.get("made_at") or "") for card in taught_models(home) if card.get("scheme") == scheme]
    newest = max(made, default="")
    return datetime.fromisoformat(newest) if newest else None


def _name(home: Home, read: Read, trial: Trial, said: Said) -> str:
    """The same labels of the same day give the same name."""
    labels = (f"{one.stored.document.document_id}={one.gold[-1]}" for one in read.lessons)
    day = today(home.clock, home.settings.place.timezone)
    return f"topic-{day:%Y%m%d}-{digest(str(trial.weight), str(trial.cautious), *said, *labels, length=6)}"


def _card(course: Course, read: Read) -> dict[str, Any]:
    kinds = Counter(lead_kind(state) for state in read.states)
    own = {kind for kind, count in kinds.items() if count >= ISSUER_SEEN}
    seed = course.seed.card
    return {
        "id": "trial", "field": "topic", "scheme": course.taxonomy.scheme, "threshold": seed["threshold"],
        "codes": list(course.codes),
        **({"issuers": sorted({*seed["issuers"], *own})} if seed.get("issuers") is not None else {}),
        **({"term_share": seed["term_share"]} if "term_share" in seed else {}),
    }  # fmt: skip


def _counts(found: Sequence[Lesson]) -> dict[str, int]:
    bases = Counter(one.basis for one in found)
    classes = Counter(one.gold[-1] for one in found)
    return {
        "documents": len(found),
        "published": bases["published"],
        "librarian": bases["librarian"],
        "random": sum(one.random for one in found),
        "classes": len(classes),
        "single": sum(count == 1 for count in classes.values()),
    }


def _told(trial: Trial) -> dict[str, Any]:
    """The trial's figures with their intervals."""
    told: dict[str, Any] = {
        "weight": trial.weight, "cautious": trial.cautious,
        "basis": trial.witnesses.basis, "left_out": trial.witnesses.left_out,
    }  # fmt: skip
    for name, score in (("all", trial.every), ("random", trial.random)):
        told[name] = None
        if score.documents:
            low, high = wilson(score.right / score.documents, score.documents)
            told[name] = {
                **asdict(score),
                "accuracy": round(score.right / score.documents, 4),
                "low": low,
                "high": high,
                "accuracy_before": round(score.right_before / score.documents, 4),
            }
    return told


def _silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
