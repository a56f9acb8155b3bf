"""The actions of `govbrief train` on a home: learn, sit, preview, apply, go back."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context
from warehouse.desk import Desk
from warehouse.desk.sittings import Sitting
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.models import PACKAGED, in_use, roll_back, taught_models, use_model
from warehouse.publication import Publication
from warehouse.queries.pages_overview import topic_choices
from warehouse.queries.teaching import other_classes, shown_documents
from warehouse.sittings import begin_sitting, judge, own_figure, take_back


def run(context: Context, args: argparse.Namespace) -> int:
    """Do what the options ask; without any, learn."""
    if args.list:
        return _list(context, args.json)
    if args.sitting:
        return _sitting(context, args.json)
    if args.answer:
        return _answer(context, args.answer, args.json)
    if args.preview:
        return _preview(context, args)
    if args.apply or args.use or args.rollback:
        return _use(context, args)
    return _learn(context, args)


def _learn(context: Context, args: argparse.Namespace) -> int:
    from classify.teaching.learn import teach

    card = teach(context.home, args.scheme, progress=context.console.progress)
    if args.json:
        context.console.json(_told(card))
        return 0
    context.console.result(learnt_sentence(card))
    context.console.result(
        f"It changes nothing yet: 'govbrief train --preview {card['name']}' counts what would move,"
        f" 'govbrief train --apply {card['name']}' puts it in use."
    )
    return 0


def learnt_sentence(card: Mapping[str, Any]) -> str:
    """What was learnt from how much, and how it did on documents that were kept aside."""
    labels = card["labels"]
    told = (
        f"{card['name']}: learnt from {labels['documents']} documents"
        f" ({labels['published']} published classes, {labels['librarian']} of people),"
        f" {labels['classes']} classes; seed weight {card['trial']['weight']}"
    )
    if single := labels.get("single", 0):
        told += f"; {single} of the classes have one document each, from which little is learnt"
    if same := len(card.get("same_title", ())):
        told += f"; titles whose corrected documents all agree, and teach the others of that title: {same}"
    trial = card["trial"]
    every, left_out = trial["all"], trial.get("left_out", 0)
    if every is None:
        beside = f" beside {left_out} that the seed had learnt from" if left_out else ""
        return f"{told}; not evaluated, too few labels{beside} to keep some aside."
    told += (
        f"; first level right {every['accuracy']:.1%} of {every['documents']} {_witnesses(trial)},"
        f" kept aside in turn ({every['low']:.1%} to {every['high']:.1%}),"
        f" the seed alone {every['accuracy_before']:.1%}"
    )
    told += f"; {left_out} that the seed had learnt from were left out." if left_out else "."
    return told + _since(card.get("since"))


def _since(since: Mapping[str, Any] | None) -> str:
    """What people's labels since the last model changed on documents that neither model had learnt from."""
    if not since:
        return ""
    when = "since the last model" if since["since"] else "of people, before which there was no model"
    return (
        f" The {since['corrections']} labels {when}: {since['accuracy_before']:.1%} before,"
        f" {since['accuracy_after']:.1%} after on the same {since['documents']} documents"
        f" ({since['gained']} better, {since['lost']} worse; difference {since['low']:+.1%} to"
        f" {since['high']:+.1%}); macro F1 {since['f1_before']:.3f} before, {since['f1_after']:.3f} after."
    )


def _witnesses(trial: Mapping[str, Any]) -> str:
    if trial.get("basis") == "corrections":
        return "that were new to the seed or that people had given a class (too few were new)"
    return "that the seed had not learnt from"


def _list(context: Context, as_json: bool) -> int:
    home = context.home
    cards = [_told(card) for card in taught_models(home)]
    if as_json:
        context.console.json({"in_use": in_use(home), "models": cards})
        return 0
    rows = [
        (
            card["name"],
            "in use" if card["in_use"] else "candidate",
            card["kind"],
            card.get("labels", {}).get("documents", ""),
            (card.get("trial", {}).get("all") or {}).get("accuracy", ""),
        )
        for card in cards
    ]
    rows.append((PACKAGED, "" if in_use(home) else "in use", "", "", ""))
    context.console.table(("model", "state", "kind", "labels", "first level"), rows)
    return 0


def _sitting(context: Context, as_json: bool) -> int:
    publication = _publication(context.home)
    with Desk.open(context.home) as desk:
        sitting = begin_sitting(desk, publication, desk.current_user().name)
        told = sitting_json(desk, publication, sitting)
    if as_json:
        context.console.json(told)
        return 0
    context.console.result(
        f"Sitting {sitting.sitting_id}: {sitting.answered} of {len(sitting.documents)} answered; answer with"
        " 'govbrief train --answer 1=ok 2=17-02 3=skip'."
    )
    rows = [
        (one["place"], one["answer"] or "", one["title"], one["given"] or "", one["given_name"] or "",
         " ".join(other["code"] for other in one["others"]))
        for one in told["documents"]
    ]  # fmt: skip
    context.console.table(("place", "answer", "title", "class", "name", "or"), rows)
    return 0


