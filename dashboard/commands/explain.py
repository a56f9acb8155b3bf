"""`govbrief classify --explain ID`: the words and rules behind the labels of one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.commands.verb import Context
from warehouse.errors import UserError

HARDLY = 0.05  # a candidate less likely than this is not printed, as publications leave it out
SAID = {
    "title": "in the title",
    "number": "its document number",
    "issuer": "who issued it",
    "published": "printed on the site",
    "metadata": "of the source",
    "site": "whose site it stands on",
    "attachment": "in an attached file",
    "mapping": "class of another scheme",
    "model": "by the model alone",
}


def explain(context: Context, document_id: str, as_json: bool) -> int:
    """Label one document of the warehouse anew, storing nothing, and say why."""
    from classify.pipeline import build_classifier
    from classify.rows import row_answer
    from warehouse.database import Warehouse
    from warehouse.labelling import documents_of

    with Warehouse.open(context.home) as warehouse:
        found = [one for batch in documents_of(warehouse, [document_id], 1) for one in batch]
    if not found:
        raise UserError(
            f"--explain {document_id}: the warehouse holds no such document; 'search' prints ids."
        )
    pipeline = build_classifier(context.home)
    answer = row_answer(next(pipeline.classify(found)))
    told = {
        "id": document_id,
        "title": found[0].document.title,
        "classifier": pipeline.classifier.model,
        **{key: answer[key] for key in ("department", "topic", "reasons")},
    }
    if as_json:
        context.console.json(told)
        return 0
    context.console.result(f"{told['title']}  ({document_id}; {told['classifier']})")
    for field in ("department", "topic"):
        for label in told[field]:
            given = label.get("given", True)
            if not given and label["score"] < HARDLY:
                continue
            role = field if given else f"{field}, a candidate"
            context.console.result(f"{role}: {label['name']}  {label['score']:.2f}, {label['basis']}")
            for one in label["evidence"]:
                context.console.result(f"    {_why(one)}")
    for reason in told["reasons"]:
        context.console.result(reason)
    return 0


def _why(one: Mapping[str, Any]) -> str:
    """One piece of evidence as a person reads it."""
    where = one["where"]
    place = f"in paragraph {one['paragraph'] + 1}" if where == "paragraph" else SAID.get(where, where)
    share = f", {one['weight']:.0%} of what spoke for it" if one.get("weight") else ""
    return f"“{one['text']}” {place}{share}"
