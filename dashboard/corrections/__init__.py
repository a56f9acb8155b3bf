"""Corrections at work: one value with two clicks, many in one act, and the queue of what to look at."""
