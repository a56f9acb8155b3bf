"""The components of the pipeline, in the order in which they run."""

from classify.components import (  # importing registers the factories
    citation,
    duty,
    issuer,
    kind,
    number,
    personal,
    topic,
    validity,
)

COMPONENTS = (
    "gov_personal", "gov_number", "gov_kind", "gov_issuer", "gov_topic", "gov_citation", "gov_duty", "gov_validity",
)  # fmt: skip

__all__ = ["COMPONENTS", "citation", "duty", "issuer", "kind", "number", "personal", "topic", "validity"]
