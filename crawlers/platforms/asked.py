"""What was asked for an answer: query and form of a request, and how its page number is turned.

A reader sees only an address. What a POST sent stands in the address's fragment, which no server ever gets:
the spider puts it there before it hands the answer over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode, urlsplit

from crawlers.platforms.base import PageRequest

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}

Pairs = tuple[tuple[str, str], ...]


def with_sent(url: str, body: bytes) -> str:
    """The address with what was sent to it as its fragment."""
    sent = quote(body.decode("utf-8", "replace"), safe="=&")
    return f"{urldefrag(url).url}#{sent}" if sent else url


def sent_to(url: str) -> str:
    """What was sent with a POST to the address; empty for a GET or when nobody knows."""
    return unquote(urlsplit(url).fragment)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request's address without query, its query, and its form; None for a GET."""

    address: str
    query: Pairs
    form: Pairs | None = None

    @classmethod
    def of(cls, url: str, *, post: bool = False) -> Asked:
        """Taken apart; `post` says that the interface is asked by form even when the form is unknown."""
        parts = urlsplit(url)
        sent = parse_qsl(sent_to(url), keep_blank_values=True)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        form = tuple(sent) if sent or post else None
        return cls(parts._replace(query="", fragment="").geturl(), query, form)

    def value(self, name: str) -> str:
        """The value sent under a name, in the form before the query; empty when there is none."""
        return next((value for key, value in (*(self.form or ()), *self.query) if key == name), "")

    def number(self, name: str, otherwise: int) -> int:
        """A whole number sent under a name."""
        value = self.value(name)
        return int(value) if value.isdigit() and len(value) < 8 else otherwise

    def turned(self, name: str, number: int) -> PageRequest:
        """The same request with another number under the name, which is added where it was not sent."""
        in_query = any(key == name for key, _ in self.query)
        if self.form is None:
            return PageRequest(self._with(_put(self.query, name, number)), "api")
        query = _put(self.query, name, number) if in_query else self.query
        form = self.form if in_query else _put(self.form, name, number)
        return PageRequest(self._with(query), "api", "POST", urlencode(form).encode(), FORM)

    def _with(self, query: Sequence[tuple[str, str]]) -> str:
        return f"{self.address}?{urlencode(query)}" if query else self.address


def _put(pairs: Pairs, name: str, number: int) -> Pairs:
    if any(key == name for key, _ in pairs):
        return tuple((key, str(number) if key == name else value) for key, value in pairs)
    return (*pairs, (name, str(number)))