def sitting_json(desk: Desk, publication: Publication, sitting: Sitting) -> dict[str, Any]:
    """A sitting as it is printed; which half a document belongs to is told only when it has an answer."""
    ids = [one.document_id for one in sitting.documents]
    shown, others = shown_documents(publication, ids), other_classes(publication, ids)
    figure = own_figure(desk)
    return {
        "sitting": sitting.sitting_id,
        "field": sitting.field,
        "drawn_at": sitting.drawn_at,
        "candidates": sitting.candidates,
        "answered": sitting.answered,
        "documents": [
            {
                "place": one.place,
                "document_id": one.document_id,
                "title": shown.get(one.document_id, {}).get("title"),
                "given": one.given,
                "given_name": one.given_name,
                "score": one.score,
                "others": others.get(one.document_id, []),
                "answer": one.answer,
                "drawn": one.drawn if one.answer else None,
            }
            for one in sitting.documents
        ],
        "own_figure": {**plain(figure), "share": round(figure.share, 4)} if figure else None,
    }


def _answer(context: Context, answers: Sequence[str], as_json: bool) -> int:
    publication = _publication(context.home)
    classes = {row["code"]: row["path"] for row in topic_choices(publication)}
    with Desk.open(context.home) as desk:
        account = desk.current_user().name
        newest = desk.sittings.listed()
        sitting = desk.sittings.open_one() or (newest[0] if newest else None)
        if sitting is None:
            raise UserError("There is no sitting to answer; begin one with 'govbrief train --sitting'.")
        said = [_said(one) for one in answers]
        _check(sitting, said, classes)
        for place, code in said:
            _keep(desk, desk.sittings.of(sitting.sitting_id), place, code, classes, account)
        told = sitting_json(desk, publication, desk.sittings.of(sitting.sitting_id))
    if as_json:
        context.console.json(told)
    else:
        context.console.result(
            f"Sitting {told['sitting']}: {told['answered']} of {len(told['documents'])} answered."
        )
    return 0


def _said(said: str) -> tuple[int, str]:
    place, _, code = said.partition("=")
    if not place.isdecimal() or not code:
        raise UserError(f"--answer '{said}' is not PLACE=CODE; write 3=17-02, 4=ok, 5=skip or 5=undo.")
    return int(place), code


def _check(sitting: Sitting, answers: Sequence[tuple[int, str]], classes: Mapping[str, str]) -> None:
    """Refuse all answers where one does not fit, before any is kept; a UserError says which."""
    given = {one.place: one.given for one in sitting.documents}
    answered = {one.place for one in sitting.documents if one.answer is not None}
    for place, code in answers:
        if place not in given:
            raise UserError(f"Sitting {sitting.sitting_id} has no place {place}; it has 1 to {len(given)}.")
        if code == "undo":
            if place not in answered:
                raise UserError(f"Sitting {sitting.sitting_id} has no answer at place {place}.")
            answered.discard(place)
            continue
        if place in answered:
            raise UserError(f"Place {place} has an answer; take it back with --answer {place}=undo first.")
        answered.add(place)
        if code == "ok" and not given[place]:
            raise UserError(
                f"Place {place} has no class to confirm; name one, or pass over it: {place}=skip."
            )
        if code not in ("ok", "skip") and code not in classes:
            raise UserError(f"There is no class '{code}' for place {place}; 'govbrief taxonomy' lists them.")


def _keep(
    desk: Desk, sitting: Sitting, place: int, code: str, classes: Mapping[str, str], account: str
) -> None:
    one = next(one for one in sitting.documents if one.place == place)
    if code == "undo":
        take_back(desk, sitting, place, account)
    elif code == "skip":
        judge(desk, sitting, one, None, account)
    else:
        code = one.given or "" if code == "ok" else code
        judge(desk, sitting, one, {"code": code, "name": classes[code]}, account)


def _preview(context: Context, args: argparse.Namespace) -> int:
    from classify.teaching.effect import SAMPLE, preview

    effect = preview(context.home, args.preview, args.sample or SAMPLE, progress=context.console.progress)
    if args.json:
        context.console.json(effect)
        return 0
    context.console.result(effect_sentence(effect))
    rows = [
        (
            move["documents"],
            move["before_name"] or "none",
            move["after_name"] or "none",
            move["examples"][0][1],
        )
        for move in effect["moves"]
    ]
    context.console.table(("documents", "from", "to", "such as"), rows)
    for what in ("organs", "regions"):
        context.console.table((what, "documents"), [(one["name"], one["documents"]) for one in effect[what]])
    return 0


def effect_sentence(effect: Mapping[str, Any]) -> str:
    """How many documents would move, of how many looked at."""
    part = (
        "all" if effect["looked_at"] == effect["documents"] else f"a sample of {effect['looked_at']:,} of the"
    )
    return (
        f"{effect['model']}: {effect['moved']:,} of {part} {effect['documents']:,} documents would move,"
        f" {effect['moved_first_level']:,} of them to another first level; {effect['settled']:,} keep the"
        " class that a site or a person gave them."
    )


def _use(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    if args.rollback:
        before, now = roll_back(home)
        kind = "topic"
    else:
        now = args.apply or args.use
        kind, before = use_model(home, now)
    if args.json:
        context.console.json({"kind": kind, "in_use": now, "before": before})
    else:
        context.console.result(
            f"In use for {kind}: {now} (before: {before}). The next 'govbrief classify' or 'run' labels"
            " the warehouse with it; that is no news to readers."
        )
    return 0


def _publication(home: Home) -> Publication:
    publication = Publication.current(home)
    if publication is None:
        raise NothingUsable(
            "Nothing is published yet, so there is nothing to judge; do 'govbrief run' first."
        )
    return publication


def _told(card: Mapping[str, Any]) -> dict[str, Any]:
    """A card without its long lists, which stand in the model's folder."""
    return {
        key: value
        for key, value in card.items()
        if key not in ("issuers", "codes", "groups", "fields", "same_title")
    }
