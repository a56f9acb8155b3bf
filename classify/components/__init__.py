"""The components of the pipeline, in the order in which they run."""

from classify.components import (  # importing registers the factories
    citation,
    duty,
    english_facts,
    issuer,
    kind,
    linear_cats,
    number,
    personal,
    schemes,
    topic,
    validity,
)

LABELLING = ("gov_personal", "gov_number", "gov_kind", "gov_issuer", "gov_topic")
COMPONENTS = (*LABELLING, "gov_citation", "gov_duty", "gov_english", "gov_validity")

__all__ = [
    "COMPONENTS", "LABELLING", "citation", "duty", "english_facts", "issuer", "kind", "linear_cats", "number", "personal",
    "schemes", "topic", "validity",
]  # fmt: skip
