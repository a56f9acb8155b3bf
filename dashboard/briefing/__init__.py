"""A briefing: what is new, changed, due and done elsewhere on one subject, every line with its evidence."""
