"""What a linear model sees of a document in the pipeline: never a label field, only what rules read."""

from __future__ import annotations

from collections.abc import Sequence

from classify.components.state import Findings
from classify.components.topic import by_level, issuer_kind, names_end
from classify.departments.authority import authority
from classify.linear.features import Sample, body_sample
from classify.taxonomy.load import Taxonomy


def first_codes(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Codes of the first level, in printed order: the columns of the votes."""
    return tuple(node.topic.code for node in taxonomy.nodes if node.topic.level == 1)


def sample_of(state: Findings, taxonomy: Taxonomy, first: Sequence[str], fields: Sequence[str]) -> Sample:
    """The sample with the fields that the model was trained on; `first` names the columns of the votes."""
    votes: tuple[float, ...] = ()
    spoken = state.votes_of.get(taxonomy.scheme)
    if "votes" in fields and spoken is not None:
        points, _ = by_level(spoken.points if "body" in fields else spoken.title, taxonomy)
        votes = tuple(points.get(code, 0.0) for code in first)
    return Sample(
        title=state.document.title[names_end(state) if "issuer" in fields else 0 : 400]
        if "title" in fields
        else "",
        organ=state.number.organ if state.number and "organ" in fields else "",
        issuer=lead_kind(state) if "issuer" in fields else "",
        body=body_sample("\n".join(state.document.paragraphs)) if "body" in fields else "",
        votes=votes,
    )


def lead_kind(state: Findings) -> str:
    """The kind of the leading body, alike in every place; empty when no rule found one."""
    return issuer_kind(state.departments[0].code, authority()) if state.departments else ""
