"""Meta tags and JSON-LD of a page: the national tags of Chinese sites first, then everybody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from crawlers.extraction.gathered import Value
from crawlers.extraction.plain import one_line

HEAD_TAGS = 'meta, base[href], script[type="application/ld+json"]'  # wherever a broken page puts them
# Lower-case meta name -> our field. Order within a field is the order of trust.
_FIELDS: Mapping[str, str] = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "issuer",
    "firstpublishedtime": "published",
    "publishdate": "published",
    "publish_date": "published",
    "manuscriptid": "manuscript",
    "siteidcode": "site_code",
    "sitename": "site_name",
    "columnname": "column",
    "columntype": "column_type",
    "citation_title": "title",
    "citation_publication_date": "published",
    "citation_date": "published",
    "citation_online_date": "published",
    "govuk:first-published-at": "published",
    "govuk:analytics:title": "title",
    "article:published_time": "published",
    "og:article:published_time": "published",
    "og:published_time": "published",
    "article:published": "published",
    "article:publicationdate": "published",
    "article_date_original": "published",
    "og:pubdate": "published",
    "og:publish_date": "published",
    "publication_date": "published",
    "publication-date": "published",
    "publicationdate": "published",
    "publish-date": "published",
    "published_time": "published",
    "published-date": "published",
    "published_date": "published",
    "releasedate": "published",
    "release_date": "published",
    "dateissued": "published",
    "datecreated": "published",
    "date_published": "published",
    "rnews:datepublished": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "prism.publicationdate": "published",
    "dc.date.published": "published",
    "dc.date.available": "published",
    "dcterms.available": "published",
    "dc:date": "published",
    "dc:created": "published",
    "dcterms:issued": "published",
    "dcterms:created": "published",
    "dcterms:date": "published",
    "dc.created": "published",
    "datum": "published",
    "dcterms.issued": "published",
    "dcterms.date": "published",
    "dcterms.created": "published",
    "dc.date.issued": "published",
    "dc.date.created": "published",
    "dc.date": "published",
    "date": "published",
    "created": "published",
    "originalpublicationdate": "published",
    "firstpublished": "published",
    "first-published": "published",
    "creation_date": "published",
    "creationdate": "published",
    "creation-date": "published",
    "date.created": "published",
    "date-created": "published",
    "search_date": "published",
    "search-date": "published",
    "revision": "modified",
    "last_modified": "modified",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "dcterms.modified": "modified",
    "dc.date.modified": "modified",
    "datemodified": "modified",
    "last-modified": "modified",
    "revised": "modified",
    "dcterms:modified": "modified",
    "dc.modified": "modified",
    "dcterms.title": "title",
    "dc.title": "title",
    "og:title": "title",
    "twitter:title": "title",
    "dcterms.publisher": "publisher",
    "dc.publisher": "publisher",
    "publisher": "publisher",
    "dc.creator": "publisher",
    "dcterms.creator": "publisher",
    "og:site_name": "site_name",
    "dc.language": "language",
    "content-language": "language",
    "og:locale": "language",
    "description": "description",
    "og:description": "description",
    "keywords": "keywords",
}
_BROKEN = re.compile(r'"datePublished"\s*:\s*"([^"<>]{8,40})"')
_SPELT_OUT = re.compile(
    r"^[A-Z][a-z]{2},? ([A-Z][a-z]{2}) (\d{1,2}),? (?:\d\d:\d\d(?::\d\d)? \S+ )?(\d{4})\b"
)
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_NO_BODY = re.compile(r"^(?:本站|本网|本网站|原创|互联网|网络|转载|未知|其他)(?:原创|编辑|整理|转载|来源)?$")
_RANK = {name: place for place, name in enumerate(_FIELDS)}
_ARTICLE_TYPES = {
    "article",
    "newsarticle",
    "report",
    "legislation",
    "webpage",
    "governmentservice",
    "event",
    "blogposting",
    "pressrelease",
    "scholarlyarticle",
    "techarticle",
    "creativework",
    "digitaldocument",
    "speech",
    "specialannouncement",
}


def read_metadata(tags: Sequence[LexborNode]) -> list[Value]:
    """The published values of the page's meta tags and JSON-LD, most trusted first."""
    found: list[tuple[int, Value]] = []
    for name, content in meta_tags(tags):
        field = _FIELDS.get(name.lower())
        value = one_line(content)
        if field and value and not (field == "issuer" and names_no_body(value)):
            if field in ("published", "modified"):
                value = _SPELT_OUT.sub(r"\2 \1 \3", value)  # Fri May 03 10:00:00 CEST 2024
            found.append((_RANK[name.lower()], Value(field, value, f"meta:{name}")))
    found.sort(key=lambda ranked: ranked[0])
    return [value for _, value in found] + list(_linked_data(tags))


def names_no_body(source: str) -> bool:
    """Whether a page's source is words such as 本站原创, which say where a text was made and not by whom."""
    return _NO_BODY.match(source) is not None


def meta_tags(tags: Sequence[LexborNode]) -> Iterator[tuple[str, str]]:
    """Name and content of every meta tag; some sites swap the two attributes' order or write `property`."""
    for tag in tags:
        if tag.tag != "meta":
            continue
        attributes = tag.attributes
        name = (
            attributes.get("name")
            or attributes.get("property")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        content = attributes.get("content")
        if name and content:
            yield name.strip(), content


def _linked_data(tags: Sequence[LexborNode]) -> Iterator[Value]:
    for script in [tag for tag in tags if tag.tag == "script"][:10]:
        text = script.text()
        if len(text) > 500_000:
            continue
        try:
            data = json.loads(_WRAPPED.sub("", text) if "<!" in text[:40] else text)
        except (ValueError, RecursionError):
            # half of the JSON-LD in the wild is broken; its days can be told all the same
            yield from (
                Value("published", found, "json-ld:datePublished") for found in _BROKEN.findall(text)[:1]
            )
            continue
        for node in _nodes(data):
            yield from _values_of(node)


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    candidates = data if isinstance(data, list) else [data]
    for candidate in candidates[:50]:
        if not isinstance(candidate, dict):
            continue
        graph = candidate.get("@graph")
        yield candidate
        about = candidate.get("mainEntity")
        if isinstance(about, dict):
            yield about
        if isinstance(graph, list):
            yield from (node for node in graph[:50] if isinstance(node, dict))


def _values_of(node: dict[str, Any]) -> Iterator[Value]:
    kind = node.get("@type")
    kinds = {str(one).lower() for one in (kind if isinstance(kind, list) else [kind])}
    if not kinds & _ARTICLE_TYPES:
        return
    stated = (("headline", "title"), ("datePublished", "published"), ("dateModified", "modified"))
    for key, field in (*stated, ("dateCreated", "published"), ("startDate", "begins")):
        value = node.get(key)
        if isinstance(value, str) and one_line(value):
            yield Value(field, one_line(value) or "", f"json-ld:{key}")
    publisher = node.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    if isinstance(name, str) and one_line(name):
        yield Value("publisher", one_line(name) or "", "json-ld:publisher")
