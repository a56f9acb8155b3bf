"""Regions or departments side by side: who issued what, which targets, which clauses, and who first."""
