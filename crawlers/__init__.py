"""From a government site to documents: catalogue, platforms, spiders, frontier, politeness, extraction."""
