"""The components of the pipeline, in the order in which they run."""

from classify.components import (  # importing registers factories, extensions and how they are packed
    candidate,
    carried,
    citation,
    contact,
    duty,
    english_facts,
    extensions,
    issuer,
    kind,
    linear_cats,
    money,
    number,
    personal,
    routing,
    schemes,
    target,
    told,
    topic,
    validity,
)

LABELLING = ("gov_personal", "gov_number", "gov_kind", "gov_issuer", "gov_topic")
COMPONENTS = (
    *LABELLING, "gov_number_facts", "gov_citation", "gov_duty", "gov_told", "gov_target", "gov_money",
    "gov_contact", "gov_candidate", "gov_english", "gov_validity",
)  # fmt: skip

__all__ = [
    "COMPONENTS", "LABELLING", "candidate", "carried", "citation", "contact", "duty", "english_facts",
    "extensions", "issuer", "kind", "linear_cats", "money", "number", "personal", "routing", "schemes",
    "target", "told", "topic", "validity",
]  # fmt: skip
