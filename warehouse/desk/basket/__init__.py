"""The evidence basket: passages that people keep for a theme, with notes and tags."""
