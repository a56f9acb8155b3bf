"""Drafts of reports: append-only versions, merging of what two people wrote, comments, states."""
