"""Tests of sign-off, numbers, kept files, distribution and feedback."""
