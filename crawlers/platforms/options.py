"""Which `[options]` each platform's reader asks for; docs/add-a-source.md has a line for each of them."""

from __future__ import annotations

from collections.abc import Mapping

EVERYWHERE = ("day_order", "letters")  # how 03/04/2020 is meant; which addresses are letters of people
PATTERNS = frozenset({"id", "include", "exclude", "maps", "letters", "celex"})
WHOLE_NUMBERS = frozenset({"size", "limit", "years", "days"})
JSON_PAGES = frozenset(
    {"govuk", "flk", "federal_register", "govinfo", "regulations", "congress", "wordpress", "legistar"}
)  # their documents come as JSON answers

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "generic": ("list", "id"),
    "trs": ("lists",),
    "trs_was5": ("channel", "query", "search", "id"),
    "trs_igs": ("code", "site", "type", "query", "size", "search", "id"),
    "gkmlpt": ("index",),
    "hanweb_dataproxy": (
        *("columns", "method", "proxy", "columnid", "unitid", "webid", "webname", "col", "appid", "path"),
        *("sourceContentType", "permissiontype", "keyWordCount"),
    ),
    "hanweb_recordset": ("columns",),
    "hanweb_jpaas": ("columns", "tag", "size", "base"),
    "hanweb_search": ("website", "search", "category", "template", "query", "size"),
    "hanweb_xxgk": ("type", "site", "area", "division", "sort", "search"),
    "vsb": ("lists",),
    "ucap": ("lists", "pages"),
    "ucap_channel": ("channel", "interface", "size", "pages"),
    "ucap_search": ("site_code", "query", "size", "search"),
    "numbered": ("lists", "family"),
    "single_api": (
        *("address", "method", "body", "body_type", "page_start", "page_size"),
        *("rows", "total", "pages", "page", "ok", "none"),
        *("title", "url", "link", "date", "number", "key", "id"),
        *("issuer", "index_number", "topic", "doc_type", "keywords", "validity"),
        *("written", "effective", "expires"),
    ),
    "govcn": ("library", "query", "size", "feed", "id"),
    "flk": ("query", "codes", "bodies", "status", "size"),
    "govuk": ("organisation", "document_type", "from", "id"),
    "federal_register": ("agencies", "types", "from", "until", "size"),
    "govinfo": ("collection", "from", "until", "by", "size"),
    "regulations": ("agencies", "types", "docket", "from", "size"),
    "congress": ("congress", "type", "from", "size"),
    "feed": ("list", "id"),
    "oai_pmh": ("endpoint", "prefix", "set", "from", "until", "link", "id"),
    "sitemap": ("sitemap", "include", "exclude", "maps", "id", "limit"),
    "year_archive": ("lists", "years"),
    "cellar": ("types", "languages", "since", "days", "celex", "control", "size", "endpoint", "feed"),
    "cellar_feed": ("types", "languages", "days", "celex", "control", "endpoint", "feed"),
    "wordpress": ("types", "api", "categories", "since", "size"),
    "legistar": ("client", "lists", "since", "size", "site"),
    "granicus": ("view", "modes"),
    "civicplus": ("feeds",),
    "manual": (),
}
