"""Full-text search over what is published: writing the index, the query language, snippets."""
