"""What a linear model sees of a document in the pipeline: never a label field, only what rules read."""

from __future__ import annotations

from collections.abc import Sequence

from classify.components.state import Findings
from classify.components.topic import by_level
from classify.linear.features import Sample, body_sample
from classify.taxonomy.load import Taxonomy


def first_codes(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Codes of the first level, in printed order: the columns of the votes."""
    return tuple(node.topic.code for node in taxonomy.nodes if node.topic.level == 1)


def sample_of(state: Findings, taxonomy: Taxonomy, first: Sequence[str], fields: Sequence[str]) -> Sample:
    """The sample with the fields that the model was trained on."""
    votes: tuple[float, ...] = ()
    if "votes" in fields and state.votes is not None:
        points, _ = by_level(state.votes, taxonomy)
        votes = tuple(points.get(code, 0.0) for code in first)
    return Sample(
        title=state.document.title[:400] if "title" in fields else "",
        organ=state.number.organ if state.number and "organ" in fields else "",
        issuer=state.departments[0].code if state.departments and "issuer" in fields else "",
        body=body_sample("\n".join(state.document.paragraphs)) if "body" in fields else "",
        votes=votes,
    )
