"""A source that offers a feed: RSS, Atom, RDF, a calendar or a sitemap; the pages behind it are read generically."""

from __future__ import annotations

from crawlers.platforms.generic import parse_detail, parse_list, start

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "feed"
