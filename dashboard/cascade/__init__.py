"""The cascade tracker: the index of what was followed, and one document with all that seems to follow it."""
