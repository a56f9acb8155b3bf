"""`govbrief classify --explain ID`: who settled a document's classes, and the words and rules behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from dashboard import signs
from dashboard.commands.verb import Context
from dashboard.words import known, say

HARDLY = 0.05  # a candidate less likely than this is not printed, as publications leave it out
FIELDS = ("department", "topic")


def explain(context: Context, document_id: str, as_json: bool, language: str | None = None) -> int:
    """Label one document of the warehouse anew, storing nothing, and say why in the home's language."""
    from classify.why import why

    told = why(context.home, document_id)
    if as_json:
        context.console.json(told)
        return 0
    place = context.home.settings.place
    for line in lines(told, language or place.language, ZoneInfo(place.timezone)):
        context.console.result(line)
    return 0


def lines(told: Mapping[str, Any], language: str, zone: ZoneInfo) -> Iterator[str]:
    """The explanation as sentences: what outranks the program first, then the program's own answer."""
    yield f"{told['title']}  ({told['id']}; {told['classifier']})"
    for field in FIELDS:
        name = say(language, f"field.{field}")
        settled = [one for one in told["settled"] if one["field"] == field]
        for one in settled:
            yield say(language, "explain.line", role=name, name=one["name"])
            yield f"    {_settled(one, language, zone)}"
        labels = told["program"][field] if settled else told[field]
        if settled:
            yield say(language, "explain.program" if labels else "explain.program-none")
        for label in labels:
            yield from _label(label, name, language)
        if not labels and not settled:
            yield say(language, "explain.line", role=name, name=say(language, "doc.abstained"))
    yield from told["reasons"]


def _settled(one: Mapping[str, Any], language: str, zone: ZoneInfo) -> str:
    """Who gave the class: a person, with day and reason, or the site, with the words it prints."""
    if one["basis"] == "published":
        return say(language, "explain.published", printed=one["printed"])
    day = one["at"].astimezone(zone).strftime("%Y-%m-%d")
    key = "explain.confirmed" if one["confirmed"] else "explain.corrected"
    said = say(language, key, who=one["by"], at=day)
    if one["note"]:
        said += say(language, "explain.note", note=one["note"])
    return f"{said} {say(language, 'correct.waits')}" if one["waits"] else said


def _label(label: Mapping[str, Any], field: str, language: str) -> Iterator[str]:
    given = label.get("given", True)
    if not given and label["score"] < HARDLY:
        return
    role = field if given else say(language, "explain.candidate", field=field)
    basis = known(language, f"basis.{label['basis']}", label["basis"])
    score = f"{label['score']:.2f}"
    yield say(language, "explain.label", role=role, name=label["name"], score=score, basis=basis)
    for one in label["evidence"]:
        share = signs.share(language, one)
        shown = {"text": signs.text(language, one), "where": signs.where(language, one)}
        told = say(language, "explain.weighed" if share else "explain.sign", **shown, share=share)
        yield f"    {told}"
    if rest := signs.others(language, label["evidence"]):
        yield f"    {rest}"
