"""Shelves: documents that somebody chose on a theme, in sections, with an introduction and notes."""
