"""Drafts as people write them: the grammar of their text, templates, filling, the editor."""
