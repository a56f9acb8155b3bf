"""The `govbrief` command: one module a verb; each parses, calls one function of another room and prints."""
