"""Tests of the desk over a real SQLite file."""
