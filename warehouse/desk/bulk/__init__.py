"""Corrections of many documents in one act, and judgements of the same document by two people."""
