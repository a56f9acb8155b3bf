"""Where each page lives and how an address that restores a view is written."""

from __future__ import annotations

from urllib.parse import urlencode

# Page name -> path; the default page has no path of its own.
PATHS = {
    "today": "/",
    "topics": "/topics",
    "departments": "/departments",
    "regions": "/regions",
    "routing": "/routing",
    "docs": "/docs",
    "searches": "/searches",
    "doc": "/doc",
    "listing": "/listing",
    "runs": "/runs",
    "completeness": "/completeness",
    "about": "/about",
    "teach": "/teach",
    "review": "/review",
    "correct": "/correct",
    "bulk": "/bulk",
    "deadlines": "/deadlines",
    "cascade": "/cascade",
    "network": "/network",
    "board": "/board",
    "compare": "/compare",
    "accounts": "/accounts",
    "service": "/service",
    "shelves": "/shelves",
    "desk": "/desk",
    "basket": "/basket",
    "accession": "/accession",
    "reports": "/reports",
}


def address(page: str, language: str | None = None, /, **parameters: object) -> str:
    """The address of a page with its parameters, empty ones left out; the language when it must be said."""
    given = {name: value for name, value in parameters.items() if value not in (None, "", False)}
    if language:
        given["lang"] = language
    query = urlencode({name: (1 if value is True else value) for name, value in given.items()})
    return PATHS[page] + (f"?{query}" if query else "")
