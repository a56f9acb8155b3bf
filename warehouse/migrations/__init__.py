"""Numbered SQL files, applied once each, never edited after a release."""
