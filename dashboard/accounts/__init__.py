"""Signing in: passwords, sessions, the doors before every page, and who asks."""
