"""A second reading of RFC 9309, as regular expressions, to hold the product's own against."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote_to_bytes

LIMIT = 500 * 1024
_RULE = re.compile(r"^\s*(user-agent|allow|disallow)\s*:\s*([^#]*)", re.I)


def allowed(body: bytes, path: str, token: str) -> bool:
    """Section 2.2: the most specific rule of the merged groups of the token decides, allow on a tie."""
    if path == "/robots.txt":
        return True
    rules = _rules_for(body, token.lower())
    hits = [
        (len(octets(value)), kind == "allow") for kind, value in rules if _regex(value).match(octets(path))
    ]
    return max(hits)[1] if hits else True


def own_paths(body: bytes) -> list[str]:
    """Paths the file speaks of, made concrete: wildcards filled, anchors dropped, and what lies below."""
    found: list[str] = []
    for kind, value in _records(body):
        if kind != "user-agent" and value.startswith("/"):
            plain = value.replace("*", "x").replace("$", "")
            found += [plain, plain + "/deeper.html", plain.rstrip("/") or "/", plain.upper(), plain + "?a=b"]
    return found


def tokens(body: bytes) -> list[str]:
    """Product tokens the file names."""
    return sorted({_product(value) for kind, value in _records(body) if kind == "user-agent"} - {"*", ""})


@cache
def octets(path: str) -> bytes:
    """Section 2.2.2: unreserved escapes undone, other escapes in upper case, octets above ASCII escaped."""
    out = bytearray()
    rest = path.encode("utf-8")
    while rest:
        if re.match(rb"%[0-9A-Fa-f]{2}", rest):
            byte = unquote_to_bytes(rest[:3])
            out += byte if re.match(rb"[A-Za-z0-9._~-]", byte) else rest[:3].upper()
            rest = rest[3:]
        else:
            out += b"%%%02X" % rest[0] if rest[0] > 126 or rest[0] in b' "<>\\^`{|}' else rest[:1]
            rest = rest[1:]
    return bytes(out)


@cache
def _records(body: bytes) -> list[tuple[str, str]]:
    text = body[:LIMIT].decode("utf-8", "ignore").lstrip("\ufeff")
    found = (_RULE.match(line) for line in re.split("\r\n|\n|\r", text))
    return [(match[1].lower(), match[2].strip()) for match in found if match]


@cache
def _rules_for(body: bytes, token: str) -> list[tuple[str, str]]:
    mine: list[tuple[str, str]] = []
    everybody: list[tuple[str, str]] = []
    named = False
    heads: set[str] = set()
    closed = True
    for kind, value in _records(body):
        if kind == "user-agent":
            heads = set() if closed else heads
            heads.add(_product(value))
            named, closed = named or token in heads, False
            continue
        closed = True
        if value:
            mine += [(kind, value)] if token in heads else []
            everybody += [(kind, value)] if "*" in heads else []
    return mine if named else everybody


def _product(value: str) -> str:
    found = re.match(r"\*|[A-Za-z_-]+", value)
    return found[0].lower() if found else ""


@cache
def _regex(value: str) -> re.Pattern[bytes]:
    anchored = value.endswith("$")
    pieces = [re.escape(piece) for piece in octets(value.removesuffix("$")).split(b"*")]
    return re.compile(b".*".join(pieces) + (b"$" if anchored else b""), re.S)
