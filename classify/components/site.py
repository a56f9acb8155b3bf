"""The issuer that the page's own site tells: where nothing in the document does, a ministry's host speaks."""

from __future__ import annotations

import re

from classify.components.state import Findings
from classify.components.title_names import day_of
from classify.departments.authority import Authority
from warehouse.records import Body, Evidence

_ABOVE = re.compile(r"(?:条例|(?<![办方])法)(?:（[^（）]{0,30}）)?$")  # what a ministry's site reprints


def by_site(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The body that the site belongs to alone, or who held its place on the document's day.

    Nothing is said on a government's portal, of laws and regulations, of letters, and where the document's
    own place is another than the body's.
    """
    document = state.document
    code = next((one.value for one in document.origins if one.field == "site_code"), None)
    body = known.speaks_for(code, document.url) if code or document.url else None
    if body is None or document.unit == "letter" or _ABOVE.search(document.title):
        return []
    if state.home is not None and body.jurisdiction != state.home:
        return []
    then = known.current(body.code, day_of(state))
    said = code if code and known.speaks_for(code) else document.url or ""
    return [(then[0], Evidence("site", said))] if len(then) == 1 else []
