"""How things get their names: documents, captures, readings and mined facts.

Every identifier is a short hash of what makes the thing itself, so the same input names the same thing on
every machine and a repeated run changes nothing.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

_hash = hashlib.sha256


def digest(*parts: str, length: int = 16) -> str:
    """First `length` hex characters of the SHA-256 over the parts, separated so that no two lists collide."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:length]


def sha256(payload: bytes) -> str:
    """The full hex SHA-256 of bytes, the fingerprint shown to people and used to verify the archive."""
    return hashlib.sha256(payload).hexdigest()


def canonical_url(url: str) -> str:
    """The address with lower-case scheme and host, without fragment and default port."""
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    if parts.port and (scheme, parts.port) not in {("http", 80), ("https", 443)}:
        host = f"{host}:{parts.port}"
    return urlunsplit((scheme, host, parts.path or "/", parts.query, ""))


def address_name(source_id: str, url: str) -> str:
    """How an address of a source is kept as an alias; http and https are the same."""
    try:
        plain = canonical_url(url)
    except ValueError:
        plain = url.strip()  # no address by the rules (a wrong port, a torn bracket); it still names itself
    return f"{source_id} {plain.split('://', 1)[-1]}"


def document_id(source_id: str, site_id: str | None, url: str) -> str:
    """Name of a document: the source with the site's own id, else the canonical address (http = https)."""
    own = f"id:{site_id}" if site_id else f"url:{canonical_url(url).split('://', 1)[-1]}"
    return "doc-" + digest(source_id, own)


def capture_id(source_id: str, url: str, fetched_at: datetime, payload_sha256: str) -> str:
    """Name of one observation of one address at one instant."""
    return "cap-" + digest(source_id, url, fetched_at.astimezone(UTC).isoformat(), payload_sha256)


def reading_id(document: str, capture: str, extractor_version: str) -> str:
    """Name of what one extractor version read in one capture of one document."""
    return "rea-" + digest(document, capture, extractor_version)


def fact_id(document: str, kind: str, sentence: str) -> str:
    """Name of a mined fact; it survives re-extraction because white space does not count."""
    named = f"{document}\x1f{kind}\x1f{''.join(sentence.split())}"  # as `digest` joins; a dozen a document
    return f"fac-{_hash(named.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
