"""Drawing a sitting from the publication, keeping its answers, and the figure that its random half gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from warehouse.desk.desk import Desk
from warehouse.desk.sittings import SIZE, Drawing, Judged, Sitting
from warehouse.errors import NothingUsable, UserError
from warehouse.intervals import wilson
from warehouse.publication import Publication
from warehouse.queries.teaching import Candidate, candidates, classifiers

BRAKE = 2  # doubtful documents of one class in a sitting: hard ones come in clusters and teach alike
FIELD = "topic"


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """How often the first class of this library's documents was right, by documents drawn at random."""

    classifiers: tuple[str, ...]  # whose answers were judged
    documents: int
    right: int  # at the first level
    right_whole: int  # the very class
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.documents


def begin_sitting(desk: Desk, publication: Publication, account: str, size: int = SIZE) -> Sitting:
    """The open sitting, else a new one; NothingUsable when every document has a published or human class."""
    waiting = desk.sittings.open_one(FIELD)
    if waiting is not None:
        return waiting
    before = desk.sittings.listed()
    taken = {one.document_id for sitting in before for one in sitting.documents if one.answer}
    taken |= {one.document_id for one in desk.corrections(field=FIELD)}
    found = [one for one in candidates(publication) if one.document_id not in taken]
    if not found:
        raise NothingUsable(
            "train: every document has a published class or a person's; there is nothing to judge."
        )
    drawn = draw(found, size, f"{len(before)} {publication.publication_id}")
    names = classifiers(publication)
    return desk.sittings.begin(FIELD, publication.publication_id, names, len(found), drawn, account)


def draw(found: Sequence[Candidate], size: int, seed: str) -> list[Drawing]:
    """Half by chance, half those whose two best classes lie closest, at most BRAKE of one class among these.

    The halves are mixed, so that nobody can tell which a document belongs to.
    """
    by_chance = sorted(found, key=lambda one: _lot(seed, one.document_id))
    chosen = {one.document_id: _drawing(one, random=True) for one in by_chance[: (size + 1) // 2]}
    held: Counter[str] = Counter()
    for one in sorted(found, key=lambda one: (one.margin, _lot(seed, one.document_id))):
        top = (one.path or one.code or "").split("\\")[0]  # the first level, whatever codes look like
        if len(chosen) >= min(size, len(found)):
            break
        if one.document_id not in chosen and held[top] < BRAKE:
            chosen[one.document_id] = _drawing(one, random=False)
            held[top] += 1
    return sorted(chosen.values(), key=lambda one: _lot("order" + seed, one.document_id))


def judge(desk: Desk, sitting: Sitting, one: Judged, value: Mapping[str, Any] | None, account: str) -> None:
    """Keep the class a librarian gives a document of a sitting; None passes over it."""
    if value is None:
        desk.sittings.answer(sitting.sitting_id, one.place, "skipped", None)
        return
    note = f"sitting {sitting.sitting_id}"
    given = {"code": one.given, "name": one.given_name} if one.given else None
    if given == dict(value):
        kept = desk.confirm(one.document_id, sitting.field, given, note, account)
    else:
        kept = desk.correct(one.document_id, sitting.field, dict(value), given, note, account)
    answer = "confirmed" if given == dict(value) else "corrected"
    desk.sittings.answer(sitting.sitting_id, one.place, answer, kept.correction_id)


def take_back(desk: Desk, sitting: Sitting, place: int, account: str) -> None:
    """Undo the answer to one document, and with it the correction."""
    one = next((one for one in sitting.documents if one.place == place), None)
    if one is None or one.answer is None:
        raise UserError(f"Sitting {sitting.sitting_id} has no answer at place {place}.")
    if one.correction_id is not None:
        held = {kept.correction_id for kept in desk.corrections(one.document_id)}
        if one.correction_id in held:
            desk.undo(one.correction_id, account)
    desk.sittings.answer(sitting.sitting_id, place, None, None)


def own_figure(desk: Desk) -> OwnFigure | None:
    """The figure of the latest classifier that was judged; None before the first answer.

    Documents drawn for their doubtfulness are left out: they would make it look worse than it is.
    """
    sittings = desk.sittings.listed()
    judged = next((one.classifiers for one in sittings if _witnesses(one)), None)
    if judged is None:
        return None
    said = {one.correction_id: one.value["code"] for one in desk.corrections(active=False, field=FIELD)}
    pairs = [
        (one.given or "", str(said[one.correction_id or 0]))
        for sitting in sittings
        if sitting.classifiers == judged
        for one in _witnesses(sitting)
    ]
    right = sum(given.split("-")[0] == code.split("-")[0] for given, code in pairs)
    low, high = wilson(right / len(pairs), len(pairs))
    return OwnFigure(judged, len(pairs), right, sum(given == code for given, code in pairs), low, high)


def _witnesses(sitting: Sitting) -> list[Judged]:
    return [one for one in sitting.documents if one.drawn == "random" and one.correction_id is not None]


def _drawing(one: Candidate, random: bool) -> Drawing:
    drawn = "random" if random else "doubtful"
    return Drawing(one.document_id, drawn, one.code, one.path, one.score)  # type: ignore[arg-type]


def _lot(seed: str, document_id: str) -> str:
    return sha256(f"{seed}\x1f{document_id}".encode()).hexdigest()
