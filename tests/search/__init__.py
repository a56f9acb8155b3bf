"""Tests of search, themes and queries over real indexes and real published tables."""
