"""Themes: what a library briefs on, each a TOML file of classes, terms and organs."""
