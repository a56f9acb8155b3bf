"""The [options] of a single_api source: how its one JSON list is asked and what its answers are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from crawlers.platforms.asked import FORM, sent_to
from crawlers.platforms.base import PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import at
from warehouse.errors import UserError

# Further published values of a row: option and field have the same name, the option's value is a path.
FIELDS = (
    *("issuer", "index_number", "topic", "doc_type", "keywords", "validity"),
    *("written", "effective", "expires"),
)
_ASKING = ("address", "method", "body", "body_type", "page_start", "page_size")
_ANSWERING = ("rows", "total", "pages", "page", "ok", "none")
_ROW = ("title", "url", "link", "date", "number", "key", "id")
_KNOWN = frozenset((*_ASKING, *_ANSWERING, *_ROW, *FIELDS))
_JSON = {"Content-Type": "application/json; charset=UTF-8"}
_ACCEPT = {"Accept": "application/json, text/plain, */*"}
_PLACES = ("{page}", "{offset}")


@dataclass(frozen=True, slots=True)
class Condition:
    """`code=200`: what stands at a path of the answer."""

    path: str
    value: str

    def holds(self, data: Any) -> bool:
        """Whether the answer says so; text and number are one."""
        return str(at(data, self.path)) == self.value


@dataclass(frozen=True, slots=True)
class Settings:
    """How the list is asked, where its rows are, what their values are called. Paths are dotted."""

    address: str  # with {page} or {offset}, and {size}
    body: str | None  # of a POST, with the same places
    headers: Mapping[str, str]
    first: int  # number of the first page
    size: int
    rows: str
    total: str
    pages: str
    page: str  # where the answer tells its own page
    ok: Condition | None  # an answer that does not say this is no answer
    none: Condition | None  # an answer that says this is an empty list
    title: str
    url: str
    link: str  # an address made of a row's values: https://a.example/{id}.html
    named: Mapping[str, str]  # date, number, key and further fields by their path

    def request(self, page: int) -> PageRequest:
        """The request for one page."""
        url = self._filled(self.address, page)
        if self.body is None:
            return PageRequest(url, "api", headers=_ACCEPT)
        return PageRequest(url, "api", "POST", self._filled(self.body, page).encode(), self.headers)

    def page_of(self, url: str) -> int:
        """The page for which this answer was asked; an unknown request is one for the first."""
        asked = sent_to(url) if self.body and _turns(self.body) else _local(url)
        template = self.body if self.body and _turns(self.body) else _local(self.address)
        pattern = re.escape(unquote(template)).replace(r"\{size\}", r"\d+")
        pattern = pattern.replace(r"\{page\}", r"(?P<page>\d{1,6})").replace(
            r"\{offset\}", r"(?P<offset>\d{1,8})"
        )
        found = re.fullmatch(pattern, unquote(asked))
        parts = found.groupdict() if found else {}
        if parts.get("page"):
            return int(parts["page"])
        return int(parts["offset"]) // self.size + self.first if parts.get("offset") else self.first

    @property
    def turns(self) -> bool:
        """Whether the list has more than one page."""
        return _turns(self.address) or _turns(self.body or "")

    def _filled(self, template: str, page: int) -> str:
        offset = (page - self.first) * self.size
        for place, value in (("{page}", page), ("{offset}", offset), ("{size}", self.size)):
            template = template.replace(place, str(value))
        return template


def settings_of(hints: Hints) -> Settings:
    """The source's options, checked; UserError with one sentence for the first that does not fit."""
    given = {key: str(value) for key, value in hints.options.items()}
    for key in given:
        if key not in _KNOWN:
            raise _wrong(hints, f"{key} is not known; single_api has {', '.join(sorted(_KNOWN))}")
    for key in ("address", "rows", "title"):
        if not given.get(key):
            raise _wrong(hints, f"{key} is missing; single_api cannot read a list without it")
    if not (given.get("url") or given.get("link")):
        raise _wrong(hints, "url is missing; name the row's address, or write link with {its} values")
    return Settings(
        address=urljoin(hints.home_url, given["address"]),
        body=_body(hints, given),
        headers=_headers(hints, given),
        first=_whole(hints, given, "page_start", 1, 0),
        size=_whole(hints, given, "page_size", 20, 1),
        rows=given["rows"].strip("."),
        total=given.get("total", ""),
        pages=given.get("pages", ""),
        page=given.get("page", ""),
        ok=_condition(hints, given, "ok"),
        none=_condition(hints, given, "none"),
        title=given["title"],
        url=given.get("url", ""),
        link=given.get("link", ""),
        named={key: given[key] for key in ("date", "number", "key", *FIELDS) if given.get(key)},
    )


def _body(hints: Hints, given: Mapping[str, str]) -> str | None:
    if _choice(hints, given, "method", ("get", "post")) == "post":
        return given.get("body", "")
    if given.get("body"):
        raise _wrong(hints, 'body needs method = "post"')
    return None


def _headers(hints: Hints, given: Mapping[str, str]) -> Mapping[str, str]:
    kind = _choice(hints, given, "body_type", ("form", "json"))
    return {**(_JSON if kind == "json" else FORM), **_ACCEPT}


def _choice(hints: Hints, given: Mapping[str, str], key: str, values: tuple[str, ...]) -> str:
    value = given.get(key, values[0]).lower()
    if value not in values:
        raise _wrong(hints, f"{key} is '{value}'; write {' or '.join(values)}")
    return value


def _whole(hints: Hints, given: Mapping[str, str], key: str, otherwise: int, least: int) -> int:
    value = given.get(key, str(otherwise))
    if not value.isdigit() or int(value) < least:
        raise _wrong(hints, f"{key} is '{value}'; write a whole number from {least} on")
    return int(value)


def _condition(hints: Hints, given: Mapping[str, str], key: str) -> Condition | None:
    if not given.get(key):
        return None
    path, sign, value = given[key].partition("=")
    if not sign or not path:
        raise _wrong(hints, f"{key} is '{given[key]}'; write a path and its value such as \"code=200\"")
    return Condition(path.strip(), value.strip())


def _wrong(hints: Hints, said: str) -> UserError:
    return UserError(f"{hints.source_id}: [options] {said}.")


def _turns(template: str) -> bool:
    return any(place in template for place in _PLACES)


def _local(url: str) -> str:
    """Path and query: a redirect may change the scheme or the host's name."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"
