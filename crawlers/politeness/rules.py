"""robots.txt as RFC 9309 reads it: groups by product token, the longest match, allow when two are as long.

Protego, which Scrapy brings, is more generous than the standard in ways that matter here: it lets a group for
"gov" speak to "govbrief", ends a group's agents at a Crawl-delay line, reads a byte order mark as part of the
first line and takes `Allow: /index.html` for a permission of "/".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote, unquote_to_bytes

MAX_BYTES = 512_000  # the standard asks for at least 500 KiB
_LINE = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_VERBATIM = "/?&=%*$!'()+,;:@#[]~"  # stay as they are written; everything else outside ASCII is escaped


@dataclass(frozen=True, slots=True)
class Group:
    """Rules for some agents."""

    agents: frozenset[str]  # product tokens in lower case, or "*"
    rules: tuple[tuple[str, bool], ...]  # pattern, whether it allows


@dataclass(frozen=True, slots=True)
class RobotsText:
    """A parsed robots.txt."""

    groups: tuple[Group, ...]
    delays: Mapping[str, float]  # seconds by product token

    @classmethod
    def parse(cls, body: bytes) -> RobotsText:
        """Whatever is readable of it; lines that are not understood are passed over."""
        text = _text(body[:MAX_BYTES])
        groups: list[Group] = []
        agents: set[str] = set()
        rules: list[tuple[str, bool]] = []
        delays: dict[str, float] = {}
        latest: set[str] = set()  # agents that a delay speaks to: those named last
        for before, (key, value) in pairwise([("", ""), *_records(text)]):
            if key == "user-agent":
                if rules:
                    groups.append(Group(frozenset(agents), tuple(rules)))
                    agents, rules = set(), []
                latest = latest if before[0] == "user-agent" else set()
                agents.add(_token(value))
                latest.add(_token(value))
            elif key in {"allow", "disallow"} and agents:
                rules.append((_normal(value), key == "allow"))
            elif key == "crawl-delay":
                delays |= {agent: max(_seconds(value), delays.get(agent, 0.0)) for agent in latest}
        groups.append(Group(frozenset(agents), tuple(rules)))
        return cls(tuple(groups), delays)

    def allows(self, url: str, agent: str) -> bool:
        """Whether the agent may fetch the address."""
        asked = _normal(_path(url))
        if asked == "/robots.txt":
            return True
        best = (-1, True)
        for group in self._of(agent):
            for pattern, allow in group.rules:
                if pattern and _matches(pattern, asked):
                    best = max(best, (len(pattern), allow))  # as long: True, the permission, is larger
        return best[1]

    def delay(self, agent: str) -> float | None:
        """Seconds between two requests that the agent is asked for; no part of the standard, but obeyed."""
        return self.delays.get(agent.lower(), self.delays.get("*")) or None

    def _of(self, agent: str) -> list[Group]:
        """All groups that name the agent, which count as one; else those for everybody."""
        named = [group for group in self.groups if agent.lower() in group.agents]
        return named or [group for group in self.groups if "*" in group.agents]


def _text(body: bytes) -> str:
    """The characters of a robots.txt: UTF-8, or what its byte order mark says."""
    utf16 = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return body.decode("utf-16" if utf16 else "utf-8", "ignore").removeprefix("\ufeff")


def _records(text: str) -> list[tuple[str, str]]:
    """Key in lower case and value of every line that has both sides of a colon."""
    lines = (line.partition("#")[0].partition(":") for line in _LINE.split(text))
    return [(key.strip().lower(), value.strip()) for key, colon, value in lines if colon]


def _token(value: str) -> str:
    """The product token a User-agent line names: "Foobot/1.2" speaks to foobot."""
    match = _TOKEN.match(value)
    return "*" if value.startswith("*") else match[0].lower() if match else ""


def _path(url: str) -> str:
    """Path and query as they are written, an empty query with its question mark."""
    match = re.match(r"[^:/?#]+://[^/?#]*([^#]*)", url)
    path = match[1] if match else url
    return path if path.startswith("/") else f"/{path}"


def _normal(path: str) -> str:
    """A path or pattern as it is compared: escapes of plain characters undone, all others in upper case."""
    escaped = quote(path, safe=_VERBATIM)
    return _ESCAPE.sub(_unescaped, escaped)


def _unescaped(match: re.Match[str]) -> str:
    octet = unquote_to_bytes(match[0])
    return octet.decode("ascii") if octet[0] in _UNRESERVED else match[0].upper()


def _matches(pattern: str, path: str) -> bool:
    """Whether the pattern covers the beginning of the path, or all of it when it ends in "$"."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not whole or path == first
    place = len(first)
    for piece in rest[:-1]:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if whole:
        return len(path) - len(rest[-1]) >= place and path.endswith(rest[-1])
    return path.find(rest[-1], place) >= 0


def _seconds(value: str) -> float:
    match = re.match(r"\d+(?:\.\d+)?", value)
    return float(match[0]) if match else 0.0
