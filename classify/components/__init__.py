"""The components of the pipeline, in the order in which they run."""

from classify.components import issuer, kind, number, topic  # noqa: F401  (importing registers the factories)

COMPONENTS = ("gov_number", "gov_kind", "gov_issuer", "gov_topic")
