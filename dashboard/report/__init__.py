"""A briefing as a paper: one `Report`, written as PDF, DOCX, Markdown and JSON with the same sentences."""
