"""A source that offers a feed: RSS, Atom, RDF, calendar or sitemap; its pages are read generically."""

from __future__ import annotations

from crawlers.platforms.generic import parse_detail, parse_list, start

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "feed"
